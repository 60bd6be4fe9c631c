"""A long proof that a saved search means the same when an article arrives as in the search box.

Random searches are asked about random articles as these arrive: new, edited, joined by another
feed. What was found then, in which articles and at which places, must be what the index finds
afterwards, what explaining says, and what deriving all hits anew gives.
"""

import importlib
import random
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from reader.dev.figures import ROOT
from reader.dev.promise import SoakError
from reader.domain.article import ParsedItem, Span
from reader.domain.entity import Entity
from reader.domain.feed import Fetched, ParsedFeed
from reader.domain.schedule import Rhythm
from reader.errors import UsageError
from reader.paths import LibraryPaths
from reader.services.library import Library
from reader.workers.desk import Desk

EACH = 10
"""Queries for each try."""
_TOGETHER = 5
"""Tries that share a library."""
_FEEDS = 3
_BROUGHT = 12
"""New articles of each feed in each round."""

Found = dict[str, dict[int, tuple[Span, ...]]]
"""By the name of a saved search: its articles, with the places."""


def agreement(folder: Path, tries: int, seed: int) -> str:
    """Ten random queries a try, asked of some hundred articles each."""
    hits = articles = 0
    for number in range(0, tries, _TOGETHER):
        count = EACH * min(_TOGETHER, tries - number)
        one = _Library(folder / str(number), f"{seed}/{number}", count)
        try:
            found = one.compare()
        finally:
            one.desk.close()
        hits += found[0]
        articles += found[1]
    return (
        f"{tries * EACH} saved searches, {articles} articles, {hits} hits with their places: the "
        "same at arrival, in a search afterwards, and derived anew"
    )


def judge() -> Any:
    """The makers of random queries and texts, which the tests have."""
    if not (ROOT / "tests" / "helpers" / "search_oracle.py").exists():
        raise UsageError("The judge of searches lies in tests/: run this from a checkout.")
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module("tests.helpers.search_oracle")


class _Library:
    """`desk` is to be closed. Its clock stands still, so that `last:5d` always means the same."""

    def __init__(self, folder: Path, seed: str, queries: int) -> None:
        oracle = judge()
        self.seed, self._chance = seed, random.Random(seed)
        self._words = importlib.import_module("tests.helpers.search_words")
        self._now: datetime = self._words.NOW
        rhythm = Rhythm(timedelta(hours=1), lambda: 0.0)
        paths = LibraryPaths(folder)
        self.desk = Desk(paths, rhythm, timedelta(hours=48), lambda: self._now)
        self.library = Library(self.desk.store, lambda: self._now)
        self.queries = {
            f"q{number}": oracle.show(oracle.query(self._chance)) for number in range(queries)
        }
        self._served: dict[str, list[ParsedItem]] = {}

    def compare(self) -> tuple[int, int]:
        """How many hits and articles there were; SoakError names what disagrees."""
        for name, type_, watchlist in self._words.ENTITIES:
            self.library.track(Entity(name, type_, watchlist))
        for name, query in self.queries.items():
            self.library.save_search(name, query, alert=True)
        self._catch_up()
        for number in range(_FEEDS):
            self._served[self._subscribed(number)] = []
        for _round in range(3):
            for url in self._served:
                self._bring(url)
        arrived = self._held()
        self._catch_up()
        self._same("in the index", self._searched(), arrived)
        with self.desk.store.transaction():
            saved = self.desk.store.saved
            saved.underive(search.id for search in saved.all())
        self._catch_up()
        self._same("derived anew", self._held(), arrived)
        return sum(map(len, arrived.values())), self.desk.store.totals().articles

    def _subscribed(self, number: int) -> str:
        url = f"https://{'abc'[number]}.example/feed"
        with self.desk.store.transaction():
            self.desk.store.feeds.add(url, now=self._now, folder="Wire" if number else "")
        return url

    def _bring(self, url: str) -> None:
        """What the feed says now: new articles, some of its own edited, some of others' too."""
        chance, served = self._chance, self._served[url]
        known = [one for items in self._served.values() for one in items if items is not served]
        new = [self._item(f"{url}{len(served) + n}") for n in range(_BROUGHT)]
        edited = [
            replace(self._item(one.guid), url=one.url)
            for one in chance.sample(served, min(3, len(served)))
        ]
        shared = [
            replace(one, guid=f"{one.guid} of {url}")
            for one in chance.sample(known, min(2, len(known)))
        ]
        kept = [one for one in served if one.guid not in {other.guid for other in edited}]
        self._served[url] = [*new, *edited, *shared, *kept]
        feed = self.desk.store.feeds.by_url(url)
        assert feed is not None  # noqa: S101 - subscribed above
        said = ParsedFeed("The Wire", url, "en", tuple(self._served[url]), "rss")
        self.desk.ingest.absorb(feed, Fetched(200, url), said, str(len(served)))

    def _item(self, guid: str) -> ParsedItem:
        chance, words = self._chance, self._words
        texts = words.article(chance, 1).document.texts
        dates = [None, *(self._now - timedelta(hours=chance.randint(-30, 300)) for _ in range(4))]
        return ParsedItem(
            guid=guid,
            url=f"https://news.example/{chance.getrandbits(60)}",
            texts=texts,
            html="",
            author=chance.choice(("", "Haftar", "Gen. Hafter")),
            published=chance.choice(dates),
            language=chance.choice(("en", "en-GB", "ru", "de", "ar", "")),
        )

    def _catch_up(self) -> None:
        while self.desk.upkeep.some():
            pass

    def _held(self) -> Found:
        """The hits that the library knows of."""
        found: Found = {name: {} for name in self.queries}
        for article in self.desk.store.articles.ids_below(None, 1_000_000):
            for name, spans in self.desk.store.lists.hits(article):
                found[name][article] = spans
        return found

    def _searched(self) -> Found:
        finder = self.desk.finder
        return {
            name: {i: finder.explained(query, i).spans for i in finder.matching(query)}
            for name, query in self.queries.items()
        }

    def _same(self, how: str, found: Found, arrived: Found) -> None:
        for name, query in self.queries.items():
            one, other = found[name], arrived[name]
            if one.keys() != other.keys():
                differ = sorted(one.keys() ^ other.keys())[:5]
                raise SoakError(f"Library {self.seed}, {query}: articles {differ} are hits only "
                                f"at arrival or only {how}.")  # fmt: skip
            for article, spans in other.items():
                if spans != one[article]:
                    raise SoakError(f"Library {self.seed}, {query}: article {article} has other "
                                    f"places {how} than at arrival.")  # fmt: skip
