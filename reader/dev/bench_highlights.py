"""Benchmarks of highlighting: rows with names, and an article with 20,000 of them."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from reader.dev.bench_window import probe
from reader.dev.figures import Figure, median, percentile
from reader.dev.libraries import invented_feed
from reader.dev.newsroom import NEWEST
from reader.domain.article import Mention, Texts
from reader.paths import LibraryPaths
from reader.services.demo import DemoServer
from reader.settings import Settings
from reader.store.articles import NewArticle
from reader.store.store import Store
from reader.workers.demo import fill

_PARAGRAPHS = 6_000
_NAMES = ("Derna", "Latakia", "Libya")
"""Of the demo's watchlist."""


def highlights(arguments: argparse.Namespace) -> list[Figure]:
    """Painting of list rows without and with names, and how late the window's loop is while an
    article of two megabytes is opened, against idling in the same run."""
    with (
        tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder,
        DemoServer() as demo,
    ):
        paths = LibraryPaths(Path(folder) / "library")
        fill(paths, Settings(), demo, lambda *_: None)
        _add_book(paths)
        told = probe("highlights", paths, min(arguments.seconds, 5.0))
    screens = len(told["plain"])
    note = "processor time of a screen of the list, one new row each"
    return [
        Figure("highlights", "list without names", median(told["plain"]), "ms", screens, note),
        Figure("highlights", "list with names", median(told["named"]), "ms", screens, note),
        *_late("idle", told["idle"], ""),
        *_late("opening an article", told["opening"], f"{told['article']}"),
    ]


def _late(phase: str, late: Sequence[float], note: str) -> list[Figure]:
    return [
        Figure("highlights", f"{phase}, p99", percentile(late, 99), "ms", len(late)),
        Figure("highlights", f"{phase}, worst", max(late), "ms", len(late), note),
    ]


def _add_book(paths: LibraryPaths) -> None:
    """An article of 2 MB with 18,000 mentions, the last that was stored."""
    paragraph = f"A ship left {_NAMES[0]} for {_NAMES[1]}, and nobody in {_NAMES[2]} saw it go. "
    body = "\n\n".join([paragraph.strip() + " It was a long way. " * 15] * _PARAGRAPHS)
    with Store.open(paths) as store, store.transaction():
        known = {entity.name: entity for entity in store.entities.all()}
        book = NewArticle(
            feed_id=invented_feed(store, 0), key=1, content_hash=1,
            texts=Texts("A book of names", "", body),
            html="".join(f"<p>{part}</p>" for part in body.split("\n\n")),
            snippet=body[:200], sorted_at=NEWEST, first_seen=NEWEST, url="https://example.org/book",
            url_key=1, language="en", published=NEWEST,
        )  # fmt: skip
        found = []
        for name in _NAMES:
            at, entity = -1, known[name]
            for _ in range(_PARAGRAPHS):
                at = body.index(name, at + 1)
                place = ("body", at, at + len(name))
                found.append(Mention(entity.id, name, entity.type, name, *place))
        store.entities.replace_mentions(store.articles.add(book), found)
