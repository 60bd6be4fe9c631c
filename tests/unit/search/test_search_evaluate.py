"""The evaluator finds what a walk over every article and every place finds."""

import random
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from whoosh import query
from whoosh.query import spans as whoosh_spans

from reader.search import nodes, placing, spans
from reader.search.builder import Builder
from reader.search.evaluate import Evaluator, Rarity, Unsupported
from reader.search.sets import Sets, among_sorted
from reader.search.syntax import Slot
from tests.helpers.search_lists import (
    Doc,
    Lists,
    Told,
    allowed,
    found,
    ids,
    library,
    placed,
    tree,
    true,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_tree_finds_what_a_walk_over_every_article_finds(seed: int) -> None:
    chance = random.Random(seed)
    docs = library(chance, 25)
    hits = 0
    for _ in range(120):
        asked = tree(chance)
        wanted = [doc.id for doc in docs if true(asked, doc)]
        assert ids(asked, docs) == wanted, (seed, asked)
        hits += len(wanted)
    assert hits > 300


def test_a_stored_segment_answers_as_the_lists_do() -> None:
    chance = random.Random(7)
    docs = library(chance, 30)
    builder = Builder()
    for doc in docs:
        builder.add(doc.article())
    stored, lists = builder.segment(), Lists(docs)
    rarity = Rarity([lists])
    for _ in range(80):
        asked = tree(chance)
        answers = [
            Evaluator(segment, allowed(asked, docs), rarity, Told(docs)).run(asked)
            for segment in (stored, lists)
        ]
        assert answers[0].docs.tolist() == answers[1].docs.tolist(), asked
        assert answers[0].scores == pytest.approx(answers[1].scores, rel=1e-5), asked


def test_an_evaluator_may_be_asked_again() -> None:
    chance = random.Random(11)
    docs = library(chance, 20)
    trees = [tree(chance) for _ in range(60)]
    segment = Lists(docs)
    everything = {one: ids for asked in trees for one, ids in allowed(asked, docs).items()}
    rarity, told = Rarity([segment]), Told(docs)
    again = Evaluator(segment, everything, rarity, told)
    for asked in trees:
        fresh = Evaluator(segment, everything, rarity, told).run(asked)
        result = again.run(asked)
        assert result.docs.tolist() == fresh.docs.tolist()
        assert result.scores.tolist() == fresh.scores.tolist()


def test_deleted_articles_are_found_by_nothing() -> None:
    chance = random.Random(5)
    docs = library(chance, 25)
    gone = chance.sample(range(25), 8)
    kept = [doc for number, doc in enumerate(docs) if number not in gone]
    for _ in range(60):
        asked = tree(chance)
        assert ids(asked, docs, gone) == [doc.id for doc in kept if true(asked, doc)], asked


def test_few_places_at_a_time_give_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "BLOCK", 8)
    monkeypatch.setattr(placing, "MOST_PLACES", 12)
    chance = random.Random(6)
    docs = library(chance, 25)
    for _ in range(60):
        asked = placed(chance, "text", 3)
        assert ids(asked, docs) == [doc.id for doc in docs if true(asked, doc)], asked


@pytest.mark.parametrize("seed", range(3))
def test_the_first_words_of_places_are_known_without_the_places(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(200):
        slots = [keys(chance) for _ in range(chance.randint(2, 4))]
        joins = [np.intersect1d(a, b)[::2] for a, b in pairwise(slots)]
        between = chance.randint(0, 3)
        left, right = (spans.chain(slots[:2], joins[:1], between, 10**6) for _ in range(2))
        right = spans.either([right, spans.single(slots[-1])])
        sentences = np.union1d(keys(chance), np.arange(3) << 32)
        alone = spans.single(slots[0]), spans.single(slots[1])
        for places_, begins in (
            *(
                (
                    spans.near(*alone, between, order, 10**6),
                    spans.near_begins(*alone, between, order),
                )
                for order in (True, False)
            ),
            (spans.chain(slots, joins, between, 10**6), spans.chain_begins(slots, joins, between)),
            (
                spans.near(left, right, between, False, 10**6),
                spans.near_begins(left, right, between, False),
            ),
            (
                spans.sentence(left, right, sentences, 10**6),
                spans.sentence_begins(left, right, sentences),
            ),
        ):
            assert np.unique(places_.first).tolist() == begins.tolist()
            pairs = list(zip(places_.first.tolist(), places_.last.tolist(), strict=True))
            assert pairs == sorted(set(pairs))


def keys(chance: random.Random) -> NDArray[np.int64]:
    found = {chance.randrange(3) << 32 | chance.randrange(12) for _ in range(chance.randint(0, 15))}
    return np.array(sorted(found), dtype=np.int64)


@pytest.mark.parametrize("far", [3, 1 << 14, 1 << 55])
def test_places_are_in_order_and_there_once_however_wide(far: int) -> None:
    chance = random.Random(far)
    parts = [
        [(first, first + chance.choice((0, 2, far))) for first in range(0, 40, step)]
        for step in (2, 3, 3)
    ]
    arrays = [spans.Spans(*np.array(part, dtype=np.int64).T) for part in parts]
    found = spans.either(arrays)
    pairs = list(zip(found.first.tolist(), found.last.tolist(), strict=True))
    assert pairs == sorted({place for part in parts for place in part})


def test_more_places_than_allowed_are_never_made() -> None:
    many = np.arange(100, dtype=np.int64)
    with pytest.raises(spans.Crowded):
        spans.chain([many, many], [spans.NO_KEYS], 50, 1_000)


# --- whoosh's own nodes ---------------------------------------------------------------------------

PORTS = [
    Doc(1, "", "", "the port of tobruk and the port of derna"),
    Doc(2, "", "", "tobruk has a port"),
    Doc(3, "port", "", "derna"),
    Doc(4, "", "", "a the port tobruk"),
]
PORT, TOBRUK, DERNA, OF = (query.Term("text", w) for w in ("port", "tobruk", "derna", "of"))
WIDE = nodes.During("sorted_at", None, None)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (query.Phrase("text", ["port", "of", "tobruk"]), [1]),
        (query.Phrase("text", ["port", "tobruk"], slop=2), [1, 4]),
        (query.Phrase("text", []), []),
        (whoosh_spans.SpanNear(PORT, TOBRUK, slop=2), [1, 4]),
        (whoosh_spans.SpanNear(PORT, TOBRUK, slop=3, ordered=False), [1, 2, 4]),
        (whoosh_spans.SpanNear(whoosh_spans.SpanNear(PORT, OF), DERNA), [1]),
        (whoosh_spans.SpanNear(query.Or([OF, TOBRUK]), DERNA), [1]),
        (whoosh_spans.SpanFirst(PORT, limit=1), [1, 3]),
        (whoosh_spans.SpanOr([TOBRUK, DERNA]), [1, 2, 3, 4]),
        (whoosh_spans.SpanNot(whoosh_spans.SpanNear(PORT, TOBRUK, slop=2), OF), [4]),
        (whoosh_spans.SpanNot(PORT, query.Term("text", "nowhere")), [1, 2, 3, 4]),
        (query.AndNot(PORT, DERNA), [2, 4]),
        (query.AndMaybe(DERNA, TOBRUK), [1, 3]),
        (query.Require(PORT, DERNA), [1, 3]),
        (query.DisjunctionMax([DERNA, OF]), [1, 3]),
        (query.DisjunctionMax([]), []),
        (query.ConstantScoreQuery(DERNA), [1, 3]),
        (query.Every(), [1, 2, 3, 4]),
        (query.And([]), [1, 2, 3, 4]),
        (query.Or([]), []),
        (query.NullQuery, []),
        (query.NumericRange("id", 2, 4, endexcl=True), [2, 3]),
        (query.NumericRange("id", 2, None, startexcl=True), [3, 4]),
        (query.And([PORT, query.NumericRange("id", None, 2)]), [1, 2]),
        (query.And([query.Not(TOBRUK), query.Not(WIDE)]), [3]),
    ],
)
def test_what_stock_whoosh_can_say(asked: Any, wanted: list[int]) -> None:
    assert ids(asked, PORTS) == wanted


def test_what_stock_whoosh_joins_may_be_anything() -> None:
    chance = random.Random(12)
    docs = library(chance, 25)
    for _ in range(40):
        a, b = tree(chance, 2), tree(chance, 2)
        left, right = ({doc.id for doc in docs if true(one, doc)} for one in (a, b))
        for asked, wanted in (
            (query.AndNot(a, b), left - right),
            (query.AndMaybe(a, b), left),
            (query.Require(a, b), left & right),
            (query.DisjunctionMax([a, b]), left | right),
            (query.Not(query.ConstantScoreQuery(a)), {doc.id for doc in docs} - left),
            (query.Or([query.AndNot(b, a), query.And([b, query.AndMaybe(a, b)])]), right),
        ):
            assert set(ids(asked, docs)) == wanted, asked
            scored = found(asked, docs, scored=True)
            assert {docs[number].id for number in scored.docs} == wanted
            assert np.isfinite(scored.scores).all()


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (query.Regex("text", "a.*"), "Regex"),
        (query.And([PORT, query.TermRange("text", "a", "b")]), "TermRange"),
        (query.Or([PORT, query.Not(query.Every("title"))]), "title"),
        (query.NumericRange("size", 1, 2), "size"),
        (whoosh_spans.SpanNear(PORT, OF, mindist=2), "distance"),
        (whoosh_spans.SpanContains(PORT, OF), "SpanContains"),
        (whoosh_spans.SpanNear(PORT, query.Every()), "Every"),
        (nodes.Close(PORT, WIDE, 3, True), "During"),
        (nodes.Close(nodes.Often([OF], 2), PORT, 3, True), "Often"),
        (nodes.Opening(nodes.AnyOf([PORT, query.Every()]), 3), "Every"),
    ],
)
def test_what_is_unknown_is_named_before_anything_is_searched(asked: Any, named: str) -> None:
    with pytest.raises(Unsupported, match=named):
        ids(asked, PORTS)


# --- entities beside words ------------------------------------------------------------------------

NAMED = [
    Doc(10, "", "", "haftar came to tobruk", mentions=(("Haftar", 2, 0, 0),)),
    Doc(11, "", "", "the marshal left tobruk", mentions=(("Haftar", 2, 0, 1),)),
    Doc(12, "", "", "the marshal left derna", mentions=(("Haftar", 2, 0, 1),)),
    Doc(13, "", "", "haftar came to tobruk", mentions=()),
    Doc(14, "marshal", "", "tobruk", mentions=(("Haftar", 0, 0, 0),)),
]
HAFTAR = nodes.Filter("entity", "Haftar")
TOBRUK_SLOT = [Slot("word", "tobruk")]


def test_where_an_entity_stands_is_asked_only_where_the_other_side_stands() -> None:
    asked = nodes.Close(HAFTAR, nodes.Chain("text", [Slot("word", "left"), *TOBRUK_SLOT]), 0, True)
    told = Told(NAMED)
    segment = Lists(NAMED, deleted=[0])
    result = Evaluator(segment, allowed(asked, NAMED), None, told).run(asked)
    assert [NAMED[number].id for number in result.docs] == [11]
    assert told.asked == [11]


def test_a_mention_in_another_region_is_not_near() -> None:
    tobruk = nodes.leaf("text", TOBRUK_SLOT[0])
    assert ids(nodes.Close(HAFTAR, tobruk, 1_000, False), NAMED) == [10, 11]
    titled = nodes.leaf("title", Slot("word", "marshal"))
    assert ids(nodes.Close(HAFTAR, titled, 1_000, False), NAMED) == []


def test_where_an_entity_stands_cannot_be_asked_of_nobody() -> None:
    asked = nodes.Close(HAFTAR, nodes.leaf("text", TOBRUK_SLOT[0]), 5, False)
    with pytest.raises(ValueError, match="Haftar"):
        Evaluator(Lists(NAMED), allowed(asked, NAMED)).run(asked)


# --- sets -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sizes", [(0, 5), (5, 0), (3, 900), (900, 3), (400, 500), (1, 1), (20, 1_000), (80, 1_900)]
)
def test_sets_of_documents_join_as_sets_do(sizes: tuple[int, int]) -> None:
    chance = random.Random(sum(sizes))
    a, b = (set(chance.sample(range(2_000), size)) for size in sizes)
    left, right = (np.array(sorted(one), dtype=np.uint32) for one in (a, b))
    sets = Sets(2_000)
    for _ in range(2):  # the marks are clean again afterwards
        assert sets.both(left, right).tolist() == sorted(a & b)
        assert sets.without(left, right).tolist() == sorted(a - b)
        assert sets.union([left, right]).tolist() == sorted(a | b)
    assert among_sorted(left, right).tolist() == [one in b for one in sorted(a)]


@pytest.mark.parametrize("widest", [200, 5_000, 1_000_000])
@pytest.mark.parametrize("seed", range(10))
def test_ids_in_any_order_are_told_from_others(seed: int, widest: int) -> None:
    chance = random.Random(seed)
    ids = [chance.randrange(-widest, widest) for _ in range(chance.choice((0, 5, 65, 400)))]
    most = min(2 * widest, chance.choice((0, 5, 400, 10_000)))
    known = sorted(chance.sample(range(-widest, widest), most))
    found = among_sorted(np.array(ids, np.int64), np.array(known, np.int64))
    assert found.tolist() == [one in known for one in ids]
