"""Places read from stored postings are those that a walk over every article finds."""

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from reader.search import gather, nodes, picked, placing
from reader.search.builder import Builder
from reader.search.evaluate import Evaluator, Rarity
from reader.search.segment import Segment
from reader.search.syntax import Slot, joined
from tests.helpers.search_lists import Doc, Lists, places, true

COMMON = ["the", "of", "a", "air", "airs", "air-airs", "defence", "air-defence"]
FIELDS = ("text", "text", "body", "author")


def library(chance: random.Random, count: int) -> list[Doc]:
    """Articles of few words, which stand in them often; every third has hardly any."""
    docs = []
    for number in range(1, count + 1):
        title, lead, author = (_text(chance, longest) for longest in (4, 6, 6))
        body = _text(chance, 3 if number % 3 == 0 else 40)
        docs.append(Doc(number, title, lead, body, author, chance.choice(("en", "fr", "ar"))))
    return docs


def _text(chance: random.Random, longest: int) -> str:
    words = chance.choices(COMMON, range(len(COMMON), 0, -1), k=chance.randint(0, longest))
    return "".join(word + chance.choice((" ", " ", " ", ". ")) for word in words)


def stored(docs: Sequence[Doc]) -> Segment:
    builder = Builder()
    for doc in docs:
        builder.add(doc.article())
    return builder.segment()


def slot(chance: random.Random) -> Slot:
    kind = chance.random()
    if kind < 0.6:
        return Slot(chance.choice(("word", "exact")), chance.choice(COMMON))
    return chance.choice([Slot("glob", "air*"), Slot("glob", "*"), Slot("cased", "air")])


def phrase(chance: random.Random) -> nodes.Chain:
    words = [Slot("exact", chance.choice(COMMON[:5])) for _ in range(chance.randint(2, 3))]
    return nodes.Chain(chance.choice(FIELDS), words)


def near(chance: random.Random) -> nodes.Close:
    field = chance.choice(FIELDS)
    left, right = ([slot(chance) for _ in range(chance.randint(1, 2))] for _ in range(2))
    parts = [[nodes.leaf(field, each) for each in side] for side in (left, right)]
    here, there = (side[0] if len(side) == 1 else nodes.AnyOf(side) for side in parts)
    join = joined(left[0], right[0]) if len(left) == len(right) == 1 else None
    ordered, sentence = chance.random() < 0.5, chance.random() < 0.4
    joins = [join] if join else []
    return nodes.Close(here, there, chance.randint(0, 3), ordered, joins, sentence=sentence)


def often(chance: random.Random) -> nodes.Often:
    field = chance.choice(FIELDS)
    words = [nodes.leaf(field, slot(chance)) for _ in range(chance.randint(1, 2))]
    return nodes.Often([nodes.AnyOf(words)], chance.randint(1, 6))


@pytest.mark.parametrize("make", [phrase, near, often])
@pytest.mark.parametrize("piece", [1, 7, 1 << 14])
def test_stored_postings_tell_the_places_that_a_walk_finds(
    make: Any, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "_PIECE", piece)
    monkeypatch.setattr(picked, "_LONG", piece)
    monkeypatch.setattr(picked, "_FEW", piece)
    chance = random.Random(f"{make.__name__}{piece}")
    docs = library(chance, 15)
    segment, lists = stored(docs), Lists(docs)
    rarity, hits = Rarity([lists]), 0
    for _ in range(40):
        asked = make(chance)
        answer = Evaluator(segment, {}, rarity).run(asked)
        assert answer.docs.tolist() == [n for n, doc in enumerate(docs) if true(asked, doc)], asked
        plain = Evaluator(lists, {}, rarity).run(asked)
        assert answer.scores == pytest.approx(plain.scores, rel=1e-5), asked
        hits += len(answer.docs)
    assert hits > 60


def test_few_places_at_a_time_are_read_from_stored_postings_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(placing, "BLOCK", 8)
    monkeypatch.setattr(placing, "MOST_PLACES", 40)
    chance = random.Random(3)
    docs = library(chance, 15)
    segment = stored(docs)
    for _ in range(30):
        asked = chance.choice((phrase, near, often))(chance)
        found = Evaluator(segment, {}).run(asked).docs.tolist()
        assert found == [n for n, doc in enumerate(docs) if true(asked, doc)], asked


@pytest.mark.parametrize("field", ["text", "author"])
def test_a_place_with_two_forms_counts_and_weighs_once(field: str) -> None:
    written = "airs air-airs"  # air* is true of three forms at the second place
    doc = Doc(1, "", "", written if field == "text" else "", written if field == "author" else "")
    word = nodes.leaf(field, Slot("glob", "air*"))
    found = {}
    for times in (1, 2, 3):
        docs = np.array([0], dtype=np.uint32)
        node = nodes.Often([word], times)
        found[times] = placing.Placing(stored([doc])).often(node, docs, weighed=True)
    assert [len(docs) for docs, _weights in found.values()] == [1, 1, 0]
    assert found[2][1].tolist() == [2.0]


def test_a_phrase_may_name_a_word_more_than_once() -> None:
    docs = [Doc(1, "", "", "the the of the the the"), Doc(2, "", "", "the of the")]
    words = [Slot("exact", word) for word in ("the", "the", "the")]
    segment = stored(docs)
    asked = nodes.Chain("text", words)
    wanted = np.arange(2, dtype=np.uint32)
    found, weights = placing.Placing(segment).standing(asked, wanted, weighed=True)
    assert (found.tolist(), weights.tolist()) == ([0], [1.0])
    assert len(set(places(asked, docs[0]))) == 1


def test_sentences_of_words_begin_where_they_do_in_the_articles() -> None:
    docs = library(random.Random(9), 12)
    segment, lists = stored(docs), Lists(docs)
    keys = np.array(
        sorted(
            number << 32 | position
            for number, doc in enumerate(docs)
            for word in COMMON
            for position in doc.positions("text", Slot("exact", word))
        )
    )
    assert len(keys) > 200
    assert segment.begun(keys).tolist() == lists.begun(keys).tolist()
    starts = segment.sentences(np.arange(len(docs), dtype=np.uint32)).tolist()
    assert set(segment.begun(keys).tolist()) == set(starts)
    assert all(a < b for a, b in pairwise(starts))
