"""SQLite FTS5 among the rivals: porter stems, the texts in a table of the same file, bm25."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from reader.dev.asks import TOP, Ask
from reader.dev.corpus import Corpus
from reader.dev.rivals import WEIGHTS, Answer, Run, feed_of, moment_of
from reader.domain.article import SearchDocument

_SCHEMA = """
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS article (
        id INTEGER PRIMARY KEY, title TEXT, lead TEXT, body TEXT, feed INTEGER, at INTEGER
    );
    CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
        title, lead, body, content = 'article', content_rowid = 'id',
        tokenize = 'porter unicode61'
    );
"""
# `rank` is bm25 with the weights given to the table when it is made.
_BEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
_NEWEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
_WITHIN = """
    SELECT words.rowid FROM words JOIN article ON article.id = words.rowid
    WHERE words MATCH ? AND article.at >= ? AND article.at < ?
    AND article.feed IN (SELECT value FROM json_each(?)) ORDER BY words.rank LIMIT ?
"""
_COUNT = "SELECT count(*) FROM words WHERE words MATCH ?"
_BY_FEED = """
    SELECT article.feed, count(*) FROM words JOIN article ON article.id = words.rowid
    WHERE words MATCH ? GROUP BY 1
"""
_BY_DAY = """
    SELECT article.at / 86400000, count(*) FROM words JOIN article ON article.id = words.rowid
    WHERE words MATCH ? GROUP BY 1
"""
_PASSAGE = """
    SELECT snippet(words, -1, '[', ']', '…', 30) FROM words WHERE words MATCH ? AND rowid = ?
"""
_CACHE = -200_000
"""Kilobytes of SQLite's own page cache, negative by its convention."""


class Fts5:
    """Articles are numbered in order of arrival, so that newest first is by id: the quickest."""

    def __init__(self, folder: Path, *, write: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "fts5.db", isolation_level=None)
        self._db.execute(f"PRAGMA cache_size = {_CACHE}")
        if write:
            self._db.executescript(_SCHEMA)
            weights = ", ".join(map(str, WEIGHTS.values()))
            self._db.execute(
                "INSERT INTO words (words, rank) VALUES ('rank', ?)", (f"bm25({weights})",)
            )

    def add(self, articles: Sequence[SearchDocument]) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN")
        rows = [_row(article) for article in articles]
        self._db.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany(
            "INSERT INTO words (rowid, title, lead, body) VALUES (?, ?, ?, ?)",
            [row[:4] for row in rows],
        )

    def commit(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    def tidy(self) -> None:
        """A transaction a batch; FTS5 merges by itself."""
        self.commit()

    def settle(self) -> None:
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def refresh(self) -> None:
        """Nothing to be done: every statement sees what was committed."""

    def prepare(self, ask: Ask) -> Run | None:
        match = _match(ask)
        if match is None:
            return None
        if ask.want == "facets":
            return partial(self._facets, match)
        if ask.want == "count":
            return lambda: Answer(self._db.execute(_COUNT, (match,)).fetchone()[0])
        if ask.feeds:
            feeds = str(list(ask.feeds))
            return partial(self._ids, _WITHIN, (match, ask.start, ask.end, feeds, TOP))
        return partial(self._ids, _NEWEST if ask.want == "newest" else _BEST, (match, TOP))

    def _ids(self, statement: str, values: tuple[object, ...]) -> Answer:
        ids = tuple(row[0] for row in self._db.execute(statement, values))
        return Answer(len(ids), ids)

    def _facets(self, match: str) -> Answer:
        feeds, days = (self._db.execute(by, (match,)).fetchall() for by in (_BY_FEED, _BY_DAY))
        return Answer(sum(count for _feed, count in feeds), tuple(day for day, _count in days))

    def passages(self, ask: Ask, articles: Sequence[SearchDocument]) -> Callable[[], int]:
        match = _match(ask)

        def run() -> int:
            made = [self._db.execute(_PASSAGE, (match, one.id)).fetchone() for one in articles]
            return sum(row is not None and "[" in row[0] for row in made)

        return run

    def close(self) -> None:
        self._db.close()


def _row(article: SearchDocument) -> tuple[int, str, str, str, int, int]:
    texts = article.texts
    return article.id, texts.title, texts.lead, texts.body, feed_of(article), moment_of(article)


def _match(ask: Ask) -> str | None:
    quoted = [f'"{word}"' for word in ask.words]
    match ask.shape:
        case "all":
            return " ".join(quoted)
        case "any":
            return " OR ".join(quoted)
        case "phrase":
            return f'"{" ".join(ask.words)}"'
        case "prefix":
            return f"{quoted[0]} *"
        case "near":
            return f"NEAR({' '.join(quoted)}, 5)"
        case "without":
            return " NOT ".join(quoted)
    return None


def opened(folder: Path, _corpus: Corpus, *, write: bool) -> Fts5:
    return Fts5(folder, write=write)
