"""The whole window, led by keys and clicks, over a library in memory."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_world import Collector, Library, Search
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reader.domain.library import Changes
from reader.domain.scope import Scope
from reader.errors import StoreError
from reader.gui.actions import SPECS
from reader.gui.jobs import Jobs
from reader.gui.main_window import MainWindow
from reader.gui.panes import PANEL, SIDE
from reader.gui.state import WindowState
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.shortcuts import ShortcutSheet
from reader.settings import Window as Defaults


@pytest.fixture
def opened(
    qtbot: QtBot, jobs: Jobs, searcher: Search, collector: Collector
) -> Iterator[Callable[..., MainWindow]]:
    windows: list[MainWindow] = []

    def open_one(
        width: int = 1440, state: WindowState | None = None, defaults: Defaults | None = None
    ) -> MainWindow:
        window = MainWindow(jobs, searcher, collector, state, defaults or Defaults())
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(width, 860)
        with qtbot.waitExposed(window):
            window.show()
        window.start()
        qtbot.waitUntil(lambda: window.articles.model.generation > 0)
        with qtbot.waitSignal(window.places.overview_changed):
            window.places.reload()
        return window

    yield open_one
    for window in windows:
        window.close()


@pytest.fixture
def window(opened: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    made = opened()
    loaded(made, qtbot)
    return made


def loaded(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.articles.model.at_hand(0) is not None)


def choose(window: MainWindow, qtbot: QtBot, row: int) -> int:
    window.list.table.choose(row)
    number = window.articles.model.ids[row]
    qtbot.waitUntil(lambda: on_show(window) == number)
    return number


def on_show(window: MainWindow) -> int:
    return window.article.detail.line.id if window.article.detail else 0


def press(window: MainWindow, name: str) -> None:
    window.actions_[name].trigger()


def ask(window: MainWindow, name: str) -> QDialog:
    """The question an action asks."""
    press(window, name)
    dialog = window.commands.desk.open
    assert dialog is not None
    return dialog


# from start


def test_it_starts_with_all_articles_and_the_keys_in_the_list(window: MainWindow) -> None:
    assert window.list.header.title.text() == "All articles"
    assert window.list.header.subtitle.text() == "27 unread · 40 articles"
    assert window.list.table.hasFocus()
    assert window.sidebar.currentIndex().data() == "All articles"
    assert window.status.feeds.text().startswith("5 feeds, updated ")


def test_every_action_does_something(window: MainWindow) -> None:
    assert set(window.commands.deeds) == {spec.id for spec in SPECS}


def test_an_empty_library_offers_to_add_and_import(
    opened: Callable[..., MainWindow], library: Library, qtbot: QtBot
) -> None:
    library.articles, library.feeds = {}, []
    window = opened()
    qtbot.waitUntil(window.list.is_empty)
    assert window.list.empty.title() == "No feeds yet"
    assert [b.text() for b in window.list.empty.buttons()] == [
        "Add a feed…", "Import feeds or entities…",
    ]  # fmt: skip
    qtbot.waitUntil(window.list.empty.buttons()[0].hasFocus)
    QTest.keyClick(window.list.empty.buttons()[0], Qt.Key.Key_Return)
    assert window.commands.desk.open.windowTitle() == "Add a feed"
    window.commands.desk.open.close()


# reading


def test_an_article_that_is_shown_becomes_read(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    row = next(r for r, n in enumerate(window.articles.model.ids) if not library.articles[n].read)
    number = choose(window, qtbot, row)
    qtbot.waitUntil(lambda: library.articles[number].read)
    qtbot.waitUntil(lambda: window.list.header.subtitle.text().startswith("26 unread"))


def test_keys_go_through_the_articles(window: MainWindow, qtbot: QtBot) -> None:
    table = window.list.table
    QTest.keyClick(table, Qt.Key.Key_J)
    QTest.keyClick(table, Qt.Key.Key_J)
    assert table.current_row() == 1
    QTest.keyClick(table, Qt.Key.Key_K)
    assert table.current_row() == 0
    QTest.keyClick(table, Qt.Key.Key_K)
    assert table.current_row() == 0
    qtbot.waitUntil(lambda: on_show(window) == window.articles.model.ids[0])


def test_space_reads_on_and_then_goes_to_the_next_unread(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(window, qtbot, 0)
    for _ in range(30):
        QTest.keyClick(window.list.table, Qt.Key.Key_Space)
        if window.list.table.current_row() > 0:
            break
    row = window.list.table.current_row()
    assert row > 0
    assert not library.articles[window.articles.model.ids[row]].read or row == 1


def test_star_and_read_by_key_are_stored_and_shown(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    number = choose(window, qtbot, 2)
    before = library.articles[number].starred
    QTest.keyClick(window.list.table, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: library.articles[number].starred is not before)
    qtbot.waitUntil(lambda: library.articles[number].read)
    QTest.keyClick(window.list.table, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: not library.articles[number].read)


def test_open_in_browser_opens_the_chosen_article(window: MainWindow, qtbot: QtBot) -> None:
    opened: list[str] = []
    window.commands.open_url = opened.append
    number = choose(window, qtbot, 1)
    QTest.keyClick(window.list.table, Qt.Key.Key_Return)
    QTest.keyClick(window.list.table, Qt.Key.Key_O)
    assert opened == [f"http://one.test/{number}"] * 2
    press(window, "copy_link")
    assert QGuiApplication.clipboard().text() == opened[0]


def test_without_a_chosen_article_it_says_so(window: MainWindow) -> None:
    press(window, "open")
    assert window.status.message.text() == "Choose an article first."


def test_mark_all_read_and_undo(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    QTest.keyClick(window.list.table, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: all(a.read for a in library.articles.values()))
    QTest.keyClick(window.list.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.status.message.text() == "Undone: marking read.")


# places and searches


def test_a_place_of_the_sidebar_is_listed(window: MainWindow, qtbot: QtBot) -> None:
    window.go_to("feed:2")
    qtbot.waitUntil(lambda: window.list.header.title.text() == "Defence Weekly Bulletin")
    assert window.articles.shown.scope == Scope(feed=2)


def test_a_saved_search_shows_its_query_and_marks_it(window: MainWindow, qtbot: QtBot) -> None:
    window.go_to("saved:1")
    assert window.top.search.text() == '"air defence" AND libya'
    assert window.top.save.isEnabled()
    qtbot.waitUntil(lambda: window.articles.shown.query == '"air defence" AND libya')
    window.go_to("all")
    assert (window.top.search.text(), window.top.save.isEnabled()) == ("", False)


def test_typing_searches_and_escape_goes_back(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    searcher.auto = array("q", [970, 990])
    window.go_to("feed:1")
    QTest.keyClick(window.list.table, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top.search.field.hasFocus()
    QTest.keyClicks(window.top.search.field, "haftar")
    qtbot.waitUntil(lambda: window.list.header.title.text() == "Search results")
    assert window.top.search.info() == "2 results in 38 ms"
    assert not window.sidebar.currentIndex().isValid()
    QTest.keyClick(window.top.search.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.list.header.title.text() == "Harbour Review")
    assert window.sidebar.currentIndex().data() == "Harbour Review"
    assert window.list.table.hasFocus()


def test_choosing_a_place_ends_the_search(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    searcher.auto = array("q", [970, 990])
    window.search_for("haftar")
    qtbot.waitUntil(lambda: window.articles.model.rowCount() == 2)
    window.go_to("unread")
    qtbot.waitUntil(lambda: window.list.header.title.text() == "Unread")
    assert (window.top.search.text(), window.search.query) == ("", "")
    qtbot.wait(20)
    assert window.list.header.title.text() == "Unread"


def test_a_refused_query_is_explained_under_the_box(window: MainWindow, qtbot: QtBot) -> None:
    window.top.search.focus()
    QTest.keyClicks(window.top.search.field, 'air "defence')
    qtbot.waitUntil(window.top.search.hint.isVisible)
    assert window.top.search.hint.sentence.startswith("Close the quotation mark")
    assert window.list.header.title.text() == "All articles"


def test_an_article_stays_chosen_where_the_results_hold_it(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    number = choose(window, qtbot, 3)
    searcher.auto = array("q", [990, number])
    window.search_for("haftar")
    qtbot.waitUntil(lambda: window.articles.model.rowCount() == 2)
    assert window.list.table.current_row() == 1


def test_an_entity_in_the_panel_filters_the_list(window: MainWindow, qtbot: QtBot) -> None:
    window.panel.entity_chosen.emit(3)
    qtbot.waitUntil(lambda: window.list.header.title.text() == "Tobruk")
    assert window.articles.shown.scope == Scope(entity=3)
    assert window.sidebar.currentIndex().data() == "Tobruk"


def test_the_unread_filter_and_its_key(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.list.table, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: window.list.header.subtitle.text() == "27 unread articles")
    assert window.list.header.unread.isChecked()


def test_new_articles_wait_until_they_are_wanted(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(window, qtbot, 5)
    before = window.articles.model.rowCount()
    library.publish(3)
    window.apply_changes(Changes(lists=True, counts=True))
    qtbot.waitUntil(lambda: window.list.news() == 3)
    assert window.articles.model.rowCount() == before
    number = on_show(window)
    QTest.keyClick(window.list.table, Qt.Key.Key_G)
    assert window.articles.model.rowCount() == before + 3
    assert window.list.table.selected_ids() == [number]


def test_coming_to_the_list_or_the_sidebar_chooses_nothing(
    window: MainWindow, library: Library, searcher: Search, qtbot: QtBot
) -> None:
    searcher.auto = array("q", [970, 990])
    window.top.search.focus()
    window.search_for("haftar")
    qtbot.waitUntil(lambda: window.articles.model.rowCount() == 2)
    for name in ("focus_list", "focus_sidebar", "focus_list"):
        press(window, name)
    qtbot.wait(30)
    assert (on_show(window), window.list.table.current_row()) == (0, -1)
    assert window.list.header.title.text() == "Search results"
    assert "mark" not in library.names()


# refreshing


def test_refresh_shows_progress_and_can_be_stopped(
    window: MainWindow, collector: Collector
) -> None:
    QTest.keyClick(window.list.table, Qt.Key.Key_F5)
    assert collector.calls == [("refresh", None)]
    window.show_progress(12, 500, 2, "Refreshing")
    assert window.status.progress.label() == "Refreshing 12 of 500, 2 failed"
    assert not window.actions_["refresh"].isEnabled()
    assert window.top.refresh.defaultAction().objectName() == "stop"
    window.top.refresh.click()
    assert collector.calls[-1] == ("stop",)
    window.show_finished("7 new articles.")
    assert not window.status.progress.isVisible()
    assert window.status.message.text() == "7 new articles."
    assert window.top.refresh.defaultAction().objectName() == "refresh"


def test_escape_stops_a_refresh(window: MainWindow, collector: Collector) -> None:
    window.show_progress(1, 2, 0, "Refreshing")
    QTest.keyClick(window.list.table, Qt.Key.Key_Escape)
    assert collector.calls[-1] == ("stop",)


def test_a_problem_is_told_in_the_status_bar(window: MainWindow) -> None:
    window.show_problem(StoreError("The disk is full. Free some space."))
    assert window.status.message.text() == "The disk is full. Free some space."


def test_feeds_that_fail_are_counted_and_listed(
    opened: Callable[..., MainWindow], library: Library, collector: Collector
) -> None:
    library.feeds[1] = replace(library.feeds[1], error="It is gone (410). Remove it.")
    window = opened()
    assert window.status.attention.text() == "1 needs attention"
    window.status.attention.click()
    dialog = window.commands.desk.open
    dialog.retry_requested.emit(("http://two.test/rss",))
    assert collector.calls == [("refresh", ["http://two.test/rss"])]
    dialog.close()


# questions


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
    dialog.saved.emit("Missiles", "s-400", True)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    assert library.saved[-1].name == "Missiles"
    qtbot.waitUntil(lambda: window.places.model.find("saved:3").isValid())


def test_a_search_that_is_refused_leaves_the_question_open(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.top.search.set_text("x")
    dialog = ask(window, "save_search")
    library.refuse = StoreError("There is already a search of that name.")
    dialog.saved.emit("Haftar", "x", False)
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
    assert window.status.message.text() == "3 feeds came in."
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


# looks


def test_schemes_reach_every_pane(window: MainWindow) -> None:
    for name, theme in (("dark", DARK), ("light", LIGHT)):
        press(window, name)
        image = window.grab().toImage()
        spots = {
            "side": window.sidebar, "list": window.list, "page": window.view.page,
        }  # fmt: skip
        assert window.theme is theme
        for colour, widget in spots.items():
            corner = widget.mapTo(window, widget.rect().bottomLeft())
            found = image.pixelColor(corner.x() + 3, corner.y() - 2).name()
            assert found == getattr(theme, colour).name(), (name, colour)


def test_narrow_windows_put_panes_away_and_wide_ones_bring_them_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    for width, side, panel in ((1440, True, True), (1100, True, False), (800, False, False)):
        window.resize(width, 800)
        qtbot.waitUntil(lambda w=width: window.panes.width() == w)
        assert (window.panes.is_shown(SIDE), window.panes.is_shown(PANEL)) == (side, panel)
        assert window.panes.sizes()[2] >= 320


def test_what_the_user_shows_stays_at_every_width(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.list.table, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not window.panes.is_shown(SIDE)
    assert not window.actions_["sidebar"].isChecked()
    window.resize(2000, 900)
    qtbot.waitUntil(lambda: window.panes.width() == 2000)
    assert not window.panes.is_shown(SIDE)


def test_text_size_has_limits_and_a_normal(window: MainWindow) -> None:
    press(window, "larger")
    assert window.view.text_size() == 18
    for _ in range(40):
        press(window, "smaller")
    assert window.view.text_size() == 12
    press(window, "normal")
    assert window.view.text_size() == 17


def test_it_remembers_itself(
    opened: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    def state() -> WindowState:
        return WindowState(QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))

    first = opened(1300, state())
    press(first, "dark")
    press(first, "larger")
    press(first, "compact")
    press(first, "sidebar")
    first.sidebar.set_closed(["folder:Mediterranean"])
    first.close()
    second = opened(1300, state())
    assert second.theme is DARK
    assert second.view.text_size() == 18
    assert second.actions_["compact"].isChecked()
    assert not second.panes.is_shown(SIDE)
    assert second.sidebar.closed() == ["folder:Mediterranean"]


def test_remembered_nonsense_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "w.ini"
    file.write_text("[General]\ntext_size=huge\nscheme=3\npanes=a b\n")
    state = WindowState(QSettings(str(file), QSettings.Format.IniFormat))
    assert state.number("text_size", 17, 12, 30) == 17
    assert state.words("closed") == []
    assert state.bytes("geometry").isEmpty()


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, qtbot, 0)
    window.show_progress(1, 2, 0, "Refreshing")
    nameless = [
        widget for widget in window.findChildren(QWidget)
        if widget.isVisible() and takes_focus(widget) and not name_of(widget)
    ]  # fmt: skip
    assert nameless == []


def takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def test_nothing_is_written_to_the_screen_of_a_closed_window(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    with library.lock:
        window.go_to("feed:1")
        window.close()
    qtbot.wait(20)
    assert not window.isVisible()


def test_settings_hold_until_the_user_chooses_otherwise(opened: Callable[..., MainWindow]) -> None:
    state = WindowState()
    wishes = Defaults(scheme="dark", density="compact", text_size=21)
    window = opened(state=state, defaults=wishes)
    assert window.theme is DARK
    assert window.actions_["compact"].isChecked()
    assert window.view.text_size() == 21
    window.close()
    assert opened(state=state).theme is LIGHT  # nothing was chosen, so nothing was kept
    press(window, "larger")
    press(window, "normal")
    assert window.view.text_size() == 21
    window.set_scheme("light")
    assert opened(state=state, defaults=wishes).theme is LIGHT


def test_text_is_selected_with_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, qtbot, 0)
    press(window, "caret")
    page = window.view.page
    qtbot.waitUntil(page.hasFocus)
    QTest.keyClick(page, Qt.Key.Key_Down)
    QTest.keyClick(page, Qt.Key.Key_Home)
    QTest.keyClick(
        page,
        Qt.Key.Key_Right,
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier,
    )
    assert window.view.selected_text()
    press(window, "caret")
    window.view.page.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert not window.view.selected_text()


def test_letters_that_are_no_shortcuts_choose_nothing(window: MainWindow, qtbot: QtBot) -> None:
    number = choose(window, qtbot, 0)
    place = window.sidebar.currentIndex()
    window.list.table.keyboardSearch("Short")
    window.sidebar.keyboardSearch("Haftar")
    assert on_show(window) == number
    assert window.sidebar.currentIndex() == place


def test_marking_all_read_leaves_what_still_waits_to_be_shown(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(window, qtbot, 0)
    fresh = library.publish(3)
    window.apply_changes(Changes(lists=True, counts=True))
    qtbot.waitUntil(lambda: window.list.news() == 3, timeout=3000)
    press(window, "all_read")
    qtbot.waitUntil(lambda: "mark_all_read" in library.names())
    qtbot.waitUntil(lambda: all(a.read for n, a in library.articles.items() if n not in fresh))
    assert not any(library.articles[n].read for n in fresh)


def test_the_end_of_silent_work_leaves_messages_alone(window: MainWindow) -> None:
    window.status.say("Tracking Tobruk.")
    window.show_progress(1, 3, 0, "Updating saved searches")
    window.show_finished("")
    assert window.status.message.text() == "Tracking Tobruk."
    assert window.status.progress.isHidden()


def test_the_keys_stay_where_the_list_is_when_it_empties_and_fills(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.list.table.setFocus()
    qtbot.waitUntil(window.list.table.hasFocus)
    window.list.show_empty("inbox", "Nothing", "Nothing here.", [window.actions_["refresh"]])
    assert window.list.empty.buttons()[0].hasFocus()
    window.list.show_rows()
    assert window.list.table.hasFocus()


def test_a_saved_search_is_confirmed(
    window: MainWindow, searcher: Search, library: Library, qtbot: QtBot
) -> None:
    searcher.auto = array("q", [1000])
    window.search_for("tobruk")
    dialog = ask(window, "save_search")
    dialog.confirm()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.status.message.text() == "Saved tobruk.")
    assert ("save_search", "tobruk", "tobruk", False) in library.calls


def test_the_sheet_of_shortcuts_shows_all_of_them_where_there_is_room(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, "shortcuts")
    sheet = window.findChild(ShortcutSheet)
    assert isinstance(sheet, ShortcutSheet)
    area = sheet.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert sheet.height() < window.height()
    sheet.close()


def test_all_articles_chosen_again_still_tells_what_is_unread(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.go_to("starred")
    qtbot.waitUntil(lambda: window.list.header.title.text() == "Starred")
    window.go_to("all")
    qtbot.waitUntil(lambda: "unread" in window.list.header.subtitle.text())


def test_without_a_browser_it_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.commands.open_url = lambda _url: False
    choose(window, qtbot, 0)
    press(window, "open")
    assert "No browser could be opened" in window.status.message.text()


def test_trying_again_takes_the_old_problem_away(window: MainWindow, collector: Collector) -> None:
    window.show_problem(StoreError("The collector stopped; try once more."))
    press(window, "refresh")
    assert window.status.message.text() == ""
    assert ("refresh", None) in collector.calls
