"""Articles by their properties, for the filters and the facets of a search.

The catalogs give the names a filter may mean; which names a word means is decided elsewhere
(`reader.domain.filters`), so that it is the same for a stored article and a new one.
"""

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from reader.domain import folders
from reader.domain.entity import Entity
from reader.errors import UsageError
from reader.store.database import Connection
from reader.store.entities import Entities
from reader.store.feeds import host
from reader.store.folders import FolderTree
from reader.store.scopes import ids_json


@dataclass(frozen=True, slots=True)
class FeedName:
    """A feed, also an unsubscribed one, as far as filters are concerned."""

    id: int
    url: str
    title: str
    outlet: str
    folder: str


_FEEDS = """
    SELECT feed.id, url, coalesce(nullif(own_title, ''), title), outlet.name, folder_id
    FROM feed LEFT JOIN outlet ON outlet.id = outlet_id ORDER BY feed.id
"""
_FLAGS = {
    "read": "SELECT id FROM article WHERE deleted = 0 AND read = 1",
    "unread": "SELECT id FROM article INDEXED BY article_unread WHERE deleted = 0 AND read = 0",
    "starred": "SELECT id FROM article INDEXED BY article_starred"
    " WHERE deleted = 0 AND starred = 1",
    "note": "SELECT a.id FROM note CROSS JOIN article AS a ON a.id = article_id WHERE deleted = 0",
    "revision": "SELECT id FROM article INDEXED BY article_revised"
    " WHERE revision > 1 AND deleted = 0",
    "all": "SELECT id FROM article INDEXED BY article_all WHERE deleted = 0",
}
_LINKED = """
    SELECT DISTINCT a.id FROM json_each(:ids) AS j
    CROSS JOIN {table} AS t ON t.{column} = j.value
    CROSS JOIN article AS a ON a.id = t.article_id WHERE a.deleted = 0
"""
_MEMBERS = _LINKED.format(table="membership", column="feed_id")
_MENTIONING = _LINKED.format(table="appearance", column="entity_id")
_TAGGED = _LINKED.format(table="article_tag", column="tag_id")

_SPEAKING = """
    SELECT a.id FROM json_each(:languages) AS j
    CROSS JOIN article AS a INDEXED BY article_language ON a.language = j.value
    WHERE a.deleted = 0
"""

_FACETS = {
    "feed": """
        SELECT feed.url, articles FROM (
            SELECT m.feed_id, count(*) AS articles FROM json_each(:ids) AS j
            CROSS JOIN membership AS m ON m.article_id = j.value GROUP BY 1)
        JOIN feed ON feed.id = feed_id
    """,
    "outlet": """
        SELECT coalesce(outlet.name, nullif(feed.title, ''), feed.url), count(DISTINCT m.article_id)
        FROM json_each(:ids) AS j CROSS JOIN membership AS m ON m.article_id = j.value
        JOIN feed ON feed.id = m.feed_id LEFT JOIN outlet ON outlet.id = feed.outlet_id GROUP BY 1
    """,
    "lang": """
        SELECT a.language, count(*) FROM json_each(:ids) AS j
        CROSS JOIN article AS a ON a.id = j.value GROUP BY 1
    """,
    "day": """
        SELECT date((a.sorted_at + :offset_ms) / 1000, 'unixepoch'), count(*)
        FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value GROUP BY 1
    """,
}
_ENTITIES = """
    SELECT e.name, e.id, articles FROM (
        SELECT p.entity_id, count(*) AS articles FROM json_each(:ids) AS j
        CROSS JOIN appearance AS p ON p.article_id = j.value GROUP BY 1)
    JOIN entity AS e ON e.id = entity_id
"""
_NAMESAKES = """
    SELECT count(DISTINCT p.article_id) FROM json_each(:ids) AS j
    CROSS JOIN appearance AS p ON p.article_id = j.value
    WHERE p.entity_id IN (SELECT value FROM json_each(:entities))
"""
_FOLDERS = """
    SELECT DISTINCT m.article_id, feed.folder_id FROM json_each(:ids) AS j
    CROSS JOIN membership AS m ON m.article_id = j.value
    JOIN feed ON feed.id = m.feed_id WHERE feed.folder_id IS NOT NULL
"""

FACETS = (*_FACETS, "entity", "folder")


class Selection:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._tree = FolderTree(db)
        self._unsettled = 0

    def stamp(self) -> tuple[int, int, int]:
        """Differs from the one before whenever any connection may have changed something since."""
        if self._db.in_transaction:  # what it has done so far may still be undone
            self._unsettled += 1
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return version, self._db.total_changes, self._unsettled

    def feeds(self) -> list[FeedName]:
        paths = self._tree.paths()
        return [
            FeedName(
                feed, url, title or host(url), outlet or title or host(url), paths.get(folder, "")
            )
            for feed, url, title, outlet, folder in self._db.execute(_FEEDS).fetchall()
        ]

    def entities(self) -> list[Entity]:
        """With all their aliases."""
        return Entities(self._db).all()

    def tags(self) -> list[tuple[int, str]]:
        """(id, name)."""
        return self._db.execute("SELECT id, name FROM tag ORDER BY key").fetchall()

    def notes(self) -> list[tuple[int, str]]:
        """(article id, text)."""
        return self._db.execute("SELECT article_id, text FROM note ORDER BY 1").fetchall()

    def articles_in_feeds(self, feed_ids: Iterable[int]) -> "array[int]":
        return self._ids(_MEMBERS, feed_ids)

    def articles_mentioning(self, entity_ids: Iterable[int]) -> "array[int]":
        return self._ids(_MENTIONING, entity_ids)

    def languages(self) -> list[str]:
        """Every language an article is in; "" where it is unknown."""
        rows = self._db.execute(
            "SELECT DISTINCT language FROM article WHERE deleted = 0"
        ).fetchall()
        return [language for (language,) in rows]

    def articles_in_languages(self, languages: Iterable[str]) -> "array[int]":
        rows = self._db.execute(_SPEAKING, {"languages": json.dumps(list(languages))}).fetchall()
        return array("q", [row[0] for row in rows])

    def articles_tagged(self, tag_ids: Iterable[int]) -> "array[int]":
        return self._ids(_TAGGED, tag_ids)

    def with_flag(self, flag: str) -> "array[int]":
        """`flag`: read, unread, starred, note, revision or all. In no order."""
        return self._ids(_FLAGS[flag], ())

    def facet(
        self, ids: Iterable[int], name: str, offset_minutes: int = 0
    ) -> list[tuple[str, int]]:
        """(value, articles) among `ids`, biggest first; days newest first.

        `name`: one of `FACETS`. A feed's value is its URL; an article in several feeds counts for
        each. A folder counts what is below it too. `offset_minutes`: of the user's zone from UTC.
        """
        if name not in FACETS:
            raise UsageError(f'There is no facet "{name}"; choose one of {", ".join(FACETS)}.')
        if name == "folder":
            return _biggest_first(self._folder_counts(ids))
        if name == "entity":
            return _biggest_first(self._entity_counts(ids))
        values = {"ids": ids_json(ids), "offset_ms": offset_minutes * 60_000}
        counts = dict(self._db.execute(_FACETS[name], values).fetchall())
        return sorted(counts.items(), reverse=True) if name == "day" else _biggest_first(counts)

    def _entity_counts(self, ids: Iterable[int]) -> dict[str, int]:
        """By name; only namesakes of several watchlists need a closer look."""
        values = {"ids": ids_json(ids)}
        named: dict[str, dict[int, int]] = {}
        for name, entity, articles in self._db.execute(_ENTITIES, values).fetchall():
            named.setdefault(name, {})[entity] = articles
        counts = {}
        for name, by_id in named.items():
            if len(by_id) == 1:
                (counts[name],) = by_id.values()
            else:
                namesakes = {**values, "entities": ids_json(by_id)}
                (counts[name],) = self._db.execute(_NAMESAKES, namesakes).fetchone()
        return counts

    def _folder_counts(self, ids: Iterable[int]) -> dict[str, int]:
        paths = self._tree.paths()
        above = {
            folder: [folders.join(names[:n]) for n in range(1, len(names) + 1)]
            for folder, path in paths.items()
            for names in [folders.split(path)]
        }
        held: dict[str, set[int]] = {}
        for article, folder in self._db.execute(_FOLDERS, {"ids": ids_json(ids)}).fetchall():
            for path in above[folder]:
                held.setdefault(path, set()).add(article)
        return {path: len(articles) for path, articles in held.items()}

    def _ids(self, sql: str, ids: Iterable[int]) -> "array[int]":
        rows = self._db.execute(sql, {"ids": ids_json(ids)}).fetchall()
        return array("q", [row[0] for row in rows])


def _biggest_first(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
