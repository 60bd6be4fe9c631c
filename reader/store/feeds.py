"""Subscriptions in SQLite: what is fetched when, with which result, and what it brought.

The only module that writes `feed`, `folder` and `outlet`. Counts are of articles that are not
deleted, each once. An unsubscribed feed keeps its row and its articles.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from reader.domain.feed import Feed, FeedLine
from reader.domain.library import FolderLine
from reader.store.database import Connection, from_ms_or_none, to_ms, transaction
from reader.store.folder_counts import folder_lines
from reader.store.folders import FolderTree

_FEED = """
    SELECT feed.id, url, coalesce(nullif(own_title, ''), title), outlet.name, folder_id, site_url,
        language, allow_private, allow_images, etag, last_modified, body_hash, identity,
        fetched_once, interval_s, last_fetched, next_fetch, error, error_since, failures, gone,
        fetch_url, feed_tally.articles, feed_tally.unread, added,
        EXISTS (SELECT 1 FROM identity WHERE identity.feed_id = feed.id)
    FROM feed JOIN feed_tally ON feed_tally.feed_id = feed.id
    LEFT JOIN outlet ON outlet.id = outlet_id
"""
_SUBSCRIBED = _FEED + " WHERE removed IS NULL ORDER BY feed.id"
_DUE = (
    _FEED
    + " WHERE removed IS NULL AND gone = 0 AND next_fetch <= :now ORDER BY next_fetch, feed.id"
)
# Fetched in the future: the clock has been set back, and the next time may be years away.
_AHEAD = (
    _FEED
    + " WHERE removed IS NULL AND gone = 0 AND next_fetch > :now AND last_fetched > :ahead"
    + " ORDER BY next_fetch, feed.id"
)
_CLOCK_SLACK = timedelta(minutes=5)
_ADD = """
    INSERT INTO feed (url, title, folder_id, outlet_id, allow_private, site_url, added)
    VALUES (:url, :title, :folder, :outlet, :allow_private, :site_url, :now)
"""
# As if it were new: its first fetch raises no alert for what was missed meanwhile.
_REVIVE = """
    UPDATE feed SET removed = NULL, gone = 0, next_fetch = 0, fetched_once = 0, failures = 0,
        etag = '', last_modified = '', body_hash = '', fetch_url = '',
        error = '', error_kind = '', error_since = NULL, folder_id = :folder,
        allow_private = max(allow_private, :allow_private),
        title = coalesce(nullif(title, ''), :title), outlet_id = coalesce(:outlet, outlet_id)
    WHERE id = :id
"""
_WELL = "error = '', error_kind = '', error_since = NULL, failures = 0, gone = 0"
_FETCHED = f"""
    UPDATE feed SET last_fetched = :now, last_success = :now, next_fetch = :next, etag = :etag,
        last_modified = :last_modified, body_hash = :body_hash, item_count = :item_count,
        title = coalesce(nullif(title, ''), :title), fetched_once = 1,
        site_url = coalesce(nullif(:site_url, ''), site_url),
        language = coalesce(nullif(:language, ''), language),
        fetch_url = coalesce(nullif(:moved_to, ''), fetch_url), {_WELL}
    WHERE id = :id
"""  # noqa: S608 - constants
_INTRODUCE = "UPDATE feed SET title = coalesce(nullif(title, ''), :title) WHERE id = :id"
_UNMODIFIED = f"""
    UPDATE feed SET last_fetched = :now, last_success = :now, next_fetch = :next, {_WELL}
    WHERE id = :id RETURNING item_count
"""  # noqa: S608 - constants
# The address that redirects once led to may be the reason: the user's own is asked next.
_FAILED = """
    UPDATE feed SET last_fetched = :now, next_fetch = :next, error = :sentence, error_kind = :kind,
        error_since = coalesce(error_since, :now), failures = failures + 1, fetch_url = ''
    WHERE id = :id
"""


class Feeds:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._tree = FolderTree(db)

    def add(
        self,
        url: str,
        *,
        now: datetime,
        title: str = "",
        folder: str = "",
        outlet: str = "",
        allow_private: bool = False,
        site_url: str = "",
    ) -> int:
        """The feed's id; a subscribed one is left as it is, an unsubscribed one comes back."""
        with transaction(self._db):
            known = self._db.execute(
                "SELECT id, removed FROM feed WHERE url = ?", (url,)
            ).fetchone()
            if known and known[1] is None:
                return int(known[0])
            values = {
                "id": known and known[0],
                "url": url,
                "title": title.strip(),
                "folder": self._tree.ensure(folder),
                "outlet": self._outlet(outlet) if outlet.strip() else None,
                "allow_private": allow_private,
                "site_url": site_url,
                "now": to_ms(now),
            }
            if known:
                self._db.execute(_REVIVE, values)
                return int(known[0])
            return int(self._db.execute(_ADD, values).lastrowid or 0)

    def by_url(self, url: str) -> Feed | None:
        """Only a subscribed one."""
        found = self._lines(_FEED + " WHERE url = :url AND removed IS NULL", url=url)
        return found[0].feed if found else None

    def get(self, feed_id: int) -> Feed | None:
        """Also one that was unsubscribed."""
        found = self._lines(_FEED + " WHERE feed.id = :id", id=feed_id)
        return found[0].feed if found else None

    def all(self) -> list[Feed]:
        return [line.feed for line in self.lines()]

    def lines(self) -> list[FeedLine]:
        """Subscribed feeds with their counts, in the order they were added."""
        return self._lines(_SUBSCRIBED)

    def due(self, now: datetime) -> list[Feed]:
        """Longest overdue first; never one whose server said it is gone for good.

        After a clock was wrong for a while, what was fetched in its future is due as well.
        """
        due = self._lines(_DUE, now=to_ms(now))
        ahead = self._lines(_AHEAD, now=to_ms(now), ahead=to_ms(now + _CLOCK_SLACK))
        return [line.feed for line in due + ahead]

    def rename(self, feed_id: int, own_title: str) -> str:
        """An empty `own_title` brings back the title the feed gives itself. Returns the former."""
        with transaction(self._db):
            sql = "SELECT own_title FROM feed WHERE id = ?"
            (former,) = self._db.execute(sql, (feed_id,)).fetchone()
            self._set("own_title = :value", feed_id, own_title.strip())
        return str(former)

    def move(self, feed_id: int, folder: str) -> None:
        """Makes the folder when it is missing; "" is the top."""
        with transaction(self._db):
            self._set("folder_id = :value", feed_id, self._tree.ensure(folder))

    def remove(self, feed_id: int, now: datetime) -> None:
        """Unsubscribes; the articles stay."""
        self._set("removed = :value", feed_id, to_ms(now))

    def restore(self, feed_id: int) -> None:
        """Takes `remove` back, as if it had not been."""
        self._set("removed = :value", feed_id, None)

    def allow_images(self, feed_id: int, allow: bool) -> None:
        self._set("allow_images = :value", feed_id, allow)

    def allow_private(self, feed_id: int) -> None:
        """The user typed its address: it may be on a private network."""
        self._set("allow_private = :value", feed_id, 1)

    def set_identity(self, feed_id: int, mode: str) -> None:
        self._set("identity = :value", feed_id, mode)

    def gone(self, feed_id: int) -> None:
        """It is not due again until the user asks for it."""
        self._set("gone = :value", feed_id, 1)

    def fetched(
        self,
        feed_id: int,
        *,
        now: datetime,
        next_fetch: datetime,
        etag: str = "",
        last_modified: str = "",
        body_hash: str = "",
        item_count: int = 0,
        title: str = "",
        site_url: str = "",
        language: str = "",
        moved_to: str = "",
    ) -> None:
        """A body was read: clears the error. The first title stays, and names the outlet."""
        values = {
            "id": feed_id,
            "now": to_ms(now),
            "next": to_ms(next_fetch),
            "etag": etag,
            "last_modified": last_modified,
            "body_hash": body_hash,
            "item_count": item_count,
            "title": title.strip(),
            "site_url": site_url,
            "language": language,
            "moved_to": moved_to,
        }
        with transaction(self._db):
            self._db.execute(_FETCHED, values)
            self._name_outlet(feed_id)

    def introduce(self, feed_id: int, title: str, outlet: str = "") -> None:
        """It is read for the first time: the first title stays, and names the outlet.

        `outlet` is a better name for that; it does not count where the user gave the feed a title.
        """
        with transaction(self._db):
            values = {"id": feed_id, "title": title.strip()}
            self._db.execute(_INTRODUCE, values)
            self._name_outlet(feed_id, outlet)

    def unmodified(self, feed_id: int, now: datetime, next_fetch: datetime) -> int:
        """The server had nothing new: clears the error. Returns how many items the feed held when
        it was last read."""
        values = {"id": feed_id, "now": to_ms(now), "next": to_ms(next_fetch)}
        rows = self._db.execute(_UNMODIFIED, values).fetchall()
        return int(rows[0][0]) if rows else 0

    def failed(
        self, feed_id: int, kind: str, sentence: str, now: datetime, next_fetch: datetime
    ) -> None:
        values = {"id": feed_id, "kind": kind, "sentence": sentence}
        self._db.execute(_FAILED, {**values, "now": to_ms(now), "next": to_ms(next_fetch)})

    def folders(self) -> list[str]:
        """Every folder's path, also of empty ones, in alphabetical order."""
        return sorted(self._tree.paths().values(), key=str.casefold)

    def folder_lines(self) -> list[FolderLine]:
        """Every folder with what is in it and below it; an article in several feeds counts once."""
        return folder_lines(self._db, self._tree.paths())

    def _lines(self, sql: str, **values: object) -> list[FeedLine]:
        paths = self._tree.paths()
        rows = self._db.execute(sql, values).fetchall()
        return [_line(row, paths) for row in rows]

    def _set(self, change: str, feed_id: int, value: object) -> None:
        self._db.execute(
            f"UPDATE feed SET {change} WHERE id = :id",  # noqa: S608 - constants of this module
            {"id": feed_id, "value": value},
        )

    def _name_outlet(self, feed_id: int, known: str = "") -> None:
        (outlet, own_title, title, url) = self._db.execute(
            "SELECT outlet_id, own_title, title, url FROM feed WHERE id = ?", (feed_id,)
        ).fetchone()
        if outlet is None:
            name = ("" if own_title else known) or title or host(url)
            self._set("outlet_id = :value", feed_id, self._outlet(name))

    def _outlet(self, name: str) -> int:
        values = {"name": name.strip()}
        self._db.execute("INSERT OR IGNORE INTO outlet (name) VALUES (:name)", values)
        row = self._db.execute("SELECT id FROM outlet WHERE name = :name", values).fetchone()
        return int(row[0])


def host(url: str) -> str:
    """What to call a feed that has no title: its host, else the address itself."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        name = ""
    return name.removeprefix("www.") or url


def _line(row: Sequence[Any], paths: dict[int, str]) -> FeedLine:
    (feed_id, url, title, outlet, folder, site_url, language, private, images, etag, modified,
     body_hash, identity, once, interval, last, due, error, since, failures, gone, fetch_url,
     articles, unread, added, carried) = row  # fmt: skip
    name = title or host(url)
    feed = Feed(
        feed_id,
        url,
        name,
        outlet or name,
        paths.get(folder, ""),
        site_url,
        language,
        bool(private),
        bool(images),
        etag,
        modified,
        body_hash,
        identity,
        bool(once),
        interval,
        from_ms_or_none(last),
        from_ms_or_none(due or None),
        error,
        from_ms_or_none(since),
        failures,
        bool(gone),
        fetch_url,
        from_ms_or_none(added),
        bool(carried),
    )
    return FeedLine(feed, articles, unread)
