"""Benchmarks of fetching, as somebody at the command line sees it: whole runs of the program."""

import argparse
import asyncio
import compileall
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from reader.dev import libraries
from reader.dev.feedserver import FeedServer, Plan
from reader.dev.figures import ROOT, Figure, median
from reader.dev.processes import PeakMemory
from reader.errors import ReaderError
from reader.paths import LibraryPaths
from reader.settings import Settings
from reader.store.store import Store


@dataclass(frozen=True, slots=True)
class Run:
    """`peak`: bytes of PSS, `cpu`: seconds of processor, both of the program with all its
    processes. `answer`: its JSON."""

    seconds: float
    cpu: float
    peak: int
    answer: Any


def run(words: Sequence[str]) -> Run:
    """Runs the program and measures it, as it is when installed: with its modules compiled.

    ReaderError when it fails.
    """
    compileall.compile_dir(ROOT / "reader", quiet=1)
    command = [sys.executable, "-m", "reader", "--json", *words]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONPYCACHEPREFIX", None)
    began, before = time.perf_counter(), _cpu_of_children()
    process = subprocess.Popen(  # noqa: S603 - our own words
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with PeakMemory(process.pid) as peak:
        out, err = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise ReaderError(f"{' '.join(words)} failed: {err.decode()[-500:]}")
    return Run(seconds, _cpu_of_children() - before, peak.bytes, json.loads(out))


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def demo(arguments: argparse.Namespace) -> list[Figure]:
    runs = [run(["demo", "--no-window"]) for _ in range(arguments.tries)]
    told = runs[0].answer
    note = f"{told['feeds']} feeds, {told['articles']} articles, {told['failed']} failed"
    seconds = median([one.seconds for one in runs])
    own = median([one.answer["seconds"] for one in runs])
    peak = median([one.peak for one in runs])
    cpu = median([one.cpu for one in runs])
    return [
        Figure("demo", "wall time, the whole command", seconds, "s", len(runs), note),
        Figure("demo", "processor time", cpu, "CPU s", len(runs), "all processes"),
        Figure("demo", "of this, fetching both rounds", own, "s", len(runs), "as it reports"),
        Figure("demo", "peak memory, all processes", peak / 1e6, "MB PSS", len(runs)),
    ]


def refresh(arguments: argparse.Namespace) -> list[Figure]:
    """Each kind of refresh once, and the download of the very same bytes right before it."""
    plan = Plan(arguments.feeds, arguments.items, seed=arguments.seed)
    with (
        tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder,
        FeedServer(plan) as server,
    ):
        paths = LibraryPaths(Path(folder) / "library")
        libraries.subscribe(paths, server.urls())
        libraries.track(paths)
        figures = _one(paths, server, "first fetch", plan.feeds * plan.items)
        server.publish(5)
        figures += _one(paths, server, "5 new each", plan.feeds * 5)
        return figures + _one(paths, server, "nothing new", 0)


def _one(paths: LibraryPaths, server: FeedServer, what: str, expected: int) -> list[Figure]:
    known = not expected
    floor, size = asyncio.run(_download(server.urls(), tags=_tags(paths) if known else {}))
    done = run(["--library", str(paths.root), "refresh", "--all"])
    if done.answer["new"] != expected or done.answer["failed"]:
        raise ReaderError(f"The refresh went wrong: {done.answer}")
    note = f"{server.plan.feeds} feeds, {size / 1e6:.0f} MB in {floor:.2f} s: the floor"
    return [
        Figure("refresh", what, done.seconds, "s", 1, note),
        Figure("refresh", f"{what}, against the floor", done.seconds / floor, "×"),
        Figure("refresh", f"{what}, processor time", done.cpu, "CPU s"),
        Figure("refresh", f"{what}, peak memory", done.peak / 1e6, "MB PSS"),
    ]


def _tags(paths: LibraryPaths) -> dict[str, str]:
    with Store.open(paths, read_only=True) as store:
        return {feed.url: feed.etag for feed in store.feeds.all()}


async def _download(urls: Sequence[str], tags: dict[str, str]) -> tuple[float, int]:
    """Seconds and bytes for fetching everything, as many at once as the program does."""
    limit = asyncio.Semaphore(Settings().fetch.concurrency)
    size = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def one(url: str) -> None:
            nonlocal size
            headers = {"If-None-Match": tags[url]} if tags.get(url) else {}
            async with limit, session.get(url, headers=headers) as answer:
                size += len(await answer.read())

        began = time.perf_counter()
        await asyncio.gather(*(one(url) for url in urls))
        return time.perf_counter() - began, size
