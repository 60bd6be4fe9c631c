"""What the demo opens, prints and refuses; how it is filled is proved end to end elsewhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.paths import LibraryPaths
from reader.services.demo import DemoServer
from reader.settings import Settings
from reader.store.store import Store
from reader.workers.demo import DemoSummary
from tests.unit.cli.command_line import CommandLine

SUMMARY = DemoSummary(12, 150, 0, 400, 3, 30, 7, 1.5)
KEYS = ("feeds", "articles", "failed", "mentions", "saved_searches", "hits", "alerts", "seconds")


@pytest.fixture(autouse=True)
def filled(monkeypatch: pytest.MonkeyPatch) -> list[LibraryPaths]:
    """Every library that was filled, in place of fetching two rounds of news each time."""
    libraries: list[LibraryPaths] = []

    def fill(
        paths: LibraryPaths, _: Settings, server: DemoServer, report: Callable[..., None]
    ) -> DemoSummary:
        assert server.feeds()
        report(0, 19, 0, "Fetching")
        Store.open(paths).close()
        libraries.append(paths)
        return SUMMARY

    monkeypatch.setattr("reader.workers.demo.fill", fill)
    return libraries


def test_the_summary_is_one_document(cli: CommandLine) -> None:
    value = cli.json("demo", "--no-window")
    assert tuple(value) == KEYS
    assert value == {"feeds": 12, "articles": 150, "failed": 0, "mentions": 400,
                     "saved_searches": 3, "hits": 30, "alerts": 7, "seconds": 1.5}  # fmt: skip
    assert not cli.window.opened


def test_a_chosen_library_is_left_alone_and_the_demo_s_own_is_thrown_away(
    cli: CommandLine, filled: list[LibraryPaths]
) -> None:
    cli.library.write_text("not even a folder")
    assert cli("demo", "--no-window").code == 0
    assert cli.library.read_text() == "not even a folder"
    (paths,) = filled
    assert not paths.root.parent.exists()


def test_the_window_opens_on_the_filled_library(
    cli: CommandLine, filled: list[LibraryPaths]
) -> None:
    outcome = cli("demo", "--scheme", "dark", "--size", "1440x900")
    assert (outcome.code, outcome.out) == (0, "")
    ((paths, wanted),) = cli.window.opened
    assert [paths] == filled
    assert (wanted["scheme"], wanted["size"], wanted["was_there"]) == ("dark", (1440, 900), True)
    assert "thrown away" in outcome.err


def test_without_a_display_it_goes_on_and_says_why_no_window_opened(cli: CommandLine) -> None:
    cli.window.hidden = "There is no display."
    outcome = cli("demo", "--json")
    assert (outcome.code, tuple(outcome.json)) == (0, KEYS)
    assert "No window was opened: there is no display." in outcome.err
    assert not cli.window.opened


def test_a_picture_needs_no_display(cli: CommandLine, tmp_path: Path) -> None:
    cli.window.hidden = "There is no display."
    outcome = cli("demo", "--screenshot", str(tmp_path / "x.png"))
    assert (outcome.code, outcome.out) == (0, "")
    ((_, wanted),) = cli.window.opened
    assert wanted["picture"] == tmp_path / "x.png"


def test_a_picture_and_the_summary_go_together(cli: CommandLine, tmp_path: Path) -> None:
    value = cli.json("demo", "--no-window", "--screenshot", str(tmp_path / "x.png"))
    assert tuple(value) == KEYS
    assert len(cli.window.opened) == 1
