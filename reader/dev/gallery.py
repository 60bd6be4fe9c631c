"""Pictures of the real window in every state a user meets, to be looked at before a release.

One process for each size and scheme opens the window on the demo's library and leads it through
the states; two small libraries show the empty window and failing feeds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from reader import settings
from reader.dev import libraries
from reader.dev.figures import ROOT
from reader.errors import FileError, ReaderError
from reader.paths import LibraryPaths
from reader.services.clock import utc_now
from reader.services.demo import DemoServer
from reader.services.exchange import import_file
from reader.services.library import Library
from reader.settings import Settings, Webhook
from reader.store.store import Store
from reader.workers.demo import fill
from reader.workers.messages import DeliverNow, Refresh
from reader.workers.serve import ask

SCHEMES = ("light", "dark")
_SCREEN = {
    "name": "gallery", "x": 0, "y": 0, "width": 2560, "height": 1440, "logicalDpi": 96,
    "logicalBaseDpi": 96, "dpr": 1,
}  # fmt: skip
"""What Qt's platform without a screen is to pretend: its own is too small for the dialogs."""
_EVERYWHERE = {"channels": ["desktop", "webhook"]}
STANDING = (
    {"name": "Derna", "query": "derna", "alert": True, "folder": "Libya", "rule": _EVERYWHERE},
    {
        "name": "خفر السواحل والدفاع الجوي في درنة",
        "query": "درنة",
        "alert": True,
        "folder": "Libya",
        "rule": {"priority": "low"},
    },
    {
        "name": "Air defence, anywhere, whatever the system is called and whoever has bought it",
        "query": 'S-400 OR S-300 OR "air defence"',
        "alert": True,
        "rule": {"when": "daily", "channels": ["webhook"]},
    },
    {
        "name": "Weapons by name",
        "query": "type:weapon",
        "alert": True,
        "rule": {"priority": "high"},
    },
    {"name": "Ships", "query": "ship OR vessel OR cargo", "alert": False, "folder": "Trade"},
    {"name": "Nothing yet", "query": "zeppelin", "alert": True, "folder": "Trade"},
    {
        "name": "Half a phrase",
        "query": 'title:"grain AND (',
        "alert": True,
        "folder": "Trade",
        "broken": "The quotation mark is never closed.",
    },
)
"""Saved searches beside the demo's own."""
REFUSED = "The mail server mail.example did not take the message (554 looks like spam)."
SIZES = ("1280x800", "1440x900", "2560x1440")


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one process takes pictures of: `states` of `reader.dev.poses`, in a library."""

    library: LibraryPaths
    states: str


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reader.dev gallery", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go")
    parser.add_argument("--schemes", nargs="+", choices=SCHEMES, default=SCHEMES)
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="WxH")
    parser.add_argument("--states", nargs="+", choices=_MADE, default=[*_MADE])
    arguments = parser.parse_args(words)
    try:
        arguments.folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise FileError(f"{arguments.folder} cannot be made: {problem.strerror}.") from problem
    with tempfile.TemporaryDirectory(prefix="media-reader-gallery-") as folder, ExitStack() as web:
        sittings = [
            _MADE[states](Path(folder) / states, web.enter_context(DemoServer()))
            for states in arguments.states
        ]  # a server each: its second round is news only to whoever has read the first
        screen = Path(folder) / "screen.json"
        screen.write_text(json.dumps({"screens": [_SCREEN]}))
        for scheme, size, sitting in product(arguments.schemes, arguments.sizes, sittings):
            _take(sitting, scheme, size, arguments.folder, screen)
    taken = len(list(arguments.folder.glob("*.png")))
    print(f"{taken} pictures are in {arguments.folder}.")
    return 0


def _empty(folder: Path, _server: DemoServer) -> Sitting:
    return Sitting(LibraryPaths(folder), "empty")


def _failing(folder: Path, server: DemoServer) -> Sitting:
    library = LibraryPaths(folder)
    feeds = [feed.url for feed in server.feeds()[:3]]
    nowhere = [f"{server.address}/gone.xml", "http://127.0.0.1:9/feed", f"{server.address}/"]
    libraries.subscribe(library, [*feeds, *nowhere])
    ask(library, Settings(), Refresh(everything=True), lambda *_: None)
    return Sitting(library, "failing")


def _demo(folder: Path, server: DemoServer) -> Sitting:
    library = LibraryPaths(folder)
    fill(library, Settings(), server, lambda *_: None)
    return Sitting(library, "demo")


def _alerts(folder: Path, server: DemoServer) -> Sitting:
    """The demo's articles with searches in folders, one that is broken and one that is published,
    a channel that fails (nobody listens at its address), and one that has refused something."""
    library = LibraryPaths(folder)
    told = Settings(webhook=Webhook(url="http://127.0.0.1:9/alerts"))
    with Store.open(library) as store:
        saved = folder / "saved-searches.json"
        saved.write_text(json.dumps(STANDING, ensure_ascii=False), encoding="utf-8")
        import_file(store, saved)
    settings.save(library.settings, told)
    fill(library, told, server, lambda *_: None)
    ask(library, told, DeliverNow(), lambda *_: None)
    with Store.open(library) as store:
        Library(store).publish_search("Derna", str(folder / "derna.atom"))
        now = utc_now()
        for alert in store.alerts.latest(3):
            store.outbox.put(alert.id, {"email": now})
        if (batch := store.outbox.batched("email", now)) is not None:
            store.outbox.refuse(batch.name, REFUSED)
    return Sitting(library, "alerts")


def _workshop(folder: Path, server: DemoServer) -> Sitting:
    return replace(_demo(folder, server), states="workshop")


_MADE = {
    "empty": _empty, "failing": _failing, "demo": _demo, "alerts": _alerts,
    "workshop": _workshop,
}  # fmt: skip


def _take(sitting: Sitting, scheme: str, size: str, folder: Path, screen: Path) -> None:
    words = [sitting.states, str(sitting.library.root), scheme, size, str(folder.resolve())]
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "reader.dev", "poses", *words],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ReaderError(f"No pictures of {sitting.states} in {scheme}: {done.stderr[-1500:]}")
