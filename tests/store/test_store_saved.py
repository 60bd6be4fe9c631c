"""Saved searches, their hits, and the alerts they fire."""

from datetime import timedelta

import pytest
from store_world import NOW, World

from reader.domain.alert import Alert
from reader.domain.article import Span
from reader.domain.search import SavedSearch
from reader.errors import TakenError, UsageError
from reader.store.alerts import Alerts
from reader.store.parts import spans_json, spans_of
from reader.store.saved import Saved

SPANS = (Span("title", 0, 3, 'a"б'), Span("body", 7, 9, "حفتر"))


@pytest.fixture
def saved(world: World) -> Saved:
    return world.store.saved


@pytest.fixture
def alerts(world: World) -> Alerts:
    return world.store.alerts


def test_saved_in_order_and_found_by_name(saved: Saved) -> None:
    first = saved.add(" Tobruk ", "haftar tobruk", True)
    second = saved.add("Air", "air*", False)
    assert saved.all() == [
        SavedSearch(first, "Tobruk", "haftar tobruk", True),
        SavedSearch(second, "Air", "air*"),
    ]
    assert saved.by_name("TOBRUK").id == first
    assert saved.by_name("other") is None


def test_names_are_unique_and_not_empty(saved: Saved) -> None:
    first = saved.add("A", "a", False)
    saved.add("B", "b", False)
    for attempt in (lambda: saved.add("A", "x", False), lambda: saved.edit(first, name="B")):
        with pytest.raises(TakenError, match="already a saved search of that name"):
            attempt()
    for attempt in (lambda: saved.add(" ", "x", False), lambda: saved.edit(first, name="")):
        with pytest.raises(UsageError, match="needs a name"):
            attempt()
    assert [one.name for one in saved.all()] == ["A", "B"]


def test_every_change_raises_the_version(saved: Saved) -> None:
    versions = [saved.version()]
    one = saved.add("A", "a", False)
    versions.append(saved.version())
    for change in ({"name": "B"}, {"query": "b"}, {"alert": True}):
        saved.edit(one, **change)
        versions.append(saved.version())
    saved.mark_broken(one, "why")
    versions.append(saved.version())
    saved.remove(one)
    versions.append(saved.version())
    assert versions == sorted(set(versions))


def test_only_another_query_asks_for_new_hits(saved: Saved) -> None:
    one = saved.add("A", "a", False)
    assert saved.underived() == saved.all()
    saved.derived(one, 1)
    saved.edit(one, name="B", alert=True, query="a")
    assert saved.underived() == []
    saved.edit(one, query="b")
    (waiting,) = saved.underived()
    assert (waiting.version, waiting.query) == (2, "b")
    saved.derived(one, 2)
    saved.underive([one])
    assert [search.id for search in saved.underived()] == [one]


def test_broken_search_keeps_its_hits_until_it_is_mended(world: World, saved: Saved) -> None:
    one = world.saved("A", world.article(world.feed()))
    saved.mark_broken(one, "The field x is gone.")
    assert saved.all()[0].broken == "The field x is gone."
    assert saved.lines()[0].total == 1
    assert saved.underived() == []
    saved.edit(one, query="better")
    assert saved.all()[0].broken == ""
    assert saved.lines()[0].total == 1


def test_hits_of_an_article_are_replaced(world: World, saved: Saved) -> None:
    article = world.article(world.feed())
    one, two, three = (saved.add(name, name, False) for name in "abc")
    saved.put_hits(article, {one: spans_json(SPANS), two: "[]", 999: "[]"})
    assert saved.hits_of(article) == {one, two}
    saved.put_hits(article, {two: spans_json(SPANS), three: "[]"})
    assert saved.hits_of(article) == {two, three}
    assert world.store.lists.hits(article) == [("b", SPANS), ("c", ())]
    saved.put_hits(article, {})
    assert saved.hits_of(article) == set()


def test_counts_are_total_and_unread(world: World, saved: Saved) -> None:
    feed = world.feed()
    read, unread, deleted = (world.article(feed) for _ in range(3))
    world.saved("A", read, unread, deleted)
    world.store.marks.read([read], True)
    world.store.marks.deleted([deleted], True)
    (line,) = saved.lines()
    assert (line.total, line.unread) == (2, 1)


def test_derived_hits_replace_the_old_and_keep_known_spans(world: World, saved: Saved) -> None:
    feed = world.feed()
    gone, kept, new = (world.article(feed) for _ in range(3))
    one = saved.add("A", "a", False)
    for article in (gone, kept):
        saved.put_hits(article, {one: spans_json(SPANS)})
    assert saved.replace_hits(one, 1, [kept, new, 999])
    assert [saved.hits_of(article) for article in (gone, kept, new)] == [set(), {one}, {one}]
    assert world.store.lists.hits(kept) == [("A", SPANS)]
    assert saved.underived() == []


def test_hits_derived_from_an_edited_search_are_dropped(world: World, saved: Saved) -> None:
    article = world.article(world.feed())
    one = saved.add("A", "a", False)
    saved.edit(one, query="b")
    assert not saved.replace_hits(one, 1, [article])
    assert not saved.replace_hits(999, 1, [article])
    assert saved.hits_of(article) == set()


def test_alert_fires_once_per_article_and_name(world: World, saved: Saved, alerts: Alerts) -> None:
    feed = world.feed(title="The Feed")
    article, other = world.article(feed, "T"), world.article(feed, "U")
    world.saved("A", article)
    (search,) = saved.all()
    assert alerts.fire(article, search, spans_json(SPANS), NOW)
    assert not alerts.fire(article, search, "[]", NOW)
    assert alerts.fire(other, search, "[]", NOW + timedelta(seconds=1))
    assert alerts.latest(9) == [
        Alert(other, "U", "A", (), NOW + timedelta(seconds=1), False, "The Feed", 2, 1),
        Alert(article, "T", "A", SPANS, NOW, False, "The Feed", 1, 1),
    ]
    assert alerts.latest(1) == alerts.latest(9)[:1]


def test_alert_outlives_its_search(world: World, saved: Saved, alerts: Alerts) -> None:
    article = world.article(world.feed())
    world.saved("A", article)
    alerts.fire(article, saved.all()[0], "[]", NOW)
    saved.remove(saved.all()[0].id)
    assert [alert.saved_search for alert in alerts.latest(9)] == ["A"]


def test_unseen_alerts_are_counted_until_they_are_seen(
    world: World, saved: Saved, alerts: Alerts
) -> None:
    feed = world.feed()
    one, deleted = world.article(feed), world.article(feed)
    world.saved("A", one, deleted)
    for article in (one, deleted):
        alerts.fire(article, saved.all()[0], "[]", NOW)
    world.store.marks.deleted([deleted], True)
    assert alerts.unseen() == world.store.totals().alerts_unseen == 1
    assert len(alerts.latest(9)) == 1
    assert alerts.seen() == 2
    assert alerts.unseen() == 0
    assert alerts.latest(9)[0].seen


def test_spans_survive_storage() -> None:
    assert spans_of(spans_json(SPANS)) == SPANS
    assert spans_of("[]") == ()
