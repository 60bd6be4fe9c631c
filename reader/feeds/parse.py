"""A fetched body read as a feed, whatever the server called it.

The only module that knows feedparser; its dictionaries stop here. What a document is, is decided by
its content. An odd item costs at most itself, never the feed.
"""

import logging
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from reader.domain.article import ParsedItem
from reader.domain.feed import ParsedFeed
from reader.errors import FeedError, NotAFeedError
from reader.feeds import jsonfeed, syndication
from reader.feeds.clean import line
from reader.feeds.decode import to_text
from reader.feeds.discover import feeds_in
from reader.feeds.items import RawItem, item
from reader.feeds.language import normal
from reader.feeds.links import absolute, host
from reader.feeds.unchanged import reduced

_LOG = logging.getLogger(__name__)
_SEARCHED = 100_000  # characters in which a feed may begin after what should not be there

_MAGIC = (
    (b"\x1f\x8b", "compressed data (gzip)"), (b"PK\x03\x04", "a ZIP archive"),
    (b"%PDF", "a PDF document"), (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"), (b"RIFF", "an image or sound"), (b"ID3", "a sound"),
    (b"\x28\xb5\x2f\xfd", "compressed data (zstd)"), (b"\xfd7zXZ", "compressed data (xz)"),
    (b"BZh", "compressed data (bzip2)"), (b"\x7fELF", "a program"),
)  # fmt: skip
_PREFACE = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\b[^<>\[]*(?:\[.*?\]\s*)?>)+", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_FEED_ROOT = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|RDF)\b[^<>]*>")
_HTML_ROOT = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|title|meta|div|p|h1)\b", re.IGNORECASE
)
_OTHER_XML = {
    "opml": "a list of feeds (OPML); import it as a file",
    "urlset": "a site map, which is no feed",
    "sitemapindex": "a site map, which is no feed",
    "channel": "a channel definition (CDF), a format no longer in use",
    "svg": "an image",
    "error": "an error message of the server",
}


def parse(
    body: bytes, content_type: str, url: str, known: Container[int] = frozenset()
) -> ParsedFeed:
    """The feed in `body`, which was fetched from `url`.

    At most `items.MOST_ITEMS` items, in the feed's order, without those that are written as one of
    the hashes in `known` says, where that can be told. A feed without items is a feed.
    Raises NotAFeedError for a web page, with the feeds it announces, and FeedError of kind "empty"
    or "broken" for everything else.
    """
    if not body.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FeedError(f"{host(url)} sent an empty body; try again later.", "empty", url)
    for magic, what in _MAGIC:
        if body.startswith(magic):
            raise _broken(f"sent {what}, not a feed; check the address", url)
    text, _ = to_text(body, content_type)
    start = text.lstrip("\ufeff\0 \t\r\n")
    if start[:1] in {"{", "["}:
        return _json(start, url)
    return _markup(start, url, known)


def _json(text: str, url: str) -> ParsedFeed:
    head, raw, problem = jsonfeed.read(text, url)
    return _feed(head, raw, "json", problem, url)


def _markup(text: str, url: str, known: Container[int]) -> ParsedFeed:
    document, problem = _document(text, url)
    part = reduced(document, url, known)
    read = syndication.read(part.document, url)
    damaged = not read.kind or (read.problem and not read.items)
    if damaged and part.known:  # what was left out may have been what is good in it
        return _markup(text, url, frozenset())
    if damaged:
        raise _broken(f"sent a feed that is damaged ({read.problem or 'nothing in it'})", url)
    made = _feed(read.head, read.items, read.kind, problem or read.problem, url, part.written)
    return replace(made, known=part.known)


def _document(text: str, url: str) -> tuple[str, str]:
    """The text from where the feed begins, and what was wrong before it. Raises for non-feeds."""
    preface = _PREFACE.match(text)
    start = preface.end() if preface else 0
    root = _ROOT.match(text, start)
    if root and _FEED_ROOT.match(text, start):
        return text, ""
    if root and root[1].rpartition(":")[2].lower() in _OTHER_XML:
        raise _other(root[1], url)
    page = _HTML_ROOT.search(text[: start + 2000])
    if page and (not root or page.start() <= start or root[1].lower() == "html"):
        raise _page(text, url)
    if found := _FEED_ROOT.search(text[:_SEARCHED]):
        return text[found.start() :], "There is something else before the feed begins."
    if page:
        raise _page(text, url)
    if root:
        raise _other(root[1], url)
    shown = " ".join(text[:200].split())[:40]
    raise _broken(f"sent text that is no feed ({shown!r}); check the address", url)


def _page(text: str, url: str) -> NotAFeedError:
    found = feeds_in(text, url)
    advice = "choose one of the feeds it announces" if found else "and it announces no feed"
    return NotAFeedError(f"{host(url)} sent a web page, not a feed; {advice}.", url, found)


def _other(root: str, url: str) -> FeedError:
    what = f"XML that is no feed (<{root[:40]}>); check the address"
    return _broken(f"sent {_OTHER_XML.get(root.rpartition(':')[2].lower(), what)}", url)


def _broken(what: str, url: str) -> FeedError:
    return FeedError(f"{host(url)} {what}.", "broken", url)


def _feed(
    head: dict[str, str], raw: Iterable[RawItem], kind: str, problem: str, url: str,
    written: Sequence[int] = (),
) -> ParsedFeed:  # fmt: skip
    language, entries = normal(head["language"]), list(raw)
    if len(written) != len(entries):  # which is which is not certain
        written = [0] * len(entries)
    items, lost = _items(zip(entries, written, strict=True), url, language)
    if lost:
        problem = f"{lost} of its items cannot be read."
    return ParsedFeed(
        title=line(head["title"])[:500],
        site_url=absolute(head["site_url"], url),
        language=language,
        items=items,
        kind=kind,
        problem=problem,
    )


def _items(
    raw: Iterable[tuple[RawItem, int]], url: str, language: str
) -> tuple[tuple[ParsedItem, ...], int]:
    items, lost = [], 0
    for one, written in raw:
        try:
            made = item(one, url, language)
        except Exception:  # noqa: BLE001 - whatever is in an item, it must not cost the others
            _LOG.warning("An item of %s cannot be read", host(url), exc_info=True)
            lost += 1
        else:
            items += [replace(made, written=written)] if made else []
    return tuple(items), lost
