"""Articles whose entry in the search index is out of date.

Filled in the transaction that changes an article and emptied after the index has committed, so a
kill in between costs double work and never an entry.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from reader.store.database import Connection
from reader.store.scopes import ids_json

# Replacing gives a new number: what is queued again while it is being indexed stays queued.
_PUSH = """
    INSERT OR REPLACE INTO index_queue (article_id)
    SELECT a.id FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
"""
_PUSH_ALL = """
    INSERT OR REPLACE INTO index_queue (article_id)
    SELECT id FROM article INDEXED BY article_all WHERE deleted = 0
    ORDER BY sorted_at DESC, id DESC
"""


@dataclass(frozen=True, slots=True)
class QueueBatch:
    """Articles to index, and the place in the queue up to which they are."""

    ids: "array[int]"
    upto: int


class IndexQueue:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def push(self, ids: Iterable[int]) -> None:
        """To the end, also those already waiting. A deleted article is pushed to be taken out."""
        self._db.execute(_PUSH, {"ids": ids_json(ids)})

    def push_all(self) -> None:
        """Everything, newest first, so that a rebuilt index soon finds what is new."""
        self._db.execute(_PUSH_ALL)

    def batch(self, limit: int) -> QueueBatch:
        """The `limit` articles waiting longest; they stay in the queue until `done`."""
        rows = self._db.execute(
            "SELECT seq, article_id FROM index_queue ORDER BY seq LIMIT ?", (limit,)
        ).fetchall()
        return QueueBatch(array("q", [row[1] for row in rows]), rows[-1][0] if rows else 0)

    def done(self, batch: QueueBatch) -> None:
        """The index has them safely; those pushed again since `batch` stay."""
        self._db.execute("DELETE FROM index_queue WHERE seq <= ?", (batch.upto,))

    def size(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM index_queue").fetchone()[0])
