"""The search index: the one interface behind which an engine can change.

It can be thrown away and rebuilt from the database at any time; nothing has its only home here.
One writer at a time; readers see what was committed when they last refreshed. An `Index` belongs
to one thread.
"""

import time
from array import array
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np

from reader.domain.article import FIELDS, SearchDocument
from reader.domain.filters import Filters
from reader.domain.search import Hits
from reader.errors import IndexFailure
from reader.search import nodes, storage
from reader.search.dates import to_ms
from reader.search.evaluate import Allowed, Evaluator, Rarity, Result
from reader.search.language import Query
from reader.search.segment import UNKNOWN, Docs, Floats, Segment
from reader.search.storage import swap

__all__ = ["Checked", "Index", "IndexInfo", "swap"]

_BATCH = 500
_MEMORY_MB = 256
_ATTEMPTS = 10


@dataclass(frozen=True, slots=True)
class IndexInfo:
    documents: int
    segments: int
    bytes: int
    format: int


@dataclass(frozen=True, slots=True)
class Checked:
    """How the index differs from what should be in it; `problem` when it cannot be read."""

    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()
    problem: str = ""

    @property
    def good(self) -> bool:
        return not (self.missing or self.extra or self.twice or self.problem)


class Index:
    def __init__(self, folder: Path, whoosh: Any, *, write: bool) -> None:
        self._folder = folder
        self._whoosh = whoosh
        self._write = write
        self._writer: Any = None
        self._fresh: set[int] = set()
        self._gone: set[int] = set()
        self._reader: Any = None
        self._segments: list[Segment] = []
        self._columns: dict[str, dict[str, Docs]] = {}
        self._rarity: Rarity | None = None
        self._seen = (0, 0)
        self._open_reader()

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> "Index":
        """Makes a new one when it is missing and `write`; IndexFailure when it cannot be used."""
        return cls(folder, storage.open_folder(folder, write=write), write=write)

    @classmethod
    def create(cls, folder: Path) -> "Index":
        """An empty one, to be filled and then put in place with `swap`; replaces what is there."""
        storage.remove(folder)
        return cls(folder, storage.create(folder), write=True)

    def add(self, documents: Iterable[SearchDocument]) -> int:
        """Puts documents in, each replacing the one of its id; seen by searches after `commit`.

        Returns how many.
        """
        count, source = 0, iter(documents)
        while batch := list(islice(source, _BATCH)):
            self._add({document.id: document for document in batch})
            count += len(batch)
        return count

    def delete(self, ids: Iterable[int]) -> int:
        """Takes documents out; returns how many there were."""
        wanted = set(ids)
        if self._fresh & wanted:
            self.commit()
        with self._changing():
            return self._delete(wanted)

    def commit(self) -> None:
        """Makes everything added and deleted since the last commit visible, or nothing of it."""
        if self._writer is None:
            return
        with self._changing():
            self._writer.commit()
        self._writer = None
        self._fresh, self._gone = set(), set()
        self.refresh()

    def search(
        self,
        query: Query,
        filters: Filters,
        sort: str = "date",
        limit: int | None = None,
        *,
        scored: bool = False,
    ) -> Hits:
        """`sort` "date": newest first; "score": best first, then newest. `total` is exact.

        Scores are 0 in a list by date, unless `scored` says that they are wanted all the same.
        """
        began = time.perf_counter()
        ids, dates, scores = self._collect(query, filters, scored=scored or sort == "score")
        keys = (-ids, -dates, -scores) if sort == "score" else (-ids, -dates)
        order = np.lexsort(keys)[:limit]
        return Hits(
            len(ids),
            array("q", ids[order].tolist()),
            array("d", scores[order].tolist()),
            time.perf_counter() - began,
        )

    def count(self, query: Query, filters: Filters) -> int:
        allowed = self._resolve(query, filters)
        return sum(len(result.docs) for _segment, result in self._run(query, allowed, None))

    def matching(self, query: Query, filters: Filters) -> "array[int]":
        """The ids of all matching articles, ascending."""
        ids, _dates, _scores = self._collect(query, filters, scored=False)
        return array("q", np.sort(ids).tolist())

    def refresh(self) -> bool:
        """Opens what was committed since; False when there was nothing new."""
        if not self._folder.exists():  # being swapped this very moment
            return False
        new = self._state() != self._seen
        if new:
            self._open_reader()
        return new

    def info(self) -> IndexInfo:
        documents = sum(len(segment.live) for segment in self._segments)
        size = storage.size(self._folder)
        return IndexInfo(documents, len(self._segments), size, storage.FORMAT)

    def check(self, expected: Iterable[int]) -> Checked:
        """Compares with the ids that should be there, and reads every list of words once."""
        try:
            with storage.damage(self._folder):
                ids = self._ids()
                self._read_words()
        except IndexFailure as problem:
            return Checked(problem=str(problem))
        wanted = np.unique(np.fromiter(expected, dtype=np.int64))
        unique, counts = np.unique(ids, return_counts=True)
        return Checked(
            missing=tuple(np.setdiff1d(wanted, unique).tolist()),
            extra=tuple(np.setdiff1d(unique, wanted).tolist()),
            twice=tuple(unique[counts > 1].tolist()),
        )

    def close(self) -> None:
        """Drops what was not committed."""
        self._forget()
        self._close_reader()
        self._whoosh.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _add(self, batch: dict[int, SearchDocument]) -> None:
        if self._fresh & batch.keys():
            self.commit()  # a document that is not yet on disk cannot be taken out again
        with self._changing():
            self._delete(batch.keys())
            for document in batch.values():
                self._writer.add_document(**_fields(document))
        self._fresh |= batch.keys()

    def _delete(self, ids: Collection[int]) -> int:
        self._begin()
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        found = 0
        for segment in self._segments:
            here = segment.live[np.isin(segment.column("id")[segment.live], wanted)]
            numbers = {segment.offset + doc for doc in here.tolist()} - self._gone
            for number in numbers:
                self._writer.delete_document(number)
            self._gone |= numbers
            found += len(numbers)
        return found

    def _begin(self) -> None:
        """Takes the write lock; from here to the commit the segments stay as they are."""
        if not self._write:
            raise IndexFailure("The search index was opened for reading only.")
        if self._writer is None:
            self._writer = self._whoosh.writer(compound=False, limitmb=_MEMORY_MB)
            self.refresh()

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """All or nothing: a failure drops everything since the last commit, and the lock."""
        try:
            with storage.writing(self._folder):
                yield
        except BaseException:
            with suppress(Exception):
                self._forget()
            raise

    def _forget(self) -> None:
        writer, self._writer = self._writer, None
        self._fresh, self._gone = set(), set()
        if writer is None or writer.is_closed:
            return
        try:
            writer.cancel()
        finally:
            if not writer.is_closed:  # it failed before and again: only the lock matters
                writer.writelock.release()

    def _state(self) -> tuple[int, int]:
        """Changes with every commit, and when the whole folder is swapped for another."""
        with storage.damage(self._folder):
            return self._folder.stat().st_ino, self._whoosh.latest_generation()

    def _collect(
        self, query: Query, filters: Filters, *, scored: bool
    ) -> tuple[Docs, Docs, Floats]:
        allowed = self._resolve(query, filters)
        if scored and self._rarity is None:
            self._rarity = Rarity(self._segments)
        ids, dates, scores = [], [], []
        for segment, result in self._run(query, allowed, self._rarity if scored else None):
            ids.append(segment.column("id")[result.docs])
            dates.append(segment.column("sorted_at")[result.docs])
            scores.append(result.scores)
        if not ids:
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
        # The oldest possible date has no negative; nothing else is so old.
        known = np.maximum(np.concatenate(dates), UNKNOWN + 1)
        return np.concatenate(ids), known, np.concatenate(scores)

    def _run(
        self, query: Query, allowed: Allowed, rarity: Rarity | None
    ) -> Iterable[tuple[Segment, Result]]:
        with storage.damage(self._folder):
            return [(s, Evaluator(s, allowed, rarity).run(query.tree)) for s in self._segments]

    def _resolve(self, query: Query, filters: Filters) -> Allowed:
        """Asks for the ids of each filter once, outside the reading of the index."""
        allowed = {}
        for node in query.tree.leaves():
            if isinstance(node, nodes.Filter) and node not in allowed:
                allowed[node] = _array(filters.ids(str(node.fieldname), node.value))
        return allowed

    def _open_reader(self) -> None:
        with storage.damage(self._folder):
            for attempt in range(_ATTEMPTS):
                try:
                    self._try_reader()
                    break
                except FileNotFoundError:  # a writer in another process was quicker
                    if attempt == _ATTEMPTS - 1:
                        raise
                    time.sleep(0.05)

    def _try_reader(self) -> None:
        self._seen = self._state()
        reader = self._whoosh.reader()
        segments, columns = [], {}
        for leaf, offset in reader.leaf_readers():
            if leaf.doc_count_all():
                name = str(leaf.segment().segment_id())
                columns[name] = self._columns.get(name, {})
                segments.append(Segment(leaf, offset, columns[name]))
        self._close_reader()
        self._reader, self._segments, self._columns = reader, segments, columns
        self._rarity = None

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None
            self._segments = []

    def _ids(self) -> Docs:
        parts = [segment.column("id")[segment.live] for segment in self._segments]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def _read_words(self) -> None:
        for segment in self._segments:
            for field, form in segment.reader.all_terms():
                segment.reader.term_info(field, form)


def _array(ids: Collection[int]) -> Docs:
    if isinstance(ids, array) and ids.typecode == "q" and ids:
        return np.frombuffer(ids, dtype=np.int64)  # a million ids without looking at each
    return np.fromiter(ids, dtype=np.int64, count=len(ids))


def _fields(document: SearchDocument) -> dict[str, Any]:
    """What goes into the index; empty texts and unknown dates are left out."""
    texts = {name: document.texts.get(name) for name in FIELDS}
    values: dict[str, Any] = {**texts, "author": document.author, "url": document.url}
    found = {name: value for name, value in values.items() if value}
    dates: dict[str, datetime | None] = {
        "sorted_at": document.sorted_at,
        "first_seen": document.first_seen,
    }
    found |= {name: to_ms(moment) for name, moment in dates.items() if moment is not None}
    return found | {"id": document.id}
