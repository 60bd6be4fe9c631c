"""Everything the collector's writer thread owns: the store, the index, and what works on them.

The store is opened at once; the rest, which takes longer to load, when it is first asked for, so
that feeds can already be fetched meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Self

from reader.domain.due import Usual
from reader.domain.feed import Feed
from reader.domain.schedule import Rhythm
from reader.errors import IndexFailure
from reader.paths import LibraryPaths
from reader.services.clock import utc_now
from reader.services.due import due
from reader.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from reader.search.index import Index
    from reader.services.find import Finder
    from reader.services.ingest import Ingest
    from reader.services.likeness import Likeness
    from reader.services.upkeep import Upkeep
    from reader.workers.rebuilding import Rebuilding

logger = logging.getLogger(__name__)


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
        self._rhythm = rhythm
        self._alert_age = alert_age
        self._clock = clock
        self._usual: Usual | None = None
        self.store = Store.open(paths)

    def due(self, urls: Sequence[str] | None, *, everything: bool) -> list[Feed]:
        """The feeds to fetch now. NotFoundError names an address that is not subscribed."""
        return due(self.store, urls, self._clock(), everything=everything)

    def known(self, feeds: Iterable[Feed]) -> dict[int, bytes]:
        """By feed, the items that need not be read again, as `services.refresh` takes them."""
        return self.store.imprints.written(feed.id for feed in feeds)

    def furnish(self) -> None:
        """Load what the first article would need, while nobody waits for it yet."""
        self.upkeep.prepare()

    def hold(self, usual: Usual) -> None:
        """What alerts do unless they say otherwise."""
        self._usual = usual
        if "ingest" in vars(self):
            self.ingest.alarm.usual = usual

    @cached_property
    def index(self) -> Index:
        """A new one where there is none, or none that can be used: it is then filled again."""
        from reader.search.index import REBUILD, Index, remove

        with suppress(IndexFailure):  # of a rebuilding that was killed
            remove(beside(self.paths))
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

    @cached_property
    def finder(self) -> Finder:
        from reader.services.find import Finder

        return Finder(self.store, lambda: self.index, clock=self._clock)

    @cached_property
    def likeness(self) -> Likeness:
        from reader.services.likeness import Likeness

        return Likeness(self.store, self._clock)

    @cached_property
    def ingest(self) -> Ingest:
        from reader.services.ingest import Ingest

        ingest = Ingest(
            self.store,
            self._rhythm,
            alert_age=self._alert_age,
            likeness=self.likeness,
            clock=self._clock,
        )
        if self._usual is not None:
            ingest.alarm.usual = self._usual
        return ingest

    @cached_property
    def upkeep(self) -> Upkeep:
        from reader.services.upkeep import Upkeep

        return Upkeep(
            self.store,
            lambda: self.index,
            self.ingest.lexicon,
            self.ingest.watch,
            self.finder,
            self.likeness.sketch_some,
        )

    def rebuild(self) -> Rebuilding:
        from reader.workers.rebuilding import Rebuilding

        self.furnish()  # opening the index that goes on answering clears away what is beside it
        return Rebuilding(self)

    def close(self) -> None:
        try:
            if "index" in vars(self):
                self.index.close()
        finally:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def beside(paths: LibraryPaths) -> Path:
    """Where a new index is filled while the old one goes on answering."""
    return paths.root / "index.new"
