"""Watchlists and the looks of types in SQLite.

The only module that writes what `watchlist` says of a list, and `entity_type`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from reader.domain.looks import EntityType
from reader.domain.watchlist import Watchlist, WatchlistLine
from reader.store.database import Connection, transaction
from reader.store.scopes import ids_json

FORGET_EMPTY = """
    DELETE FROM watchlist
    WHERE kept = 0 AND NOT EXISTS (SELECT 1 FROM entity WHERE watchlist_id = watchlist.id)
"""
_ALL = "SELECT name, note, enabled, kept FROM watchlist ORDER BY name"
_LINES = """
    SELECT w.name, w.note, w.enabled, w.kept,
        (SELECT count(*) FROM entity WHERE watchlist_id = w.id),
        w.enabled * (
            SELECT count(DISTINCT p.article_id) FROM entity AS e
            JOIN appearance AS p ON p.entity_id = e.id JOIN article AS a ON a.id = p.article_id
            WHERE e.watchlist_id = w.id AND a.deleted = 0),
        w.enabled * (
            SELECT coalesce(sum(t.mentions), 0) FROM entity AS e
            JOIN entity_tally AS t ON t.entity_id = e.id WHERE e.watchlist_id = w.id)
    FROM watchlist AS w ORDER BY w.name
"""
_PUT = """
    INSERT INTO watchlist (name, note, enabled, kept) VALUES (:name, :note, :enabled, :kept)
    ON CONFLICT (name) DO UPDATE SET
        note = excluded.note, enabled = excluded.enabled, kept = excluded.kept
"""
_PUT_TYPE = """
    INSERT INTO entity_type (name, colour, icon) VALUES (:name, :colour, :icon)
    ON CONFLICT (name) DO UPDATE SET colour = excluded.colour, icon = excluded.icon
"""

_RETYPE = "UPDATE entity SET type = :name WHERE id IN (SELECT value FROM json_each(:ids))"


class Watchlists:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def all(self) -> list[Watchlist]:
        """By name."""
        return [_watchlist(row) for row in self._db.execute(_ALL).fetchall()]

    def lines(self) -> list[WatchlistLine]:
        """By name, with counts; nothing is counted of those that are switched off."""
        rows = self._db.execute(_LINES).fetchall()
        return [WatchlistLine(_watchlist(row[:4]), *row[4:]) for row in rows]

    def put(self, watchlist: Watchlist) -> None:
        """Add it, or say this of the one of that name."""
        values = {
            "name": watchlist.name, "note": watchlist.note, "enabled": watchlist.enabled,
            "kept": watchlist.kept,
        }  # fmt: skip
        self._db.execute(_PUT, values)

    def rename(self, name: str, new_name: str) -> None:
        """It is kept from then on. The new name must be free."""
        values = (new_name, name)
        self._db.execute("UPDATE watchlist SET name = ?, kept = 1 WHERE name = ?", values)

    def remove(self, name: str) -> None:
        """An empty one."""
        self._db.execute("DELETE FROM watchlist WHERE name = ?", (name,))

    def restore(self, watchlists: Sequence[Watchlist]) -> None:
        """These are as told; others stay as long as there is something in them."""
        with transaction(self._db):
            self._db.execute("UPDATE watchlist SET kept = 0")
            for one in watchlists:
                self.put(one)
            self._db.execute(FORGET_EMPTY)


class Types:
    """Of types that nobody told anything of, nothing is stored: not even that they are used."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def all(self) -> list[EntityType]:
        """By name."""
        rows = self._db.execute("SELECT name, colour, icon FROM entity_type ORDER BY name")
        return [EntityType(*row) for row in rows.fetchall()]

    def used(self) -> dict[str, int]:
        """How many entities are of each type."""
        return dict(self._db.execute("SELECT type, count(*) FROM entity GROUP BY 1").fetchall())

    def put(self, type_: EntityType) -> None:
        values = {"name": type_.name, "colour": type_.colour, "icon": type_.icon}
        self._db.execute(_PUT_TYPE, values)

    def remove(self, name: str) -> None:
        self._db.execute("DELETE FROM entity_type WHERE name = ?", (name,))

    def rename(self, name: str, new_name: str) -> None:
        """What is told of it; see `retype` for its entities."""
        self._db.execute("UPDATE entity_type SET name = ? WHERE name = ?", (new_name, name))

    def entities_of(self, name: str) -> list[int]:
        rows = self._db.execute("SELECT id FROM entity WHERE type = ? ORDER BY id", (name,))
        return [entity for (entity,) in rows.fetchall()]

    def retype(self, entity_ids: Iterable[int], name: str) -> None:
        values = {"ids": ids_json(entity_ids), "name": name}
        self._db.execute(_RETYPE, values)

    def restore(self, types: Sequence[EntityType]) -> None:
        """Nothing is told but of these."""
        with transaction(self._db):
            self._db.execute("DELETE FROM entity_type")
            for one in types:
                self.put(one)


def _watchlist(row: Sequence[Any]) -> Watchlist:
    name, note, enabled, kept = row
    return Watchlist(name, note, bool(enabled), bool(kept))
