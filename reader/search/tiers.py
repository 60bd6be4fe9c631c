"""Which segments are to be merged next: few enough for quick searches, rarely the large ones."""

from collections.abc import Sequence
from typing import NamedTuple

CAP = 250_000
"""Documents in a merged segment at most."""
_ROOM = 4
"""Segments there may be, but for those that are nearly as large as can be: each costs every query
as much again as a rare word, while merging is done when there is nothing better to do."""
_LEAST_ROOM = 3
_WASTE = 0.2
_AT_ONCE = 256


class Size(NamedTuple):
    documents: int
    deleted: int

    @property
    def live(self) -> int:
        return self.documents - self.deleted


def choose(sizes: Sequence[Size]) -> list[int]:
    """The indices of those to be made one; a single one has too many deleted; [] when all is well.

    The smallest go first, and as many as are no larger than all before them together, so that an
    article is written again only when its segment at least doubles.
    """
    small = [i for i, size in enumerate(sizes) if size.live <= CAP // 2]
    room = max(_LEAST_ROOM, _ROOM - (len(sizes) - len(small)))
    if len(small) > room:
        return _smallest(sizes, small, len(small) - room + 1)
    return [i for i, size in enumerate(sizes) if size.deleted > _WASTE * size.documents][:1]


def _smallest(sizes: Sequence[Size], small: Sequence[int], least: int) -> list[int]:
    chosen: list[int] = []
    total = 0
    for index in sorted(small, key=lambda i: sizes[i].live):
        live = sizes[index].live
        wanted = len(chosen) < max(least, 2) or live <= total
        if not wanted or total + live > CAP or len(chosen) == _AT_ONCE:
            break
        chosen.append(index)
        total += live
    return chosen
