"""Tracked entities in SQLite, and where articles mention them.

The only module that writes `watchlist`, `entity`, `alias`, `appearance`, `mention` and `verdict`.
All mentions count, also those inside longer ones.
"""

import json
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from reader.domain.article import FIELDS, Mention
from reader.domain.entity import Alias, ContextRule, Entity, EntityLine, Verdicts, rules_from
from reader.errors import TakenError
from reader.store.database import Connection, to_ms, transaction
from reader.store.meta import Meta
from reader.store.parts import Parts
from reader.store.scopes import ids_json

_ALL = """
    SELECT e.id, e.name, e.type, w.name, e."case", e.inflect, e.note,
        e.language, e.plural, e.rules, t.articles, t.mentions
    FROM entity AS e JOIN watchlist AS w ON w.id = e.watchlist_id
    JOIN entity_tally AS t ON t.entity_id = e.id
"""
_ALIASES = """
    SELECT entity_id, text, "case", inflect, language, plural, rules
    FROM json_each(:ids) AS j CROSS JOIN alias ON entity_id = j.value ORDER BY entity_id, position
"""
_ADD = """
    INSERT INTO entity (watchlist_id, name, type, "case", inflect, note, language, plural, rules)
    VALUES (:watchlist_id, :name, :type, :case, :inflect, :note, :language, :plural, :rules)
"""
_CHANGE = """
    UPDATE entity SET watchlist_id = :watchlist_id, name = :name, type = :type, "case" = :case,
        inflect = :inflect, note = :note, language = :language, plural = :plural, rules = :rules
    WHERE id = :id
"""
_PUT_ALIAS = """
    INSERT INTO alias (entity_id, position, text, "case", inflect, language, plural, rules)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_FORGET_LISTS = """
    DELETE FROM watchlist
    WHERE NOT EXISTS (SELECT 1 FROM entity WHERE watchlist_id = watchlist.id)
"""
_APPEARANCE = """
    INSERT INTO appearance (article_id, entity_id, sorted_at, mentions)
    SELECT id, :entity, sorted_at, :mentions FROM article WHERE id = :article
"""
_MENTION = """
    INSERT INTO mention (article_id, entity_id, field, "start", "end", alias, shown)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_LANGUAGES = """
    SELECT a.id, a.language FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
"""
_VERDICTS = """
    SELECT article_id, entity_id, spelling, confirmed
    FROM json_each(:ids) AS j CROSS JOIN verdict ON article_id = j.value
"""
_VERDICTS_ON = """
    SELECT article_id, spelling, confirmed FROM verdict WHERE entity_id = :entity ORDER BY 1, 2
"""
_PUT_VERDICT = """
    INSERT INTO verdict (article_id, entity_id, spelling, confirmed)
    SELECT a.id, e.id, :spelling, :confirmed FROM article AS a, entity AS e
    WHERE a.id = :article AND e.id = :entity
    ON CONFLICT DO UPDATE SET confirmed = excluded.confirmed
"""
_MOMENTS = """
    SELECT p.sorted_at FROM appearance AS p JOIN article AS a ON a.id = p.article_id
    WHERE p.entity_id = :entity AND p.sorted_at >= :first AND p.sorted_at < :end AND a.deleted = 0
"""


class Reading:
    """What decides on the mentions in an article beside its texts: its language, and verdicts."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def languages(self, article_ids: Iterable[int]) -> dict[int, str]:
        """ "" where nobody knows it; ids that are gone are left out."""
        return dict(self._db.execute(_LANGUAGES, {"ids": ids_json(article_ids)}).fetchall())

    def verdicts(self, article_ids: Iterable[int]) -> dict[int, Verdicts]:
        """By article; those of which nothing was said are left out."""
        found: dict[int, dict[tuple[int, str], bool]] = {}
        rows = self._db.execute(_VERDICTS, {"ids": ids_json(article_ids)}).fetchall()
        for article, entity, spelling, confirmed in rows:
            found.setdefault(article, {})[entity, spelling] = bool(confirmed)
        return dict(found)

    def verdicts_on(self, entity_id: int) -> list[tuple[int, str, bool]]:
        """(article, spelling, confirmed) of one entity, for bringing it back."""
        rows = self._db.execute(_VERDICTS_ON, {"entity": entity_id}).fetchall()
        return [(article, spelling, bool(confirmed)) for article, spelling, confirmed in rows]

    def put_verdict(
        self, article_id: int, entity_id: int, spelling: str, confirmed: bool | None
    ) -> bool | None:
        """The verdict there was before; None, given or returned: none. Leaves mentions alone."""
        values = {"article": article_id, "entity": entity_id, "spelling": spelling}
        with transaction(self._db):
            former = self.verdicts([article_id]).get(article_id, {}).get((entity_id, spelling))
            self._db.execute(
                "DELETE FROM verdict WHERE article_id = :article AND entity_id = :entity "
                "AND spelling = :spelling",
                values,
            )
            if confirmed is not None:
                self._db.execute(_PUT_VERDICT, {**values, "confirmed": confirmed})
        return former


class Entities:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._meta = Meta(db)
        self._parts = Parts(db)
        self.reading = Reading(db)

    def all(self) -> list[Entity]:
        """By watchlist and name."""
        return [line.entity for line in self._lines(" ORDER BY w.name, e.name")]

    def lines(self) -> list[EntityLine]:
        """The most mentioned first, by articles that are not deleted."""
        return self._lines(" ORDER BY t.articles DESC, e.name")

    def by_name(self, name: str) -> list[Entity]:
        """Of every watchlist. Case counts only when there is one in exactly this case."""
        found = [entity for entity in self.all() if entity.name.casefold() == name.casefold()]
        return [entity for entity in found if entity.name == name] or found

    def put(self, entity: Entity) -> tuple[int, bool]:
        """(id, whether anything changed). With `entity.id` that very one is changed; without, the
        one of the same watchlist and name is replaced, or a new one added.

        TakenError when another of that watchlist already has the name.
        """
        with transaction(self._db):
            present = self._present(entity)
            if present and _content(present) == _content(entity):
                return present.id, False
            values = self._values(entity, present.id if present else None)
            try:
                done = self._db.execute(_CHANGE if present else _ADD, values)
            except sqlite3.IntegrityError:
                raise TakenError(
                    f'The watchlist "{entity.watchlist}" already has an entity "{entity.name}"; '
                    "edit that one, or choose another name."
                ) from None
            entity_id = present.id if present else int(done.lastrowid or 0)
            self._put_aliases(entity_id, entity.aliases)
            self._db.execute(_FORGET_LISTS)
        return entity_id, True

    def remove(self, entity_id: int) -> None:
        """With its aliases and all its mentions."""
        with transaction(self._db):
            self._db.execute("DELETE FROM entity WHERE id = ?", (entity_id,))
            self._db.execute(_FORGET_LISTS)

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

    def replace_mentions(self, article_id: int, mentions: Sequence[Mention]) -> bool:
        """Whether they differ from those there were; when not, nothing is written.

        What a person rejected in this article is left out, whoever found it again.
        """
        said = self.reading.verdicts([article_id]).get(article_id, {})
        kept = [m for m in mentions if said.get((m.entity_id, m.alias), True)] if said else mentions
        rows = sorted({_row(article_id, mention) for mention in kept})
        stored = self._parts.mentions([article_id]).get(article_id, ())
        if rows == sorted(_row(article_id, mention) for mention in stored):
            return False
        counts = Counter(entity for _, entity, *_ in rows)
        appearances = [
            {"article": article_id, "entity": entity, "mentions": count}
            for entity, count in counts.items()
        ]
        with transaction(self._db):
            self._db.execute("DELETE FROM appearance WHERE article_id = ?", (article_id,))
            self._db.executemany(_APPEARANCE, appearances)
            self._db.executemany(_MENTION, rows)
        return True

    def mentions(self, article_id: int) -> tuple[Mention, ...]:
        """In reading order; of two that begin together the longer first."""
        return self._parts.mentions([article_id]).get(article_id, ())

    def per_day(
        self, entity_ids: Sequence[int], midnights: Sequence[datetime]
    ) -> list[tuple[int, ...]]:
        """Articles mentioning each entity, in the order of `entity_ids`, one row per day.

        A day lasts from one of `midnights` (ascending) to the next, so there is one row less.
        """
        edges = [to_ms(midnight) for midnight in midnights]
        columns = [self._per_day(entity, edges) for entity in entity_ids]
        return [tuple(column[day] for column in columns) for day in range(len(edges) - 1)]

    def _per_day(self, entity: int, edges: list[int]) -> list[int]:
        values = {"entity": entity, "first": edges[0], "end": edges[-1]}
        rows = self._db.execute(_MOMENTS, values).fetchall()
        days = Counter(bisect_right(edges, moment) - 1 for (moment,) in rows)
        return [days[day] for day in range(len(edges) - 1)]

    def _present(self, entity: Entity) -> Entity | None:
        if entity.id:
            found = self._lines(" WHERE e.id = :id", id=entity.id)
        else:
            where = " WHERE w.name = :watchlist AND e.name = :name"
            found = self._lines(where, watchlist=entity.watchlist, name=entity.name)
        return found[0].entity if found else None

    def _values(self, entity: Entity, entity_id: int | None) -> dict[str, Any]:
        list_name = {"name": entity.watchlist}
        self._db.execute("INSERT OR IGNORE INTO watchlist (name) VALUES (:name)", list_name)
        row = self._db.execute("SELECT id FROM watchlist WHERE name = :name", list_name).fetchone()
        return {
            "id": entity_id,
            "watchlist_id": row[0],
            "name": entity.name,
            "type": entity.type,
            "case": entity.case,
            "inflect": entity.inflect,
            "note": entity.note,
            "language": entity.language,
            "plural": entity.plural,
            "rules": _rules_json(entity.rules),
        }

    def _put_aliases(self, entity_id: int, aliases: Sequence[Alias]) -> None:
        self._db.execute("DELETE FROM alias WHERE entity_id = ?", (entity_id,))
        rows = [
            (
                entity_id, n, alias.text, alias.case, alias.inflect, alias.language, alias.plural,
                _rules_json(alias.rules),
            )
            for n, alias in enumerate(aliases)
        ]  # fmt: skip
        self._db.executemany(_PUT_ALIAS, rows)

    def _lines(self, tail: str, **values: Any) -> list[EntityLine]:
        rows = self._db.execute(_ALL + tail, values).fetchall()
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


def _maybe(case: int | None) -> bool | None:
    return None if case is None else bool(case)


def _rules_json(rules: Iterable[ContextRule]) -> str:
    return json.dumps([asdict(rule) for rule in rules], ensure_ascii=False)


def _rules_of(told: str) -> tuple[ContextRule, ...]:
    return rules_from(json.loads(told)) if told != "[]" else ()


def _content(entity: Entity) -> Entity:
    return replace(entity, id=0)


def _line(row: Sequence[Any], aliases: tuple[Alias, ...]) -> EntityLine:
    entity_id, name, kind, watchlist, case, inflect, note, *more, articles, mentions = row
    language, plural, rules = more
    entity = Entity(
        name, kind, watchlist, aliases, _maybe(case), bool(inflect), note, entity_id, language,
        bool(plural), _rules_of(rules),
    )  # fmt: skip
    return EntityLine(entity, articles, mentions)


def _row(article: int, mention: Mention) -> tuple[Any, ...]:
    return (
        article, mention.entity_id, FIELDS.index(mention.field), mention.start, mention.end,
        mention.alias, int(mention.shown),
    )  # fmt: skip
