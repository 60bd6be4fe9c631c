"""The demo's feeds as bytes: RSS 2.0, RDF, Atom and JSON Feed, as many different servers send them.

Whoever fetches them cannot tell them from any other feed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

from reader.services.demo.sources import Entry, Source, sources


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes ready to be served, with what a conditional request compares."""

    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def path(source: Source) -> str:
    """Where on its server the feed is found."""
    return f"/{source.slug}/{_FORMATS[source.kind].file}"


def render(source: Source, moments: Mapping[int, datetime], base: str) -> Page:
    """The feed as its server sends it; `base` is the server's own address."""
    form = _FORMATS[source.kind]
    entries = source.edition(moments)
    body = form.write(source, entries, base + path(source))
    return Page(body, form.media_type, max(entry.updated for entry in entries))


def _child(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def _document(root: ET.Element) -> bytes:
    ET.indent(root)
    text = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _rss(source: Source, entries: list[Entry], url: str) -> bytes:
    names = {f"xmlns:{prefix}": _NAMES[prefix] for prefix in ("content", "dc", "atom")}
    root = ET.Element("rss", {"version": "2.0", **names})
    channel = ET.SubElement(root, "channel")
    for tag in ("title", "link", "description", "language"):
        _child(channel, tag, _about(source)[tag])
    _child(channel, "lastBuildDate", format_datetime(max(e.updated for e in entries)))
    _child(channel, "atom:link", rel="self", type="application/rss+xml", href=url)
    for entry in entries:
        item = ET.SubElement(channel, "item")
        _child(item, "title", entry.title)
        _child(item, "link", entry.link)
        _child(item, "guid", f"{source.slug}:{entry.id}", isPermaLink="false")
        _child(item, "pubDate", format_datetime(entry.published))
        _texts(item, source, entry)
        for tag in entry.tags:
            _child(item, "category", tag)
    return _document(root)


def _rdf(source: Source, entries: list[Entry], url: str) -> bytes:
    names = {f"xmlns:{prefix}": _NAMES[prefix] for prefix in ("rdf", "content", "dc")}
    root = ET.Element("rdf:RDF", {"xmlns": "http://purl.org/rss/1.0/", **names})
    channel = _child(root, "channel", **{"rdf:about": url})
    for tag in ("title", "link", "description"):
        _child(channel, tag, _about(source)[tag])
    _child(channel, "dc:language", source.language)
    order = _child(_child(channel, "items"), "rdf:Seq")
    for entry in entries:
        _child(order, "rdf:li", **{"rdf:resource": entry.link})
        item = _child(root, "item", **{"rdf:about": entry.link})
        _child(item, "title", entry.title)
        _child(item, "link", entry.link)
        _child(item, "dc:date", entry.published.isoformat())
        _texts(item, source, entry)
        for tag in entry.tags:
            _child(item, "dc:subject", tag)
    return _document(root)


def _about(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "link": source.site,
        "description": source.about,
        "language": source.language,
    }


def _texts(item: ET.Element, source: Source, entry: Entry) -> None:
    if entry.author:
        _child(item, "dc:creator", entry.author)
    if entry.summary:
        _child(item, "description", escape(entry.summary, quote=False))
    if source.full and entry.blocks:
        _child(item, "content:encoded", entry.html)


def _atom(source: Source, entries: list[Entry], url: str) -> bytes:
    root = ET.Element("feed", {"xmlns": _NAMES["atom"], "xml:lang": source.language})
    _child(root, "title", source.title)
    _child(root, "subtitle", source.about)
    _child(root, "id", source.site)
    _child(root, "link", rel="self", href=url)
    _child(root, "link", rel="alternate", type="text/html", href=source.site)
    _child(root, "updated", max(e.updated for e in entries).isoformat())
    _child(_child(root, "author"), "name", source.title)
    for entry in entries:
        node = ET.SubElement(root, "entry")
        _child(node, "title", entry.title)
        _child(node, "link", rel="alternate", href=entry.link)
        _child(node, "id", entry.link)
        _child(node, "published", entry.published.isoformat())
        _child(node, "updated", entry.updated.isoformat())
        if entry.author:
            _child(_child(node, "author"), "name", entry.author)
        for tag in entry.tags:
            _child(node, "category", term=tag)
        if entry.summary:
            _child(node, "summary", entry.summary)
        if source.full and entry.blocks:
            _child(node, "content", entry.html, type="html")
    return _document(root)


def _json(source: Source, entries: list[Entry], url: str) -> bytes:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.title,
        "description": source.about,
        "home_page_url": source.site,
        "feed_url": url,
        "language": source.language,
        "items": [_json_item(source, entry) for entry in entries],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _json_item(source: Source, entry: Entry) -> dict[str, Any]:
    whole = {"content_html": entry.html} if source.full and entry.blocks else {}
    told = {
        "id": entry.link,
        "url": entry.link,
        "title": entry.title,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "summary": entry.summary,
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": list(entry.tags),
        **(whole or {"content_text": entry.summary}),
    }
    return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class _Format:
    file: str
    media_type: str
    write: Callable[[Source, list[Entry], str], bytes]


_FORMATS = {
    "rss": _Format("rss.xml", "application/rss+xml; charset=utf-8", _rss),
    "rdf": _Format("index.rdf", "application/rdf+xml; charset=utf-8", _rdf),
    "atom": _Format("atom.xml", "application/atom+xml; charset=utf-8", _atom),
    "json": _Format("feed.json", "application/feed+json", _json),
}
_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def front_page(base: str, at: datetime) -> Page:
    links = "\n".join(
        f'<link rel="alternate" type="{_FORMATS[s.kind].media_type.partition(";")[0]}" '
        f'title="{escape(s.title)}" href="{base}{path(s)}">'
        for s in sources()
    )
    items = "\n".join(
        f'<li><a href="{base}{path(s)}">{escape(s.title)}</a></li>' for s in sources()
    )
    html = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"<title>Media Reader demo</title>\n{links}\n</head>\n"
        f"<body><h1>Sample feeds</h1>\n<ul>\n{items}\n</ul></body></html>\n"
    )
    return Page(html.encode(), "text/html; charset=utf-8", at)
