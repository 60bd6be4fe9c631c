"""Which stored article a feed's item is: old and new in, what to write out. Pure.

The rules, in order:

1. Its key within the feed is known, with the same text: it is that article.
2. Text and date are those of another article of this feed whose own key has left the feed: the
   feed changed its ids. It is that article, under one more key. An item without any words is like
   every other, so this says nothing of it.
3. Its key is known with another text: it is that article, revised.
4. Its link is that of a stored article. From another feed, it is one article in both. From this
   feed, it is the same one only if title or date agree (else a feed whose items all link to one
   page would collapse into a single article).
5. It is new.

A link that several items of one body share, or that names only a site, identifies nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

MODES = ("guid", "link_date", "link_title", "content")
"""What tells the items of a feed apart; each is tried when the one before proved unreliable."""

CHURN_SHARE = 0.05
"""More than this share of one body under repeated keys with different texts: the keys are bad."""


class Verdict(Enum):
    NEW = "new"
    REVISED = "revised"
    SAME = "same"
    JOINED = "joined"
    """Known from another feed, or under another key; its text is left as it is."""
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item as it is compared. Hashes are signed 64-bit."""

    key: int
    url_key: int | None
    content: int
    title: str
    published: int | None
    size: int
    """Characters of text, to prefer a full text to a teaser."""


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """A stored article as it is compared; `content`: what this feed last said, where it did."""

    article_id: int
    content: int
    title: str
    published: int | None
    size: int
    in_feed: bool
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    verdict: Verdict
    article_id: int = 0
    new_key: bool = False
    """The item is to be remembered under its key."""


def usable_mode(mode: str, keys: Mapping[str, Sequence[int]], contents: Sequence[int]) -> str:
    """The first mode from `mode` on whose keys tell the items of this body apart."""
    for candidate in MODES[MODES.index(mode) :]:
        pairs = set(zip(keys[candidate], contents, strict=True))
        repeated = len(pairs) - len({key for key, _ in pairs})
        if repeated <= CHURN_SHARE * len(contents):
            return candidate
    return MODES[-1]


def distinct_keys(
    mode: str, keys: Mapping[str, Sequence[int]], contents: Sequence[int]
) -> list[int]:
    """The key of each item: of `mode`, or of the first mode after it where none of another text
    bears the same. So the few items of a good feed that share a key are told apart as well."""
    modes = MODES[MODES.index(mode) :]
    shared = {name: _shared(keys[name], contents) for name in modes}
    return [
        next((k for name in modes if (k := keys[name][i]) not in shared[name]), keys[MODES[-1]][i])
        for i in range(len(contents))
    ]


def _shared(keys: Sequence[int], contents: Sequence[int]) -> set[int]:
    texts: dict[int, int] = {}
    return {
        key for key, text in zip(keys, contents, strict=True) if texts.setdefault(key, text) != text
    }


def decide(
    items: Sequence[Candidate],
    by_key: Mapping[int, KnownArticle],
    by_url: Mapping[int, Sequence[KnownArticle]],
    twins: Mapping[int, Sequence[KnownArticle]],
) -> list[Decision]:
    """One decision per item, in order.

    `twins` maps a content hash to this feed's articles with that text. An article is given to at
    most one item of a body; a repeated key decides SAME.
    """
    links = Counter(item.url_key for item in items)
    taken = {by_key[item.key].article_id for item in items if item.key in by_key}
    seen: set[int] = set()
    decisions = []
    for item in items:
        if item.key in seen:
            decisions.append(
                Decision(Verdict.SAME, by_key[item.key].article_id if item.key in by_key else 0)
            )
            continue
        seen.add(item.key)
        decision = _decide_one(item, by_key, by_url, twins, taken, links[item.url_key] == 1)
        taken.add(decision.article_id)
        decisions.append(decision)
    return decisions


def _decide_one(
    item: Candidate,
    by_key: Mapping[int, KnownArticle],
    by_url: Mapping[int, Sequence[KnownArticle]],
    twins: Mapping[int, Sequence[KnownArticle]],
    taken: set[int],
    link_is_own: bool,
) -> Decision:
    known = by_key.get(item.key)
    if known is not None and known.content == item.content:
        return Decision(_deleted_or(Verdict.SAME, known), known.article_id)
    for twin in twins.get(item.content, ()) if item.title or item.size else ():
        if twin.article_id not in taken and twin.published == item.published:
            return Decision(_deleted_or(Verdict.JOINED, twin), twin.article_id, new_key=True)
    if known is not None:
        return Decision(_deleted_or(Verdict.REVISED, known), known.article_id)
    if item.url_key is not None and link_is_own:
        for other in by_url.get(item.url_key, ()):
            if other.article_id not in taken and _same_link_same_article(item, other):
                return _join(item, other)
    return Decision(Verdict.NEW, new_key=True)


def _same_link_same_article(item: Candidate, other: KnownArticle) -> bool:
    if not other.in_feed:
        return True
    dated = item.published is not None and item.published == other.published
    return dated or item.title == other.title


def _join(item: Candidate, other: KnownArticle) -> Decision:
    """From this feed under a new key it may have been edited too; from another feed its text is
    taken over only when ours was no more than a teaser of it."""
    changed = item.content != other.content
    better = item.size > 2 * other.size
    verdict = Verdict.REVISED if changed and (other.in_feed or better) else Verdict.JOINED
    return Decision(_deleted_or(verdict, other), other.article_id, new_key=True)


def _deleted_or(verdict: Verdict, known: KnownArticle) -> Verdict:
    return Verdict.DELETED if known.deleted else verdict
