"""Articles as lists, the reading pane and the search index need them. Never changes anything.

Lists are ids, newest first; rows are read for the ids on show, without bodies, with one statement
per table whatever the number of rows.
"""

import json
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from reader.domain.article import (
    ArticleDetail,
    ArticleLine,
    Chip,
    Copy,
    Revision,
    SearchDocument,
    Span,
    Texts,
)
from reader.domain.scope import Scope
from reader.store.database import Connection, from_ms, from_ms_or_none
from reader.store.feeds import host
from reader.store.folders import FolderTree
from reader.store.parts import Parts, spans_of
from reader.store.scopes import Key, Selected, after, ids_json, selected

_PART = 100_000
"""Letters of a list of ids that are read at once: the window waits meanwhile."""
_TOGETHER = "SELECT group_concat(id) FROM ({listed})"
"""All ids as one text, which takes a third of the time that a row for each does, most of it without
keeping other threads waiting. SQLite keeps the order of what it puts together."""

_LINES = """
    SELECT a.id, a.title, coalesce(nullif(f.own_title, ''), f.title), f.url, a.url, a.author,
        a.language, a.published, a.sorted_at, a.read, a.starred, a.snippet,
        EXISTS (SELECT 1 FROM note WHERE note.article_id = a.id), a.revision,
        coalesce(t.outlets, 1)
    FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
    JOIN feed AS f ON f.id = a.feed_id
    LEFT JOIN copy AS c ON c.article_id = a.id LEFT JOIN copy_tally AS t ON t.root_id = c.root_id
    WHERE a.deleted = 0 ORDER BY j.key
"""
_DOCUMENTS = """
    SELECT a.id, a.title, b.lead, b.text, a.author, a.url, a.language, a.published, a.sorted_at,
        a.first_seen, coalesce(note.text, ''), a.read, a.starred, a.revision
    FROM json_each(:ids) AS j CROSS JOIN article AS a ON a.id = j.value
    JOIN body AS b ON b.article_id = a.id LEFT JOIN note ON note.article_id = a.id
    WHERE a.deleted = 0 ORDER BY j.key
"""
_DETAIL = """
    SELECT a.title, b.lead, b.text, b.html, a.first_seen, a.published_raw, f.allow_images,
        coalesce(note.text, '')
    FROM article AS a JOIN body AS b ON b.article_id = a.id JOIN feed AS f ON f.id = a.feed_id
    LEFT JOIN note ON note.article_id = a.id
    WHERE a.id = :id
"""
_REVISIONS = """
    SELECT number, seen, title, lead, text, html, author, url FROM revision
    WHERE article_id = :id ORDER BY number
"""
_HITS = """
    SELECT saved_search.name, hit.spans FROM hit JOIN saved_search ON saved_search.id = saved_id
    WHERE article_id = :id ORDER BY saved_search.name
"""

_COPIES = """
    SELECT min(a.id), a.title, coalesce(nullif(f.own_title, ''), f.title), f.url, outlet.name,
        a.published, a.first_seen, iif(c.article_id = c.root_id, me.score, min(me.score, c.score))
    FROM copy AS me JOIN copy AS c ON c.root_id = me.root_id
    JOIN article AS mine ON mine.id = me.article_id JOIN feed AS own ON own.id = mine.feed_id
    JOIN article AS a ON a.id = c.article_id JOIN feed AS f ON f.id = a.feed_id
    LEFT JOIN outlet ON outlet.id = f.outlet_id
    WHERE me.article_id = :id AND a.deleted = 0
        AND coalesce(f.outlet_id, -f.id) <> coalesce(own.outlet_id, -own.id)
    GROUP BY coalesce(f.outlet_id, -f.id) ORDER BY a.first_seen, a.id
"""


class Lists:
    def __init__(self, db: Connection) -> None:
        self._db = db
        self._tree = FolderTree(db)
        self._parts = Parts(db)

    def ids(self, scope: Scope) -> "array[int]":
        """All of them, newest first; those of `scope.ids` in the order given."""
        chosen = self._selected(scope)
        listed = chosen.sql(f"{chosen.id} AS id")
        told = self._db.execute(_TOGETHER.format(listed=listed), chosen.values).fetchone()[0]
        return _numbers(told or "")

    def page(self, scope: Scope, after_key: Key | None, limit: int) -> list[Key]:
        """Up to `limit` keys, newest first, following `after_key` (None: from the top).

        The last key given is the next page's `after_key`. Not for a scope of `ids`.
        """
        chosen = after(self._selected(scope), after_key)
        sql = chosen.sql(f"{chosen.time}, {chosen.id}") + " LIMIT :limit"
        return self._db.execute(sql, {**chosen.values, "limit": limit}).fetchall()

    def count(self, scope: Scope) -> tuple[int, int]:
        """(articles, unread among them)."""
        if scope == Scope():
            row = self._db.execute("SELECT articles, unread FROM library_tally").fetchone()
        else:
            chosen = self._selected(scope)
            sql = chosen.sql("count(*), total(a.read = 0)", ordered=False)
            row = self._db.execute(sql, chosen.values).fetchone()
        return int(row[0]), int(row[1])

    def lines(self, ids: Sequence[int]) -> list[ArticleLine]:
        """In the order of `ids`; an id that is gone or deleted is left out."""
        rows = self._db.execute(_LINES, {"ids": ids_json(ids)}).fetchall()
        chips, tags = self._parts.chips(ids), self._parts.tags(ids)
        return [_line(row, chips.get(row[0], ()), tags.get(row[0], ())) for row in rows]

    def detail(self, article_id: int) -> ArticleDetail | None:
        """None when there is no such article, or it was deleted."""
        lines = self.lines([article_id])
        if not lines:
            return None
        title, lead, text, html, seen, raw, images, note = self._db.execute(
            _DETAIL, {"id": article_id}
        ).fetchone()
        feeds = self._parts.feeds([article_id])[article_id]
        return ArticleDetail(
            line=lines[0],
            texts=Texts(title, lead, text),
            html=html,
            outlet=feeds[0][3],
            first_seen=from_ms(seen),
            feeds=tuple(url for url, *_ in feeds),
            mentions=self._parts.mentions([article_id]).get(article_id, ()),
            note=note,
            revisions=self._revisions(article_id),
            hits=tuple(name for name, _ in self.hits(article_id)),
            published_raw=raw,
            images_allowed=bool(images),
            copies=self._copies(article_id),
        )

    def hits(self, article_id: int) -> list[tuple[str, tuple[Span, ...]]]:
        """(saved search, where in the article), by name."""
        rows = self._db.execute(_HITS, {"id": article_id}).fetchall()
        return [(name, spans_of(stored)) for name, stored in rows]

    def documents(self, ids: Iterable[int]) -> list[SearchDocument]:
        """In the order of `ids`; an id that is gone or deleted is left out."""
        ids = list(ids)
        rows = self._db.execute(_DOCUMENTS, {"ids": ids_json(ids)}).fetchall()
        feeds, tags = self._parts.feeds(ids), self._parts.tags(ids)
        entities, mentions = self._parts.entities(ids), self._parts.mentions(ids)
        documents = []
        for article_id, title, lead, text, *row in rows:
            author, url, language, published, sorted_at, seen, note, read, starred, number = row
            carried, tracked = feeds.get(article_id, ()), entities.get(article_id, ())
            documents.append(
                SearchDocument(
                    id=article_id,
                    texts=Texts(title, lead, text),
                    author=author,
                    url=url,
                    language=language,
                    published=from_ms_or_none(published),
                    sorted_at=from_ms(sorted_at),
                    first_seen=from_ms(seen),
                    feeds=tuple((feed_url, name) for feed_url, name, _, _ in carried),
                    folders=_distinct(folder for _, _, folder, _ in carried if folder),
                    outlets=_distinct(outlet for _, _, _, outlet in carried),
                    entities=tuple(row[:3] for row in tracked),
                    aliases=tuple(row[3] for row in tracked),
                    entity_spans=mentions.get(article_id, ()),
                    tags=tags.get(article_id, ()),
                    note=note,
                    read=bool(read),
                    starred=bool(starred),
                    has_revision=number > 1,
                )
            )
        return documents

    def _selected(self, scope: Scope) -> Selected:
        folder = self._tree.find(scope.folder) if scope.folder else None
        return selected(scope, folder)

    def _revisions(self, article_id: int) -> tuple[Revision, ...]:
        rows = self._db.execute(_REVISIONS, {"id": article_id}).fetchall()
        return tuple(
            Revision(number, from_ms(seen), Texts(title, lead, text), html, author, url)
            for number, seen, title, lead, text, html, author, url in rows
        )

    def _copies(self, article_id: int) -> tuple[Copy, ...]:
        """The first at each other outlet."""
        rows = self._db.execute(_COPIES, {"id": article_id}).fetchall()
        return tuple(
            Copy(
                article_id=other,
                title=title,
                source=source or host(url),
                outlet=outlet or source or host(url),
                published=from_ms_or_none(published),
                first_seen=from_ms(seen),
                score=score,
            )
            for other, title, source, url, outlet, published, seen, score in rows
        )


def _numbers(text: str) -> "array[int]":
    """Of a text with commas between them."""
    numbers, at = array("q"), 0
    while at < len(text):
        end = text.find(",", at + _PART)
        end = len(text) if end < 0 else end
        numbers.fromlist(json.loads(f"[{text[at:end]}]"))
        at = end + 1
    return numbers


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _line(row: Sequence[Any], chips: tuple[Chip, ...], tags: tuple[str, ...]) -> ArticleLine:
    article_id, title, source, feed, url, author, language, published, sorted_at, read, starred = (
        row[:11]
    )
    snippet, noted, revision, copies = row[11:]
    return ArticleLine(
        id=article_id,
        title=title,
        source=source or host(feed),
        feed=feed,
        url=url,
        author=author,
        language=language,
        published=from_ms_or_none(published),
        sorted_at=from_ms(sorted_at),
        read=bool(read),
        starred=bool(starred),
        snippet=snippet,
        chips=chips,
        tags=tags,
        has_note=bool(noted),
        revisions=revision - 1,
        copies=max(1, copies),
    )
