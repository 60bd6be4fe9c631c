"""Storing what feeds bring: which articles are known, new ones, new texts of known ones.

The only module that adds articles. Nothing here decides; `reader.domain.decide` does. The caller
owns the transaction, so that an article comes with its mentions and hits or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader.domain.article import Texts
from reader.domain.decide import KnownArticle
from reader.store.database import Connection, to_ms, to_ms_or_none, together
from reader.store.scopes import ids_json


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An item of a feed, ready to be stored. Hashes are signed 64-bit."""

    feed_id: int
    key: int
    """Hash of the item's identity within the feed."""
    content_hash: int
    texts: Texts
    html: str
    snippet: str
    """The first words, for lists."""
    sorted_at: datetime
    first_seen: datetime
    url: str = ""
    url_key: int | None = None
    """Hash of the canonical link."""
    author: str = ""
    language: str = ""
    published: datetime | None = None
    published_raw: str = ""


_KNOWN = """
    a.id, {content}, a.title, a.published, a.size,
    EXISTS (SELECT 1 FROM membership WHERE article_id = a.id AND feed_id = :feed), a.deleted
"""
_BY_KEY = f"""
    SELECT i.key, {_KNOWN.format(content="i.content")}
    FROM json_each(:hashes) AS j CROSS JOIN identity AS i ON i.feed_id = :feed AND i.key = j.value
    JOIN article AS a ON a.id = i.article_id
"""  # noqa: S608 - constants
_BY_URL = f"""
    SELECT a.url_key, {_KNOWN.format(content="a.content_hash")}
    FROM json_each(:hashes) AS j CROSS JOIN article AS a ON a.url_key = j.value ORDER BY a.id
"""  # noqa: S608 - constants
_TWINS = f"""
    SELECT DISTINCT i.content, {_KNOWN.format(content="i.content")}
    FROM json_each(:hashes) AS j
    CROSS JOIN identity AS i ON i.feed_id = :feed AND i.content = j.value
    JOIN article AS a ON a.id = i.article_id ORDER BY a.id
"""  # noqa: S608 - constants
_ADD = """
    INSERT INTO article (feed_id, url, url_key, title, author, language, snippet, published,
        published_raw, sorted_at, first_seen, changed, content_hash, size)
    VALUES (:feed, :url, :url_key, :title, :author, :language, :snippet, :published,
        :published_raw, :sorted_at, :first_seen, :first_seen, :content, :size)
"""
_BODY = "INSERT INTO body (article_id, lead, text, html) VALUES (:id, :lead, :text, :html)"
_KEEP = """
    INSERT INTO revision (article_id, number, seen, url, title, author, lead, text, html)
    SELECT a.id, a.revision, a.changed, a.url, a.title, a.author, b.lead, b.text, b.html
    FROM article AS a JOIN body AS b ON b.article_id = a.id WHERE a.id = :id
"""
_REVISE = """
    UPDATE article SET url = :url, url_key = :url_key, title = :title, author = :author,
        language = :language, snippet = :snippet, published = :published,
        published_raw = :published_raw, sorted_at = :sorted_at, changed = :now,
        content_hash = :content, size = :size, revision = revision + 1
    WHERE id = :id
"""
_NEW_BODY = "UPDATE body SET lead = :lead, text = :text, html = :html WHERE article_id = :id"
_JOIN = """
    INSERT INTO membership (article_id, feed_id, sorted_at)
    SELECT id, :feed, sorted_at FROM article WHERE id = :id
    ON CONFLICT DO NOTHING
"""
_SAID = """
    INSERT INTO identity (feed_id, key, article_id, content) VALUES (:feed, :key, :id, :content)
    ON CONFLICT DO UPDATE SET article_id = excluded.article_id, content = excluded.content
"""
_TEXTS = """
    SELECT a.id, a.title, b.lead, b.text FROM json_each(:ids) AS j
    CROSS JOIN article AS a ON a.id = j.value JOIN body AS b ON b.article_id = a.id
"""


class Articles:
    def __init__(self, db: Connection) -> None:
        self._db = db

    def known(self, feed_id: int, keys: Iterable[int]) -> dict[int, KnownArticle]:
        """By key within the feed; `content` is what the feed last said under that key."""
        rows = self._db.execute(_BY_KEY, {"feed": feed_id, "hashes": ids_json(keys)})
        return {key: _known(row) for key, *row in rows.fetchall()}

    def by_url(self, feed_id: int, url_keys: Iterable[int]) -> dict[int, list[KnownArticle]]:
        """From all feeds, by canonical link, oldest first."""
        return self._grouped(_BY_URL, feed_id, url_keys)

    def twins(self, feed_id: int, content_hashes: Iterable[int]) -> dict[int, list[KnownArticle]]:
        """This feed's articles by the text it last gave, oldest first."""
        return self._grouped(_TWINS, feed_id, content_hashes)

    def add(self, new: NewArticle) -> int:
        """Stores it as unread, in its feed; returns its id."""
        values = _values(new)
        with together(self._db):
            article_id = int(self._db.execute(_ADD, values).lastrowid or 0)
            self._db.execute(_BODY, {**values, "id": article_id})
            self.join(new.feed_id, article_id, new.key, new.content_hash)
        return article_id

    def revise(self, article_id: int, new: NewArticle, now: datetime) -> int:
        """Takes over every value of `new`, keeping the text there was; returns the new number.

        Read flag, star, tags and note stay as they are. `new.sorted_at` becomes its place in
        every list, and its key in its feed is remembered with the new text.
        """
        values = {**_values(new), "id": article_id, "now": to_ms(now)}
        with together(self._db):
            for sql in (_KEEP, _REVISE, _NEW_BODY):
                self._db.execute(sql, values)
            self.join(new.feed_id, article_id, new.key, new.content_hash)
            return self.revision(article_id)

    def join(self, feed_id: int, article_id: int, key: int, content: int) -> None:
        """The feed carries the article, and last gave it the text with hash `content` under `key`.

        The article's own text is left as it is.
        """
        values = {"feed": feed_id, "id": article_id, "key": key, "content": content}
        with together(self._db):
            self._db.execute(_JOIN, values)
            self._db.execute(_SAID, values)

    def revision(self, article_id: int) -> int:
        """The number of the present text: 1 until it is revised."""
        row = self._db.execute("SELECT revision FROM article WHERE id = ?", (article_id,))
        return int(row.fetchone()[0])

    def texts(self, ids: Iterable[int]) -> dict[int, Texts]:
        """Plain texts, for matching; an id that is gone is left out."""
        rows = self._db.execute(_TEXTS, {"ids": ids_json(ids)}).fetchall()
        return {article_id: Texts(title, lead, text) for article_id, title, lead, text in rows}

    def ids_below(self, article_id: int | None, limit: int) -> list[int]:
        """The newest ids below `id` (None: from the top), for going through all, newest first."""
        rows = self._db.execute(
            "SELECT id FROM article WHERE id < :id AND deleted = 0 ORDER BY id DESC LIMIT :limit",
            {"id": 2**63 - 1 if article_id is None else article_id, "limit": limit},
        )
        return [article_id for (article_id,) in rows.fetchall()]

    def newest(self) -> int:
        """The highest id that an article ever had; 0 before the first."""
        sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'article'"
        return int(self._db.execute(sql).fetchone()[0])

    def count_below(self, article_id: int) -> int:
        """How many `ids_below` would still give."""
        sql = "SELECT count(*) FROM article WHERE id < ? AND deleted = 0"
        return int(self._db.execute(sql, (article_id,)).fetchone()[0])

    def _grouped(
        self, sql: str, feed_id: int, hashes: Iterable[int]
    ) -> dict[int, list[KnownArticle]]:
        found: dict[int, list[KnownArticle]] = {}
        rows = self._db.execute(sql, {"feed": feed_id, "hashes": ids_json(hashes)})
        for key, *row in rows.fetchall():
            found.setdefault(key, []).append(_known(row))
        return found


def _known(row: list[Any]) -> KnownArticle:
    article_id, content, title, published, size, in_feed, deleted = row
    return KnownArticle(article_id, content, title, published, size, bool(in_feed), bool(deleted))


def _values(new: NewArticle) -> dict[str, Any]:
    return {
        "feed": new.feed_id,
        "url": new.url,
        "url_key": new.url_key,
        "title": new.texts.title,
        "author": new.author,
        "language": new.language,
        "snippet": new.snippet,
        "published": to_ms_or_none(new.published),
        "published_raw": new.published_raw,
        "sorted_at": to_ms(new.sorted_at),
        "first_seen": to_ms(new.first_seen),
        "content": new.content_hash,
        "size": len(new.texts.lead) + len(new.texts.body),
        "lead": new.texts.lead,
        "text": new.texts.body,
        "html": new.html,
    }
