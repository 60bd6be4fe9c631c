"""What the user marks on articles: read, star, tags, notes, deleted.

Each change says which articles really changed, so that it can be undone exactly and nothing is
redrawn for nothing.
"""

from array import array
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reader.domain.scope import Scope
from reader.errors import UsageError
from reader.store.database import Connection, to_ms, transaction
from reader.store.folders import FolderTree
from reader.store.scopes import ids_json, selected, tag_key

_FLAG = """
    UPDATE article SET {flag} = :value
    WHERE id IN (SELECT value FROM json_each(:ids)) AND {flag} <> :value RETURNING id
"""
_READ, _STAR, _DELETED = (_FLAG.format(flag=flag) for flag in ("read", "starred", "deleted"))
_TAG = """
    INSERT INTO article_tag (article_id, tag_id)
    SELECT a.id, :tag FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
    WHERE true ON CONFLICT DO NOTHING RETURNING article_id
"""
_UNTAG = """
    DELETE FROM article_tag WHERE tag_id = (SELECT id FROM tag WHERE key = :key)
        AND article_id IN (SELECT value FROM json_each(:ids)) RETURNING article_id
"""
_FORGET_TAG = """
    DELETE FROM tag WHERE key = :key
        AND NOT EXISTS (SELECT 1 FROM article_tag WHERE tag_id = tag.id)
"""
_TAGS = """
    SELECT tag.name, (
        SELECT count(*) FROM article_tag AS t JOIN article AS a ON a.id = t.article_id
        WHERE t.tag_id = tag.id AND a.deleted = 0) AS articles
    FROM tag WHERE articles > 0 ORDER BY tag.key
"""
_NOTE = """
    INSERT INTO note (article_id, text, changed) SELECT id, :text, :now FROM article WHERE id = :id
    ON CONFLICT DO UPDATE SET text = excluded.text, changed = excluded.changed
"""


class Marks:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._tree = FolderTree(db)

    def read(self, ids: Iterable[int], value: bool) -> "array[int]":
        return self._changed(_READ, ids=ids_json(ids), value=value)

    def star(self, ids: Iterable[int], value: bool) -> "array[int]":
        return self._changed(_STAR, ids=ids_json(ids), value=value)

    def deleted(self, ids: Iterable[int], value: bool) -> "array[int]":
        """A deleted article is in no list and no count, and does not come back when fetched."""
        return self._changed(_DELETED, ids=ids_json(ids), value=value)

    def read_scope(self, scope: Scope, now: datetime) -> "array[int]":
        """Marks read what the scope held at `now`; what arrived later was never seen."""
        folder = self._tree.find(scope.folder) if scope.folder else None
        chosen = selected(scope, folder).also("a.first_seen <= :now", now=to_ms(now))
        if not scope.unread:
            chosen = chosen.also("a.read = 0")
        within = chosen.sql(chosen.id, ordered=False)
        sql = f"UPDATE article SET read = 1 WHERE id IN ({within}) RETURNING id"  # noqa: S608 - constants
        return self._changed(sql, **chosen.values)

    def tag(self, ids: Iterable[int], name: str) -> "array[int]":
        """Names differing only in case are one tag, written as it was first. May nest: `a/b`."""
        key = _key(name)
        with transaction(self._db):
            values = {"key": key, "name": name.strip()}
            self._db.execute("INSERT OR IGNORE INTO tag (key, name) VALUES (:key, :name)", values)
            (tag,) = self._db.execute("SELECT id FROM tag WHERE key = :key", values).fetchone()
            changed = self._changed(_TAG, ids=ids_json(ids), tag=tag)
            self._db.execute(_FORGET_TAG, values)
        return changed

    def untag(self, ids: Iterable[int], name: str) -> "array[int]":
        """A tag that no article bears any more is forgotten."""
        key = _key(name)
        with transaction(self._db):
            changed = self._changed(_UNTAG, ids=ids_json(ids), key=key)
            self._db.execute(_FORGET_TAG, {"key": key})
        return changed

    def tags(self) -> list[tuple[str, int]]:
        """(name, articles) in alphabetical order."""
        return self._db.execute(_TAGS).fetchall()

    def note(self, article_id: int, text: str, now: datetime) -> str:
        """Returns the note there was. An empty `text` removes it."""
        values = {"id": article_id, "text": text.strip(), "now": to_ms(now)}
        with transaction(self._db):
            former = self._db.execute("SELECT text FROM note WHERE article_id = :id", values)
            row = former.fetchone()
            sql = _NOTE if values["text"] else "DELETE FROM note WHERE article_id = :id"
            self._db.execute(sql, values)
        return str(row[0]) if row else ""

    def _changed(self, sql: str, **values: Any) -> "array[int]":
        return array(
            "q", [article_id for (article_id,) in self._db.execute(sql, values).fetchall()]
        )


def _key(name: str) -> str:
    key = tag_key(name)
    if not key:
        raise UsageError("A tag needs a name.")
    return key
