"""A new index filled beside the old one, which goes on answering until the two change places."""

from contextlib import suppress

from reader.errors import IndexFailure
from reader.search.index import Index, remove, swap
from reader.services.slices import Slice
from reader.services.upkeep import CROWDED, fill
from reader.workers.desk import Desk, beside

REBUILDING = "Rebuilding the index"
_SLICE, _COMMITTED = 500, 10_000
"""Articles read at once, and put into one segment."""


class Rebuilding:
    """Filled by `some` until nothing is left; `finish` swaps the two, `close` gives up the new."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._old = desk.index  # opened first, for that removes what a killed rebuilding left
        self._folder = beside(desk.paths)
        self._new: Index | None = Index.create(self._folder)
        self._below: int | None = None
        self._waiting = 0

    def some(self) -> Slice:
        """Put one slice of the library into the new index, newest first."""
        assert self._new is not None  # noqa: S101 - `finish` is the last call
        merging = self._new.merging() if self._new.segments > CROWDED else None
        if merging is not None:
            merging.step()
            return Slice(0, self._left(), REBUILDING)
        ids = self._desk.store.articles.ids_below(self._below, _SLICE)
        fill(self._desk.store, self._new, ids)
        self._below = min(ids, default=1)
        self._waiting += len(ids)
        if self._waiting >= _COMMITTED or not ids:
            self._new.commit()
            self._waiting = 0
        return Slice(len(ids), self._left(), REBUILDING)

    def _left(self) -> int:
        return (self._below or 1) - 1  # about: ids are dense

    def finish(self) -> None:
        if self._new is None:
            return
        self._new.close()
        self._new = None
        self._desk.finder.let_go()
        self._old.close()
        try:
            swap(self._desk.paths.index, self._folder)
        finally:  # one of the two is whole, and must not be taken for an empty one
            self._desk.index = Index.open(self._desk.paths.index, write=True)

    def close(self) -> None:
        """What was not finished is given up; the old index is as it was."""
        if self._new is not None:
            self._new.close()
            self._new = None
        with suppress(IndexFailure):  # the next one begins by removing it
            remove(self._folder)
