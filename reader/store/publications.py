"""Files that saved searches are published to, and what is to be in them.

The only module that knows the `publication` table.
"""

from dataclasses import dataclass
from datetime import datetime

from reader.domain.article import Span
from reader.store.database import Connection, from_ms, to_ms
from reader.store.parts import spans_of

_ALL = """
    SELECT p.id, p.saved_id, s.name, s.query, p.path, p.name, p.made, p.state, p.error
    FROM publication AS p JOIN saved_search AS s ON s.id = p.saved_id ORDER BY s.name, p.path
"""
_ADD = """
    INSERT INTO publication (saved_id, path, name, made) VALUES (:saved, :path, :name, :made)
    ON CONFLICT DO NOTHING
"""
_ENTRIES = """
    SELECT a.id, a.changed, coalesce(outlet.name, ''), hit.spans
    FROM hit INDEXED BY hit_page CROSS JOIN article AS a ON a.id = hit.article_id
    JOIN feed AS f ON f.id = a.feed_id LEFT JOIN outlet ON outlet.id = f.outlet_id
    WHERE hit.saved_id = :saved AND a.deleted = 0
    ORDER BY hit.sorted_at DESC, hit.article_id DESC LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Publication:
    """`urn` names the feed for good; `state` is a hash of what its file holds."""

    id: int
    saved_id: int
    saved_search: str
    query: str
    path: str
    urn: str
    made: datetime
    state: str
    error: str


@dataclass(frozen=True, slots=True)
class Hit:
    """`changed`: when the article's present text was first seen."""

    article_id: int
    changed: datetime
    outlet: str
    spans: tuple[Span, ...]


class Publications:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, saved_id: int, path: str, urn: str, now: datetime) -> bool:
        """False, and nothing changes, when something is published to that file already."""
        values = {"saved": saved_id, "path": path, "name": urn, "made": to_ms(now)}
        return self._db.execute(_ADD, values).rowcount == 1

    def remove(self, saved_id: int, path: str | None = None) -> list[str]:
        """The files that are no longer kept current: that one, or all of the saved search."""
        sql = (
            "DELETE FROM publication WHERE saved_id = :saved AND coalesce(path = :path, 1)"
            " RETURNING path"
        )
        rows = self._db.execute(sql, {"saved": saved_id, "path": path}).fetchall()
        return [row[0] for row in rows]

    def all(self) -> list[Publication]:
        """By saved search, then by file."""
        return [
            Publication(number, saved, name, query, path, urn, from_ms(made), state, error)
            for number, saved, name, query, path, urn, made, state, error in self._db.execute(
                _ALL
            ).fetchall()
        ]

    def hits(self, saved_id: int, limit: int) -> list[Hit]:
        """The newest articles it matches, newest first."""
        rows = self._db.execute(_ENTRIES, {"saved": saved_id, "limit": limit}).fetchall()
        return [Hit(i, from_ms(at), outlet, spans_of(spans)) for i, at, outlet, spans in rows]

    def written(self, publication_id: int, state: str) -> None:
        self._set(publication_id, state, "")

    def failed(self, publication_id: int, error: str) -> None:
        """The file is not what it should be; it is written as soon as that can be done."""
        self._set(publication_id, "", error)

    def _set(self, publication_id: int, state: str, error: str) -> None:
        sql = "UPDATE publication SET state = :state, error = :error WHERE id = :id"
        self._db.execute(sql, {"id": publication_id, "state": state, "error": error})
