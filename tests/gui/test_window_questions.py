"""What the window asks, and what it does with the answers."""

from array import array
from pathlib import Path

import pytest
from gui_world import Collector, Library, Search
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_steps import ask, choose, press

from reader.domain.scope import Scope
from reader.domain.search import SavedSearch
from reader.errors import StoreError
from reader.gui.main_window import MainWindow


def test_adding_a_feed_asks_the_collector_and_fetches_it(
    window: MainWindow, collector: Collector
) -> None:
    dialog = ask(window, "add_feed")
    dialog.subscribe_requested.emit("http://new.test/feed", "A/B")
    assert collector.calls == [
        ("subscribe", "http://new.test/feed", "A/B"), ("refresh", ["http://new.test/feed"]),
    ]  # fmt: skip
    assert not dialog.isVisible()


def test_a_feed_that_cannot_be_added_leaves_the_question_open(window: MainWindow) -> None:
    dialog = ask(window, "add_feed")
    dialog.subscribe_requested.emit("http://bad.test", "")
    assert dialog.problem.text().startswith("This address cannot be reached.")
    assert dialog.isVisible()
    dialog.close()


def test_saving_the_search_on_show(
    window: MainWindow, library: Library, searcher: Search, qtbot: QtBot
) -> None:
    searcher.auto = array("q", [970])
    window.search_for('"air defence" AND libya')
    dialog = ask(window, "save_search")
    assert dialog.query.text() == '"air defence" AND libya'
    dialog.saved.emit(SavedSearch(0, "Missiles", "s-400", alert=True))
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert library.saved[-1].name == "Missiles"
    qtbot.waitUntil(lambda: window.places.model.find("saved:3").isValid())


def test_a_search_that_is_refused_leaves_the_question_open(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.top.search.set_text("x")
    dialog = ask(window, "save_search")
    library.refuse = StoreError("There is already a search of that name.")
    dialog.saved.emit(SavedSearch(0, "Haftar", "x"))
    qtbot.waitUntil(lambda: bool(dialog.problem.text()))
    assert dialog.isVisible()
    library.refuse = None
    dialog.close()


def test_without_a_query_saving_leads_to_the_search_box(window: MainWindow) -> None:
    press(window, "save_search")
    assert window.top.search.field.hasFocus()
    assert "Search for something first" in window.status.message.text()


def test_selected_text_becomes_an_entity(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.view.track_requested.emit("  Saif   Gaddafi ")
    dialog = window.commands.desk.open
    assert dialog.name.text() == "Saif Gaddafi"
    dialog.confirm()
    qtbot.waitUntil(lambda: library.entities[-1].name == "Saif Gaddafi")


def test_an_entity_is_edited_from_the_sidebar(window: MainWindow) -> None:
    place = window.places.model.place(window.places.model.find("entity:4"))
    window.sidebar.asked.emit("edit", place)
    assert window.commands.desk.open.name.text() == "S-400"
    window.commands.desk.open.close()


def test_tags_notes_and_older(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    number = choose(window, qtbot, 0)
    tags = ask(window, "tag")
    tags.decided.emit(("libya",), ("old",))
    tags.close()
    press(window, "note")
    qtbot.waitUntil(lambda: window.commands.desk.open is not tags)
    note = window.commands.desk.open
    note.saved.emit("Call the port.")
    note.close()
    older = ask(window, "older_read")
    older.confirm()
    qtbot.waitUntil(lambda: "mark_all_read" in library.names())
    assert ("tag", (number,), "libya", False) in library.calls
    assert ("tag", (number,), "old", True) in library.calls
    assert ("note", number, "Call the port.") in library.calls


@pytest.mark.parametrize(
    ("verb", "key", "call"),
    [
        ("remove", "feed:1", ("remove_feed", "http://one.test/feed")),
        ("remove", "saved:2", ("remove_search", "Haftar")),
        ("remove", "entity:4", ("untrack", "S-400")),
        ("alert", "saved:1", ("edit_search", "Air defence to Libya", None, False, None)),
        ("mark_read", "feed:3", ("mark_all_read", Scope(feed=3))),
    ],
)
def test_what_the_sidebar_is_asked_is_done(
    window: MainWindow, library: Library, qtbot: QtBot, verb: str, key: str, call: tuple
) -> None:
    window.sidebar.asked.emit(verb, window.places.model.place(window.places.model.find(key)))
    qtbot.waitUntil(lambda: call in library.calls)


def test_feeds_are_renamed_moved_refreshed_and_copied(
    window: MainWindow, library: Library, collector: Collector, qtbot: QtBot
) -> None:
    place = window.places.model.place(window.places.model.find("feed:1"))
    for verb, text in (("rename", "Harbour"), ("move", "Ports/North")):
        window.sidebar.asked.emit(verb, place)
        dialog = window.commands.desk.open
        dialog.field.setText(text)
        dialog.confirm()
    qtbot.waitUntil(lambda: {"rename_feed", "move_feed"} <= set(library.names()))
    assert (library.feeds[0].title, library.feeds[0].folder) == ("Harbour", "Ports/North")
    window.sidebar.asked.emit("copy", place)
    assert QGuiApplication.clipboard().text() == "http://one.test/feed"
    folder = window.places.model.place(window.places.model.find("folder:Mediterranean"))
    window.sidebar.asked.emit("refresh", folder)
    assert set(collector.calls[-1][1]) >= {"http://two.test/rss", "http://four.test/ar"}


def test_files_come_in_through_the_collector(
    window: MainWindow, collector: Collector, tmp_path: Path
) -> None:
    dialog = ask(window, "import")
    dialog.fileSelected.emit(str(tmp_path / "subs.opml"))
    assert collector.calls == [("import", str(tmp_path / "subs.opml"))]
    assert window.status.message.text() == "3 feeds added or changed, 0 already there."
    dialog.close()


@pytest.mark.parametrize(
    ("name", "holds"), [("a.opml", b"http://one.test/feed"), ("b.json", b"Khalifa Haftar"),
                        ("c.csv", b"Khalifa Haftar")],
)  # fmt: skip
def test_files_are_written(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, name: str, holds: bytes
) -> None:
    dialog = ask(window, "export")
    dialog.fileSelected.emit(str(tmp_path / name))
    qtbot.waitUntil((tmp_path / name).exists)
    assert holds in (tmp_path / name).read_bytes()
    dialog.close()
    qtbot.waitUntil(lambda: "written to" in window.status.message.text())


def test_a_file_that_does_not_say_what_it_is_to_hold_is_refused(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ask(window, "export")
    dialog.fileSelected.emit(str(tmp_path / "x.txt"))
    dialog.close()
    qtbot.waitUntil(lambda: "does not say what to write" in window.status.message.text())
