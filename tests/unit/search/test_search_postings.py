"""Postings brought together give what adding them up one by one gives."""

import random
from collections import Counter

import numpy as np
import pytest

from reader.search import postings
from reader.search.postings import Stretch, distinct, holding, spread, summed, union, weights_in

Wanted = Counter[int]


def stretch(chance: random.Random, base: int, extent: int, wanted: Wanted) -> Stretch:
    """Some postings; adds to `wanted` what they weigh."""
    single = chance.random() < 0.8
    runs = [
        sorted(chance.sample(range(extent), chance.randrange(extent + 1)))
        for _ in range(1 if single else 3)
    ]
    docs = [doc for run in runs for doc in run]
    weights = [chance.randrange(1, 7) for _ in docs]
    marked = None if chance.random() < 0.4 else [chance.random() < 0.7 for _ in range(extent)]
    for doc, weight in zip(docs, weights, strict=True):
        if marked is None or marked[doc]:
            wanted[base + doc] += weight
    kind = np.uint8 if extent <= 256 else np.uint16
    only = None if marked is None else np.array(marked, np.bool_)
    return Stretch(np.array(docs, kind), np.array(weights, np.uint8), only, base, extent, single)


def some(chance: random.Random) -> tuple[list[Stretch], int, Wanted]:
    """Stretches of up to three segments, how many documents these have, and what weighs where."""
    found, wanted, base = [], Wanted(), 0
    for _ in range(chance.randint(0, 3)):
        extent = chance.choice((1, 9, 40, 300))
        found += [stretch(chance, base, extent, wanted) for _ in range(chance.randint(0, 4))]
        base += extent
    return found, base, wanted


@pytest.fixture(params=["as many as are usual", "few", "many"])
def ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is looked up, sorted or marked: the answers are the same."""
    if request.param != "as many as are usual":
        few = request.param == "few"
        monkeypatch.setattr(postings, "_FEW", 0 if few else 10**9)
        monkeypatch.setattr(postings, "_FEW_AT_ALL", 10**9 if few else 0)
        monkeypatch.setattr(postings, "_FAR_FEWER", 0 if few else 10**9)
        monkeypatch.setattr(postings, "_SMALL", 10**9 if few else 0)


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize("seed", range(60))
def test_every_document_is_there_once_with_all_that_weighs_in_it(seed: int) -> None:
    stretches, count, wanted = some(random.Random(seed))
    docs, weights = summed(stretches, count)
    assert dict(zip(docs.tolist(), weights.tolist(), strict=True)) == wanted
    assert docs.tolist() == union(stretches, count).tolist() == sorted(wanted)
    dense = spread(stretches, np.zeros(count, np.float32))
    assert dense.tolist() == [wanted[doc] for doc in range(count)]
    assert docs.dtype == union(stretches, count).dtype == np.uint32
    assert weights.dtype == dense.dtype == np.float32


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize("seed", range(60))
def test_of_some_documents_it_is_known_what_they_hold(seed: int) -> None:
    chance = random.Random(1000 + seed)
    stretches, count, wanted = some(chance)
    docs = np.array(sorted(chance.sample(range(count), chance.randint(0, count))), np.uint32)
    assert holding(stretches, docs, count).tolist() == [wanted[n] > 0 for n in docs.tolist()]
    assert weights_in(stretches, docs, count).tolist() == [wanted[n] for n in docs.tolist()]


@pytest.mark.parametrize("values", [[], [3], [3, 3], [5, 6, 1, 6, 9, 1], [1, 2, 3]])
def test_distinct_values_ascend_and_come_once(values: list[int]) -> None:
    assert distinct(np.array(values, np.uint32)).tolist() == sorted(set(values))
