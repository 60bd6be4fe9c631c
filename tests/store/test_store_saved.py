"""Saved searches, their hits, and the alerts they fire."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from store_world import NOW, World

from reader.domain.alert import AS_USUAL, Alert, AlertRule
from reader.domain.article import Explained, Span
from reader.domain.library import FolderLine
from reader.domain.scope import Scope
from reader.domain.search import SavedSearch
from reader.errors import TakenError, UsageError
from reader.store.alerts import Alerts
from reader.store.judgements import Judgement
from reader.store.parts import spans_json, spans_of, why_json, why_of
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
    cut = Explained(SPANS, more=37)
    assert why_of(why_json(cut)) == cut
    assert spans_of(why_json(cut)) == SPANS
    assert why_of(spans_json(SPANS)) == Explained(SPANS)


RULE = AlertRule("daily", ("email",), "22:00-07:00", 30, "high", True, 12, True)


def test_folder_and_rule_are_kept_and_changed(saved: Saved) -> None:
    one = saved.add("A", "a", True, folder="  Sea  ports ", rule=RULE)
    assert saved.all() == [SavedSearch(one, "A", "a", True, folder="Sea ports", rule=RULE)]
    saved.edit(one, rule=AS_USUAL)
    assert saved.all()[0].rule == AS_USUAL
    saved.edit(one, folder="")
    assert (saved.all()[0].folder, saved.folders()) == ("", [])


def test_names_of_folders_differ_in_more_than_case(saved: Saved) -> None:
    for name, folder in (("A", "Ливия"), ("B", "ЛИВИЯ"), ("C", "Sea")):
        saved.add(name, "q", False, folder=folder)
    assert [one.folder for one in saved.all()] == ["Ливия", "Ливия", "Sea"]
    assert [line.path for line in saved.folders()] == ["Sea", "Ливия"]


def test_what_a_later_version_says_of_a_rule_is_kept(saved: Saved) -> None:
    one = saved.add("A", "a", True)
    db = saved._db
    db.execute('UPDATE saved_search SET rule = \'{"snooze":3,"when":"monthly","sound":true}\'')
    assert saved.all()[0].rule == AlertRule(sound=True)
    saved.edit(one, rule=AlertRule(sound=True, priority="low"))
    stored = json.loads(db.execute("SELECT rule FROM saved_search").fetchone()[0])
    assert (stored["snooze"], stored["when"], stored["priority"]) == (3, "monthly", "low")


def test_folder_counts_and_lists_each_article_once(world: World, saved: Saved) -> None:
    feed = world.feed()
    old, both, read = (world.article(feed, hours_ago=hours) for hours in (3, 2, 1))
    one, two = world.saved("A", old, both), world.saved("B", both, read)
    for number in (one, two):
        saved.edit(number, folder="F")
    world.store.marks.read([read], True)
    assert saved.folders() == [FolderLine("F", 3, 2)]
    scope = Scope(saved_folder="f")
    assert world.store.lists.ids(scope).tolist() == [read, both, old]
    first = world.store.lists.page(scope, None, 2)
    assert [i for _, i in first] == [read, both]
    assert [i for _, i in world.store.lists.page(scope, first[-1], 2)] == [old]
    assert world.store.lists.count(scope) == (3, 2)
    assert list(world.store.lists.ids(Scope(saved_folder="f", unread=True))) == [both, old]
    assert list(world.store.lists.ids(Scope(saved_folder="other"))) == []
    saved.remove(one)
    assert saved.folders() == [FolderLine("F", 2, 1)]
    saved.remove(two)
    assert saved.folders() == []


def test_search_that_comes_back_has_its_number_and_version(saved: Saved) -> None:
    one = saved.add("A", "a", False)
    saved.edit(one, query="b")
    saved.remove(one)
    assert saved.add("A", "b", False, saved_id=one, version=2) == one
    assert [search.version for search in saved.underived()] == [2]
    assert saved.add("B", "b", False) > one


def test_mended_search_is_derived_anew(saved: Saved) -> None:
    one = saved.add("A", "a", False)
    saved.derived(one, 1)
    saved.mark_broken(one, "why")
    saved.mend(one)
    assert saved.all()[0].broken == ""
    assert saved.underived_ids() == {one}


def test_kept_hit_says_which_query_and_text_its_places_are_of(world: World, saved: Saved) -> None:
    article = world.article(world.feed())
    one = saved.add("A", "a", False)
    saved.put_hits(article, {one: spans_json(SPANS)})
    saved.edit(one, query="b")
    saved.replace_hits(one, 2, [article])
    sql = "SELECT version, revision, spans FROM hit"
    assert saved._db.execute(sql).fetchall() == [(1, 1, spans_json(SPANS))]


def test_newest_hits_without_places_of_this_query_are_to_be_explained(
    world: World, saved: Saved
) -> None:
    feed = world.feed()
    old, new, newest = (world.article(feed, hours_ago=hours) for hours in (3, 2, 1))
    one = saved.add("A", "a", False)
    saved.put_hits(newest, {one: "[]"})
    saved.replace_hits(one, 1, [old, new, newest])
    assert world.store.lists.hits(new) == [("A", ())]
    assert saved.unexplained(one, 9) == [new, old]
    assert saved.unexplained(one, 2) == [new]
    saved.explain(one, 1, {new: spans_json(SPANS), 999: "[]"})
    assert saved.unexplained(one, 9) == [old]
    assert world.store.lists.hits(new) == [("A", SPANS)]
    saved.edit(one, query="b")
    saved.explain(one, 1, {old: spans_json(SPANS)})
    assert saved.unexplained(one, 9) == [newest, new, old]
    assert world.store.lists.hits(old) == [("A", ())]


def test_days_are_counted_from_midnight_to_midnight_without_deleted_articles(
    world: World, saved: Saved
) -> None:
    feed = world.feed()
    midnights = [NOW - timedelta(hours=hours) for hours in (49, 25, 1)]
    ages = (0.5, 1, 24.9, 25, 25, 49, 49.1)
    articles = [world.article(feed, hours_ago=age) for age in ages]
    world.saved("A", *articles)
    world.saved("none")
    world.store.marks.deleted([articles[3]], True)
    some, none = saved.with_days(midnights)
    assert (some.days, none.days) == ((1, 2), (0, 0))
    assert replace(some, days=()) == saved.lines()[0]


def test_judgements_are_put_changed_and_taken_back(world: World, saved: Saved) -> None:
    judgements = world.store.judgements
    feed = world.feed()
    first, second = world.article(feed), world.article(feed)
    one, two = world.saved("A", first), world.saved("B")
    assert judgements.put(one, [first, second, 999], True, NOW) == ([first, second], [])
    changed, former = judgements.put(one, [first, second, first], False, NOW + timedelta(days=1))
    assert (changed, former) == (
        [first, second], [Judgement(first, True, NOW), Judgement(second, True, NOW)],
    )  # fmt: skip
    judgements.put(two, [first], True, NOW)
    assert judgements.counts() == {one: (0, 2), two: (1, 0)}
    assert [(line.kept, line.noise) for line in saved.lines()] == [(0, 2), (1, 0)]
    judgements.restore(one, changed, [*former[:1], Judgement(999, True, NOW)])
    assert judgements.of(one) == [Judgement(first, True, NOW)]
    assert judgements.put(999, [first], True, NOW) == ([], [])
    assert judgements.put(one, [first], None, NOW) == ([first], [Judgement(first, True, NOW)])
    saved.remove(two)
    assert judgements.counts() == {}


def test_search_fires_once_for_an_article_whatever_it_is_called(
    world: World, saved: Saved, alerts: Alerts
) -> None:
    article = world.article(world.feed())
    one = world.saved("A", article)
    assert alerts.fire(article, saved.all()[0], "[]", NOW)
    saved.edit(one, name="B")
    assert not alerts.fire(article, saved.all()[0], "[]", NOW)
    assert not alerts.fire(999, saved.all()[0], "[]", NOW)


def test_alerts_are_read_by_number_and_by_article(
    world: World, saved: Saved, alerts: Alerts
) -> None:
    feed = world.feed()
    first, second = world.article(feed), world.article(feed)
    one, two = world.saved("A", first), world.saved("B", first)
    by_id = {search.id: search for search in saved.all()}
    fired = [
        alerts.fire(article, by_id[search], "[]", NOW + timedelta(seconds=n))
        for n, (article, search) in enumerate([(first, one), (first, two), (second, one)])
    ]
    assert [alert.id for alert in alerts.get([*fired[:2], 999])] == [fired[1], fired[0]]
    assert [alert.id for alert in alerts.of_articles([first])] == [fired[1], fired[0]]
    assert alerts.fired([second]) == {one}
    assert alerts.fired([first, second]) == {one, two}
    assert alerts.ids_of(one) == [fired[0], fired[2]]
    saved.remove(one)
    assert alerts.fired([second]) == set()
    saved.add("A", "A", False, saved_id=one)
    alerts.give_back(one, [fired[0], fired[1]])
    assert [alert.saved_id for alert in alerts.latest(9)] == [None, two, one]
