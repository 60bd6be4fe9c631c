"""A long proof that a writer of the index may be killed at any moment.

A process adds, changes and deletes articles without a pause, as the collector does, so that it is
nearly always in a commit or a merge; it is killed again and again. Another process searches all
the while and must never see anything but a whole index. After each kill the index opens as it
is, and agrees with the database as soon as what the database remembers has been done.
"""

import json
import random
import select
import sys
import time
from datetime import timedelta
from pathlib import Path

from reader.dev import libraries
from reader.dev.child import Child
from reader.dev.newsroom import NEWEST, Story
from reader.dev.promise import SoakError
from reader.domain.schedule import Rhythm
from reader.errors import ReaderError
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.search.language import parse
from reader.store.store import Store
from reader.workers.desk import Desk

_LONGEST = 0.5
"""Seconds after which a writer is killed, at most."""
_EVERYTHING = 10_000_000
_WORDS = "army border council desert election force general harbour island judge"


def killed(folder: Path, tries: int, seed: int) -> str:
    """Kills a writer `tries` times."""
    chance = random.Random(seed)
    paths = LibraryPaths(folder / "library")
    with desk(paths) as opened, opened.store.transaction():
        libraries.invented_feed(opened.store, 0)
        opened.furnish()  # with an index, which readers look for
    with _start("search", paths, seed) as reader:
        for number in range(tries):
            _write_and_kill(paths, f"{seed}/{number}", chance.uniform(0.0, _LONGEST))
            _whole(paths, f"seed {seed}, kill {number}")
            if reader.ended():
                raise SoakError(f"Seed {seed}, kill {number}: the reader gave up.")
        searches = _stopped(reader)
    with Store.open(paths) as store:
        articles = store.totals().articles
    return f"{tries} writers killed, {articles} articles, {searches} searches beside them, no error"


def desk(paths: LibraryPaths) -> Desk:
    """The writer's side of a library, which never fetches."""
    return Desk(paths, Rhythm(timedelta(hours=1), random.random), timedelta(hours=48))


def _start(what: str, paths: LibraryPaths, seed: object) -> Child:
    """Returns when it has opened what it needs."""
    child = Child("reader.dev.soak_kills", what, str(paths.root), str(seed))
    if child.hear() != "open":
        child.kill()
        raise SoakError(f"A process that was to {what} did not start; what it said stands above.")
    return child


def _write_and_kill(paths: LibraryPaths, seed: str, after: float) -> None:
    writer = _start("write", paths, seed)
    time.sleep(after)
    ended = writer.ended()
    writer.kill()
    if ended:
        raise SoakError(f"Seed {seed}: the writer failed by itself; what it said stands above.")


def _stopped(reader: Child) -> int:
    reader.tell("stop")
    told = reader.rest()
    if reader.failed():
        raise SoakError("The reader failed at the end; what it said stands above.")
    return int(json.loads(told)["searches"])


def _whole(paths: LibraryPaths, where: str) -> None:
    """What is wrong with the index must be in the queue; and with the queue done, nothing."""
    try:
        Index.open(paths.index).close()
    except ReaderError as problem:
        raise SoakError(f"{where}: the index does not open: {problem}") from problem
    with desk(paths) as opened:
        expected = list(opened.store.selection.with_flag("all"))
        waiting = set(opened.store.queue.batch(_EVERYTHING).ids)
        found = opened.index.check(expected)
        lost = {*found.missing, *found.extra} - waiting
        if found.problem or found.twice or lost:
            raise SoakError(f"{where}: lost {sorted(lost)[:5]}, {found.twice[:5]} {found.problem}")
        while opened.upkeep.some() is not None:
            pass
        problems = [*opened.store.check(), *opened.finder.check_index()]
    if problems:
        raise SoakError(f"{where}: {' '.join(problems)}")


# -- what runs in the other processes


def write(library: str, seed: str) -> None:
    """Changes the library and indexes the changes, for ever."""
    chance = random.Random(seed)
    with desk(LibraryPaths(Path(library))) as opened:
        feed = opened.store.feeds.all()[0].id
        print("open", flush=True)
        while True:
            _change(opened.store, feed, chance)
            while opened.upkeep.some() is not None:
                pass


def _change(store: Store, feed: int, chance: random.Random) -> None:
    """New articles, and some of the others deleted, brought back, or said to have changed."""
    with store.transaction():
        first = store.articles.count_below(_EVERYTHING)
        new = [
            libraries.add(store, feed, number, _story(number, chance))
            for number in range(first, first + chance.randint(1, 40))
        ]
        known = store.articles.ids_below(None, 200)
        some = chance.sample(known, min(len(known), chance.randint(0, 12)))
        store.marks.deleted(some[::2], chance.random() < 0.7)
        store.queue.push([*new, *some])


def _story(number: int, chance: random.Random) -> Story:
    words = _WORDS.split()
    text = " ".join(chance.choices(words, k=chance.randint(20, 60)))
    return Story(number, f"The {chance.choice(words)}", "Somebody", (text,), NEWEST)


def search(library: str, seed: str) -> None:
    """Searches without a pause until told to stop, and says how often."""
    chance = random.Random(seed)
    searches, words = 0, _WORDS.split()
    with Index.open(LibraryPaths(Path(library)).index) as index:
        print("open", flush=True)
        while not select.select([sys.stdin], [], [], 0)[0]:
            index.refresh()
            one, other = chance.sample(words, 2)
            typed = chance.choice(
                (one, f"{one} {other}", f'"{one} {other}"', f"{one[:3]}* -{other}")
            )
            _consistent(index, typed, chance.choice(("date", "score")))
            searches += 1
    print(json.dumps({"searches": searches}))


def _consistent(index: Index, typed: str, sort: str) -> None:
    """A search and a count of one snapshot tell the same."""
    query = parse(typed)
    hits = index.search(query, _NoFilters(), sort=sort, limit=20)
    total, ids = index.count(query, _NoFilters()), list(hits.ids)
    if total != hits.total or len(ids) != min(20, total) or len(set(ids)) != len(ids):
        raise SoakError(f"{typed} counts {total} and lists {ids} of {hits.total}.")


class _NoFilters:
    def ids(self, field: str, value: str) -> list[int]:
        raise SoakError(f"Nobody asked for {field}:{value}.")
