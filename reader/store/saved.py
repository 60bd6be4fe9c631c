"""Saved searches and the articles they match.

The only module that writes `saved_search` and `hit`. Every change of a saved search raises
`version`, so that whoever evaluates saved searches knows to read them anew.
"""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from reader.domain.alert import AS_USUAL, AlertRule
from reader.domain.library import FolderLine
from reader.domain.rules import rule_of, rule_text
from reader.domain.search import SavedLine, SavedSearch
from reader.errors import TakenError, UsageError
from reader.store.database import Connection, to_ms, transaction
from reader.store.judgements import Judgements
from reader.store.meta import Meta
from reader.store.scopes import ids_json, tag_key

_ALL = """
    SELECT s.id, s.name, s.query, s.alert, s.version, s.broken, coalesce(f.name, ''), s.rule,
        t.articles, t.unread
    FROM saved_search AS s JOIN saved_tally AS t ON t.saved_id = s.id
    LEFT JOIN saved_folder AS f ON f.id = s.folder_id ORDER BY s.id
"""
_ADD = """
    INSERT INTO saved_search (id, name, query, alert, folder_id, rule, version)
    VALUES (:id, :name, :query, :alert, :folder, :rule, :version)
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
_ENTER = """
    INSERT INTO hit (article_id, saved_id, sorted_at, version, revision, spans)
    SELECT a.id, :saved, a.sorted_at, :version, a.revision, ''
    FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
    WHERE true ON CONFLICT DO NOTHING
"""
_HITS_OF = (
    "SELECT DISTINCT saved_id FROM hit WHERE article_id IN (SELECT value FROM json_each(:ids))"
)
_UNEXPLAINED = """
    SELECT newest.article_id FROM (
        SELECT article_id, version, spans FROM hit INDEXED BY hit_page
        WHERE saved_id = :saved ORDER BY sorted_at DESC, article_id DESC LIMIT :newest
    ) AS newest JOIN saved_search AS s ON s.id = :saved
    WHERE newest.spans = '' OR newest.version <> s.version
"""
_EXPLAIN = """
    UPDATE hit SET spans = :spans, version = :version,
        revision = (SELECT revision FROM article WHERE id = :article)
    WHERE article_id = :article AND saved_id = :saved
        AND EXISTS (SELECT 1 FROM saved_search WHERE id = :saved AND version = :version)
"""
_FOLDER = """
    INSERT INTO saved_folder (key, name) VALUES (:key, :name)
    ON CONFLICT DO UPDATE SET key = excluded.key RETURNING id
"""
_PER_DAY = """
    SELECT s.id, (
        SELECT count(*) FROM hit INDEXED BY hit_page
        WHERE saved_id = s.id AND sorted_at >= day.start AND sorted_at < day.end)
    FROM saved_search AS s CROSS JOIN (
        SELECT value AS start, lead(value) OVER (ORDER BY key) AS end FROM json_each(:midnights)
    ) AS day WHERE day.end IS NOT NULL ORDER BY s.id, day.start
"""
_DELETED = """
    SELECT hit.saved_id, a.sorted_at
    FROM article AS a INDEXED BY article_deleted CROSS JOIN hit ON hit.article_id = a.id
    WHERE a.deleted = 1 AND a.sorted_at >= :start AND a.sorted_at < :end
"""


class Saved:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._meta = Meta(db)
        self._judgements = Judgements(db)

    def add(
        self,
        name: str,
        query: str,
        alert: bool,
        *,
        folder: str = "",
        rule: AlertRule = AS_USUAL,
        saved_id: int | None = None,
        version: int = 1,
    ) -> int:
        """Its id. UsageError when the name is empty, TakenError when it is taken.

        `saved_id`, `version`: of a search that was removed and is to come back as it was.
        """
        with transaction(self._db):
            values = {
                "id": saved_id,
                "name": _name(name),
                "query": query,
                "alert": alert,
                "folder": self._folder(folder),
                "rule": rule_text(rule),
                "version": version,
            }
            done = self._named(_ADD, values)
            self._raise()
        return int(done.lastrowid or 0)

    def edit(
        self,
        saved_id: int,
        *,
        name: str | None = None,
        query: str | None = None,
        alert: bool | None = None,
        folder: str | None = None,
        rule: AlertRule | None = None,
    ) -> None:
        """None leaves a value as it is. A new query raises the search's own version and mends it;
        its hits stay until they are derived anew. Names are refused as by `add`."""
        with transaction(self._db):
            if name is not None:
                self._set("name = :value", saved_id, _name(name))
            if alert is not None:
                self._set("alert = :value", saved_id, alert)
            if folder is not None:
                self._set("folder_id = :value", saved_id, self._folder(folder))
            if rule is not None:
                self._set("rule = :value", saved_id, rule_text(rule, self._stored_rule(saved_id)))
            if query is not None:
                change = "query = :value, version = version + 1, broken = ''"
                self._set(change, saved_id, query, " AND query <> :value")
            self._raise()

    def remove(self, saved_id: int) -> None:
        """With its hits and judgements; the alerts it fired stay."""
        with transaction(self._db):
            self._db.execute("DELETE FROM saved_search WHERE id = ?", (saved_id,))
            self._raise()

    def all(self) -> list[SavedSearch]:
        """In the order they were saved."""
        return [_search(row) for row in self._db.execute(_ALL).fetchall()]

    def lines(self) -> list[SavedLine]:
        """With their counts of articles that are not deleted, and of judgements."""
        judged = self._judgements.counts()
        return [
            SavedLine(_search(row), row[-2], row[-1], (), *judged.get(row[0], (0, 0)))
            for row in self._db.execute(_ALL).fetchall()
        ]

    def with_days(self, midnights: Sequence[datetime]) -> list[SavedLine]:
        """`lines`, with the hits of each day; one lasts from one of `midnights` (ascending) to the
        next, so there is one day less."""
        days = self._per_day([to_ms(midnight) for midnight in midnights])
        return [replace(line, days=tuple(days[line.saved.id])) for line in self.lines()]

    def _per_day(self, edges: list[int]) -> dict[int, list[int]]:
        """Counted along an index; articles that are deleted, which are few, are taken off."""
        days: dict[int, list[int]] = {}
        for saved, count in self._db.execute(_PER_DAY, {"midnights": ids_json(edges)}).fetchall():
            days.setdefault(saved, []).append(count)
        bounds = {"start": edges[0], "end": edges[-1]}
        for saved, at in self._db.execute(_DELETED, bounds).fetchall():
            days[saved][bisect_right(edges, at) - 1] -= 1
        return days

    def folders(self) -> list[FolderLine]:
        """By name, with the articles that any of their searches matches."""
        sql = "SELECT name, articles, unread FROM saved_folder ORDER BY key"
        return [FolderLine(*row) for row in self._db.execute(sql).fetchall()]

    def by_name(self, name: str) -> SavedSearch | None:
        """Case counts only when there is one in exactly this case."""
        wanted = name.strip()
        found = [saved for saved in self.all() if saved.name.casefold() == wanted.casefold()]
        exact = [saved for saved in found if saved.name == wanted]
        return next(iter(exact or found), None)

    def hits_of(self, *article_ids: int) -> set[int]:
        """The saved searches that match any of these articles."""
        rows = self._db.execute(_HITS_OF, {"ids": ids_json(article_ids)})
        return {row[0] for row in rows.fetchall()}

    def put_hits(self, article_id: int, spans: Mapping[int, str]) -> None:
        """Replaces the article's hits; `spans` by saved search, as `parts.why_json` gives them.

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
        were keep their spans, with the version and the revision these are of.
        """
        values = {"saved": saved_id, "version": version, "ids": ids_json(ids)}
        with transaction(self._db):
            if not self._is_at(saved_id, version):
                return False
            for sql in (_DROP_LEFT, _ENTER):
                self._db.execute(sql, values)
            self.derived(saved_id, version)
        return True

    def unexplained(self, saved_id: int, newest: int) -> list[int]:
        """Which of its `newest` hits have no places, or places of an earlier query."""
        values = {"saved": saved_id, "newest": newest}
        return [row[0] for row in self._db.execute(_UNEXPLAINED, values).fetchall()]

    def explain(self, saved_id: int, version: int, spans: Mapping[int, str]) -> None:
        """Where that version of the search matches, by article, as `parts.why_json` gives it.

        Nothing happens to what is no longer a hit, or when the search has been edited since.
        """
        values = {"saved": saved_id, "version": version}
        rows = [{**values, "article": article, "spans": why} for article, why in spans.items()]
        self._db.executemany(_EXPLAIN, rows)

    def derived(self, saved_id: int, version: int) -> None:
        """Its hits are those of this version."""
        self._set("derived = :value", saved_id, version)

    def underive(self, saved_ids: Iterable[int]) -> None:
        """Their hits are to be derived anew, though the queries are the same."""
        sql = "UPDATE saved_search SET derived = 0 WHERE id IN (SELECT value FROM json_each(:ids))"
        self._db.execute(sql, {"ids": ids_json(saved_ids)})

    def underived(self) -> list[SavedSearch]:
        """Those whose hits are not yet those of the present version, and that can be run."""
        waiting = self.underived_ids()
        return [saved for saved in self.all() if saved.id in waiting] if waiting else []

    def underived_ids(self) -> set[int]:
        sql = "SELECT id FROM saved_search WHERE derived < version AND broken = ''"
        return {row[0] for row in self._db.execute(sql).fetchall()}

    def mark_broken(self, saved_id: int, reason: str) -> None:
        """It cannot be run, and why. Its hits, alerts and judgements are kept."""
        with transaction(self._db):
            self._set("broken = :value", saved_id, reason)
            self._raise()

    def mend(self, saved_id: int) -> None:
        """It can be run again with the query it has; its hits are to be derived anew."""
        with transaction(self._db):
            self._set("broken = '', derived = :value", saved_id, 0)
            self._raise()

    def version(self) -> int:
        """The number of the present saved searches: whoever holds another reads them anew."""
        return int(self._meta.get("saved_version") or 0)

    def _folder(self, name: str) -> int | None:
        """Names that differ only in case are one folder, written as it was first."""
        named = " ".join(name.split())
        if not named:
            return None
        row = self._db.execute(_FOLDER, {"key": tag_key(named), "name": named}).fetchall()[0]
        return int(row[0])

    def _stored_rule(self, saved_id: int) -> str:
        row = self._db.execute("SELECT rule FROM saved_search WHERE id = ?", (saved_id,))
        found = row.fetchone()
        return str(found[0]) if found else "{}"

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


def _search(row: Sequence[Any]) -> SavedSearch:
    saved_id, name, query, alert, version, broken, folder, rule = row[:8]
    return SavedSearch(saved_id, name, query, bool(alert), version, broken, folder, rule_of(rule))


def _name(name: str) -> str:
    if not name.strip():
        raise UsageError("A saved search needs a name.")
    return name.strip()
