"""Keeps the result panel showing what the articles of the search on show have in common.

Counts are asked for only while somebody looks at the panel; answers for an earlier query are
dropped. A wish to narrow changes the text of the query, never anything else.
"""

from collections import deque
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.library import Changes, Overview
from reader.domain.search import Clause, Facet
from reader.gui.models.clauses import cut
from reader.gui.models.facets import Names, facets, time_clause
from reader.gui.ports import SearchLink
from reader.gui.views.facet_panel import FacetPanel

_LATE, _AGAIN, _PATIENCE = 250, 1_500, 3_000
"""Milliseconds: when what is on show steps back, how often articles coming in are counted, and how
long a wish waits for its answer."""
_TIME = "time"


@dataclass(frozen=True, slots=True)
class _Wish:
    """To ask for `field:value`, to exclude it, or (`out`) to say nothing of it any longer."""

    field: str
    value: str
    without: bool = False
    out: bool = False


class FacetsPresenter(QObject):
    query_wanted = Signal(str)
    """The text of the query that the user's wishes come to."""

    def __init__(self, link: SearchLink, panel: FacetPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._panel = link, panel
        self._query, self._text = "", ""  # what is on show; what it becomes by wishes under way
        self._wanted, self._asked_for = False, ""
        self._ticket = 0
        self._counted: tuple[Facet, ...] | None = None
        self._clauses: tuple[Clause, ...] | None = None
        self._overview, self._known = Overview(), Names()
        self._wishes: deque[_Wish] = deque()
        self._late, self._again = self._timer(_LATE), self._timer(_AGAIN)
        self._patience = self._timer(_PATIENCE)
        self._late.timeout.connect(lambda: panel.set_faded(on=True))
        self._again.timeout.connect(self._ask)
        self._patience.timeout.connect(self._wishes.clear)
        panel.narrow_wanted.connect(self.narrow)
        panel.widen_wanted.connect(lambda field, value: self._wish(_Wish(field, value, out=True)))
        panel.time_cleared.connect(lambda: self._wish(_Wish(_TIME, "", out=True)))

    @property
    def query(self) -> str:
        return self._query

    def show_query(self, query: str) -> None:
        """The query whose results are on show now; "" when they are not those of a search."""
        if query == self._query:
            if not self._wishes:
                self._text = query
            return
        self._text = query
        self._wishes.clear()
        related = self._query and query
        self._query = query
        if not related:
            self._panel.forget_opened()
            self._panel.show_facets(None)
        self._ask()

    def label(self, field: str, value: str) -> str:
        """What the library calls a value of the query."""
        return self._names.label(field, value)

    def set_wanted(self, *, on: bool) -> None:
        """Whether anybody looks at the panel."""
        self._wanted = on
        if on and self._asked_for != self._query:
            self._ask()

    def set_overview(self, overview: Overview) -> None:
        """Names of feeds, and types of entities, may have changed."""
        self._overview = overview
        if self._wanted:
            self._show()

    def apply(self, changes: Changes) -> None:
        """Articles came in or left, or are called otherwise: counted again, not at once."""
        if (changes.lists or changes.entities or changes.feeds) and self._query:
            self._asked_for = ""
            if self._wanted and not self._again.isActive():
                self._again.start()

    def narrow(self, field: str, value: str, without: bool) -> None:
        self._wish(_Wish(field, value, without))

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        return timer

    @property
    def _names(self) -> Names:
        """Made when they are needed: many thousands of entities may be tracked."""
        if self._known.overview is not self._overview:
            self._known = Names(self._overview)
        return self._known

    # counting

    def _ask(self) -> None:
        self._ticket += 1
        self._late.stop()
        self._again.stop()
        if not self._query or not self._wanted:
            self._asked_for = ""
            return
        if self._asked_for != self._query:
            self._counted = self._clauses = None
        self._asked_for = self._query
        self._late.start()
        self._link.clauses(self._query, partial(self._parts_arrived, self._ticket))
        self._link.facets(self._query, partial(self._counts_arrived, self._ticket))

    def _counts_arrived(self, ticket: int, counted: tuple[Facet, ...]) -> None:
        if ticket == self._ticket:
            self._counted = counted
            self._show()

    def _parts_arrived(self, ticket: int, clauses: tuple[Clause, ...]) -> None:
        if ticket == self._ticket:
            self._clauses = clauses
            self._show()

    def _show(self) -> None:
        """Once both are there: then the panel changes once."""
        if self._counted is not None and self._clauses is not None and self._query:
            self._late.stop()
            self._panel.show_facets(facets(self._counted, self._clauses, self._names))

    # narrowing

    def _wish(self, wish: _Wish) -> None:
        """One after the other: a second click does not undo the first one under way."""
        if not self._query:
            return
        self._wishes.append(wish)
        if len(self._wishes) == 1:
            self._work()

    def _work(self) -> None:
        wish, text = self._wishes[0], self._text
        self._patience.start()
        if wish.out:
            self._link.clauses(text, partial(self._cut, wish, text))
        else:
            done = partial(self._became, wish, text)
            self._link.narrowed(text, wish.field, wish.value, done, without=wish.without)

    def _cut(self, wish: _Wish, text: str, clauses: tuple[Clause, ...]) -> None:
        at = self._clause_of(wish, clauses)
        self._became(wish, text, cut(text, clauses, at) if at >= 0 else text)

    def _clause_of(self, wish: _Wish, clauses: tuple[Clause, ...]) -> int:
        if wish.field == _TIME:
            return time_clause(clauses)
        found = (
            n for n, each in enumerate(clauses) if self._names.means(each, wish.field, wish.value)
        )
        return next(found, -1)

    def _became(self, wish: _Wish, before: str, text: str) -> None:
        """Dropped when another search has come on show meanwhile."""
        if not self._wishes or self._wishes[0] is not wish or before != self._text:
            return
        self._text = text
        self._patience.stop()
        self._wishes.popleft()
        if self._wishes:
            self._work()
        elif text != self._query:
            self.query_wanted.emit(text)
