"""Searches while the user types and shows the newest answer only."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.library import Changes
from reader.domain.search import Hits
from reader.errors import QueryError, ReaderError
from reader.gui.ports import SearchLink
from reader.gui.presenters.article_list import ArticleListPresenter

WAIT = 150
"""Milliseconds of rest after a key before a search begins."""
_AGAIN = 1500


class SearchPresenter(QObject):
    found = Signal(int, float)
    """How many, and in how many seconds."""
    refused = Signal(str, str, int)
    """The sentence, the query, and where in it (code points) it went wrong."""
    query_changed = Signal(str)
    """The query whose results are on show, or ""."""
    kept = Signal(str)
    """A query that ran and whose results the user went on to: worth remembering."""
    suggested = Signal(str, object)
    """A query without hits, and queries (a tuple) that would have some."""
    problem = Signal(object)

    def __init__(
        self, link: SearchLink, articles: ArticleListPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link, self._articles = link, articles
        self._text, self._sort, self._running, self._ticket = "", "date", "", 0
        self._to_keep = ""
        self._rest, self._again = QTimer(self), QTimer(self)
        for timer, wait in ((self._rest, WAIT), (self._again, _AGAIN)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
        self._rest.timeout.connect(self.search)
        self._again.timeout.connect(partial(self.search, again=True))

    @property
    def query(self) -> str:
        """What is searched for now; "" while no search is on."""
        return self._running

    @property
    def sort(self) -> str:
        return self._sort

    def typed(self, text: str) -> None:
        self._text = text
        self._rest.start()

    def enter(self, text: str) -> None:
        """Return was pressed: at once."""
        self._text = text
        self.search()

    def keep(self, text: str) -> None:
        """The user went on to the results of this query, which may still be on their way."""
        self._to_keep = text.strip()
        self._tell_kept()

    def set_sort(self, sort: str) -> None:
        """ "date" or "score"; what is on show is searched again."""
        self._sort = sort
        if self._running:
            self._text = self._running
            self.search()

    def leave(self) -> None:
        """The box was emptied: back to where the user was."""
        self._rest.stop()
        self._again.stop()
        self._text = ""
        self._ticket += 1
        if self._running:
            self._running = ""
            self.query_changed.emit("")
            self._articles.back()

    def abandon(self) -> None:
        """Another place was chosen: the search is over, and nothing is gone back to."""
        self._running = ""
        self.leave()

    def apply(self, changes: Changes) -> None:
        """Articles came in: the search is run again, and offers what is new."""
        if changes.lists and self._running and not self._again.isActive():
            self._again.start()

    def search(self, *, again: bool = False) -> None:
        self._rest.stop()
        query = (self._running if again else self._text).strip()
        if not query:
            self.leave()
            return
        self._ticket += 1
        ticket = self._ticket
        self._link.search(
            query, self._sort, partial(self._arrived, ticket, query, again),
            partial(self._failed, ticket, query),
        )  # fmt: skip

    def _arrived(self, ticket: int, query: str, again: bool, hits: Hits) -> None:
        if ticket != self._ticket:
            return  # the user has typed on
        self._running = query
        self.found.emit(hits.total, hits.seconds)
        self.query_changed.emit(query)
        self._articles.show_results(query, hits.ids, again=again)
        self._tell_kept()
        if not hits.total:
            self._link.instead(query, partial(self._suggest, ticket, query))

    def _suggest(self, ticket: int, query: str, queries: tuple[str, ...]) -> None:
        if ticket == self._ticket and queries:
            self.suggested.emit(query, queries)

    def _tell_kept(self) -> None:
        if self._running and self._to_keep == self._running:
            self._to_keep = ""
            self.kept.emit(self._running)

    def _failed(self, ticket: int, query: str, problem: ReaderError) -> None:
        if ticket != self._ticket:
            return
        if isinstance(problem, QueryError):
            self.refused.emit(str(problem), query, problem.position)
        else:
            self.problem.emit(problem)
