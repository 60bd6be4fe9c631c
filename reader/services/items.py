"""A feed's items as they are compared and stored: keys, dates and snippets. Pure."""

from collections.abc import Sequence
from datetime import datetime

from reader.domain.article import ParsedItem, Texts
from reader.domain.decide import MODES, Candidate, distinct_keys, usable_mode
from reader.domain.imprint import Imprint
from reader.feeds.dates import plausible
from reader.store.database import to_ms_or_none

SNIPPET = 200
"""Code points of an article's text that a list may show."""


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
