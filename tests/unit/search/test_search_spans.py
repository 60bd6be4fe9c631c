"""Arrays of keys tell of two words what a walk over every pair of them tells."""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from reader.search import spans
from reader.search.spans import NO_KEYS, SHIFT

Keys = NDArray[np.int64]


def keys(chance: random.Random, most: int, far: int = 20) -> Keys:
    found = {chance.randrange(3) << SHIFT | chance.randrange(far) for _ in range(most)}
    return np.array(sorted(found), dtype=np.int64)


def sided(left: Keys, right: Keys) -> Keys:
    return np.sort(np.concatenate([left << 1, right << 1 | 1]))


@pytest.mark.parametrize("many", [1, 1_000])
def test_the_last_value_of_each_stretch_is_found(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spans, "_MANY", many)
    chance = random.Random(many)
    for _ in range(30):
        lengths = [chance.choice((1, 2, 3, 70)) for _ in range(chance.randint(1, 40))]
        stretches = [sorted(chance.sample(range(200), length)) for length in lengths]
        values = np.array([one for some in stretches for one in some], dtype=np.uint8)
        low = np.cumsum([0, *lengths[:-1]])
        wanted = np.array([chance.randint(-3, 300) for _ in stretches])
        found = spans.last_upto(values, low, np.array(lengths), wanted)
        for at, (some, one) in enumerate(zip(stretches, wanted.tolist(), strict=True)):
            upto = [number for number, value in enumerate(some) if value <= one]
            assert found[at] - low[at] == (upto[-1] if upto else 0)


def test_nothing_is_the_last_of_no_stretches() -> None:
    assert len(spans.last_upto(np.empty(0, np.uint8), NO_KEYS, NO_KEYS, NO_KEYS)) == 0


@pytest.mark.parametrize("seed", range(3))
def test_words_of_two_sides_begin_the_places_where_they_are_near(seed: int) -> None:
    chance = random.Random(seed)
    refused = 0
    for _ in range(300):
        left, right = keys(chance, chance.randint(0, 12)), keys(chance, chance.randint(0, 12))
        between, ordered = chance.randint(0, 4), chance.random() < 0.5
        pairs = [(a, b) for a in left.tolist() for b in right.tolist()]
        pairs += [] if ordered else [(b, a) for a, b in pairs]
        begins = sorted({a for a, b in pairs if 0 < b - a <= between + 1})
        found = spans.words_near(sided(left, right), between, ordered)
        if set(left.tolist()) & set(right.tolist()):
            refused += found is None
        else:
            assert found is not None
        assert found is None or found.tolist() == begins
        whole = spans.near_begins(spans.single(left), spans.single(right), between, ordered)
        assert whole.tolist() == begins
    assert refused > 30


@pytest.mark.parametrize("seed", range(3))
def test_words_of_two_sides_begin_the_places_where_they_share_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    known = 0
    for _ in range(300):
        left, right = keys(chance, chance.randint(0, 6)), keys(chance, chance.randint(0, 6))
        starts = np.union1d(keys(chance, 8), np.arange(3, dtype=np.int64) << SHIFT)

        def begun(places: Keys, starts: Keys = starts) -> Keys:
            return starts[np.searchsorted(starts, places, "right") - 1]

        found = spans.words_together(sided(left, right), begun)
        pairs = [(a, b) for a in left.tolist() for b in right.tolist()]
        pairs += [(b, a) for a, b in pairs]
        begins = {a for a, b in pairs if a < b and (begun(np.array([a, b])) == begun(b)).all()}
        assert found is None or found.tolist() == sorted(begins)
        known += found is not None and bool(begins)
    assert known > 50


def test_a_word_counted_twice_at_a_place_begins_there_once() -> None:
    sides = np.array([3 << 1, 3 << 1, 5 << 1 | 1, 5 << 1 | 1, 6 << 1])
    near = spans.words_near(sides, 1, ordered=False)
    together = spans.words_together(sides, lambda places: places * 0)
    assert near is not None
    assert together is not None
    assert near.tolist() == together.tolist() == [3, 5]
