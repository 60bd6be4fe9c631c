"""Whatever is done in whatever order, every count is what counting would give."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_world import NOW, World, item

from reader.domain.alert import Alert, InboxQuery
from reader.domain.scope import Scope
from reader.paths import LibraryPaths
from reader.store.store import Store

PLACES = {0: (), 1: ((0, 1),), 2: ((0, 1), (3, 4))}


def revise(world: World, article: int, other: int) -> None:
    feed = 1 + other % 3
    if article in world.store.articles.texts([article]):
        new = item(feed, article, content_hash=other, hours_ago=other)
        world.store.articles.revise(article, new, NOW)


def derive(world: World, article: int, other: int) -> None:
    search = world.store.saved.all()[article % 2]
    world.store.saved.replace_hits(search.id, search.version, range(other, article + 3))


def replace_search(world: World, which: int, place: int) -> None:
    """Away with its hits and its place in a folder, and back with its number."""
    world.store.saved.remove(1 + which % 2)
    folder = ("A", "B")[place % 2]
    world.store.saved.add(f"new {which % 2}", "q", False, folder=folder, saved_id=1 + which % 2)


def fire(world: World, article: int, which: int) -> None:
    search = world.store.saved.all()[which % 2]
    if article in world.store.articles.texts([article]):
        world.store.alerts.fire(article, search, "[]", NOW + timedelta(minutes=which))


def forget(world: World, article: int, which: int) -> None:
    """An alert goes with its article only, but counts must not hang on that."""
    world.store.connection.execute("DELETE FROM alert WHERE id = (SELECT max(id) FROM alert)")


STEPS: dict[str, Callable[[World, int, int], object]] = {
    "add": lambda w, a, b: w.article(1 + b % 3, hours_ago=a),
    "join": lambda w, a, b: (
        w.store.articles.texts([a]) and w.store.articles.join(1 + b % 3, a, 100 + a, b)
    ),
    "revise": revise,
    "read": lambda w, a, b: w.store.marks.read([a, b], True),
    "unread": lambda w, a, b: w.store.marks.read([a, b], False),
    "star": lambda w, a, b: w.store.marks.star([a], bool(b % 2)),
    "delete": lambda w, a, b: w.store.marks.deleted([a, b], True),
    "bring back": lambda w, a, b: w.store.marks.deleted([a], False),
    "mention": lambda w, a, b: (
        w.store.articles.texts([a]) and w.mentions(a, {1: PLACES[b % 3], 2: PLACES[a % 3]})
    ),
    "hit": lambda w, a, b: w.store.saved.put_hits(a, {1: "[]"} if b % 2 else {2: "[]"}),
    "derive": derive,
    "purge": lambda w, a, b: w.store.connection.execute("DELETE FROM article WHERE id = ?", (a,)),
    "unsubscribe": lambda w, a, b: w.store.feeds.remove(1 + a % 3, NOW),
    "tag": lambda w, a, b: w.store.marks.tag([a], str(b)),
    "move a search": lambda w, a, b: w.store.saved.edit(1 + a % 2, folder=("", "A", "B")[b % 3]),
    "replace a search": replace_search,
    "fire": fire,
    "forget": forget,
    "judge": lambda w, a, b: (
        w.store.articles.texts([a])
        and w.store.judgements.put(
            w.store.saved.all()[b % 2].id, [a], (True, False, None)[b % 3], NOW
        )
    ),
    "see": lambda w, a, b: w.store.alerts.seen(),
    "give alerts back": lambda w, a, b: w.store.alerts.give_back(
        w.store.saved.all()[a % 2].id, [b, b + 1]
    ),
}

step = st.tuples(st.sampled_from(sorted(STEPS)), st.integers(1, 6), st.integers(1, 6))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    with Store.open(LibraryPaths(tmp_path_factory.mktemp("library"))) as store:
        world = World(store)
        for _ in range(3):
            world.feed(folder="A")
        for name in "EF":
            world.entity(name)
        for name in "ST":
            world.saved(name)
        yield world


@settings(max_examples=60, deadline=None)
@given(st.lists(step, max_size=25))
def test_counts_are_right_after_any_steps(world: World, steps: list[tuple[str, int, int]]) -> None:
    world.store.connection.execute("BEGIN")
    try:
        world.store.connection.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'article'")
        for _ in range(3):
            world.article(1)
        for name, first, second in steps:
            STEPS[name](world, first, second)
        assert world.store.check() == []
        days_are_recounted(world)
    finally:
        world.store.connection.execute("ROLLBACK")


MIDNIGHTS = [NOW - timedelta(hours=hours) for hours in (6, 5, 4, 3, 2, 0)]
"""Of days that are short, so that random articles lie in different ones."""


def days_are_recounted(world: World) -> None:
    """The sparklines: hits of each day, going through all of them."""
    store = world.store
    for line in store.saved.with_days(MIDNIGHTS):
        hits = store.lists.lines(store.lists.ids(Scope(saved=line.saved.id)))
        assert line.total == len(hits)
        assert line.unread == sum(not hit.read for hit in hits)
        assert line.days == tuple(
            sum(start <= hit.sorted_at < end for hit in hits) for start, end in pairwise(MIDNIGHTS)
        )


VERDICTS = ("all", "open", "kept", "noise")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ("fire", "fire", "fire", "judge", "see", "read", "delete", "bring back", "purge",
                 "replace a search", "give alerts back")
            ),
            st.integers(1, 6), st.integers(1, 6),
        ),
        max_size=30,
    ),
    st.lists(st.integers(1, 9), max_size=2),
)  # fmt: skip
def test_inbox_lists_and_counts_what_going_through_all_alerts_would_give(
    world: World, steps: list[tuple[str, int, int]], among: list[int]
) -> None:
    world.store.connection.execute("BEGIN")
    try:
        world.store.connection.execute("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'article'")
        for _ in range(6):
            world.article(1)
        for name, first, second in steps:
            STEPS[name](world, first, second)
        alerts = world.store.alerts
        for saved, unseen, unread in product((0, 1, 2), (False, True), (False, True)):
            told = InboxQuery("all", saved, unseen, tuple(among), unread)
            listed = {v: list(alerts.listed(replace(told, verdict=v))) for v in VERDICTS}
            assert listed == {v: gone_through(world, replace(told, verdict=v)) for v in VERDICTS}
            assert alerts.counted(told) == {v: len(listed[v]) for v in VERDICTS}
        found = alerts.latest(99)
        assert alerts.not_seen() == {a.id: a.article_id for a in found if not a.seen}
        assert alerts.unseen() == len(alerts.not_seen())
    finally:
        world.store.connection.execute("ROLLBACK")


def gone_through(world: World, wanted: InboxQuery) -> list[int]:
    alerts = world.store.alerts.latest(99)
    unread = {row.id for row in world.store.lists.lines(range(1, 99)) if not row.read}
    last: dict[int, tuple[datetime, int]] = {}
    for one in alerts:
        at, number = last.get(one.article_id, (one.at, 0))
        last[one.article_id] = max(at, one.at), max(number, one.id)
    fitting = {one.article_id for one in alerts if fits(one, wanted, unread)}
    return sorted(fitting, key=last.__getitem__, reverse=True)


def fits(alert: Alert, wanted: InboxQuery, unread: Collection[int]) -> bool:
    state = {None: "open", True: "kept", False: "noise"}[alert.kept]
    return (
        wanted.verdict in ("all", state if alert.saved_id else "")
        and wanted.saved in (0, alert.saved_id)
        and (not wanted.unseen or not alert.seen or alert.id in wanted.among)
        and (not wanted.unread or alert.article_id in unread)
    )
