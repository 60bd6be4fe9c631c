"""Searches saved in the studio, on the real library: one change, taken back by one undo."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from gui_world import Search
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_steps import closed, press, reread, studio

from reader.domain.alert import AlertRule, Backtest
from reader.domain.search import SavedSearch
from reader.gui.jobs import Jobs
from reader.gui.main_window import MainWindow
from reader.gui.views.dialogs.studio import Studio
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.store.store import Store
from tests.helpers.world import World, item

RULE = AlertRule("daily", ("email",), "22:00-07:00", 30, "high", sound=True, each_outlet=True)


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    """Where a library of two articles and one saved search lies."""
    world = World(tmp_path)
    world.feed("a").publish(item("One port"), item("Two ports"))
    world.refresh()
    world.library.save_search("quays", "quay", folder="Sea", rule=RULE)
    world.close()
    return world.paths


@pytest.fixture
def jobs(qapp: object, paths: LibraryPaths) -> Iterator[Jobs]:
    made = Jobs(partial(_open, paths), partial(_open, paths))
    yield made
    made.close()


def _open(paths: LibraryPaths) -> Library:
    return Library(Store.open(paths))


@pytest.fixture
def stored(paths: LibraryPaths) -> Iterator[Library]:
    """Looks at the same library beside the window."""
    made = _open(paths)
    yield made
    made.close()


@pytest.fixture
def window(window: MainWindow, searcher: Search) -> Iterator[MainWindow]:
    searcher.tested = Backtest("", 2, ((date(2026, 11, 22), 2),), 0.2, (1, 2), measured=10)
    yield window
    dialog = window.commands.desk.open
    if dialog is not None and isValid(dialog):
        dialog.done(0)


def judge(dialog: Studio, qtbot: QtBot) -> None:
    """The first is worth keeping, the second is noise."""
    qtbot.keyClick(dialog.trial.samples, Qt.Key.Key_K)
    qtbot.keyClick(dialog.trial.samples, Qt.Key.Key_N)


def save(dialog: Studio, qtbot: QtBot) -> None:
    dialog.confirm()
    qtbot.waitUntil(lambda: closed(dialog))


def saved(library: Library) -> dict[str, SavedSearch]:
    return {line.saved.name: line.saved for line in library.overview().saved}


def undo(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.changer.undone):
        press(window, "undo")


def test_a_new_search_with_judgements_is_one_change(
    window: MainWindow, stored: Library, qtbot: QtBot
) -> None:
    window.commands.desk.save_search("port", alert=True)
    dialog = studio(window)
    dialog.folder.setCurrentText("Sea")
    judge(dialog, qtbot)
    save(dialog, qtbot)
    found = saved(stored)["port"]
    assert (found.query, found.alert, found.folder, found.rule) == (
        "port", True, "Sea", AlertRule(),
    )  # fmt: skip
    precision = stored.precision("port")
    assert (precision.kept, precision.noise) == (1, 1)
    undo(window, qtbot)
    assert [*saved(stored)] == ["quays"]


def test_without_judgements_it_is_one_change_as_well(
    window: MainWindow, stored: Library, qtbot: QtBot
) -> None:
    window.commands.desk.save_search("port")
    save(studio(window), qtbot)
    assert "port" in saved(stored)
    undo(window, qtbot)
    assert "port" not in saved(stored)


def test_an_edit_with_judgements_is_one_change(
    window: MainWindow, stored: Library, qtbot: QtBot
) -> None:
    before = saved(stored)["quays"]
    window.commands.desk.improve_search("quays", "quay OR port")
    dialog = studio(window)
    judge(dialog, qtbot)
    dialog.name.setText("Harbours")
    dialog.folder.setCurrentText("")
    dialog.rule.when.setCurrentIndex(dialog.rule.when.findData("weekly"))
    save(dialog, qtbot)
    found = saved(stored)["Harbours"]
    assert (found.query, found.alert, found.folder) == ("quay OR port", True, "")
    assert found.rule.when == "weekly"
    assert found.rule.quiet == RULE.quiet
    assert stored.precision("Harbours").noise == 1
    undo(window, qtbot)
    found = saved(stored)["quays"]
    assert (found.query, found.alert, found.folder, found.rule) == (
        before.query, before.alert, before.folder, before.rule,
    )  # fmt: skip
    assert stored.precision("quays").share is None


def test_impossible_hours_are_refused_in_the_studio_and_nothing_is_stored(
    window: MainWindow, stored: Library, qtbot: QtBot
) -> None:
    window.commands.desk.save_search("port", alert=True)
    dialog = studio(window)
    judge(dialog, qtbot)
    dialog.rule.quiet.setCurrentIndex(dialog.rule.quiet.findData("own"))
    dialog.rule.hours.setText("late")
    dialog.confirm()
    qtbot.waitUntil(lambda: "no quiet hours" in dialog.problem.text())
    qtbot.wait(50)
    assert dialog.isVisible()
    assert [*saved(stored)] == ["quays"]
    dialog.rule.hours.setText("22:00 - 06:00")
    save(dialog, qtbot)
    assert saved(stored)["port"].rule.quiet == "22:00-06:00"


def test_a_broken_search_can_be_put_elsewhere_as_it_is(
    window: MainWindow, stored: Library, paths: LibraryPaths, qtbot: QtBot
) -> None:
    store = Store.open(paths)
    store.connection.execute("UPDATE saved_search SET query = 'quay (', broken = 'Close it.'")
    store.close()
    reread(window, qtbot)
    key = f"saved:{saved(stored)['quays'].id}"
    window.sidebar.asked.emit("edit", window.places.model.place(window.places.model.find(key)))
    dialog = studio(window)
    assert dialog.problem.text() == "Close it."
    dialog.folder.setCurrentText("Elsewhere")
    save(dialog, qtbot)
    found = saved(stored)["quays"]
    assert (found.query, found.folder, found.broken) == ("quay (", "Elsewhere", "Close it.")


def test_a_query_that_cannot_be_run_is_refused_with_the_reason(
    window: MainWindow, stored: Library, qtbot: QtBot
) -> None:
    window.commands.desk.save_search('port "')
    dialog = studio(window)
    dialog.confirm()
    qtbot.waitUntil(lambda: bool(dialog.problem.text()))
    assert dialog.isVisible()
    assert [*saved(stored)] == ["quays"]
