"""Where in a text words stand to each other. `spans` counts the same for whole arrays.

A place is (first, last), the word positions it covers, both included. Distances count the other
words between: neighbours have none.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

Place = tuple[int, int]
FAR = 1 << 62
"""More words than any text has."""
MOST = 200_000
"""Places of one clause in one article, about: beyond, a bound on time and memory counts more."""


def single(positions: Iterable[int]) -> list[Place]:
    return [(position, position) for position in positions]


def chain(
    slots: Sequence[Sequence[int]], joins: Sequence[Collection[int]], between: int
) -> list[Place]:
    """Every place where the slots follow each other with at most `between` words in each gap.

    `slots[i]`: ascending positions of word i. `joins[i]`: positions of compounds in which words
    i and i + 1 are neighbouring parts; there both have the same position.
    """
    found = set(single(slots[0]))
    for positions, compounds in zip(slots[1:], joins, strict=True):
        inside = {place for place in found if place[1] in compounds} if compounds else set()
        if between:
            found = _after(sorted(found), single(positions), between) | inside
        else:
            here = set(positions)
            found = {(a, b + 1) for a, b in found if b + 1 in here} | inside
    return sorted(found)


def chains(slots: Sequence[Sequence[int]], joins: Sequence[Collection[int]], between: int) -> bool:
    """Whether `chain` has a place, without making them all."""
    lasts = slots[0]
    for positions, compounds in zip(slots[1:], joins, strict=True):
        if between:
            found = {p for p in positions if _reaches(lasts, p, between)}
        else:
            found = {last + 1 for last in lasts}.intersection(positions)
        if compounds:
            found |= {last for last in lasts if last in compounds}
        lasts = sorted(found)
    return bool(lasts)


def close(
    left: Sequence[Place], right: Sequence[Place], between: int, ordered: bool
) -> list[Place]:
    """Every place that holds one of each with at most `between` words in the gap."""
    found = _after(left, right, between)
    if not ordered:
        found |= _after(right, left, between)
    return sorted(found)


def meet(left: Sequence[Place], right: Sequence[Place], between: int, ordered: bool) -> bool:
    """Whether `close` has a place, without making them all."""
    return _follow(left, right, between) or (not ordered and _follow(right, left, between))


def sentence(left: Sequence[Place], right: Sequence[Place], starts: Sequence[int]) -> list[Place]:
    """Every place that holds one of each, one wholly after the other, in one sentence.

    `starts`: the ascending positions of the words that begin one.
    """
    found: set[Place] = set()
    for here, there in _together(left, right, starts):
        found |= _after(here, there, FAR) | _after(there, here, FAR)
    return sorted(found)


def share(left: Sequence[Place], right: Sequence[Place], starts: Sequence[int]) -> bool:
    """Whether `sentence` has a place, without making them all."""
    return any(meet(*sides, FAR, ordered=False) for sides in _together(left, right, starts))


def _together(
    left: Sequence[Place], right: Sequence[Place], starts: Sequence[int]
) -> Iterator[tuple[list[Place], list[Place]]]:
    """The places of both sides, sentence by sentence."""
    here, there = _by_sentence(left, starts), _by_sentence(right, starts)
    for number in sorted(here.keys() & there.keys()):
        yield here[number], there[number]


def _by_sentence(places: Sequence[Place], starts: Sequence[int]) -> dict[int, list[Place]]:
    """The places that lie wholly in one sentence, by its number."""
    found: dict[int, list[Place]] = {}
    for first, last in places:
        number = bisect_right(starts, first)
        if number == bisect_right(starts, last):
            found.setdefault(number, []).append((first, last))
    return found


def _after(left: Sequence[Place], right: Sequence[Place], between: int) -> set[Place]:
    """`right` sorted by where it begins."""
    begins = [first for first, _last in right]
    found: set[Place] = set()
    for first, last in left:
        low = bisect_right(begins, last)
        high = bisect_right(begins, last + between + 1)
        found.update((first, end) for _begin, end in right[low:high])
        if len(found) > MOST:
            break
    return found


def _follow(left: Sequence[Place], right: Sequence[Place], between: int) -> bool:
    lasts = sorted({last for _first, last in left})
    return any(_reaches(lasts, first, between) for first, _last in right)


def _reaches(lasts: Sequence[int], first: int, between: int) -> bool:
    """Whether one of the ascending `lasts` is before `first`, with few enough words between."""
    at = bisect_left(lasts, first)
    return at > 0 and first - lasts[at - 1] <= between + 1


def times(found: Iterable[Iterable[Place]]) -> int:
    """How often something stands in the fields together: places that begin apart."""
    return sum(len({first for first, _last in places}) for places in found)


class Windows:
    """Sorted places that may hold others."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._begins = [first for first, _last in places]
        self._reach = [*accumulate((last for _first, last in places), max)]

    def hold(self, place: Place) -> bool:
        """Whether one of them holds the whole place."""
        upto = bisect_right(self._begins, place[0])
        return upto > 0 and self._reach[upto - 1] >= place[1]
