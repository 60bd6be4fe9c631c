"""Every change the user made, with what it takes to undo it, also after a restart."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader.store.database import Connection, from_ms, to_ms

_ENTRY = "SELECT id, at, what, before, after, undone FROM journal"
_OPEN = " INDEXED BY journal_open WHERE undone = 0 ORDER BY id DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """`before` and `after` are whatever JSON can hold; their form belongs to `what`."""

    id: int
    at: datetime
    what: str
    before: Any
    after: Any
    undone: bool = False


class Journal:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def record(self, what: str, before: Any, after: Any, now: datetime) -> int:
        """In the transaction of the change itself. Returns the entry's id."""
        values = {"at": to_ms(now), "what": what, "before": _json(before), "after": _json(after)}
        sql = "INSERT INTO journal (at, what, before, after) VALUES (:at, :what, :before, :after)"
        return int(self._db.execute(sql, values).lastrowid or 0)

    def latest(self) -> JournalEntry | None:
        """The last change that was not undone."""
        return next(iter(self.open(1)), None)

    def open(self, limit: int) -> list[JournalEntry]:
        """Changes that were not undone, the latest first."""
        return [_entry(*row) for row in self._db.execute(_ENTRY + _OPEN, (limit,)).fetchall()]

    def mark_undone(self, entry_id: int) -> None:
        self._db.execute("UPDATE journal SET undone = 1 WHERE id = ?", (entry_id,))

    def entries(self, limit: int) -> list[JournalEntry]:
        """Newest first, also undone ones."""
        rows = self._db.execute(_ENTRY + " ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
        return [_entry(*row) for row in rows]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entry(entry_id: int, at: int, what: str, before: str, after: str, undone: int) -> JournalEntry:
    values = json.loads(before), json.loads(after)
    return JournalEntry(entry_id, from_ms(at), what, *values, bool(undone))
