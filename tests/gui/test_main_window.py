"""The whole window, led by keys and clicks, over a library in memory."""

from array import array
from collections.abc import Callable
from dataclasses import replace

from gui_world import Collector, Library, Search
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_steps import choose, on_show, press

from reader.domain.library import Changes
from reader.domain.scope import Scope
from reader.errors import StoreError
from reader.gui.actions import SPECS
from reader.gui.main_window import MainWindow

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


def test_a_problem_goes_with_the_place_it_was_about_and_other_words_stay(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show_problem(StoreError("The disk is full. Free some space."))
    window.go_to("starred")
    qtbot.waitUntil(lambda: window.status.message.text() == "")
    window.status.say("Saved.")
    window.go_to("all")
    assert window.status.message.text() == "Saved."


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
