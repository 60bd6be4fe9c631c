"""From hit to hit of a query, in one article and on to the next one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from test_facets_search import searched as _searched
from window_steps import choose, press

from reader.gui.main_window import MainWindow
from reader.gui.views.article_marks import ENTITY, HIT, Mark
from reader.gui.views.article_targets import Targets

searched = _searched
HITS = [Mark(at, at + 3, HIT) for at in (10, 40, 90)]
MENTIONS = [Mark(20, 25, ENTITY, "place", 3, "Tobruk")]


def test_hits_are_gone_through_once_from_the_place_in_view() -> None:
    targets = Targets(MENTIONS, HITS)
    assert [targets.step_on(1, 30) for _ in range(4)] == [HITS[1], HITS[2], None, None]
    assert targets.current == HITS[2]
    assert [targets.step_on(-1, 0) for _ in range(3)] == [HITS[1], HITS[0], None]
    assert Targets(MENTIONS, HITS).step_on(1, 91) is None
    assert Targets(MENTIONS, HITS).step_on(-1, 5) is None


def test_an_article_is_entered_at_either_end() -> None:
    targets = Targets(MENTIONS, HITS)
    assert (targets.end(1), targets.end(-1), targets.number) == (HITS[0], HITS[2], 3)


def test_where_mentions_are_gone_through_or_nothing_was_hit_there_is_no_hit_to_go_to() -> None:
    targets = Targets(MENTIONS, HITS)
    targets.choose(3)
    for those in (targets, Targets(MENTIONS), Targets()):
        assert (those.step_on(1, 0), those.end(1)) == (None, None)


def test_one_key_leads_through_the_hits_and_on_to_the_next_article(
    searched: MainWindow, qtbot: QtBot
) -> None:
    table = searched.list.table
    choose(searched, qtbot, 0)
    QTest.keyClick(table, Qt.Key.Key_F3)
    assert searched.view.page.layer.current is not None
    QTest.keyClick(table, Qt.Key.Key_F3)
    second = searched.articles.model.ids[1]
    qtbot.waitUntil(lambda: current_of(searched) == second)
    assert (table.current_row(), table.selected_ids()) == (1, [second])
    assert table.hasFocus()
    QTest.keyClick(searched.view.page, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: current_of(searched) == searched.articles.model.ids[0])


def current_of(window: MainWindow) -> int:
    """The article whose hit is current; 0 while none is."""
    detail = window.article.detail
    return detail.line.id if detail and window.view.page.layer.current else 0


def test_the_first_press_opens_the_first_result(searched: MainWindow, qtbot: QtBot) -> None:
    press(searched, "next_hit")
    qtbot.waitUntil(lambda: current_of(searched) == searched.articles.model.ids[0])


def test_past_the_last_hit_of_the_list_it_says_so(searched: MainWindow, qtbot: QtBot) -> None:
    choose(searched, qtbot, 2)
    press(searched, "next_hit")
    press(searched, "next_hit")
    assert searched.status.message.text() == "That was the last hit of the list."
    assert searched.list.table.current_row() == 2


def test_without_a_search_there_are_no_hits_to_go_to(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, qtbot, 1)
    press(window, "next_hit")
    assert window.status.message.text().startswith("Search for something first")
    assert window.list.table.current_row() == 1


def test_keys_pressed_faster_than_articles_open_do_not_leave_one_out(
    searched: MainWindow, qtbot: QtBot
) -> None:
    choose(searched, qtbot, 0)
    for _ in range(5):
        press(searched, "next_hit")
    assert searched.list.table.current_row() == 1
    qtbot.waitUntil(lambda: current_of(searched) == searched.articles.model.ids[1])


def test_hits_come_before_the_mentions_that_were_gone_through(
    searched: MainWindow, qtbot: QtBot
) -> None:
    choose(searched, qtbot, 0)
    searched.article.follow_entity(3)
    searched.view.next_mention()
    assert searched.view.page.layer.current.kind == ENTITY
    press(searched, "next_hit")
    assert searched.view.page.layer.current.kind == HIT
