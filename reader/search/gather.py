"""From postings to the places that a clause asks for, with as few of them in hand as can be.

Of a phrase, the places of its rarest word are read, and the other words are looked up behind them
among their stored positions, each in its document.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.inverted import Wanted
from reader.search.inverted import spans as stretches
from reader.search.lookup import Sought
from reader.search.picked import Integers, Postings, joined, of_both, postings
from reader.search.spans import NO_KEYS, SHIFT, Crowded, Keys, distinct, last_upto

_PIECE = 1 << 14
"""Places of a phrase's rarest word in hand at once: what is worked on stays in the cache."""


class Counted(NamedTuple):
    """Documents, ascending; in each how many places there are, and what these weigh.

    Nothing is said of weights where the list does not have them.
    """

    docs: Integers
    times: Integers
    weights: NDArray[Any]


def keys(sought: Sequence[Sought], wanted: Wanted, most: int) -> Keys:
    """The places of slots, ascending, each once; Crowded when there are more than `most`."""
    read = postings(sought, wanted)
    places = read.keys(most)
    if read.sole:
        return places
    places.sort(kind="stable")
    return distinct(places)


def sides(
    left: Sequence[Sought], right: Sequence[Sought], wanted: Wanted | None, most: int
) -> Keys:
    """The places of two groups of slots: key << 1, and 1 more for those of the right.

    Ascending; where two forms stand at one position, twice. Without `wanted`: in documents that
    hold both, if there are any, and perhaps in others. Crowded when there are more than `most`.
    """
    read = of_both(left, right, wanted)
    if int(read.times.sum()) > most:
        raise Crowded
    found: Keys = read.places().astype(np.int64)
    found <<= 1
    found |= np.repeat(read.docs << (SHIFT + 1) | read.side, read.times)
    found.sort(kind="stable")
    return found


def often(sought: Sequence[Sought], wanted: Wanted, least: int, most: int) -> tuple[Counted, Keys]:
    """Documents with at least so many places, and those places whose weights count too often.

    A place where several forms stand is one. Nobody looks for such places in documents with one
    form, or too few. Weights are as stored. Crowded when there are more than `most` to look at.
    """
    weighed = all(each.found.listed.weighed for each in sought)
    read = postings(sought, wanted, weighed=weighed)
    if read.sole:
        kept = (read.times >= least).nonzero()[0]
        weights = read.weights.take(kept) if len(read.weights) else NO_KEYS
        return Counted(read.docs.take(kept), read.times.take(kept), weights), NO_KEYS
    first, last = (int(wanted.docs[0]), int(wanted.docs[-1])) if len(wanted.docs) else (0, -1)
    at, count = read.docs - first, last - first + 1
    times = np.bincount(at, read.times, count).astype(np.int64)
    doubtful = (times >= least) & (np.bincount(at, minlength=count) > 1)
    places = read.some(doubtful.take(at).nonzero()[0]).keys(most)
    places.sort(kind="stable")
    again = places[1:][places[1:] == places[:-1]]
    again_at = (again >> SHIFT) - first
    times -= np.bincount(again_at, minlength=count)
    enough = times >= least
    found = enough.nonzero()[0]
    weights = NO_KEYS
    if len(read.weights):
        weights = np.bincount(at, read.weights, count).take(found)
    return Counted(found + first, times.take(found), weights), again[enough.take(again_at)]


def phrase(words: Sequence[Postings]) -> Keys:
    """Where the first word stands with the others right behind it, each in its order.

    Every word is `single`, and all are in the same documents.
    """
    if not len(words[0].docs):
        return NO_KEYS
    order = sorted(range(len(words)), key=lambda at: int(words[at].times.sum()))
    rarest = words[order[0]]
    docs = rarest.docs << SHIFT
    found = []
    positions = rarest.stored[0].positions
    for piece in _portions(rarest.times):
        times, begins = rarest.times[piece], rarest.begins[piece]
        at = positions[stretches(begins, begins + times)].astype(np.int64)
        which = np.repeat(np.arange(piece.start, piece.stop), times)
        for other in order[1:]:
            hit = _stands(words[other], which, at + (other - order[0])).nonzero()[0]
            at, which = at.take(hit), which.take(hit)
        found.append(docs.take(which) | at)
    return joined(found) - order[0]


def _portions(times: Integers) -> Iterator[slice]:
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
    positions = word.stored[0].positions
    last = last_upto(positions, low, count, position)
    found: NDArray[np.bool_] = positions.take(last) == position
    return found
