"""JSON Feed 1.0 and 1.1, read by us: every field may be missing, null or of another type."""

import json
from typing import Any

from reader.errors import FeedError
from reader.feeds.items import MOST_ITEMS, Markup, RawItem
from reader.feeds.links import host

_SPEC = "jsonfeed.org/version/"


def read(text: str, url: str) -> tuple[dict[str, str], list[RawItem], str]:
    """(title, site_url, language of the feed), its items, and what was wrong with it.

    Raises FeedError "broken" when `text` is no JSON, or JSON of another kind.
    """
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as problem:
        sentence = f"{host(url)} sent JSON that is damaged; try again later."
        raise FeedError(sentence, "broken", url) from problem
    if not isinstance(feed, dict) or not _is_feed(feed):
        sentence = f"{host(url)} sent JSON that is no JSON Feed; check the address."
        raise FeedError(sentence, "broken", url)
    entries = feed.get("items")
    entries = entries if isinstance(entries, list) else []
    items = [_item(entry, feed) for entry in entries[:MOST_ITEMS] if isinstance(entry, dict)]
    head = {
        "title": _text(feed.get("title")),
        "site_url": _text(feed.get("home_page_url")),
        "language": _text(feed.get("language")),
    }
    return head, items, _problem(feed, len(entries[:MOST_ITEMS]) - len(items))


def _is_feed(feed: dict[str, Any]) -> bool:
    if _SPEC in _text(feed.get("version")):
        return True
    return isinstance(feed.get("items"), list) and bool(_text(feed.get("title")))


def _problem(feed: dict[str, Any], lost: int) -> str:
    if lost:
        return f"{lost} of its items cannot be read."
    return "" if _SPEC in _text(feed.get("version")) else "It does not say which version it is."


def _item(entry: dict[str, Any], feed: dict[str, Any]) -> RawItem:
    html, text = _text(entry.get("content_html")), _text(entry.get("content_text"))
    content = Markup(html) if html.strip() else Markup(text, is_html=False)
    return RawItem(
        guid=_text(entry.get("id")),
        url=_text(entry.get("url")) or _text(entry.get("external_url")),
        title=Markup(_text(entry.get("title")), is_html=False),
        summary=Markup(_text(entry.get("summary")), is_html=False),
        contents=(content,) if content.value.strip() else (),
        authors=_authors(entry) or _authors(feed),
        date=_text(entry.get("date_published")) or _text(entry.get("date_modified")),
        language=_text(entry.get("language")),
        categories=tuple(filter(None, map(_text, _list(entry.get("tags"))))),
    )


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    """1.1 has a list, 1.0 had one; some feeds write just the name."""
    listed = _list(holder.get("authors")) or [holder.get("author")]
    names = (a.get("name") if isinstance(a, dict) else a for a in listed)
    return tuple(filter(None, map(_text, names)))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Strings as they are, numbers as a publisher meant them (ids), all else as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""
