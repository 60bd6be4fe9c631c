"""Settings: defaults, ranges, kind errors, and a file that explains itself."""

import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core import Core
from reader.errors import FileError
from reader.paths import LibraryPaths
from reader.settings import (
    RENAMED,
    SECTIONS,
    Settings,
    Watched,
    as_toml,
    described,
    load,
    renamed,
    save,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


TEXTS = {
    "alerts.quiet": st.sampled_from(["", "22:00-07:00", "00:00-23:59"]),
    "email.host": st.sampled_from(["", "mail.example", "127.0.0.1", "::1"]),
    "email.user": st.text(st.characters(exclude_categories=("C",)), max_size=8),
    "email.sender": st.sampled_from(["", "ann@news.example", "añ@bücher.example"]),
    "email.to": st.lists(st.sampled_from(["ann@news.example", "bo+x@news.example"])).map(tuple),
    "webhook.url": st.sampled_from(["", "http://127.0.0.1:8/x?y=@1", "https://hooks.example"]),
    "command.argv": st.lists(st.text(st.characters(exclude_categories=("C",)))).map(tuple),
}


def any_section(section: str) -> st.SearchStrategy[object]:
    values = {}
    for each in fields(SECTIONS[section]):
        told = each.metadata
        if told["among"]:
            values[each.name] = st.sampled_from(told["among"])
        elif told["form"]:
            values[each.name] = TEXTS[f"{section}.{each.name}"]
        elif isinstance(each.default, float):
            values[each.name] = st.floats(told["least"], told["most"])
        else:
            values[each.name] = st.integers(told["least"], told["most"])
    return st.builds(SECTIONS[section], **values)


any_settings = st.builds(Settings, **{section: any_section(section) for section in SECTIONS})


def test_missing_file_is_the_defaults(path: Path) -> None:
    settings = load(path)
    assert settings == Settings()
    assert (settings.fetch.concurrency, settings.fetch.per_host) == (24, 2)
    assert settings.alerts.max_age_hours == 48
    assert (settings.window.scheme, settings.window.text_size) == ("system", 17)
    assert not path.exists()


@given(any_settings)
def test_saved_settings_come_back(tmp_path_factory: pytest.TempPathFactory, one: Settings) -> None:
    path = tmp_path_factory.getbasetemp() / "settings.toml"
    save(path, one)
    assert load(path) == one
    assert not list(path.parent.glob(".settings*"))


def test_file_explains_every_setting() -> None:
    text = as_toml(Settings())
    for one in described():
        assert f"# {one.meaning}: {one.allowed}\n" in text
        section, name = one.name.split(".")
        value = tomllib.loads(text)[section][name]
        assert (tuple(value) if isinstance(value, list) else value) == one.default


def test_every_default_is_allowed(path: Path) -> None:
    path.write_text(as_toml(Settings()))
    assert load(path) == Settings()


def test_missing_lines_are_defaults_and_whole_numbers_are_fine_for_seconds(path: Path) -> None:
    path.write_text("[fetch]\nspacing_s = 3\n")
    assert load(path) == replace(Settings(), fetch=replace(Settings().fetch, spacing_s=3.0))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[fetch]\nconcurrency = 0", r"fetch\.concurrency = 0 .*1 to 200"),
        ("[fetch]\nconcurrency = 201", "1 to 200"),
        ('[fetch]\nconcurrency = "24"', r'fetch\.concurrency = "24" is not possible'),
        ("[fetch]\nconcurrency = true", "= true is not possible"),
        ("[fetch]\nconcurrency = 2.0", "= 2.0 is not possible"),
        ("[fetch]\nspacing_s = nan", "0.0 to 60.0"),
        ("[fetch]\nspacing_s = 1979-05-27", "0.0 to 60.0"),
        ('[window]\nscheme = "pink"', r'window\.scheme = "pink" .*"system" \| "light" \| "dark"'),
        ("[window]\nscheme = []", "allowed is"),
        ('[alerts]\nquiet = "22:00-24:00"', r'quiet = "22:00-24:00" .*or local hours'),
        ('[alerts]\nquiet = "07:00-07:00"', "local hours"),
        ('[alerts]\nquiet = "7-9"', "local hours"),
        ('[alerts]\ndigest_weekday = "Mon"', r'"monday" \| "tuesday"'),
        ('[email]\nhost = "mail.example\\nRCPT"', "without spaces"),
        ('[email]\nto = "ann@news.example"', r'addresses such as \["ann@news\.example"\]'),
        ('[email]\nto = ["ann@news.example", "bo"]', "addresses such as"),
        ('[email]\nto = ["a@b.example\\r\\nBcc: x@y.example"]', "addresses such as"),
        ("[email]\nto = [1]", "addresses such as"),
        ('[webhook]\nurl = "ftp://a.example"', "http:// or https://"),
        ('[command]\nargv = "notify --all"', "a program and its arguments"),
        ("[window", "settings.toml cannot be read .*delete it to get the defaults"),
    ],
)
def test_impossible_value_is_named_with_what_is_allowed(path: Path, text: str, told: str) -> None:
    path.write_text(text)
    with pytest.raises(FileError, match=told) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_password_in_an_address_is_refused_and_not_repeated(path: Path) -> None:
    path.write_text('[webhook]\nurl = "https://ann:s3cret@hooks.example/x"')
    with pytest.raises(FileError, match="without user and password") as caught:
        load(path)
    assert "s3cret" not in str(caught.value)
    assert "hooks.example/x" in str(caught.value)


def test_file_in_another_encoding_is_named(path: Path) -> None:
    path.write_bytes(b"# caf\xe9\n")
    with pytest.raises(FileError, match="cannot be read"):
        load(path)


def test_unknown_setting_warns_with_the_nearest(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_text("[fetch]\nconcurency = 3\n[windows]\nzzz = 1\n[fetch.deep]\nx = 1\n")
    assert load(path) == Settings()
    assert "no setting fetch.concurency; did you mean fetch.concurrency?" in caplog.text
    assert caplog.text.count("there is no setting") == 3


def test_former_names_are_understood_and_present_ones_win() -> None:
    names = {"fetch.threads": "fetch.concurrency"}
    assert renamed({"fetch.threads": 5}, names) == {"fetch.concurrency": 5}
    both = {"fetch.concurrency": 7, "fetch.threads": 5, "x": 1}
    assert renamed(both, names) == {"fetch.concurrency": 7, "x": 1}


def test_every_rename_leads_to_a_setting() -> None:
    known = {one.name for one in described()}
    assert set(RENAMED.values()) <= known
    assert not RENAMED.keys() & known


def test_settings_that_cannot_be_written_are_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="cannot be written"):
        save(tmp_path / "file" / "settings.toml", Settings())


def test_every_setting_is_in_the_documents_with_its_default_and_meaning() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in page.splitlines()]
    told = {row[1]: (row[2], row[4]) for row in rows if len(row) == 6}
    for each in described():
        default = each.default if isinstance(each.default, str | int | float) else "[]"
        assert told[f"`{each.name}`"] == (str(default), each.meaning)


def test_a_new_library_gets_a_settings_file_that_gives_the_defaults(tmp_path: Path) -> None:
    paths = LibraryPaths(tmp_path / "library")
    with Core(paths) as core:
        core.store.totals()
    assert load(paths.settings) == Settings()
    assert "fetch" in paths.settings.read_text(encoding="utf-8")


def test_settings_follow_their_file(path: Path) -> None:
    given = replace(Settings(), fetch=replace(Settings().fetch, concurrency=7))
    watched = Watched(path, given)
    assert watched.get() is given
    save(path, Settings())
    assert watched.get() == Settings()
    path.write_text('[alerts]\nquiet = "22:00-07:00"\n')
    assert watched.get().alerts.quiet == "22:00-07:00"
    path.unlink()
    assert watched.get() == Settings()


def test_impossible_change_is_told_once_and_what_held_before_goes_on(path: Path) -> None:
    path.write_text("[fetch]\nconcurrency = 3\n")
    watched = Watched(path, load(path))
    path.write_text("[fetch]\nconcurrency = 0\n# and a longer file\n")
    with pytest.raises(FileError, match="concurrency = 0"):
        watched.get()
    assert watched.get().fetch.concurrency == 3
    path.write_text("[fetch]\nconcurrency = 4\n")
    assert watched.get().fetch.concurrency == 4
