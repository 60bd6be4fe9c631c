"""Searching: the user's words in, articles out, with counts, facets, snippets and reasons.

Joins the index (which words are where) and the store (everything else about an article), so that
a query means the same in the search box, on the command line and in a saved search.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

import numpy as np

from reader.domain.article import ArticleLine, Explained, Marked
from reader.domain.fold import fold_key
from reader.domain.search import (
    DEFAULT_LIMIT,
    FACETS,
    Clause,
    Completion,
    Facet,
    Found,
    Hits,
)
from reader.errors import QueryError
from reader.search import matcher, snippets
from reader.search.evaluate import Mentioned
from reader.search.index import Index, IndexInfo
from reader.search.language import Query, parse
from reader.search.lexer import TIMES
from reader.search.narrow import narrowed
from reader.search.nodes import Filter
from reader.search.recent import Recent
from reader.search.typed import clauses
from reader.services.arrays import Ids
from reader.services.catalog import Catalog
from reader.services.clock import utc_now
from reader.services.complete import Completer
from reader.services.facets import Facets
from reader.services.filters import StoreFilters
from reader.services.hints import lacking
from reader.services.instead import Suggestion, suggestions
from reader.services.mentions import mentioned
from reader.services.shelf import Shelf
from reader.store.store import Store

NONE = "No article matches."
NO_HITS = "No article matches; check the spelling, or use fewer words."
NONE_SO = "No article matches; ask for a longer time, or for less."
NOTHING_YET = "The library holds no articles yet: add a feed and refresh."

MOST_VALUES = 50
"""Values of a facet that the panel is given."""
_QUERIES = 64


class Finder:
    """`open_index` is called at the first search, so that other work starts without it."""

    def __init__(
        self,
        store: Store,
        open_index: Callable[[], Index],
        *,
        clock: Callable[[], datetime] = utc_now,
        remember: int = 0,
    ) -> None:
        self._store = store
        self._open_index = open_index
        self._opened: Index | None = None
        self._clock = clock
        self._catalog = Catalog(store)
        self._shelf = Shelf(store.selection)
        self._filters = StoreFilters(store, self._catalog, self._shelf)
        self._facets = Facets(self._catalog, self._shelf, store.selection.stamp)
        self._completer = Completer(self._catalog, self._beginning, clock)
        self._queries: Recent[str, Query] = Recent(_QUERIES)
        self._results: Recent[object, Hits] = Recent(remember)
        self._generation = 0

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()

    def let_go(self) -> None:
        """The index was closed by its owner: the next search opens the one there is then."""
        self._opened = None

    def query(self, text: str) -> Query:
        """QueryError says what is wrong, and where."""
        now = self._clock()
        query = self._queries.get(text)
        if query is None:
            query = parse(text, now)
            self._queries.put(text, query)
        return query.at(now)

    def hits(self, text: str, *, sort: str = "date") -> Hits:
        index, query = self._index(), self.query(text)
        key = (text, sort, *self._token(query))
        found = self._results.get(key)
        if found is None:
            found = index.search(query, self._filters, sort=sort, mentions=self._mentioned)
            self._results.put(key, found)
        return found

    def matching(self, text: str) -> "array[int]":
        """Every matching article, in no order."""
        return self._index().matching(self.query(text), self._filters, mentions=self._mentioned)

    def count(self, text: str) -> int:
        index, query = self._index(), self.query(text)
        hits = self._just_found(text, query)
        return (
            index.count(query, self._filters, mentions=self._mentioned)
            if hits is None
            else hits.total
        )

    def facet(self, text: str, name: str) -> Facet:
        """How many matching articles each value has, biggest first; days newest first."""
        return self._facets.of(name, self._ids(text), None)

    def facets(self, text: str) -> tuple[Facet, ...]:
        """One for each of `FACETS`, of its `MOST_VALUES` biggest values, but of all days.

        Nothing for a query that cannot be run.
        """
        try:
            ids = self._ids(text)
        except QueryError:
            return ()
        found = [self._facets.of(name, ids, None) for name in FACETS]
        return tuple(
            facet if facet.name == "day" else Facet(facet.name, facet.values[:MOST_VALUES])
            for facet in found
        )

    def clauses(self, text: str) -> tuple[Clause, ...]:
        """The parts of what was typed, in order; never a refusal."""
        return tuple(
            replace(clause, type=self._catalog.type_of(clause.value))
            if clause.kind == "filter" and clause.field == "entity"
            else clause
            for clause in clauses(text)
        )

    def _beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        return self._index().beginning(prefix, most)

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """What could stand at the cursor, likeliest first."""
        return self._completer.complete(text, cursor)

    def narrowed(self, text: str, field: str, value: str, *, without: bool = False) -> str:
        """The query that also asks for `field:value`, or excludes it."""
        return narrowed(text, field, value, without)

    def instead(self, text: str) -> tuple[Suggestion, ...]:
        """For a query without hits: others that have some. Nothing for one that has hits."""
        try:
            if self.count(text):
                return ()
        except QueryError:
            return ()
        return suggestions(text, self.count, self._spellings, self._catalog.entities())

    def _spellings(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Words of the texts, with about how many articles have them."""
        names = {fold_key(form): form for form, _ in self._catalog.spellings(word, edits)}
        forms = self._index().spellings(word, edits)  # folded; a name is shown as it is written
        return [(names.get(form, form), count) for form, count in forms]

    def found(self, text: str, *, sort: str = "date", limit: int = DEFAULT_LIMIT) -> Found:
        """A page of results with the passages that match."""
        index = self._index()
        hits = index.search(
            self.query(text), self._filters, sort, limit, scored=True, mentions=self._mentioned
        )
        scores = dict(zip(hits.ids, hits.scores, strict=False))
        marks = {mark.article_id: mark for mark in self.marks(text, hits.ids)}
        lines = tuple(
            (_with_passage(line, marks.get(line.id)), scores.get(line.id, 0.0))
            for line in self._store.lists.lines(hits.ids)
        )
        return Found(hits.total, lines, "" if hits.total else self.hint(text), hits.seconds)

    def hint(self, text: str) -> str:
        """What to do when nothing was found."""
        if not self._store.totals().articles:
            return NOTHING_YET
        why, query = "", self.query(text)
        if not self.count(text):
            why = lacking(query, lambda one: self._passes(one.field, one.value), self._catalog)
        others = [f"{one.query} ({_articles(one.count)})" for one in self.instead(text)]
        if others:
            return f"{why or NONE} Try instead: {' · '.join(others)}"
        return why or (NO_HITS if query.terms() else NONE_SO)

    def _passes(self, field: str, value: str) -> bool:
        return len(self._filters.ids(field, value)) > 0

    def marks(self, text: str, ids: Iterable[int]) -> list[Marked]:
        """Title spans and the best passage of each article, with its spans."""
        query = self.query(text)
        return [
            snippets.mark(query, document.id, document.texts, document)
            for document in self._store.lists.documents(ids)
        ]

    def explained(self, text: str, article_id: int) -> Explained:
        """Every place in the article that makes the query true; nothing when it is not."""
        query = self.query(text)
        for document in self._store.lists.documents([article_id]):
            return matcher.matches(query, document) or Explained()
        return Explained()

    def index_info(self) -> IndexInfo:
        return self._index().info()

    def check_index(self) -> list[str]:
        """One sentence for everything that is wrong with the index."""
        checked = self._index().check(self._store.selection.with_flag("all"))
        told = (
            (checked.missing, "are in the library but not in the index"),
            (checked.extra, "are in the index but no longer in the library"),
            (checked.twice, "are in the index more than once"),
        )
        problems = [checked.problem] if checked.problem else []
        problems += [f"{len(ids)} articles {what}." for ids, what in told if ids]
        return [*problems, "Rebuild the index to mend this."] if problems else []

    def _ids(self, text: str) -> Ids:
        """Every matching article, ascending."""
        index, query = self._index(), self.query(text)
        hits = self._just_found(text, query)
        if hits is not None:
            return np.sort(np.array(hits.ids, dtype=np.int64))
        return np.array(
            index.matching(query, self._filters, mentions=self._mentioned), dtype=np.int64
        )

    def _just_found(self, text: str, query: Query) -> Hits | None:
        """The answer of a search for the same that was just done, and is still right."""
        token = self._token(query)
        known = (self._results.get((text, sort, *token)) for sort in ("date", "score"))
        return next((hits for hits in known if hits is not None), None)

    def _mentioned(self, node: Filter, ids: Ids) -> Mentioned:
        return mentioned(self._store.lists, str(node.fieldname), node.value, ids)

    def _token(self, query: Query) -> tuple[object, ...]:
        """The same as long as the answer to the query is the same, but for a minute of `last:`."""
        filtered = bool(query.fields.difference(TIMES))
        stamp = self._store.selection.stamp() if filtered else None
        minute = int(query.now.timestamp() // 60) if query.relative else None
        return self._generation, stamp, minute

    def _index(self) -> Index:
        before = self._opened
        if self._opened is None:
            self._opened = self._open_index()
        if self._opened.refresh() or before is None:
            self._generation += 1
        return self._opened


def _with_passage(line: ArticleLine, mark: Marked | None) -> ArticleLine:
    return replace(line, snippet=mark.snippet) if mark and mark.snippet else line


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
