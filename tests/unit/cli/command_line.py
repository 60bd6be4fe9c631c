"""The command line run inside the test, and a newsroom whose feeds it reads."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from reader.cli.arguments import parser_of
from reader.cli.command import DONE, Context
from reader.cli.commands import COMMANDS
from reader.cli.program import run
from reader.cli.window import Window
from reader.core import Core
from reader.paths import LibraryPaths
from tests.helpers.web import WebServer

WATCHLIST = """{"watchlist": "coast", "entities": [
  {"name": "Salem Haddar", "type": "person", "aliases": ["Haddar", "Хаддар", "حدار"]},
  {"name": "S-400", "type": "weapon", "aliases": []},
  {"name": "Derna", "type": "place", "aliases": ["Дерна"]},
  {"name": "LLA", "type": "organisation", "aliases": [{"text": "L.L.A.", "case": true}]}
]}"""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on standard error."""
        (line,) = self.err.splitlines()
        return line


class FakeWindow:
    """Notes what it is asked to open; has a display and all libraries unless told otherwise."""

    def __init__(self) -> None:
        self.opened: list[tuple[LibraryPaths, dict[str, Any]]] = []
        self.lacking = ""
        self.hidden = ""

    def __call__(self, paths: LibraryPaths, **wanted: Any) -> int:
        self.opened.append((paths, {**wanted, "was_there": paths.database.exists()}))
        return 0

    def window(self) -> Window:
        return Window(self, lambda _only_rendered: self.lacking, lambda: self.hidden)


class CommandLine:
    """`cli("feeds", "--json")` runs the command on `library`, and says how it went."""

    def __init__(self, library: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.library = library
        self.window = FakeWindow()
        self._capture = capture

    def __call__(self, *words: str, stdin: bytes | None = None) -> Outcome:
        return self.bare("--library", str(self.library), *words, stdin=stdin)

    def bare(self, *words: str, stdin: bytes | None = None) -> Outcome:
        """Without `--library`."""
        self._capture.readouterr()
        before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin or b""))
        try:
            code = run(words, self.window.window())
        finally:
            sys.stdin = before
        out, err = self._capture.readouterr()
        return Outcome(code, out, err)

    def json(self, *words: str, stdin: bytes | None = None) -> Any:
        """The document a successful command printed; nothing else may be on standard output."""
        outcome = self(*words, "--json", stdin=stdin)
        assert outcome.code == 0, outcome.err
        return outcome.json

    def ids(self) -> list[int]:
        return [row["id"] for row in self.json("articles")]


class Line:
    """Runs one command on a library, as a person would see it or as JSON; it must succeed."""

    def __init__(self, paths: LibraryPaths, capture: pytest.CaptureFixture[str]) -> None:
        self.paths, self._capture = paths, capture

    def __call__(self, name: str, *words: str, as_json: bool = True) -> Outcome:
        self._capture.readouterr()
        command = COMMANDS[name]
        arguments = parser_of(command).parse_intermixed_args(list(words))
        with Core(self.paths) as core:
            code = command.run(Context(core, as_json, FakeWindow().window()), arguments)
        assert code == DONE
        return Outcome(code, *self._capture.readouterr())


def feed(title: str, *items: tuple[str, str], age: timedelta = timedelta(hours=1)) -> bytes:
    """RSS with an item for each (title, text), the first the newest."""
    newest = datetime.now(UTC).replace(microsecond=0) - age
    written = [
        f"<item><guid>{escape(title)}-{escape(head)}</guid><title>{escape(head)}</title>"
        f"<link>https://{len(title)}.example/{number}-{len(head)}</link>"
        f"<author>Nadia Rahimli</author><description>{escape(text)}</description>"
        f"<pubDate>{format_datetime(newest - timedelta(minutes=number))}</pubDate></item>"
        for number, (head, text) in enumerate(items)
    ]
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{escape(title)}</title>'
        f"<link>https://{len(title)}.example/</link>{''.join(written)}</channel></rss>"
    ).encode()


COAST = (
    ("Radars reach Derna", "The radars of an S-400 battery reached Derna by sea at night."),
    ("Haddar denies it", "General Salem Haddar denies that radars were unloaded in the harbour."),
    ("Grain prices fall", "Wheat fell for a third week while ships wait off the coast."),
)
WORLD = (
    ("Хаддар отрицает", "Генерал Хаддар отрицает выгрузку С-400 в порту."),
    ("حدار ينفي", "نفى حدار وصول الرادارات إلى درنة."),
    ("レーダー 到着", "レーダーが港に到着した。"),
    ("İstanbul'da toplantı", "Haddar'ın sözcüsü sustu."),
)
LATE = ("Third S-400 convoy seen near Derna", "A third convoy was seen; Haddar did not answer.")


class News:
    """Two feeds, a watchlist, saved searches, and a second round that fired an alert."""

    def __init__(self, folder: Path, coast: str, world: str) -> None:
        self.folder = folder
        self.coast = coast
        self.world = world


def fill(folder: Path) -> News:
    """Both rounds fetched by the command line itself, from a server on 127.0.0.1."""
    library = folder / "library"
    (folder / "watchlist.json").write_text(WATCHLIST, encoding="utf-8")
    with WebServer() as web:
        web.route("/coast", feed("Coast Courier", *COAST))
        web.route("/world", feed("Мир «сегодня» [a-z]+", *WORLD))
        coast, world = web.url("/coast"), web.url("/world")
        do = _runner(library)
        do("add", coast, world, "--folder", "Море/Ливия & co")
        do("import", str(folder / "watchlist.json"))
        do("saved", "add", "radars", "radar* AND (derna OR haddar)")
        do("saved", "add", "С-400 «везде»", "entity:S-400", "--alert")
        do("refresh")
        web.route("/coast", feed("Coast Courier", LATE, *COAST))
        do("refresh", "--all")
    return News(library, coast, world)


def _runner(library: Path) -> Callable[..., None]:
    def do(*words: str) -> None:
        code = run([*words, "--library", str(library)], FakeWindow().window())
        assert code == 0, words

    return do
