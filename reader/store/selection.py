"""Articles by their properties, in bulk, for the filters and the facets of a search.

The catalogs give the names a filter may mean; which names a word means is decided elsewhere
(`reader.domain.filters`), so that it is the same for a stored article and a new one.
"""

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from reader.domain.entity import Entity
from reader.store.database import Connection
from reader.store.entities import Entities
from reader.store.feeds import host
from reader.store.folders import FolderTree


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
# Every statement below walks an index that holds all it needs, and gives its ids as one text: a
# row for each of a million ids would take ten times as long.
_LIVE = "article INDEXED BY article_all WHERE deleted = 0"
_SPOKEN = "article INDEXED BY article_language WHERE deleted = 0"
_GROUPS = {
    "feed": ("article_id", "membership INDEXED BY membership_page WHERE feed_id = j.value"),
    "entity": ("article_id", "appearance INDEXED BY appearance_page WHERE entity_id = j.value"),
    "tag": ("article_id", "article_tag INDEXED BY article_tag_tag WHERE tag_id = j.value"),
    "lang": ("id", f"{_SPOKEN} AND language = j.value"),
}
_FLAGS = {
    "all": ("id", _LIVE),
    "unread": ("id", "article INDEXED BY article_unread WHERE deleted = 0 AND read = 0"),
    "starred": ("id", "article INDEXED BY article_starred WHERE deleted = 0 AND starred = 1"),
    "revision": ("id", "article INDEXED BY article_revised WHERE revision > 1 AND deleted = 0"),
    "note": ("a.id", "note CROSS JOIN article AS a ON a.id = article_id WHERE deleted = 0"),
}
_OF_EACH = "SELECT j.value, (SELECT {what} FROM {source}) FROM json_each(:keys) AS j"
_IDS = "group_concat({id}, ' ')"
# Two groups with one count and one sum of such scattered numbers are the same group.
_SUM = "count(*) || ' ' || sum(({id} * 2654435761) & 2147483647)"
_TALLIES = {
    "feed": "SELECT feed_id, articles, 0 FROM feed_tally",
    "entity": "SELECT entity_id, articles, mentions FROM entity_tally",
}
_DATES = f"SELECT group_concat(id, ' '), group_concat(sorted_at, ' ') FROM {_LIVE}"  # noqa: S608
# Only a new text changes the date or the language of an article.
_LATER = """
    SELECT id, sorted_at, language FROM article WHERE id > :after AND deleted = 0
    UNION ALL
    SELECT id, sorted_at, language FROM article INDEXED BY article_revised
    WHERE revision > 1 AND id <= :after AND deleted = 0
"""
_LANGUAGES = f"""
    WITH RECURSIVE known (name) AS (
        SELECT min(language) FROM {_SPOKEN} UNION ALL
        SELECT (SELECT min(language) FROM {_SPOKEN} AND language > known.name)
        FROM known WHERE name IS NOT NULL)
    SELECT name FROM known WHERE name IS NOT NULL
"""  # noqa: S608 - constants
_PULSE = """
    SELECT articles, unread,
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'article'), 0),
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0),
        coalesce((SELECT value FROM meta WHERE key = 'lexicon_version'), 0),
        coalesce((SELECT value FROM meta WHERE key = 'rescan_below'), 0)
    FROM library_tally
"""

Key = TypeVar("Key", int, str)


class Pulse(NamedTuple):
    """What nearly every change leaves a trace in; reading it costs nothing.

    `articles` and `unread` count those that are not deleted; `newest` is the highest article id
    there has ever been, `acts` the number of the user's latest change, `lexicon` and `rescan`
    tell how far the watchlists have been applied.
    """

    articles: int
    unread: int
    newest: int
    acts: int
    lexicon: int
    rescan: int


class Selection:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._tree = FolderTree(db)
        self._unsettled = 0

    def stamp(self) -> tuple[int, int, int]:
        """Differs from the one before whenever any connection may have changed something since."""
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        if not self._db.in_transaction:
            return version, self._db.total_changes, 0
        self._unsettled += 1  # what has been done so far may still be undone
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
        return Entities(self._db).watched()

    def tags(self) -> list[tuple[int, str]]:
        """(id, name)."""
        return self._db.execute("SELECT id, name FROM tag ORDER BY key").fetchall()

    def notes(self) -> list[tuple[int, str]]:
        """(article id, text)."""
        return self._db.execute("SELECT article_id, text FROM note ORDER BY 1").fetchall()

    def languages(self) -> list[str]:
        """Every language an article is in; "" where it is unknown."""
        return [language for (language,) in self._db.execute(_LANGUAGES).fetchall()]

    def pulse(self) -> Pulse:
        return Pulse(*self._db.execute(_PULSE).fetchone())

    def tallies(self, kind: str) -> dict[int, tuple[int, int]]:
        """(articles, mentions) of every "feed" (without mentions) or "entity", by its id."""
        rows = self._db.execute(_TALLIES[kind]).fetchall()
        return {key: (articles, mentions) for key, articles, mentions in rows}

    def sums(self, kind: str, keys: Iterable[Key]) -> dict[Key, str]:
        """For each key what differs whenever its articles do; `kind` and `keys` as of `members`."""
        return self._of_each(_SUM, kind, keys)

    def members(self, kind: str, keys: Iterable[Key]) -> dict[Key, str]:
        """The articles of each key, deleted ones too: ids with spaces between, in no order.

        `kind`: "feed", "entity" or "tag", by id, or "lang" by name and without deleted ones.
        """
        return self._of_each(_IDS, kind, keys)

    def flagged(self, flag: str) -> str:
        """Ids with spaces between, in no order. `flag`: unread, starred, note, revision or all."""
        article, source = _FLAGS[flag]
        sql = f"SELECT {_IDS.format(id=article)} FROM {source}"  # noqa: S608 - constants
        (ids,) = self._db.execute(sql).fetchone()
        return ids or ""

    def with_flag(self, flag: str) -> "array[int]":
        """The same as an array."""
        return array("q", map(int, self.flagged(flag).split()))

    def dates(self) -> tuple[str, str]:
        """(ids, where they stand in lists in ms UTC) of all that are not deleted, with spaces."""
        ids, dates = self._db.execute(_DATES).fetchone()
        return ids or "", dates or ""

    def later(self, article_id: int) -> list[tuple[int, int, str]]:
        """(id, sorted_at in ms, language) of articles that came after it, or whose text changed."""
        return self._db.execute(_LATER, {"after": article_id}).fetchall()

    def _of_each(self, what: str, kind: str, keys: Iterable[Key]) -> dict[Key, str]:
        article, source = _GROUPS[kind]
        sql = _OF_EACH.format(what=what.format(id=article), source=source)
        rows = self._db.execute(sql, {"keys": json.dumps([*keys])}).fetchall()
        return {key: text or "" for key, text in rows}
