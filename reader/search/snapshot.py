"""What one generation of an index holds, opened; a new one takes over what has not changed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np

from reader.search import manifest, storage
from reader.search.joined import Group, grouped
from reader.search.manifest import Entry, Manifest, Mask
from reader.search.pack import Pack
from reader.search.ranking import Rarity, Slow
from reader.search.segment import Segment

_ATTEMPTS = 20
_PAUSE = 0.025


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of the index, and which of its documents are deleted."""

    entry: Entry
    pack: Pack
    deleted: Mask
    segment: Segment

    def deleting(self, entry: Entry, deleted: Mask) -> "Part":
        """The same with other documents deleted; what is cached of it goes on to be."""
        return Part(entry, self.pack, deleted, self.segment.deleting(_live(deleted)))

    @property
    def gone(self) -> int:
        return int(np.count_nonzero(self.deleted))


class Snapshot:
    """All segments of a generation. Arrays are mapped: they outlive the removal of their files."""

    def __init__(
        self, manifest: Manifest, parts: tuple[Part, ...], before: "Snapshot | None" = None
    ) -> None:
        """`before`: what it knows of segments that are still there goes on to be known."""
        self.manifest = manifest
        self.parts = parts
        self.segments = [part.segment for part in parts]
        self.groups: list[Group] = grouped(self.segments, before.groups if before else ())
        self.slow: Slow = before.slow if before else WeakKeyDictionary()

    @cached_property
    def rarity(self) -> Rarity:
        return Rarity(self.groups, self.slow)

    @property
    def documents(self) -> int:
        """Without deleted ones."""
        return sum(part.entry.documents - part.gone for part in self.parts)


def load(folder: Path, before: Snapshot | None = None) -> Snapshot:
    """The newest generation; IndexFailure when it is damaged or another version's."""
    known = {part.entry.name: part for part in before.parts} if before else {}
    with storage.damage(folder):
        for attempt in range(_ATTEMPTS):
            try:
                listed = manifest.read(folder)
                if before and listed == before.manifest:
                    return before
                parts = tuple(_part(folder, entry, known) for entry in listed.segments)
                return Snapshot(listed, parts, before)
            except FileNotFoundError:  # a writer in another process was quicker
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(_PAUSE)
    raise AssertionError("the last attempt returns or raises")


def opened(folder: Path, entry: Entry, deleted: Mask) -> Part:
    """A segment that was just written."""
    pack = Pack(folder / entry.file)
    return Part(entry, pack, deleted, Segment(pack, _live(deleted)))


def _part(folder: Path, entry: Entry, known: Mapping[str, Part]) -> Part:
    part = known.get(entry.name)
    if part and part.entry.deleted == entry.deleted:
        return part
    deleted = manifest.read_deleted(folder, entry)
    part = part.deleting(entry, deleted) if part else opened(folder, entry, deleted)
    if part.segment.count != entry.documents:
        raise ValueError(f"{entry.file} is not the segment that the manifest names")
    return part


def _live(deleted: Mask) -> Mask | None:
    return ~deleted if deleted.any() else None
