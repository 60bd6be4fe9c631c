"""Whether an article was worth telling of, as a hit of a saved search.

A judgement outlives the hit, so that an edited query can be measured by what was judged before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader.store.database import Connection, from_ms, to_ms, transaction
from reader.store.scopes import ids_json

_PUT = """
    INSERT INTO judgement (saved_id, article_id, keep, at)
    SELECT s.id, a.id, :keep, :at FROM json_each(:ids) AS j
    CROSS JOIN article AS a ON a.id = j.value JOIN saved_search AS s ON s.id = :saved
    WHERE true
    ON CONFLICT DO UPDATE SET keep = excluded.keep, at = excluded.at WHERE keep <> excluded.keep
    RETURNING article_id
"""
_CLEAR = """
    DELETE FROM judgement WHERE saved_id = :saved
        AND article_id IN (SELECT value FROM json_each(:ids)) RETURNING article_id
"""
_OF = """
    SELECT article_id, keep, at FROM judgement WHERE saved_id = :saved ORDER BY at, article_id
"""
_OF_THESE = """
    SELECT article_id, keep, at FROM judgement
    WHERE saved_id = :saved AND article_id IN (SELECT value FROM json_each(:ids))
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    article_id: int
    keep: bool
    at: datetime


class Judgements:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def put(
        self, saved_id: int, ids: Iterable[int], keep: bool | None, now: datetime
    ) -> tuple[list[int], list[Judgement]]:
        """`keep`: True worth keeping, False noise, None no longer judged.

        Which articles are judged otherwise now, and the judgements that those of them had.
        Articles that are not in the library are passed over.
        """
        values = {"saved": saved_id, "ids": ids_json(ids), "keep": keep, "at": to_ms(now)}
        with transaction(self._db):
            former = _judgements(self._db.execute(_OF_THESE, values).fetchall())
            sql = _CLEAR if keep is None else _PUT
            changed = [article for (article,) in self._db.execute(sql, values).fetchall()]
        return changed, [one for one in former if one.article_id in changed]

    def restore(self, saved_id: int, ids: Iterable[int], judgements: Iterable[Judgement]) -> None:
        """These articles have these judgements, with the times they had, and no others.

        Articles that are gone meanwhile are passed over.
        """
        with transaction(self._db):
            self._db.execute(_CLEAR, {"saved": saved_id, "ids": ids_json(ids)}).fetchall()
            for one in judgements:
                values = {"keep": one.keep, "at": to_ms(one.at), "ids": ids_json([one.article_id])}
                self._db.execute(_PUT, {**values, "saved": saved_id}).fetchall()

    def of(self, saved_id: int) -> list[Judgement]:
        """Every one of a saved search, oldest first."""
        return _judgements(self._db.execute(_OF, {"saved": saved_id}).fetchall())

    def counts(self) -> dict[int, tuple[int, int]]:
        """(kept, noise) by saved search; those without any are left out."""
        sql = "SELECT saved_id, sum(keep), sum(1 - keep) FROM judgement GROUP BY saved_id"
        rows = self._db.execute(sql).fetchall()
        return {saved: (kept, noise) for saved, kept, noise in rows}


def _judgements(rows: Iterable[tuple[Any, ...]]) -> list[Judgement]:
    return [Judgement(article, bool(keep), from_ms(at)) for article, keep, at in rows]
