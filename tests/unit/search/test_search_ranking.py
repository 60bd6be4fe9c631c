"""How well articles fit a query, and which come first."""

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from whoosh import query

from reader.search import nodes
from reader.search.evaluate import Evaluator, Rarity, Result, best
from reader.search.segment import UNKNOWN
from reader.search.syntax import Slot
from tests.helpers.search_lists import Doc, Lists, Told, allowed, found, library, tree

FILLER = "one two three four five six seven eight"


def scores(asked: Any, docs: Sequence[Doc]) -> dict[int, float]:
    result = found(asked, docs, scored=True)
    assert result.scores.dtype == np.float32
    numbers = result.docs.tolist()
    return {docs[n].id: score for n, score in zip(numbers, result.scores.tolist(), strict=True)}


def exact(*words: str) -> Any:
    slots = [Slot("exact", word) for word in words]
    return nodes.leaf("text", slots[0]) if len(slots) == 1 else nodes.Chain("text", slots)


RANKED = [
    Doc(1, "port", "", FILLER),
    Doc(2, "", "port", FILLER),
    Doc(3, "", "", f"port {FILLER}"),
    Doc(4, "", "", f"port port {FILLER}"),
    Doc(5, "", "", f"port {FILLER} {FILLER}"),
    Doc(6, "", "", f"the port of tobruk {FILLER}"),
    Doc(7, "port", "", f"the port of derna {FILLER}"),
]


def test_a_score_is_rarity_times_how_well_the_words_fit() -> None:
    (score,) = scores(exact("derna"), RANKED).values()
    rarity = math.log(1 + (7 - 1 + 0.5) / (1 + 0.5))
    assert score == pytest.approx(rarity * 1 / (1 + 1.2 * (0.25 + 0.75 * 13 / 400)), rel=1e-5)


def test_title_weighs_more_than_lead_and_lead_more_than_body() -> None:
    found = scores(exact("port"), RANKED)
    assert found[1] > found[2] > found[3]
    assert found[4] > found[3] > found[5]


def test_rare_words_score_more() -> None:
    found = scores(query.Or([exact("tobruk"), exact("of")]), RANKED)
    assert found[6] > 2 * found[7] > 0


def test_a_phrase_weighs_where_it_stands_and_counts_all_its_words() -> None:
    docs = [*RANKED, Doc(8, "the port of call", "", FILLER)]
    found = scores(exact("port", "of"), docs)
    assert found[8] > found[6] > found[7]
    assert found[6] > scores(exact("port"), docs)[6]


def test_parts_are_summed_and_filters_and_exclusions_score_nothing() -> None:
    alone = [scores(exact(word), RANKED) for word in ("port", "of")]
    phrase = scores(exact("the", "port"), RANKED)
    language = nodes.Filter("lang", "en")
    asked = query.And([exact("port"), language, exact("of"), exact("the", "port")])
    found = scores(query.And([*asked, query.Not(exact("derna"))]), RANKED)
    assert found == pytest.approx({6: alone[0][6] + alone[1][6] + phrase[6]}, rel=1e-5)
    assert set(scores(query.Or([language, query.Not(exact("port"))]), RANKED).values()) == {0.0}


def test_some_nodes_score_in_their_own_way() -> None:
    port, of = (scores(exact(word), RANKED)[6] for word in ("port", "of"))
    both = [exact("port"), exact("of")]
    found = {
        "most": scores(query.DisjunctionMax(both), RANKED)[6],
        "maybe": scores(query.AndMaybe(exact("the"), exact("the", "port")), RANKED)[6],
        "require": scores(query.Require(*both), RANKED)[6],
        "constant": scores(query.ConstantScoreQuery(exact("of"), 2.0), RANKED)[6],
        "boost": scores(query.Term("text", "of", boost=3.0), RANKED)[6],
        "often": scores(nodes.Often([exact("port")], 1), RANKED)[6],
    }
    maybe = scores(exact("the"), RANKED)[6] + scores(exact("the", "port"), RANKED)[6]
    assert found == pytest.approx(
        {"most": max(port, of), "maybe": maybe, "require": port, "constant": 2.0,
         "boost": 3 * of, "often": port}, rel=1e-5,
    )  # fmt: skip


def test_what_must_all_be_true_scores_nothing_where_only_some_is() -> None:
    both = query.And([exact("the"), exact("port", "of"), exact("derna")])
    whole, alone = scores(both, RANKED), scores(exact("tobruk"), RANKED)
    assert scores(query.Or([both, exact("tobruk")]), RANKED) == pytest.approx(whole | alone)
    most = query.DisjunctionMax([both, exact("tobruk")])
    assert scores(most, RANKED) == pytest.approx(whole | alone)
    maybe = scores(query.AndMaybe(exact("tobruk"), both), RANKED)
    assert maybe == pytest.approx(alone)


def test_scores_do_not_depend_on_how_articles_are_spread_over_segments() -> None:
    chance = random.Random(8)
    docs = library(chance, 24)
    halves = [Lists(docs[:7]), Lists(docs[7:])]
    for _ in range(40):
        asked = tree(chance)
        whole = scores(asked, docs)
        rarity = Rarity(halves)
        apart: dict[int, float] = {}
        for segment in halves:
            evaluator = Evaluator(segment, allowed(asked, docs), rarity, Told(docs))
            result = evaluator.run(asked)
            apart |= zip(segment.column("id")[result.docs], result.scores, strict=True)
        assert apart == pytest.approx(whole, rel=1e-5, abs=1e-6), asked


# --- the first of a list --------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [0, 1, 7, 59, 60, 80, None])
@pytest.mark.parametrize("sort", ["date", "score"])
def test_the_best_are_those_of_the_whole_sorted_list(sort: str, limit: int | None) -> None:
    chance = random.Random(9)
    rows = [(chance.randrange(3), chance.randrange(4), id_) for id_ in range(60)]
    results = []
    for part in (rows[:20], rows[20:], []):
        every = np.arange(len(part), dtype=np.uint32)
        fits = np.array([score for score, _at, _id in part], dtype=np.float32)
        segment = Lists([Doc(id_, sorted_at=at) for _score, at, id_ in part])
        results.append((segment, Result(every, fits)))
    rows.sort(key=lambda row: row if sort == "score" else row[1:], reverse=True)
    first = best(results, sort, limit)
    assert first.total == 60
    assert first.ids.tolist() == [id_ for _score, _at, id_ in rows[:limit]]
    assert first.scores.tolist() == [score for score, _at, _id in rows[:limit]]


def test_best_puts_newest_first_and_unknown_dates_last() -> None:
    docs = [Doc(n, "port", sorted_at=at) for n, at in enumerate((5, UNKNOWN, 9, 5))]
    segments = [Lists(docs[:2]), Lists(docs[2:])]
    rarity = Rarity(segments)
    results = [(s, Evaluator(s, {}, rarity).run(exact("port"))) for s in segments]
    assert best(results, "date").ids.tolist() == [2, 3, 0, 1]
    assert best(results, "date", 2).total == 4
    assert best(results, "date", 2).ids.tolist() == [2, 3]
    assert best(results, "score", 3).ids.tolist() == [2, 3, 0]
    assert best([], "score", 3).total == 0
