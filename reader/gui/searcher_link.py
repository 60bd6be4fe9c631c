"""The window's end of the searcher: while one writes, only the newest question is answered.

What takes long is handed on to the analyst, so that no search waits for it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from reader.domain.alert import Backtest, Suggestion
from reader.domain.search import Clause, Completion, Facet, Hits
from reader.gui.link import Link
from reader.gui.ports import Failed
from reader.paths import LibraryPaths
from reader.workers.messages import (
    Clauses,
    Complete,
    Explain,
    Facets,
    Instead,
    Mark,
    Narrow,
    Search,
    Suggest,
    TryOut,
)
from reader.workers.process import Worker

SEARCHER = "reader.workers.searcher:main"
"""Named, for what it imports would double the window's start."""


class Asks(Protocol):
    def question(
        self, request: object, done: Callable[[Any], object], failed: Failed | None
    ) -> int: ...


class SearcherLink(Link):
    """Implements `ports.SearchLink`."""

    asks_again = True  # it only reads, and the user still waits

    def __init__(self, paths: LibraryPaths, analyst: Asks, topics: tuple[str, ...] = ()) -> None:
        super().__init__("The search", partial(Worker, "searcher", SEARCHER, paths, topics))
        self._analyst = analyst
        self._newest: dict[type, int] = {}

    def search(self, query: str, sort: str, done: Callable[[Hits], None], failed: Failed) -> None:
        self._ask_newest(Search(query, sort), done, failed)

    def mark(self, query: str, ids: Sequence[int], done: Callable[[Any], None]) -> None:
        self.ask(Mark(query, tuple(ids)), done)

    def spans(self, query: str, article_id: int, done: Callable[[Any], None]) -> None:
        self.ask(Explain(query, article_id), done)

    def facets(self, query: str, done: Callable[[tuple[Facet, ...]], None]) -> None:
        self._ask_newest(Facets(query), done)

    def clauses(self, query: str, done: Callable[[tuple[Clause, ...]], None]) -> None:
        self.ask(Clauses(query), done)

    def complete(
        self, query: str, cursor: int, done: Callable[[tuple[Completion, ...]], None]
    ) -> None:
        self._ask_newest(Complete(query, cursor), done)

    def narrowed(
        self, query: str, field: str, value: str, done: Callable[[str], None], *, without: bool
    ) -> None:
        self.ask(Narrow(query, field, value, without), done)

    def instead(self, query: str, done: Callable[[tuple[str, ...]], None]) -> None:
        self._ask_newest(Instead(query), done)

    def backtest(self, query: str, done: Callable[[Backtest], None], failed: Failed) -> None:
        self._analyst.question(TryOut(query), done, failed)

    def suggestions(self, name: str, done: Callable[[tuple[Suggestion, ...]], None]) -> None:
        self._analyst.question(Suggest(name), done, None)

    def _ask_newest(
        self, request: object, done: Callable[[Any], object], failed: Failed | None = None
    ) -> None:
        """What was asked of this kind before is no longer wanted."""
        self.forget(self._newest.get(type(request), 0))
        self._newest[type(request)] = self.ask(request, done, failed)
