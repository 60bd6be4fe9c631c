"""Keeps the reading side showing the chosen article, with the current query's hits marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from reader.domain.alert import Alert
from reader.domain.article import ArticleDetail, ArticleLine, Explained
from reader.domain.library import Changes
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.ports import Reading, SearchLink
from reader.gui.views.article_draft import Draft, ahead
from reader.gui.views.article_view import ArticleView
from reader.gui.views.entity_panel import EntityPanel
from reader.gui.views.history_chart import Day

DAYS = 30
_CHARTED = 3


@dataclass(frozen=True, slots=True)
class Opened:
    detail: ArticleDetail | None
    alerts: tuple[Alert, ...] = ()
    draft: Draft | None = None
    """Of a long article."""


class ArticlePresenter(QObject):
    """Late answers, for an article or a query that was left, are dropped."""

    viewed = Signal(int)
    """An unread article came on show."""
    shown = Signal(object)
    """The `ArticleDetail` on show, new or reloaded, or None."""
    problem = Signal(object)
    """A `ReaderError`."""

    def __init__(
        self, jobs: Jobs, search: SearchLink, view: ArticleView, panel: EntityPanel
    ) -> None:
        super().__init__()
        self._jobs, self._search = jobs, search
        self._view, self._panel = view, panel
        self._wanted: int | None = None
        self._query = ""
        self._entity: int | None = None
        self._explained: Explained | None = None
        self._expected = 0  # the hit to go to once they are there: 1 the first, -1 the last
        self._on_alerts = False
        self._alerts: tuple[Alert, ...] = ()
        self.detail: ArticleDetail | None = None
        panel.mention_wanted.connect(self._go_to_mention)
        view.current_changed.connect(panel.set_chosen)

    def show(self, article_id: int | None) -> None:
        """The article, once it is read; None: nothing."""
        if article_id == self._wanted and (article_id is not None or self.detail is None):
            return
        self._wanted = article_id
        if article_id is None:
            self._put(Opened(None))
        else:
            self._load(article_id, viewed=True)

    def show_query(self, text: str) -> None:
        """Marks what makes this query true of the article; "" takes the marks away."""
        if text == self._query:
            return
        self._query, self._explained, self._expected = text, None, 0
        self._view.set_marks(self._marks())
        self._ask_for_hits()

    def mark_alerts(self, *, on: bool) -> None:
        """While no query is shown, the words that fired alerts are marked as its hits would be."""
        if on != self._on_alerts:
            self._on_alerts = on
            if not self._query:
                self._view.set_marks(self._marks())

    def step_hit(self, by: int) -> bool:
        """To the next (1) or previous (-1) hit; False when the article has none further on."""
        if self.detail is None or not (self._query or self._on_alerts):
            return False
        if self.detail.line.id != self._wanted:
            return True  # the next article is on its way
        if self._query and self._explained is None:
            self._expected = self._expected or by  # they are still to come
            return True
        return self._view.step_hit(by)

    def expect_hit(self, by: int) -> None:
        """The article that is chosen next begins at its first hit (1), or at its last one (-1)."""
        self._expected = by

    def follow_entity(self, entity_id: int | None) -> None:
        """Go through this entity's mentions, in this and every further article."""
        self._entity = entity_id
        self._view.choose_entity(entity_id)
        self._panel.set_chosen(entity_id or 0)

    def apply(self, changes: Changes) -> None:
        """Reads the article again if it was touched; it stays where it was scrolled to."""
        if self._wanted is None:
            return
        if self._wanted in changes.articles or changes.entities or changes.saved or changes.feeds:
            self._load(self._wanted, viewed=False)

    def _load(self, article_id: int, *, viewed: bool) -> None:
        work = partial(_open, article_id)
        done = partial(self._arrived, article_id, viewed)
        failed = partial(self._failed, article_id)
        self._jobs.run(work, self, done, failed, urgent=True)

    def _failed(self, article_id: int, problem: ReaderError) -> None:
        if article_id == self._wanted and not (self.detail and self.detail.line.id == article_id):
            self._wanted = None  # choosing it once more tries again
        self.problem.emit(problem)

    def _arrived(self, article_id: int, viewed: bool, opened: Opened) -> None:
        if article_id != self._wanted:  # the user has moved on
            if opened.draft is not None:
                opened.draft.deleteLater()  # on this thread, which it belongs to
            return
        self._put(opened)
        if viewed and opened.detail and not opened.detail.line.read:
            self.viewed.emit(article_id)

    def _put(self, opened: Opened) -> None:
        detail, before = opened.detail, self.detail
        fired, self._alerts = self._alerts, opened.alerts
        again = detail and before and detail.line.id == before.line.id
        if not again or (detail and before and detail.texts != before.texts):
            self._explained = None
        self.detail = detail
        if again and detail and before and _same_page(detail, before):
            if fired != self._alerts:
                self._view.show_alerts(self._alerts)
            self._view.show_flags(read=detail.line.read, starred=detail.line.starred)
            self.shown.emit(detail)
            return
        self._view.show_article(detail, self._marks(), opened.alerts, opened.draft)
        self._panel.show_article(detail)
        if self._entity is not None:
            self.follow_entity(self._entity)
        self._ask_for_history()
        self._ask_for_hits()
        self.shown.emit(detail)

    def _marks(self) -> Explained | None:
        """Hits of the query; without one, in the inbox, the words that fired."""
        fired = self._on_alerts and not self._query
        self._view.name_marks(fired=fired)
        if not fired or self.detail is None:
            return self._explained
        texts = self.detail.texts
        return Explained(
            tuple(
                span
                for span in dict.fromkeys(span for alert in self._alerts for span in alert.why)
                if texts.get(span.field)[span.start : span.end] == span.text
            ),
            more=max((alert.more for alert in self._alerts), default=0),
        )

    def _ask_for_hits(self) -> None:
        if self.detail and self._query and self._explained is None:
            asked = (self.detail.line.id, self._query)
            self._search.spans(self._query, asked[0], partial(self._hits_arrived, asked))

    def _hits_arrived(self, asked: tuple[int, str], explained: Explained) -> None:
        if self.detail and asked == (self.detail.line.id, self._query):
            self._explained = explained
            self._view.set_marks(explained)
            expected, self._expected = self._expected, 0
            if expected:
                self._view.end_hit(expected)

    def _ask_for_history(self) -> None:
        top = self._panel.top(_CHARTED)
        if self.detail is None or not top:
            return
        entities = tuple(row.entity_id for row in top)
        done = partial(self._history_arrived, entities)
        self._jobs.run(partial(_history, entities), self, done, self.problem.emit)

    def _history_arrived(self, entities: tuple[int, ...], days: Sequence[Day]) -> None:
        top = self._panel.top(_CHARTED)
        if entities == tuple(row.entity_id for row in top):
            self._panel.set_history(top, days)

    def _go_to_mention(self, entity_id: int) -> None:
        self._view.choose_entity(entity_id)
        self._panel.set_chosen(entity_id)
        self._view.next_mention()


def _open(article_id: int, library: Reading) -> Opened:
    detail = library.detail(article_id)
    if detail is None:
        return Opened(None)
    alerts = library.alerts_of([article_id]).get(article_id, ())
    return Opened(detail, alerts, ahead(detail))


def _history(entities: Sequence[int], library: Reading) -> Sequence[Day]:
    return library.mentions_per_day(entities, DAYS)


def _same_page(a: ArticleDetail, b: ArticleDetail) -> bool:
    """Whether only the read flag, the star or what was confirmed differ."""
    bare = replace(a, line=_bare(a), confirmed=b.confirmed)
    return bare == replace(b, line=_bare(b))


def _bare(detail: ArticleDetail) -> ArticleLine:
    return replace(detail.line, read=False, starred=False)
