"""Tracked entities in SQLite: names, aliases and what is asked of them.

The only module that writes `entity` and `alias`. A watchlist is made with its first entity, and
goes with its last unless it is to be kept (see `watchlists`).
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any, NamedTuple

from reader.domain.entity import Alias, ContextRule, Entity, EntityLine, rules_from
from reader.errors import TakenError
from reader.store.database import Connection, transaction
from reader.store.mentions import Mentions
from reader.store.meta import Meta
from reader.store.scopes import ids_json
from reader.store.watchlists import FORGET_EMPTY

_ALL = """
    SELECT e.id, e.name, e.type, w.name, e."case", e.inflect, e.note, e.language, e.plural, e.rules,
        w.enabled, t.articles * w.enabled, t.mentions * w.enabled
    FROM entity AS e JOIN watchlist AS w ON w.id = e.watchlist_id
    JOIN entity_tally AS t ON t.entity_id = e.id
"""
_SOME = " WHERE e.id IN (SELECT value FROM json_each(:ids))"
_ALIASES = """
    SELECT entity_id, text, "case", inflect, language, plural, rules
    FROM json_each(:ids) AS j CROSS JOIN alias ON entity_id = j.value ORDER BY entity_id, position
"""
_FIND = """
    SELECT e.id FROM watchlist AS w JOIN entity AS e ON e.watchlist_id = w.id
    WHERE w.name = :watchlist AND e.name = :name
"""
_ADD = """
    INSERT INTO entity
        (id, watchlist_id, name, type, "case", inflect, note, language, plural, rules)
    VALUES (:id, :watchlist_id, :name, :type, :case, :inflect, :note, :language, :plural, :rules)
"""
_CHANGE = """
    UPDATE entity SET watchlist_id = :watchlist_id, name = :name, type = :type, "case" = :case,
        inflect = :inflect, note = :note, language = :language, plural = :plural, rules = :rules
    WHERE id = :id
"""
_OUT_OF_THE_WAY = """
    UPDATE entity SET name = char(31) || id WHERE id IN (SELECT value FROM json_each(:ids))
"""
_REMOVE = "DELETE FROM entity WHERE id IN (SELECT value FROM json_each(:ids))"
_PUT_ALIAS = """
    INSERT INTO alias (entity_id, position, text, "case", inflect, language, plural, rules)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


class Put(NamedTuple):
    """What became of an entity that was put; `former` is what there was before."""

    id: int
    former: Entity | None
    changed: bool


class Entities(Mentions):
    def __init__(self, db: Connection) -> None:
        super().__init__(db)
        self._meta = Meta(db)

    def all(self) -> list[Entity]:
        """By watchlist and name, also those of watchlists that are switched off."""
        return [line.entity for line in self._lines(_ALL + " ORDER BY w.name, e.name")]

    def watched(self) -> list[Entity]:
        """Those that are looked for: of watchlists that are not switched off."""
        lines = self._lines(_ALL + " WHERE w.enabled ORDER BY w.name, e.name")
        return [line.entity for line in lines]

    def lines(self) -> list[EntityLine]:
        """The most mentioned first, by articles that are not deleted."""
        return self._lines(_ALL + " ORDER BY t.articles * w.enabled DESC, e.name")

    def some(self, ids: Iterable[int]) -> list[Entity]:
        """In the order of `ids`, each once; those that are gone are left out."""
        wanted = [*dict.fromkeys(ids)]
        lines = self._lines(_ALL + _SOME, ids=ids_json(wanted))
        found = {line.entity.id: line.entity for line in lines}
        return [found[entity_id] for entity_id in wanted if entity_id in found]

    def of_list(self, watchlist: str) -> list[Entity]:
        """By name."""
        tail = " WHERE w.name = :watchlist ORDER BY e.name"
        return [line.entity for line in self._lines(_ALL + tail, watchlist=watchlist)]

    def by_name(self, name: str) -> list[Entity]:
        """Of every watchlist. Case counts only when there is one in exactly this case."""
        found = [entity for entity in self.all() if entity.name.casefold() == name.casefold()]
        return [entity for entity in found if entity.name == name] or found

    def put(self, entity: Entity) -> tuple[int, bool]:
        """(id, whether anything changed). With `entity.id` that very one is changed; without, the
        one of the same watchlist and name is replaced, or a new one added.

        TakenError when another of that watchlist already has the name.
        """
        (done,) = self.put_all([entity])
        return done.id, done.changed

    def put_all(self, entities: Sequence[Entity]) -> list[Put]:
        """The same for many, in the order given: all of them or, after an error, none."""
        with transaction(self._db):
            ids = [entity.id or self._find(entity) for entity in entities]
            present = {one.id: one for one in self.some(dict.fromkeys(filter(None, ids)))}
            writing = _Writing(self._db)
            added: dict[tuple[str, str], int] = {}
            done = []
            for entity, entity_id in zip(entities, ids, strict=True):
                key = (entity.watchlist, entity.name)
                former = present.get(entity_id or added.get(key, 0))
                put = writing.put(entity, former)
                if put.changed:
                    present[put.id], added[key] = replace(entity, id=put.id), put.id
                done.append(put)
            writing.finish()
        return done

    def restore(self, entities: Sequence[Entity]) -> None:
        """Each is as told, with its id, whether it is there or gone. TakenError as by `put`."""
        with transaction(self._db):
            told = {entity.id: entity for entity in entities}
            ids = [*told]
            present = {one.id for one in self.some(ids)}
            self._db.execute(_OUT_OF_THE_WAY, {"ids": ids_json(ids)})  # names may have been swapped
            writing = _Writing(self._db)
            for entity in told.values():
                writing.write(entity, entity.id, new=entity.id not in present)
            writing.finish()

    def remove(self, *entity_ids: int) -> None:
        """With their aliases, all their mentions and what was said of those."""
        with transaction(self._db):
            # One statement: inside a larger transaction each would keep copies of what it touched.
            self._db.execute(_REMOVE, {"ids": ids_json(entity_ids)})
            self._db.execute(FORGET_EMPTY)

    def version(self) -> int:
        """The number of the present watchlists: whoever holds another number reads them anew."""
        return int(self._meta.get("lexicon_version") or 0)

    def raise_version(self) -> int:
        return self._meta.raised("lexicon_version")

    def rescan_below(self) -> int | None:
        """Articles with a lower id are still to be scanned with the present watchlists."""
        value = self._meta.get("rescan_below")
        return None if value is None else int(value)

    def set_rescan_below(self, entity_id: int | None) -> None:
        """None: every article has been scanned."""
        self._meta.set("rescan_below", entity_id)

    def found_by(self) -> str:
        """The rules by which the mentions were found; "" when nobody said."""
        return str(self._meta.get("lexicon_rules") or "")

    def set_found_by(self, rules: str) -> None:
        self._meta.set("lexicon_rules", rules)

    def _find(self, entity: Entity) -> int:
        values = {"watchlist": entity.watchlist, "name": entity.name}
        row = self._db.execute(_FIND, values).fetchone()
        return row[0] if row else 0

    def _lines(self, sql: str, **values: Any) -> list[EntityLine]:
        rows = self._db.execute(sql, values).fetchall()
        aliases = self._aliases(row[0] for row in rows)
        return [_line(row, tuple(aliases.get(row[0], ()))) for row in rows]

    def _aliases(self, ids: Iterable[int]) -> dict[int, list[Alias]]:
        found: dict[int, list[Alias]] = {}
        rows = self._db.execute(_ALIASES, {"ids": ids_json(ids)}).fetchall()
        for entity_id, text, case, inflect, language, plural, rules in rows:
            alias = Alias(
                text, _maybe(case), bool(inflect), language, bool(plural), _rules_of(rules)
            )
            found.setdefault(entity_id, []).append(alias)
        return found


class _Writing:
    """Entities put one after the other; aliases and lists at the end. In one transaction."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._lists: dict[str, int] = {}
        self._aliases: dict[int, tuple[Alias, ...]] = {}
        self._changed: list[int] = []

    def put(self, entity: Entity, former: Entity | None) -> Put:
        if former is None:
            return Put(self.write(entity, None, new=True), None, changed=True)
        entity_id = former.id
        if replace(former, id=0) == replace(entity, id=0):
            return Put(entity_id, former, changed=False)
        return Put(self.write(entity, entity_id, new=False), former, changed=True)

    def write(self, entity: Entity, entity_id: int | None, *, new: bool) -> int:
        values = _values(entity, entity_id, self._list_id(entity.watchlist))
        try:
            done = self._db.execute(_ADD if new else _CHANGE, values)
        except sqlite3.IntegrityError:
            raise TakenError(
                f'The watchlist "{entity.watchlist}" already has an entity "{entity.name}"; '
                "edit that one, or choose another name."
            ) from None
        known = entity_id or int(done.lastrowid or 0)
        self._aliases[known] = entity.aliases
        if not new:
            self._changed.append(known)
        return known

    def finish(self) -> None:
        changed = [(one,) for one in self._changed]
        self._db.executemany("DELETE FROM alias WHERE entity_id = ?", changed)
        rows = (
            (
                entity, n, alias.text, alias.case, alias.inflect, alias.language, alias.plural,
                _rules_json(alias.rules),
            )
            for entity, aliases in self._aliases.items() for n, alias in enumerate(aliases)
        )  # fmt: skip
        self._db.executemany(_PUT_ALIAS, rows)
        self._db.execute(FORGET_EMPTY)

    def _list_id(self, name: str) -> int:
        if name not in self._lists:
            self._db.execute("INSERT OR IGNORE INTO watchlist (name) VALUES (?)", (name,))
            row = self._db.execute("SELECT id FROM watchlist WHERE name = ?", (name,)).fetchone()
            self._lists[name] = int(row[0])
        return self._lists[name]


def _values(entity: Entity, entity_id: int | None, list_id: int) -> dict[str, Any]:
    return {
        "id": entity_id,
        "watchlist_id": list_id,
        "name": entity.name,
        "type": entity.type,
        "case": entity.case,
        "inflect": entity.inflect,
        "note": entity.note,
        "language": entity.language,
        "plural": entity.plural,
        "rules": _rules_json(entity.rules),
    }


def _maybe(case: int | None) -> bool | None:
    return None if case is None else bool(case)


def _rules_json(rules: Sequence[ContextRule]) -> str:
    if not rules:
        return "[]"
    return json.dumps([asdict(rule) for rule in rules], ensure_ascii=False)


def _rules_of(told: str) -> tuple[ContextRule, ...]:
    return rules_from(json.loads(told)) if told != "[]" else ()


def _line(row: Sequence[Any], aliases: tuple[Alias, ...]) -> EntityLine:
    entity_id, name, kind, watchlist, case, inflect, note, *more = row
    language, plural, rules, enabled, articles, mentions = more
    entity = Entity(
        name, kind, watchlist, aliases, _maybe(case), bool(inflect), note, entity_id, language,
        bool(plural), _rules_of(rules),
    )  # fmt: skip
    return EntityLine(entity, articles, mentions, bool(enabled))
