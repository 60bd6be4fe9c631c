"""The benchmark of finding tracked names in text, beside the ways others do it.

    python -m reader.dev bench entities

Two kinds of watchlists: invented names of which few are mentioned ("sparse"), and pairs of words
out of the very articles ("dense", up to dozens found in each): a mention costs far more than a
character does. The rivals only say that a name is somewhere, without its spellings, capitals,
endings or context. Matching is timed by the CPU, a re-scan by the clock.
"""

import argparse
import gc
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

from reader.dev.figures import Circumstances, Figure, median, table
from reader.dev.libraries import add, invented_feed
from reader.dev.newsroom import Newsroom
from reader.dev.processes import memory
from reader.domain.entity import Entity
from reader.entities import russian
from reader.entities.match import Matcher
from reader.paths import LibraryPaths
from reader.services.lexicon import Lexicon
from reader.store.store import Store

Count = Callable[[str], int]

ALIASES = (100, 1_000, 10_000, 100_000)
_STORIES = 1_000
_BUDGET = 1.5
"""Seconds for one try of one engine: slow ones see fewer of the articles."""
_SCANNED, _ARCHIVE, _SLICE = 5_000, 50_000, 200


def entities(arguments: argparse.Namespace) -> list[Figure]:
    """Megabytes (of UTF-8) a second by the number of aliases, memory, and a re-scan."""
    newsroom = Newsroom(arguments.seed)
    stories = [newsroom.story(number).body for number in range(_STORIES)]
    figures: list[Figure] = []
    for aliases in ALIASES:
        lists = {
            "sparse": newsroom.entities(aliases),
            "dense": _dense(stories, aliases, arguments.seed),
        }
        for kind, tracked in lists.items():
            figures += _ours(f"{aliases} aliases, {kind}", tracked, stories, arguments.tries)
        figures += _rivals(f"{aliases} aliases, dense", lists["dense"], stories, arguments.tries)
    return [*figures, *_rescan(newsroom, arguments.tries)]


def _dense(stories: Sequence[str], aliases: int, seed: int) -> list[Entity]:
    """Every tenth two words that stand together somewhere in the articles; the others nowhere."""
    chance = random.Random(f"{seed}/dense")
    names: dict[str, None] = {}
    while len(names) < aliases:
        words = re.findall(r"\w+", chance.choice(stories))
        start = chance.randrange(len(words) - 1)
        pair = f"{words[start]} {words[start + 1]}"
        names[pair if len(names) % 10 == 0 else f"{pair} {chance.choice(words)}"] = None
    return [Entity(name, "other", id=number) for number, name in enumerate(names, start=1)]


def _ours(what: str, tracked: list[Entity], stories: Sequence[str], tries: int) -> list[Figure]:
    gc.collect()
    before, began = memory(os.getpid()), time.process_time()
    matcher = Matcher(tracked, russian.RULES)
    built = time.process_time() - began
    gc.collect()
    taken = (memory(os.getpid()) - before) / 1e6
    speed = _speed("match", what, lambda text: len(matcher.find(text)), stories, tries)
    return [
        speed,
        Figure("match", f"{what}: making it", built, "s"),
        Figure("match", f"{what}: memory", taken, "MB"),
    ]


def _rivals(what: str, tracked: list[Entity], stories: Sequence[str], tries: int) -> list[Figure]:
    names = [entity.name.lower() for entity in tracked]
    engines: dict[str, Count] = {"ahocorasick_rs, bare": _bare(names)}
    if (flashtext := _flashtext(names)) is not None:
        engines["flashtext"] = flashtext
    if len(names) <= ALIASES[2]:
        engines["loop of re.search"] = _loop(names)
    return [
        _speed(engine, what, count, stories, tries if engine != "loop of re.search" else 1)
        for engine, count in engines.items()
    ]


def _bare(names: list[str]) -> Count:
    automaton = AhoCorasick(names, matchkind=MatchKind.Standard)
    return lambda text: len(automaton.find_matches_as_indexes(text.lower(), overlapping=True))


def _flashtext(names: list[str]) -> Count | None:
    """None where the extra `bench` is not installed."""
    try:
        processor = import_module("flashtext").KeywordProcessor()
    except ImportError:
        return None
    processor.add_keywords_from_list(names)
    return lambda text: len(processor.extract_keywords(text))


def _loop(names: list[str]) -> Count:
    patterns = [re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE) for name in names]
    return lambda text: sum(pattern.search(text) is not None for pattern in patterns)


def _speed(engine: str, what: str, count: Count, stories: Sequence[str], tries: int) -> Figure:
    """Megabytes a second of CPU time: the median of the tries, each cut at its time."""
    speeds, found, seen = [], 0, 0
    for _ in range(tries):
        began, size, found, seen = time.process_time(), 0, 0, 0
        for text in stories:
            found += count(text)
            size += len(text.encode())
            seen += 1
            if time.process_time() - began > _BUDGET:
                break
        speeds.append(size / 1e6 / (time.process_time() - began))
    note = f"{seen} articles, {found / seen:.1f} found in each"
    return Figure(engine, what, median(speeds), "MB/s", tries, note)


def _rescan(newsroom: Newsroom, tries: int) -> list[Figure]:
    """What the collector does after a watchlist was edited, in a library with full articles."""
    with tempfile.TemporaryDirectory() as folder, Store.open(LibraryPaths(Path(folder))) as store:
        _fill(store, newsroom)
        took, found = list[float](), 0
        for name in range(tries):  # another name each time, so that there is something to write
            store.entities.put(Entity(newsroom.words[40 + name], "topic"))
            store.entities.raise_version()
            began = time.perf_counter()
            found = _scan(store)
            took.append(time.perf_counter() - began)
    whole = median(took) * _ARCHIVE / _SCANNED
    note = f"reckoned from {_SCANNED} articles scanned in {median(took):.2f} s; {found} mentions"
    return [Figure("re-scan", f"{_ARCHIVE} articles, 1000 aliases", whole, "s", tries, note)]


def _fill(store: Store, newsroom: Newsroom) -> None:
    with store.transaction():
        feed = invented_feed(store, 1)
        for number in range(_SCANNED):
            add(store, feed, number, newsroom.story(number))
        for entity in newsroom.entities(1_000):
            store.entities.put(entity)


def _scan(store: Store) -> int:
    lexicon, below, found = Lexicon(store, russian.RULES), 2**63 - 1, 0
    lexicon.reload()
    while ids := store.articles.ids_below(below, _SLICE):
        scanned = lexicon.scan(ids)
        with store.transaction():
            for article, mentions in scanned.items():
                store.entities.replace_mentions(article, mentions)
                found += len(mentions)
        below = min(ids)
    return found


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reader.dev.bench_entities")
    parser.add_argument("--tries", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    about = Circumstances.now(words)
    print(table(entities(parser.parse_args(words)), about))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
