"""Samples of the long proofs of alerts, and that each notices what it is there to notice."""

import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from reader.dev import month_books, soak_alerts, soak_live, soak_month
from reader.dev.month_feeds import served, token_of
from reader.dev.month_script import BEGIN, Script
from reader.dev.month_searches import Standing, searches
from reader.dev.newsstand import Newsstand
from reader.dev.promise import SoakError
from reader.dev.sinks import Came, Key, alerts_in_json
from reader.domain.alert import CHANNELS, AlertRule
from reader.feeds.parse import parse
from reader.paths import LibraryPaths
from reader.workers.messages import CatchUp

# -- the same hits at arrival and afterwards


def test_hits_and_places_are_the_same_at_arrival_and_afterwards_on_a_sample(
    tmp_path: Path,
) -> None:
    told = soak_alerts.agreement(tmp_path, 2, seed=11)
    assert told.startswith("20 saved searches, ")
    assert int(told.split(" hits")[0].rsplit(" ", 1)[1]) > 100


def test_a_hit_that_only_the_index_finds_is_noticed(tmp_path: Path) -> None:
    library = soak_alerts._Library(tmp_path, "12", 2)
    library.desk.close()
    arrived: soak_alerts.Found = {"q0": {1: ()}, "q1": {}}
    with pytest.raises(SoakError, match=r"articles \[2\] are hits only at arrival or only there"):
        library._same("there", {"q0": {1: ()}, "q1": {2: ()}}, arrived)


def test_a_hit_at_another_place_is_noticed(tmp_path: Path) -> None:
    library = soak_alerts._Library(tmp_path, "12", 1)
    library.desk.close()
    span = soak_alerts.Span("title", 0, 3, "war")
    with pytest.raises(SoakError, match="article 1 has other places there than at arrival"):
        library._same("there", {"q0": {1: (span,)}}, {"q0": {1: ()}})


# -- a month


@pytest.mark.slow
def test_every_alert_of_a_scripted_month_fires_and_arrives_once_on_a_sample(
    tmp_path: Path,
) -> None:
    assert "every one once" in soak_month.month(tmp_path, 2, seed=11)


def test_a_script_is_the_same_for_the_same_seed_and_all_of_it_happens() -> None:
    script, again = Script("3", 120), Script("3", 120)
    for _ in range(120):
        script.tick()
        again.tick()
    assert script.expected == again.expected
    assert script.expected.total() > 500
    assert max(script.expected.values()) == 1
    assert min(script.did.values()) > 5
    assert len(script.did) == 10
    assert timedelta(days=25) < script.now - BEGIN < timedelta(days=35)


def test_what_a_script_expects_it_serves() -> None:
    script = Script("6", 80)
    told: Counter[Key] = Counter()
    for _ in range(80):
        script.tick()
        shown = {(token_of(i.title), s.title) for s in script.sources for i in s.items}
        assert {(title, source) for _, title, source in script.expected - told} <= shown
        told = script.expected.copy()


def test_what_a_script_serves_is_read_as_it_was_meant() -> None:
    script = Script("5", 30)
    for _ in range(10):
        script.tick()
    source = script.sources[0]
    feed = parse(served(source), "application/rss+xml", source.url)
    assert feed.title == source.title
    for item, meant in zip(feed.items, source.items, strict=True):
        assert (item.guid, item.url, item.texts.title) == (meant.guid, meant.url, meant.title)
        assert item.published == meant.published
        body = f"{item.texts.lead} {item.texts.body}"
        assert all(mark in body for mark in meant.marks)
        assert meant.hits == {s.name for s in script.there() if s.true(meant.marks)}


def delivered(*came: Came, rule: AlertRule, fired: datetime) -> None:
    script = Script("1", 10)
    script.searches = [Standing("A", "x", bool, rule)]
    script.expected = Counter({("A", "t", "Outlet 1"): 1})
    script.fired_at = {("A", "t", "Outlet 1"): fired}
    month_books.check_delivered("email", list(came), script)


NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
MAIL = AlertRule(channels=("email",))


def came(batch: str, hours: float = 0.0, answer: str = "yes", source: str = "Outlet 1") -> Came:
    return Came("email", batch, (("A", "Title t", source),), NOON + timedelta(hours=hours), answer)


def test_a_batch_that_is_repeated_is_no_fault() -> None:
    delivered(came("b", 0, "silence"), came("b", 1), rule=MAIL, fired=NOON)


@pytest.mark.parametrize(
    ("messages", "rule", "wrong"),
    [
        ([came("b"), came("c")], MAIL, "in several batches"),
        ([came("b", 0, "no")], MAIL, "against the books"),
        ([came("b"), came("c", source="Outlet 2")], MAIL, "'Outlet 2'"),
        ([came("b", 0, "silence"), Came("email", "b", (), NOON, "yes")], MAIL, "other alerts"),
        ([came("b", -1)], MAIL, "too early"),
        ([came("b", 11)], AlertRule(channels=("email",), quiet="22:00-07:00"), "too early"),
        ([came("b", 0.5)], AlertRule(when="hourly", channels=("email",)), "too early"),
        ([came("b", 19)], AlertRule(when="daily", channels=("email",)), "too early"),
        ([came("b", 100)], AlertRule(when="weekly", channels=("email",)), "too early"),
    ],
)
def test_what_is_delivered_against_the_rules_is_noticed(
    messages: list[Came], rule: AlertRule, wrong: str
) -> None:
    with pytest.raises((SoakError, KeyError), match=wrong):
        delivered(*messages, rule=rule, fired=NOON)


def test_a_cooldown_that_is_cut_short_is_noticed() -> None:
    rule = AlertRule(channels=("email",), cooldown_minutes=60)
    rules = {"A": Standing("A", "x", bool, rule)}
    contents = {"b": (("A", "t", "s"),), "c": (("A", "u", "s"),)}
    month_books.check_cooldown(contents, {"b": NOON, "c": NOON + timedelta(hours=1)}, rules)
    with pytest.raises(SoakError, match="too soon"):
        month_books.check_cooldown(contents, {"b": NOON, "c": NOON + timedelta(minutes=59)}, rules)


def test_every_kind_of_rule_is_in_the_month() -> None:
    found = searches(100)
    assert {one.rule.when for one in found} == {"at once", "hourly", "daily", "weekly"}
    assert {one.name for one in found if not one.alert}
    assert {one.since for one in found} > {0}
    assert any(one.rule.each_outlet for one in found)
    assert {name for one in found for name in one.rule.channels} == {*CHANNELS}


def test_alerts_are_read_from_what_a_program_is_sent() -> None:
    article = {"title": "T", "source": "S", "alerts": [{"saved_search": "A"}]}
    data = json.dumps({"batch": "b", "articles": [article]}).encode()
    assert alerts_in_json(data) == ("b", [("A", "T", "S")])


# -- the collector itself


@pytest.mark.slow
def test_every_alert_of_the_collector_itself_arrives_once_on_a_sample(tmp_path: Path) -> None:
    assert "every one once" in soak_live.live(tmp_path, 3, seed=11)


def test_a_collector_that_ends_by_itself_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("in the way")
    collector = soak_live._Collector(LibraryPaths(tmp_path / "library"), tmp_path / "log")
    try:
        with pytest.raises(SoakError, match="ended by itself"):
            collector.does(CatchUp(), time.monotonic() + 60)
    finally:
        collector.kill()


def test_a_newsstand_shows_what_it_was_told_and_says_when_nothing_is_new() -> None:
    with Newsstand() as stand:
        url = stand.site.format(3)
        stand.show({url: b"<rss/>"})
        with urlopen(url) as answer:
            assert answer.read() == b"<rss/>"
            tag = answer.headers["ETag"]
        again = Request(url, headers={"If-None-Match": tag})
        assert _refused(again) == 304
        stand.show({url: None})
        assert _refused(Request(url)) == 503


def _refused(request: Request) -> int:
    with pytest.raises(HTTPError) as caught:
        urlopen(request)
    caught.value.close()
    return caught.value.code
