"""RSS, RDF and Atom through feedparser, given back as plain `RawItem` values.

feedparser gets bytes we decoded ourselves, cleans nothing and resolves no address: it has no
document address to resolve by, so identities stay as the feed wrote them.
"""

import html as entities
import io
import re
import xml.sax
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import feedparser
import feedparser.mixin

from reader.feeds.items import MOST_ITEMS, Markup, RawItem
from reader.feeds.links import absolute, is_web

_KINDS = {"rss090": "rdf", "rss10": "rdf"}
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/xhtml", "html", "xhtml"})
_PROLOG = re.compile(r"\A\s*<\?xml\b.*?\?>", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CHARREF = re.compile(r"&#(x[0-9a-fA-F]{1,40}|[0-9]{1,40});?")
_ITEM = re.compile(r"<((?:[\w-]+:)?(?:item|entry))\b[^<>]*>.*?</\1\s*>", re.DOTALL)
_TITLE_TAGS = re.compile(
    r"<(?:br|img|wbr|hr)\b[^<>]*>|<(b|i|em|strong|u|s|a|span|font|sub|sup|small|cite|q|code|p|div)"
    r"\b[^<>]*>.*?</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}

# WORKAROUND: feedparser resolves relative ids against xml:base, and so changes an item's identity
# when the base moves (https://github.com/kurtmckee/feedparser, mixin.py: can_be_relative_uri).
feedparser.mixin._FeedParserMixin.can_be_relative_uri.discard("id")  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Read:
    """`kind` "" when it was no feed. `problem`: what is wrong with the document, or ""."""

    kind: str
    head: dict[str, str]
    items: list[RawItem] = field(default_factory=list)
    problem: str = ""


def read(text: str, url: str) -> Read:
    """The feed in a document that begins with its root element (prolog and comments apart)."""
    document = _mended(text)
    try:
        result = _parsed(document)
    except Exception as problem:  # noqa: BLE001 - feedparser lets odd input through to its bugs
        return _piecewise(document, url, problem)
    return _read(result, url)


def _mended(text: str) -> str:
    """Without what no XML may hold: control characters, and references to such."""
    return _CHARREF.sub(_valid_charref, _CONTROL.sub("", _PROLOG.sub("", text, count=1)))


def _valid_charref(found: re.Match[str]) -> str:
    digits = found[1]
    code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    printable = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return found[0] if printable or 0x10000 <= code <= 0x10FFFF else ""


def _parsed(document: str) -> Any:
    return feedparser.parse(  # never text: feedparser would take it for a file or an address
        io.BytesIO(document.encode("utf-8", "replace")),
        response_headers=_HEADERS,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _piecewise(document: str, url: str, problem: Exception) -> Read:
    """Every item alone within the feed's head, after the whole made feedparser stumble."""
    first = _ITEM.search(document)
    head = document[: first.start()] if first else document
    items: list[RawItem] = []
    kind, top = "", {"title": "", "site_url": "", "language": ""}
    for found in list(_ITEM.finditer(document))[:MOST_ITEMS]:
        try:
            part = _read(_parsed(head + found[0]), url)
        except Exception:  # noqa: BLE001, S112 - this is the item we are looking for
            continue
        kind, top = part.kind, part.head
        items += part.items
    return Read(kind, top, items, f"it confuses the parser: {type(problem).__name__}")


def _read(result: Any, url: str) -> Read:
    version = str(result.get("version") or "")
    feed = result["feed"]
    head = {
        "title": _markup(feed, "title", version).line(),
        "site_url": _link(feed),
        "language": _text(feed, "language"),
    }
    authors = _feed_authors(feed, version)
    items = [_item(e, version, url, authors) for e in result["entries"][:MOST_ITEMS]]
    kind = _KINDS.get(version, version[:4] if version.startswith("atom") else "rss")
    known = bool(version) and version != "cdf"
    return Read(kind if known or items else "", head, items, _problem(result))


def _problem(result: Any) -> str:
    if not result.get("bozo"):
        return ""
    problem = result.get("bozo_exception")
    if isinstance(problem, xml.sax.SAXParseException):
        return f"line {problem.getLineNumber() or 1}: {problem.getMessage()}"
    return " ".join(str(problem).split())[:160] or "it is not well-formed"


def _item(entry: Any, version: str, url: str, inherited: tuple[str, ...]) -> RawItem:
    contents = tuple(_content(c, url) for c in entry.get("content") or () if c.get("value"))
    return RawItem(
        guid=_text(entry, "id"),
        url=_link(entry),
        title=_markup(entry, "title", version),
        summary=_summary(entry, url),
        contents=contents,
        authors=_authors(entry) or inherited,
        date=_date(entry),
        language=_language(entry),
        categories=tuple(_categories(entry)),
    )


def _text(holder: Any, key: str) -> str:
    """The value as written. Never `holder.get`: feedparser's invents values from other keys."""
    value = dict.get(holder, key)
    return value if isinstance(value, str) else ""


def _date(entry: Any) -> str:
    keys = ("published", "created", "updated")
    return next((date for key in keys if (date := _text(entry, key).strip())), "")


def _link(holder: Any) -> str:
    """The page meant for readers; a sound or video only when there is no page."""
    original = _text(holder, "feedburner_origlink")
    if original.startswith(("http://", "https://")):
        return original
    link = _text(holder, "link")
    if link and (link != _text(holder, "id") or is_web(link)):
        return link  # feedparser takes an identity for a link, also when it is just a number
    links = [one for one in dict.get(holder, "links") or () if one.get("href")]
    for relation in ("alternate", "enclosure"):
        for one in links:
            if one.get("rel") == relation:
                return str(one["href"])
    return ""


def _markup(holder: Any, key: str, version: str) -> Markup:
    """A title: Atom says whether it is HTML, in RSS one has to look."""
    value = _text(holder, key)
    detail = dict.get(holder, f"{key}_detail") or {}
    if version.startswith("atom"):
        return Markup(value, is_html=detail.get("type") in _HTML_TYPES)
    return Markup(value, is_html=_looks_like_html(value))


def _looks_like_html(value: str) -> bool:
    """Elements that are closed or empty, or references; "a < b" and "the <b> tag" are text."""
    if "<" in value and _TITLE_TAGS.search(value):
        return True
    return any(entities.unescape(one) != one for one in _ENTITY.findall(value))


def _summary(entry: Any, url: str) -> Markup:
    detail = dict.get(entry, "summary_detail") or {}
    value = _text(entry, "summary")
    if not value:
        return Markup()
    return Markup(value, detail.get("type", "text/html") in _HTML_TYPES, _base(detail, url))


def _content(content: Any, url: str) -> Markup:
    kind = content.get("type", "text/html")
    return Markup(str(content["value"]), kind in _HTML_TYPES, _base(content, url))


def _base(detail: Any, url: str) -> str:
    """xml:base, where the feed has one; else the caller's."""
    return absolute(str(detail.get("base") or ""), url)


def _authors(entry: Any) -> tuple[str, ...]:
    listed = [a for a in dict.get(entry, "authors") or () if a]
    names = [str(a.get("name") or a.get("email") or "") for a in listed]
    return tuple(filter(None, names)) or tuple(filter(None, [_text(entry, "author")]))


def _feed_authors(feed: Any, version: str) -> tuple[str, ...]:
    """Entries of Atom inherit them; what RSS has in that place is an editor."""
    return _authors(feed) if version.startswith("atom") else ()


def _language(entry: Any) -> str:
    for detail in (*(dict.get(entry, "content") or ()), dict.get(entry, "title_detail") or {}):
        if detail.get("language"):
            return str(detail["language"])
    return _text(entry, "language")


def _categories(entry: Any) -> Iterator[str]:
    for tag in dict.get(entry, "tags") or ():
        yield str(tag.get("label") or tag.get("term") or "")
