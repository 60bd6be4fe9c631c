"""Feeds a web page announces, or at least links to."""

import html as entities
import re

from reader.feeds.clean import line
from reader.feeds.links import absolute

_LONGEST_PAGE = 1_000_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_VALUES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_LINK = re.compile(rf"<link\b({_VALUES})>", re.IGNORECASE)
_BASE = re.compile(rf"<base\b({_VALUES})>", re.IGNORECASE)
_ANCHOR = re.compile(rf"<a\b({_VALUES})>([^<]{{0,200}})", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-zA-Z][a-zA-Z:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""",
)
_FEED_TYPES = frozenset(
    f"application/{name}" for name in ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "x-rss+xml")
) | {"text/rss", "text/rss+xml"}
_VAGUE_TYPES = frozenset({"application/json", "application/xml", "text/xml"})
"""Types of feeds and of many other things: believed when the address looks like a feed's."""
_FEED_LIKE = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feeds?|rdf|index\.xml)(?:2|\d\.\d)?(?:\.(?:xml|json|php|aspx?))?/?"
    r"(?:[?#]|$)|/feeds?/[\w/.-]+$|[?&](?:feed|format|output)=(?:rss|atom)|\.(?:rss|atom|rdf)(?:\?|$)",
    re.IGNORECASE,
)
_FEED_HOST = re.compile(r"https?://feeds?\.", re.IGNORECASE)


def feeds_in(html: str, base: str) -> tuple[tuple[str, str], ...]:
    """(address, title) of every feed the page at `base` announces, in its order, each once.

    When it announces none: links on it whose address looks like a feed's.
    """
    page = _SCRIPT.sub(" ", _COMMENT.sub(" ", html[:_LONGEST_PAGE]))
    if found := _BASE.search(page):
        base = absolute(_attributes(found[1]).get("href", ""), base) or base
    found_feeds = _announced(page, base) or _linked(page, base)
    return tuple((url, title) for url, title in found_feeds.items())


def _announced(page: str, base: str) -> dict[str, str]:
    feeds: dict[str, str] = {}
    for found in _LINK.finditer(page):
        link = _attributes(found[1])
        url = absolute(_web_form(link.get("href", "")), base)
        if url and _announces(link, url):
            feeds.setdefault(url, line(link.get("title", "")))
    return feeds


def _announces(link: dict[str, str], url: str) -> bool:
    relations = link.get("rel", "").lower().split()
    kind = link.get("type", "").partition(";")[0].strip().lower()
    if "feed" in relations:
        return True
    if "alternate" not in relations or "stylesheet" in relations:
        return False
    return kind in _FEED_TYPES or (kind in _VAGUE_TYPES and _FEED_LIKE.search(url) is not None)


def _linked(page: str, base: str) -> dict[str, str]:
    feeds: dict[str, str] = {}
    for found in _ANCHOR.finditer(page):
        link = _attributes(found[1])
        url = absolute(_web_form(link.get("href", "")), base)
        if url and (_FEED_LIKE.search(url) or _FEED_HOST.match(url)):
            feeds.setdefault(url, line(found[2]) or line(link.get("title", "")))
    return feeds


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): entities.unescape(double or single or bare)
        for name, double, single, bare in reversed(_ATTRIBUTE.findall(text))
    }


def _web_form(href: str) -> str:
    """`feed:https://…` and `feed://…` as browsers once took them."""
    href = href.strip()
    if href[:5].lower() != "feed:":
        return href
    return f"http:{href[5:]}" if href[5:7] == "//" else href[5:]
