"""One immutable part of a Whoosh index, as arrays. The evaluator knows no other storage.

Documents are numbered from 0 within the segment; arrays of them are sorted and hold no deleted
ones.
"""

from collections.abc import Iterable
from errno import ENOENT
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.search.syntax import Slot

Docs = NDArray[np.int64]
Floats = NDArray[np.float64]

COLUMNS = ("id", "sorted_at", "first_seen")
UNKNOWN = -(2**63)
"""In a date column: no such date."""
NOBODY: Docs = np.empty(0, dtype=np.int64)
_KEPT = 256


class Segment:
    """Opens every file at once: a later commit may remove them from the folder at any moment."""

    def __init__(self, reader: Any, offset: int, known: dict[str, Docs]) -> None:
        """`offset`: the number of its first document in the whole index.

        `known`: its columns as far as they were read before; filled here. FileNotFoundError when
        the segment has been replaced meanwhile.
        """
        self.reader = reader
        self.offset = offset
        self._columns = known
        self._postings: dict[tuple[str, str], tuple[Docs, Floats]] = {}
        for name in COLUMNS:
            if name not in known:
                known[name] = self._read_column(name)
        for name in reader.indexed_field_names():
            reader.doc_field_length(0, name)

    @cached_property
    def live(self) -> Docs:
        every = np.arange(self.reader.doc_count_all(), dtype=np.int64)
        if not self.reader.has_deletions():
            return every
        gone = np.fromiter(self.reader.deleted_docs_set, dtype=np.int64)
        return np.setdiff1d(every, gone, assume_unique=True)

    def column(self, name: str) -> Docs:
        """The values of one of `COLUMNS` for every document, deleted ones too."""
        return self._columns[name]

    def postings(self, field: str, form: str) -> tuple[Docs, Floats]:
        """The documents with this form, and how often it stands in each."""
        known = self._postings.get((field, form))
        if known is None:
            known = self._read(field, form)
            if len(self._postings) >= _KEPT:
                self._postings.clear()
            self._postings[field, form] = known
        return known

    def forms(self, field: str, slot: Slot) -> list[str]:
        """The indexed forms that the slot accepts."""
        if slot.kind == "word":
            return [slot.text] if (field, slot.text) in self.reader else []
        if field not in self.reader.indexed_field_names():
            return []
        found = self.reader.expand_prefix(field, slot.beginning)
        return [form for form in (raw.decode() for raw in found) if slot.accepts(form)]

    def positions(self, field: str, forms: Iterable[str], docs: Docs) -> dict[int, list[int]]:
        """Where any of the forms stands, in those of `docs` that have one, ascending."""
        found: dict[int, set[int]] = {}
        for form in forms:
            for doc, positions in self._positions(field, form, docs):
                found.setdefault(doc, set()).update(positions)
        return {doc: sorted(positions) for doc, positions in found.items()}

    def length(self, field: str, docs: Docs) -> Floats:
        """How many words the field has in each of `docs`; what Whoosh keeps, which is rounded."""
        lengths = (self.reader.doc_field_length(doc, field) or 0 for doc in docs.tolist())
        return np.fromiter(lengths, dtype=np.float64, count=len(docs))

    def _read_column(self, name: str) -> Docs:
        values = self.reader.column_reader(name, translate=False)
        found = np.fromiter(values, dtype=np.int64, count=self.reader.doc_count_all())
        if name == "id" and UNKNOWN in found:  # Whoosh makes missing columns up
            raise FileNotFoundError(ENOENT, "a segment was replaced while it was opened")
        return found

    def _read(self, field: str, form: str) -> tuple[Docs, Floats]:
        if (field, form) not in self.reader:
            return NOBODY, np.empty(0)
        docs, counts = [], []
        matcher = self.reader.postings(field, form)
        while matcher.is_active():
            docs.append(matcher.id())
            counts.append(matcher.weight())
            matcher.next()
        return np.array(docs, dtype=np.int64), np.array(counts, dtype=np.float64)

    def _positions(self, field: str, form: str, docs: Docs) -> Iterable[tuple[int, list[int]]]:
        if (field, form) not in self.reader:
            return
        matcher = self.reader.postings(field, form)
        for wanted in docs.tolist():
            if matcher.is_active() and matcher.id() < wanted:
                matcher.skip_to(wanted)
            if not matcher.is_active():
                return
            if matcher.id() == wanted:
                yield wanted, matcher.value_as("positions")
