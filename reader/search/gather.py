"""From postings to the places that a clause asks for, with as few of them in hand as can be.

Only documents that may count are read. Of a phrase, the places of its rarest word are read, and
the other words are looked up behind them among their stored positions, each in its document.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import NONE, Ordinals
from reader.search.inverted import Inverted, Mask, Wanted
from reader.search.inverted import spans as stretches
from reader.search.lookup import Found, Part
from reader.search.pack import Array
from reader.search.spans import NO_KEYS, SHIFT, Crowded, Keys, distinct, last_upto

Integers = NDArray[np.int64]
_Read = tuple[Integers, Integers, Integers, Integers]

_NOTHING: _Read = (NO_KEYS,) * 4

_FEW = 64
"""One document in so many is few: they are searched for, and not picked from all."""
_LONG = 1 << 12
"""Postings of a form that is read by itself: what is remembered of it helps the next query."""
_PIECE = 1 << 14
"""Places of a phrase's rarest word in hand at once: what is worked on stays in the cache."""


class Postings(NamedTuple):
    """Documents that hold some forms, how often, and where in `positions` those places begin.

    `weights`, where the list has them, are as stored; empty unless they were asked for. `sole`: it
    is one form at most, so that each document is there once, and they ascend.
    """

    docs: Integers
    times: Integers
    begins: Integers
    weights: Integers
    positions: Array
    sole: bool

    def some(self, at: Integers) -> "Postings":
        """Those at some indices, without their weights."""
        docs, times, begins = self.docs.take(at), self.times.take(at), self.begins.take(at)
        return Postings(docs, times, begins, NO_KEYS, self.positions, self.sole)

    def keys(self, most: int) -> Keys:
        """document << 32 | position of each place, in the order of the postings.

        Crowded when there are more than `most`.
        """
        if int(self.times.sum()) > most:
            raise Crowded
        found: Keys = np.repeat(self.docs << SHIFT, self.times)
        found |= self.positions[stretches(self.begins, self.begins + self.times)]
        return found


class Counted(NamedTuple):
    """Documents, ascending; in each how many places there are, and what these weigh.

    Nothing is said of weights where the list does not have them.
    """

    docs: Integers
    times: Integers
    weights: NDArray[Any]


def postings(found: Sequence[Found], wanted: Wanted, *, weighed: bool = False) -> Postings:
    """Of all that is asked for, of one list, in the `wanted` documents; in no order."""
    listed = found[0].listed
    batches = _batches(found, ())
    read = [_read(listed, each, wanted, weighed=weighed) for each in batches]
    joined = (_joined(each) for each in zip(*(read or [_NOTHING]), strict=True))
    docs, times, begins, weights = joined
    sole = not batches or (len(batches) == 1 and len(batches[0].left) == 1)
    return Postings(docs, times, begins, weights, listed.positions, sole)


def keys(found: Sequence[Found], wanted: Wanted, most: int) -> Keys:
    """The places of slots, ascending, each once; Crowded when there are more than `most`."""
    read = postings(found, wanted)
    places = read.keys(most)
    if read.sole:
        return places
    places.sort(kind="stable")
    return distinct(places)


def sides(left: Sequence[Found], right: Sequence[Found], wanted: Wanted, most: int) -> Keys:
    """The places of two groups of slots of one list: key << 1, and 1 more for those of the right.

    Ascending; where two forms stand at one position, twice. Crowded when there are more than
    `most`.
    """
    listed = left[0].listed
    read = [_read(listed, each, wanted, sided=True) for each in _batches(left, right)]
    docs, times, begins, _ = (_joined(each) for each in zip(*(read or [_NOTHING]), strict=True))
    if int(times.sum()) > most:
        raise Crowded
    found: Keys = listed.positions[stretches(begins, begins + times)].astype(np.int64)
    found <<= 1
    found |= np.repeat(docs, times)
    found.sort(kind="stable")
    return found


def often(found: Sequence[Found], wanted: Wanted, least: int, most: int) -> tuple[Counted, Keys]:
    """Documents with at least so many places, and those places whose weights count too often.

    A place where several forms stand is one. Nobody looks for such places in documents with one
    form, or too few. Weights are as stored. Crowded when there are more than `most` to look at.
    """
    read = postings(found, wanted, weighed=found[0].listed.weighed)
    if read.sole:
        kept = (read.times >= least).nonzero()[0]
        weights = read.weights.take(kept) if len(read.weights) else NO_KEYS
        return Counted(read.docs.take(kept), read.times.take(kept), weights), NO_KEYS
    times = np.bincount(read.docs, read.times, wanted.mask.size).astype(np.int64)
    doubtful = (times >= least) & (np.bincount(read.docs, minlength=len(times)) > 1)
    places = read.some(doubtful.take(read.docs).nonzero()[0]).keys(most)
    places.sort(kind="stable")
    again = places[1:][places[1:] == places[:-1]]
    times -= np.bincount(again >> SHIFT, minlength=len(times))
    enough = times >= least
    docs = enough.nonzero()[0]
    weights = NO_KEYS
    if len(read.weights):
        weights = np.bincount(read.docs, read.weights, len(times)).take(docs)
    return Counted(docs, times.take(docs), weights), again[enough.take(again >> SHIFT)]


def phrase(words: Sequence[Postings]) -> Keys:
    """Where the first word stands with the others right behind it, each in its order.

    Every word is `sole`, and all are in the same documents.
    """
    if not len(words[0].docs):
        return NO_KEYS
    order = sorted(range(len(words)), key=lambda at: int(words[at].times.sum()))
    rarest = words[order[0]]
    docs = rarest.docs << SHIFT
    found = []
    for piece in _pieces(rarest.times):
        times, begins = rarest.times[piece], rarest.begins[piece]
        at = rarest.positions[stretches(begins, begins + times)].astype(np.int64)
        which = np.repeat(np.arange(piece.start, piece.stop), times)
        for other in order[1:]:
            hit = _stands(words[other], which, at + (other - order[0])).nonzero()[0]
            at, which = at.take(hit), which.take(hit)
        found.append(docs.take(which) | at)
    return _joined(found) - order[0]


class _Batch(NamedTuple):
    """Forms that are read together, in documents that `only` marks."""

    left: Ordinals
    right: Ordinals
    only: Mask | None


def _batches(left: Sequence[Found], right: Sequence[Found]) -> list[_Batch]:
    """All forms in as few batches as can be, so that they cost their steps together."""
    alone: list[_Batch] = []
    together: dict[int, tuple[list[Part], list[Part]]] = {}
    for side, found in enumerate((left, right)):
        for part in (part for each in found for part in each.parts if len(part.forms)):
            if len(part.forms) == 1 and found[0].listed.size(part.forms) >= _LONG:
                forms = (NONE, part.forms) if side else (part.forms, NONE)
                alone.append(_Batch(*forms, part.only))
            else:
                together.setdefault(id(part.only), ([], []))[side].append(part)
    for both in together.values():
        lefts, rights = (_joined([part.forms for part in some] or [NONE]) for some in both)
        alone.append(_Batch(lefts, rights, (both[0] or both[1])[0].only))
    return alone


def _read(
    listed: Inverted, batch: _Batch, wanted: Wanted, *, weighed: bool = False, sided: bool = False
) -> _Read:
    """Documents, times, begins and weights; `sided`: documents as in keys of `sides`."""
    forms = np.concatenate([batch.left, batch.right])
    single = len(forms) == 1
    held, often = listed.read(forms, listed.docs, listed.times)
    kept = _among(held, wanted, batch.only, single=single)
    docs, times = held.take(kept).astype(np.int64), often.take(kept).astype(np.int64)
    if single:
        begins = listed.begins(forms, slice(*listed.run(int(forms[0])))).take(kept)
        begins += listed.place(int(forms[0]))
    else:
        (low, high), (first, last) = listed.ends(forms), listed.stretch(forms)
        begins = np.cumsum(often, dtype=np.int64).take(kept) - times
        begins += np.repeat(last - np.cumsum(last - first), high - low).take(kept)
    weights = listed.read(forms, listed.weights)[0].take(kept) if weighed else NO_KEYS
    if sided:
        docs <<= SHIFT + 1
        docs[kept.searchsorted(listed.size(batch.left)) :] |= 1
    return docs, times, begins, weights


def _among(docs: Array, wanted: Wanted, only: Mask | None, *, single: bool) -> Integers:
    """Which of the documents are wanted; those of a `single` form ascend."""
    found: Integers
    if not single or _FEW * len(wanted.docs) > len(docs):
        marks = wanted.mask if only is None else wanted.mask & only
        found = marks.take(docs).nonzero()[0]
        return found
    few = wanted.docs if only is None else wanted.docs[only.take(wanted.docs)]
    few = few[few <= np.iinfo(docs.dtype).max].astype(docs.dtype)
    found = docs.searchsorted(few)
    few, found = few[found < len(docs)], found[found < len(docs)]
    found = found[docs.take(found) == few]
    return found


def _pieces(times: Integers) -> Iterator[slice]:
    """Postings one after the other, with about as many places in each piece."""
    ends = np.cumsum(times)
    cuts = ends.searchsorted(np.arange(_PIECE, int(ends[-1]), _PIECE)).tolist()
    start = 0
    for stop in [*cuts, len(times)]:
        if stop > start:
            yield slice(start, stop)
            start = stop


def _stands(word: Postings, which: Integers, position: Integers) -> NDArray[np.bool_]:
    """Whether the word stands at each `position` in the document of the posting `which`."""
    low, count = word.begins.take(which), word.times.take(which)
    found: NDArray[np.bool_] = (
        word.positions.take(last_upto(word.positions, low, count, position)) == position
    )
    return found


def _joined(parts: Sequence[Integers]) -> Integers:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
