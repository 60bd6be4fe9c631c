"""The one writer of an index: what is added and deleted until it is committed, and merges.

Everything is written to files that no manifest names yet; then the manifest is replaced. What goes
wrong before that leaves the index as it was, and nothing behind.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import numpy as np
from whoosh.util.filelock import FileLock

from reader.domain.article import SearchDocument
from reader.errors import IndexFailure
from reader.search import manifest, storage, tiers
from reader.search.builder import Builder
from reader.search.manifest import LOCK, Entry, Manifest, Mask
from reader.search.merge import Merger
from reader.search.merge import Part as Source
from reader.search.merging import Merging, carried
from reader.search.snapshot import Part, Snapshot, load, opened

_MOST_WAITING = 500
"""Articles; then they are taken apart, and only what the index needs of them is kept."""
_MOST_CHUNKS = 2_500_000
"""Words, about, in memory; then they go to a segment that no manifest names yet."""


class Writing:
    """Holds the lock of a folder until it is closed. `snapshot` is the newest generation."""

    def __init__(self, folder: Path, before: Snapshot) -> None:
        """IndexFailure when another program is writing."""
        self._folder = folder
        self._lock = _locked(folder)
        self._builder = Builder()
        self._merging: Merging | None = None
        self._begin()
        try:
            self.snapshot = load(folder, before)
            self._sweep()
        except BaseException:
            self._lock.release()
            raise

    def add(self, documents: Iterable[SearchDocument]) -> int:
        """Each replaces the one of its id. Returns how many."""
        count = 0
        with self._all_or_nothing():
            for document in documents:
                self._waiting[document.id] = document
                count += 1
                if len(self._waiting) >= _MOST_WAITING:
                    self._build()
        return count

    def delete(self, ids: Iterable[int]) -> int:
        """Returns how many there were."""
        wanted = set(ids)
        found = wanted & self._waiting.keys()
        for number in found:
            del self._waiting[number]
        with self._all_or_nothing():
            if wanted & self._built:
                self._flush()
            return len(found | self._mark(wanted))

    def commit(self) -> None:
        """Makes `snapshot` what was added and deleted; without a change there is no new one."""
        with self._all_or_nothing():
            self._flush()
            if self._flushed or self._gone:
                parts = [*self.snapshot.parts, *self._flushed]
                self._publish([(part, self._gone.get(part.entry.name)) for part in parts])
        self._begin()

    def merging(self) -> Merging | None:
        """The merge under way, or the next one; None when there is nothing to merge."""
        if self._merging is not None and self._merging.closed:
            self._merging = None
        if self._merging is None:
            parts = self.snapshot.parts
            chosen = tiers.choose([tiers.Size(part.entry.documents, part.gone) for part in parts])
            if chosen:
                self._merging = self._begin_merging([parts[index] for index in chosen])
        return self._merging

    def close(self) -> None:
        """Drops what was not committed, and the merge under way."""
        if self._merging is not None:
            self._merging.close()
        if self._lock is not None:
            self._forget()
            self._lock.release()
            self._lock = None

    def _begin(self) -> None:
        self._waiting: dict[int, SearchDocument] = {}
        self._built: set[int] = set()
        self._flushed: list[Part] = []
        self._gone: dict[str, Mask] = {}

    def _build(self) -> None:
        """Takes apart what waits; an article that comes again goes to another segment."""
        if self._built & self._waiting.keys():
            self._flush_built()
        for document in self._waiting.values():
            self._builder.add(document)
        self._built |= self._waiting.keys()
        self._waiting = {}
        if self._builder.chunks >= _MOST_CHUNKS:
            self._flush_built()

    def _flush(self) -> None:
        if self._waiting:
            self._build()
        self._flush_built()

    def _flush_built(self) -> None:
        """Writes a segment, and marks what it replaces."""
        if not self._built:
            return
        self._mark(self._built)
        entry = Entry(manifest.new_name(), len(self._built))
        self._builder.write(self._folder / entry.file)
        self._flushed.append(opened(self._folder, entry, np.zeros(entry.documents, np.bool_)))
        self._built = set()

    def _mark(self, ids: Collection[int]) -> set[int]:
        """Deletes these; returns which of them there were."""
        found: set[int] = set()
        wanted = np.fromiter(ids, np.int64, len(ids))
        for part in (*self.snapshot.parts, *self._flushed) if len(wanted) else ():
            deleted = self._gone.get(part.entry.name, part.deleted)
            known = part.segment.column("id")
            here = np.isin(known, wanted) & ~deleted
            if here.any():
                self._gone[part.entry.name] = deleted | here
                found.update(known[here].tolist())
        return found

    def _publish(self, parts: Sequence[tuple[Part, Mask | None]]) -> None:
        """Makes these the index, each with what is deleted of it now (None: as it was)."""
        generation = self.snapshot.manifest.generation + 1
        kept = []
        for part, deleted in parts:
            if deleted is None:
                kept.append(part)
            elif not deleted.all():
                name = manifest.write_deleted(self._folder, part.entry, generation, deleted)
                entry = Entry(part.entry.name, part.entry.documents, name)
                kept.append(part.deleting(entry, deleted))
        new = Manifest(generation, tuple(part.entry for part in kept))
        manifest.write(self._folder, new)
        self.snapshot = Snapshot(new, tuple(kept))
        self._sweep()

    def _begin_merging(self, parts: Sequence[Part]) -> Merging:
        name = manifest.new_name()
        with storage.damage(self._folder), storage.writing(self._folder):
            sources = [Source(part.pack, part.deleted) for part in parts]
            merger = Merger(sources, self._folder / Entry(name, 0).file)
        install = partial(self._install, name, parts, merger)
        return Merging(self._folder, name, merger, install, self._sweep)

    def _install(self, name: str, sources: Sequence[Part], merger: Merger) -> None:
        """Puts a merged segment in the place of its sources, with what was deleted meanwhile.

        What is not committed yet goes on to be not committed.
        """
        names = {part.entry.name for part in sources}
        now = {part.entry.name: part.deleted for part in self.snapshot.parts}
        every = [now.get(p.entry.name, np.ones_like(p.deleted)) for p in sources]
        deleted = carried(merger, every)
        rest = [part for part in self.snapshot.parts if part.entry.name not in names]
        parts: list[tuple[Part, Mask | None]] = [(part, None) for part in rest]
        with self._all_or_nothing():
            new = opened(self._folder, Entry(name, merger.count), np.zeros_like(deleted))
            self._publish([*parts, (new, deleted if deleted.any() else None)])
        if names & self._gone.keys():
            pending = [self._gone.pop(p.entry.name, m) for p, m in zip(sources, every, strict=True)]
            self._gone[name] = carried(merger, pending)

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """A failure drops everything since the last commit."""
        try:
            with storage.damage(self._folder), storage.writing(self._folder):
                yield
        except BaseException:
            self._forget()
            raise

    def _forget(self) -> None:
        self._builder = Builder()
        self._begin()
        with suppress(IndexFailure):  # the failure may have come when the manifest was replaced
            self.snapshot = load(self._folder, self.snapshot)
        self._sweep()

    def _sweep(self) -> None:
        kept = {part.entry.name for part in self._flushed}
        if self._merging is not None and not self._merging.closed:
            kept.add(self._merging.name)
        manifest.sweep(self._folder, kept)


def _locked(folder: Path) -> FileLock:
    with storage.writing(folder):
        lock = FileLock(str(folder / LOCK))
        if lock.acquire():
            return lock
    raise IndexFailure(
        f"Another program is writing the search index in {folder}. Wait until it is done."
    )
