"""Which articles repeat which: sketches of texts, and groups of articles with much the same text.

The only module that writes `sketch` and `copy`. A group points to the first of its articles, that
of the lowest id, and exists from its second article on. What a sketch means is not known here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reader.store.database import Connection, transaction
from reader.store.scopes import ids_json

_PUT = """
    INSERT INTO sketch (article_id, words, complete, whole, shingles)
    VALUES (:id, :words, :complete, :whole, :shingles)
    ON CONFLICT DO UPDATE SET words = excluded.words, complete = excluded.complete,
        whole = excluded.whole, shingles = excluded.shingles
"""
_LATEST = """
    SELECT s.article_id, coalesce(f.outlet_id, -f.id), a.first_seen, s.words, s.complete, s.whole,
        s.shingles, c.root_id
    FROM (SELECT * FROM sketch WHERE article_id >= :from ORDER BY article_id {order} LIMIT :limit)
        AS s
    CROSS JOIN article AS a ON a.id = s.article_id JOIN feed AS f ON f.id = a.feed_id
    LEFT JOIN copy AS c ON c.article_id = s.article_id
    WHERE a.first_seen BETWEEN :since AND :until
    ORDER BY s.article_id {final}
"""
_NEWEST = _LATEST.format(order="DESC", final="")
_OLDEST = _LATEST.format(order="", final="DESC")
_WAITING = """
    SELECT q.article_id, q.outlet, a.first_seen
    FROM sketch_queue AS q CROSS JOIN article AS a ON a.id = q.article_id
    {where} ORDER BY q.article_id DESC LIMIT :limit
"""
_NEXT = _WAITING.format(where="")
_OF_OUTLET = _WAITING.format(where="WHERE q.outlet = :outlet")
_QUEUE = """
    INSERT OR REPLACE INTO sketch_queue (article_id, outlet)
    SELECT a.id, coalesce(f.outlet_id, -f.id) FROM article AS a JOIN feed AS f ON f.id = a.feed_id
    WHERE a.id = ?
"""
_DONE = "DELETE FROM sketch_queue WHERE article_id = ?"
_OUTLET = "SELECT coalesce(outlet_id, -id) FROM feed WHERE id = ?"
_ROOT = "SELECT root_id FROM copy WHERE article_id = ?"
_GROUP = """
    SELECT article_id FROM copy WHERE root_id = (SELECT root_id FROM copy WHERE article_id = :id)
    ORDER BY article_id
"""
_JOIN = "INSERT INTO copy (article_id, root_id, score) VALUES (:id, :root, :score)"
_MOVE = "UPDATE copy SET root_id = :to WHERE root_id = :root"


@dataclass(frozen=True, slots=True)
class StoredSketch:
    """`outlet` stands for who publishes the article; `seen`: when it came, in milliseconds.

    `shingles`: bytes as they were given to `put`. `root`: the first of its group, None when it is
    in none.
    """

    article_id: int
    outlet: int
    seen: int
    words: int
    complete: bool
    whole: int
    shingles: bytes
    root: int | None = None


class Copies:
    """The caller owns the transaction, so that an article comes with its group or not at all."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(self, article_id: int, words: int, complete: bool, whole: int, shingles: bytes) -> None:
        """`whole` is signed, 64 bits. Replaces what was kept of an earlier text; the article is
        waiting no longer."""
        self._db.execute(
            _PUT,
            {
                "id": article_id,
                "words": words,
                "complete": complete,
                "whole": whole,
                "shingles": shingles,
            },
        )
        self._db.execute(_DONE, (article_id,))

    def latest(self, since: int, limit: int) -> Iterator[StoredSketch]:
        """What is kept of the latest `limit` articles, oldest first, if seen from `since` on."""
        values = {"from": 0, "since": since, "until": 2**62, "limit": limit}
        return _sketches(self._db.execute(_NEWEST, values).fetchall())

    def above(self, article_id: int, until: int, limit: int) -> Iterator[StoredSketch]:
        """The `limit` that follow an article, newest first, if seen until then: for going back."""
        values = {"from": article_id, "since": 0, "until": until, "limit": limit}
        return _sketches(self._db.execute(_OLDEST, values).fetchall())

    def outlet(self, feed_id: int) -> int:
        """What stands for a feed's outlet: the same number for all its feeds."""
        return int(self._db.execute(_OUTLET, (feed_id,)).fetchone()[0])

    # -- groups

    def join(self, article_id: int, other: int, score: float) -> None:
        """Into the group of `other`, out of the one it may have been in. `score`: 0 to 1."""
        with transaction(self._db):
            self.leave(article_id)
            root = self.root(other)
            if root is None:
                root = other
                self._db.execute(_JOIN, {"id": other, "root": other, "score": 1.0})
            self._db.execute(_JOIN, {"id": article_id, "root": root, "score": score})
            if article_id < root:
                self._db.execute(_MOVE, {"root": root, "to": article_id})

    def leave(self, article_id: int) -> None:
        """Those that stay point to the first of them; a single one is left in no group."""
        root = self.root(article_id)
        if root is None:
            return
        with transaction(self._db):
            stay = [member for member in self.group(article_id) if member != article_id]
            gone = [article_id, *stay] if len(stay) == 1 else [article_id]
            self._db.execute(
                "DELETE FROM copy WHERE article_id IN (SELECT value FROM json_each(:ids))",
                {"ids": ids_json(gone)},
            )

    def root(self, article_id: int) -> int | None:
        """The first of its group; None when it is in none."""
        row = self._db.execute(_ROOT, (article_id,)).fetchone()
        return int(row[0]) if row else None

    def group(self, article_id: int) -> list[int]:
        """All of its group, first seen first, deleted ones too; empty when it is in none."""
        rows = self._db.execute(_GROUP, {"id": article_id}).fetchall()
        return [member for (member,) in rows]

    # -- articles that nobody has looked at

    def queue(self, article_id: int) -> None:
        """To be looked at later; `put` takes it out."""
        self._db.execute(_QUEUE, (article_id,))

    def waiting(self, limit: int, outlet: int | None = None) -> list[tuple[int, int, int]]:
        """(article, its outlet, when it was seen in ms), newest first; of one outlet or of all."""
        sql = _NEXT if outlet is None else _OF_OUTLET
        return self._db.execute(sql, {"outlet": outlet, "limit": limit}).fetchall()

    def queued(self) -> int:
        """How many are still to be looked at."""
        return int(self._db.execute("SELECT count(*) FROM sketch_queue").fetchone()[0])


def _sketches(rows: Iterable[Any]) -> Iterator[StoredSketch]:
    for article_id, outlet, seen, words, complete, whole, shingles, root in rows:
        yield StoredSketch(article_id, outlet, seen, words, bool(complete), whole, shingles, root)
