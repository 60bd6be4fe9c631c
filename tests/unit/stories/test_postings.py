"""The index from shingles to rows, against a plain dictionary."""

import random
from collections import defaultdict

import numpy as np
import pytest

from reader.stories import postings
from reader.stories.postings import Postings, numbers_of, rows_of


def hashes(*numbers: int) -> "np.ndarray[tuple[int], np.dtype[np.uint32]]":
    return np.array(sorted(numbers), np.uint32)


def found(index: Postings, *numbers: int, most: int = 1_000) -> set[tuple[int, int]]:
    packed = index.bearers(hashes(*numbers), most)
    return set(zip(numbers_of(packed).tolist(), rows_of(packed).tolist(), strict=True))


def test_empty_index_knows_nobody() -> None:
    assert found(Postings(), 0, 1, 2**32 - 1) == set()


def test_smallest_and_largest_shingle_are_found() -> None:
    index = Postings()
    index.enter(hashes(0, 2**32 - 1), 2**31)
    assert found(index, 0, 7, 2**32 - 1) == {(0, 2**31), (2**32 - 1, 2**31)}
    index.tidy(0)
    assert found(index, 0, 7, 2**32 - 1) == {(0, 2**31), (2**32 - 1, 2**31)}


@pytest.mark.parametrize("seed", range(4))
def test_finds_what_a_dictionary_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small arrays, so that every way from the fresh ones to the old ones is taken."""
    monkeypatch.setattr(postings, "_FRESH", 40)
    monkeypatch.setattr(postings, "_YOUNG", 200)
    rnd, index = random.Random(seed), Postings()
    plain: defaultdict[int, set[int]] = defaultdict(set)
    numbers = [rnd.randrange(2**32) for _ in range(150)]
    for row in range(300):
        some = rnd.sample(numbers, rnd.randrange(12))
        for number in some:
            plain[number].add(row)
        if index.enter(hashes(*some), row):
            index.tidy(0)
        if row % 20 == 0:
            asked = [*rnd.sample(numbers, 30), rnd.randrange(2**32)]
            assert found(index, *asked) == {(n, r) for n in asked for r in plain.get(n, ())}


def test_filling_is_entering_many() -> None:
    one, other = Postings(), Postings()
    rows = [(hashes(row, row + 1, 1_000), row) for row in range(50)]
    for some, row in rows:
        one.enter(some, row)
    other.fill(rows)
    other.fill([])
    asked = [0, 10, 50, 51, 1_000]
    assert found(one, *asked) == found(other, *asked)


def test_rows_that_are_too_old_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_YOUNG", 3)
    index = Postings()
    for row in range(6):
        index.enter(hashes(7, 100 + row), row)
        index.tidy(oldest=max(0, row - 2))
    assert found(index, 7, 100, 105) <= {(7, row) for row in range(2, 6)} | {(105, 5)}
    assert (105, 5) in found(index, 105)


def test_of_what_many_bear_only_some_are_given() -> None:
    index = Postings()
    index.fill([(hashes(7), row) for row in range(500)])
    assert 21 <= len(found(index, 7, most=21)) < 100
