"""What the page of an entity asks the library: its articles, its sentences' places, its company.

Never changes anything. Times are milliseconds UTC, `since` included and `until` not. Only articles
that are not deleted count, and no entity of a watchlist that is switched off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reader.store.database import Connection
from reader.store.feeds import host
from reader.store.scopes import ids_json

EVER, FOREVER = -(2**62), 2**62
"""Before and after every article."""

_WATCHED = """EXISTS (
        SELECT 1 FROM entity AS e JOIN watchlist AS l ON l.id = e.watchlist_id
        WHERE e.id = {entity} AND l.enabled)"""
_MAIN, _OTHER = _WATCHED.format(entity=":entity"), _WATCHED.format(entity=":other")
_ROWS = f"""
    SELECT p.article_id, p.sorted_at, p.mentions, a.feed_id, a.language,
        coalesce(c.root_id, p.article_id)
    FROM appearance AS p INDEXED BY appearance_page CROSS JOIN article AS a ON a.id = p.article_id
    LEFT JOIN copy AS c ON c.article_id = p.article_id
    WHERE p.entity_id = :entity AND p.sorted_at >= :since AND p.sorted_at < :until
        AND a.deleted = 0 AND {_MAIN}
    ORDER BY p.sorted_at, p.article_id
"""  # noqa: S608 - constants
_END = """
    SELECT p.article_id, p.sorted_at, a.feed_id, a.title
    FROM appearance AS p INDEXED BY appearance_page CROSS JOIN article AS a ON a.id = p.article_id
    WHERE p.entity_id = :entity AND a.deleted = 0 AND {watched}
    ORDER BY p.sorted_at {order}, p.article_id {order} LIMIT 1
"""
_FIRST, _LAST = (_END.format(order=order, watched=_MAIN) for order in ("", "DESC"))
_FEEDS = """
    SELECT f.id, coalesce(f.outlet_id, -f.id),
        coalesce(o.name, nullif(f.own_title, ''), f.title), f.url, f.site_url
    FROM feed AS f LEFT JOIN outlet AS o ON o.id = f.outlet_id
"""
_TITLES = "SELECT a.id, a.title FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value"
_TOGETHER = """
    SELECT p.entity_id, count(*)
    FROM json_each(:ids) AS j CROSS JOIN appearance AS p ON p.article_id = j.value
    WHERE p.entity_id <> :entity GROUP BY p.entity_id
"""
_TALLIES = """
    SELECT t.entity_id, t.articles FROM json_each(:ids) AS j
    CROSS JOIN entity_tally AS t ON t.entity_id = j.value
"""
_COUNTED = """
    SELECT j.value, (
        SELECT count(*) FROM appearance AS p INDEXED BY appearance_page
        WHERE p.entity_id = j.value AND p.sorted_at >= :since AND p.sorted_at < :until)
    FROM json_each(:ids) AS j
"""
_COUNTED_DELETED = """
    SELECT p.entity_id, count(*)
    FROM article AS a INDEXED BY article_deleted CROSS JOIN appearance AS p ON p.article_id = a.id
    WHERE a.deleted = 1 AND a.sorted_at >= :since AND a.sorted_at < :until GROUP BY p.entity_id
"""
_DOUBLES = """
    SELECT p.entity_id, count(*) - count(DISTINCT c.root_id)
    FROM copy AS c CROSS JOIN article AS a ON a.id = c.article_id
    CROSS JOIN appearance AS p ON p.article_id = c.article_id
    WHERE a.deleted = 0 AND a.sorted_at >= :since AND a.sorted_at < :until GROUP BY p.entity_id
"""
_ARTICLES = """
    SELECT count(*) FROM article AS a INDEXED BY article_all
    WHERE a.deleted = 0 AND a.sorted_at >= :since AND a.sorted_at < :until
"""
_ARTICLE_DOUBLES = """
    SELECT count(*) - count(DISTINCT c.root_id)
    FROM copy AS c CROSS JOIN article AS a ON a.id = c.article_id
    WHERE a.deleted = 0 AND a.sorted_at >= :since AND a.sorted_at < :until
"""
_PLACES = """
    SELECT m.article_id, m.entity_id, m.field, m."start", m."end"
    FROM json_each(:ids) AS j CROSS JOIN mention AS m ON m.article_id = j.value
    ORDER BY j.key, m.field, m."start", m."end" DESC
"""
_SPEAKING = """
    SELECT p.sorted_at, p.article_id, a.title, coalesce(nullif(f.own_title, ''), f.title), f.url,
        a.language
    FROM appearance AS p INDEXED BY appearance_page CROSS JOIN article AS a ON a.id = p.article_id
    JOIN feed AS f ON f.id = a.feed_id
    WHERE p.entity_id = :entity AND p.sorted_at >= :since
        AND (p.sorted_at, p.article_id) <= (:at, :id) AND a.deleted = 0 AND {watched}{more}
    ORDER BY p.sorted_at DESC, p.article_id DESC LIMIT :limit
"""
_WITH = f"""
        AND EXISTS (
            SELECT 1 FROM appearance AS w
            WHERE w.article_id = p.article_id AND w.entity_id = :other) AND {_OTHER}"""  # noqa: S608 - constants
_ONCE = """
        AND NOT EXISTS (
            SELECT 1 FROM copy AS mine CROSS JOIN copy AS c ON c.root_id = mine.root_id
            CROSS JOIN appearance AS e ON e.article_id = c.article_id
            CROSS JOIN article AS x ON x.id = c.article_id
            WHERE mine.article_id = p.article_id AND e.entity_id = :entity AND x.deleted = 0
                AND e.sorted_at >= :since
                AND (e.sorted_at, e.article_id) < (p.sorted_at, p.article_id))"""


class Row(NamedTuple):
    """An article with an entity. `text`: the same number for all that carry the same text."""

    article: int
    at: int
    mentions: int
    feed: int
    language: str
    text: int


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who stands behind a feed: `url` is its address, `site` that of its pages. `outlet`: the
    same number for all its feeds."""

    outlet: int
    name: str
    url: str
    site: str


@dataclass(frozen=True, slots=True)
class Found:
    """An article in which somebody is spoken of."""

    at: int
    article: int
    title: str
    source: str
    language: str


class Place(NamedTuple):
    """A mention. `field` is its number in `FIELDS`."""

    article: int
    entity: int
    field: int
    start: int
    end: int


class Profiles:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def rows(self, entity: int, since: int, until: int) -> list[Row]:
        """Every article of the time that mentions it, oldest first."""
        values = {"entity": entity, "since": since, "until": until}
        return [Row(*row) for row in self._db.execute(_ROWS, values).fetchall()]

    def ends(self, entity: int) -> tuple[tuple[int, int, int, str], ...]:
        """The first and the last article of all time as (article, at, feed, title); () without."""
        found = [self._db.execute(sql, {"entity": entity}).fetchone() for sql in (_FIRST, _LAST)]
        return tuple(found) if found[0] else ()

    def publishers(self) -> dict[int, Publisher]:
        """By feed, those that are no longer subscribed among them."""
        rows = self._db.execute(_FEEDS).fetchall()
        return {
            feed: Publisher(outlet, name or host(url), url, site)
            for feed, outlet, name, url, site in rows
        }

    def titles(self, ids: Iterable[int]) -> dict[int, str]:
        return dict(self._db.execute(_TITLES, {"ids": ids_json(ids)}).fetchall())

    # company

    def together(self, entity: int, ids: Iterable[int]) -> dict[int, int]:
        """How many of these articles mention each other entity."""
        values = {"entity": entity, "ids": ids_json(ids)}
        return dict(self._db.execute(_TOGETHER, values).fetchall())

    def counts(
        self, entities: Sequence[int], since: int, until: int, *, collapse: bool
    ) -> dict[int, int]:
        """How many articles of the time mention each; with `collapse` a text counts once."""
        values = {"ids": ids_json(entities), "since": since, "until": until}
        if since <= EVER and until >= FOREVER:
            found = dict(self._db.execute(_TALLIES, values).fetchall())
        else:
            found = dict(self._db.execute(_COUNTED, values).fetchall())
            _subtract(found, self._db.execute(_COUNTED_DELETED, values).fetchall())
        if collapse:
            _subtract(found, self._db.execute(_DOUBLES, values).fetchall())
        return found

    def articles(self, since: int, until: int, *, collapse: bool) -> int:
        """How many articles there are of that time; with `collapse` a text counts once."""
        values = {"since": since, "until": until}
        count = int(self._db.execute(_ARTICLES, values).fetchone()[0])
        if collapse:
            count -= int(self._db.execute(_ARTICLE_DOUBLES, values).fetchone()[0])
        return count

    # sentences

    def speaking(
        self, entity: int, since: int, key: tuple[int, int], limit: int,
        *, other: int | None = None, collapse: bool = False,
    ) -> list[Found]:  # fmt: skip
        """Articles that mention it, newest first, from `key` (ms, article) on, that one included.

        `other`: only those that mention this entity, too. `collapse`: of those that carry the same
        text only the first of the time that mentions it.
        """
        at, article = key
        values = {
            "entity": entity, "since": since, "at": at, "id": article, "limit": limit,
            "other": other,
        }  # fmt: skip
        sql = _SPEAKING.format(
            watched=_MAIN, more=(_WITH if other is not None else "") + (_ONCE if collapse else "")
        )
        return [_found(row) for row in self._db.execute(sql, values).fetchall()]

    def places(self, ids: Iterable[int]) -> dict[int, list[Place]]:
        """Every mention in each of the articles, in reading order; the longer first."""
        found: dict[int, list[Place]] = {}
        for row in self._db.execute(_PLACES, {"ids": ids_json(ids)}).fetchall():
            found.setdefault(row[0], []).append(Place(*row))
        return found


def _subtract(counts: dict[int, int], rows: Iterable[tuple[int, int]]) -> None:
    for entity, count in rows:
        if entity in counts:
            counts[entity] -= count


def _found(row: Sequence[Any]) -> Found:
    at, article, title, source, feed, language = row
    return Found(at, article, title, source or host(feed), language)
