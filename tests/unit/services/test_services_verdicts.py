"""What judgements say of a saved search: its precision, and queries that would be better."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reader.domain.alert import Suggestion
from reader.domain.article import ParsedItem, SearchDocument, Texts
from reader.errors import NotFoundError
from reader.search import matcher
from reader.search.language import parse
from reader.services.remedies import LOST, MOST, Case, Trial, remedies
from reader.services.verdicts import Verdicts, precision_of
from reader.store.judgements import Judgement
from tests.helpers import search_oracle as oracle
from tests.helpers import search_words as words
from tests.helpers.world import START, World, item

FILLER = (
    "officials", "minister", "talks", "army", "border", "city", "parliament", "report", "court",
    "police", "weather", "ship", "grain", "election", "doctors", "school", "river", "winter",
    "bridge", "airport", "students", "union", "strike", "village", "road",
)  # fmt: skip


class Everything:
    """An archive of which nothing is known."""

    def __init__(self, *, left: float = 1.0, ordinary: Sequence[str] = ()) -> None:
        self._left, self._ordinary = left, ordinary

    def telling(self, query: str, clause: str) -> bool:
        return not any(word in clause for word in self._ordinary)

    def left(self, query: str, changed: str) -> float:
        return self._left


def case(keep: bool, body: str, title: str = "", **values: Any) -> Case:
    chance = random.Random(f"{body}{title}{len(values)}")
    filler = " ".join(chance.choices(FILLER, k=6))
    document = SearchDocument(1, Texts(title, "", f"{body} {filler}"), language="en")
    return Case(replace(document, **values), keep)


def helped(query: str, cases: Sequence[Case], archive: Everything | None = None) -> dict[str, str]:
    """Sentences by the new query."""
    found = remedies(parse(query), cases, archive or Everything())
    return {one.query: one.sentence for one in found}


def bases(kept: int = 5, noise: int = 9) -> list[Case]:
    """An air base is wanted; the base of customers is not."""
    return [
        *(case(True, f"The air base at Tobruk was hit, again {n}.") for n in range(kept)),
        *(case(False, f"The base grew as the stock market rose {n}.") for n in range(noise - 2)),
        *(case(False, f"A base of {n} dollars.") for n in range(2)),
    ]


def test_a_phrase_of_the_noise_that_no_kept_article_has_is_excluded() -> None:
    found = helped("base", bases())
    assert found['base NOT "stock market"'] == (
        "“stock market” stands in 7 of 9 noise articles and in none of the 5 you kept."
    )


def test_an_alternative_that_brought_in_the_noise_is_left_out() -> None:
    cases = [
        *(case(True, f"Haftar spoke {n}.") for n in range(4)),
        *(case(False, f"Their base {n}.") for n in range(6)),
        case(False, "Haftar cigars."),
    ]
    found = helped("haftar OR base", cases)
    assert found["haftar"] == (
        "“base” alone brought in 6 of 7 noise articles and none of the 4 you kept."
    )
    assert next(iter(found)) == "haftar"


def test_words_that_stand_together_only_in_what_was_kept_are_brought_together() -> None:
    far = " ".join(FILLER * 2)
    cases = [
        *(case(True, f"An air defence base {n}.") for n in range(5)),
        *(case(False, f"By air {n}. {far} base") for n in range(5)),
    ]
    found = helped("air base", cases)
    assert "air NEAR/25 base" in found
    assert "at most 25 words between “air” and “base”, 5 of 5 noise articles go" in " ".join(
        found.values()
    )
    assert "air NEAR/3 base" not in found, "what does no more is not told"


def test_a_word_that_matters_only_in_the_title_is_asked_for_there() -> None:
    cases = [
        *(case(True, "It was.", f"Base hit {n}") for n in range(5)),
        *(case(False, f"Some base {n}.", "Sports") for n in range(5)),
    ]
    assert "title:base" in helped("base", cases)


def test_capitals_that_only_kept_articles_have_are_asked_for() -> None:
    cases = [
        *(case(True, f"The WHO warned {n}.") for n in range(5)),
        *(case(False, f"People who {n}.") for n in range(5)),
    ]
    assert "case:WHO" in helped("WHO", cases)


def test_a_phrase_is_quoted_once_and_a_loose_one_as_it_is_written() -> None:
    cases = [
        *(case(True, f"Haftar spoke {n}.") for n in range(5)),
        *(case(False, f"Some air over the defence {n}.") for n in range(5)),
    ]
    loose = helped('haftar OR "air defence"~3', cases)
    assert loose["haftar"].startswith('“"air defence"~3” alone brought in 5 of 5')
    exact = helped('haftar OR "over the"', cases)
    assert exact["haftar"].startswith("“over the” alone brought in 5 of 5")


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({"outlets": ("Daily Sport",)}, 'base NOT outlet:"Daily Sport"'),
        ({"feeds": (("https://sport.example/feed", "Sport"),)},
         "base NOT feed:https://sport.example/feed"),
        ({"language": "de"}, "base NOT lang:de"),
    ],
)  # fmt: skip
def test_where_the_noise_comes_from_is_excluded(values: dict[str, Any], query: str) -> None:
    cases = [
        *(case(True, f"A base {n}.") for n in range(5)),
        *(case(False, f"A base {n}.", **values) for n in range(4)),
        case(False, "A base."),
    ]
    assert "4 of 5 noise articles" in helped("base", cases)[query]


def test_one_of_a_kind_is_told_unless_another_takes_away_something_else() -> None:
    cases = [
        *(case(True, f"A base {n}.") for n in range(6)),
        *(case(False, f"The base stadium goalkeeper season {n}.") for n in range(4)),
        *(case(False, f"A base of cosmetics lipstick {n}.") for n in range(4)),
    ]
    excluded = [query.partition(" NOT ")[2] for query in helped("base", cases)]
    assert len([one for one in excluded if "stadium" in one or "goalkeeper" in one]) == 1
    assert len([one for one in excluded if "cosmetics" in one or "lipstick" in one]) == 1


def test_too_few_judgements_or_too_little_noise_suggest_nothing() -> None:
    assert helped("base", bases(kept=1, noise=3)) == {}
    assert helped("base", [*bases(5, 2)[:5], bases(5, 2)[5]]) == {}


def test_nothing_is_suggested_where_noise_and_kept_are_alike() -> None:
    same = [f"A base {n}." for n in range(8)]
    assert (
        helped("base", [Case(case(True, s).document, n % 2 == 0) for n, s in enumerate(same)]) == {}
    )


def test_what_two_of_nine_have_may_be_chance() -> None:
    cases = [
        *(case(True, f"A base {n}.") for n in range(12)),
        *(case(False, f"A base {n}.") for n in range(7)),
        *(case(False, "A base zebra.") for _ in range(2)),
    ]
    assert not [query for query in helped("base", cases) if "zebra" in query]


def test_what_is_judged_but_no_longer_found_does_not_count() -> None:
    cases = [*bases(), *(case(False, "Volleyball.") for _ in range(9))]
    assert "7 of 9 noise" in helped("base", cases)['base NOT "stock market"']


def test_a_word_that_is_common_elsewhere_is_not_the_reason() -> None:
    found = helped("base", bases(), Everything(ordinary=["stock", "market"]))
    assert not [query for query in found if "stock" in query or "market" in query]


def test_without_anything_kept_no_suggestion_takes_away_most_of_all_hits() -> None:
    cases = bases(kept=0)
    assert helped("base", cases, Everything(left=0.4)) == {}
    assert any("none yet" in one for one in helped("base", cases, Everything(left=0.6)).values())


def test_relative_times_count_from_the_day_an_article_came_when_it_was_unread() -> None:
    seen = datetime(2020, 5, 1, tzinfo=UTC)
    dated: dict[str, Any] = {
        "first_seen": seen,
        "sorted_at": seen - timedelta(hours=2),
        "read": True,
    }
    cases = [Case(replace(one.document, **dated), one.keep) for one in bases()]
    assert len(Trial(parse("base last:7d is:unread"), cases).noise) == 9


@pytest.mark.parametrize("seed", range(4))
def test_suggested_queries_run_and_take_away_what_they_say(seed: int) -> None:
    chance = random.Random(seed)
    documents = [words.article(chance, number).document for number in range(40)]
    told = 0
    for _ in range(8):
        wanted, other = (oracle.show(oracle.query(chance, 2)) for _ in range(2))
        query = parse(f"({wanted}) OR ({other})")
        keep = parse(wanted)
        cases = [
            Case(one, (matcher.matches(keep, one) is not None) != (chance.random() < 0.03))
            for one in documents
        ]
        trial = Trial(query, cases)
        for one in remedies(query, cases, Everything()):
            changed = parse(one.query)
            assert str(changed) == one.query
            now = Trial(changed, cases)
            assert len(now.noise) == len(trial.noise) - len(one.noise)
            assert len(now.kept) == len(trial.kept) - len(one.kept)
            assert len(one.kept) <= LOST * len(trial.kept)
            assert f"{len(one.noise)} of {len(trial.noise)} noise" in one.sentence
            told += 1
    assert told


# -- with a library


def judged(world: World) -> tuple[list[int], list[int]]:
    def items(text: str, count: int) -> list[ParsedItem]:
        return [item(f"{text} {n}", f"{text} {FILLER[n]}") for n in range(count)]

    world.feed("a").publish(*items("The air base at Tobruk", 6))
    world.feed("b").publish(*items("Base of the stock market", 6), *items("Something else", 9))
    world.refresh()
    world.library.save_search("bases", "base")
    world.catch_up()
    saved = world.library.saved("bases").id
    kept, noise = sorted(world.finder.matching("tobruk")), sorted(world.finder.matching("stock"))
    world.store.judgements.put(saved, kept, True, START)
    world.store.judgements.put(saved, noise, False, START + timedelta(days=7))
    return kept, noise


def test_a_saved_search_is_improved_by_what_was_judged(world: World) -> None:
    judged(world)
    found = Verdicts(world.store, world.finder).suggestions("bases")
    assert 0 < len(found) <= MOST
    assert Suggestion(
        "bases", "“stock market” stands in 6 of 6 noise articles and in none of the 6 you kept.",
        'base NOT "stock market"', 6, 0,
    ) in found  # fmt: skip
    for one in found:
        assert not set(world.finder.matching(one.query)) & set(world.finder.matching("stock"))


def test_a_broken_search_has_no_suggestions_and_an_unknown_one_is_refused(world: World) -> None:
    judged(world)
    saved = world.library.saved("bases").id
    world.store.connection.execute("UPDATE saved_search SET query = '(' WHERE id = ?", (saved,))
    verdicts = Verdicts(world.store, world.finder)
    assert verdicts.suggestions("bases") == ()
    for ask in (verdicts.suggestions, verdicts.precision):
        with pytest.raises(NotFoundError, match="no saved search"):
            ask("gone")


def test_precision_is_told_by_week(world: World) -> None:
    judged(world)
    found = Verdicts(world.store, world.finder).precision("bases")
    assert (found.kept, found.noise, found.share) == (6, 6, 0.5)
    assert found.weeks == ((date(2026, 3, 2), 6, 0), (date(2026, 3, 9), 0, 6))


def test_a_word_that_all_other_articles_have_is_known_to_be_ordinary(world: World) -> None:
    bodies = [f"Base of the goalkeeper stadium {n}" for n in range(6)]
    world.feed("a").publish(*(item(f"Noise {n}", text) for n, text in enumerate(bodies)))
    world.feed("b").publish(
        *(item(f"Kept {n}", f"Base at sea {n}") for n in range(6)),
        *(item(f"Rest {n}", "The stadium is open") for n in range(150)),
    )
    world.refresh()
    world.library.save_search("bases", "base")
    world.catch_up()
    saved = world.library.saved("bases").id
    for word, keep in (("noise", False), ("kept", True)):
        world.store.judgements.put(saved, world.finder.matching(f"title:{word}"), keep, START)
    queries = [one.query for one in Verdicts(world.store, world.finder).suggestions("bases")]
    assert "base NOT goalkeeper" in queries or 'base NOT "goalkeeper stadium"' in queries
    assert "base NOT stadium" not in queries


def test_weeks_begin_on_the_local_monday() -> None:
    late = datetime(2026, 3, 8, 21, tzinfo=UTC)  # a Sunday in London, Monday in Baku
    judgements = [Judgement(1, True, late), Judgement(2, False, late - timedelta(hours=6))]
    assert precision_of("x", judgements, ZoneInfo("Asia/Baku")).weeks == (
        (date(2026, 3, 2), 0, 1), (date(2026, 3, 9), 1, 0),
    )  # fmt: skip
    assert precision_of("x", judgements, ZoneInfo("Europe/London")).weeks == (
        (date(2026, 3, 2), 1, 1),
    )  # fmt: skip
    assert precision_of("x", []).share is None
