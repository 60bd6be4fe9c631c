"""The search index: the one interface behind which an engine can change.

It can be thrown away and rebuilt from the database at any time; nothing has its only home here.
One writer at a time; readers see what was committed when they last refreshed. An `Index` belongs
to one thread.
"""

import time
from array import array
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from reader.domain.article import SearchDocument
from reader.domain.filters import Filters
from reader.domain.search import Hits
from reader.errors import IndexFailure
from reader.search import nodes, storage
from reader.search.check import Checked, check
from reader.search.evaluate import Allowed, Evaluator, Mentions, Result, Unsupported, best
from reader.search.joined import Group
from reader.search.language import Query
from reader.search.manifest import REBUILD, Manifest
from reader.search.merging import Merging
from reader.search.segment import Segment
from reader.search.snapshot import Snapshot, load
from reader.search.storage import remove, swap
from reader.search.writing import Writing

__all__ = ["REBUILD", "Checked", "Facts", "Index", "IndexInfo", "Merging", "remove", "swap"]

_CROWD = 200
"""Segments that a commit leaves at most: each of them keeps a file open."""
_SETTLED = 1_000_000_000
"""Nanoseconds after which a file with the same stamp is surely the same file."""


@dataclass(frozen=True, slots=True)
class IndexInfo:
    documents: int
    segments: int
    bytes: int
    format: int
    deleted: int = 0
    """Documents that are still in the files, but in no answer."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index knows of all matches of a query, one element of each array for each match.

    `sorted_at`: milliseconds UTC, `segment.UNKNOWN` when there is no date. `language`: rows of
    `languages`, the codes that the articles have; "" when unknown.
    """

    ids: NDArray[np.int64]
    sorted_at: NDArray[np.int64]
    language: NDArray[np.int64]
    languages: tuple[str, ...]


class Index:
    def __init__(self, folder: Path, *, write: bool) -> None:
        self._folder = folder
        self._write = write
        self._writing: Writing | None = None
        self._snapshot: Snapshot
        self._read()

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> "Index":
        """Makes a new one when it is missing and `write`; IndexFailure when it cannot be used."""
        storage.open_folder(folder, write=write)
        return cls(folder, write=write)

    @classmethod
    def create(cls, folder: Path) -> "Index":
        """An empty one, to be filled and then put in place with `swap`; replaces what is there."""
        storage.remove(folder)
        storage.create(folder)
        return cls(folder, write=True)

    def add(self, documents: Iterable[SearchDocument]) -> int:
        """Puts documents in, each replacing the one of its id; seen by searches after `commit`.

        Returns how many.
        """
        return self._writer().add(documents)

    def delete(self, ids: Iterable[int]) -> int:
        """Takes documents out; returns how many there were."""
        return self._writer().delete(ids)

    def commit(self) -> None:
        """Makes everything added and deleted since the last commit visible, or nothing of it."""
        if self._writing is None:
            return
        self._writing.commit()
        while self.segments > _CROWD and (merging := self.merging()):
            while not merging.closed:
                merging.step()
        self.refresh()

    def merging(self) -> Merging | None:
        """The merge of segments under way, or the next; None when there is nothing to merge.

        To be done in steps, whenever there is nothing better to do.
        """
        return self._writer().merging()

    @property
    def segments(self) -> int:
        """How many there are; the more, the slower is a search."""
        return len(self._newest.parts)

    def search(
        self,
        query: Query,
        filters: Filters,
        sort: str = "date",
        limit: int | None = None,
        *,
        scored: bool = False,
        mentions: Mentions | None = None,
    ) -> Hits:
        """`sort` "date": newest first; "score": best first, then newest. `total` is exact.

        Scores are 0 in a list by date, unless `scored` says that they are wanted all the same.
        `mentions` says where entities stand, for queries that put them beside words.
        """
        began = time.perf_counter()
        scored = scored or sort == "score"
        newest = None if scored else limit
        results = self._run(query, filters, mentions, scored=scored, newest=newest)
        found = best(results, sort, limit)
        ids, scores = array("q"), array("d")
        ids.frombytes(found.ids.astype(np.int64).tobytes())
        scores.frombytes(found.scores.astype(np.float64).tobytes())
        return Hits(found.total, ids, scores, time.perf_counter() - began)

    def count(self, query: Query, filters: Filters, *, mentions: Mentions | None = None) -> int:
        return sum(len(result.docs) for _segment, result in self._run(query, filters, mentions))

    def matching(
        self, query: Query, filters: Filters, *, mentions: Mentions | None = None
    ) -> "array[int]":
        """The ids of all matching articles, ascending."""
        found = array("q")
        found.frombytes(np.sort(self.facts(query, filters, mentions=mentions).ids).tobytes())
        return found

    def facts(self, query: Query, filters: Filters, *, mentions: Mentions | None = None) -> Facts:
        """Of all matching articles, in no order."""
        rows: dict[str, int] = {}
        none = np.empty(0, np.int64)
        ids, dates, languages = [none], [none], [none]
        for segment, result in self._run(query, filters, mentions):
            row = [rows.setdefault(code, len(rows)) for code in segment.languages]
            ids.append(segment.column("id")[result.docs])
            dates.append(segment.column("sorted_at")[result.docs])
            languages.append(np.array(row, np.int64)[segment.language[result.docs]])
        every = [np.concatenate(parts) for parts in (ids, dates, languages)]
        return Facts(every[0], every[1], every[2], tuple(rows))

    def spellings(self, text: str, edits: int = 2) -> list[tuple[str, int]]:
        """Words at most `edits` typing errors from `text`, commonest first.

        With each about how many articles have it; deleted ones may be among them.
        """
        found: Counter[str] = Counter()
        with storage.damage(self._folder):
            for segment in self._newest.segments:
                found.update(dict(segment.spellings(text, edits)))
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """Words that begin so, commonest first, with about how many articles have each."""
        found: Counter[str] = Counter()
        with storage.damage(self._folder):
            for segment in self._snapshot.segments:
                found.update(dict(segment.beginning(prefix, 4 * most)))
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:most]

    def refresh(self) -> bool:
        """Opens what was committed since; False when there was nothing new."""
        before = self._snapshot
        if self._writing is not None:
            self._snapshot = self._writing.snapshot
            return self._snapshot is not before
        try:
            stamp = storage.stamp(self._folder)
        except FileNotFoundError:  # being swapped this very moment
            return False
        if stamp != self._stamp or not self._settled:
            self._read(before)
        return self._snapshot is not before

    def info(self) -> IndexInfo:
        parts = self._newest.parts
        with storage.damage(self._folder):
            size = storage.size(self._folder)
        deleted = sum(part.gone for part in parts)
        return IndexInfo(self._newest.documents, len(parts), size, storage.FORMAT, deleted)

    def check(self, expected: Iterable[int]) -> Checked:
        """Compares with the ids that should be there, and reads and verifies every file."""
        return check(self._folder, self._newest, expected)

    def close(self) -> None:
        """Drops what was not committed, and lets go of the files, so that they can be moved."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.close()
        self._snapshot = Snapshot(Manifest(), ())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _writer(self) -> Writing:
        """Takes the lock, and keeps it until `close`."""
        if not self._write:
            raise IndexFailure("The search index was opened for reading only.")
        if self._writing is None:
            self._writing = Writing(self._folder, self._snapshot)
        return self._writing

    @property
    def _newest(self) -> Snapshot:
        """As far as it is known: of a writer everything that is committed."""
        return self._snapshot if self._writing is None else self._writing.snapshot

    def _read(self, before: Snapshot | None = None) -> None:
        """Stamped before it is read: what comes between is then seen by the next refresh."""
        with storage.damage(self._folder):
            self._stamp = storage.stamp(self._folder)
        self._settled = time.time_ns() - self._stamp[1] > _SETTLED
        self._snapshot = load(self._folder, before)

    def _run(
        self,
        query: Query,
        filters: Filters,
        mentions: Mentions | None,
        *,
        scored: bool = False,
        newest: int | None = None,
    ) -> list[tuple[Group, Result]]:
        allowed = _resolved(query.tree, filters)
        with storage.damage(self._folder):
            rarity = self._newest.rarity if scored else None
            try:
                return [
                    (group, Evaluator(group, allowed, rarity, mentions).run(query.tree, newest))
                    for group in self._newest.groups
                ]
            except Unsupported:
                return [(segment, _stock(segment, query)) for segment in self._newest.segments]


def _stock(segment: Segment, query: Query) -> Result:
    from reader.search.codec import stock_docs  # here, for it is hardly ever needed

    docs = stock_docs(segment, query.tree)
    return Result(docs, np.zeros(len(docs), np.float32))


def _resolved(tree: Any, filters: Filters) -> Allowed:
    """Asks for the ids of each filter once, outside the reading of the index."""
    allowed = {}
    for node in tree.leaves():
        if isinstance(node, nodes.Filter) and node not in allowed:
            allowed[node] = _ascending(filters.ids(str(node.fieldname), node.value))
    return allowed


def _ascending(ids: "Collection[int] | NDArray[np.int64]") -> NDArray[np.int64]:
    """A million ids without looking at each, when they come as an array."""
    if isinstance(ids, np.ndarray):
        found = ids.astype(np.int64, copy=False)
    elif isinstance(ids, array) and ids.typecode == "q" and ids:
        found = np.frombuffer(ids, np.int64)
    else:
        found = np.fromiter(ids, np.int64, len(ids))
    return found if (found[1:] >= found[:-1]).all() else np.sort(found)
