"""Every method against a database that is locked, and on a disk that is full.

A locked or full library tells a person so, loses nothing, and goes on when the cause is gone. The
tables below must name every public method, so a new one cannot be forgotten.
"""

import inspect
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from store_world import NOW, World, item

from reader.domain.alert import InboxQuery
from reader.domain.entity import Entity
from reader.domain.imprint import Imprint
from reader.domain.looks import EntityType
from reader.domain.scope import Scope
from reader.domain.search import SavedSearch
from reader.domain.watchlist import Watchlist
from reader.errors import StoreError
from reader.paths import LibraryPaths
from reader.store.database import connect
from reader.store.judgements import Judgement
from reader.store.queue import QueueBatch
from reader.store.store import Store

LONG = "x" * 300_000
"""Does not fit into the pages a full database has left."""

GROUPS = (
    "feeds", "articles", "lists", "marks", "entities", "saved", "alerts", "outbox",
    "judgements", "queue", "journal", "selection", "meta", "watchlists", "types",
    "imprints",
)  # fmt: skip

WRITES: dict[str, Callable[[Store], object]] = {
    "feeds.add": lambda s: s.feeds.add("https://new.example", now=NOW, folder=LONG),
    "feeds.rename": lambda s: s.feeds.rename(1, LONG),
    "feeds.move": lambda s: s.feeds.move(1, LONG),
    "feeds.remove": lambda s: s.feeds.remove(1, NOW),
    "feeds.restore": lambda s: s.feeds.restore(1),
    "feeds.allow_images": lambda s: s.feeds.allow_images(1, True),
    "feeds.allow_private": lambda s: s.feeds.allow_private(1),
    "feeds.fetched": lambda s: s.feeds.fetched(1, now=NOW, next_fetch=NOW, etag=LONG),
    "feeds.unmodified": lambda s: s.feeds.unmodified(1, NOW, NOW),
    "feeds.failed": lambda s: s.feeds.failed(1, "http", LONG, NOW, NOW),
    "feeds.gone": lambda s: s.feeds.gone(1),
    "feeds.introduce": lambda s: s.feeds.introduce(1, LONG),
    "feeds.set_identity": lambda s: s.feeds.set_identity(1, "content"),
    "articles.add": lambda s: s.articles.add(item(1, 9, LONG)),
    "articles.revise": lambda s: s.articles.revise(1, item(1, 1, LONG), NOW),
    "articles.join": lambda s: s.articles.join(2, 1, 9, 9),
    "marks.read": lambda s: s.marks.read([1], True),
    "marks.star": lambda s: s.marks.star([1], True),
    "marks.deleted": lambda s: s.marks.deleted([1], True),
    "marks.read_scope": lambda s: s.marks.read_scope(Scope(), NOW),
    "marks.tag": lambda s: s.marks.tag([1], LONG),
    "entities.set_found_by": lambda s: s.entities.set_found_by(LONG),
    "imprints.put": lambda s: s.imprints.put(1, [Imprint((1, 2, 3, 4), None, 5, 6)] * 40_000),
    "marks.untag": lambda s: s.marks.untag([1], "t"),
    "marks.note": lambda s: s.marks.note(1, LONG, NOW),
    "entities.put": lambda s: s.entities.put(Entity("New", "person", note=LONG)),
    "entities.put_all": lambda s: s.entities.put_all([Entity("New", "person", note=LONG)]),
    "entities.restore": lambda s: s.entities.restore([Entity("E", "person", note=LONG, id=1)]),
    "watchlists.put": lambda s: s.watchlists.put(Watchlist("New", LONG)),
    "watchlists.rename": lambda s: s.watchlists.rename("Empty", LONG),
    "watchlists.remove": lambda s: s.watchlists.remove("Empty"),
    "watchlists.restore": lambda s: s.watchlists.restore([Watchlist("New", LONG)]),
    "types.put": lambda s: s.types.put(EntityType(LONG)),
    "types.rename": lambda s: s.types.rename("ship", LONG),
    "types.remove": lambda s: s.types.remove("ship"),
    "types.retype": lambda s: s.types.retype([1], LONG),
    "types.restore": lambda s: s.types.restore([EntityType(LONG)]),
    "entities.remove": lambda s: s.entities.remove(1),
    "entities.raise_version": lambda s: s.entities.raise_version(),
    "entities.set_rescan_below": lambda s: s.entities.set_rescan_below(7),
    "entities.replace_mentions": lambda s: s.entities.replace_mentions(1, []),
    "saved.add": lambda s: s.saved.add("New", LONG, False),
    "saved.edit": lambda s: s.saved.edit(1, query=LONG),
    "saved.remove": lambda s: s.saved.remove(1),
    "saved.put_hits": lambda s: s.saved.put_hits(1, {1: LONG}),
    "saved.replace_hits": lambda s: s.saved.replace_hits(1, 1, []),
    "saved.explain": lambda s: s.saved.explain(1, 1, {1: LONG}),
    "saved.derived": lambda s: s.saved.derived(1, 1),
    "saved.underive": lambda s: s.saved.underive([1]),
    "saved.mend": lambda s: s.saved.mend(1),
    "saved.mark_broken": lambda s: s.saved.mark_broken(1, LONG),
    "alerts.fire": lambda s: s.alerts.fire(1, s.saved.all()[0], LONG, NOW),
    "alerts.give_back": lambda s: s.alerts.give_back(1, [1]),
    "alerts.seen": lambda s: s.alerts.seen(),
    "outbox.put": lambda s: s.outbox.put(1, {LONG: NOW}),
    "outbox.put_back": lambda s: s.outbox.put_back([(1, LONG, 1)]),
    "outbox.postpone": lambda s: s.outbox.postpone([1], NOW),
    "outbox.batched": lambda s: s.outbox.batched("email", NOW),
    "outbox.done": lambda s: s.outbox.done("begun", NOW),
    "outbox.release": lambda s: s.outbox.release("begun"),
    "outbox.failed": lambda s: s.outbox.failed("email", LONG, NOW),
    "outbox.move": lambda s: s.outbox.move(1, "email", NOW),
    "outbox.move_back": lambda s: s.outbox.move_back([(1, "email", 1)]),
    "outbox.refuse": lambda s: s.outbox.refuse("begun", LONG),
    "outbox.retry": lambda s: s.outbox.retry("webhook"),
    "outbox.drop_refused": lambda s: s.outbox.drop_refused("webhook"),
    "outbox.forgive": lambda s: s.outbox.forgive("email"),
    "outbox.withdraw": lambda s: s.outbox.withdraw(1),
    "judgements.put": lambda s: s.judgements.put(1, [1], None, NOW),
    "judgements.restore": lambda s: s.judgements.restore(1, [1], [Judgement(1, True, NOW)]),
    "queue.push": lambda s: s.queue.push([1]),
    "queue.push_all": lambda s: s.queue.push_all(),
    "queue.done": lambda s: s.queue.done(QueueBatch(None, 1)),
    "journal.record": lambda s: s.journal.record("note", LONG, LONG, NOW),
    "journal.mark_undone": lambda s: s.journal.mark_undone(1),
    "meta.set": lambda s: s.meta.set("x", LONG),
    "meta.raised": lambda s: s.meta.raised("n"),
}
NEEDS_ROOM = {name for name, work in WRITES.items() if "LONG" in work.__code__.co_names}

READS: dict[str, Callable[[Store], object]] = {
    "feeds.by_url": lambda s: s.feeds.by_url("https://a.example"),
    "feeds.get": lambda s: s.feeds.get(1),
    "feeds.all": lambda s: s.feeds.all(),
    "feeds.lines": lambda s: s.feeds.lines(),
    "feeds.due": lambda s: s.feeds.due(NOW),
    "feeds.folders": lambda s: s.feeds.folders(),
    "feeds.folder_lines": lambda s: s.feeds.folder_lines(),
    "articles.known": lambda s: s.articles.known(1, [1]),
    "articles.by_url": lambda s: s.articles.by_url(1, [5001]),
    "articles.twins": lambda s: s.articles.twins(1, [1001]),
    "articles.revision": lambda s: s.articles.revision(1),
    "articles.texts": lambda s: s.articles.texts([1]),
    "articles.ids_below": lambda s: s.articles.ids_below(None, 9),
    "articles.count_below": lambda s: s.articles.count_below(9),
    "entities.found_by": lambda s: s.entities.found_by(),
    "imprints.of": lambda s: s.imprints.of(1),
    "imprints.written": lambda s: s.imprints.written([1]),
    "articles.newest": lambda s: s.articles.newest(),
    "lists.ids": lambda s: s.lists.ids(Scope()),
    "lists.page": lambda s: s.lists.page(Scope(), None, 9),
    "lists.count": lambda s: s.lists.count(Scope(feed=1)),
    "lists.lines": lambda s: s.lists.lines([1]),
    "lists.detail": lambda s: s.lists.detail(1),
    "lists.hits": lambda s: s.lists.hits(1),
    "lists.documents": lambda s: s.lists.documents([1]),
    "marks.tags": lambda s: s.marks.tags(),
    "entities.all": lambda s: s.entities.all(),
    "entities.watched": lambda s: s.entities.watched(),
    "entities.some": lambda s: s.entities.some([1]),
    "entities.of_list": lambda s: s.entities.of_list("default"),
    "watchlists.all": lambda s: s.watchlists.all(),
    "watchlists.lines": lambda s: s.watchlists.lines(),
    "types.all": lambda s: s.types.all(),
    "types.used": lambda s: s.types.used(),
    "types.entities_of": lambda s: s.types.entities_of("person"),
    "entities.lines": lambda s: s.entities.lines(),
    "entities.by_name": lambda s: s.entities.by_name("E"),
    "entities.version": lambda s: s.entities.version(),
    "entities.rescan_below": lambda s: s.entities.rescan_below(),
    "entities.mentions": lambda s: s.entities.mentions(1),
    "entities.per_day": lambda s: s.entities.per_day([1], [NOW, NOW + timedelta(days=1)]),
    "saved.all": lambda s: s.saved.all(),
    "saved.lines": lambda s: s.saved.lines(),
    "saved.with_days": lambda s: s.saved.with_days([NOW, NOW + timedelta(days=1)]),
    "saved.folders": lambda s: s.saved.folders(),
    "saved.by_name": lambda s: s.saved.by_name("S"),
    "saved.hits_of": lambda s: s.saved.hits_of(1),
    "saved.unexplained": lambda s: s.saved.unexplained(1, 9),
    "saved.underived": lambda s: s.saved.underived(),
    "saved.underived_ids": lambda s: s.saved.underived_ids(),
    "saved.version": lambda s: s.saved.version(),
    "alerts.listed": lambda s: s.alerts.listed(InboxQuery()),
    "alerts.counted": lambda s: s.alerts.counted(InboxQuery()),
    "alerts.not_seen": lambda s: s.alerts.not_seen(),
    "alerts.searches": lambda s: s.alerts.searches(),
    "alerts.latest": lambda s: s.alerts.latest(9),
    "alerts.unseen": lambda s: s.alerts.unseen(),
    "alerts.get": lambda s: s.alerts.get([1]),
    "alerts.of_articles": lambda s: s.alerts.of_articles([1]),
    "alerts.texts": lambda s: s.alerts.texts([1]),
    "alerts.fired": lambda s: s.alerts.fired([1]),
    "alerts.ids_of": lambda s: s.alerts.ids_of(1),
    "outbox.due": lambda s: s.outbox.due("email", NOW),
    "outbox.next_due": lambda s: s.outbox.next_due("email"),
    "outbox.unfinished": lambda s: s.outbox.unfinished("desktop"),
    "outbox.repeated": lambda s: s.outbox.repeated("email", "exit 1"),
    "outbox.states": lambda s: s.outbox.states(),
    "outbox.last_sent": lambda s: s.outbox.last_sent(1, "email"),
    "judgements.of": lambda s: s.judgements.of(1),
    "judgements.counts": lambda s: s.judgements.counts(),
    "queue.batch": lambda s: s.queue.batch(9).ids,
    "queue.size": lambda s: s.queue.size(),
    "journal.latest": lambda s: s.journal.latest(),
    "journal.open": lambda s: s.journal.open(9),
    "journal.entries": lambda s: s.journal.entries(9),
    "selection.stamp": lambda s: s.selection.stamp()[1:],
    "selection.feeds": lambda s: s.selection.feeds(),
    "selection.entities": lambda s: s.selection.entities(),
    "selection.tags": lambda s: s.selection.tags(),
    "selection.notes": lambda s: s.selection.notes(),
    "selection.languages": lambda s: s.selection.languages(),
    "selection.with_flag": lambda s: s.selection.with_flag("all"),
    "selection.flagged": lambda s: s.selection.flagged("unread"),
    "selection.pulse": lambda s: s.selection.pulse(),
    "selection.tallies": lambda s: s.selection.tallies("entity"),
    "selection.members": lambda s: s.selection.members("feed", [1]),
    "selection.sums": lambda s: s.selection.sums("tag", [1]),
    "selection.dates": lambda s: s.selection.dates(),
    "selection.later": lambda s: s.selection.later(0),
    "meta.get": lambda s: s.meta.get("x"),
}


@pytest.fixture(scope="module")
def full_library(tmp_path_factory: pytest.TempPathFactory) -> LibraryPaths:
    """One of everything, with the id 1. Kept as it is: each test works in a transaction."""
    paths = LibraryPaths(tmp_path_factory.mktemp("library"))
    with Store.open(paths) as store:
        world = World(store)
        world.feed("https://a.example", folder="A")
        world.feed("https://b.example")
        article = store.articles.add(item(1, 1))
        world.mention(article, world.entity("E"), (0, 1))
        world.saved("S", article)
        former = SavedSearch(world.saved("Former"), "Former", "q")
        alert = store.alerts.fire(article, former, "[]", NOW - timedelta(days=1))
        store.saved.remove(former.id)
        store.outbox.put(alert, {"desktop": NOW})
        store.connection.execute("UPDATE outbox SET batch = 'begun'")
        store.outbox.put(alert, {"email": NOW})
        store.outbox.failed("email", "n", NOW)
        store.judgements.put(1, [article], True, NOW)
        store.marks.tag([article], "t")
        store.marks.note(article, "n", NOW)
        store.journal.record("note", 1, 2, NOW)
        store.queue.push([article])
        store.meta.set("x", 1)
        store.watchlists.put(Watchlist("Empty", kept=True))
        store.types.put(EntityType("ship", "blue"))
    return paths


@pytest.fixture
def whole(full_library: LibraryPaths) -> Store:
    with Store.open(full_library) as store:
        store.connection.execute("PRAGMA busy_timeout = 0")
        yield store


def test_every_public_method_is_in_a_table(whole: Store) -> None:
    methods = {
        f"{group}.{name}"
        for group in GROUPS
        for name, _ in inspect.getmembers(getattr(whole, group), inspect.ismethod)
        if not name.startswith("_")
    }
    assert methods == WRITES.keys() | READS.keys()
    assert not WRITES.keys() & READS.keys()


@pytest.mark.parametrize("name", READS)
def test_reading_goes_on_while_another_program_writes(
    whole: Store, full_library: LibraryPaths, name: str
) -> None:
    alone = READS[name](whole)
    with closing(connect(full_library.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM article")
        assert READS[name](whole) == alone
        other.execute("ROLLBACK")


@pytest.mark.parametrize("name", WRITES)
def test_locked_database_says_so_and_nothing_changes(
    whole: Store, full_library: LibraryPaths, name: str
) -> None:
    changes = whole.connection.total_changes
    with closing(connect(full_library.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"library\.db is in use by another program"):
            WRITES[name](whole)
        other.execute("ROLLBACK")
    assert not whole.connection.in_transaction
    assert whole.connection.total_changes == changes


@pytest.mark.parametrize("name", WRITES)
def test_full_disk_says_so_loses_nothing_and_it_goes_on(
    full_library: LibraryPaths, tmp_path: Path, name: str
) -> None:
    paths = LibraryPaths(tmp_path)
    shutil.copyfile(full_library.database, paths.database)
    with Store.open(paths) as store:
        before = dump(store)
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        if name in NEEDS_ROOM:
            with pytest.raises(StoreError, match=r"library\.db is full; free some space and try"):
                WRITES[name](store)
            assert dump(store) == before
        store.connection.execute("PRAGMA max_page_count = 4294967294")
        assert not store.connection.in_transaction
        WRITES[name](store)
        assert store.check() == []


def dump(store: Store) -> list[str]:
    return list(store.connection.iterdump())
