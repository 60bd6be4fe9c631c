"""What hangs on articles (tags, entities, mentions, feeds), for many articles at once.

Entities of watchlists that are switched off are left out, also until nothing of them is stored.
One statement per table whatever the number of articles; answers are by article id, without those
that have nothing.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from reader.domain.article import FIELDS, Chip, Explained, Mention, Span
from reader.store.database import Connection
from reader.store.feeds import host
from reader.store.folders import FolderTree
from reader.store.scopes import ids_json

_CHIPS = """
    SELECT p.article_id, e.id, e.name, e.type, p.mentions
    FROM json_each(:ids) AS j CROSS JOIN appearance AS p ON p.article_id = j.value
    JOIN entity AS e ON e.id = p.entity_id JOIN watchlist AS w ON w.id = e.watchlist_id
    WHERE w.enabled
"""
_TAGS = """
    SELECT t.article_id, tag.name
    FROM json_each(:ids) AS j CROSS JOIN article_tag AS t ON t.article_id = j.value
    JOIN tag ON tag.id = t.tag_id
"""
_FEEDS = """
    SELECT m.article_id, f.url, coalesce(nullif(f.own_title, ''), f.title), f.folder_id, outlet.name
    FROM json_each(:ids) AS j CROSS JOIN membership AS m ON m.article_id = j.value
    JOIN article AS a ON a.id = m.article_id JOIN feed AS f ON f.id = m.feed_id
    LEFT JOIN outlet ON outlet.id = f.outlet_id
    ORDER BY f.id <> a.feed_id, f.id
"""
_MENTIONS = """
    SELECT m.article_id, m.entity_id, e.name, e.type, m.alias, m.field, m."start", m."end", m.shown
    FROM json_each(:ids) AS j CROSS JOIN mention AS m ON m.article_id = j.value
    JOIN entity AS e ON e.id = m.entity_id JOIN watchlist AS w ON w.id = e.watchlist_id
    WHERE w.enabled
"""
_ENTITIES = """
    SELECT p.article_id, e.name, e.type, w.name, e.id
    FROM json_each(:ids) AS j CROSS JOIN appearance AS p ON p.article_id = j.value
    JOIN entity AS e ON e.id = p.entity_id JOIN watchlist AS w ON w.id = e.watchlist_id
    WHERE w.enabled
"""

_ALIASES = """
    SELECT entity_id, text FROM json_each(:ids) AS j CROSS JOIN alias ON alias.entity_id = j.value
    ORDER BY entity_id, position
"""

Tracked = tuple[str, str, str, tuple[str, ...]]
"""(name, type, watchlist, aliases) of an entity."""

Feeding = tuple[str, str, str, str]
"""(URL, title, folder path, outlet) of a feed that carried an article."""


class Parts:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._tree = FolderTree(db)

    def chips(self, ids: Iterable[int]) -> dict[int, tuple[Chip, ...]]:
        """Every entity of each article, the most mentioned first."""
        groups = self._grouped(_CHIPS, ids)
        return {article: tuple(_chips(rows)) for article, rows in groups.items()}

    def tags(self, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        groups = self._grouped(_TAGS, ids)
        return {
            article: tuple(sorted(name for (name,) in rows)) for article, rows in groups.items()
        }

    def feeds(self, ids: Iterable[int]) -> dict[int, tuple[Feeding, ...]]:
        """The one an article came from first is first."""
        groups, paths = self._grouped(_FEEDS, ids), self._tree.paths()
        return {
            article: tuple(_feeding(row, paths) for row in rows) for article, rows in groups.items()
        }

    def mentions(self, ids: Iterable[int]) -> dict[int, tuple[Mention, ...]]:
        """In reading order; of two that begin together the longer first."""
        groups = self._grouped(_MENTIONS, ids)
        return {
            article: tuple(_mention(row) for row in sorted(rows, key=_reading_order))
            for article, rows in groups.items()
        }

    def entities(self, ids: Iterable[int]) -> dict[int, tuple[Tracked, ...]]:
        """By name."""
        groups = self._grouped(_ENTITIES, ids)
        aliases = self._grouped(_ALIASES, {row[3] for rows in groups.values() for row in rows})
        return {
            article: tuple(
                (name, kind, watchlist, tuple(text for (text,) in aliases.get(entity, ())))
                for name, kind, watchlist, entity in sorted(rows)
            )
            for article, rows in groups.items()
        }

    def _grouped(self, sql: str, ids: Iterable[int]) -> dict[int, list[Any]]:
        """The rows that share an id, without it in front."""
        groups: dict[int, list[Any]] = defaultdict(list)
        for article, *row in self._db.execute(sql, {"ids": ids_json(ids)}).fetchall():
            groups[article].append(tuple(row))
        return groups


def spans_json(spans: Iterable[Span]) -> str:
    """How spans are stored: JSON, [[field, start, end, text], …]."""
    rows = [[span.field, span.start, span.end, span.text] for span in spans]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def why_json(why: Explained) -> str:
    """Its spans as they are stored; last the number of places beyond them, if there are any."""
    stored = spans_json(why.spans)
    return f"{stored[:-1]},{why.more}]" if why.more else stored


def spans_of(stored: str) -> tuple[Span, ...]:
    """None for "": nobody has looked yet where a hit found by the index is."""
    return why_of(stored).spans


def why_of(stored: str) -> Explained:
    """What `why_json` or `spans_json` stored."""
    rows = json.loads(stored) if stored else []
    more = rows.pop() if rows and isinstance(rows[-1], int) else 0
    return Explained(tuple(Span(*row) for row in rows), more=more)


def _chips(rows: list[Any]) -> list[Chip]:
    chips = [Chip(*row) for row in rows]
    return sorted(chips, key=lambda chip: (-chip.count, chip.name))


def _feeding(row: Sequence[Any], paths: dict[int, str]) -> Feeding:
    url, title, folder, outlet = row
    name = title or host(url)
    return url, name, paths.get(folder, ""), outlet or name


def _reading_order(row: Sequence[Any]) -> tuple[int, ...]:
    entity, _, _, _, field, start, end, _ = row
    return field, start, -end, entity


def _mention(row: Sequence[Any]) -> Mention:
    entity, name, kind, alias, field, start, end, shown = row
    return Mention(entity, name, kind, alias, FIELDS[field], start, end, bool(shown))
