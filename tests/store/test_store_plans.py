"""How SQLite answers what a screen shows: from an index, without sorting, without reading all."""

from collections.abc import Callable, Iterator

import pytest
from store_world import NOW, World

from reader.domain.alert import InboxQuery
from reader.domain.scope import Scope
from reader.store.profiles import Profiles
from reader.store.store import Store

SHOWN: dict[str, Callable[[Store], object]] = {
    "all": lambda s: s.lists.ids(Scope()),
    "unread": lambda s: s.lists.ids(Scope(unread=True)),
    "starred": lambda s: s.lists.ids(Scope(starred=True)),
    "starred unread": lambda s: s.lists.ids(Scope(starred=True, unread=True)),
    "older": lambda s: s.lists.ids(Scope(unread=True, before=NOW)),
    "feed": lambda s: s.lists.ids(Scope(feed=1, unread=True)),
    "entity": lambda s: s.lists.ids(Scope(entity=1)),
    "saved": lambda s: s.lists.ids(Scope(saved=1)),
    "page of all": lambda s: s.lists.page(Scope(), (1, 1), 50),
    "page of unread": lambda s: s.lists.page(Scope(unread=True), (1, 1), 50),
    "page of a feed": lambda s: s.lists.page(Scope(feed=1), (1, 1), 50),
    "page of an entity": lambda s: s.lists.page(Scope(entity=1), (1, 1), 50),
    "page of a saved search": lambda s: s.lists.page(Scope(saved=1), (1, 1), 50),
    "folder of searches": lambda s: s.lists.ids(Scope(saved_folder="F")),
    "page of a folder of searches": lambda s: s.lists.page(Scope(saved_folder="F"), (1, 1), 50),
    "unexplained": lambda s: s.saved.unexplained(1, 9),
    "due": lambda s: s.outbox.due("email", NOW),
    "next due": lambda s: s.outbox.next_due("email"),
    "count of all": lambda s: s.lists.count(Scope()),
    "feeds due": lambda s: s.feeds.due(NOW),
    "alerts": lambda s: s.alerts.latest(50),
    "inbox": lambda s: [s.alerts.listed(InboxQuery(unread=one)) for one in (False, True)],
    "inbox of a kind": lambda s: s.alerts.listed(InboxQuery("open")),
    "counts of the inbox": lambda s: s.alerts.counted(InboxQuery()),
    "not looked at": lambda s: [s.alerts.not_seen(), s.alerts.unseen()],
    "last change": lambda s: s.journal.latest(),
    "to index": lambda s: s.queue.batch(50),
}
"""Paged or walked in the order of an index."""

GATHERED: dict[str, Callable[[Store], object]] = {
    "folder": lambda s: s.lists.ids(Scope(folder="A")),
    "tag": lambda s: s.lists.ids(Scope(tag="t")),
    "alerts": lambda s: s.lists.ids(Scope(alerts=True)),
    "search results": lambda s: s.lists.ids(Scope(ids=(1, 2))),
    "rows": lambda s: s.lists.lines([1, 2]),
    "reading pane": lambda s: s.lists.detail(1),
    "documents": lambda s: s.lists.documents([1, 2]),
    "sidebar feeds": lambda s: s.feeds.lines(),
    "sidebar folders": lambda s: s.feeds.folder_lines(),
    "watchlists": lambda s: [s.watchlists.all(), s.watchlists.lines()],
    "some entities": lambda s: [s.entities.some([1]), s.entities.of_list("x")],
    "types": lambda s: [s.types.all(), s.types.used()],
    "sidebar entities": lambda s: s.entities.lines(),
    "sidebar saved searches": lambda s: s.saved.lines(),
    "sidebar days of saved searches": lambda s: s.saved.with_days([NOW, NOW]),
    "sidebar folders of saved searches": lambda s: s.saved.folders(),
    "inbox of a search": lambda s: s.alerts.listed(InboxQuery(saved=1, unseen=True)),
    "inbox of what is new": lambda s: s.alerts.counted(InboxQuery(unseen=True, among=(1,))),
    "alerts of articles": lambda s: s.alerts.of_articles([1, 2]),
    "alerts by number": lambda s: s.alerts.get([1, 2]),
    "texts of alerts": lambda s: s.alerts.texts([1, 2]),
    "fired": lambda s: s.alerts.fired([1, 2]),
    "hits of articles": lambda s: s.saved.hits_of(1, 2),
    "batch": lambda s: s.outbox.batched("email", NOW),
    "done": lambda s: s.outbox.done("x", NOW),
    "release": lambda s: s.outbox.release("x"),
    "withdraw": lambda s: s.outbox.withdraw(1),
    "move": lambda s: s.outbox.move(1, "email", NOW),
    "move back": lambda s: s.outbox.move_back([(1, "email", 1)]),
    "refuse": lambda s: s.outbox.refuse("x", "No."),
    "retry": lambda s: s.outbox.retry("email"),
    "drop refused": lambda s: s.outbox.drop_refused("email"),
    "unfinished": lambda s: s.outbox.unfinished("email"),
    "channels": lambda s: s.outbox.states(),
    "judge": lambda s: s.judgements.put(1, [1], True, NOW),
    "move a search": lambda s: s.saved.edit(1, folder="G"),
    "sidebar tags": lambda s: s.marks.tags(),
    "totals": lambda s: s.totals(),
    "chart": lambda s: s.entities.per_day([1], [NOW, NOW]),
    "known": lambda s: s.articles.known(1, [1]),
    "by link": lambda s: s.articles.by_url(1, [1]),
    "twins": lambda s: s.articles.twins(1, [1]),
    "mark": lambda s: s.marks.read([1], True),
    "mentions": lambda s: s.entities.replace_mentions(1, []),
    "remove entity": lambda s: s.entities.remove(1),
    "members of feeds": lambda s: s.selection.members("feed", [1]),
    "members of entities": lambda s: s.selection.members("entity", [1]),
    "members of tags": lambda s: s.selection.members("tag", [1]),
    "members of languages": lambda s: s.selection.members("lang", ["en"]),
    "sums": lambda s: s.selection.sums("feed", [1]),
    "tallies": lambda s: s.selection.tallies("feed"),
    "pulse": lambda s: s.selection.pulse(),
    "later": lambda s: s.selection.later(1),
    "languages": lambda s: s.selection.languages(),
    "flagged": lambda s: [s.selection.flagged(flag) for flag in ("unread", "starred", "revision")],
    "dates": lambda s: s.selection.dates(),
    "articles of an entity": lambda s: Profiles(s.connection).rows(1, 0, 9),
    "first and last of an entity": lambda s: Profiles(s.connection).ends(1),
    "company": lambda s: Profiles(s.connection).together(1, [1, 2]),
    "articles of company": lambda s: Profiles(s.connection).counts([1], 0, 9, collapse=True),
    "articles of a time": lambda s: Profiles(s.connection).articles(0, 9, collapse=True),
    "sentences of an entity": lambda s: [
        Profiles(s.connection).speaking(1, 0, (9, 9), 9, other=other, collapse=collapse)
        for other in (None, 2)
        for collapse in (False, True)
    ],
    "places": lambda s: Profiles(s.connection).places([1, 2]),
}
"""What is gathered from several places may be sorted; all articles are never read for it."""

LARGE = (
    "article", "body", "membership", "identity", "mention", "appearance", "hit", "revision",
    "saved_folder_hit",
)  # fmt: skip
ALIASES = {"a": "article", "b": "body", "m": "membership", "p": "appearance", "i": "identity"}


@pytest.fixture
def plan(world: World) -> Iterator[Callable[[Callable[[Store], object]], list[str]]]:
    store = world.store
    feed = world.feed(folder="A")
    article = world.article(feed)
    entity = world.entity("E")
    world.mention(article, entity, (0, 1))
    world.store.saved.edit(world.saved("S", article), folder="F")
    world.store.marks.tag([article], "t")
    asked: list[str] = []

    def explain(work: Callable[[Store], object]) -> list[str]:
        asked.clear()
        store.connection.set_trace_callback(asked.append)
        work(store)
        store.connection.set_trace_callback(None)
        statements = [sql for sql in asked if not sql.startswith(("--", "BEGIN", "COMMIT", "SAVE"))]
        assert statements
        return [
            row[3]
            for sql in statements
            if sql.lstrip().split()[0] in {"SELECT", "UPDATE", "DELETE", "INSERT", "WITH"}
            for row in store.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
        ]

    yield explain
    store.connection.set_trace_callback(None)


def scans(steps: list[str]) -> list[str]:
    """Steps that read all of a large table, or all of an index that is not in the list's order."""
    return [
        step
        for step in steps
        if step.startswith("SCAN")
        and ALIASES.get(step.split()[1], step.split()[1]) in LARGE
        and "USING INDEX article_" not in step
        and "USING COVERING INDEX article_" not in step
    ]


@pytest.mark.parametrize("name", SHOWN)
def test_list_is_walked_in_the_order_of_an_index(plan, name: str) -> None:
    steps = plan(SHOWN[name])
    assert scans(steps) == []
    assert not [step for step in steps if "TEMP B-TREE" in step]


@pytest.mark.parametrize("name", GATHERED)
def test_nothing_large_is_read_whole(plan, name: str) -> None:
    steps = plan(GATHERED[name])
    assert scans(steps) == []
    assert not [step for step in steps if "SCAN a USING" in step]


def test_scan_would_be_noticed(plan) -> None:
    steps = plan(lambda s: s.connection.execute("SELECT count(*) FROM mention AS m, article AS a"))
    assert scans(steps)
