"""Logging: a file, short warnings, nothing secret, the last lines at hand."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import log

logger = logging.getLogger("reader.store.x")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root, names = logging.getLogger(), ("reader", "reader.store", "reader.timing")
    handlers, levels = list(root.handlers), {n: logging.getLogger(n).level for n in names}
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reader.log"


def test_file_has_everything_and_standard_error_one_line_per_warning(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.setup(path)
    logger.info("quiet")
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        logger.warning("two\nlines", exc_info=True)
    assert capsys.readouterr().err == "media-reader: warning: two lines\n"
    text = path.read_text()
    assert "INFO reader.store.x: quiet" in text
    assert "ZeroDivisionError" in text


def test_setting_up_twice_writes_once(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.setup(path)
    log.setup(path)
    logger.warning("once")
    assert path.read_text().count("once") == 1
    assert capsys.readouterr().err.count("once") == 1


def test_topics_are_logged_in_full_and_others_are_not(path: Path) -> None:
    log.setup(path, topics=["store"])
    logger.debug("wanted")
    logging.getLogger("reader.feeds").debug("unwanted")
    assert "wanted" in path.read_text()
    assert "unwanted" not in path.read_text()


def test_last_lines_are_kept(path: Path) -> None:
    assert log.last_lines() == []
    log.setup(None)
    for number in range(300):
        logger.info("line %d", number)
    lines = log.last_lines()
    assert len(lines) == log.KEPT_LINES == 200
    assert lines[0].endswith("line 100")
    assert lines[-1].endswith("line 299")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("get https://joe:s3cret@a.example/x", "get https://***@a.example/x"),
        ("HTTPS://joe@a.example", "HTTPS://***@a.example"),
        ("http://a:p:w%40@h/?a=b@c http://u:p@h2", "http://***@h/?a=b@c http://***@h2"),
        ("https://a.example/f?token=abc&x=1", "https://a.example/f?token=***&x=1"),
        ("https://a.example/f?x=1&API_KEY=abc#y", "https://a.example/f?x=1&API_KEY=***#y"),
        (
            "mail joe@a.example, https://a.example/@joe",
            "mail joe@a.example, https://a.example/@joe",
        ),
    ],
)
def test_secrets_in_addresses_are_hidden(text: str, shown: str) -> None:
    assert log.hidden(text) == shown


@given(
    st.text("abc:!$%&'*+,;=.-_~1", min_size=1),
    st.sampled_from(["https://{}@a.example/x", "see <http://{}@[::1]:80/>."]),
)
def test_no_password_survives(secret: str, address: str) -> None:
    assert f"SECRET{secret}@" not in log.hidden(address.format("user:SECRET" + secret))


def test_nothing_secret_reaches_any_output(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.setup(path)
    address = "https://joe:s3cret@a.example"
    try:
        int(address)
    except ValueError:
        logger.exception("failed: %s", address)
    said = path.read_text() + capsys.readouterr().err + "".join(log.last_lines())
    assert "a.example" in said
    assert "s3cret" not in said


def test_large_file_is_put_aside(path: Path) -> None:
    root = logging.getLogger()
    handler = log.LogFile(path, largest=500)
    other = log.LogFile(path, largest=500)
    root.addHandler(handler)
    for number in range(30):
        logger.warning("line %d", number)
        other.handle(logger.makeRecord("reader.x", 30, "", 0, "other %d", (number,), None))
    root.removeHandler(handler)
    handler.close()
    other.close()
    assert path.stat().st_size < 700
    aside = path.with_name(path.name + ".1")
    assert 500 < aside.stat().st_size < 700
    lines = (aside.read_text() + path.read_text()).splitlines()
    assert lines[-1].endswith("other 29")
    assert lines[-2].endswith("line 29")


def test_library_that_cannot_be_written_still_opens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reader.log").mkdir()
    log.setup(tmp_path / "reader.log")
    logger.warning("still here")
    err = capsys.readouterr().err
    assert "cannot be written" in err
    assert "still here" in err


def test_timing_is_silent_and_shared_when_off(path: Path) -> None:
    log.setup(path)
    assert log.timed("index") is log.timed("search")
    with log.timed("index"):
        pass
    assert path.read_text() == ""


def test_timing_tells_when_on(path: Path) -> None:
    log.setup(path, topics=["timing"])
    with log.timed("index"):
        pass
    assert "DEBUG reader.timing: index: " in path.read_text()
