"""A feed's items as they are compared and stored: keys, dates and snippets. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from reader.domain.article import ParsedItem, Texts
from reader.domain.decide import MODES, Candidate, distinct_keys, usable_mode
from reader.feeds.dates import plausible
from reader.feeds.identity import canonical_url, content_hash, hash64, item_keys
from reader.store.database import to_ms_or_none

SNIPPET = 200
"""Code points of an article's text that a list may show."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def candidates(
    mode: str, items: Sequence[ParsedItem], now: datetime
) -> tuple[str, list[Candidate]]:
    """The items as they are compared, and the first mode from `mode` on that tells them apart."""
    contents = [content_hash(item) for item in items]
    offered = [item_keys(item, content) for item, content in zip(items, contents, strict=True)]
    keys = {name: [hash64(_best_key(one, name)) for one in offered] for name in MODES}
    mode = usable_mode(mode, keys, contents)
    return mode, [
        Candidate(
            key=key,
            url_key=hash64(canonical_url(item.url)) if names_a_page(item.url) else None,
            content=content,
            title=item.texts.title,
            published=to_ms_or_none(published(item, now)),
            size=len(item.texts.lead) + len(item.texts.body),
        )
        for item, key, content in zip(
            items, distinct_keys(mode, keys, contents), contents, strict=True
        )
    ]


def _best_key(offered: dict[str, str], mode: str) -> str:
    """The key for `mode`; an item that lacks what it needs gets the next kind it has."""
    return next(offered[name] for name in MODES[MODES.index(mode) :] if name in offered)


def names_a_page(url: str) -> bool:
    """Whether a link can identify an article: one to a site's front page cannot."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def published(item: ParsedItem, now: datetime) -> datetime | None:
    """None when the date is missing or absurd."""
    if item.published is None or not plausible(item.published, now):
        return None
    return item.published


def snippet(texts: Texts) -> str:
    """The first words in one line."""
    words = " ".join((texts.lead or texts.body)[: 2 * SNIPPET].split())
    if len(words) <= SNIPPET:
        return words
    return words[:SNIPPET].rsplit(" ", 1)[0].rstrip(",;:–—-. ") + "…"
