"""Searching: the user's words in, articles out, with counts, facets, snippets and reasons.

Joins the index (which words are where) and the store (everything else about an article), so that
a query means the same in the search box, on the command line and in a saved search.
"""

from array import array
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime

from reader.domain import filters
from reader.domain.article import ArticleLine, Explained, Marked
from reader.domain.entity import Entity
from reader.domain.fold import fold_key
from reader.domain.search import DEFAULT_LIMIT, Clause, Completion, Facet, Found, Hits
from reader.errors import QueryError
from reader.search import matcher, snippets
from reader.search.index import Index, IndexInfo
from reader.search.language import Query, parse
from reader.services import narrow
from reader.services.catalog import Catalog
from reader.services.complete import Completer
from reader.services.items import utc_now
from reader.store.selection import FACETS, FeedName
from reader.store.store import Store

NO_HITS = "No article matches; check the spelling, or use fewer words."
NOTHING_YET = "The library holds no articles yet: add a feed and refresh."


class StoreFilters:
    """Article ids by everything that is not text, with the predicates of `domain.filters`."""

    def __init__(self, store: Store) -> None:
        self._of = store.selection

    def ids(self, field: str, value: str) -> Collection[int]:
        of = self._of
        match field:
            case "feed":
                return self._in_feeds(lambda f: filters.feed_matches(value, f.url, f.title))
            case "folder":
                return self._in_feeds(lambda f: filters.folder_matches(value, f.folder))
            case "outlet":
                return self._in_feeds(lambda f: filters.outlet_matches(value, f.outlet))
            case "lang":
                return of.articles_in_languages(
                    known for known in of.languages() if filters.language_matches(value, known)
                )
            case "tag":
                return of.articles_tagged(
                    i for i, name in of.tags() if filters.tag_matches(value, name)
                )
            case "note":
                return [i for i, text in of.notes() if filters.note_matches(value, text)]
            case "entity":
                return self._mentioning(
                    lambda e: filters.entity_matches(value, e.name, (a.text for a in e.aliases))
                )
            case "type":
                return self._mentioning(lambda e: filters.same_name(value, e.type))
            case "watchlist":
                return self._mentioning(lambda e: filters.same_name(value, e.watchlist))
            case "is" | "has":
                return of.with_flag(value) if value in filters.STATES else ()
        raise KeyError(field)

    def _in_feeds(self, wanted: Callable[[FeedName], bool]) -> Collection[int]:
        return self._of.articles_in_feeds(f.id for f in self._of.feeds() if wanted(f))

    def _mentioning(self, wanted: Callable[[Entity], bool]) -> Collection[int]:
        return self._of.articles_mentioning(e.id for e in self._of.entities() if wanted(e))


class Finder:
    """`open_index` is called at the first search, so that other work starts without it."""

    def __init__(
        self,
        store: Store,
        open_index: Callable[[], Index],
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._store = store
        self._open_index = open_index
        self._opened: Index | None = None
        self._clock = clock
        self._filters = StoreFilters(store)
        self._catalog = Catalog(store)
        self._completer = Completer(self._catalog, clock, lambda _beginning, _most: ())

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()

    def let_go(self) -> None:
        """The index was closed by its owner: the next search opens the one there is then."""
        self._opened = None

    def query(self, text: str) -> Query:
        """QueryError says what is wrong, and where."""
        return parse(text, self._clock())

    def hits(self, text: str, *, sort: str = "date", limit: int | None = None) -> Hits:
        return self._index().search(self.query(text), self._filters, sort=sort, limit=limit)

    def matching(self, text: str) -> "array[int]":
        """Every matching article, in no order."""
        return self._index().matching(self.query(text), self._filters)

    def count(self, text: str) -> int:
        return self._index().count(self.query(text), self._filters)

    def facet(self, text: str, name: str) -> Facet:
        """How many matching articles each value has, biggest first; days newest first."""
        offset = self._clock().astimezone().utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        values = self._store.selection.facet(self.matching(text), name, minutes)
        return Facet(name, tuple(values))

    def facets(self, text: str) -> tuple[Facet, ...]:
        """One for each of `FACETS`; nothing for a query that cannot be run."""
        try:
            return tuple(self.facet(text, name) for name in FACETS)
        except QueryError:
            return ()

    def clauses(self, text: str) -> tuple[Clause, ...]:
        """The parts of what was typed, in order; never a refusal."""
        return tuple(
            replace(clause, type=self._type_of(clause.value))
            if clause.field == "entity"
            else clause
            for clause in narrow.clauses(text)
        )

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """What could stand at the cursor, likeliest first."""
        return self._completer.complete(text, cursor)

    def narrowed(self, text: str, field: str, value: str, *, without: bool = False) -> str:
        """The query that also asks for `field:value`, or excludes it."""
        return narrow.narrowed(text, field, value, without=without)

    def instead(self, text: str) -> tuple[str, ...]:
        """For a query without hits: others that have some."""
        less = [narrow.without_parts(text, [one]) for one in narrow.conditions(text)]
        return tuple(query for query in less if query and self.count(query))

    def _type_of(self, entity: str) -> str:
        key = fold_key(entity)
        return next((one.type for one in self._catalog.entities() if key in one.keys), "")

    def found(self, text: str, *, sort: str = "date", limit: int = DEFAULT_LIMIT) -> Found:
        """A page of results with the passages that match."""
        index = self._index()
        hits = index.search(self.query(text), self._filters, sort=sort, limit=limit, scored=True)
        scores = dict(zip(hits.ids, hits.scores, strict=False))
        marks = {mark.article_id: mark for mark in self.marks(text, hits.ids)}
        lines = tuple(
            (_with_passage(line, marks.get(line.id)), scores.get(line.id, 0.0))
            for line in self._store.lists.lines(hits.ids)
        )
        return Found(hits.total, lines, "" if hits.total else self.hint(), hits.seconds)

    def hint(self) -> str:
        """What to do when nothing was found."""
        return NO_HITS if self._store.totals().articles else NOTHING_YET

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

    def _index(self) -> Index:
        if self._opened is None:
            self._opened = self._open_index()
        self._opened.refresh()
        return self._opened


def _with_passage(line: ArticleLine, mark: Marked | None) -> ArticleLine:
    return replace(line, snippet=mark.snippet) if mark and mark.snippet else line
