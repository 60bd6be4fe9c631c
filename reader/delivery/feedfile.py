"""A saved search as a feed file: Atom, or JSON Feed 1.1.

Pure. The same articles give the same bytes, so that a file changes only when its news do.
"""

import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from reader.delivery.compose import WEB
from reader.domain.plain import iso

ATOM, JSON = "atom", "json"
GENERATOR = "Media Reader"
_SPACE = "http://www.w3.org/2005/Atom"
_WORDS = "urn:media-reader:word"
_JSON_FEED = "https://jsonfeed.org/version/1.1"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_IRI = re.compile(r"[\\^`{|}]|%(?![0-9A-Fa-f]{2})")
"""What addresses hold all the same, as browsers let them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article. `words`: those that made it match, each once."""

    article_id: int
    title: str
    url: str
    summary: str
    outlet: str
    author: str
    language: str
    published: datetime | None
    updated: datetime
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedFile:
    """`urn`: "urn:uuid:…", for good; `made`: when it was first published."""

    urn: str
    title: str
    query: str
    made: datetime
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=self.made)

    def urn_of(self, entry: Entry) -> str:
        """Of the article in this feed: the same for good, and nobody else's."""
        return uuid.uuid5(uuid.UUID(self.urn), str(entry.article_id)).urn


def atom(feed: FeedFile) -> bytes:
    root = ET.Element("feed", {"xmlns": _SPACE})
    _put(root, "generator", GENERATOR)  # first: a file is known to be ours by its beginning
    _put(root, "id", feed.urn)
    _put(root, "title", feed.title)
    _put(root, "subtitle", feed.query)
    _put(root, "updated", iso(feed.updated))
    for entry in feed.entries:
        _put_entry(root, feed, entry)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _put_entry(root: ET.Element, feed: FeedFile, entry: Entry) -> None:
    one = ET.SubElement(root, "entry")
    if re.fullmatch("[a-z]{2,3}", entry.language):
        one.set("xml:lang", entry.language)
    _put(one, "id", feed.urn_of(entry))
    _put(one, "title", entry.title or "Untitled")
    _put(one, "updated", iso(entry.updated))
    if entry.published:
        _put(one, "published", iso(entry.published))
    address = _link(entry)
    if address:
        ET.SubElement(one, "link", {"rel": "alternate", "href": address})
    author = ET.SubElement(one, "author")
    names = (_legal(name).strip() for name in (entry.author, entry.outlet))
    _put(author, "name", next(filter(None, names), GENERATOR))
    source = ET.SubElement(one, "source")
    _put(source, "title", entry.outlet)
    _put(one, "summary" if address else "content", entry.summary)  # RFC 4287, 4.1.2: one of both
    for word in filter(None, map(_legal, entry.words)):
        ET.SubElement(one, "category", {"scheme": _WORDS, "term": word})


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _legal(text)


def _legal(text: str) -> str:
    """Without the characters that XML has no place for."""
    return _ILLEGAL.sub("", text)


def json_feed(feed: FeedFile) -> bytes:
    document = {
        "version": _JSON_FEED,
        "_media_reader": {"generator": GENERATOR, "id": feed.urn},
        "title": feed.title,
        "description": feed.query,
        "items": [_item(feed, entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(feed: FeedFile, entry: Entry) -> dict[str, Any]:
    item = {
        "id": feed.urn_of(entry),
        "url": _link(entry),
        "title": entry.title,
        "content_text": entry.summary,
        "summary": entry.summary,
        "date_published": iso(entry.published) if entry.published else "",
        "date_modified": iso(entry.updated),
        "authors": [{"name": entry.author or entry.outlet}] if entry.author or entry.outlet else [],
        "tags": list(entry.words),
        "language": entry.language,
    }
    kept = {name: value for name, value in item.items() if value or name == "content_text"}
    return {**kept, "_media_reader": {"outlet": entry.outlet, "words": list(entry.words)}}


def _link(entry: Entry) -> str:
    """As an IRI (RFC 3987), or ""."""
    if not WEB.fullmatch(entry.url) or _ILLEGAL.search(entry.url):
        return ""
    return _NOT_IN_IRI.sub(lambda one: f"%{ord(one[0]):02X}", entry.url)


WRITERS = {ATOM: atom, JSON: json_feed}
