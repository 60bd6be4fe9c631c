"""Sorted lists of forms of several segments, read side by side; and the stems, which are only that.

What belongs to a form (positions, the words that share a stem) is counted, so that each step takes
as many forms as it has room for.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.search.dictionary import END, Dictionary
from reader.search.pack import Appender, Arrays, PackWriter

Numbers = NDArray[np.int64]
Array = NDArray[Any]

GONE = -1
_STEMS_AT_ONCE = 10_000


class Forms:
    """A sorted list of forms that is read from the beginning to the end."""

    def __init__(self, arrays: Arrays, name: str, sizes: str) -> None:
        """`sizes`: the array that says where what belongs to each form begins."""
        self._blob = arrays.array(f"{name}/blob")
        self._starts = arrays.array(f"{name}/starts")
        self._dictionary = Dictionary(self._blob, self._starts)
        self._sizes = arrays.array(f"{name}/{sizes}")
        self.count = len(self._starts)
        self.at = 0
        """The first form that was not taken yet."""

    @property
    def weight(self) -> int:
        """How much belongs to all forms together."""
        return int(self._sizes[-1])

    def texts(self, upto: int) -> list[bytes]:
        """Those not taken yet before ordinal `upto`."""
        if self.at == upto:
            return []
        end = int(self._starts[upto]) if upto < self.count else len(self._blob)
        return self._blob[int(self._starts[self.at]) : end].tobytes().split(END)[:-1]

    def sizes(self, upto: int) -> Numbers:
        """How much belongs to each of them."""
        ends: Numbers = self._sizes[self.at : upto + 1].astype(np.int64)
        return ends[1:] - ends[:-1]

    def reach(self, most: int) -> bytes | None:
        """The form to stop before, so that no more than `most` belongs to those taken, but at
        least one is; None when the rest fits."""
        limit = int(self._sizes[self.at]) + most
        end = int(np.searchsorted(self._sizes, limit, side="right")) - 1
        end = max(end, self.at + 1)
        return None if end >= self.count else self._dictionary[end].encode()

    def place(self, form: bytes | None) -> int:
        """How many forms come before `form`; all of them before None."""
        return self.count if form is None else self._dictionary.place(form)


class Stems(Forms):
    """The stems of one language in one segment."""

    def __init__(self, arrays: Arrays, name: str, ordinals: NDArray[np.int32]) -> None:
        """`ordinals`: beside each form of the segment the one in the merged segment, or GONE."""
        super().__init__(arrays, name, "at")
        self._members = arrays.array(f"{name}/forms")
        self._ordinals = ordinals

    def take(self, upto: int) -> Numbers:
        """The words of the stems before `upto`, as they are numbered in the merged segment."""
        low, high = self._sizes[[self.at, upto]].tolist()
        self.at = upto
        return self._ordinals[self._members[low:high]].astype(np.int64)


def merge_stems(
    sources: Sequence[Stems], name: str, writer: PackWriter, present: NDArray[np.bool_]
) -> Iterator[int]:
    """Writes the stems `name` a little at a time; says how many words were read.

    `present`: beside each merged form whether it stands in a document of the language.
    """
    blob, starts = writer.array(f"{name}/blob", np.uint8), writer.array(f"{name}/starts")
    at, members = writer.array(f"{name}/at"), writer.array(f"{name}/forms")
    at.append(np.zeros(1, np.int64))
    weight = sum(source.weight for source in sources)
    while left := [source for source in sources if source.at < source.count]:
        ends, texts = next_range(left, _STEMS_AT_ONCE, weight)
        stems = sorted(set().union(*texts))
        number = {stem: i for i, stem in enumerate(stems)}
        shared = []
        for source, end, some in zip(left, ends, texts, strict=True):
            mine = np.array([number[text] for text in some], np.int64)
            row = np.repeat(mine, source.sizes(end))
            shared.append(row << 32 | source.take(end))
        every = np.concatenate(shared)
        known = every[every >= 0]  # below are words that are GONE
        pairs = np.unique(known[present[known & 0xFFFFFFFF]])
        counts = np.bincount(pairs >> 32, minlength=len(stems))
        kept = np.flatnonzero(counts)
        enter([stems[i] for i in kept.tolist()], blob, starts)
        at.append(members.count + np.cumsum(counts[kept]))
        members.append(pairs & 0xFFFFFFFF)
        yield len(every)


def next_range(
    left: Sequence[Forms], budget: int, weight: int
) -> tuple[list[int], list[list[bytes]]]:
    """Up to which ordinal each list is to be taken now, and its forms up to there.

    About `budget` belongs to all of them (`weight`: to all forms of all lists), but a single form
    may have more.
    """
    reached = (forms.reach(1 + budget * forms.weight // max(1, weight)) for forms in left)
    upto = min((form for form in reached if form is not None), default=None)
    ends = [forms.place(upto) for forms in left]
    return ends, [forms.texts(end) for forms, end in zip(left, ends, strict=True)]


def enter(forms: Sequence[bytes], blob: Appender, starts: Appender) -> None:
    """Appends forms to a sorted list of which these are the next."""
    sizes = np.fromiter(map(len, forms), np.int64, len(forms)) + 1
    starts.append(blob.count + np.cumsum(sizes) - sizes)
    blob.append(np.frombuffer(END.join([*forms, b""]), np.uint8))
