"""Long proofs of what the tests show on a sample: kills at random moments, random queries.

Every try is made from the seed and its number, so that a failure can be had again by
`--seed S --tries N`; each prints nothing while it holds.
"""

import argparse
import contextlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.dev import (
    libraries,
    soak_alerts,
    soak_input,
    soak_kills,
    soak_live,
    soak_month,
    soak_search,
)
from reader.dev.child import Child
from reader.dev.feedserver import FeedServer, Plan, links
from reader.dev.figures import ROOT
from reader.dev.processes import alive, end, family
from reader.dev.promise import SoakError
from reader.errors import ReaderError, UsageError
from reader.paths import LibraryPaths
from reader.search.index import Index
from reader.services.find import Finder
from reader.store.store import Store

_ORPHANS_LEAVE = 15.0
"""Seconds in which the children of a killed collector have to be gone."""
_REBUILT = "The search index is built anew"


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m reader.dev soak",
        description=__doc__,
        epilog="; ".join(f"{name}: {says}" for name, (_, says) in SOAKS.items()),
    )
    parser.add_argument(
        "what",
        choices=(*SOAKS, *GROUPS),
        metavar="NAME",
        help=f"or {', '.join(GROUPS)} for all of it",
    )
    parser.add_argument("--tries", type=int, default=200, help="kills, rounds or libraries (200)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    for name in GROUPS.get(arguments.what, [arguments.what]):
        try:
            _run(name, arguments.tries, arguments.seed)
        except UsageError:
            raise
        except (ReaderError, AssertionError) as problem:
            sys.stderr.write(f"{name} --seed {arguments.seed}: {problem}\n")
            return 1
    return 0


def _run(name: str, tries: int, seed: int) -> None:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="media-reader-soak-") as folder:
        told = SOAKS[name][0](Path(folder), tries, seed)
    print(f"{name}: {told} ({time.perf_counter() - began:.0f} s, seed {seed})", flush=True)


# -- the collector


def collector(folder: Path, tries: int, seed: int) -> str:
    """Kills a refresh with news `tries` times, then lets one through and compares everything.

    After each kill the database must be sound and hold all that it held before; in the end
    store, index and the feeds as served must agree, without the index having been built anew.
    """
    chance = random.Random(seed)
    paths = LibraryPaths(folder / "library")
    with FeedServer(Plan(6, 12, words=120, latency=(0.0, 0.02), seed=seed)) as server:
        libraries.subscribe(paths, server.urls())
        libraries.track(paths)
        held, killed, longest = set[str](), 0, _refresh(paths)
        for number in range(tries):
            server.publish(chance.randrange(1, 3))
            killed += _killed(paths, chance.uniform(0.2, 1.1) * longest)
            held = _nothing_lost(paths, held, number)
        _refresh(paths)
        articles = _converged(paths, server, held)
    return f"{killed} of {tries} refreshes killed, {articles} articles, nothing lost or twice"


def _command(paths: LibraryPaths) -> list[str]:
    return [sys.executable, "-m", "reader", "--library", str(paths.root), "refresh", "--all"]


def _refresh(paths: LibraryPaths) -> float:
    """A whole refresh; returns the seconds it took."""
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own words
        _command(paths), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SoakError(f"A refresh that nobody killed failed: {done.stderr[-500:]}")
    return time.perf_counter() - began


def _killed(paths: LibraryPaths, after: float) -> bool:
    """Starts a refresh and kills it; False when it had ended before."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        _command(paths), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(after)
    members = family(process.pid)
    process.send_signal(signal.SIGKILL)
    killed = process.wait() == -signal.SIGKILL
    until = time.monotonic() + _ORPHANS_LEAVE
    while alive(members):
        if time.monotonic() > until:
            left = alive(members)
            end(left)
            raise SoakError(f"A killed collector left orphans: {left}")
        time.sleep(0.02)
    return killed


def _nothing_lost(paths: LibraryPaths, before: set[str], number: int) -> set[str]:
    with Store.open(paths) as store:
        problems = store.check()
    if problems:
        raise SoakError(f"Try {number}: {' '.join(problems)}")
    counted = Counter(libraries.links_of(paths))
    twice = [link for link, times in counted.items() if times > 1]
    lost = before - set(counted)
    if twice or lost:
        raise SoakError(f"Try {number}: twice {twice[:5]}, lost {sorted(lost)[:5]}")
    return set(counted)


def _converged(paths: LibraryPaths, server: FeedServer, held: set[str]) -> int:
    """How many articles there are, all of them served, stored and indexed."""
    now = _nothing_lost(paths, held, -1)
    plan = server.plan
    ever = {link for feed in range(plan.feeds) for link in links(feed, server.published)}
    shown = {
        link for feed in range(plan.feeds) for link in links(feed, server.published)[-plan.items :]
    }
    with Store.open(paths) as store, contextlib.closing(_finder(store, paths)) as finder:
        waiting, wrong = store.queue.size(), finder.check_index()
    if now - ever or shown - now or waiting or wrong:
        raise SoakError(
            f"Not converged: never served {sorted(now - ever)[:5]}, missing "
            f"{sorted(shown - now)[:5]}, {waiting} to index. {' '.join(wrong)}"
        )
    log = paths.log.read_text() if paths.log.exists() else ""
    if _REBUILT in log:
        raise SoakError("The index had to be built anew after a kill.")
    return len(now)


def _finder(store: Store, paths: LibraryPaths) -> Finder:
    return Finder(store, lambda: Index.open(paths.index))


# -- the store


def store(folder: Path, tries: int, seed: int) -> str:
    """Kills a writer of the database `tries` times; what it had said was written must be there."""
    chance = random.Random(seed)
    paths = LibraryPaths(folder / "library")
    written = 0
    for number in range(tries):
        written = _write_and_kill(paths, written, chance.uniform(0.0, 0.3))
        with Store.open(paths) as opened:
            problems, count = opened.check(), opened.totals().articles
        if problems or count not in {written, written + 1}:
            raise SoakError(
                f"Try {number}: {written} were written, {count} are there. {' '.join(problems)}"
            )
        written = count
    return f"{tries} writers killed, {written} articles, none lost"


def _write_and_kill(paths: LibraryPaths, first: int, after: float) -> int:
    """Returns how many articles the writer had said were safe, those of earlier ones included."""
    writer = Child("reader.dev.soak", "write", str(paths.root), first)
    writer.hear()  # it has opened the library
    time.sleep(after)
    whole = [line for line in writer.kill().splitlines() if line.endswith(".")]
    return int(whole[-1].rstrip(".")) if whole else first


def write(library: str, first: int) -> None:
    """Adds an article after the other, and says after each commit how many there are."""
    paths = LibraryPaths(Path(library))
    with Store.open(paths) as opened:
        feed = libraries.invented_feed(opened, 0)
        print("open", flush=True)
        for number in range(first, first + 1_000_000):
            with opened.transaction():
                libraries.add(opened, feed, number)
            print(f"{number + 1}.", flush=True)


Soak = Callable[[Path, int, int], str]
"""Given an empty folder, how many tries, and the seed; says what held, or raises SoakError."""
SOAKS: dict[str, tuple[Soak, str]] = {
    "alerts-agreement": (soak_alerts.agreement, "a saved search means what the search box means"),
    "alerts-live": (soak_live.live, "a collector killed and started again, by the real clock"),
    "alerts-month": (soak_month.month, "a month of news: every alert fires and arrives once"),
    "collector": (collector, "killed in refreshes, it loses nothing and converges"),
    "search-agreement": (soak_search.agreement, "index, matcher and brute force agree"),
    "search-whoosh": (soak_search.against_whoosh, "the same hits as stock Whoosh"),
    "search-input": (soak_input.anything, "whatever is typed gives results or a sentence"),
    "search-kills": (soak_kills.killed, "writers of the index killed at any moment"),
    "store": (store, "writers of the database killed at any moment"),
}
GROUPS = {
    group: [name for name in SOAKS if name.startswith(f"{group}-")]
    for group in ("alerts", "search")
}
