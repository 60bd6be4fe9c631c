"""Where words stand to each other in many documents at once: `places`, with whole arrays.

A key is `document << 32 | position`. Two keys of different documents, or of different regions of
one text, are always farther apart than any distance that a query may name; so nothing here has to
ask where a document ends. Every array is int64.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]

SHIFT = 32
NO_KEYS: Keys = np.empty(0, dtype=np.int64)
_FEW = 32
"""An array so many times shorter than another is looked up in it rather than merged with it."""
_MANY = 1_000
"""So many numbers are worth a step for less work in the next."""
_WIDTH = 13
"""Bits for the width of a place when it is sorted as one number with its first word."""
_END = np.iinfo(np.int64).max


class Crowded(Exception):  # noqa: N818 - not an error: the same work succeeds with fewer documents
    """There are more places than may be in hand at once."""


class Spans(NamedTuple):
    """Places: the keys of their first and last words. By first, then last; each once."""

    first: Keys
    last: Keys


def single(keys: Keys) -> Spans:
    """Each word for itself; `keys` ascending and unique."""
    return Spans(keys, keys)


def distinct(keys: Keys) -> Keys:
    """Each value of an ascending array once."""
    return keys if len(keys) < 2 else keys[firsts(keys)]


def firsts(keys: NDArray[Any]) -> NDArray[np.bool_]:
    """Which values of an ascending array differ from the one before."""
    new = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return new


def either(parts: Sequence[Spans]) -> Spans:
    """All places of all parts."""
    return parts[0] if len(parts) == 1 else _merged(parts)


def together(parts: Sequence[Keys]) -> Keys:
    """All keys of all parts, ascending, each once."""
    parts = [part for part in parts if len(part)]
    if len(parts) < 2:
        return parts[0] if parts else NO_KEYS
    return distinct(np.sort(np.concatenate(parts), kind="stable"))


def chain(slots: Sequence[Keys], joins: Sequence[Keys], between: int, most: int) -> Spans:
    """Every place where the slots follow each other with at most `between` words in each gap.

    `joins[i]`: where slots i and i + 1 are neighbouring parts of one compound, at one position.
    Crowded when that needs more than `most` places.
    """
    found = single(slots[0])
    for keys, compounds in zip(slots[1:], joins, strict=True):
        longer = [_after(found, single(keys), found.last + (between + 2), most)]
        if len(compounds):
            inside = _member(found.last, compounds)
            longer.append(Spans(found.first[inside], found.last[inside]))
        found = _merged(longer)
    return found


def chain_begins(slots: Sequence[Keys], joins: Sequence[Keys], between: int) -> Keys:
    """The first words of all places of `chain`, without making the places."""
    alive = slots[-1]
    for keys, compounds in zip(reversed(slots[:-1]), reversed(joins), strict=True):
        found = _with_one_behind(keys, alive, between)
        if len(compounds):
            found = together([found, common(common(keys, compounds), alive)])
        alive = found
    return alive


def common(a: Keys, b: Keys) -> Keys:
    """What is in both; merging two ascending arrays is what a stable sort is quickest at."""
    small, large = (a, b) if len(a) < len(b) else (b, a)
    found: Keys
    if len(small) * _FEW < len(large):
        return small[_has_after(small - 1, large, small + 1)]
    merged = np.concatenate([small, large])
    merged.sort(kind="stable")
    found = merged[:-1][merged[1:] == merged[:-1]]
    return found


def near(left: Spans, right: Spans, between: int, ordered: bool, most: int) -> Spans:
    """Every place that holds one of each with at most `between` words in the gap."""
    found = [_after(left, right, left.last + (between + 2), most)]
    if not ordered:
        found.append(_after(right, left, right.last + (between + 2), most))
    return _merged(found)


def near_begins(left: Spans, right: Spans, between: int, ordered: bool) -> Keys:
    """The first words of all places of `near`, without making the places."""
    if left.first is left.last and right.first is right.last:
        sides = np.concatenate([left.first << 1, right.first << 1 | 1])
        sides.sort(kind="stable")
        known = words_near(sides, between, ordered)
        if known is not None:
            return known
    found = [_begins(left, right, left.last + (between + 2))]
    if not ordered:
        found.append(_begins(right, left, right.last + (between + 2)))
    return together(found)


def sentence(left: Spans, right: Spans, sentences: Keys, most: int) -> Spans:
    """Every place that holds one of each, one wholly after the other, in one sentence.

    `sentences`: the keys of the words that begin one, at least in the documents of both sides.
    """
    left, left_end = _one_sentence(left, sentences)
    right, right_end = _one_sentence(right, sentences)
    return _merged([_after(left, right, left_end, most), _after(right, left, right_end, most)])


def sentence_begins(left: Spans, right: Spans, sentences: Keys) -> Keys:
    """The first words of all places of `sentence`, without making the places."""
    left, left_end = _one_sentence(left, sentences)
    right, right_end = _one_sentence(right, sentences)
    return together([_begins(left, right, left_end), _begins(right, left, right_end)])


def apart(these: Spans, others: Spans) -> Spans:
    """Those of `these` that share no word with any of the others."""
    if not len(others.first):
        return these
    upto = np.searchsorted(others.first, these.last, "right")
    reached = np.maximum.accumulate(others.last)[np.maximum(upto - 1, 0)]
    kept = (upto == 0) | (reached < these.first)
    return Spans(these.first[kept], these.last[kept])


def documents(keys: Keys) -> NDArray[np.uint32]:
    """The documents of ascending keys, each once."""
    return distinct(keys >> SHIFT).astype(np.uint32)


def last_upto(
    values: NDArray[Any], low: NDArray[np.int64], count: NDArray[Any], wanted: NDArray[Any]
) -> NDArray[np.int64]:
    """The index of the last of each stretch of `values` that is not above what is `wanted` of it.

    A stretch begins at `low`, and its `count` of values, at least one, ascend; where all of them
    are above, its first. All stretches are halved at once, and the short ones left when done.
    """
    low, count = low.copy(), count.astype(np.int32)  # the narrower, the faster
    wanted = np.clip(wanted, 0, np.iinfo(values.dtype).max).astype(values.dtype)
    while (open_ := np.count_nonzero(count > 1)) * 2 > len(low) or 0 < open_ < _MANY:
        half = count >> 1
        count -= half
        half *= values.take(low + half) <= wanted
        low += half
    if open_:
        rest = (count > 1).nonzero()[0]
        low[rest] = last_upto(values, low.take(rest), count.take(rest), wanted.take(rest))
    return low


def _one_sentence(found: Spans, sentences: Keys) -> tuple[Spans, Keys]:
    """The places within one sentence, and for each the key at which the next one begins."""
    ends = np.append(sentences, _END)[np.searchsorted(sentences, found.first, "right")]
    kept = found.last < ends
    return Spans(found.first[kept], found.last[kept]), ends[kept]


def _after(left: Spans, right: Spans, reach: Keys, most: int) -> Spans:
    """From each left place to every right one that begins behind it and before `reach`.

    In no order, and some perhaps more than once.
    """
    low = np.searchsorted(right.first, left.last, "right")
    counts = np.searchsorted(right.first, reach, "left") - low
    total = int(counts.sum())
    if total > most:
        raise Crowded
    ends = np.cumsum(counts)
    which = np.repeat(low - ends + counts, counts) + np.arange(total)
    return Spans(np.repeat(left.first, counts), right.last[which])


def words_near(sides: Keys, between: int, ordered: bool) -> Keys | None:
    """`near_begins` of single words, given as `key << 1 | whether it is of the right`, ascending.

    None when some of both sides stand at one position.
    """
    keys, gaps = _gaps(sides)
    if not gaps.all():
        return None
    kept = gaps <= between + 1
    if ordered:
        kept &= sides[: len(keys)] & 1 == 0
    return distinct(keys[kept])


def words_together(sides: Keys, begun: Callable[[Keys], Keys]) -> Keys | None:
    """`sentence_begins` of single words, given and refused as for `words_near`.

    `begun` tells of ascending keys which words begin the sentences in which they stand.
    """
    keys, gaps = _gaps(sides)
    if not gaps.all():
        return None
    behind = keys + gaps
    here = ((behind ^ keys) >> SHIFT == 0).nonzero()[0]
    keys, behind = keys.take(here), behind.take(here)
    new = firsts(behind)
    starts = begun(behind[new]).take(np.cumsum(new) - 1)
    return distinct(keys[keys >= starts])


def _gaps(sides: Keys) -> tuple[Keys, Keys]:
    """All but the last run of words of one side, and how far it is to the next of the other."""
    ends = ((sides[1:] ^ sides[:-1]) & 1).nonzero()[0]
    if not len(ends):
        return NO_KEYS, NO_KEYS
    lengths = ends + 1
    lengths[1:] -= lengths[:-1].copy()
    keys = sides[: ends[-1] + 1] >> 1
    gaps = np.repeat(sides.take(ends + 1) >> 1, lengths)
    gaps -= keys
    return keys, gaps


def _begins(left: Spans, right: Spans, reach: Keys) -> Keys:
    return distinct(left.first[_has_after(left.last, right.first, reach)])


def _with_one_behind(keys: Keys, others: Keys, between: int) -> Keys:
    """Those with one of `others` behind them, and at most `between` words in the gap."""
    if not between:
        return common(keys + 1, others) - 1
    return keys[_has_after(keys, others, keys + (between + 2))]


def _has_after(keys: Keys, others: Keys, reach: Keys) -> NDArray[np.bool_]:
    """Whether one of `others` (ascending) is behind each key and before its `reach`."""
    if not len(others):
        return np.zeros(len(keys), dtype=bool)
    nearest = others.take(np.searchsorted(others, keys, "right"), mode="clip")
    found: NDArray[np.bool_] = (nearest > keys) & (nearest < reach)
    return found


def _member(keys: Keys, others: Keys) -> NDArray[np.bool_]:
    """Whether each key is one of `others` (ascending)."""
    return _has_after(keys - 1, others, keys + 1)


def _merged(parts: Sequence[Spans]) -> Spans:
    """The same, where the parts may be in any order."""
    return _tidy(np.concatenate([p.first for p in parts]), np.concatenate([p.last for p in parts]))


def _tidy(first: Keys, last: Keys) -> Spans:
    """By first, then last; each once."""
    if len(first) < 2:
        return Spans(first, last)
    widths = last - first
    if widths.max() < 1 << _WIDTH and first.max() < 1 << (63 - _WIDTH):
        packed = distinct(np.sort(first << _WIDTH | widths, kind="stable"))
        first = packed >> _WIDTH
        return Spans(first, first + (packed & ((1 << _WIDTH) - 1)))
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    new = np.ones(len(first), dtype=bool)
    new[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    return Spans(first[new], last[new])
