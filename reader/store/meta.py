"""Single values by name, such as the version of the watchlists."""

from typing import Any

from reader.store.database import Connection

_SET = """
    INSERT INTO meta (key, value) VALUES (:key, :value)
    ON CONFLICT DO UPDATE SET value = excluded.value
"""
_RAISE = """
    INSERT INTO meta (key, value) VALUES (:key, 1)
    ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value
"""


class Meta:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def get(self, key: str) -> Any:
        """None when it was never set."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set(self, key: str, value: int | str | None) -> None:
        """None forgets it."""
        if value is None:
            self._db.execute("DELETE FROM meta WHERE key = ?", (key,))
        else:
            self._db.execute(_SET, {"key": key, "value": value})

    def raised(self, key: str) -> int:
        """Counts one up from 0 and returns the new number."""
        return int(self._db.execute(_RAISE, {"key": key}).fetchall()[0][0])
