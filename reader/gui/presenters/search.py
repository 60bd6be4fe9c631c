"""Searches while the user types and shows the newest answer only."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.library import Changes
from reader.domain.search import Hits
from reader.errors import QueryError, ReaderError
from reader.gui.ports import SearchLink
from reader.gui.presenters.article_list import ArticleListPresenter

WAIT = 150
"""Milliseconds of rest after a key before a search begins."""
PATIENCE = 200
"""Milliseconds that nobody notices; an answer that takes longer is said to be waited for."""
HOLD = 600
"""Milliseconds that the former results stay when half a word, just typed, finds nothing."""
_AGAIN = 1500
"""Milliseconds between searches run again because articles came in."""


class SearchPresenter(QObject):
    """What the user waits for goes before a search run again because articles came in.

    That one is put off while the user writes or waits, and says nothing of a query in the box
    that is not its own.
    """

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
    waiting = Signal(bool)
    """The answer to the user is late; then, that it is there or no longer waited for."""
    problem = Signal(object)

    def __init__(
        self, link: SearchLink, articles: ArticleListPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link, self._articles = link, articles
        self._text, self._sort, self._running, self._ticket = "", "date", "", 0
        self._to_keep = ""
        self._asked = self._late = False  # by the user, who waits; and has waited for long
        self._typing = False
        self._nothing: Callable[[], None] | None = None
        self._rest, self._again = self._timer(WAIT), self._timer(_AGAIN)
        self._patience, self._hold = self._timer(PATIENCE), self._timer(HOLD)
        self._rest.timeout.connect(self._search_typed)
        self._hold.timeout.connect(self._show_nothing)
        self._again.timeout.connect(self._search_again)
        self._patience.timeout.connect(self._be_late)

    @property
    def query(self) -> str:
        """What is searched for now; "" while no search is on."""
        return self._running

    @property
    def settled(self) -> bool:
        """Whether nothing else is being written or waited for."""
        busy = self._asked or self._rest.isActive() or self._hold.isActive()
        return not busy

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
        """ "date" or "score"; what is on show, or on its way, is searched again."""
        self._sort = sort
        if self._asked or self._rest.isActive():
            self.search()
        elif self._running:
            self._wait()
            self._ask(self._running)

    def leave(self) -> None:
        """The box was emptied: back to where the user was."""
        for timer in (self._rest, self._again, self._hold):
            timer.stop()
        self._text = ""
        self._ticket += 1
        self._wait(on=False)
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

    def search(self) -> None:
        self._rest.stop()
        self._hold.stop()
        self._typing = False
        query = self._text.strip()
        if query:
            self._wait()
            self._ask(query)
        else:
            self.leave()

    # inside

    def _search_typed(self) -> None:
        self.search()
        self._typing = True

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        return timer

    def _search_again(self) -> None:
        if self._asked or self._rest.isActive():
            self._again.start()  # the link answers only the newest: it is the user's
        elif self._running:
            self._ask(self._running, again=True)

    def _ask(self, query: str, *, again: bool = False) -> None:
        self._ticket += 1
        ticket = self._ticket
        self._link.search(
            query, self._sort, partial(self._arrived, ticket, query, again),
            partial(self._failed, ticket, query, again),
        )  # fmt: skip

    def _wait(self, *, on: bool = True) -> None:
        """Or not any longer."""
        self._asked = on
        if on:
            self._patience.start()
            return
        self._patience.stop()
        if self._late:
            self._late = False
            self.waiting.emit(False)

    def _be_late(self) -> None:
        if not self._late:
            self._late = True
            self.waiting.emit(True)

    def _arrived(self, ticket: int, query: str, again: bool, hits: Hits) -> None:
        if ticket != self._ticket:
            return  # the user has typed on
        self._wait(on=False)
        if not hits.total and self._typing and not again:
            self._nothing = partial(self._show, ticket, query, again, hits)
            self._hold.start()
        else:
            self._show(ticket, query, again, hits)

    def _show_nothing(self) -> None:
        if self._nothing is not None:
            show, self._nothing = self._nothing, None
            show()

    def _show(self, ticket: int, query: str, again: bool, hits: Hits) -> None:
        if ticket != self._ticket:
            return
        self._running = query
        if not again or self._text.strip() == query:
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

    def _failed(self, ticket: int, query: str, again: bool, problem: ReaderError) -> None:
        if ticket != self._ticket or again:
            return  # the user has typed on, or never asked
        self._wait(on=False)
        if isinstance(problem, QueryError):
            self.refused.emit(str(problem), query, problem.position)
        else:
            self.problem.emit(problem)
