"""What a feed says, beside what is stored: a decision for each of its items.

Items that were left out because the feed had said them before take part by their imprints: an
article is given to one item only, and a link counts only when no other item has it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.domain.decide import Candidate, Decision, KnownArticle, Verdict, decide
from reader.domain.feed import Feed, ParsedFeed
from reader.domain.imprint import Imprint, UnknownItemError
from reader.feeds.identity import imprint
from reader.services.items import candidates
from reader.store.store import Store


@dataclass(frozen=True, slots=True)
class Comparison:
    """`compared`, `decisions`: of the items that were read, in their order. `twins`: articles of
    this feed by their text. `unchanged`: how many of those left out are still there. `imprints`:
    of all by which the items can be left out the next time."""

    mode: str
    compared: list[Candidate]
    decisions: list[Decision]
    twins: Mapping[int, Sequence[KnownArticle]]
    unchanged: int
    imprints: list[Imprint]


def compare(store: Store, feed: Feed, parsed: ParsedFeed, now: datetime) -> Comparison:
    """UnknownItemError when an item was left out that the library does not hold as it is."""
    known = _remembered(store, feed, parsed.known)
    read = [item.imprint or imprint(item) for item in parsed.items]
    items = [*(None for _ in known), *parsed.items]
    mode, all_ = candidates(feed.identity, items, [*known, *read], now)
    left_out, compared = all_[: len(known)], all_[len(known) :]
    articles = store.articles
    by_key = articles.known(feed.id, [one.key for one in all_])
    if not all(_is_stored(one, by_key) for one in left_out):
        raise UnknownItemError
    twins = articles.twins(feed.id, [one.content for one in compared])
    links = [one.url_key for one in compared if one.url_key is not None]
    decided = decide(all_, by_key, articles.by_url(feed.id, links), twins)
    decisions = decided[len(known) :]
    return Comparison(
        mode,
        compared,
        decisions,
        twins,
        sum(one.verdict is Verdict.SAME for one in decided[: len(known)]),
        [*known, *(one for one, made in zip(read, decisions, strict=True) if _can_wait(one, made))],
    )


def _remembered(store: Store, feed: Feed, written: Sequence[int]) -> list[Imprint]:
    if not written:
        return []
    held = store.imprints.of(feed.id)
    try:
        return [held[one] for one in written]
    except KeyError as problem:
        raise UnknownItemError from problem


def _is_stored(one: Candidate, by_key: Mapping[int, KnownArticle]) -> bool:
    held = by_key.get(one.key)
    return held is not None and held.content == one.content


def _can_wait(one: Imprint, decision: Decision) -> bool:
    """Of what was deleted, what the feed said last is not kept."""
    return bool(one.written) and decision.verdict is not Verdict.DELETED
