"""From postings to the places that a clause asks for, with as few of them in hand as can be.

Only documents that may count are read. Of a phrase, the places of its rarest word are read, and
the other words are looked up behind them among their stored positions, each in its document.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.inverted import Inverted, Wanted
from reader.search.inverted import spans as stretches
from reader.search.lookup import Found, Part
from reader.search.pack import Array
from reader.search.spans import NO_KEYS, SHIFT, Crowded, Keys, distinct

Integers = NDArray[np.int64]

_FEW = 64
"""One document in so many is few: they are searched for, and not picked from all."""
_PIECE = 1 << 14
"""Places of a phrase's rarest word in hand at once: what is worked on stays in the cache."""


class Postings(NamedTuple):
    """Documents that hold some forms, how often, and where in `positions` those places begin.

    `sole`: it is one form, so that each document is there once, and they ascend.
    """

    docs: Integers
    times: Integers
    begins: Integers
    positions: Array
    sole: bool

    def keys(self, most: int) -> Keys:
        """document << 32 | position of each place, in the order of the postings.

        Crowded when there are more than `most`.
        """
        if int(self.times.sum()) > most:
            raise Crowded
        found: Keys = np.repeat(self.docs << SHIFT, self.times)
        found |= self.positions[stretches(self.begins, self.begins + self.times)]
        return found


def postings(found: Sequence[Found], wanted: Wanted) -> Postings:
    """Of all that is asked for, of one list, in the `wanted` documents; form after form."""
    listed = found[0].listed
    parts = [part for each in found for part in each.parts if len(part.forms)]
    read = [_read(listed, part, wanted) for part in parts] or [(NO_KEYS,) * 3]
    docs, times, begins = (_joined(each) for each in zip(*read, strict=True))
    sole = not parts or (len(parts) == 1 and len(parts[0].forms) == 1)
    return Postings(docs, times, begins, listed.positions, sole)


def keys(found: Found, wanted: Wanted, most: int) -> Keys:
    """The places of a slot, ascending, each once; Crowded when there are more than `most`."""
    read = postings([found], wanted)
    places = read.keys(most)
    if read.sole:
        return places
    places.sort(kind="stable")
    return distinct(places)


def sides(left: Sequence[Found], right: Sequence[Found], wanted: Wanted, most: int) -> Keys:
    """The places of two groups of slots of one list: key << 1, and 1 more for those of the right.

    Ascending; where two forms stand at one position, twice. Crowded when a group has more than
    `most`.
    """
    here, there = (postings(found, wanted).keys(most) for found in (left, right))
    merged = np.concatenate([here, there])
    merged <<= 1
    merged[len(here) :] |= 1
    merged.sort(kind="stable")
    return merged


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


def _read(listed: Inverted, part: Part, wanted: Wanted) -> tuple[Integers, Integers, Integers]:
    """Documents, times and begins."""
    forms = part.forms
    lows, highs = listed.ends(forms)
    at = stretches(lows, highs)
    kept = _among(listed.docs[at], wanted, single=len(forms) == 1)
    begins = listed.begins(forms, at).take(kept)
    if isinstance(at, slice):
        begins += listed.place(int(forms[0]))
        kept += at.start
    else:
        first, last = listed.stretch(forms)
        begins += np.repeat(last - np.cumsum(last - first), highs - lows).take(kept)
        kept = at.take(kept)
    docs = listed.docs.take(kept)
    if part.only is not None:
        spoken = part.only.take(docs).nonzero()[0]
        docs, kept, begins = docs.take(spoken), kept.take(spoken), begins.take(spoken)
    return docs.astype(np.int64), listed.times.take(kept).astype(np.int64), begins


def _among(docs: Array, wanted: Wanted, *, single: bool) -> Integers:
    """Which of the documents are wanted; those of a `single` form ascend."""
    if not single or _FEW * len(wanted.docs) > len(docs):
        found: Integers = wanted.mask.take(docs).nonzero()[0]
        return found
    few = wanted.docs[wanted.docs <= np.iinfo(docs.dtype).max].astype(docs.dtype)
    at: Integers = docs.searchsorted(few)
    few, at = few[at < len(docs)], at[at < len(docs)]
    return at[docs.take(at) == few]


def _pieces(times: Integers) -> Iterator[slice]:
    """Postings one after the other, with about as many places in each piece."""
    ends = np.cumsum(times)
    cuts = np.searchsorted(ends, np.arange(_PIECE, int(ends[-1]), _PIECE)).tolist()
    start = 0
    for stop in [*cuts, len(times)]:
        if stop > start:
            yield slice(start, stop)
            start = stop


def _stands(word: Postings, which: Integers, position: Integers) -> NDArray[np.bool_]:
    """Whether the word stands at each `position` in the document of the posting `which`.

    Halves all stretches at once: what is kept is the last place that is not behind `position`.
    """
    low, count = word.begins.take(which), word.times.take(which)
    for _ in range(int(count.max(initial=1) - 1).bit_length()):
        half = count >> 1
        count -= half
        half *= word.positions.take(low + half) <= position
        low += half
    found: NDArray[np.bool_] = word.positions.take(low) == position
    return found


def _joined(parts: Sequence[Integers]) -> Integers:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
