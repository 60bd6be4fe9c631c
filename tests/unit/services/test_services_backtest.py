"""Trying a query out: what it would have found, counted as somebody would count by hand."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import numpy as np
import pytest

from reader.domain.alert import Backtest
from reader.domain.scope import Scope
from reader.errors import QueryError
from reader.search.index import Index
from reader.services import backtest
from reader.services.arrays import NOBODY
from reader.services.backtest import RECENT, SAMPLES, Backtester, copies_of, filled, samples_of
from tests.helpers import search_oracle as oracle
from tests.helpers import search_words as words
from tests.helpers.world import START, World, item


def backtester(world: World) -> Backtester:
    return Backtester(
        world.store, world.finder, partial(Index.open, world.paths.index), world.clock
    )


def tried(world: World, query: str, *, besides: str = "") -> Backtest:
    return backtester(world).run(query, besides=besides)


def publish(world: World, *hours_ago: float, title: str = "Tobruk") -> None:
    feed = world.feed("a")
    feed.publish(*(item(f"{title} {n}", hours_ago=h) for n, h in enumerate(hours_ago)))
    world.refresh()


def test_it_counts_by_local_days_without_gaps_up_to_today(world: World, baku: None) -> None:
    publish(world, 0, 15.5, 16.5, 71)  # noon UTC is 16:00 there
    found = tried(world, "tobruk")
    assert found.total == 4
    today = date(2026, 3, 4)
    assert found.days == (
        (today - timedelta(days=3), 1), (today - timedelta(days=2), 0),
        (today - timedelta(days=1), 1), (today, 2),
    )  # fmt: skip


def test_what_is_expected_is_the_mean_of_thirty_days(world: World) -> None:
    publish(world, *(24.0 * n for n in range(60)), 1, 2, 3)
    found = tried(world, "tobruk")
    assert found.measured == RECENT
    assert found.expected == pytest.approx(33 / 30)


def test_a_young_library_says_of_how_few_days_it_speaks(world: World) -> None:
    publish(world, *(8.0 * n for n in range(15)))
    found = tried(world, "tobruk")
    assert (found.total, found.measured) == (15, 5 + (START.astimezone().hour < 16))
    assert found.expected == pytest.approx(15 / found.measured)


def test_a_search_that_counts_from_now_is_expected_to_bring_what_its_own_days_did(
    world: World,
) -> None:
    publish(world, *(6.0 * n for n in range(120)))
    every_day = tried(world, "tobruk")
    found = tried(world, "tobruk last:7d")
    assert (every_day.measured, round(every_day.expected)) == (RECENT, 4)
    assert found.measured in (7, 8)  # a day is cut where the clock stands now
    assert found.expected == pytest.approx(4, abs=0.6)


def test_some_stray_old_articles_do_not_make_a_library_old(world: World) -> None:
    publish(world, *(n / 10 for n in range(200)), 24 * 300, 24 * 25)
    found = tried(world, "tobruk")
    assert found.measured <= 2
    assert found.expected >= 100


def test_an_empty_library_expects_nothing(world: World) -> None:
    world.catch_up()
    found = tried(world, "tobruk")
    assert (found.total, found.days, found.expected, found.measured) == (0, (), 0.0, 0)
    assert found.samples == ()


def test_nobody_is_told_and_nothing_is_stored(world: World) -> None:
    publish(world, *range(5))
    before = world.store.connection.total_changes
    tried(world, "tobruk")
    assert world.alerts() == []
    assert world.store.connection.total_changes == before


def test_a_query_that_cannot_be_run_is_refused_with_the_parsers_sentence(world: World) -> None:
    with pytest.raises(QueryError, match="never closed"):
        tried(world, '"tobruk')


def test_samples_are_the_same_each_time_newest_first_and_most_of_them_recent(world: World) -> None:
    publish(world, *(9.0 * n for n in range(300)))
    found = tried(world, "tobruk")
    assert len(set(found.samples)) == SAMPLES
    order = world.ids()
    places = [order.index(one) for one in found.samples]
    assert places == sorted(places)
    recent = sum(hours < 24 * 29 for hours in (9.0 * place for place in places))
    assert recent >= 12
    assert places[-1] > 250, "the oldest are not forgotten"
    assert tried(world, "tobruk").samples == found.samples


@pytest.mark.parametrize(
    ("total", "recent"), [(0, 0), (7, 3), (20, 0), (21, 21), (500, 5), (90, 88)]
)
def test_as_many_samples_as_there_can_be_in_the_order_of_the_hits(total: int, recent: int) -> None:
    ids = np.arange(total, 0, -1)
    found = samples_of(ids, recent)
    assert len(found) == min(total, SAMPLES)
    assert list(found) == sorted(set(found), reverse=True)
    assert sum(one > total - recent for one in found) >= min(recent, 12)


def test_no_hits_have_no_samples_and_no_days() -> None:
    assert samples_of(NOBODY, 0) == ()
    assert filled({}, date(2026, 3, 4)) == ()


def test_hits_of_tomorrow_are_days_too() -> None:
    today = date(2026, 3, 4)
    tomorrow = today + timedelta(days=1)
    assert filled({tomorrow: 2}, today) == ((tomorrow, 2),)
    assert filled({today: 1, tomorrow: 2}, today) == ((today, 1), (tomorrow, 2))


def test_the_search_it_belongs_to_is_no_overlap_and_the_same_articles_come_first(
    world: World,
) -> None:
    publish(world, *range(6))
    for name, query in {"most": "tobruk -4", "same": "title:tobruk", "own": "tobruk",
                        "other": "benghazi"}.items():  # fmt: skip
        world.library.save_search(name, query)
    world.catch_up()
    found = tried(world, "tobruk", besides="own")
    assert [(one.saved_search, one.shared, one.total) for one in found.overlaps] == [
        ("same", 6, 6), ("most", 5, 5),
    ]  # fmt: skip
    assert found.total == 6


@pytest.mark.parametrize("few", [0, 4_000])
def test_overlaps_are_the_same_article_by_article_and_with_all_hits_in_hand(
    world: World, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(backtest, "_FEW", few)
    publish(world, *range(40))
    world.library.save_search("few", "title:7 OR title:9")
    world.catch_up()
    kept = backtester(world)
    (overlap,) = kept.run("tobruk").overlaps
    assert (overlap.shared, overlap.total) == (2, 2)
    assert kept.run("tobruk -7 -9").overlaps == ()
    world.library.edit_search("few", query="title:7 OR title:9 OR title:11")
    world.catch_up()
    (overlap,) = kept.run("tobruk").overlaps
    assert (overlap.shared, overlap.total) == (3, 3)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_days_and_overlaps_are_those_of_counting_by_hand(
    world: World, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(backtest, "_FEW", 20)
    chance = random.Random(seed)
    for name in ("a", "b"):
        world.feed(name).publish(
            *(
                replace(
                    item(hours_ago=chance.randint(0, 900)),
                    texts=words.article(chance, 1).document.texts,
                )
                for _ in range(60)
            )
        )
    world.refresh()
    for number in range(12):
        world.library.save_search(f"s{number}", oracle.show(oracle.query(chance)))
    world.catch_up()
    overlapping = 0
    for _ in range(25):
        query = oracle.show(oracle.query(chance))
        found = tried(world, query)
        hits = set(world.finder.matching(query))
        assert found.total == len(hits) == sum(count for _, count in found.days), query
        assert dict(found.days).items() >= days_by_hand(world, hits).items()
        assert set(found.samples) <= hits
        shared = {
            search.name: hits & set(world.ids(Scope(saved=search.id)))
            for search in world.store.saved.all()
        }
        assert {one.saved_search: one.shared for one in found.overlaps} == {
            name: len(both) for name, both in shared.items() if both
        }, query
        overlapping += len(found.overlaps)
    assert overlapping > 20, "searches that share nothing prove nothing"


def days_by_hand(world: World, ids: set[int]) -> Counter[date]:
    return Counter(line.sorted_at.astimezone().date() for line in world.library.lines(sorted(ids)))


def test_copies_are_hits_but_no_alerts_and_nobody_judges_them(world: World) -> None:
    publish(world, *(24.0 * n for n in range(30)))
    ids = sorted(world.finder.matching("tobruk"))
    for copy, of in ((ids[1], ids[0]), (ids[2], ids[0]), (ids[9], ids[8])):
        world.store.copies.join(copy, of, 0.9)
    found = tried(world, "tobruk")
    assert (found.total, found.copies) == (30, 3)
    assert found.expected == 1.0
    assert found.expected_alerts == pytest.approx(27 / 30)
    assert not {ids[1], ids[2], ids[9]} & set(found.samples)


def test_what_repeats_only_articles_that_are_no_hits_is_no_copy(world: World) -> None:
    publish(world, *range(5))
    one, two, three, *_ = sorted(world.finder.matching("tobruk"))
    world.store.copies.join(two, one, 0.9)
    world.store.copies.join(three, one, 0.9)
    first = world.titles([one])[0].split()[-1]
    assert tried(world, f"tobruk -{first}").copies == 1
    assert tried(world, "tobruk").copies == 2


@pytest.mark.parametrize("seed", range(20))
def test_of_each_group_all_hits_but_the_first_are_copies(seed: int) -> None:
    chance = random.Random(seed)
    groups = {n: chance.randint(0, 9) for n in chance.sample(range(60), 40)}
    ids = chance.sample(range(60), chance.randint(0, 50))
    grouped = [*groups]
    chance.shuffle(grouped)
    roots = [groups[one] for one in grouped]
    marked = copies_of(*(np.array(each, dtype=np.int64) for each in (ids, grouped, roots)))
    seen: set[int] = set()
    expected = set()
    for one in sorted(set(ids) & set(groups)):
        if groups[one] in seen:
            expected.add(one)
        seen.add(groups[one])
    assert {one for one, copy in zip(ids, marked, strict=True) if copy} == expected


def test_slow_parts_are_looked_up_in_the_library_itself(world: World) -> None:
    publish(world, *range(6))
    world.feed("b").publish(*(item(f"Other {n}") for n in range(4)))
    world.refresh()
    (sentence,) = tried(world, "tobruk").slow
    assert "“tobruk” is in 6 of 10 articles (60%)" in sentence
    assert "stands for" not in " ".join(tried(world, "tobr*").slow)
