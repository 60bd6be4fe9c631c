"""Search engines behind one small protocol, to be measured against each other: ours and others.

All of them search title, lead and body with the same weights. What another engine offers is used
as its makers mean it to be used; what it cannot do is left out.
"""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reader.dev.asks import Ask
from reader.dev.corpus import Corpus
from reader.domain.article import SearchDocument
from reader.errors import ReaderError

OURS = "ours"
ENGINES = {
    OURS: "reader.dev.rival_ours",
    "tantivy": "reader.dev.rival_tantivy",
    "fts5": "reader.dev.rival_fts5",
    "whoosh": "reader.dev.rival_whoosh",
}
TITLES = {OURS: "Media Reader", "tantivy": "tantivy", "fts5": "SQLite FTS5",
          "whoosh": "stock Whoosh"}  # fmt: skip
WEIGHTS = {"title": 3.0, "lead": 1.5, "body": 1.0}


@dataclass(frozen=True, slots=True)
class Answer:
    """`total`: all that match, or as many as the engine tells; `ids`: the first of them."""

    total: int
    ids: tuple[int, ...] = ()


MORE = 250
"""Articles that are added after the corpus, a few at a time."""
Run = Callable[[], Answer]


class Engine(Protocol):
    def add(self, articles: Sequence[SearchDocument]) -> None:
        """A batch of many; may commit when it thinks fit."""

    def commit(self) -> None:
        """What was added can be found by whoever opens or refreshes from now on."""

    def tidy(self) -> None:
        """Called after every batch of a bulk: merges, if it is for us to ask for them."""

    def settle(self) -> None:
        """At the end of a bulk: waits for merges that go on by themselves."""

    def refresh(self) -> None:
        """Sees what others committed."""

    def prepare(self, ask: Ask) -> Run | None:
        """The query, ready to be run; None when the engine has nothing of the kind."""

    def passages(self, ask: Ask, articles: Sequence[SearchDocument]) -> Callable[[], int]:
        """Ready to make the passages of these hits; returns how many articles have one."""

    def close(self) -> None: ...


class Opens(Protocol):
    def __call__(self, folder: Path, corpus: Corpus, /, *, write: bool) -> Engine: ...


def missing(engine: str) -> str:
    """Why an engine cannot take part, in a sentence; "" when it can."""
    if engine == "tantivy" and importlib.util.find_spec("tantivy") is None:
        return "tantivy is not installed and left out: pip install 'media-reader[bench]'"
    return ""


def opened(engine: str, folder: Path, corpus: Corpus, *, write: bool) -> Engine:
    """Makes a new index where there is none and `write`."""
    if engine not in ENGINES:
        raise ReaderError(f"There is no engine {engine}: choose among {', '.join(ENGINES)}.")
    opens: Opens = importlib.import_module(ENGINES[engine]).opened
    return opens(folder, corpus, write=write)


def feed_of(article: SearchDocument) -> int:
    """The number in the address of its feed."""
    return int("".join(filter(str.isdecimal, article.feeds[0][0])))


def moment_of(article: SearchDocument) -> int:
    """When it was published, in milliseconds UTC."""
    return round(article.sorted_at.timestamp() * 1_000) if article.sorted_at else 0
