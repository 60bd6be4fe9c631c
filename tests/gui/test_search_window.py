"""The search box in the whole window: answers, suggestions, form, help, what is remembered."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from gui_world import Library, Search
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from query_words import clauses_of
from window_steps import press

from reader.domain.search import Clause, Completion
from reader.gui import syntax
from reader.gui.main_window import MainWindow
from reader.gui.presenters.empty import in_lines
from reader.gui.presenters.search_words import LONGEST, PATIENCE, SearchWords
from reader.gui.state import RecentSearches, WindowState
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.dialogs.query_form import QueryForm
from reader.gui.views.search_help import SearchHelp
from reader.search.language import parse


class Offering(Search):
    """Completes and suggests; keeps its answers while `late`."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: tuple[Completion, ...] = ()
        self.better: tuple[str, ...] = ()
        self.late = False
        self.waiting: list[Callable[[], None]] = []
        self.completed: list[tuple[str, int]] = []

    def clauses(self, query: str, done: Callable[[tuple[Clause, ...]], None]) -> None:
        self._soon(partial(done, clauses_of(query)))

    def complete(
        self, query: str, cursor: int, done: Callable[[tuple[Completion, ...]], None]
    ) -> None:
        self.completed.append((query, cursor))
        self._soon(partial(done, self.offers))

    def instead(self, query: str, done: Callable[[tuple[str, ...]], None]) -> None:
        self._soon(partial(done, self.better))

    def _soon(self, answer: Callable[[], None]) -> None:
        if self.late:
            self.waiting.append(answer)
        else:
            answer()


@pytest.fixture
def searcher() -> Offering:
    return Offering()


def results(searcher: Offering, qtbot: QtBot, query: str, ids: list[int]) -> None:
    qtbot.waitUntil(lambda: any(asked == query for asked, _ in searcher.asked))
    searcher.answer(query, ids)


def opened_form(window: MainWindow) -> QueryForm:
    press(window, "build_search")
    return next(f for f in window.findChildren(QueryForm) if f.isVisible())


# presenter


def test_only_the_newest_answers_about_a_text_arrive(searcher: Offering, qtbot: QtBot) -> None:
    words = SearchWords(searcher)
    parsed: list[str] = []
    words.parsed.connect(lambda text, _clauses: parsed.append(text))
    searcher.late = True
    words.parse("is:unread")
    words.parse("is:unread x")
    for answer in reversed(searcher.waiting):
        answer()
    assert parsed == ["is:unread x"]


def test_completions_are_asked_for_once_the_keys_rest(searcher: Offering, qtbot: QtBot) -> None:
    words = SearchWords(searcher)
    for n in range(1, 5):
        words.complete("haft"[:n], n)
    with qtbot.waitSignal(words.completed) as completed:
        pass
    assert searcher.completed == [("haft", 4)]
    assert completed.args[:2] == ["haft", 4]


def test_completions_that_took_too_long_are_dropped(searcher: Offering, qtbot: QtBot) -> None:
    now = [100.0]
    words = SearchWords(searcher, clock=lambda: now[0])
    searcher.late = True
    words.complete("haft", 4)
    qtbot.waitUntil(lambda: bool(searcher.waiting))
    now[0] += PATIENCE + 0.1
    with qtbot.assertNotEmitted(words.completed):
        searcher.waiting.pop()()


def test_a_text_nobody_wrote_by_hand_is_not_taken_apart(searcher: Offering) -> None:
    words = SearchWords(searcher)
    answers: list[object] = []
    words.parsed.connect(lambda _text, clauses: answers.append(clauses))
    words.parse("is:unread " * LONGEST)
    words.parse("  ")
    assert answers == [(), ()]


# tokens and completions


def test_a_query_that_is_searched_for_is_shown_as_tokens(
    window: MainWindow, searcher: Offering
) -> None:
    window.search_for('"air defence" AND is:unread')
    assert len(window.top.search.field.pieces().chips()) == 2
    assert window.top.search.text() == '"air defence" AND is:unread'


def test_completions_open_while_typing_in_the_window(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    box = window.top.search
    searcher.offers = (Completion("tobruk", 0, 3, "tobruk", "", "word"),)
    box.focus()
    QTest.keyClicks(box.field, "tob")
    qtbot.waitUntil(lambda: box.popup.isVisible() and bool(box.popup.offers()))
    results(searcher, qtbot, "tob", [1000, 999])
    assert box.popup.isVisible()
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert not box.popup.isVisible()
    qtbot.wait(90)
    assert not box.popup.isVisible()


def test_removing_a_token_searches_for_what_is_left(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    window.search_for("port is:unread")
    results(searcher, qtbot, "port is:unread", [1000])
    field = window.top.search.field
    field.remove(field.chip_at(field.pieces().chips()[0][0]))
    results(searcher, qtbot, "port", [1000, 999, 998])
    assert window.search.query == "port"


def test_undo_in_the_box_takes_back_what_was_written_and_nothing_else(
    window: MainWindow, library: Library
) -> None:
    box = window.top.search
    box.focus()
    QTest.keyClicks(box.field, "port sea")
    QTest.keyClick(box.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.text() == "port "
    assert "undo" not in library.names()


def test_the_box_tells_a_screen_reader_the_plain_query(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    window.search_for("is:unread")
    results(searcher, qtbot, "is:unread", [1000])
    assert window.top.search.field.accessibleDescription() == "is:unread. 1 result in 38 ms"


# searches of before


def test_a_query_is_remembered_once_its_results_were_gone_to(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    box, recent = window.top.search, window.searching.recent
    box.focus()
    QTest.keyClicks(box.field, "haftar")
    results(searcher, qtbot, "haftar", [1000])
    assert recent.queries() == []
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    results(searcher, qtbot, "haftar", [1000])
    assert recent.queries() == ["haftar"]


def test_a_refused_query_is_not_remembered(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    box = window.top.search
    box.focus()
    QTest.keyClicks(box.field, 'haftar "')
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert searcher.asked
    assert window.searching.recent.queries() == []


def test_what_is_remembered_is_offered_after_a_restart(
    opened: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path, searcher: Offering
) -> None:
    kept = tmp_path / "window.ini"
    first = opened(state=WindowState(QSettings(str(kept), QSettings.Format.IniFormat)))
    first.search_for('title:"порт" OR haftar')
    first.search.keep('title:"порт" OR haftar')
    results(searcher, qtbot, 'title:"порт" OR haftar', [1000])
    first.close()
    settings = QSettings(str(kept), QSettings.Format.IniFormat)
    assert "1000" not in {str(settings.value(key)) for key in settings.allKeys()}
    again = opened(state=WindowState(settings))
    again.top.search.focus()
    assert [o.query for o in again.top.search.popup.offers()] == ['title:"порт" OR haftar']


def test_the_newest_ten_are_kept_each_once() -> None:
    recent = RecentSearches(WindowState())
    for n in [*range(14), 9]:
        recent.add(f" query {n}\n")
    assert recent.queries() == ["query 9", *(f"query {n}" for n in (13, 12, 11, 10, 8, 7, 6, 5, 4))]
    recent.remove("query 9")
    assert "query 9" not in recent.queries()
    recent.clear()
    recent.add("  ")
    assert recent.queries() == []


def test_one_or_all_are_forgotten_from_the_box(window: MainWindow) -> None:
    searching, box = window.searching, window.top.search
    for query in ("a", "b", "c"):
        searching.recent.add(query)
    box.recent_removed.emit("b")
    assert searching.recent.queries() == ["c", "a"]
    box.recent_cleared.emit()
    assert searching.recent.queries() == []


# did you mean


def buttons(window: MainWindow) -> list[str]:
    return [button.text() for button in window.list.empty.buttons()]


def test_a_search_without_hits_offers_queries_that_have_some(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    searcher.better = ("haftar", "AT&T")
    window.search_for("hafter")
    results(searcher, qtbot, "hafter", [])
    qtbot.waitUntil(lambda: "AT&&T" in buttons(window))
    assert buttons(window) == ["haftar", "AT&&T"]
    assert window.list.empty.sentence() == "Did you mean:"
    window.list.empty.buttons()[0].click()
    assert window.top.search.text() == "haftar"
    results(searcher, qtbot, "haftar", [1000])
    qtbot.waitUntil(lambda: not window.list.is_empty())


def test_a_long_suggestion_stands_in_several_lines() -> None:
    query = " ".join(f'tag:"number {n}" AND' for n in range(40))
    lines = in_lines(query).split("\n")
    assert len(lines) == 4
    assert max(map(len, lines)) <= 36
    assert in_lines("haftar") == "haftar"


def test_late_suggestions_for_another_query_are_dropped(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    searcher.better = ("haftar",)
    window.search_for("hafter")
    searcher.late = True
    results(searcher, qtbot, "hafter", [])
    window.search_for("zeppelin")
    results(searcher, qtbot, "zeppelin", [])
    first, _newer = [answer for answer in searcher.waiting if answer.args[-1] == ("haftar",)]
    first()
    assert "haftar" not in buttons(window)


def test_without_suggestions_the_list_says_what_to_try(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    window.search_for("zeppelin")
    results(searcher, qtbot, "zeppelin", [])
    qtbot.waitUntil(window.list.is_empty)
    assert buttons(window) == ["Search"]


# the form


def test_the_form_opens_with_the_query_and_shows_what_it_finds(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    window.top.search.set_text("port is:unread")
    form = opened_form(window)
    assert (form.every.text(), form.state.currentData()) == ("port", "is:unread")
    results(searcher, qtbot, "port is:unread", [1000, 999])
    assert form.count.text() == "2 results"
    form.every.setText("ports")
    results(searcher, qtbot, "ports is:unread", [1000])
    assert form.count.text() == "1 result"
    assert window.top.search.text() == "ports is:unread"
    assert window.searching.recent.queries() == []
    form.main.click()
    assert window.searching.recent.queries() == ["ports is:unread"]


def test_giving_the_form_up_brings_back_what_was_there(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    form = opened_form(window)
    form.every.setText("port")
    results(searcher, qtbot, "port", [1000, 999])
    assert window.articles.shown.searched
    form.reject()
    assert not window.articles.shown.searched
    assert window.top.search.text() == ""


def test_giving_the_form_up_during_a_search_brings_that_back(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    window.search_for("derna")
    results(searcher, qtbot, "derna", [1000])
    form = opened_form(window)
    form.every.setText("tobruk")
    results(searcher, qtbot, "tobruk", [])
    form.reject()
    searcher.answer("derna", [1000])
    assert (window.search.query, window.top.search.text()) == ("derna", "derna")


def test_the_form_of_the_search_on_show_moves_nothing_when_it_is_given_up(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    window.search_for("derna")
    results(searcher, qtbot, "derna", [1000, 999])
    qtbot.waitUntil(lambda: window.list.table.rows.rowCount() == 2)
    window.list.table.choose(1)
    form = opened_form(window)
    assert form.count.text() == "2 results"
    form.reject()
    qtbot.wait(200)
    assert searcher.asked == [("derna", "date")]
    assert window.top.search.info() == "2 results in 38 ms"
    assert window.list.table.current_row() == 1
    assert (window.search.query, window.top.search.text()) == ("derna", "derna")


def test_what_cannot_be_run_is_said_in_the_form(
    window: MainWindow, searcher: Offering, qtbot: QtBot
) -> None:
    form = opened_form(window)
    form.named["tag"].setCurrentText("x")
    window.search.refused.emit("There is no such thing.", "tag:x", 0)
    assert form.problem.text() == "There is no such thing."
    window.search.refused.emit("Something else.", "tag:y", 0)
    assert form.problem.text() == "There is no such thing."
    form.reject()


def test_the_form_knows_the_names_of_the_library(window: MainWindow) -> None:
    form = opened_form(window)
    feeds = form.named["feed"]
    assert "Harbour Review" in [feeds.itemText(n) for n in range(feeds.count())]
    entities = form.named["entity"]
    assert "Khalifa Haftar" in [entities.itemText(n) for n in range(entities.count())]
    form.reject()


# the help


def opened_help(window: MainWindow) -> SearchHelp:
    press(window, "search_help")
    return next(page for page in window.findChildren(SearchHelp) if page.isVisible())


def test_every_example_of_the_help_can_be_run() -> None:
    for example in syntax.EXAMPLES:
        parse(example)


def test_the_help_tells_of_every_field_and_operator() -> None:
    text = " ".join(syntax.EXAMPLES)
    fields = (
        "title", "lead", "body", "author", "url", "feed", "folder", "outlet", "lang", "tag", "note",
        "entity", "type", "watchlist", "is", "has", "date", "last", "seen", "case",
    )  # fmt: skip
    assert all(f"{field}:" in text for field in fields)
    operators = ("OR", "NOT", "NEAR/", "ONEAR/", "SENT", "FIRST/", "ATLEAST/", "-", "~", "*", "?")
    assert all(operator in text for operator in operators)


@pytest.mark.parametrize("width", [800, 1280, 2560])
def test_the_help_is_one_page_that_fits_into_the_window(
    opened: Callable[..., MainWindow], width: int
) -> None:
    window = opened(width)
    page = opened_help(window)
    assert page.width() <= window.width()
    assert page.height() <= window.height()
    for button in page.examples():
        assert button.width() >= button.sizeHint().width() - 2
    page.reject()


def test_an_example_is_searched_for_when_clicked(window: MainWindow, searcher: Offering) -> None:
    page = opened_help(window)
    button = next(b for b in page.examples() if b.accessibleName() == '"air defence"~3')
    button.click()
    assert window.top.search.text() == '"air defence"~3'
    assert searcher.asked[-1][0] == '"air defence"~3'
    assert not page.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_help_is_readable_in_both_schemes(
    window: MainWindow, theme: object, qtbot: QtBot
) -> None:
    window.set_theme(theme)
    page = opened_help(window)
    picture = page.grab().toImage()
    assert picture.pixelColor(12, 12).name() == theme.page.name()
    example = next(iter(page.findChildren(QPushButton)))
    assert example.accessibleDescription()
    page.reject()


def test_f1_in_the_box_opens_it(window: MainWindow) -> None:
    window.top.search.focus()
    QTest.keyClick(window.top.search.field, Qt.Key.Key_F1)
    assert [p.windowTitle() for p in QApplication.topLevelWidgets() if p.isVisible()].count(
        "How to search"
    ) == 1
    for page in window.findChildren(SearchHelp):
        page.reject()
