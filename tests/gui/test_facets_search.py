"""From the results to the query and back: what the panel asks for and what the window does."""

from array import array
from collections.abc import Callable

import pytest
from gui_world import Library, Search
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from test_facets_panel import COUNTED, texts
from test_window_looks import name_of, takes_focus
from window_steps import press, reread

from reader.domain.library import Changes
from reader.gui.main_window import MainWindow
from reader.gui.panes import PANEL
from reader.gui.presenters.facets import FacetsPresenter
from reader.gui.state import WindowState
from reader.gui.tokens import caption
from reader.gui.views.facet_panel import FacetPanel
from reader.gui.views.side_panel import ARTICLE, RESULTS

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The presenter with a panel nobody sees, and the queries it comes to."""

    def __init__(self, searcher: Search, qtbot: QtBot) -> None:
        self.panel = FacetPanel()
        qtbot.addWidget(self.panel)
        self.presenter = FacetsPresenter(searcher, self.panel, self.panel)
        self.presenter.set_wanted(on=True)
        self.queries: list[str] = []
        self.presenter.query_wanted.connect(self.queries.append)


@pytest.fixture
def desk(searcher: Search, qtbot: QtBot) -> Desk:
    searcher.common = COUNTED
    return Desk(searcher, qtbot)


def release(searcher: Search, *, last: bool = False) -> None:
    """Answers what is held, in the order it was asked or the other way round."""
    assert searcher.held is not None
    held, searcher.held = searcher.held, None
    for answer in reversed(held) if last else held:
        answer()
    searcher.held = []


# counting


def test_counts_of_an_earlier_query_are_dropped(desk: Desk, searcher: Search) -> None:
    searcher.held = []
    desk.presenter.show_query("haftar lang:ru")
    desk.presenter.show_query("haftar lang:en")
    release(searcher, last=True)
    states = {v.label: v.state for _, values in desk.panel._facets.values for v in values}
    assert (states["Russian"], states["English"]) == ("", "chosen")


def test_nothing_is_counted_while_nobody_looks(desk: Desk, searcher: Search) -> None:
    desk.presenter.set_wanted(on=False)
    desk.presenter.show_query("haftar")
    assert searcher.counted == []
    desk.presenter.set_wanted(on=True)
    assert searcher.counted == ["haftar"]
    desk.presenter.set_wanted(on=False)
    desk.presenter.set_wanted(on=True)
    assert searcher.counted == ["haftar"]


def test_old_counts_stay_until_the_new_ones_are_there_and_step_back_when_late(
    desk: Desk, searcher: Search, qtbot: QtBot
) -> None:
    desk.presenter.show_query("haftar")
    before = texts(desk.panel)
    searcher.held, searcher.common = [], COUNTED[:2]
    desk.presenter.show_query("haftar tobruk")
    assert texts(desk.panel) == before
    qtbot.waitUntil(lambda: desk.panel.list.delegate.faded)
    assert texts(desk.panel) == before
    release(searcher)
    assert not desk.panel.list.delegate.faded
    assert "Languages" not in texts(desk.panel)


def test_articles_that_come_in_are_counted_once_more_but_not_at_once(
    desk: Desk, searcher: Search, qtbot: QtBot
) -> None:
    desk.presenter.show_query("haftar")
    desk.presenter._again.setInterval(20)
    for _ in range(5):
        desk.presenter.apply(Changes(lists=True))
    assert searcher.counted == ["haftar"]
    qtbot.waitUntil(lambda: len(searcher.counted) == 2)
    desk.presenter.apply(Changes(counts=True))
    qtbot.wait(60)
    assert searcher.counted == ["haftar", "haftar"]


def test_names_that_change_are_shown(desk: Desk, library: Library) -> None:
    desk.presenter.show_query("haftar")
    assert "two.test" in texts(desk.panel)
    desk.presenter.set_overview(library.overview())
    assert "Defence Weekly Bulletin" in texts(desk.panel)


# narrowing


def test_a_value_is_added_excluded_and_taken_out_of_the_text(desk: Desk) -> None:
    desk.presenter.show_query("haftar AND lang:ru")
    desk.panel.narrow_wanted.emit("entity", "Tobruk", False)
    assert desk.queries[-1] == "haftar AND lang:ru entity:Tobruk"
    desk.presenter.show_query(desk.queries[-1])
    desk.panel.widen_wanted.emit("lang", "ru")
    assert desk.queries[-1] == "haftar entity:Tobruk"


def test_an_alias_in_the_query_is_taken_out_by_its_entity(desk: Desk, library: Library) -> None:
    desk.presenter.set_overview(library.overview())
    desk.presenter.show_query('base feed:"Harbour Review"')
    desk.panel.widen_wanted.emit("feed", "http://one.test/feed")
    assert desk.queries == ["base"]


def test_two_quick_wishes_are_both_carried_out(desk: Desk, searcher: Search) -> None:
    desk.presenter.show_query("haftar")
    searcher.held = []
    desk.panel.narrow_wanted.emit("lang", "ru", False)
    desk.panel.narrow_wanted.emit("entity", "Tobruk", True)
    release(searcher)
    release(searcher)
    assert desk.queries == ["haftar lang:ru -entity:Tobruk"]
    desk.panel.narrow_wanted.emit("lang", "en", True)  # before the results are there
    release(searcher)
    assert desk.queries[-1] == "haftar lang:ru -entity:Tobruk -lang:en"


def test_a_wish_for_a_search_that_was_left_is_dropped(desk: Desk, searcher: Search) -> None:
    desk.presenter.show_query("haftar")
    searcher.held = []
    desk.panel.narrow_wanted.emit("lang", "ru", False)
    desk.presenter.show_query("tobruk")
    release(searcher)
    assert desk.queries == []


def test_a_wish_that_is_never_answered_does_not_block_the_next(
    desk: Desk, searcher: Search, qtbot: QtBot
) -> None:
    desk.presenter.show_query("haftar")
    desk.presenter._patience.setInterval(10)
    searcher.held = []
    desk.panel.narrow_wanted.emit("lang", "ru", False)
    qtbot.waitUntil(lambda: not desk.presenter._wishes)
    searcher.held = None
    desk.panel.narrow_wanted.emit("lang", "en", False)
    assert desk.queries == ["haftar lang:en"]


def test_the_time_is_taken_out_whatever_it_says(desk: Desk) -> None:
    desk.presenter.show_query("haftar AND last:7d")
    desk.panel.time_cleared.emit()
    assert desk.queries == ["haftar"]


def test_without_a_search_nothing_is_asked(desk: Desk, searcher: Search) -> None:
    desk.presenter.show_query("")
    desk.panel.narrow_wanted.emit("lang", "ru", False)
    desk.panel.time_cleared.emit()
    assert (desk.queries, searcher.counted) == ([], [])


# in the window


@pytest.fixture
def searched(window: MainWindow, searcher: Search, qtbot: QtBot) -> MainWindow:
    searcher.common, searcher.auto = COUNTED, array("q", [970, 990, 995])
    window.search_for("haftar")
    qtbot.waitUntil(lambda: window.articles.model.rowCount() == 3)
    return window


def test_a_search_shows_its_results_panel_and_its_end_puts_it_away(
    searched: MainWindow, qtbot: QtBot
) -> None:
    assert searched.side.tab == RESULTS
    assert searched.side.tabs.isVisible()
    assert searched.actions_["facets"].isChecked()
    assert "Defence Weekly Bulletin" in texts(searched.facets)
    searched.go_to("all")
    assert searched.side.tab == ARTICLE
    assert searched.side.tabs.isHidden()
    assert not searched.actions_["facets"].isChecked()
    assert not searched.list.header.facets.isVisible()


def test_a_click_in_the_panel_writes_the_query_and_searches(
    searched: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    searched.facets.narrow_wanted.emit("lang", "ru", False)
    assert searched.top.search.text() == "haftar lang:ru"
    assert searcher.asked[-1] == ("haftar lang:ru", "date")
    assert searched.side.tab == RESULTS
    searched.facets.widen_wanted.emit("lang", "ru")
    assert searched.search.query == "haftar"


def test_taking_the_last_part_out_ends_the_search(searched: MainWindow, qtbot: QtBot) -> None:
    searched.search_for("lang:ru")
    searched.facets.widen_wanted.emit("lang", "ru")
    qtbot.waitUntil(lambda: searched.list.header.title.text() == "All articles")
    assert searched.search.query == ""


def test_a_saved_search_begins_with_the_article_and_is_narrowed_as_a_search_of_its_own(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    searcher.common, searcher.auto = COUNTED, array("q", [970])
    window.go_to("saved:2")
    assert window.side.tab == ARTICLE
    assert searcher.counted == []
    press(window, "facets")
    assert window.side.tab == RESULTS
    assert searcher.counted == ["haftar OR hifter"]
    window.facets.narrow_wanted.emit("lang", "ru", False)
    assert window.search.query == "haftar OR hifter lang:ru"
    assert window.side.tab == RESULTS


def test_the_tab_the_user_turned_to_is_remembered(
    opened: Callable[..., MainWindow], searcher: Search, qtbot: QtBot
) -> None:
    state = WindowState()
    searcher.auto = array("q", [970])
    first = opened(state=state)
    first.search_for("haftar")
    first.side.tabs.setCurrentIndex(1)
    assert not first.actions_["facets"].isChecked()
    first.close()
    second = opened(state=state)
    second.search_for("tobruk")
    assert second.side.tab == ARTICLE


def test_a_narrow_window_lends_the_panel_for_the_search(
    opened: Callable[..., MainWindow], searcher: Search, qtbot: QtBot
) -> None:
    searcher.auto = array("q", [970])
    window = opened(1000)
    window.search_for("haftar")
    assert not window.panes.is_shown(PANEL)
    assert searcher.counted == []
    press(window, "facets")
    assert window.panes.is_shown(PANEL)
    assert searcher.counted == ["haftar"]
    window.go_to("all")
    assert not window.panes.is_shown(PANEL)


def test_a_key_leads_to_the_panel_and_another_back_to_the_list(
    searched: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(searched.list.table, Qt.Key.Key_4, CTRL)
    qtbot.waitUntil(searched.facets.list.hasFocus)
    QTest.keyClick(searched.facets.list, Qt.Key.Key_Return)
    assert searched.search.query == "haftar feed:http://two.test/rss"
    assert searched.facets.list.hasFocus()
    QTest.keyClick(searched.facets.list, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(searched.list.table.hasFocus)


def test_without_a_search_the_switch_says_what_it_is_for(window: MainWindow) -> None:
    press(window, "facets")
    assert window.status.message.text().startswith("Search for something first")
    assert not window.actions_["facets"].isChecked()


# order and states of the list


def test_by_relevance_the_days_vanish_and_the_choice_is_kept(
    searched: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    header, table = searched.list.header, searched.list.table
    assert (header.sort.isVisible(), header.sort.text()) == (True, "Newest")
    press(searched, "sort_score")
    qtbot.waitUntil(lambda: not table._delegate.by_day)
    assert searcher.asked[-1] == ("haftar", "score")
    assert header.sort.text() == "Relevance"
    searched.go_to("all")
    qtbot.waitUntil(lambda: table._delegate.by_day)
    assert header.sort.isHidden()
    searched.search_for("tobruk")
    assert searcher.asked[-1] == ("tobruk", "score")
    qtbot.waitUntil(lambda: not table._delegate.by_day)


def test_a_search_that_takes_its_time_says_so(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    window.search_for("haftar")
    assert window.list.header.subtitle.text() == "27 unread · 40 articles"
    qtbot.waitUntil(lambda: window.list.header.subtitle.text() == "Searching…")
    searcher.answer("haftar", [970, 990])
    qtbot.waitUntil(lambda: window.list.header.subtitle.text() == "2 results")


def test_leaving_a_search_that_takes_its_time_says_nothing_more(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.search_for("haftar")
    qtbot.waitUntil(lambda: window.list.header.subtitle.text() == "Searching…")
    QTest.keyClick(window.top.search.field, Qt.Key.Key_Escape)
    window.search.leave()
    assert window.list.header.subtitle.text() == "27 unread · 40 articles"


def test_rows_of_an_earlier_query_are_called_so_while_the_new_one_is_refused(
    searched: MainWindow, qtbot: QtBot
) -> None:
    searched.search_for('haftar "tob')
    assert searched.list.header.subtitle.text() == "3 results for “haftar”"
    searched.search_for("haftar")
    assert searched.list.header.subtitle.text() == "3 results"


def test_results_of_an_index_behind_the_library_are_called_incomplete(
    searched: MainWindow, library: Library, qtbot: QtBot
) -> None:
    assert searched.list.notice.isHidden()
    library.to_index, library.count = 600, 1000
    reread(searched, qtbot)
    told = "Results may be incomplete: 600 articles to index"
    assert searched.list.notice.line.text() == told
    searched.go_to("all")
    assert searched.list.notice.isHidden()


def test_a_feed_is_called_by_its_name_on_a_chip(searched: MainWindow) -> None:
    searched.search_for("haftar feed:http://one.test/feed")
    chips = searched.top.search.field.chips
    [clause] = [clause for _, clause in searched.top.search.field.pieces().chips()]
    assert caption(clause, "", chips.label) == ("feed", "Harbour Review")
    assert searched.search.query == "haftar feed:http://one.test/feed"


def test_all_of_the_panel_that_takes_the_focus_has_a_name(searched: MainWindow) -> None:
    searched.search_for("haftar last:7d")
    parts = [searched.side, searched.list.header]
    found = [w for part in parts for w in part.findChildren(QWidget) if w.isVisible()]
    named = {name_of(widget) for widget in found if takes_focus(widget)}
    assert "" not in named
    assert {"Results per day", "Take last 7 days out of the search", "Narrow the results",
            "Order: the newest first"} <= named  # fmt: skip
