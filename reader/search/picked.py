"""The postings of the forms that a query asks for, picked from the lists of one or many segments.

Only documents that may count are read. What many forms share is done for all of them at once: a
long list is read by itself, all short ones in steps that cost the same however many they are.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import Ordinals
from reader.search.inverted import Inverted, Mask, Wanted
from reader.search.inverted import spans as stretches
from reader.search.lookup import Sought
from reader.search.pack import Array
from reader.search.spans import NO_KEYS, SHIFT, Crowded, Keys

Integers = NDArray[np.int64]

_FEW = 64
"""One document in so many is few: they are searched for, and not picked from all."""
_LONG = 1 << 12
"""Postings of a form that is read by itself: what is remembered of it helps the next query."""


class Stored(NamedTuple):
    """The positions of a list, to which so many `postings` lead."""

    postings: int
    positions: Array


class Postings(NamedTuple):
    """Documents that hold some forms, how often, and where in the positions those places begin.

    `weights`, where the lists have them, are as stored; empty unless they were asked for. `sole`:
    it is one form, so that each document is there once, and they ascend. `side`: see `of_both`.
    """

    docs: Integers
    times: Integers
    begins: Integers
    weights: Integers
    side: Integers
    stored: tuple[Stored, ...]
    sole: bool

    def some(self, at: Integers) -> "Postings":
        """Those at some indices, which ascend, without their weights."""
        ends = at.searchsorted(np.cumsum([each.postings for each in self.stored])).tolist()
        counts = [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
        pairs = zip(counts, self.stored, strict=True)
        stored = tuple(Stored(count, each.positions) for count, each in pairs)
        docs, times, begins = self.docs.take(at), self.times.take(at), self.begins.take(at)
        return Postings(docs, times, begins, NO_KEYS, self.side.take(at), stored, self.sole)

    def keys(self, most: int) -> Keys:
        """document << 32 | position of each place, in the order of the postings.

        Crowded when there are more than `most`.
        """
        if int(self.times.sum()) > most:
            raise Crowded
        found: Keys = np.repeat(self.docs << SHIFT, self.times)
        found |= self.places()
        return found

    def places(self) -> Array:
        """The positions, in the order of the postings."""
        ends, at, found = self.begins + self.times, 0, []
        for count, positions in self.stored:
            own = slice(at, at + count)
            found.append(positions[stretches(self.begins[own], ends[own])])
            at += count
        return joined(found) if found else NO_KEYS


def postings(sought: Sequence[Sought], wanted: Wanted, *, weighed: bool = False) -> Postings:
    """Of all that is asked for in the `wanted` documents, in no order."""
    return _read(_pieces(sought), wanted, weighed=weighed)


def single(sought: Sought, wanted: Wanted) -> Postings:
    """Of one form in one segment; documents, the wanted ones too, are counted in it."""
    return _alone(_pieces([sought._replace(base=0)])[0], wanted)


def of_both(left: Sequence[Sought], right: Sequence[Sought], wanted: Wanted | None) -> Postings:
    """Of two groups, those of the right marked by `side`; without `wanted` where both may stand."""
    pieces = [*_pieces(left), *_pieces(right, side=1)]
    return _together(pieces, None) if wanted is None else _read(pieces, wanted)


class _Piece(NamedTuple):
    """Forms of a list, in the documents that `only` marks; `side`: 1 for those of the right."""

    base: int
    extent: int
    listed: Inverted
    forms: Ordinals
    only: Mask | None
    side: int

    @property
    def long(self) -> bool:
        return len(self.forms) == 1 and self.listed.size(self.forms) >= _LONG


def _pieces(sought: Sequence[Sought], side: int = 0) -> list[_Piece]:
    return [
        _Piece(base, extent, found.listed, part.forms, part.only, side)
        for base, extent, found in sought
        for part in found.parts
        if len(part.forms)
    ]


def _read(pieces: Sequence[_Piece], wanted: Wanted, *, weighed: bool = False) -> Postings:
    """What is long is read by itself, all the rest in steps that cost the same for all of it."""
    first, last = (int(wanted.docs[0]), int(wanted.docs[-1])) if len(wanted.docs) else (0, -1)
    pieces = [each for each in pieces if each.base <= last and first < each.base + each.extent]
    if len(pieces) == 1 and len(pieces[0].forms) == 1:
        piece = pieces[0]
        own = wanted.within(piece.base, piece.extent)
        return _alone(piece, own, weighed=weighed)
    parts, short = [], []
    for piece in pieces:
        if piece.long:
            own = wanted.within(piece.base, piece.extent)
            parts.append(_alone(piece, own, weighed=weighed))
        else:
            short.append(piece)
    if short or not parts:
        parts.append(_together(short, wanted, weighed=weighed))
    columns = [list(column) for column in zip(*parts, strict=True)]
    docs, times, begins, weights, side = (joined(column) for column in columns[:5])
    stored = tuple(each for part in parts for each in part.stored)
    return Postings(docs, times, begins, weights, side, stored, False)


def _alone(piece: _Piece, wanted: Wanted, *, weighed: bool = False) -> Postings:
    """Of one form; `wanted` are those of its segment."""
    listed, form = piece.listed, int(piece.forms[0])
    run = slice(*listed.run(form))
    stored = listed.docs[run]
    kept = _among(stored, wanted, piece.only)
    begins = listed.begins(piece.forms, run).take(kept)
    begins += listed.place(form)
    docs = stored.take(kept).astype(np.int64)
    docs += piece.base
    times = listed.times[run].take(kept).astype(np.int64)
    weights = listed.weights[run].take(kept) if weighed else NO_KEYS
    side = np.full(len(docs), piece.side)
    return Postings(
        docs, times, begins, weights, side, (Stored(len(docs), listed.positions),), True
    )


class _Runs:
    """Postings as stored, in runs whose positions lie one behind the other too.

    Of each run: how many postings, where its positions begin, and whose it is.
    """

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        """In this order: side by side, in each segment by segment, in each list by list."""
        self.pieces: list[_Piece] = []
        self.slices: list[slice] = []
        self.places: list[int] = []
        for piece in sorted(pieces, key=lambda one: (one.side, one.base, id(one.listed))):
            self._add(piece)
        self.sizes = self.each([run.stop - run.start for run in self.slices])

    def _add(self, piece: _Piece) -> None:
        listed, forms = piece.listed, piece.forms
        if len(forms) == 1:
            form = int(forms[0])
            self.slices.append(slice(*listed.run(form)))
            self.places.append(listed.place(form))
            self.pieces.append(piece)
            return
        (lows, highs), (places, _ends) = listed.ends(forms), listed.stretch(forms)
        if (lows[1:] == highs[:-1]).all():
            lows, highs, places = lows[:1], highs[-1:], places[:1]
        self.slices += map(slice, lows.tolist(), highs.tolist())
        self.places += places.tolist()
        self.pieces += [piece] * len(lows)

    def joined(self, arrays: Iterable[Array]) -> Array:
        """Of each run its part of one of `arrays`, one behind the other."""
        found = [every[run] for every, run in zip(arrays, self.slices, strict=True)]
        return np.concatenate(found) if found else np.empty(0, np.uint8)

    def each(self, values: Sequence[int]) -> Integers:
        return np.array(values, np.int64)


def _together(
    pieces: Sequence[_Piece], wanted: Wanted | None, *, weighed: bool = False
) -> Postings:
    """Of all forms of all segments at once; without `wanted` as far as both sides may be there."""
    runs = _Runs(pieces)
    lists = [piece.listed for piece in runs.pieces]
    ends = runs.sizes.cumsum()
    docs = runs.joined(listed.docs for listed in lists).astype(np.int64)
    docs += runs.each([piece.base for piece in runs.pieces]).repeat(runs.sizes)
    kept = _of_both(runs, ends, docs) if wanted is None else wanted.mask.take(docs).nonzero()[0]
    kept = _spoken(runs, ends, docs, kept)
    often = runs.joined(listed.times for listed in lists)
    upto = np.zeros(len(often) + 1, np.int64)
    often.cumsum(out=upto[1:])
    counts = kept.searchsorted(ends)
    counts[1:] -= counts[:-1].copy()
    begins = upto.take(kept)
    begins += (runs.each(runs.places) - upto.take(ends - runs.sizes)).repeat(counts)
    side = runs.each([piece.side for piece in runs.pieces]).repeat(counts)
    weights = NO_KEYS
    if weighed:
        weights = runs.joined(listed.weights for listed in lists).take(kept)
    times = often.take(kept).astype(np.int64)
    stored = _stored(lists, counts.tolist())
    return Postings(docs.take(kept), times, begins, weights, side, stored, False)


def _of_both(runs: _Runs, ends: Integers, docs: Integers) -> Integers:
    """The postings in documents in which there are postings of the other side too."""
    left = sum(piece.side == 0 for piece in runs.pieces)
    if not 0 < left < len(runs.pieces):
        return NO_KEYS
    middle = int(ends[left - 1])
    sides = np.zeros(max(piece.base + piece.extent for piece in runs.pieces), np.uint8)
    sides[docs[:middle]] = 1
    right = docs[middle:]
    sides[right] = sides.take(right) | 2
    found: Integers = (sides.take(docs) == 3).nonzero()[0]
    return found


def _stored(lists: Sequence[Inverted], counts: Sequence[int]) -> tuple[Stored, ...]:
    """Of runs of so many postings each, those of one list that follow each other as one."""
    found: list[Stored] = []
    for listed, count in zip(lists, counts, strict=True):
        if found and found[-1].positions is listed.positions:
            count += found.pop().postings
        found.append(Stored(count, listed.positions))
    return tuple(found)


def _spoken(runs: _Runs, ends: Integers, docs: Integers, kept: Integers) -> Integers:
    """Those of the postings `kept` that are in documents in which their form counts."""
    if all(piece.only is None for piece in runs.pieces):
        return kept
    counts = np.ones(len(kept), np.bool_)
    start = 0
    for piece, stop in zip(runs.pieces, kept.searchsorted(ends).tolist(), strict=True):
        if piece.only is not None and stop > start:
            own = docs.take(kept[start:stop])
            own -= piece.base
            counts[start:stop] = piece.only.take(own)
        start = stop
    return kept.take(counts.nonzero()[0])


def _among(docs: Array, wanted: Wanted, only: Mask | None) -> Integers:
    """Which of the documents of a form are wanted."""
    found: Integers
    if _FEW * len(wanted.docs) > len(docs):
        marks = wanted.mask if only is None else wanted.mask & only
        found = marks.take(docs).nonzero()[0]
        return found
    few = wanted.docs if only is None else wanted.docs[only.take(wanted.docs)]
    few = few[few <= np.iinfo(docs.dtype).max].astype(docs.dtype)
    found = docs.searchsorted(few)
    few, found = few[found < len(docs)], found[found < len(docs)]
    found = found[docs.take(found) == few]
    return found


def joined(parts: Sequence[Integers]) -> Integers:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
