"""The inbox in the whole window: what it lists, how one judges in it, and what that leads to.

In the library of these tests the first saved search fires for every tenth article, the second,
which is important, for every twentieth as well.
"""

from array import array
from collections.abc import Callable
from dataclasses import replace

import pytest
from gui_world import Library, Search
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_steps import choose, on_show, press

from reader.domain.alert import InboxList, Suggestion
from reader.domain.article import Span
from reader.domain.library import Changes
from reader.errors import StoreError
from reader.gui.main_window import MainWindow
from reader.gui.models.inbox import InboxFilter
from reader.gui.views.article_marks import HIT

FIRST, SECOND = "Air defence to Libya", "Haftar"
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def inbox(window: MainWindow, qtbot: QtBot) -> MainWindow:
    QTest.keyClick(window.list.table, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: listed(window) == [1000, 990, 980, 970])
    qtbot.waitUntil(lambda: window.articles.model.at_hand(0) is not None)
    qtbot.waitUntil(lambda: window.articles.model.fired(970) is not None)
    return window


def listed(window: MainWindow) -> list[int]:
    return window.articles.model.ids.tolist()


def ready(window: MainWindow, qtbot: QtBot, *ids: int) -> None:
    """These are listed, and what fired for them is known."""
    qtbot.waitUntil(lambda: window.articles.current and listed(window) == [*ids])
    model = window.articles.model
    qtbot.waitUntil(lambda: all(model.fired(number) is not None for number in ids))
    qtbot.waitUntil(lambda: model.at_hand(0) is not None)


def key(window: MainWindow, letter: str) -> None:
    QTest.keyClick(window.list.table, getattr(Qt.Key, f"Key_{letter}"))


def verdicts(window: MainWindow, article: int) -> list[bool | None]:
    row = window.articles.model.fired(article)
    assert row is not None
    return [alert.kept for alert in row.alerts]


# what it lists


def test_one_row_for_an_article_names_every_search_that_fired(inbox: MainWindow) -> None:
    row = inbox.articles.model.fired(1000)
    assert row is not None
    assert [alert.saved_search for alert in row.alerts] == [SECOND, FIRST]
    assert inbox.list.header.title.text() == "Alerts"
    assert inbox.list.inbox.isVisible()
    assert [row.text() for row in inbox.list.inbox.segments] == [
        "All  4", "To judge  4", "Kept", "Noise",
    ]  # fmt: skip


def test_what_was_not_seen_is_new_until_it_is_looked_at(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    assert inbox.list.header.subtitle.text() == "1 new · 4 articles"
    qtbot.waitUntil(lambda: library.unseen == 0)  # seen, as far as the library is concerned
    assert inbox.articles.model.fired(1000).fresh  # type: ignore[union-attr]
    choose(inbox, qtbot, 0)
    qtbot.waitUntil(lambda: inbox.list.header.subtitle.text() == "4 articles")
    assert not inbox.articles.model.fired(1000).fresh  # type: ignore[union-attr]


def test_other_lists_show_nothing_of_it(inbox: MainWindow, qtbot: QtBot) -> None:
    inbox.go_to("all")
    qtbot.waitUntil(lambda: inbox.articles.model.rowCount() == 40)
    assert inbox.articles.model.fired(1000) is None
    assert not inbox.list.inbox.isVisible()
    inbox.search_for("haftar")
    assert not inbox.list.inbox.isVisible()


def test_the_top_of_another_list_that_comes_first_shows_nothing_of_it_either(
    inbox: MainWindow, qtbot: QtBot
) -> None:
    seen: list[object] = []
    inbox.articles.topped.connect(lambda: seen.append(inbox.articles.model.fired(1000)))
    inbox.go_to("all")
    qtbot.waitUntil(lambda: inbox.articles.current)
    assert seen == [None]


def test_a_search_that_fires_meanwhile_waits_until_it_is_asked_for(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(inbox, qtbot, 1)
    library.publish(10)
    inbox.apply_changes(Changes(lists=True))
    qtbot.waitUntil(lambda: inbox.list.news() == 1)
    assert listed(inbox) == [1000, 990, 980, 970]
    press(inbox, "show_new")
    assert listed(inbox) == [1010, 1000, 990, 980, 970]
    assert on_show(inbox) == 990


def test_an_article_for_which_another_search_fires_goes_to_the_top_and_is_read_again(
    inbox: MainWindow, qtbot: QtBot
) -> None:
    presenter = inbox.inbox.presenter
    found = InboxList(
        array("q", [990, 1000, 980, 970]), {"all": 4}, {7: 990, 10001: 1000}, frozenset({1, 2})
    )
    assert presenter.arrange(found, anew=False).tolist() == [990, 1000, 980, 970]
    assert presenter.alerts_of(990) == ()
    assert presenter.alerts_of(980) != ()
    qtbot.waitUntil(lambda: presenter.alerts_of(990) != ())
    assert presenter.subtitle(4) == "2 new · 4 articles"


def test_all_are_listed_and_only_what_is_on_show_is_read_in_full(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.publish(10_000)
    window.go_to("alerts")
    qtbot.waitUntil(lambda: len(listed(window)) == 1004)
    assert window.list.inbox.segments[0].text() == "All  1,004"
    table = window.list.table
    table.scrollToBottom()
    qtbot.waitUntil(lambda: window.articles.model.fired(970) is not None)
    read = {n for call in library.calls if call[0] == "alerts_of" for n in call[1]}
    assert len(read) < 200
    choose(window, qtbot, 1003)
    key(window, "K")
    qtbot.waitUntil(lambda: (FIRST, 970) in library.judged)
    qtbot.waitUntil(lambda: window.list.inbox.segments[2].text() == "Kept  1")
    press(window, "inbox_kept")
    qtbot.waitUntil(lambda: listed(window) == [970])


def test_an_empty_inbox_says_what_would_fill_it(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.articles = {n: a for n, a in library.articles.items() if n % 10}
    window.go_to("alerts")
    qtbot.waitUntil(window.list.is_empty)
    assert window.list.empty.title() == "No alerts"
    press(window, "inbox_kept")
    qtbot.waitUntil(lambda: window.list.empty.title() == "Nothing kept")
    assert [b.text() for b in window.list.empty.buttons()] == ["All alerts"]


def test_names_are_looked_for_in_the_passages_that_fired(inbox: MainWindow, qtbot: QtBot) -> None:
    model = inbox.articles.model
    assert all("is about" in (model.snippet(number) or "") for number in (1000, 990, 980, 970))
    qtbot.waitUntil(lambda: model.unnamed(range(4)) == [])


# judging


def test_one_key_keeps_and_goes_on_and_again_takes_it_back(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(inbox, qtbot, 1)
    key(inbox, "K")
    assert verdicts(inbox, 990) == [True]
    assert inbox.list.table.current_row() == 2
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 990): True})
    inbox.list.table.choose(1)
    key(inbox, "K")
    assert verdicts(inbox, 990) == [None]
    assert inbox.list.table.current_row() == 1
    qtbot.waitUntil(lambda: library.judged == {})
    key(inbox, "N")
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 990): False})


def test_a_judgement_is_for_every_search_that_fired_and_undone_at_once(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(inbox, qtbot, 0)
    key(inbox, "N")
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 1000): False, (SECOND, 1000): False})
    qtbot.waitUntil(lambda: on_show(inbox) == 990)
    qtbot.waitUntil(lambda: library.articles[990].read)
    QTest.keyClick(inbox.list.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: library.judged == {})
    qtbot.waitUntil(lambda: verdicts(inbox, 1000) == [None, None])
    assert inbox.status.message.text() == "Undone: judging hits."
    assert library.articles[990].read


def test_several_rows_are_judged_together(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    table = inbox.list.table
    table.choose(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(inbox, "K")
    kept = {(FIRST, 1000): True, (SECOND, 1000): True, (FIRST, 990): True}
    qtbot.waitUntil(lambda: library.judged == kept)
    assert table.current_row() == 2
    assert inbox.status.message.text().startswith("Kept: 2 articles · 2 saved searches")


def test_a_chosen_chip_is_judged_alone(inbox: MainWindow, library: Library, qtbot: QtBot) -> None:
    table = inbox.list.table
    alert = inbox.articles.model.fired(1000).alerts[0]  # type: ignore[union-attr]
    assert alert.saved_search == SECOND
    rect = table.visualRect(inbox.articles.model.index(0, 0))
    middle = next(
        at
        for x in range(rect.left(), rect.right(), 4)
        if (at := QPoint(x, rect.bottom() - 25)) and table.alert_at(at) == alert
    )
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.waitUntil(lambda: on_show(inbox) == 1000)
    assert inbox.articles.model.fired(1000).alone(alert)  # type: ignore[union-attr]
    key(inbox, "N")
    qtbot.waitUntil(lambda: library.judged == {(SECOND, 1000): False})
    qtbot.waitUntil(lambda: verdicts(inbox, 1000) == [False, None])


def test_the_menu_judges_for_one_search(inbox: MainWindow, library: Library, qtbot: QtBot) -> None:
    choose(inbox, qtbot, 0)
    menu = inbox.list.row_menu()
    below = {m.title(): m for m in menu.findChildren(QMenu)}
    assert {FIRST, SECOND} <= set(below)
    entries = {action.text(): action for action in below[FIRST].actions()}
    entries["Keep"].trigger()
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 1000): True})
    assert inbox.list.table.current_row() == 0  # the other one is still to be judged
    entries["Only its alerts"].trigger()
    assert inbox.inbox.presenter.filter == InboxFilter(saved=1)
    menu.close()
    menu.deleteLater()


def test_a_key_opens_the_menu_of_the_searches_that_fired(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    press(inbox, "judge_one")
    assert inbox.status.message.text() == "Choose an alert of the inbox first."
    choose(inbox, qtbot, 0)
    press(inbox, "judge_one")
    menu = next(m for m in inbox.list.findChildren(QMenu) if m.isVisible())
    assert [entry.text() for entry in menu.actions()] == [SECOND, FIRST]
    below = menu.actions()[1].menu()
    assert isinstance(below, QMenu)
    below.actions()[1].trigger()
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 1000): False})
    menu.close()


def test_what_the_library_refuses_is_taken_back(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(inbox, qtbot, 1)
    qtbot.waitUntil(lambda: library.articles[990].read)
    library.refuse = StoreError("The disk is full.")
    key(inbox, "K")
    assert verdicts(inbox, 990) == [True]
    qtbot.waitUntil(lambda: verdicts(inbox, 990) == [None])
    library.refuse = None


def test_elsewhere_the_keys_move_and_capitals_judge(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(window, qtbot, 1)
    key(window, "K")
    assert window.list.table.current_row() == 0
    QTest.keyClick(window.list.table, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    kept = {(FIRST, 1000): True, (SECOND, 1000): True}
    qtbot.waitUntil(lambda: library.judged == kept)
    assert window.list.table.current_row() == 0
    choose(window, qtbot, 1)
    QTest.keyClick(window.list.table, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.status.message.text() == "No alert fired for this article.")


def test_elsewhere_everything_is_judged_that_has_fired_by_now(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    inbox.go_to("all")
    qtbot.waitUntil(lambda: inbox.articles.model.rowCount() == 40)
    library.saved.insert(1, replace(library.saved[0], id=3, name="New"))  # fires for 1000 too
    inbox.places.reload()
    qtbot.waitUntil(lambda: len(inbox.places.overview.saved) == 3)
    choose(inbox, qtbot, 0)
    press(inbox, "keep")
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 1000): True, ("New", 1000): True})


def test_after_a_search_was_chosen_the_keys_judge_again(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choice = inbox.list.inbox.choice
    QTest.keyClick(inbox.list.table, Qt.Key.Key_6, ALT)
    qtbot.waitUntil(lambda: choice.view().isVisible())
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    inbox.activateWindow()  # without a screen nobody does so when a popup closes
    qtbot.waitUntil(inbox.list.table.hasFocus)
    assert inbox.inbox.presenter.filter.saved == 1
    ready(inbox, qtbot, 1000, 990, 980, 970)
    QTest.keyClick(inbox.list.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: on_show(inbox) == 1000)
    key(inbox, "K")
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 1000): True})


def test_the_keys_are_given_back_with_the_list(inbox: MainWindow, qtbot: QtBot) -> None:
    assert inbox.actions_["keep"].shortcut().toString() == "K"
    assert inbox.actions_["next_unread"].shortcuts() == []
    inbox.go_to("all")
    assert inbox.actions_["previous"].shortcut().toString() == "K"
    assert inbox.actions_["next_unread"].shortcut().toString() == "N"
    qtbot.waitUntil(lambda: inbox.articles.model.rowCount() == 40)


# filters


def test_what_is_judged_leaves_the_list_of_what_is_not(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    QTest.keyClick(inbox.list.table, Qt.Key.Key_2, ALT)
    ready(inbox, qtbot, 1000, 990, 980, 970)
    choose(inbox, qtbot, 1)
    key(inbox, "K")
    assert listed(inbox) == [1000, 980, 970]
    qtbot.waitUntil(lambda: on_show(inbox) == 980)
    inbox.list.table.choose(2)
    key(inbox, "N")
    assert listed(inbox) == [1000, 980]
    qtbot.waitUntil(lambda: on_show(inbox) == 980)  # the last of the list goes up
    assert inbox.list.header.subtitle.text().endswith("2 articles")
    qtbot.waitUntil(lambda: len(library.judged) == 2)
    press(inbox, "undo")
    qtbot.waitUntil(lambda: listed(inbox) == [1000, 980, 970])
    QTest.keyClick(inbox.list.table, Qt.Key.Key_3, ALT)
    ready(inbox, qtbot, 990)
    QTest.keyClick(inbox.list.table, Qt.Key.Key_4, ALT)
    qtbot.waitUntil(inbox.list.is_empty)
    inbox.list.empty.buttons()[0].click()
    ready(inbox, qtbot, 1000, 990, 980, 970)


def test_when_all_is_judged_it_says_so(inbox: MainWindow, library: Library, qtbot: QtBot) -> None:
    press(inbox, "inbox_open")
    ready(inbox, qtbot, 1000, 990, 980, 970)
    inbox.list.table.selectAll()
    key(inbox, "K")
    qtbot.waitUntil(inbox.list.is_empty)
    assert inbox.list.empty.title() == "All judged"
    qtbot.waitUntil(lambda: len(library.judged) == 6)


def test_one_search_alone_with_how_good_it_is(
    inbox: MainWindow, library: Library, searcher: Search, qtbot: QtBot
) -> None:
    found = Suggestion(SECOND, "“football” stands in 1 of 1.", "haftar -football", 1, 0)
    searcher.suggested[SECOND] = (found,)
    asked: list[tuple[str, str]] = []
    inbox.commands.desk.improve_search = lambda *words: asked.append(words)  # type: ignore[method-assign]
    bar = inbox.list.inbox
    inbox.inbox.show_saved(2)
    ready(inbox, qtbot, 1000, 980)
    qtbot.waitUntil(bar.precision.isVisible)
    assert bar.precision.text().startswith("Not judged yet")
    assert not inbox.actions_["change_search"].isEnabled()
    choose(inbox, qtbot, 0)
    key(inbox, "N")  # for the search that is looked at alone
    qtbot.waitUntil(lambda: library.judged == {(SECOND, 1000): False})
    key(inbox, "K")
    qtbot.waitUntil(lambda: bar.precision.text() == "1 kept · 1 noise · 50 %")
    qtbot.waitUntil(bar.advice.isVisible)
    assert bar.advice.label.text() == found.sentence
    bar.advice.button.click()
    press(inbox, "change_search")
    assert asked == [(SECOND, "haftar -football")] * 2
    press(inbox, "inbox_clear")
    assert not bar.precision.isVisible()
    assert not bar.advice.isVisible()
    ready(inbox, qtbot, 1000, 990, 980, 970)


def test_a_page_to_judge_is_opened_from_anywhere(window: MainWindow, qtbot: QtBot) -> None:
    window.inbox.show_saved(2)
    qtbot.waitUntil(lambda: listed(window) == [1000, 980])
    assert window.list.inbox.choice.currentText().startswith(SECOND)
    assert window.sidebar.currentIndex().data() == "Alerts"


def test_unseen_ones_stay_listed_while_they_are_looked_at(inbox: MainWindow, qtbot: QtBot) -> None:
    press(inbox, "inbox_unseen")
    ready(inbox, qtbot, 1000)
    assert inbox.actions_["inbox_unseen"].isChecked()
    choose(inbox, qtbot, 0)
    qtbot.waitUntil(lambda: not inbox.articles.model.fired(1000).fresh)  # type: ignore[union-attr]
    key(inbox, "K")
    assert listed(inbox) == [1000]
    inbox.articles.again()
    ready(inbox, qtbot, 1000)


def test_a_removed_search_is_no_filter_and_cannot_be_judged(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    inbox.inbox.show_saved(2)
    library.saved = [library.saved[0]]
    inbox.apply_changes(Changes(saved=True, counts=True))
    qtbot.waitUntil(lambda: inbox.inbox.presenter.filter.saved == 0)
    ready(inbox, qtbot, 1000, 990, 980, 970)
    choose(inbox, qtbot, 0)
    key(inbox, "K")
    qtbot.waitUntil(lambda: library.judged == {(FIRST, 1000): True})


def test_a_renamed_search_is_called_and_judged_by_its_new_name(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.saved[0] = replace(library.saved[0], name="Renamed")
    inbox.apply_changes(Changes(saved=True, counts=True))
    fired = inbox.articles.model.fired
    qtbot.waitUntil(lambda: fired(990).alerts[0].saved_search == "Renamed")  # type: ignore[union-attr]
    choose(inbox, qtbot, 1)
    key(inbox, "K")
    qtbot.waitUntil(lambda: library.judged == {("Renamed", 990): True})


def test_a_broken_search_is_marked_in_the_header(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.saved[1] = replace(library.saved[1], broken="“near:” is not known.")
    inbox.apply_changes(Changes(saved=True))
    qtbot.waitUntil(inbox.list.inbox.broken.isVisible)
    assert "“near:” is not known." in inbox.list.inbox.broken.label.text()


# the article


def test_the_words_that_fired_are_marked_and_lead_to_their_place(
    inbox: MainWindow, qtbot: QtBot
) -> None:
    choose(inbox, qtbot, 1)
    layer = inbox.view.page.layer
    assert layer.current is None
    assert [mark.kind for mark in layer.marks.all].count(HIT) == 1
    notice = inbox.view.notices
    assert f"<b>{FIRST}</b>" in notice.alerts.text()
    assert "version 1" in notice.alerts.text()
    wanted: list[Span] = []
    notice.word_wanted.connect(wanted.append)
    notice.alerts.linkActivated.emit("0/0")
    assert wanted[0] == inbox.articles.model.fired(990).alerts[0].why[0]  # type: ignore[union-attr]
    (mark,) = [mark for mark in layer.marks.all if mark.kind == HIT]
    assert layer.current == mark
    inbox.go_to("all")
    assert HIT not in [mark.kind for mark in layer.marks.all]
    qtbot.waitUntil(lambda: inbox.articles.model.rowCount() == 40)


def test_words_of_an_earlier_text_are_not_gone_to(inbox: MainWindow, qtbot: QtBot) -> None:
    choose(inbox, qtbot, 1)
    before = inbox.view.page.verticalScrollBar().value()
    inbox.view.go_to(Span("body", 900, 910, "not there"))
    assert inbox.view.page.verticalScrollBar().value() == before


def test_a_judgement_is_said_above_the_article(
    opened: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = opened()
    window.inbox.show_saved(1)
    qtbot.waitUntil(lambda: listed(window) == [1000, 990, 980, 970])
    choose(window, qtbot, 3)  # the last one: nothing below it is gone on to
    key(window, "K")
    qtbot.waitUntil(lambda: " · kept" in window.view.notices.alerts.text())


def test_the_tip_of_a_chip_tells_query_words_and_precision(
    inbox: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.judged = {(FIRST, n): n != 970 for n in (970, 980, 990)}
    inbox.apply_changes(Changes(counts=True))
    alert = inbox.articles.model.fired(990).alerts[0]  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: "67 %" in inbox.inbox.tip(alert))
    tip = inbox.inbox.tip(alert)
    assert '"air defence" AND libya' in tip
    assert f"“{alert.why[0].text}”" in tip
    assert "version 1" in tip
