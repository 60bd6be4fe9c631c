"""Where articles mention tracked entities, and what a person said of single mentions.

The only module that writes `appearance`, `mention` and `verdict`. All mentions count, also those
inside longer ones.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from reader.domain.article import FIELDS, Mention
from reader.domain.entity import Verdicts
from reader.store.database import Connection, to_ms, transaction
from reader.store.parts import Parts
from reader.store.scopes import ids_json

_APPEARANCE = """
    INSERT INTO appearance (article_id, entity_id, sorted_at, mentions)
    SELECT id, :entity, sorted_at, :mentions FROM article WHERE id = :article
"""
_MENTION = """
    INSERT INTO mention (article_id, entity_id, field, "start", "end", alias, shown)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_STORED = """
    SELECT article_id, entity_id, field, "start", "end", alias, shown
    FROM mention WHERE article_id = :article
"""
_LANGUAGES = """
    SELECT a.id, a.language FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
"""
_VERDICTS = """
    SELECT article_id, entity_id, spelling, confirmed
    FROM json_each(:ids) AS j CROSS JOIN verdict ON article_id = j.value
"""
_VERDICTS_ON = """
    SELECT entity_id, article_id, spelling, confirmed
    FROM json_each(:ids) AS j CROSS JOIN verdict ON entity_id = j.value ORDER BY 1, 2, 3
"""
_FORGET_VERDICTS = """
    DELETE FROM verdict WHERE entity_id IN (SELECT value FROM json_each(:ids))
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

Said = tuple[int, int, str, bool]
"""(entity, article, spelling, confirmed): one verdict."""


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

    def verdicts_on(self, entity_ids: Iterable[int]) -> list[Said]:
        """Everything said of mentions of these entities, for bringing it back."""
        rows = self._db.execute(_VERDICTS_ON, {"ids": ids_json(entity_ids)}).fetchall()
        return [(entity, article, text, bool(yes)) for entity, article, text, yes in rows]

    def restore_verdicts(self, entity_ids: Iterable[int], said: Iterable[Sequence[Any]]) -> None:
        """Of these entities nothing is said but what `said` holds. Leaves mentions alone."""
        with transaction(self._db):
            self._db.execute(_FORGET_VERDICTS, {"ids": ids_json(entity_ids)})
            for entity, article, spelling, confirmed in said:
                self._say(article, entity, spelling, confirmed)

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
                self._say(article_id, entity_id, spelling, confirmed)
        return former

    def _say(self, article: int, entity: int, spelling: str, confirmed: bool) -> None:
        values = {"article": article, "entity": entity, "spelling": spelling}
        self._db.execute(_PUT_VERDICT, {**values, "confirmed": confirmed})


class Mentions:
    """What `Entities` knows of articles."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._parts = Parts(db)
        self.reading = Reading(db)

    def replace_mentions(self, article_id: int, mentions: Sequence[Mention]) -> bool:
        """Whether they differ from those there were; when not, nothing is written.

        What a person rejected in this article is left out, whoever found it again.
        """
        said = self.reading.verdicts([article_id]).get(article_id, {})
        kept = [m for m in mentions if said.get((m.entity_id, m.alias), True)] if said else mentions
        rows = sorted({_row(article_id, mention) for mention in kept})
        stored = self._db.execute(_STORED, {"article": article_id}).fetchall()
        if rows == sorted(map(tuple, stored)):
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


def _row(article: int, mention: Mention) -> tuple[Any, ...]:
    return (
        article, mention.entity_id, FIELDS.index(mention.field), mention.start, mention.end,
        mention.alias, int(mention.shown),
    )  # fmt: skip
