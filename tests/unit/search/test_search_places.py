"""Places in one article, against every combination of positions."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from reader.search import places

_POSITIONS = st.lists(st.integers(0, 12), max_size=6, unique=True).map(sorted)
_SLOTS = st.lists(_POSITIONS, min_size=1, max_size=3)


@given(_SLOTS, st.data(), st.integers(0, 3))
def test_a_chain_is_every_way_to_lay_words_in_a_row(
    slots: list[list[int]], data: st.DataObject, between: int
) -> None:
    joins = [set(data.draw(_POSITIONS)) for _ in slots[1:]]
    found = {row for first in slots[0] for row in _rows(first, slots[1:], joins, between)}
    wanted = sorted({(row[0], row[-1]) for row in found})
    assert places.chain(slots, joins, between) == wanted
    assert places.chains(slots, joins, between) is bool(wanted)


def _rows(
    first: int, slots: list[list[int]], joins: list[set[int]], between: int
) -> set[tuple[int, ...]]:
    """Rows of positions that begin at `first`; a compound holds two words at one position."""
    rows: set[tuple[int, ...]] = {(first,)}
    for positions, compounds in zip(slots, joins, strict=True):
        apart = {(*row, p) for row, p in product(rows, positions) if 0 < p - row[-1] <= between + 1}
        rows = apart | {(*row, row[-1]) for row in rows if row[-1] in compounds}
    return rows


@given(_POSITIONS, _POSITIONS, st.integers(0, 3), st.booleans())
def test_two_words_are_close_when_few_enough_words_stand_between(
    left: list[int], right: list[int], between: int, ordered: bool
) -> None:
    wanted = {(a, b) for a, b in product(left, right) if 0 < b - a <= between + 1}
    if not ordered:
        wanted |= {(b, a) for a, b in product(left, right) if 0 < a - b <= between + 1}
    sides = places.single(left), places.single(right)
    assert places.close(*sides, between, ordered) == sorted(wanted)
    assert places.meet(*sides, between, ordered) is bool(wanted)


@given(_POSITIONS, _POSITIONS, _POSITIONS)
def test_two_words_share_a_sentence_when_none_begins_between_them(
    left: list[int], right: list[int], starts: list[int]
) -> None:
    wanted = {
        (min(a, b), max(a, b))
        for a, b in product(left, right)
        if a != b and not any(min(a, b) < start <= max(a, b) for start in starts)
    }
    sides = places.single(left), places.single(right)
    assert places.sentence(*sides, starts) == sorted(wanted)
    assert places.share(*sides, starts) is bool(wanted)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_windows_hold_what_lies_wholly_inside_one_of_them(pairs: list[tuple[int, int]]) -> None:
    inside = sorted((min(pair), max(pair)) for pair in pairs)
    windows = places.Windows(inside)
    for place in product(range(10), range(10)):
        if place[0] <= place[1]:
            assert windows.hold(place) is any(a <= place[0] and place[1] <= b for a, b in inside)


@given(_SLOTS)
def test_times_counts_beginnings(slots: list[list[int]]) -> None:
    found = [[*pairwise(slot)] for slot in slots]
    assert places.times(found) == sum(max(0, len(slot) - 1) for slot in slots)
