"""What fired. An alert stays when its saved search is gone, or no longer matches."""

from datetime import datetime

from reader.domain.search import Alert, SavedSearch
from reader.store.database import Connection, from_ms, to_ms
from reader.store.feeds import host
from reader.store.parts import spans_of

_FIRE = """
    INSERT INTO alert (article_id, saved_id, name, spans, at)
    VALUES (:article, :saved, :name, :spans, :at) ON CONFLICT DO NOTHING
"""
_LATEST = """
    SELECT alert.article_id, a.title, alert.name, alert.spans, alert.at, alert.seen,
        coalesce(nullif(f.own_title, ''), f.title), f.url
    FROM alert INDEXED BY alert_at CROSS JOIN article AS a ON a.id = alert.article_id
    JOIN feed AS f ON f.id = a.feed_id
    WHERE a.deleted = 0 ORDER BY alert.at DESC, alert.id DESC LIMIT :limit
"""
_UNSEEN = """
    SELECT count(*) FROM alert INDEXED BY alert_unseen
    JOIN article AS a ON a.id = alert.article_id WHERE seen = 0 AND a.deleted = 0
"""


class Alerts:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def fire(self, article_id: int, saved: SavedSearch, spans: str, now: datetime) -> bool:
        """False when a saved search of this name had fired for this article before.

        `spans`: as `parts.spans_json` gives them.
        """
        values = {"article": article_id, "saved": saved.id, "name": saved.name, "spans": spans}
        return self._db.execute(_FIRE, {**values, "at": to_ms(now)}).rowcount == 1

    def latest(self, limit: int) -> list[Alert]:
        """Newest first; none for articles that were deleted."""
        rows = self._db.execute(_LATEST, {"limit": limit}).fetchall()
        return [
            Alert(
                article, title, name, spans_of(spans), from_ms(at), bool(seen), source or host(url)
            )
            for article, title, name, spans, at, seen, source, url in rows
        ]

    def seen(self) -> int:
        """The user has looked at all there are; returns how many were new."""
        return self._db.execute("UPDATE alert SET seen = 1 WHERE seen = 0").rowcount

    def unseen(self) -> int:
        return int(self._db.execute(_UNSEEN).fetchone()[0])
