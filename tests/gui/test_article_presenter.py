"""What comes on show when an article is chosen, searched in, or changed while it is read."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reading_world import THEN, article

from reader.domain.alert import Alert
from reader.domain.article import ArticleDetail, Explained, Span
from reader.domain.library import Changes
from reader.errors import ReaderError, StoreError
from reader.gui.jobs import Jobs
from reader.gui.presenters.article import DAYS, ArticlePresenter
from reader.gui.views.article_document import LONG
from reader.gui.views.article_draft import Draft, ahead
from reader.gui.views.article_marks import HIT
from reader.gui.views.article_view import ArticleView
from reader.gui.views.entity_panel import EntityPanel

# Qt's offscreen platform says so of every window with a smallest size, and of tool tips.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Shelf:
    """Three articles, the third already read; notes what is asked of it."""

    def __init__(self) -> None:
        self.articles = {n: article(n, f"Haftar in Tobruk, part {n}") for n in (1, 2)}
        self.articles[3] = article(3, "Read", row={"read": True})
        self.opened: list[int] = []
        self.history: list[tuple[int, ...]] = []
        self.refuse: ReaderError | None = None

    def detail(self, article_id: int) -> ArticleDetail | None:
        self.opened.append(article_id)
        if self.refuse:
            raise self.refuse
        return self.articles.get(article_id)

    def alerts_of(self, ids: Sequence[int]) -> dict[int, tuple[Alert, ...]]:
        why = (Span("title", 0, 6, "Haftar"),)
        return {n: (Alert(n, "t", f"Search {n}", why, THEN),) for n in (1, 2, 7) if n in ids}

    def mentions_per_day(
        self, entities: Sequence[int], days: int
    ) -> list[tuple[date, tuple[int, ...]]]:
        self.history.append(tuple(entities))
        first = date(2026, 11, 1)
        return [(first + timedelta(days=k), tuple(entities)) for k in range(days)]

    def close(self) -> None:
        self.opened.clear()


class Spans:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self._waiting: list[Callable[[Explained], None]] = []

    def spans(self, query: str, article_id: int, done: Callable[[Explained], None]) -> None:
        self.asked.append((query, article_id))
        self._waiting.append(done)

    def answer(self, at: int) -> None:
        self._waiting[at](Explained((Span("title", 0, 6, "Haftar"),)))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def spans() -> Spans:
    return Spans()


@pytest.fixture
def view(shown: Callable[..., QWidget]) -> ArticleView:
    made = ArticleView()
    shown(made, 700, 500)
    return made


@pytest.fixture
def panel(shown: Callable[..., QWidget]) -> EntityPanel:
    made = EntityPanel()
    shown(made, 244, 500)
    return made


@pytest.fixture
def presenter(
    view: ArticleView, panel: EntityPanel, shelf: Shelf, spans: Spans
) -> Iterator[ArticlePresenter]:
    jobs = Jobs(lambda: shelf, lambda: shelf)
    yield ArticlePresenter(jobs, spans, view, panel)  # type: ignore[arg-type]
    jobs.close()


def hits(view: ArticleView) -> int:
    return sum(mark.kind == HIT for mark in view.page.layer.marks.all)


def open_article(presenter: ArticlePresenter, number: int, qtbot: QtBot) -> None:
    with qtbot.waitSignal(presenter.shown):
        presenter.show(number)


def test_an_article_is_shown_with_entities_alerts_and_history(
    presenter: ArticlePresenter, view: ArticleView, panel: EntityPanel, shelf: Shelf, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(presenter.viewed) as viewed:
        presenter.show(1)
    assert viewed.args == [1]
    assert "part 1" in view.page.toPlainText()
    assert view.notices.alerts.text().startswith("Alert <b>Search 1</b> · ")
    assert "“Haftar”" in view.notices.alerts.text()
    qtbot.waitUntil(panel.chart.isVisible)
    assert shelf.history == [tuple(row.entity_id for row in panel.top(3))]
    assert f"{DAYS} days" in panel.chart.accessibleDescription()


def test_an_article_that_was_read_is_not_marked_again(
    presenter: ArticlePresenter, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(presenter.viewed):
        open_article(presenter, 3, qtbot)


def test_late_answer_for_the_previous_article_is_dropped(
    presenter: ArticlePresenter, view: ArticleView, qtbot: QtBot
) -> None:
    viewed: list[int] = []
    presenter.viewed.connect(viewed.append)
    presenter.show(1)
    open_article(presenter, 2, qtbot)
    qtbot.wait(30)
    assert viewed == [2]
    assert presenter.detail is not None
    assert presenter.detail.line.id == 2
    assert "part 2" in view.page.toPlainText()


@pytest.fixture
def book(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Number 4 is a long one; the threads on which its words were read into a document."""
    paragraphs = tuple(f"Paragraph {n} of a long report. " * 20 for n in range(LONG // 500))
    shelf.articles[4] = article(4, "A book", paragraphs=paragraphs)
    threads: list[str] = []

    def noted(detail: ArticleDetail) -> Draft | None:
        made = ahead(detail)
        if made is not None:
            threads.append(threading.current_thread().name)
        return made

    monkeypatch.setattr("reader.gui.presenters.article.ahead", noted)
    return threads


def test_the_words_of_a_long_article_are_read_in_away_from_the_window(
    presenter: ArticlePresenter, view: ArticleView, book: list[str], qtbot: QtBot
) -> None:
    open_article(presenter, 1, qtbot)
    assert book == [], "a short one takes no time"
    open_article(presenter, 4, qtbot)
    assert book == ["library-reader"]
    document = view.page.document()
    assert document.thread() is QCoreApplication.instance().thread()
    assert "A book" in document.toPlainText()


def test_a_long_article_that_comes_late_is_dropped(
    presenter: ArticlePresenter, view: ArticleView, shelf: Shelf, book: list[str], qtbot: QtBot
) -> None:
    presenter.show(4)
    qtbot.waitUntil(lambda: 4 in shelf.opened)
    open_article(presenter, 1, qtbot)
    assert book == ["library-reader"]
    assert "part 1" in view.page.toPlainText()


def test_nothing_chosen_wins_over_an_article_that_comes_late(
    presenter: ArticlePresenter, view: ArticleView, shelf: Shelf, qtbot: QtBot
) -> None:
    presenter.show(1)
    presenter.show(None)
    qtbot.waitUntil(lambda: shelf.opened == [1])
    QCoreApplication.processEvents()
    assert view.nothing.isVisible()
    assert presenter.detail is None


def test_an_article_that_is_gone_leaves_an_empty_pane(
    presenter: ArticlePresenter, view: ArticleView, qtbot: QtBot
) -> None:
    open_article(presenter, 1, qtbot)
    open_article(presenter, 99, qtbot)
    assert view.nothing.isVisible()


def test_a_failure_is_told_and_the_article_can_be_chosen_again(
    presenter: ArticlePresenter, shelf: Shelf, view: ArticleView, qtbot: QtBot
) -> None:
    shelf.refuse = StoreError("The library is locked. Close the other program.")
    with qtbot.waitSignal(presenter.problem) as told:
        presenter.show(1)
    assert told.args == [shelf.refuse]
    shelf.refuse = None
    open_article(presenter, 1, qtbot)
    assert "part 1" in view.page.toPlainText()


def test_the_query_s_hits_are_marked(
    presenter: ArticlePresenter, view: ArticleView, spans: Spans, qtbot: QtBot
) -> None:
    presenter.show_query("haftar")
    assert spans.asked == []
    open_article(presenter, 1, qtbot)
    assert spans.asked == [("haftar", 1)]
    spans.answer(0)
    assert hits(view) == 1
    presenter.show_query("")
    assert hits(view) == 0


def test_late_hits_of_another_query_or_article_are_dropped(
    presenter: ArticlePresenter, view: ArticleView, spans: Spans, qtbot: QtBot
) -> None:
    presenter.show_query("one")
    open_article(presenter, 1, qtbot)
    presenter.show_query("two")
    spans.answer(0)
    assert hits(view) == 0
    open_article(presenter, 2, qtbot)
    spans.answer(1)
    assert hits(view) == 0
    spans.answer(2)
    assert hits(view) == 1
    assert spans.asked == [("one", 1), ("two", 1), ("two", 2)]


def test_a_star_changes_the_button_and_not_the_page(
    presenter: ArticlePresenter, view: ArticleView, shelf: Shelf, qtbot: QtBot
) -> None:
    open_article(presenter, 1, qtbot)
    document = view.page.document()
    old = shelf.articles[1]
    shelf.articles[1] = replace(old, line=replace(old.line, starred=True, read=True))
    with qtbot.waitSignal(presenter.shown), qtbot.assertNotEmitted(presenter.viewed):
        presenter.apply(Changes(articles=frozenset({1})))
    assert view.toolbar.star.accessibleName() == "Remove star"
    assert view.page.document() is document


def test_a_changed_text_is_shown_and_searched_again(
    presenter: ArticlePresenter, view: ArticleView, shelf: Shelf, spans: Spans, qtbot: QtBot
) -> None:
    presenter.show_query("haftar")
    open_article(presenter, 1, qtbot)
    spans.answer(0)
    shelf.articles[1] = article(1, "Haftar corrected")
    with qtbot.waitSignal(presenter.shown):
        presenter.apply(Changes(articles=frozenset({1})))
    assert "corrected" in view.page.toPlainText()
    assert spans.asked == [("haftar", 1)] * 2


def test_a_new_tag_keeps_the_hits(
    presenter: ArticlePresenter, view: ArticleView, shelf: Shelf, spans: Spans, qtbot: QtBot
) -> None:
    presenter.show_query("haftar")
    open_article(presenter, 1, qtbot)
    spans.answer(0)
    old = shelf.articles[1]
    shelf.articles[1] = replace(old, line=replace(old.line, tags=("print",)))
    with qtbot.waitSignal(presenter.shown):
        presenter.apply(Changes(articles=frozenset({1})))
    assert "print" in view.page.toPlainText()
    assert hits(view) == 1
    assert len(spans.asked) == 1


def test_changes_elsewhere_are_not_read(
    presenter: ArticlePresenter, shelf: Shelf, qtbot: QtBot
) -> None:
    open_article(presenter, 1, qtbot)
    presenter.apply(Changes(articles=frozenset({2}), counts=True))
    qtbot.wait(20)
    assert shelf.opened == [1]


def test_the_panel_leads_to_the_mentions_one_after_the_other(
    presenter: ArticlePresenter, view: ArticleView, panel: EntityPanel, qtbot: QtBot
) -> None:
    open_article(presenter, 1, qtbot)
    panel.mention_wanted.emit(2)
    assert view.toolbar.pill.count.text() == "1 / 3"
    assert panel.list.delegate.chosen == 2
    panel.mention_wanted.emit(2)
    assert view.toolbar.pill.count.text() == "2 / 3"


def test_a_followed_entity_stays_chosen_from_article_to_article(
    presenter: ArticlePresenter, view: ArticleView, qtbot: QtBot
) -> None:
    presenter.follow_entity(2)
    open_article(presenter, 1, qtbot)
    assert view.toolbar.pill.name.text() == "Tobruk"
    open_article(presenter, 2, qtbot)
    assert view.toolbar.pill.name.text() == "Tobruk"
    presenter.follow_entity(None)
    assert view.toolbar.pill.name.text() == "All mentions"
