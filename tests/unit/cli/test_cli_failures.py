"""What a user can meet: each gives one sentence and the right exit code, and loses nothing."""

import errno
import io
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.cli import command as commands
from reader.cli.program import run
from reader.paths import LibraryPaths
from reader.workers.lock import CollectorLock
from tests.helpers.web import Reply, WebServer
from tests.unit.cli.command_line import COAST, CommandLine, FakeWindow, News, feed

EVERY_KIND_OF_COMMAND = [
    "feeds", "search x", "saved add a b", "entities add A --type place", "tag 1 x", "refresh",
    "add http://127.0.0.1:1/", "index check", "library info", "annotate --article 1", "percolate -",
]  # fmt: skip


@pytest.fixture(params=EVERY_KIND_OF_COMMAND)
def words(request: pytest.FixtureRequest) -> list[str]:
    return str(request.param).split()


def refused(cli: CommandLine, words: list[str]) -> str:
    outcome = cli(*words, "--json")
    assert (outcome.code, outcome.out) == (1, "")
    return outcome.sentence


def test_a_file_in_place_of_the_library_is_refused(words: list[str], cli: CommandLine) -> None:
    cli.library.write_text("I am a file.")
    assert str(cli.library) in refused(cli, words)
    assert cli.library.read_text() == "I am a file."


def test_a_folder_that_cannot_be_made_is_named(words: list[str], cli: CommandLine) -> None:
    cli.library = Path("/proc/media-reader")
    assert "/proc/media-reader" in refused(cli, words)


def test_the_database_of_another_program_is_left_alone(words: list[str], cli: CommandLine) -> None:
    cli.library.mkdir()
    database = LibraryPaths(cli.library).database
    with closing(sqlite3.connect(database)) as other:
        other.execute("CREATE TABLE theirs (x)")
    before = database.read_bytes()
    assert "not a Media Reader library" in refused(cli, words)
    assert database.read_bytes() == before


def test_a_newer_database_asks_for_a_newer_program(words: list[str], cli: CommandLine) -> None:
    assert cli("feeds").code == 0
    with closing(sqlite3.connect(LibraryPaths(cli.library).database)) as database:
        database.execute("PRAGMA user_version = 99")
    assert "newer version" in refused(cli, words)


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to be one" * 90])
def test_a_damaged_database_is_named_or_an_empty_one_begun(damage: bytes, cli: CommandLine) -> None:
    cli.library.mkdir()
    LibraryPaths(cli.library).database.write_bytes(damage)
    outcome = cli("feeds", "--json")
    assert (outcome.code, outcome.out) == ((1, "") if damage else (0, "[]\n"))
    assert "library.db" in outcome.err or not damage


def test_an_empty_folder_becomes_a_library(cli: CommandLine) -> None:
    cli.library.mkdir()
    assert cli.json("feeds") == []
    assert cli.json("library", "info")["articles"] == 0


def test_broken_settings_are_named(cli: CommandLine) -> None:
    cli.library.mkdir()
    LibraryPaths(cli.library).settings.write_text("fetch = [")
    assert "settings.toml" in refused(cli, ["refresh"])


def test_an_unknown_home_is_wrong_usage(cli: CommandLine) -> None:
    outcome = cli.bare("--library", "~nobody-of-that-name/x", "feeds")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.sentence


def test_the_environment_names_the_library_and_the_option_wins(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDIA_READER_LIBRARY", str(tmp_path / "other"))
    assert cli.bare("feeds").code == 0
    assert (tmp_path / "other" / "library.db").exists()
    assert cli("feeds").code == 0
    assert cli.library.exists()


# -- feeds

BAD_FEEDS: dict[str, Callable[[], Reply | bytes]] = {
    "404": lambda: Reply(b"", {}, 404),
    "500": lambda: Reply(b"", {}, 500),
    "gone": lambda: Reply(b"", {}, 410),
    "login": lambda: Reply(b"", {}, 401),
    "empty": lambda: b"",
    "broken": lambda: b"<?xml version='1.0'?><rss><channel><title>x",
    "text": lambda: b"just some words",
    "bytes": lambda: bytes(range(256)) * 4,
    "page": lambda: b"<!doctype html><title>x</title><p>No feed here.",
}


def test_each_address_is_handled_alone(web: WebServer, cli: CommandLine) -> None:
    web.route("/good", feed("Good", *COAST))
    web.route("/none", feed("None yet"))
    for name, body in BAD_FEEDS.items():
        web.route(f"/{name}", body())
    web.redirect("/loop", "/loop")
    bad = [web.url(f"/{name}") for name in [*BAD_FEEDS, "loop"] if name != "broken"]
    refused_port = "http://127.0.0.1:1/feed"
    strange = ["http://no-such-host.invalid/", "ftp://a.example/", "http://[::1", "a b", ""]
    outcome = cli("add", web.url("/good"), *bad, refused_port, *strange, web.url("/none"), "--json")
    assert outcome.code == 1
    rows = outcome.json
    assert [row["url"] for row in rows if row["subscribed"]] == [web.url("/good"), web.url("/none")]
    assert all(row["error"] for row in rows if not row["subscribed"])
    lines = [line for line in outcome.err.splitlines() if not line[:1].isdigit()]
    assert len(lines) == len(bad) + 1 + len(strange)
    assert [row["url"] for row in cli.json("feeds")] == [web.url("/good"), web.url("/none")]


def page(*links: str) -> Reply:
    announced = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{n}" href="{link}">'
        for n, link in enumerate(links)
    )
    body = f"<!doctype html><html><head><title>P</title>{announced}</head></html>"
    return Reply(body.encode(), {"Content-Type": "text/html"})


def test_a_page_is_never_stored_as_a_feed(web: WebServer, cli: CommandLine) -> None:
    web.route("/feed", feed("One", *COAST))
    web.route("/other", feed("Two", *COAST))
    web.route("/one", page("/feed"))
    web.route("/two", page("/feed", "/other"))
    web.route("/dead", page("/missing"))
    one = cli.json("add", web.url("/one"))
    assert one[0]["subscribed"] == web.url("/feed")
    two = cli("add", web.url("/two"), "--json")
    assert two.code == 1
    assert [choice["url"] for choice in two.json[0]["choices"]] == [
        web.url("/feed"), web.url("/other"),
    ]  # fmt: skip
    assert "web page" in two.err
    assert web.url("/other") in two.err
    dead = cli("add", web.url("/dead"))
    assert dead.code == 1
    assert "web page" in dead.sentence
    assert web.url("/missing") in dead.sentence
    assert [row["url"] for row in cli.json("feeds")] == [web.url("/feed")]


def test_the_address_the_user_gave_is_kept_over_redirects(web: WebServer, cli: CommandLine) -> None:
    web.route("/new", feed("New", *COAST))
    web.redirect("/old", "/new", 301)
    assert cli.json("add", web.url("/old"))[0]["subscribed"] == web.url("/old")
    assert cli.json("refresh")["new"] == len(COAST)
    assert [row["url"] for row in cli.json("feeds")] == [web.url("/old")]
    assert {row["feed"] for row in cli.json("articles")} == {web.url("/old")}


def test_a_slow_server_is_cut_off(web: WebServer, cli: CommandLine) -> None:
    cli.library.mkdir()
    LibraryPaths(cli.library).settings.write_text("[fetch]\ndeadline_s = 1.0\nbody_mb = 1\n")

    def never(_request: object) -> bytes:
        web.pause(30)
        return b""

    web.route("/slow", never)
    web.route("/large", b"<rss>" + b" " * 3_000_000)
    outcome = cli("add", web.url("/slow"), web.url("/large"), "--json")
    assert outcome.code == 1
    slow, large = outcome.json
    assert "1 second" in slow["error"]
    assert "1 MB" in large["error"]


def test_a_feed_that_fails_is_told_and_the_others_are_fetched(
    web: WebServer, cli: CommandLine
) -> None:
    web.route("/good", feed("Good", *COAST))
    web.route("/bad", feed("Bad", *COAST))
    cli("add", web.url("/good"), web.url("/bad"))
    web.route("/bad", Reply(b"", {}, 500))
    outcome = cli("refresh", "--json")
    assert outcome.code == 1
    assert (outcome.json["new"], outcome.json["updated"]) == (3, 0)
    (failed,) = outcome.json["failed"]
    assert (failed["url"], "500" in failed["error"]) == (web.url("/bad"), True)
    assert web.url("/bad") in outcome.err
    errors = {row["url"]: row["error"] for row in cli.json("feeds")}
    assert errors == {web.url("/good"): None, web.url("/bad"): failed["error"]}
    again = cli("refresh", "--json")
    assert (again.code, again.json["failed"]) == (0, [])  # nothing is due


# -- who else works on the library


def test_a_command_waits_for_another_and_then_says_who_is_in_the_way(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "PATIENCE", 0.3)
    lock = CollectorLock.acquire(LibraryPaths(cli.library))
    assert lock is not None
    with lock:
        outcomes = [cli("refresh", "--json"), cli("collect", "--json")]
    for outcome in outcomes:
        assert (outcome.code, outcome.out) == (1, "")
        assert "Another program" in outcome.sentence


def test_reading_goes_on_while_another_program_collects(news: News, cli: CommandLine) -> None:
    lock = CollectorLock.acquire(LibraryPaths(cli.library))
    assert lock is not None
    with lock:
        assert len(cli.json("articles")) == 8
        assert cli.json("search", "haddar", "--count") == {"count": 3}
        assert cli.json("tag", "1", "x") == {"changed": 1}
        assert len(cli.json("saved")) == 2


# -- the terminal


class Broken(io.StringIO):
    """A standard stream on a full device, or whose reader has left."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self._code = code

    def write(self, _text: str) -> int:
        raise OSError(self._code, "No space left on device")

    def fileno(self) -> int:
        raise OSError(errno.EBADF, "no descriptor")


def test_output_that_cannot_be_written_is_a_failure(
    news: News, cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(errno.ENOSPC))
    outcome = cli("feeds", "--json")
    assert outcome.code == 1
    assert "No space left on device" in outcome.sentence


def test_a_reader_that_has_enough_is_no_failure(
    news: News, cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(errno.EPIPE))
    outcome = cli("articles")
    assert (outcome.code, outcome.err) == (0, "")


def test_messages_nobody_can_read_do_not_stop_the_work(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", Broken(errno.ENOSPC))
    assert cli("feeds", "--json").out == "[]\n"
    assert cli("nonsense").code == 2


def test_an_interrupt_is_told_without_a_traceback(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reader.store.store.Store.open", interrupted)
    outcome = cli("feeds")
    assert (outcome.code, outcome.out, outcome.sentence) == (1, "", "Stopped.")


def test_a_bug_is_one_line_here_and_a_traceback_in_the_log(
    news: News, cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def buggy(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("reader.store.feeds.Feeds.lines", buggy)
    outcome = cli("feeds", "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert "Please report this" in outcome.sentence
    assert "ZeroDivisionError: a bug" in LibraryPaths(cli.library).log.read_text()


@pytest.mark.parametrize("command", ["saved add {} x", "tag 1 {}", "note 1 {}", "search {}"])
def test_words_that_are_no_text_are_wrong_usage(command: str, news: News, cli: CommandLine) -> None:
    outcome = cli(*command.format("a\udcff").split(), "--json")
    assert outcome.code in ({0, 2} if "search" in command else {2})
    assert outcome.code == 0 or outcome.out == ""


# -- the window


def test_without_a_command_the_window_opens(cli: CommandLine) -> None:
    assert cli("--log", "store").code == 0
    ((paths, wanted),) = cli.window.opened
    assert paths.root == cli.library
    assert (wanted["topics"], wanted["picture"]) == (("store",), None)


@pytest.mark.parametrize("words", [[], ["demo"], ["demo", "--screenshot", "x.png"]])
def test_a_missing_system_library_is_named_before_any_work(
    words: list[str], cli: CommandLine
) -> None:
    cli.window.lacking = "libGL.so.1 is missing: sudo apt install libgl1"
    outcome = cli(*words, "--json")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.sentence == cli.window.lacking
    assert not cli.library.exists()


def test_without_a_display_the_window_cannot_open(cli: CommandLine) -> None:
    cli.window.hidden = "There is no display."
    outcome = cli()
    assert (outcome.code, outcome.sentence) == (1, "There is no display.")


def test_a_picture_that_cannot_be_written_is_refused_before_any_work(
    cli: CommandLine, tmp_path: Path
) -> None:
    for target in (tmp_path, tmp_path / "missing" / "x.png"):
        outcome = cli("demo", "--screenshot", str(target))
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.sentence
    assert not cli.window.opened


def test_run_never_raises_whatever_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["\0"], ["--library", "\0", "feeds"], ["--log"], ["-"], ["--"], [""]):
        assert run(words, FakeWindow().window()) in {0, 1, 2}
        assert "Traceback" not in capsys.readouterr().err
