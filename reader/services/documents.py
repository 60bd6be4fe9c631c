"""An article as queries see it: still unseen, with a new text, in one more feed. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from reader.domain.article import ParsedItem, SearchDocument
from reader.domain.feed import Feed
from reader.store.database import to_ms_or_none


def unseen(item: ParsedItem, date: datetime | None, now: datetime, **known: Any) -> SearchDocument:
    """The article as it stands when nobody has seen it before, with what else is known of it.

    It stands in lists by its date, or by its arrival when it has none or one that is still to come.
    """
    return SearchDocument(
        id=0,
        texts=item.texts,
        author=item.author,
        url=item.url,
        language=item.language,
        published=date,
        sorted_at=min(date or now, now),
        first_seen=now,
        **known,
    )


def revised(fresh: SearchDocument, stored: SearchDocument, now: datetime) -> SearchDocument:
    """The new text with what the reader made of the article. Its date is the first we learnt,
    unless the feed it is from gives another."""
    own = dict(stored.feeds).keys() >= dict(fresh.feeds).keys()
    date = (own and fresh.published) or stored.published or fresh.published
    same = to_ms_or_none(date) == to_ms_or_none(stored.published)
    both = _with_feeds(stored, fresh)
    return replace(
        both,
        texts=fresh.texts,
        author=fresh.author,
        url=fresh.url,
        language=fresh.language,
        published=date,
        sorted_at=stored.sorted_at if same else min(date or now, now),
        entities=fresh.entities,
        aliases=fresh.aliases,
        entity_spans=fresh.entity_spans,
        has_revision=True,
    )


def carried(stored: SearchDocument, feed: Feed) -> SearchDocument:
    """An article we hold, once `feed` carries it too."""
    return _with_feeds(stored, SearchDocument(id=0, texts=stored.texts, **standing_in(feed)))


def standing_in(feed: Feed) -> dict[str, Any]:
    """What a query can ask of an article because of a feed that carries it."""
    return {
        "feeds": ((feed.url, feed.title),),
        "folders": (feed.folder,) if feed.folder else (),
        "outlets": (feed.outlet,),
    }


def _with_feeds(stored: SearchDocument, other: SearchDocument) -> SearchDocument:
    return replace(
        stored,
        feeds=tuple(dict.fromkeys((*stored.feeds, *other.feeds))),
        folders=tuple(dict.fromkeys((*stored.folders, *other.folders))),
        outlets=tuple(dict.fromkeys((*stored.outlets, *other.outlets))),
    )
