"""What somebody who works in the window all day would trip over."""

from array import array
from collections.abc import Callable

from gui_world import Collector, Library, Search
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QScrollArea
from pytestqt.qtbot import QtBot
from window_steps import ask, choose, loaded, on_show, press

from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.errors import StoreError
from reader.gui.main_window import MainWindow
from reader.gui.state import WindowState
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.shortcuts import ShortcutSheet
from reader.settings import Window as Defaults


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
    qtbot.waitUntil(lambda: window.list.news() == 3)
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


def test_a_newly_tracked_name_is_in_view_while_the_article_stays(
    opened: Callable[..., MainWindow], library: Library, qtbot: QtBot
) -> None:
    library.entities += [Entity(f"Known {n}", "person", id=n) for n in range(7, 30)]
    window = opened()
    loaded(window, qtbot)
    number = choose(window, qtbot, 0)
    place = window.sidebar.currentIndex()
    window.changer.run(lambda changing: changing.track(Entity("Newcomer", "person")))
    qtbot.waitUntil(lambda: window.places.model.find("entity:30").isValid())
    row = window.sidebar.visualRect(window.places.model.find("entity:30"))
    assert window.sidebar.viewport().rect().adjusted(0, 0, 0, 1).contains(row)
    assert (on_show(window), window.sidebar.currentIndex()) == (number, place)
    assert not window.places.model.find("entity:29").isValid()  # others still wait for "Show all"


def test_alerts_that_come_in_while_their_list_is_on_show_have_been_seen(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.apply_changes(Changes(lists=True, counts=True))
    window.go_to("alerts")
    qtbot.waitUntil(lambda: library.names().count("alerts_seen") > 0)
    qtbot.waitUntil(lambda: window.places.overview.totals.alerts_unseen == 0)
    seen = library.names().count("alerts_seen")
    library.unseen = 1
    window.apply_changes(Changes(lists=True, counts=True))
    qtbot.waitUntil(lambda: library.names().count("alerts_seen") > seen)
    qtbot.waitUntil(lambda: window.places.overview.totals.alerts_unseen == 0)


def test_alerts_that_wait_above_the_list_are_not_seen_before_they_are_shown(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.go_to("alerts")
    qtbot.waitUntil(lambda: library.unseen == 0)
    qtbot.waitUntil(lambda: window.articles.current)  # else a row of the former list is chosen
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: window.places.overview.totals.alerts_unseen == 0)
    library.publish(10)  # one of them has an alert
    library.unseen = 1
    window.apply_changes(Changes(lists=True, counts=True))
    qtbot.waitUntil(lambda: window.list.news() == 1)
    qtbot.waitUntil(lambda: window.places.overview.totals.alerts_unseen == 1)
    assert library.unseen == 1
    press(window, "show_new")
    qtbot.waitUntil(lambda: library.unseen == 0)


def test_alerts_are_not_seen_in_other_places(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.unseen = 3
    window.apply_changes(Changes(lists=True, counts=True))
    qtbot.waitUntil(lambda: window.places.overview.totals.alerts_unseen == 3)
    qtbot.waitUntil(lambda: window.articles.current)
    assert "alerts_seen" not in library.names()


def test_the_menu_of_a_row_acts_on_it_without_reading_it(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    number = choose(window, qtbot, 0)
    table = window.list.table
    other = next(n for n in table.visible_rows() if n and not table.rows.at_hand(n).read)  # type: ignore[union-attr]
    asked = table.rows.ids[other]
    starred = library.articles[asked].starred
    spot = table.visualRect(table.rows.index(other, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=spot)
    table.customContextMenuRequested.emit(spot)
    menu = next(m for m in window.list.findChildren(QMenu) if m.isVisible())
    assert window.commands.chosen() == [asked]
    menu.close()
    press(window, "star")  # what an entry does comes after its menu has closed
    qtbot.waitUntil(lambda: library.articles[asked].starred is not starred)
    qtbot.waitUntil(lambda: window.commands.chosen() == [number])
    assert on_show(window) == number
    assert not library.articles[asked].read


def test_the_menu_of_a_row_among_several_is_about_all_of_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    choose(window, qtbot, 0)
    table = window.list.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    both = window.commands.chosen()
    assert len(both) == 2
    spot = table.visualRect(table.rows.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.RightButton, pos=spot)
    table.customContextMenuRequested.emit(spot)
    assert window.commands.chosen() == both
    next(m for m in window.list.findChildren(QMenu) if m.isVisible()).close()
    assert window.commands.chosen() == both
