"""Several segments, asked as one, answer as one segment of all their articles does."""

import random
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from whoosh import query

from reader.search import answers, joined, picked
from reader.search.builder import Builder
from reader.search.evaluate import Evaluator, Rarity
from reader.search.joined import Joined, grouped
from reader.search.nodes import leaf
from reader.search.ranking import best
from reader.search.segment import Segment
from reader.search.syntax import Slot
from tests.helpers.search_lists import (
    SLOTS,
    Doc,
    Lists,
    Told,
    allowed,
    library,
    placed,
    tree,
    true,
)

WORD = Slot("word", "ports")


def stored(docs: list[Doc], deleted: tuple[int, ...] = ()) -> Segment:
    builder = Builder()
    for doc in docs:
        builder.add(doc.article())
    segment = builder.segment()
    if not deleted:
        return segment
    live = np.ones(len(docs), np.bool_)
    live[list(deleted)] = False
    return segment.deleting(live)


DOCS = library(random.Random(21), 40)
CUTS = (0, 13, 14, 30, 40)


def parted(deleted: tuple[int, ...] = ()) -> Joined:
    """The library in four segments."""
    parts = pairwise(CUTS)
    return Joined(
        [stored(DOCS[a:b], tuple(n - a for n in deleted if a <= n < b)) for a, b in parts]
    )


def alike(trees: Iterable[query.Query]) -> int:
    """How many documents the trees find, in several segments as in one."""
    apart, lists = parted(), Lists(DOCS)
    rarity, hits = Rarity([apart]), 0
    for asked in trees:
        found = Evaluator(apart, allowed(asked, DOCS), rarity, Told(DOCS)).run(asked)
        whole = Evaluator(lists, allowed(asked, DOCS), rarity, Told(DOCS)).run(asked)
        assert found.docs.tolist() == whole.docs.tolist(), asked
        assert found.scores == pytest.approx(whole.scores, rel=1e-5), asked
        hits += len(found.docs)
    return hits


@pytest.mark.parametrize("seed", range(4))
def test_a_tree_finds_and_scores_what_it_does_in_one_segment(seed: int) -> None:
    chance = random.Random(seed)
    assert alike(tree(chance) for _ in range(60)) > 200


@pytest.mark.parametrize("few", [1, 1 << 14])
def test_long_lists_of_several_segments_are_read_one_by_one(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picked, "_LONG", 1)
    monkeypatch.setattr(picked, "_FEW", few)
    chance = random.Random(21)
    narrowed = (query.And([placed(chance, "text", 2)]) for _ in range(60))
    assert alike(narrowed) > 200


@pytest.mark.parametrize("gone", [(), (2, 13, 39)])
def test_the_newest_of_a_word_are_the_first_of_its_whole_list(
    gone: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_NEWEST", 20)
    apart, left_out = parted(gone), 0
    for slot in SLOTS:
        asked = leaf("text", slot)
        whole = [(apart, Evaluator(apart, {}).run(asked))]
        for limit in (1, 2, 5, 60):
            found = Evaluator(apart, {}).run(asked, limit)
            left_out += found.more
            first, expected = best([(apart, found)], "date", limit), best(whole, "date", limit)
            assert (first.total, first.ids.tolist()) == (expected.total, expected.ids.tolist())
    assert left_out > 20


def test_the_newest_at_hand_are_in_the_order_of_a_list_by_date(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ordered = sorted(DOCS, key=lambda doc: (doc.sorted_at, doc.id), reverse=True)
    for most in (1, 7, len(DOCS), 2 * len(DOCS)):
        monkeypatch.setattr(answers, "_NEWEST", most)
        apart = parted()
        assert apart.column("id")[apart.newest].tolist() == [doc.id for doc in ordered[:most]]


def test_what_is_deleted_in_a_segment_is_found_by_nothing() -> None:
    chance = random.Random(9)
    gone = (2, 13, 39)
    less = parted(gone)
    assert less.live is not None
    assert np.flatnonzero(~less.live).tolist() == list(gone)
    for _ in range(40):
        asked = tree(chance)
        found = Evaluator(less, allowed(asked, DOCS), None, Told(DOCS)).run(asked)
        ids = less.column("id")[found.docs].tolist()
        assert ids == [d.id for n, d in enumerate(DOCS) if n not in gone and true(asked, d)], asked


def test_words_weigh_and_are_held_as_in_one_segment() -> None:
    apart, whole = parted(), stored(DOCS)
    chance = random.Random(3)
    for slot in (WORD, Slot("glob", "air*"), Slot("exact", "air defence"), Slot("cased", "apple")):
        for field in ("text", "title", "author"):
            docs = np.array(sorted(chance.sample(range(40), 20)), np.uint32)
            assert apart.docs(field, slot).tolist() == whole.docs(field, slot).tolist()
            for one, other in zip(
                (*apart.weighed(field, slot), apart.holding(field, slot, docs)),
                (*whole.weighed(field, slot), whole.holding(field, slot, docs)),
                strict=True,
            ):
                assert one.tolist() == other.tolist()
            held, weights = apart.weighed(field, slot)
            every = apart.spread(field, slot)
            assert np.flatnonzero(every).tolist() == held.tolist()
            assert every[held].tolist() == weights.tolist()
            assert apart.weights(field, slot, docs).tolist() == every[docs].tolist()
            assert apart.frequency(field, slot) >= len(held)


def test_columns_follow_one_another() -> None:
    apart = parted()
    assert apart.count == len(DOCS)
    assert apart.column("id").tolist() == [doc.id for doc in DOCS]
    assert apart.end.tolist() == [doc.end for doc in DOCS]
    assert [apart.languages[row] for row in apart.language] == [doc.language for doc in DOCS]
    assert [base for base, _segment in apart.parts] == list(CUTS[:-1])
    assert apart.live is None


def test_the_best_of_joined_segments_are_the_best_of_each() -> None:
    apart = parted()
    asked = tree(random.Random(5))
    rarity = Rarity([apart])
    at_once = [(apart, Evaluator(apart, allowed(asked, DOCS), rarity, Told(DOCS)).run(asked))]
    each = [
        (segment, Evaluator(segment, allowed(asked, DOCS), rarity, Told(DOCS)).run(asked))
        for segment in apart.segments
    ]
    for sort in ("date", "score"):
        for limit in (0, 1, 5, None):
            one, other = best(at_once, sort, limit), best(each, sort, limit)
            assert (one.total, one.ids.tolist()) == (other.total, other.ids.tolist())


def test_small_segments_are_joined_and_large_ones_stay_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(joined, "MOST", 20)
    segments = [stored(DOCS[:n]) for n in (19, 3, 25, 5, 8)]
    groups = grouped(segments)
    apart = [group.segments if isinstance(group, Joined) else (group,) for group in groups]
    assert [[part.count for part in parts] for parts in apart] == [
        [3, 5, 8], [19], [25]
    ]  # fmt: skip
    assert [type(group) for group in groups] == [Joined, Segment, Segment]
    assert grouped([]) == []


def test_what_was_joined_before_and_has_not_changed_is_kept() -> None:
    segments = [stored(DOCS[:5]), stored(DOCS[5:9])]
    (before,) = grouped(segments)
    assert grouped(segments, [before]) == [before]
    (after,) = grouped([*segments, stored(DOCS[9:])], [before])
    assert after is not before
    assert after.count == len(DOCS)
