"""Filters and facets in memory beside a database that another process changes all the time."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from reader.domain import folders
from reader.domain.article import Mention, SearchDocument, Texts
from reader.domain.entity import Alias, Entity
from reader.domain.filters import holds
from reader.domain.search import FACETS
from reader.errors import UsageError
from reader.paths import LibraryPaths
from reader.services import groups, shelf
from reader.services.arrays import mask, numbers, union
from reader.services.catalog import Catalog
from reader.services.facets import Facets
from reader.services.filters import StoreFilters
from reader.services.shelf import Shelf
from reader.store.articles import NewArticle
from reader.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATHS = ("", "Africa", "Africa/Libya", "Europe", "Africa/Mali")
LANGUAGES = ("en", "en-GB", "ru", "ar", "")
ASKED = (
    *(("feed", value) for value in ("wire", "https://f2.example/rss", "f3.example", "absent")),
    *(("folder", value) for value in ("africa", "Africa/Libya", "europe", "absent")),
    *(("outlet", value) for value in ("press", "Press 2", "f1.example", "absent")),
    *(("lang", value) for value in ("en", "en-gb", "ru", "xx")),
    *(("tag", value) for value in ("war", "war/air", "absent")),
    *(("entity", value) for value in ("name 0", "NAME 1", "alias 2", "absent")),
    *(("type", value) for value in ("person", "place", "absent")),
    *(("watchlist", value) for value in ("one", "two", "absent")),
    *(("is", value) for value in ("unread", "read", "starred", "nonsense")),
    *(("has", value) for value in ("note", "revision")),
    *(("note", value) for value in ("ask him", "him", "absent")),
)


class Newsroom:
    """Changes a library in every way that matters to a filter, one at a time."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self._chance = store, random.Random(seed)
        self._number = 0
        self._articles: list[int] = []
        self._feeds: list[int] = []
        self._entities: list[int] = []
        self._ways: tuple[Callable[[], object], ...] = (
            *(self._add,) * 4, self._feed, self._entity, self._join, self._revise, self._delete,
            self._bring_back, self._read, self._star, self._tag, self._untag, self._note,
            *(self._mention,) * 3, self._rename_feed, self._move_feed, self._change_entity,
            self._remove_entity,
        )  # fmt: skip
        for way in (self._feed, self._feed, self._entity, self._entity, self._add, self._add):
            way()

    def change(self) -> str:
        """In one transaction, with the traces that the program itself leaves."""
        way = self._chance.choice(self._ways)
        with self.store.transaction():
            way()
            self.store.entities.raise_version()
            self.store.journal.record("change", 1, 2, NOW)
        return way.__name__

    def _item(self, feed: int) -> NewArticle:
        self._number += 1
        moment = NOW - timedelta(minutes=self._chance.randint(-3000, 90_000))
        return NewArticle(
            feed_id=feed, key=self._number, content_hash=self._number, texts=Texts("T", "", "b"),
            html="", snippet="", sorted_at=moment, first_seen=moment, published=moment,
            language=self._chance.choice(LANGUAGES),
        )  # fmt: skip

    def _one(self) -> int:
        return self._chance.choice(self._articles)

    def _add(self) -> None:
        self._articles.append(self.store.articles.add(self._item(self._chance.choice(self._feeds))))

    def _feed(self) -> None:
        self._number += 1
        values: dict[str, Any] = {"folder": self._chance.choice(PATHS)}
        if self._chance.random() < 0.5:
            values["outlet"] = f"Press {self._number % 3}"
        if self._chance.random() < 0.5:
            values["title"] = f"The {self._number} Wire"
        url = f"https://f{self._number}.example/rss"
        self._feeds.append(self.store.feeds.add(url, now=NOW, **values))

    def _entity(self) -> None:
        self._number += 1
        entity = Entity(
            f"Name {self._number % 4}", self._chance.choice(("person", "place")),
            self._chance.choice(("one", "two")), (Alias(f"alias {self._number % 5}"),),
        )  # fmt: skip
        entity_id, _ = self.store.entities.put(entity)
        self._entities = [*{*self._entities, entity_id}]

    def _join(self) -> None:
        self._number += 1
        feed = self._chance.choice(self._feeds)
        self.store.articles.join(feed, self._one(), 10_000 + self._number, 0)

    def _revise(self) -> None:
        self.store.articles.revise(self._one(), self._item(self._chance.choice(self._feeds)), NOW)

    def _delete(self) -> None:
        self.store.marks.deleted([self._one()], True)

    def _bring_back(self) -> None:
        self.store.marks.deleted([self._one()], False)

    def _read(self) -> None:
        self.store.marks.read([self._one()], self._chance.random() < 0.5)

    def _star(self) -> None:
        self.store.marks.star([self._one()], self._chance.random() < 0.5)

    def _tag(self) -> None:
        self.store.marks.tag([self._one()], self._chance.choice(("war", "war/air", "War/Sea")))

    def _untag(self) -> None:
        self.store.marks.untag([self._one()], "war")

    def _note(self) -> None:
        self.store.marks.note(self._one(), self._chance.choice(("Ask him!", "", "him")), NOW)

    def _mention(self) -> None:
        known = self.store.entities.all()
        chosen = self._chance.sample(known, min(len(known), self._chance.randint(0, 3)))
        places = [Mention(e.id, e.name, e.type, e.name, "body", 0, 1) for e in chosen]
        self.store.entities.replace_mentions(self._one(), places)

    def _rename_feed(self) -> None:
        title = self._chance.choice(("", "Own Wire", "Other"))
        self.store.feeds.rename(self._chance.choice(self._feeds), title)

    def _move_feed(self) -> None:
        self.store.feeds.move(self._chance.choice(self._feeds), self._chance.choice(PATHS))

    def _change_entity(self) -> None:
        if known := self.store.entities.all():
            entity = self._chance.choice(known)
            kind = self._chance.choice(("person", "place"))
            self.store.entities.put(
                Entity(entity.name, kind, entity.watchlist, (Alias("alias 9"),), id=entity.id)
            )

    def _remove_entity(self) -> None:
        if self._chance.random() < 0.3 and (known := self.store.entities.all()):
            self.store.entities.remove(self._chance.choice(known).id)


class Reader:
    """What a searcher has: filters and facets on a connection of its own."""

    def __init__(self, store: Store) -> None:
        catalog, kept = Catalog(store), Shelf(store.selection)
        self.store = store
        self.filters = StoreFilters(store, catalog, kept)
        self.facets = Facets(catalog, kept, store.selection.stamp)

    def facet(self, name: str, ids: list[int], zone: Any = UTC) -> list[tuple[str, int]]:
        return list(self.facets.of(name, np.array(sorted(ids), dtype=np.int64), zone).values)


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path / "library")


@pytest.fixture
def writer(paths: LibraryPaths) -> Iterator[Store]:
    with Store.open(paths) as store:
        store.connection.execute("PRAGMA synchronous = OFF")  # hundreds of commits
        yield store
        assert store.check() == []


@pytest.fixture
def reader(paths: LibraryPaths, writer: Store) -> Iterator[Reader]:
    with Store.open(paths, read_only=True) as store:
        yield Reader(store)


def documents(store: Store) -> list[SearchDocument]:
    return store.lists.documents(store.selection.with_flag("all"))


def counted(name: str, found: list[SearchDocument]) -> dict[str, int]:
    """By brute force, from what each article says of itself."""
    values: dict[str, Callable[[SearchDocument], set[str]]] = {
        "feed": lambda d: {url for url, _ in d.feeds},
        "outlet": lambda d: set(d.outlets),
        "lang": lambda d: {d.language},
        "day": lambda d: {str(d.sorted_at.date())} if d.sorted_at else set(),
        "entity": lambda d: {name for name, _, _ in d.entities},
        "type": lambda d: {kind for _, kind, _ in d.entities},
        "watchlist": lambda d: {watchlist for _, _, watchlist in d.entities},
        "folder": lambda d: {
            folders.join(folders.split(path)[:length])
            for path in d.folders
            for length in range(1, len(folders.split(path)) + 1)
        },
    }
    return Counter(value for document in found for value in values[name](document))


@pytest.mark.parametrize("seed", range(4))
def test_filters_are_right_after_every_commit(writer: Store, reader: Reader, seed: int) -> None:
    newsroom = Newsroom(writer, seed)
    for _ in range(40):
        done = newsroom.change()
        known = documents(reader.store)
        for field, value in random.Random(seed).sample(ASKED, 12):
            found = reader.filters.ids(field, value)
            expected = sorted(d.id for d in known if holds(field, value, d))
            assert found.tolist() == expected, (field, value, done)
            assert found.dtype == np.int64


@pytest.mark.parametrize("seed", range(4))
def test_facets_count_what_each_article_says_of_itself(
    writer: Store, reader: Reader, seed: int
) -> None:
    newsroom, chance = Newsroom(writer, 100 + seed), random.Random(seed)
    for _ in range(40):
        newsroom.change()
        known = [d for d in documents(reader.store) if chance.random() < 0.7]
        for name in FACETS:
            found = reader.facet(name, [d.id for d in known])
            assert dict(found) == counted(name, known), name
            key = (lambda pair: pair[0]) if name == "day" else (lambda pair: pair[1])
            assert [key(pair) for pair in found] == sorted(map(key, found), reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_large_groups_are_followed_by_the_traces_of_changes(
    writer: Store, reader: Reader, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (groups, shelf):
        monkeypatch.setattr(module, "SMALL", 0)
    newsroom = Newsroom(writer, 200 + seed)
    for _ in range(40):
        done = newsroom.change()
        known = documents(reader.store)
        for field, value in ASKED:
            expected = sorted(d.id for d in known if holds(field, value, d))
            assert reader.filters.ids(field, value).tolist() == expected, (field, value, done)
        for name in FACETS:
            assert dict(reader.facet(name, [d.id for d in known])) == counted(name, known), done


def test_nothing_is_asked_of_the_database_again_while_nothing_changed(
    writer: Store, reader: Reader
) -> None:
    newsroom = Newsroom(writer, 7)
    for _ in range(30):
        newsroom.change()
    ids = [d.id for d in documents(reader.store)]
    asked: list[str] = []

    def ask_everything() -> None:
        for field, value in ASKED:
            reader.filters.ids(field, value)
        for name in FACETS:
            reader.facet(name, ids)

    ask_everything()
    reader.store.connection.set_trace_callback(asked.append)
    ask_everything()
    reader.store.connection.set_trace_callback(None)
    assert set(asked) == {"PRAGMA data_version"}


def test_change_that_is_undone_by_a_rollback_is_not_kept(writer: Store) -> None:
    own = Reader(writer)
    Newsroom(writer, 1)
    before = own.filters.ids("is", "unread").tolist()

    def give_up() -> None:
        with writer.transaction():
            writer.marks.read(before, True)
            assert own.filters.ids("is", "unread").tolist() == []
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        give_up()
    assert own.filters.ids("is", "unread").tolist() == before


def test_group_that_swaps_one_article_for_another_is_noticed(writer: Store, reader: Reader) -> None:
    """Counts alone would not tell."""
    newsroom = Newsroom(writer, 3)
    newsroom.change()
    entity = writer.entities.all()[0]
    one, two = writer.selection.with_flag("all")[:2]
    for here, gone in ((one, two), (two, one)):
        with writer.transaction():
            writer.entities.replace_mentions(gone, [])
            place = Mention(entity.id, entity.name, entity.type, entity.name, "body", 0, 1)
            writer.entities.replace_mentions(here, [place])
        assert reader.filters.ids("entity", entity.name).tolist() == [here]


def test_article_that_comes_back_counts_again(writer: Store, reader: Reader) -> None:
    back, other = (article_at(writer, NOW - timedelta(days=days), days) for days in (0, 1))
    writer.marks.deleted([back], True)
    assert reader.facet("day", [other]) == [("2026-11-21", 1)]
    assert reader.filters.ids("feed", "a.example").tolist() == [other]
    writer.marks.deleted([back], False)
    assert reader.facet("day", [back, other]) == [("2026-11-22", 1), ("2026-11-21", 1)]
    assert reader.facet("lang", [back, other]) == [("", 2)]
    assert reader.filters.ids("feed", "a.example").tolist() == [back, other]


def test_ids_that_are_not_in_the_library_count_nowhere(writer: Store, reader: Reader) -> None:
    Newsroom(writer, 5)
    known = [d.id for d in documents(reader.store)]
    for name in FACETS:
        assert reader.facet(name, [*known, 900_000]) == reader.facet(name, known)
        assert reader.facet(name, []) == []


def article_at(store: Store, moment: datetime, number: int) -> int:
    feed = store.feeds.by_url("https://a.example")
    feed_id = feed.id if feed else store.feeds.add("https://a.example", now=NOW)
    new = NewArticle(feed_id, number, number, Texts("T"), "", "", moment, moment)
    return store.articles.add(new)


@pytest.mark.parametrize(
    ("minutes", "day"), [(0, "2026-11-21"), (30, "2026-11-22"), (-1425, "2026-11-20")]
)
def test_days_are_those_of_the_zone(writer: Store, reader: Reader, minutes: int, day: str) -> None:
    article = article_at(writer, datetime(2026, 11, 21, 23, 44, 59, tzinfo=UTC), 1)
    zone = timezone(timedelta(minutes=minutes))
    assert reader.facet("day", [article], zone) == [(day, 1)]


def test_days_keep_to_midnight_when_the_clocks_change(writer: Store, reader: Reader) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    moments = [datetime(2026, 10, day, 0, 30, tzinfo=berlin) for day in (24, 25, 26, 27)]
    moments += [datetime(2026, 10, day, 23, 30, tzinfo=berlin) for day in (24, 25, 26)]
    ids = [article_at(writer, m.astimezone(UTC), n) for n, m in enumerate(moments)]
    assert dict(reader.facet("day", ids, berlin)) == Counter(str(m.date()) for m in moments)


def test_same_name_in_two_watchlists_is_one_value(writer: Store, reader: Reader) -> None:
    article = article_at(writer, NOW, 1)
    known = [writer.entities.put(Entity("E", "person", name))[0] for name in ("a", "b")]
    places = [Mention(one, "E", "person", "E", "body", 0, 1) for one in known]
    writer.entities.replace_mentions(article, places)
    assert reader.facet("entity", [article]) == [("E", 1)]


def test_unknown_facet_is_refused_with_the_known_ones(reader: Reader) -> None:
    with pytest.raises(UsageError, match='no facet "colour"; choose one of feed, outlet'):
        reader.facet("colour", [1])


def test_unknown_filter_is_a_bug(reader: Reader) -> None:
    with pytest.raises(KeyError):
        reader.filters.ids("colour", "red")


def test_sets_of_ids_are_joined_whether_many_or_few() -> None:
    chance = np.random.default_rng(1)
    for most in (10, 1_000, 100_000):
        parts = [np.unique(chance.integers(0, most, size)) for size in (0, 3, 40, 500)]
        expected = sorted({number for part in parts for number in part.tolist()})
        assert union(parts).tolist() == expected
    assert union([]).tolist() == []
    assert numbers("").tolist() == []
    assert numbers("3 1 20").tolist() == [3, 1, 20]
    assert np.flatnonzero(mask(np.array([0, 2]), 4)).tolist() == [0, 2]


def test_days_without_articles_are_left_out(writer: Store, reader: Reader) -> None:
    ids = [article_at(writer, NOW - timedelta(days=days), days) for days in (0, 400)]
    first, last = date(2026, 11, 22), date(2026, 11, 22) - timedelta(days=400)
    assert reader.facet("day", ids) == [(str(first), 1), (str(last), 1)]
