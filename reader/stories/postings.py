"""Who bears a shingle: an index of numbers to rows, in few arrays, that takes new ones at once.

What comes goes into a dictionary; that is merged into a sorted array, and that, less often, into
a large one, so that neither asking nor adding ever costs much. A bit for every shingle, by its
first 26 binary places, says of most of those asked for that they are in neither.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reader.stories.sketch import Hashes

Packed = NDArray[np.uint64]
"""Shingle and row in one number, the shingle in the higher half: sorted by it, then by row."""
Rows = NDArray[np.int64]

_FRESH, _YOUNG = 16_000, 400_000
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_NONE: Packed = np.zeros(0, np.uint64)
_BITS = 26
_UNSEEN = np.uint64(64 - _BITS)


def numbers_of(packed: Packed) -> Hashes:
    return (packed >> _HALF).astype(np.uint32)


def rows_of(packed: Packed) -> Rows:
    return (packed & _LOWER).astype(np.int64)


class Postings:
    def __init__(self) -> None:
        self._old = self._young = _NONE
        self._bits = np.zeros(1 << _BITS >> 3, np.uint8)
        self._fresh: dict[int, int] = {}
        self._again: dict[int, list[int]] = {}

    def enter(self, hashes: Hashes, row: int) -> bool:
        """Each of `hashes` once. Rows are to come in order and to be less than 2³². Returns
        whether it is time to `tidy`."""
        fresh, new = self._fresh, dict.fromkeys(hashes.tolist(), row)
        for number in fresh.keys() & new.keys():
            self._again.setdefault(number, []).append(new.pop(number))
        fresh.update(new)
        return len(fresh) > _FRESH

    def fill(self, entered: Sequence[tuple[Hashes, int]]) -> None:
        """As `enter`, many at once."""
        if entered:
            packed = [(hashes.astype(np.uint64) << _HALF) | np.uint64(r) for hashes, r in entered]
            self._old = _merged(self._old, np.concatenate(packed))
            self._note(self._old)

    def bearers(self, hashes: Hashes, most: int) -> Packed:
        """All that bear one of `hashes`, which are sorted; of each shingle at least `most`, if
        there are so many."""
        wanted = self._noted(hashes.astype(np.uint64) << _HALF)
        found = [_between(part, wanted, most) for part in (self._old, self._young) if len(part)]
        recent = self._recent(hashes)
        if recent:
            found.append(np.array(recent, np.uint64))
        if not found:
            return _NONE
        hits = np.concatenate(found)
        hits.sort()
        return hits

    def _recent(self, hashes: Hashes) -> list[int]:
        fresh = self._fresh
        known = [number for number in hashes.tolist() if number in fresh]
        packed = [number << 32 | fresh[number] for number in known]
        again = [number for number in known if number in self._again]
        return packed + [number << 32 | row for number in again for row in self._again[number]]

    def tidy(self, oldest: int) -> None:
        """Merges what came lately; rows below `oldest` are let go sooner or later."""
        several = [number << 32 | r for number, rows in self._again.items() for r in rows]
        numbers = np.fromiter(self._fresh, np.uint64, len(self._fresh)) << _HALF
        numbers |= np.fromiter(self._fresh.values(), np.uint64, len(self._fresh))
        new = np.append(numbers, np.array(several, np.uint64))
        self._young = _merged(self._young, new)
        self._note(new)
        self._fresh, self._again = {}, {}
        if len(self._young) > _YOUNG:
            self._old = _merged(_from(self._old, oldest), _from(self._young, oldest))
            self._young = _NONE
            self._bits[:] = 0
            self._note(self._old)

    def _note(self, packed: Packed) -> None:
        places = packed >> _UNSEEN
        np.bitwise_or.at(self._bits, places >> np.uint64(3), _bit(places))

    def _noted(self, packed: Packed) -> Packed:
        """Those that may be in one of the arrays."""
        places = packed >> _UNSEEN
        noted: Packed = packed[self._bits[places >> np.uint64(3)] & _bit(places) != 0]
        return noted


def _bit(places: Packed) -> NDArray[np.uint8]:
    return np.uint8(1) << (places & np.uint64(7)).astype(np.uint8)


def _between(part: Packed, wanted: Packed, most: int) -> Packed:
    begin = np.searchsorted(part, wanted)
    there = (part[np.minimum(begin, len(part) - 1)] ^ wanted) <= _LOWER
    there &= begin < len(part)
    begin, wanted = begin[there], wanted[there]
    again = (part[np.minimum(begin + 1, len(part) - 1)] ^ wanted) <= _LOWER
    several = begin[again]
    if not len(several):
        return part[begin]
    counts = np.minimum(np.searchsorted(part, wanted[again] | _LOWER, "right") - several, most)
    places = np.repeat(several - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    return np.concatenate((part[begin[~again]], part[places]))


def _merged(part: Packed, more: Packed) -> Packed:
    more = np.sort(more)
    return np.insert(part, np.searchsorted(part, more), more)


def _from(part: Packed, oldest: int) -> Packed:
    return part[(part & _LOWER) >= oldest]
