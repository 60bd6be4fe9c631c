"""Benchmarks of what needs no network and no window: finding names, indexing, searching."""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TypeVar

from reader.dev.figures import Figure, median, percentile
from reader.dev.newsroom import Newsroom
from reader.domain.article import SearchDocument
from reader.entities.match import Matcher
from reader.search.index import Index
from reader.search.language import parse

T = TypeVar("T")

STORAGE = "stock Whoosh storage"
_BATCH = 1_000
_SORTS = ("date", "score")


def match(arguments: argparse.Namespace) -> list[Figure]:
    """Megabytes (of UTF-8) a second, by the number of aliases."""
    newsroom = Newsroom(arguments.seed)
    stories = [newsroom.story(number).body for number in range(1_500)]
    size = sum(len(text.encode()) for text in stories)
    figures = []
    for aliases in (100, 1_000, 10_000):
        began = time.perf_counter()
        matcher = Matcher(newsroom.entities(aliases))
        built = time.perf_counter() - began
        tries = [_timed(partial(_count, matcher, stories)) for _ in range(arguments.tries)]
        took = [seconds for seconds, _found in tries]
        note = f"{size / 1e6:.1f} MB, {tries[0][1]} found; built in {built:.2f} s"
        speed = size / 1e6 / median(took)
        figures.append(Figure("match", f"{aliases} aliases", speed, "MB/s", len(took), note))
    return figures


def _count(matcher: Matcher, texts: list[str]) -> int:
    return sum(len(matcher.find(text)) for text in texts)


def search(arguments: argparse.Namespace) -> list[Figure]:
    """Milliseconds for a query, by its class, newest first and by relevance; indexing speed."""
    newsroom = Newsroom(arguments.seed)
    with (
        tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder,
        Index.open(Path(folder) / "index", write=True) as index,
    ):
        figures = [_index_all(index, newsroom, arguments.articles)]
        figures.append(_add_some(index, newsroom, arguments.articles))
        figures += _query_all(index, newsroom, arguments)
        size = index.info().bytes / 1e6
    return [*figures, Figure("search", "size of the index", size, "MB", 1, STORAGE)]


def _index_all(index: Index, newsroom: Newsroom, count: int) -> Figure:
    cpu = 0.0
    for start in range(0, count, _BATCH):
        batch = [newsroom.document(n) for n in range(start, min(count, start + _BATCH))]
        began = time.process_time()
        index.add(batch)
        index.commit()
        cpu += time.process_time() - began
    note = f"{count} articles of 350 words, commits of {_BATCH}; {STORAGE}"
    return Figure("search", "indexing in bulk", count / cpu, "articles/CPU s", 1, note)


def _add_some(index: Index, newsroom: Newsroom, count: int) -> Figure:
    took = []
    for attempt in range(5):
        batch = [newsroom.document(count + attempt * 50 + n) for n in range(50)]
        took.append(_timed(partial(_put, index, batch))[0])
    return Figure("search", "50 more made searchable", median(took) * 1e3, "ms", 5, STORAGE)


def _put(index: Index, batch: list[SearchDocument]) -> None:
    index.add(batch)
    index.commit()


def _query_all(index: Index, newsroom: Newsroom, arguments: argparse.Namespace) -> list[Figure]:
    figures = []
    for name, make in _classes(newsroom).items():
        chance = random.Random(f"{arguments.seed}/{name}")
        queries = [parse(make(chance)) for _ in range(20)]
        for sort in _SORTS:
            took, hits = [], []
            for query in queries * arguments.tries:
                ask = partial(index.search, query, _Nothing(), sort=sort, limit=50)
                seconds, found = _timed(ask)
                took.append(seconds * 1e3)
                hits.append(found.total)
            note = f"p95 {percentile(took, 95):.1f} ms; {median(hits):.0f} hits"
            what = f"{name}, by {sort}"
            figures.append(Figure("search", what, median(took), "ms (p50)", len(took), note))
    return figures


def _classes(newsroom: Newsroom) -> dict[str, Callable[[random.Random], str]]:
    """Queries by class; words by rank, from the commonest down."""

    def word(chance: random.Random, least: int, most: int) -> str:
        return newsroom.words[chance.randrange(least, most)].lower()

    def phrase(chance: random.Random) -> str:
        words = newsroom.story(chance.randrange(1_000)).paragraphs[0].split()
        at = chance.randrange(len(words) - 4)
        return f'"{" ".join(words[at : at + 2])}"'.replace(".", "")

    return {
        "common word": lambda c: word(c, 5, 60),
        "middling word": lambda c: word(c, 200, 2_000),
        "rare word": lambda c: word(c, 20_000, 50_000),
        "two words": lambda c: f"{word(c, 100, 1_000)} {word(c, 100, 1_000)}",
        "common and rare": lambda c: f"{word(c, 5, 60)} {word(c, 5_000, 20_000)}",
        "five alternatives": lambda c: " OR ".join(word(c, 100, 3_000) for _ in range(5)),
        "without a word": lambda c: f"{word(c, 100, 1_000)} -{word(c, 20, 200)}",
        "phrase": phrase,
        "beginning of a word": lambda c: f"{word(c, 200, 2_000)[:4]}*",
        "in the title": lambda c: f"title:{word(c, 60, 600)}",
        "of one week": lambda c: (
            f"{word(c, 60, 600)} date:2026-10-{c.randrange(10, 20)}..2026-10-26"
        ),
    }


class _Nothing:
    """A library without feeds, tags or names: these queries ask for none."""

    def ids(self, field: str, value: str) -> Collection[int]:
        raise AssertionError(f"nobody asked for {field}:{value}")


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result
