"""What fired. An alert stays when its saved search is gone, or no longer matches."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from reader.domain.alert import Alert
from reader.domain.article import Span, Texts
from reader.domain.search import SavedSearch
from reader.store.articles import Articles
from reader.store.database import Connection, from_ms, to_ms
from reader.store.feeds import host
from reader.store.parts import spans_of

_FIRE = """
    INSERT INTO alert (article_id, saved_id, name, spans, at)
    VALUES (:article, :saved, :name, :spans, :at) ON CONFLICT DO NOTHING
"""
_LATEST = """
    SELECT alert.article_id, a.title, alert.name, alert.spans, alert.at, alert.seen,
        coalesce(nullif(f.own_title, ''), f.title), f.url, a.revision > 1
    FROM alert INDEXED BY alert_at CROSS JOIN article AS a ON a.id = alert.article_id
    JOIN feed AS f ON f.id = a.feed_id
    WHERE a.deleted = 0 ORDER BY alert.at DESC, alert.id DESC LIMIT :limit
"""
_AGAIN = "UPDATE alert SET spans = :spans WHERE article_id = :article AND saved_id = :saved"
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

    def revised(self, article_id: int, spans: Mapping[int, str]) -> None:
        """The article has another text; `spans` are where the saved searches match it now."""
        rows = [{"article": article_id, "saved": i, "spans": why} for i, why in spans.items()]
        self._db.executemany(_AGAIN, rows)

    def latest(self, limit: int) -> list[Alert]:
        """Newest first; none for articles that were deleted.

        `why` is told of the text as it stands: what has been edited away is left out.
        """
        rows = self._db.execute(_LATEST, {"limit": limit}).fetchall()
        edited = Articles(self._db).texts({row[0] for row in rows if row[-1]})
        return [
            Alert(
                article,
                title,
                name,
                _still_there(spans_of(spans), edited.get(article)),
                from_ms(at),
                bool(seen),
                source or host(url),
            )
            for article, title, name, spans, at, seen, source, url, _ in rows
        ]

    def seen(self) -> int:
        """The user has looked at all there are; returns how many were new."""
        return self._db.execute("UPDATE alert SET seen = 1 WHERE seen = 0").rowcount

    def unseen(self) -> int:
        return int(self._db.execute(_UNSEEN).fetchone()[0])


def _still_there(spans: Sequence[Span], texts: Texts | None) -> tuple[Span, ...]:
    """`texts`: of an article that was revised, else None."""
    if texts is None:
        return tuple(spans)
    return tuple(s for s in spans if texts.get(s.field)[s.start : s.end] == s.text)
