"""One inverted list of several segments made into one, a range of forms after the other.

The documents of the first segment come first, then those of the second, and so on; so the
postings of a form are those of each segment in turn, and merging is nothing but copying whole
arrays in another order. What is in memory at once is bounded, whatever the size of the segments.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.merge_forms import GONE, Array, Forms, Numbers, enter, next_range
from reader.search.pack import Arrays, PackWriter, narrowed

BUDGET = 150_000
"""Positions in hand at once; some milliseconds of work."""
_PER_FORM = ("letters", "lengths")
_PER_POSTING = ("docs", "times", "weights")


class Documents(NamedTuple):
    """What becomes of the documents of one segment.

    `numbers`: of each its number in the merged segment, or GONE; ascending but for those.
    `languages`: of each a row of the languages that have stems, or one row more.
    `whole`: none is GONE.
    """

    numbers: Numbers
    languages: Numbers
    whole: bool


class Postings(NamedTuple):
    """Some postings, in order; `form` is counted from the first form in hand."""

    form: Numbers
    docs: Numbers
    languages: Numbers
    times: Numbers
    weights: Array | None
    positions: Array


class Source(Forms):
    """One inverted list of one segment."""

    def __init__(self, arrays: Arrays, name: str, documents: Documents) -> None:
        super().__init__(arrays, name, "places")
        self._documents = documents
        parts = (*_PER_FORM, *_PER_POSTING, "posts", "places", "positions")
        self._arrays = {
            part: arrays.array(f"{name}/{part}") for part in parts if f"{name}/{part}" in arrays
        }
        self.ordinals = np.full(self.count, GONE, np.int32)
        """Beside each form its ordinal in the merged list, as far as that is known."""

    def __contains__(self, part: str) -> bool:
        return part in self._arrays

    def array(self, part: str) -> Array:
        return self._arrays[part]

    def postings(self, forms: Numbers) -> Postings:
        """All of the next forms, which are numbered `forms`, but those of deleted documents."""
        end = self.at + len(forms)
        posts = self._arrays["posts"][self.at : end + 1].astype(np.int64)
        places = self._arrays["places"]
        form = np.repeat(forms, np.diff(posts))
        return self._cut(form, slice(posts[0], posts[-1]), slice(places[self.at], places[end]))

    def pieces(self) -> Iterator[Postings]:
        """The same for the next form alone, a common one, piece by piece."""
        low, high = self._arrays["posts"][self.at : self.at + 2].tolist()
        place = int(self._arrays["places"][self.at])
        while low < high:
            upto = min(high, low + max(1, BUDGET // 4))
            end = place + int(self._arrays["times"][low:upto].sum(dtype=np.int64))
            form = np.zeros(upto - low, np.int64)
            yield self._cut(form, slice(low, upto), slice(place, end))
            low, place = upto, end

    def _cut(self, form: Numbers, posts: slice, places: slice) -> Postings:
        rows = self._arrays["docs"][posts]
        docs = self._documents.numbers[rows]
        languages = self._documents.languages[rows]
        times = self._arrays["times"][posts].astype(np.int64)
        weights = self._arrays["weights"][posts] if "weights" in self else None
        positions = self._arrays["positions"][places]
        if self._documents.whole:
            return Postings(form, docs, languages, times, weights, positions)
        keep = docs != GONE
        positions = positions[np.repeat(keep, times)]
        weights = None if weights is None else weights[keep]
        return Postings(form[keep], docs[keep], languages[keep], times[keep], weights, positions)


class MergedList:
    """Writes the list `name` from the same list of each of `sources`."""

    def __init__(self, sources: Sequence[Source], name: str, writer: PackWriter, rows: int) -> None:
        """`rows`: of languages, see `Documents`."""
        self._sources = [source for source in sources if source.count]
        self._weight = max(1, sum(source.weight for source in self._sources))
        first = sources[0]
        self._parts = [part for part in _PER_POSTING if part in first]
        self._extra = [part for part in _PER_FORM if part in first]
        out = [*self._parts, *self._extra, "starts", "posts", "places", "positions"]
        self._out = {part: writer.array(f"{name}/{part}") for part in out}
        self._blob = writer.array(f"{name}/blob", np.uint8)
        self._posts = self._places = 0
        self._out["posts"].append(np.zeros(1, np.int64))
        self._out["places"].append(np.zeros(1, np.int64))
        self._rows = rows
        self._languages: list[NDArray[np.bool_]] = []

    @property
    def languages(self) -> NDArray[np.bool_]:
        """Beside each merged form (rows) the languages of the documents it occurs in (columns)."""
        return np.concatenate([np.zeros((0, self._rows), np.bool_), *self._languages])

    def work(self) -> Iterator[int]:
        """Does a little at a time; says how many positions were read."""
        while left := [source for source in self._sources if source.at < source.count]:
            yield from self._some(left)

    def _some(self, left: Sequence[Source]) -> Iterator[int]:
        """Merges as many of the next forms as the budget allows, or a common one in pieces."""
        ends, texts = next_range(left, BUDGET, self._weight)
        forms, mine = _numbered(texts)
        sizes = np.zeros(len(forms), np.int64)
        for source, end, numbers in zip(left, ends, mine, strict=True):
            sizes[numbers] += source.sizes(end)
        upto = int(np.argmax(sizes > BUDGET)) if (sizes > BUDGET).any() else len(forms)
        if upto:
            few = [numbers[: np.searchsorted(numbers, upto)] for numbers in mine]
            yield self._several(left, forms[:upto], few)
        else:
            having = [source for source, numbers in zip(left, mine, strict=True) if 0 in numbers]
            yield from self._common(having, forms[0])

    def _several(self, left: Sequence[Source], forms: list[bytes], mine: Sequence[Numbers]) -> int:
        extra: dict[str, Array] = {part: np.zeros(len(forms), np.uint64) for part in self._extra}
        parts, read = [], 0
        for source, numbers in zip(left, mine, strict=True):
            end = source.at + len(numbers)
            parts.append(source.postings(numbers))
            read += int(source.sizes(end).sum())
            for part, values in extra.items():
                values[numbers] = source.array(part)[source.at : end]
        found = _in_order(parts)
        self._write(found)
        ordinals = self._enter(forms, _counts(found, len(forms), self._rows), extra)
        for source, numbers in zip(left, mine, strict=True):
            source.ordinals[source.at : source.at + len(numbers)] = ordinals[numbers]
            source.at += len(numbers)
        return read

    def _common(self, having: Sequence[Source], form: bytes) -> Iterator[int]:
        first = having[0]
        extra = {part: first.array(part)[first.at : first.at + 1] for part in self._extra}
        counts = Counts.none(1, self._rows)
        for source in having:
            for piece in source.pieces():
                self._write(piece)
                counts = counts.plus(_counts(piece, 1, self._rows))
                yield len(piece.positions)
        ordinals = self._enter([form], counts, extra)
        for source in having:
            source.ordinals[source.at] = ordinals[0]
            source.at += 1

    def _write(self, found: Postings) -> None:
        for part in self._parts:
            self._out[part].append(getattr(found, part))
        self._out["positions"].append(found.positions)

    def _enter(self, forms: list[bytes], counts: "Counts", extra: dict[str, Array]) -> Numbers:
        """Forms whose postings are written; drops those that only deleted documents had.

        Returns the ordinal of each, or GONE.
        """
        kept = counts.posts > 0
        before = self._out["starts"].count
        enter([forms[i] for i in np.flatnonzero(kept)], self._blob, self._out["starts"])
        for part, values in extra.items():
            self._out[part].append(values[kept])
        self._out["posts"].append(self._posts + np.cumsum(counts.posts[kept]))
        self._out["places"].append(self._places + np.cumsum(counts.places[kept]))
        self._posts += int(counts.posts.sum())
        self._places += int(counts.places.sum())
        self._languages.append(counts.languages[kept])
        return np.where(kept, before + np.cumsum(kept) - 1, GONE)


class Counts(NamedTuple):
    """Beside each form: how many postings, how many positions, in which languages."""

    posts: Numbers
    places: Numbers
    languages: NDArray[np.bool_]

    @classmethod
    def none(cls, forms: int, rows: int) -> "Counts":
        nothing = np.zeros(forms, np.int64)
        return cls(nothing, nothing, np.zeros((forms, rows), np.bool_))

    def plus(self, other: "Counts") -> "Counts":
        either = self.languages | other.languages
        return Counts(self.posts + other.posts, self.places + other.places, either)


def _counts(found: Postings, forms: int, rows: int) -> Counts:
    posts = np.bincount(found.form, minlength=forms)
    ends = np.append(0, np.cumsum(found.times))
    places = np.diff(ends[np.append(0, np.cumsum(posts))])
    languages = np.zeros((forms, rows), np.bool_)
    languages[found.form, found.languages] = True
    return Counts(posts, places, languages)


def _numbered(texts: Sequence[list[bytes]]) -> tuple[list[bytes], list[Numbers]]:
    """The forms of all ranges in order, and the places of those of each among them."""
    forms = sorted(set().union(*texts))
    number = dict(zip(forms, range(len(forms)), strict=True)).__getitem__
    return forms, [np.fromiter(map(number, some), np.int64, len(some)) for some in texts]


def _in_order(parts: Sequence[Postings]) -> Postings:
    """By form, and within a form as they came: by document."""
    form = np.concatenate([part.form for part in parts])
    order = np.argsort(narrowed(form), kind="stable")  # narrow ones are sorted much faster
    times = np.concatenate([part.times for part in parts])
    begins = (np.cumsum(times) - times)[order]
    times = times[order]
    places = np.repeat(begins - (np.cumsum(times) - times), times)
    places += np.arange(len(places))
    weights = [part.weights for part in parts if part.weights is not None]
    return Postings(
        form[order],
        np.concatenate([part.docs for part in parts])[order],
        np.concatenate([part.languages for part in parts])[order],
        times,
        np.concatenate(weights)[order] if weights else None,
        np.concatenate([part.positions for part in parts])[places],
    )
