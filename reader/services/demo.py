"""The demo's world: sample feeds served by a real HTTP server, in two rounds.

The sources in `resources/demo/feeds` hold what invented outlets wrote, with the age of every item;
here they become bytes of real feeds with dates that are always recent. Whoever fetches them cannot
tell them from any other feed. The form of the sources is explained in `resources/demo/README.md`.
"""

import hashlib
import json
import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from functools import cache
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from typing import Any, Self
from xml.etree import ElementTree as ET

from reader.domain.search import SavedSearch
from reader.paths import resource

_LOG = logging.getLogger(__name__)

ROUNDS = (1, 2)
_ITEM = re.compile(r"=== (\S+) (?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?: (fresh|update))?$")
_COPY = re.compile(r"@copy (\S+)(?: (\d+)-(\d+))?((?: \| .+? => .+?)*)$")
_NEVER = datetime.min.replace(tzinfo=UTC)
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class DemoFeed:
    """Where a feed of the demo is served, and the folder it belongs in ("A/B")."""

    url: str
    folder: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as an outlet wrote it; `blocks` are HTML, one for each paragraph, list or picture.

    `age` is measured from the moment its round is published; `Source.edition` makes dates of it.
    `revises`: it takes the place of the entry of the same id, keeping that one's date.
    """

    id: str
    link: str
    age: timedelta
    round: int
    revises: bool
    title: str
    author: str
    tags: tuple[str, ...]
    lead: str
    blocks: tuple[str, ...]
    published: datetime = _NEVER
    updated: datetime = _NEVER

    @property
    def html(self) -> str:
        return "\n".join(self.blocks)

    @property
    def summary(self) -> str:
        """The standfirst in plain words: the lead, else the first paragraph."""
        first = self.blocks[0] if self.blocks else ""
        return self.lead or _plain(first)


@dataclass(frozen=True, slots=True)
class Source:
    """An outlet's feed. `full`: it carries whole articles, not only their first paragraph."""

    slug: str
    title: str
    site: str
    kind: str
    language: str
    folder: str
    about: str
    zone: timezone
    full: bool
    entries: tuple[Entry, ...]

    @property
    def path(self) -> str:
        return f"/{self.slug}/{_FORMATS[self.kind].file}"

    def edition(self, moments: Mapping[int, datetime]) -> list[Entry]:
        """What the feed says when the rounds of `moments` are out, newest first."""
        now: dict[str, Entry] = {}
        for entry in (e for e in self.entries if e.round in moments):
            at = (moments[entry.round] - entry.age).astimezone(self.zone).replace(microsecond=0)
            published = now[entry.id].published if entry.revises else at
            now[entry.id] = replace(entry, published=published, updated=at)
        return sorted(now.values(), key=lambda e: e.published, reverse=True)


def watchlist() -> bytes:
    """The starter watchlist, in the program's own JSON."""
    return resource("demo", "watchlist.json").read_bytes()


def saved_searches() -> list[SavedSearch]:
    """The starter searches; none is stored yet, so every id is 0."""
    told = json.loads(resource("demo", "saved-searches.json").read_bytes())
    return [SavedSearch(0, each["name"], each["query"], each["alert"]) for each in told]


@cache
def sources() -> tuple[Source, ...]:
    """Every feed of the demo, in the order a reader would subscribe to them."""
    texts = {p.stem: p.read_text("utf-8") for p in sorted(resource("demo", "feeds").glob("*.txt"))}
    heads = {slug: _fields(text.partition("\n=== ")[0]) for slug, text in texts.items()}
    written = {slug: _entries(texts[slug], heads[slug]["site"]) for slug in texts}
    by_id: dict[str, list[Entry]] = {}
    for entry in chain.from_iterable(written.values()):
        by_id.setdefault(entry.id, []).append(entry)
    return tuple(_source(slug, heads[slug], written[slug], by_id) for slug in texts)


def _source(
    slug: str, head: Mapping[str, str], own: list[Entry], by_id: Mapping[str, list[Entry]]
) -> Source:
    shared = chain.from_iterable(by_id[name] for name in head.get("also", "").split())
    entries = [replace(e, blocks=tuple(_expand(e.blocks, by_id))) for e in chain(own, shared)]
    return Source(
        slug=slug.partition("-")[2],
        title=head["title"],
        site=head["site"],
        kind=head["format"],
        language=head["language"],
        folder=head["folder"],
        about=head["about"],
        zone=_zone(head.get("zone", "+00:00")),
        full=head.get("text", "full") == "full",
        entries=tuple(entries),
    )


def _zone(offset: str) -> timezone:
    moment = datetime.fromisoformat(f"2000-01-01T00:00{offset}")
    return timezone(moment.utcoffset() or timedelta())


def _fields(text: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in text.strip().splitlines())
    return {name: value.strip() for name, _, value in lines}


def _entries(text: str, site: str) -> list[Entry]:
    return [_entry("=== " + part, site) for part in text.split("\n=== ")[1:]]


def _entry(text: str, site: str) -> Entry:
    first, _, rest = text.partition("\n")
    match = _ITEM.match(first)
    if match is None:
        raise ValueError(f"not the beginning of an item: {first!r}")
    name, days, hours, minutes, late = match.groups()
    head, _, body = rest.partition("\n\n")
    told = _fields(head)
    return Entry(
        id=name,
        link=f"{site}{name}",
        age=timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0)),
        round=2 if late else 1,
        revises=late == "update",
        title=told["title"],
        author=told.get("by", ""),
        tags=tuple(tag.strip() for tag in told.get("tags", "").split(",") if tag.strip()),
        lead=told.get("lead", ""),
        blocks=tuple(block.strip() for block in body.split("\n\n") if block.strip()),
    )


def _expand(blocks: Iterable[str], by_id: Mapping[str, list[Entry]]) -> Iterator[str]:
    for block in blocks:
        if match := _COPY.match(block):
            name, first, last, changes = match.groups()
            copied = by_id[name][0].blocks[int(first or 1) - 1 : int(last) if last else None]
            yield from (_changed(b, changes) for b in _expand(copied, by_id))
        else:
            yield _html(block)


def _changed(text: str, changes: str) -> str:
    for change in filter(None, changes.split(" | ")):
        old, _, new = change.partition(" => ")
        text = text.replace(old.strip(), new.strip())
    return text


def _html(block: str) -> str:
    """Sources are HTML with a few short forms for what a desk writes most."""
    if block.startswith("<"):
        return block
    lines = block.splitlines()
    if block.startswith("## "):
        return f"<h2>{block[3:]}</h2>"
    if block.startswith("- "):
        return "<ul>" + "".join(f"<li>{line[2:]}</li>" for line in lines) + "</ul>"
    if block.startswith("> "):
        return "<blockquote><p>" + " ".join(line[2:] for line in lines) + "</p></blockquote>"
    return f"<p>{' '.join(lines)}</p>"


def _plain(html: str) -> str:
    text = _TAGS.sub("", html)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes ready to be served, with what a conditional request compares."""

    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def render(source: Source, moments: Mapping[int, datetime], base: str) -> Page:
    """The feed as its server sends it; `base` is the server's own address."""
    form = _FORMATS[source.kind]
    entries = source.edition(moments)
    body = form.write(source, entries, base + source.path)
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


def _front_page(base: str, at: datetime) -> Page:
    links = "\n".join(
        f'<link rel="alternate" type="{_FORMATS[s.kind].media_type.partition(";")[0]}" '
        f'title="{escape(s.title)}" href="{base}{s.path}">'
        for s in sources()
    )
    items = "\n".join(f'<li><a href="{base}{s.path}">{escape(s.title)}</a></li>' for s in sources())
    html = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"<title>Media Reader demo</title>\n{links}\n</head>\n"
        f"<body><h1>Sample feeds</h1>\n<ul>\n{items}\n</ul></body></html>\n"
    )
    return Page(html.encode(), "text/html; charset=utf-8", at)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a reader may open all its connections at once
    pages: Mapping[str, Page] = {}

    def handle_error(self, *_: object) -> None:
        """A reader may stop in the middle of an answer; that is its own affair."""
        _LOG.debug("an answer of the demo server was broken off", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path)
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif self._known(page):
            self._head(HTTPStatus.NOT_MODIFIED, page)
        else:
            self._head(HTTPStatus.OK, page)
            self.wfile.write(page.body)

    def _known(self, page: Page) -> bool:
        if tags := self.headers.get("If-None-Match"):
            return page.etag in tags or tags.strip() == "*"
        since = self.headers.get("If-Modified-Since", "")
        try:
            return page.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # none, or not a date: send everything
            return False

    def _head(self, status: HTTPStatus, page: Page) -> None:
        self.send_response(status)
        self.send_header("ETag", page.etag)
        self.send_header("Last-Modified", format_datetime(page.modified.astimezone(UTC), True))
        if status is HTTPStatus.OK:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the one who fetches reports what happened."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DemoServer:
    """Serves the sample feeds on a free port of 127.0.0.1 while entered; round 1 is out at once."""

    def __init__(self, clock: Callable[[], datetime] = _utc_now) -> None:
        self._clock = clock
        self._moments: dict[int, datetime] = {}
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="demo-server", daemon=True
        )

    @property
    def address(self) -> str:
        """The front page, which announces every feed; without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def feeds(self) -> list[DemoFeed]:
        return [DemoFeed(self.address + source.path, source.folder) for source in sources()]

    def publish(self, round: int) -> None:  # noqa: A002 - the word for it
        """Bring out this round and those before it; what is already out keeps its dates."""
        if round not in ROUNDS:
            raise ValueError(f"the demo has the rounds {ROUNDS}, not {round}")
        now = self._clock()
        for number in range(1, round + 1):
            self._moments.setdefault(number, now)
        pages = {s.path: render(s, self._moments, self.address) for s in sources()}
        self._server.pages = {"/": _front_page(self.address, self._moments[1]), **pages}

    def __enter__(self) -> Self:
        self.publish(1)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
