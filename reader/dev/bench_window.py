"""Benchmarks of the real window, rendered without a screen, in a process of its own."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reader.dev import libraries
from reader.dev.feedserver import FeedServer, Plan
from reader.dev.figures import ROOT, Figure, median, percentile
from reader.errors import ReaderError
from reader.paths import LibraryPaths
from reader.services.demo import DemoServer
from reader.settings import Settings
from reader.workers.demo import fill as fill_demo
from reader.workers.messages import Refresh
from reader.workers.serve import ask

_PUBLISH_EVERY = 1.0
"""Seconds between two publications of new articles while stalls are measured."""


def start(arguments: argparse.Namespace) -> list[Figure]:
    """Seconds from the start of the process until the list is painted with its rows."""
    figures = []
    with tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder:
        for name, paths in _libraries(Path(folder), arguments.rows):
            _started(paths)  # whatever is written the first time is written now
            for kind in ("warm", "cold"):
                taken = []
                for _ in range(arguments.tries):
                    if kind == "cold":
                        _forget(paths)
                    taken.append(_started(paths))
                note = "; files out of the page cache" if kind == "cold" else ""
                what = f"{name}, {kind}"
                seconds, cpu = (median(values) for values in zip(*taken, strict=True))
                note = f"{cpu:.2f} CPU s of the window's process{note}"
                figures.append(Figure("start", what, seconds, "s", len(taken), note))
    return figures


def _libraries(folder: Path, rows: int) -> Iterator[tuple[str, LibraryPaths]]:
    yield "empty library", LibraryPaths(folder / "empty")
    paths = LibraryPaths(folder / "demo")
    with DemoServer() as server:
        fill_demo(paths, Settings(), server, lambda *_: None)
        yield "demo library", paths
    paths = LibraryPaths(folder / "big")
    libraries.fill(paths, rows)
    yield f"{rows:,} articles", paths


def _started(paths: LibraryPaths) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    began = time.monotonic()
    told = probe("start", paths)
    return float(told["usable"]) - began, float(told["cpu"])


def probe(what: str, paths: LibraryPaths, seconds: float = 0.0) -> Any:
    """What the probe of that name tells; ReaderError when it fails."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "reader.dev", "probe", what, str(paths.root), str(seconds)],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ReaderError(f"The window could not be measured: {done.stderr[-800:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _forget(paths: LibraryPaths) -> None:
    """Asks the system to drop the program's files from memory; those in use elsewhere stay."""
    packages = Path(sys.prefix) / "lib"
    for root in (packages, ROOT / "reader", paths.root):
        for path in root.rglob("*"):
            if path.is_file() and not path.is_symlink():
                with contextlib.suppress(OSError):
                    _drop(path)


def _drop(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def stalls(arguments: argparse.Namespace) -> list[Figure]:
    """Lateness of the window's loop: idle, then while feeds with news are refreshed on and on."""
    plan = Plan(20, 30, latency=(0.0, 0.02), seed=arguments.seed)
    with (
        tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder,
        DemoServer() as demo,
        FeedServer(plan) as server,
    ):
        paths = LibraryPaths(Path(folder) / "library")
        fill_demo(paths, Settings(), demo, lambda *_: None)
        libraries.subscribe(paths, server.urls(), folder="Invented")
        ask(paths, Settings(), Refresh(everything=True), lambda *_: None)
        with _publishing(server):
            told = probe("stalls", paths, arguments.seconds)
    note = f"{told['rounds']} refreshes of 39 feeds, 20 of them with news every second"
    return [
        *_lateness("idle", told["idle"], ""),
        *_lateness("refreshing and indexing", told["busy"], note),
    ]


@contextlib.contextmanager
def _publishing(server: FeedServer) -> Iterator[None]:
    """One more article of each feed every second."""
    over = threading.Event()

    def publish() -> None:
        while not over.wait(_PUBLISH_EVERY):
            server.publish(1)

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _lateness(phase: str, late: Sequence[float], note: str) -> list[Figure]:
    figures = [
        Figure("stalls", f"{phase}, p{percent:g}", percentile(late, percent), "ms", len(late))
        for percent in (50, 99, 99.9)
    ]
    return [*figures, Figure("stalls", f"{phase}, worst", max(late), "ms", len(late), note)]
