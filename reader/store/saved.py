"""Saved searches and the articles they match.

The only module that writes `saved_search` and `hit`. Every change of a name, a query or an alert
raises `version`, so that whoever evaluates saved searches knows to read them anew.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from reader.domain.search import SavedLine, SavedSearch
from reader.errors import TakenError, UsageError
from reader.store.database import Connection, transaction
from reader.store.meta import Meta
from reader.store.scopes import ids_json

_ALL = """
    SELECT s.id, s.name, s.query, s.alert, s.version, s.broken, t.articles, t.unread
    FROM saved_search AS s JOIN saved_tally AS t ON t.saved_id = s.id ORDER BY s.id
"""
_PUT = """
    INSERT INTO hit (article_id, saved_id, sorted_at, version, revision, spans)
    SELECT a.id, s.id, a.sorted_at, s.version, a.revision, :spans
    FROM article AS a JOIN saved_search AS s ON s.id = :saved WHERE a.id = :article
    ON CONFLICT DO UPDATE SET
        version = excluded.version, revision = excluded.revision, spans = excluded.spans
"""
_DROP_OTHERS = """
    DELETE FROM hit WHERE article_id = :article
        AND saved_id NOT IN (SELECT value FROM json_each(:kept))
"""
_DROP_LEFT = """
    DELETE FROM hit WHERE saved_id = :saved
        AND article_id NOT IN (SELECT value FROM json_each(:ids))
"""
_KEEP = "UPDATE hit SET version = :version WHERE saved_id = :saved AND version <> :version"
_ENTER = """
    INSERT INTO hit (article_id, saved_id, sorted_at, version, revision)
    SELECT a.id, :saved, a.sorted_at, :version, a.revision
    FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
    WHERE true ON CONFLICT DO NOTHING
"""


class Saved:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._meta = Meta(db)

    def add(self, name: str, query: str, alert: bool) -> int:
        """Its id. UsageError when the name is empty, TakenError when it is taken."""
        sql = "INSERT INTO saved_search (name, query, alert) VALUES (:name, :query, :alert)"
        with transaction(self._db):
            values = {"name": _name(name), "query": query, "alert": alert}
            done = self._named(sql, values)
            self._raise()
        return int(done.lastrowid or 0)

    def edit(
        self,
        saved_id: int,
        *,
        name: str | None = None,
        query: str | None = None,
        alert: bool | None = None,
    ) -> None:
        """None leaves a value as it is. A new query raises the search's own version and mends it;
        its hits stay until they are derived anew. Names are refused as by `add`."""
        with transaction(self._db):
            if name is not None:
                self._set("name = :value", saved_id, _name(name))
            if alert is not None:
                self._set("alert = :value", saved_id, alert)
            if query is not None:
                change = "query = :value, version = version + 1, broken = ''"
                self._set(f"{change}", saved_id, query, " AND query <> :value")
            self._raise()

    def remove(self, saved_id: int) -> None:
        """With its hits; the alerts it fired stay."""
        with transaction(self._db):
            self._db.execute("DELETE FROM saved_search WHERE id = ?", (saved_id,))
            self._raise()

    def all(self) -> list[SavedSearch]:
        """In the order they were saved."""
        return [line.saved for line in self.lines()]

    def lines(self) -> list[SavedLine]:
        """With their counts of articles that are not deleted."""
        return [
            SavedLine(
                SavedSearch(saved_id, name, query, bool(alert), version, broken), total, unread
            )
            for saved_id, name, query, alert, version, broken, total, unread in self._db.execute(
                _ALL
            ).fetchall()
        ]

    def by_name(self, name: str) -> SavedSearch | None:
        """Case counts only when there is one in exactly this case."""
        wanted = name.strip()
        found = [saved for saved in self.all() if saved.name.casefold() == wanted.casefold()]
        exact = [saved for saved in found if saved.name == wanted]
        return next(iter(exact or found), None)

    def hits_of(self, article_id: int) -> set[int]:
        """The saved searches that match an article."""
        sql = "SELECT saved_id FROM hit WHERE article_id = ?"
        return {row[0] for row in self._db.execute(sql, (article_id,)).fetchall()}

    def put_hits(self, article_id: int, spans: Mapping[int, str]) -> None:
        """Replaces the article's hits; `spans` by saved search, as `parts.spans_json` gives them.

        A saved search that is gone meanwhile is passed over.
        """
        kept = {"article": article_id, "kept": ids_json(spans)}
        rows = [
            {"article": article_id, "saved": saved, "spans": stored}
            for saved, stored in spans.items()
        ]
        with transaction(self._db):
            self._db.execute(_DROP_OTHERS, kept)
            self._db.executemany(_PUT, rows)

    def replace_hits(self, saved_id: int, version: int, ids: Iterable[int]) -> bool:
        """Makes `ids` the hits of the whole archive, derived with that version of the search.

        False, and nothing changes, when the search has been edited or removed since. Hits there
        were keep their spans.
        """
        values = {"saved": saved_id, "version": version, "ids": ids_json(ids)}
        with transaction(self._db):
            if not self._is_at(saved_id, version):
                return False
            for sql in (_DROP_LEFT, _KEEP, _ENTER):
                self._db.execute(sql, values)
            self.derived(saved_id, version)
        return True

    def derived(self, saved_id: int, version: int) -> None:
        """Its hits are those of this version."""
        self._set("derived = :value", saved_id, version)

    def underive(self, saved_ids: Iterable[int]) -> None:
        """Their hits are to be derived anew, though the queries are the same."""
        sql = "UPDATE saved_search SET derived = 0 WHERE id IN (SELECT value FROM json_each(:ids))"
        self._db.execute(sql, {"ids": ids_json(saved_ids)})

    def underived(self) -> list[SavedSearch]:
        """Those whose hits are not yet those of the present version, and that can be run."""
        rows = self._db.execute(
            "SELECT id FROM saved_search WHERE derived < version AND broken = ''"
        ).fetchall()
        waiting = {row[0] for row in rows}
        return [saved for saved in self.all() if saved.id in waiting]

    def mark_broken(self, saved_id: int, reason: str) -> None:
        """It cannot be run, and why; "" mends it. Its hits are kept."""
        with transaction(self._db):
            self._set("broken = :value", saved_id, reason)
            self._raise()

    def version(self) -> int:
        """The number of the present saved searches: whoever holds another reads them anew."""
        return int(self._meta.get("saved_version") or 0)

    def _raise(self) -> None:
        self._meta.raised("saved_version")

    def _is_at(self, saved_id: int, version: int) -> bool:
        sql = "SELECT 1 FROM saved_search WHERE id = ? AND version = ?"
        return self._db.execute(sql, (saved_id, version)).fetchone() is not None

    def _set(self, change: str, saved_id: int, value: object, also: str = "") -> None:
        sql = f"UPDATE saved_search SET {change} WHERE id = :id{also}"  # noqa: S608 - constants
        self._named(sql, {"id": saved_id, "value": value})

    def _named(self, sql: str, values: dict[str, Any]) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.IntegrityError:
            raise TakenError(
                "There is already a saved search of that name; edit it, or choose another name."
            ) from None


def _name(name: str) -> str:
    if not name.strip():
        raise UsageError("A saved search needs a name.")
    return name.strip()
