"""A small library with a clock of its own, for the store's tests."""

import itertools
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from reader.domain.article import Mention, Texts
from reader.domain.entity import Entity
from reader.errors import StoreError
from reader.paths import LibraryPaths
from reader.store import migrate
from reader.store.articles import NewArticle
from reader.store.database import connect
from reader.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def item(feed: int, number: int, title: str = "", *, hours_ago: float = 0, **values) -> NewArticle:
    """The item `number` of a feed: its key and hashes follow from the number."""
    moment = NOW - timedelta(hours=hours_ago)
    texts = values.pop("texts", Texts(title or f"Title {number}", "", f"Body of {number}"))
    defaults = {
        "key": number,
        "content_hash": 1000 + number,
        "texts": texts,
        "html": f"<p>{texts.body}</p>",
        "snippet": texts.body,
        "sorted_at": moment,
        "first_seen": moment,
        "published": moment,
        "url": f"https://news.example/{number}",
        "url_key": 5000 + number,
        "language": "en",
    }
    return NewArticle(feed_id=feed, **{**defaults, **values})


@dataclass
class World:
    store: Store
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def feed(self, url: str = "", **values) -> int:
        url = url or f"https://feed{next(self._numbers)}.example/rss"
        return self.store.feeds.add(url, now=NOW, **values)

    def article(self, feed: int, title: str = "", *, hours_ago: float = 0, **values) -> int:
        new = item(feed, next(self._numbers), title, hours_ago=hours_ago, **values)
        return self.store.articles.add(new)

    def entity(self, name: str, kind: str = "person", **values) -> int:
        return self.store.entities.put(Entity(name, kind, **values))[0]

    def mention(self, article: int, entity: int, *places: tuple[int, int]) -> None:
        """Replaces the article's mentions by those of one entity in the body."""
        self.mentions(article, {entity: places})

    def mentions(self, article: int, places: dict[int, tuple[tuple[int, int], ...]]) -> None:
        known = {entity.id: entity for entity in self.store.entities.all()}
        self.store.entities.replace_mentions(
            article,
            [
                Mention(
                    which,
                    known[which].name,
                    known[which].type,
                    known[which].name,
                    "body",
                    start,
                    end,
                )
                for which, spans in places.items()
                for start, end in spans
            ],
        )

    def saved(self, name: str, *articles: int, alert: bool = False) -> int:
        saved = self.store.saved.add(name, name, alert)
        for article in articles:
            hits = dict.fromkeys(self.store.saved.hits_of(article), "[]")
            self.store.saved.put_hits(article, {**hits, saved: "[]"})
        return saved


def opened_at_once(paths: LibraryPaths, times: int) -> list[StoreError]:
    """What went wrong when so many threads opened the library together."""
    failed: list[StoreError] = []

    def opening() -> None:
        try:
            with Store.open(paths) as store:
                store.totals()
        except StoreError as problem:
            failed.append(problem)

    threads = [threading.Thread(target=opening) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def leave_as_before(paths: LibraryPaths, steps: int, filled: str) -> None:
    """A library as an earlier version left it: made by so many steps, filled by SQL."""
    early = paths.root / "steps"
    early.mkdir(parents=True)
    for step in migrate.steps()[:steps]:
        shutil.copy(step.path, early)
    with closing(connect(paths.database)) as db:
        migrate.migrate(db, paths.backups, early)
        for statement in migrate.statements(filled):
            db.execute(statement)
