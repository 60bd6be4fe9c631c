"""A feed's items as they are compared and stored: keys, dates and snippets. Pure."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from reader.domain.article import ParsedItem, Texts
from reader.domain.decide import MODES, Candidate, distinct_keys, usable_mode
from reader.domain.imprint import Imprint
from reader.feeds.dates import plausible
from reader.feeds.identity import canonical_url, content_hash, hash64, item_keys
from reader.store.database import to_ms_or_none

SNIPPET = 200
"""Code points of an article's text that a list may show."""


def imprint(item: ParsedItem) -> Imprint:
    content = content_hash(item)
    offered = item_keys(item, content)
    guid, date, title, text = (hash64(_best_key(offered, name)) for name in MODES)
    url_key = hash64(canonical_url(item.url)) if names_a_page(item.url) else None
    return Imprint((guid, date, title, text), url_key, content, item.written)


def candidates(
    mode: str, items: Sequence[ParsedItem | None], imprints: Sequence[Imprint], now: datetime
) -> tuple[str, list[Candidate]]:
    """The items as they are compared, and the first mode from `mode` on that tells them apart.

    None: of that item only the imprint is known.
    """
    contents = [one.content for one in imprints]
    keys = {name: [one.keys[place] for one in imprints] for place, name in enumerate(MODES)}
    mode = usable_mode(mode, keys, contents)
    return mode, [
        _candidate(item, key, one, now)
        for item, key, one in zip(items, distinct_keys(mode, keys, contents), imprints, strict=True)
    ]


def _candidate(item: ParsedItem | None, key: int, one: Imprint, now: datetime) -> Candidate:
    if item is None:
        return Candidate(key, one.url_key, one.content, title="", published=None, size=0)
    return Candidate(
        key=key,
        url_key=one.url_key,
        content=one.content,
        title=item.texts.title,
        published=to_ms_or_none(published(item, now)),
        size=len(item.texts.lead) + len(item.texts.body),
    )


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
