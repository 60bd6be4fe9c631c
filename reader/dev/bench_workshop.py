"""The benchmark of the workshop and of discovery: an archive of 50,000 articles, each asked once.

One article every four minutes, so that some 5,000 are of the last fortnight. Names are taken from
what discovery finds, so some are frequent; the commonest word stands for a name that nobody should
track, and is told of in part after the time a person is willing to wait.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from reader.dev.corpus import Corpus
from reader.dev.figures import Figure, median
from reader.dev.libraries import add, invented_feed
from reader.dev.newsroom import NEWEST, Story
from reader.domain.article import SearchDocument
from reader.domain.entity import Entity
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.services.aliases import AliasAdviser
from reader.services.discover import Discovery
from reader.services.preview import Previewer
from reader.services.upkeep import fill
from reader.store.store import Store

T = TypeVar("T")

ARTICLES = 50_000
_FEEDS, _BATCH = 200, 1_000
_BETWEEN = 4
"""Minutes."""
_HURRY = 1.2
_NAMES = 3
_COMMON = Entity("the", "topic", case=False)
_NOBODY = Entity("Khalifa Haftar", "person")


def workshop(arguments: argparse.Namespace) -> list[Figure]:
    """Seconds by the clock; `arguments`: `seed`, `tries`."""
    with tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder:
        paths = LibraryPaths(Path(folder))
        with Store.open(paths) as store:
            _filled(store, paths, arguments.seed)
            return _measured(store, partial(Index.open, paths.index), arguments.tries)


def _filled(store: Store, paths: LibraryPaths, seed: int) -> None:
    with store.transaction():
        feeds = [invented_feed(store, number) for number in range(_FEEDS)]
        ids = [
            add(store, feeds[number % _FEEDS], number * _BETWEEN, _story(number, document))
            for number, document in enumerate(Corpus(ARTICLES, seed).documents())
        ]
    with Index.open(paths.index, write=True) as index:
        for start in range(0, len(ids), _BATCH):
            fill(store, index, ids[start : start + _BATCH])
            index.commit()


def _story(number: int, document: SearchDocument) -> Story:
    texts = document.texts
    at = NEWEST - timedelta(minutes=number * _BETWEEN)
    return Story(number, texts.title, "Somebody", (texts.lead, texts.body), at)


def _measured(store: Store, open_index: Callable[[], Index], tries: int) -> list[Figure]:
    discovery = Discovery(store, open_index, clock=lambda: NEWEST)
    figures, asked = [], partial(discovery.run, 14, 50)
    first, found = _taken(asked)
    figures.append(_figure("discovery, 14 days, the first time", [first]))
    figures.append(_figure("discovery, asked again", [_taken(asked)[0] for _ in range(tries)]))
    previewer, adviser = Previewer(store, open_index), AliasAdviser(store, open_index)
    for one in found[:_NAMES]:
        entity = Entity(one.name, "person")
        articles = previewer.run(entity).articles
        told = f"{one.name}, in {articles:,} articles"
        preview, advise = partial(previewer.run, entity), partial(adviser.suggest, entity)
        figures.append(_figure(f"preview: {told}", [_taken(preview)[0] for _ in range(tries)]))
        figures.append(_figure(f"suggestions: {told}", [_taken(advise)[0] for _ in range(tries)]))
    for entity in (_NOBODY, _COMMON):
        hurried = partial(previewer.run, entity, patience=_HURRY)
        seconds, preview_of = _taken(hurried)
        told = f"{preview_of.read:,} of {preview_of.candidates:,} looked into"
        figures.append(_figure(f"preview of “{entity.name}” in a hurry: {told}", [seconds]))
    return figures


def _figure(what: str, seconds: list[float]) -> Figure:
    note = f"{ARTICLES:,} articles"
    return Figure("workshop", what, median(seconds), "s", len(seconds), note)


def _taken(ask: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    answer = ask()
    return time.perf_counter() - began, answer
