"""Lists by scope, rows, the reading pane, and what the index reads."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_world import NOW, World, item

from reader.domain.article import Chip, Span, Texts
from reader.domain.scope import Scope
from reader.store.parts import spans_json
from reader.store.store import Store

STATEMENTS_FOR_A_PAGE = 4


def test_everything_is_newest_first_and_later_ids_first_within_a_moment(world: World) -> None:
    feed = world.feed()
    old, new, same = (world.article(feed, hours_ago=hours) for hours in (2, 1, 1))
    assert list(world.store.lists.ids(Scope())) == [same, new, old]


def test_each_scope_holds_its_articles(world: World) -> None:
    lists, marks = world.store.lists, world.store.marks
    feed, inside = world.feed(), world.feed(folder="A/B")
    plain, starred = world.article(feed, hours_ago=1), world.article(feed, hours_ago=2)
    deep, read = world.article(inside, hours_ago=3), world.article(inside, hours_ago=4)
    deleted = world.article(inside, hours_ago=5)
    entity, saved = world.entity("E"), world.saved("S", deep, read, deleted, alert=True)
    for article in (plain, deleted):
        world.mention(article, entity, (0, 1))
    marks.star([starred, deleted], True)
    marks.tag([deep, deleted], "Тег")
    marks.read([read], True)
    search = world.store.saved.all()[0]
    for article in (plain, read, deleted):
        world.store.alerts.fire(article, search, "[]", NOW)
    marks.deleted([deleted], True)

    expected = {
        Scope(): [plain, starred, deep, read],
        Scope(unread=True): [plain, starred, deep],
        Scope(feed=feed): [plain, starred],
        Scope(feed=inside, unread=True): [deep],
        Scope(folder="A"): [deep, read],
        Scope(folder="a/b", unread=True): [deep],
        Scope(folder="B"): [],
        Scope(entity=entity): [plain],
        Scope(saved=saved): [deep, read],
        Scope(saved=saved, unread=True): [deep],
        Scope(tag="ТЕГ"): [deep],
        Scope(starred=True): [starred],
        Scope(starred=True, feed=inside): [],
        Scope(alerts=True): [plain, read],
        Scope(before=NOW - timedelta(hours=2)): [deep, read],
        Scope(feed=inside, before=NOW - timedelta(hours=3)): [read],
        Scope(ids=(read, 99, deleted, plain)): [read, plain],
        Scope(ids=(read, plain), unread=True): [plain],
        Scope(ids=()): [],
    }
    for scope, ids in expected.items():
        assert list(lists.ids(scope)) == ids, scope
        unread = [one for one in ids if one != read]
        assert lists.count(scope) == (len(ids), len(unread)), scope


SCOPES: dict[str, Callable[[World], Scope]] = {
    "all": lambda _: Scope(),
    "unread": lambda _: Scope(unread=True),
    "starred": lambda _: Scope(starred=True),
    "feed": lambda w: Scope(feed=w.store.feeds.all()[0].id),
    "folder": lambda _: Scope(folder="A"),
    "entity": lambda w: Scope(entity=w.store.entities.all()[0].id),
    "saved": lambda w: Scope(saved=w.store.saved.all()[0].id),
    "tag": lambda _: Scope(tag="t"),
    "alerts": lambda _: Scope(alerts=True),
}


@pytest.mark.parametrize("name", SCOPES)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hours=st.lists(st.integers(0, 5), max_size=12), limit=st.integers(1, 5))
def test_pages_together_are_the_whole_list(
    world: World, name: str, hours: list[int], limit: int
) -> None:
    feed, second = world.feed("https://a", folder="A/B"), world.feed("https://b", folder="A")
    entity = world.entity("E")
    if not world.store.saved.all():
        world.saved("S")
    saved = world.store.saved.all()[0]
    for number, age in enumerate(hours):
        article = world.article(feed, hours_ago=age)
        world.store.articles.join(second, article, article, 0)
        world.mention(article, entity, (0, 1))
        world.store.saved.put_hits(article, {saved.id: "[]"})
        world.store.alerts.fire(article, saved, "[]", NOW)
        world.store.marks.tag([article], "t")
        world.store.marks.star([article], bool(number % 2))
        world.store.marks.read([article], bool(number % 3))
    scope = SCOPES[name](world)
    pages, after = [], None
    while page := world.store.lists.page(scope, after, limit):
        assert len(page) <= limit
        pages += page
        after = page[-1]
    assert [key[1] for key in pages] == list(world.store.lists.ids(scope))


def test_row_shows_everything_but_the_body(world: World) -> None:
    feed = world.feed("https://a.example/rss", title="The A")
    article = world.article(feed, "Title", author="Jo", language="ru")
    world.store.articles.join(world.feed(), article, 5, 5)
    world.store.marks.tag([article], "b")
    world.store.marks.tag([article], "a")
    world.store.marks.note(article, "n", NOW)
    (line,) = world.store.lists.lines([article])
    assert (line.title, line.source, line.feed) == ("Title", "The A", "https://a.example/rss")
    assert (line.author, line.language, line.published) == ("Jo", "ru", NOW)
    assert (line.tags, line.has_note, line.revisions) == (("a", "b"), True, 0)
    assert not line.read
    assert not line.starred


def test_chips_come_most_mentioned_first_and_none_is_left_out(world: World) -> None:
    article = world.article(world.feed())
    entities = {name: world.entity(name) for name in "abcdefgh"}
    counts = {"a": 1, "b": 1, "c": 3, "d": 2, "e": 2, "f": 1, "g": 5, "h": 1}
    world.mentions(
        article,
        {entities[name]: tuple((n, n + 1) for n in range(count)) for name, count in counts.items()},
    )
    (line,) = world.store.lists.lines([article])
    assert [(chip.name, chip.count) for chip in line.chips] == [
        ("g", 5), ("c", 3), ("d", 2), ("e", 2), ("a", 1), ("b", 1), ("f", 1), ("h", 1),
    ]  # fmt: skip
    assert line.chips[0] == Chip(entities["g"], "g", "person", 5)


def test_rows_come_in_the_order_asked_without_those_that_are_gone(world: World) -> None:
    feed = world.feed()
    first, second, third = (world.article(feed) for _ in range(3))
    world.store.marks.deleted([second], True)
    lines = world.store.lists.lines([third, 99, second, first])
    assert [line.id for line in lines] == [third, first]
    assert world.store.lists.lines([]) == []


@pytest.fixture
def statements(store: Store) -> Iterator[list[str]]:
    seen: list[str] = []
    store.connection.set_trace_callback(seen.append)
    yield seen
    store.connection.set_trace_callback(None)


def test_number_of_statements_does_not_grow_with_the_page(
    world: World, statements: list[str]
) -> None:
    feed, entity = world.feed(), world.entity("E")
    ids = [world.article(feed) for _ in range(30)]
    for article in ids:
        world.mention(article, entity, (0, 1))
    statements.clear()
    assert len(world.store.lists.lines(ids)) == 30
    assert len(statements) <= STATEMENTS_FOR_A_PAGE
    assert not [sql for sql in statements if "body" in sql]


def test_detail_has_mentions_in_reading_order_hits_and_note(world: World) -> None:
    feed = world.feed(outlet="The Outlet")
    article = world.article(feed)
    one, two = world.entity("One"), world.entity("Two", "place")
    world.mentions(article, {one: ((7, 9), (0, 3)), two: ((0, 8),)})
    span = Span("body", 0, 3, "abc")
    saved = world.store.saved.add("S", "q", False)
    world.store.saved.put_hits(article, {saved: spans_json([span])})
    world.store.marks.note(article, " kept \n", NOW)
    world.store.feeds.allow_images(feed, True)
    detail = world.store.lists.detail(article)
    assert [(m.entity, m.start, m.end) for m in detail.mentions] == [
        ("Two", 0, 8), ("One", 0, 3), ("One", 7, 9),
    ]  # fmt: skip
    assert (detail.hits, detail.note, detail.outlet) == (("S",), "kept", "The Outlet")
    assert detail.images_allowed
    assert world.store.lists.hits(article) == [("S", (span,))]


def test_no_detail_of_what_is_not_there(world: World) -> None:
    article = world.article(world.feed())
    world.store.marks.deleted([article], True)
    assert world.store.lists.detail(article) is None
    assert world.store.lists.detail(99) is None


def test_documents_carry_all_a_query_can_ask(world: World) -> None:
    feed = world.feed("https://a", title="A", folder="F/G")
    second = world.feed("https://b", title="B", outlet="A", folder="F")
    article = world.store.articles.add(
        item(feed, 1, texts=Texts("T", "L", "B"), author="Jo", content_hash=1)
    )
    world.store.articles.join(second, article, 3, 3)
    entity = world.entity("E", "weapon", watchlist="w")
    world.mention(article, entity, (0, 1))
    world.store.marks.tag([article], "t")
    world.store.marks.star([article], True)
    world.store.articles.revise(article, item(feed, 1, texts=Texts("T2"), content_hash=2), NOW)
    bare = world.article(feed)
    document, other = world.store.lists.documents([article, 99, bare])
    assert document.texts == Texts("T2")
    assert document.feeds == (("https://a", "A"), ("https://b", "B"))
    assert (document.folders, document.outlets) == (("F/G", "F"), ("A",))
    assert document.entities == (("E", "weapon", "w"),)
    assert [m.entity_id for m in document.entity_spans] == [entity]
    assert (document.tags, document.starred, document.read) == (("t",), True, False)
    assert document.has_revision
    assert (document.published, document.sorted_at, document.first_seen) == (NOW, NOW, NOW)
    assert (other.id, other.entities, other.has_revision) == (bare, (), False)
