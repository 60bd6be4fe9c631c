"""Everything the collector's writer thread owns: the store, the index, and what works on them."""

import logging
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from reader.domain.schedule import Rhythm
from reader.errors import IndexFailure
from reader.paths import LibraryPaths
from reader.search.index import REBUILD, Index, remove, swap
from reader.services.find import Finder
from reader.services.ingest import Ingest
from reader.services.items import utc_now
from reader.services.likeness import Likeness
from reader.services.upkeep import CROWDED, Slice, Upkeep, fill
from reader.store.store import Store

logger = logging.getLogger(__name__)

REBUILDING = "Rebuilding the index"
_SLICE, _COMMITTED = 500, 10_000
"""Articles read at once, and put into one segment, when the index is built anew."""


class Desk:
    """Opened, used and closed by one thread, which is the only one that writes the index."""

    def __init__(
        self,
        paths: LibraryPaths,
        rhythm: Rhythm,
        alert_age: timedelta,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.paths = paths
        with ExitStack() as stack:
            self.store = stack.enter_context(Store.open(paths))
            with suppress(IndexFailure):  # of a rebuilding that was killed
                remove(_beside(paths))
            self.index = self._open_index()
            stack.callback(lambda: self.index.close())
            self.finder = Finder(self.store, lambda: self.index, clock=clock)
            self.likeness = Likeness(self.store, clock)
            self.ingest = Ingest(
                self.store, rhythm, alert_age=alert_age, likeness=self.likeness, clock=clock
            )
            self.upkeep = Upkeep(
                self.store,
                lambda: self.index,
                self.ingest.lexicon,
                self.ingest.watch,
                self.finder,
                self.likeness.sketch_some,
            )
            self._stack = stack.pop_all()

    def _open_index(self) -> Index:
        """A new one where there is none, or none that can be used: it is then filled again."""
        folder = self.paths.index
        if folder.is_dir() and any(folder.iterdir()):
            try:
                return Index.open(folder, write=True)
            except IndexFailure as problem:
                why = str(problem).partition(REBUILD)[0].strip()  # that is being done
                logger.warning("The search index is built anew: %s", why)
        # First, for an empty index with nothing to be put in looks whole.
        with self.store.transaction():
            self.store.queue.push_all()
        return Index.create(folder)

    def rebuild(self) -> "Rebuilding":
        return Rebuilding(self)

    def close(self) -> None:
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _beside(paths: LibraryPaths) -> Path:
    """Where a new index is filled while the old one goes on answering."""
    return paths.root / "index.new"


class Rebuilding:
    """A new index filled beside the old one, which goes on answering until `finish` swaps them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = _beside(desk.paths)
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
        self._desk.index.close()
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
