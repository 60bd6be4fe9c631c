"""What discovery of names asks the library: recent articles, and which names were dismissed.

The only module that writes `dismissed_name`.
"""

from dataclasses import dataclass
from datetime import datetime

from reader.store.database import Connection, from_ms, to_ms

_RECENT = """
    SELECT a.id, a.language, coalesce(f.outlet_id, -f.id), coalesce(c.root_id, a.id), a.sorted_at,
           a.revision
    FROM article AS a JOIN feed AS f ON f.id = a.feed_id
    LEFT JOIN copy AS c ON c.article_id = a.id
    WHERE a.sorted_at >= :since AND a.sorted_at < :until AND a.deleted = 0 ORDER BY a.id
"""
_DISMISS = """
    INSERT INTO dismissed_name (key, name, at) VALUES (:key, :name, :at) ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class RecentArticle:
    """`outlet` stands for who publishes it; `root` for all articles with its text."""

    id: int
    language: str
    outlet: int
    root: int
    moment: datetime
    revision: int
    """The number of its text; it grows when the text is another."""


class Untracked:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def recent(self, since: datetime, until: datetime) -> list[RecentArticle]:
        """Those dated from `since` to before `until`, first stored first."""
        values = {"since": to_ms(since), "until": to_ms(until)}
        rows = self._db.execute(_RECENT, values).fetchall()
        return [
            RecentArticle(article, language, outlet, root, from_ms(moment), revision)
            for article, language, outlet, root, moment, revision in rows
        ]

    def dismissed(self) -> dict[str, str]:
        """The names by their keys."""
        return dict(self._db.execute("SELECT key, name FROM dismissed_name").fetchall())

    def dismiss(self, key: str, name: str, now: datetime) -> bool:
        """False when it was dismissed before. In the transaction of the caller."""
        values = {"key": key, "name": name, "at": to_ms(now)}
        return self._db.execute(_DISMISS, values).rowcount > 0

    def readmit(self, key: str) -> bool:
        """It may be offered again; False when it was not dismissed."""
        return self._db.execute("DELETE FROM dismissed_name WHERE key = ?", (key,)).rowcount > 0
