"""Several small segments, asked as if they were one: a query then costs its steps only once.

The documents of each segment follow those of the one before. Large segments stay alone, so that
nothing as long as the whole library is ever copied together.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from reader.search.answers import Answers
from reader.search.lookup import Found, Key, Sought, key
from reader.search.pack import Array
from reader.search.postings import Docs, Mask, Stretch
from reader.search.recent import Recent
from reader.search.segment import REGIONS, Segment
from reader.search.spans import SHIFT, Keys
from reader.search.syntax import Slot

MOST = 1 << 18
"""Documents in what is joined."""
_SLOTS = 64
"""Words of which is kept what they stand for."""


class Joined(Answers):
    """At least one segment. Arrays that run beside documents are copied when they are asked for."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        super().__init__()
        self.segments = tuple(segments)
        *bases, self.count = accumulate((segment.count for segment in segments), initial=0)
        self.parts = tuple(zip(bases, segments, strict=True))
        self._found: Recent[Key, list[Found]] = Recent(_SLOTS)
        self._columns: dict[str, NDArray[np.int64]] = {}

    @cached_property
    def live(self) -> Mask | None:
        if all(segment.live is None for segment in self.segments):
            return None
        return np.concatenate([_all_live(segment) for segment in self.segments])

    @cached_property
    def end(self) -> Docs:
        return np.concatenate([segment.end for segment in self.segments])

    @cached_property
    def lead_at(self) -> Docs:
        return np.concatenate([segment.lead_at for segment in self.segments])

    @cached_property
    def body_at(self) -> Docs:
        return np.concatenate([segment.body_at for segment in self.segments])

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes of all segments in turn."""
        return tuple(code for segment in self.segments for code in segment.languages)

    @cached_property
    def language(self) -> Array:
        rows = accumulate((len(segment.languages) for segment in self.segments), initial=0)
        numbered = zip(self.segments, rows, strict=False)
        return np.concatenate([each.language.astype(np.int64) + row for each, row in numbered])

    def column(self, name: str) -> NDArray[np.int64]:
        if name not in self._columns:
            parts = [segment.column(name) for segment in self.segments]
            self._columns[name] = np.concatenate(parts)
        return self._columns[name]

    def frequency(self, field: str, slot: Slot) -> int:
        found = self._find(field, slot)
        return sum(min(f.size, part.count) for f, part in zip(found, self.segments, strict=True))

    def keys(self, field: str, slot: Slot, docs: Docs | None = None) -> Keys:
        own = [None for _ in self.parts] if docs is None else self._split(docs)
        asked = zip(self.parts, own, strict=True)
        return _renumbered((base, part.keys(field, slot, some)) for (base, part), some in asked)

    def sought(self, field: str, slot: Slot) -> list[Sought] | None:
        found = self._find(field, slot)
        if field in REGIONS or any(each.without for each in found):
            return None
        parts = zip(self.parts, found, strict=True)
        return [Sought(base, part.count, each) for (base, part), each in parts]

    def sentences(self, docs: Docs) -> Keys:
        parts = zip(self.parts, self._split(docs), strict=True)
        return _renumbered((base, part.sentences(own)) for (base, part), own in parts)

    def begun(self, keys: Keys) -> Keys:
        ends = keys.searchsorted([base << SHIFT for base, _part in self.parts[1:]])
        parts = zip(self.parts, np.split(keys, ends), strict=True)
        return _renumbered((base, part.begun(own - (base << SHIFT))) for (base, part), own in parts)

    def _split(self, docs: Docs) -> list[Docs]:
        """Those of each segment, numbered as there."""
        bases = np.array([base for base, _part in self.parts], docs.dtype)
        ends = [*docs.searchsorted(bases).tolist(), len(docs)]
        return [docs[a:b] - base for a, b, base in zip(ends, ends[1:], bases, strict=False)]

    def stretches(self, field: str, slot: Slot, *, weighed: bool = True) -> list[Stretch]:
        stretches = []
        for found, (base, part) in zip(self._find(field, slot), self.parts, strict=True):
            stretches += part.stretched(found, field, slot, base, weighed=weighed)
        return stretches

    def _find(self, field: str, slot: Slot) -> list[Found]:
        """Asked two or three times for each word of a query."""
        asked = key(field, slot)
        known = self._found.get(asked)
        if known is None:
            known = [segment.find(field, slot) for segment in self.segments]
            self._found.put(asked, known)
        return known


Group = Segment | Joined


def grouped(segments: Sequence[Segment], before: Sequence[Group] = ()) -> list[Group]:
    """All of them, the small ones joined, up to `MOST` documents; what is in `before` again."""
    known = {group.segments: group for group in before if isinstance(group, Joined)}
    found: list[list[Segment]] = []
    room = -1
    for segment in sorted(segments, key=lambda one: one.count):
        if segment.count > room:
            found.append([])
            room = MOST
        found[-1].append(segment)
        room -= segment.count
    return [_group(tuple(each), known) for each in found]


def _group(segments: tuple[Segment, ...], known: Mapping[tuple[Segment, ...], Joined]) -> Group:
    if len(segments) == 1:
        return segments[0]
    return known.get(segments) or Joined(segments)


def _renumbered(parts: Iterable[tuple[int, Keys]]) -> Keys:
    return np.concatenate([keys + (base << SHIFT) for base, keys in parts])


def _all_live(segment: Segment) -> Mask:
    return np.ones(segment.count, np.bool_) if segment.live is None else segment.live
