"""Sets of article ids as arrays: int64, ascending, each id once; nobody may write into them."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOBODY: Ids = np.empty(0, dtype=np.int64)
_SPARSE = 16
"""Ids are sorted when they are fewer than one in so many of all there are, else marked off."""

T = TypeVar("T")


def numbers(text: str) -> Ids:
    """The numbers in a text that has spaces between them, in its order."""
    return np.fromstring(text, dtype=np.int64, sep=" ") if text else NOBODY


def union(parts: Sequence[Ids]) -> Ids:
    """Every id that is in one of `parts`."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0] if filled else NOBODY
    every = np.concatenate(filled)
    top = max(int(part[-1]) for part in filled)
    return np.unique(every) if len(every) * _SPARSE < top else np.flatnonzero(mask(every, top))


def mask(ids: Ids, top: int) -> Flags:
    """`top` + 1 flags, true at each of `ids`, of which none is beyond `top`."""
    flags = np.zeros(top + 1, dtype=np.bool_)
    flags[ids] = True
    return flags


def top_of(*parts: Ids) -> int:
    """The highest id in any of them; 0 when all are empty."""
    return max((int(part[-1]) for part in parts if len(part)), default=0)


class Kept(Generic[T]):
    """What `read` gave, until the library changes."""

    def __init__(self, read: Callable[[], T], stamp: Callable[[], object]) -> None:
        self._read = read
        self._stamp = stamp
        self._seen: object = None
        self._value: T | None = None

    def get(self) -> T:
        stamp = self._stamp()
        if self._value is None or stamp != self._seen:
            self._value, self._seen = self._read(), stamp
        return self._value
