"""The sorted forms of one inverted list, and how those that a query asks for are found among them.

A form is known by its ordinal, its place in the order of UTF-8 bytes. `blob` holds all of them,
each followed by a line break, `starts` where each begins in it. For typing errors there are also
`letters` (one bit for each distinct character: code point modulo 64) and `lengths` (characters).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import re2
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from reader.search import scanning
from reader.search.pack import Array

END = b"\n"
"""Behind every form of a blob; never inside one."""

Ordinals = NDArray[np.int64]
NONE: Ordinals = np.empty(0, np.int64)

_STRIDE = 64
_TAIL = 4
"""Bytes at the end of each form that are kept at hand."""
_TELLING = 2
"""Bytes that rule out enough forms to be asked about first."""
_LINE_BOUND = re.compile(r"\\[AzCQ]|\(\?[a-zA-Z]*-")
"""Parts of a pattern that mean something else in the middle of a blob than in a form of its own."""


class Dictionary:
    def __init__(
        self, blob: Array, starts: Array, letters: Array | None = None, lengths: Array | None = None
    ) -> None:
        self._blob = blob.data
        self._starts = starts
        self._letters = letters
        self._lengths = lengths

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, ordinal: int) -> str:
        return self._raw(int(self._starts[ordinal]), ordinal + 1).decode()

    def texts(self, ordinals: Iterable[int]) -> list[str]:
        return [self[ordinal] for ordinal in ordinals]

    def _texts(self, ordinals: Ordinals) -> list[str]:
        """As `texts`, for many."""
        starts, ends = self._starts[ordinals].tolist(), (self._ends(ordinals) - 1).tolist()
        return [str(self._blob[s:e], "utf-8") for s, e in zip(starts, ends, strict=True)]

    def place(self, form: bytes) -> int:
        """How many forms come before `form`, whether it is one of them or not."""
        block = max(bisect_right(self._heads, form) - 1, 0)
        return block * _STRIDE + bisect_left(self._block(block), form)

    def find(self, form: str) -> Ordinals:
        """The one ordinal of `form`, or none."""
        ordinal = self.ordinal(form)
        return NONE if ordinal is None else np.array([ordinal])

    def ordinal(self, form: str) -> int | None:
        """That of `form`; None when there is none."""
        raw = form.encode()
        block = bisect_right(self._heads, raw) - 1
        if block < 0:
            return None
        if self._heads[block] == raw:
            return block * _STRIDE
        lines = bytes(self._blob[self._bounds[block] : self._bounds[block + 1]])
        at = lines.find(END + raw + END)
        return None if at < 0 else block * _STRIDE + lines.count(END, 0, at) + 1

    def beginning(self, prefix: str) -> Ordinals:
        """Every form that begins so; a run without gaps."""
        raw = prefix.encode()
        return np.arange(self.place(raw), self.place(raw + scanning.LAST))

    def like(self, glob: str) -> Ordinals:
        """Every form that the glob covers; * and ? never stand for a space.

        A glob without a space is for a list without spaces, where `air*` is a run of forms.
        """
        beginning = re.split(r"[*?]", glob, maxsplit=1)[0]
        if " " not in glob and beginning + "*" == glob:
            return self.beginning(beginning)
        raw = beginning.encode()
        first, upto = self.place(raw), self.place(raw + scanning.LAST)
        middle, _, end = glob.rpartition("*")
        if middle == beginning and "?" not in end and " " not in glob:
            return self._ending(end.encode(), first, upto, at_least=len(raw) + len(end.encode()))
        signs = {"*": "[^ ]*", "?": "[^ ]"}
        parts = re.split(r"([*?])", re.sub(r"\*+", "*", glob))
        pattern = "".join(signs.get(part) or re2.escape(part) for part in parts)
        return self._scan(pattern, first, upto)

    def matching(self, pattern: str) -> Ordinals:
        """Every form that the RE2 `pattern` covers from end to end. It must be one RE2 accepts."""
        if _LINE_BOUND.search(pattern):
            return self._one_by_one(pattern)
        least, greatest = scanning.bounds(pattern)
        first, upto = self.place(least), self.place(greatest)
        end = scanning.letters_at_end(pattern).encode()
        if len(end) < _TELLING:
            return self._scan(pattern, first, upto)
        return self._scan_some(pattern, self._ending(end, first, upto, at_least=len(end)))

    def near(self, text: str, edits: int) -> Ordinals:
        """Every form at most `edits` typing errors away; swapping neighbours is one error."""
        candidates = self._nearly(text, edits)
        forms = self._texts(candidates)
        found = process.extract(text, forms, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return np.sort(candidates[[index for _form, _edits, index in found]])

    def _nearly(self, text: str, edits: int) -> Ordinals:
        """Forms whose length and letters do not yet tell that they are farther away.

        A form that is longer by some letters owes them as many edits; only the others can have
        taken away letters of `text`. The same holds for letters that are new in a shorter form.
        """
        order, begins, sorted_letters = self._by_length
        low = min(max(len(text) - edits, 0), len(begins) - 1)
        high = min(len(text) + edits + 1, len(begins) - 1)
        within = slice(int(begins[low]), int(begins[high]))
        bits = np.uint64(letters_of(text))
        other = sorted_letters[within] ^ bits
        at = np.flatnonzero(np.bitwise_count(other) <= 2 * edits)
        longer = np.searchsorted(begins, at + within.start, "right") - 1 - len(text)
        gone, new = np.bitwise_count(other[at] & bits), np.bitwise_count(other[at] & ~bits)
        fits = (gone + np.maximum(longer, 0) <= edits) & (new - np.minimum(longer, 0) <= edits)
        return np.sort(order[within][at[fits]]).astype(np.int64)

    @cached_property
    def _by_length(self) -> tuple[Array, Array, Array]:
        """The ordinals by length, where each length begins among them, and beside them letters."""
        if self._letters is None or self._lengths is None:
            raise ValueError("This list was stored without letters, which typing errors need.")
        order = np.argsort(self._lengths, kind="stable").astype(np.uint32)
        begins = np.append(0, np.cumsum(np.bincount(self._lengths)))
        return order, begins, self._letters[order]

    @cached_property
    def _bounds(self) -> list[int]:
        """Where each block begins in the blob, and where the last one ends."""
        return [*self._starts[::_STRIDE].tolist(), len(self._blob)]

    @cached_property
    def _heads(self) -> list[bytes]:
        """The first form of each block: what one bisection in memory needs to find the block."""
        starts = self._bounds[:-1]
        ends = [*self._starts[1::_STRIDE].tolist(), len(self._blob)][: len(starts)]
        return [bytes(self._blob[s : e - 1]) for s, e in zip(starts, ends, strict=True)]

    def _block(self, block: int) -> list[bytes]:
        """The forms of one block, read at once."""
        first = block * _STRIDE
        if first >= len(self):
            return []
        raw = self._raw(int(self._starts[first]), first + _STRIDE)
        return raw.split(END)

    def _raw(self, start: int, upto: int) -> bytes:
        """From `start` to the end of the form before ordinal `upto`."""
        return bytes(self._blob[start : self._begin(upto) - 1])

    def _begin(self, ordinal: int) -> int:
        """Where a form begins, or the one behind the last would."""
        return int(self._starts[ordinal]) if ordinal < len(self) else len(self._blob)

    def _ending(self, end: bytes, first: int, upto: int, at_least: int) -> Ordinals:
        """Of the forms from `first` to before `upto`: those of `at_least` bytes that end so."""
        last = end[-_TAIL:]
        value = np.uint32(int.from_bytes(last, "big"))
        tails = self._tails[first:upto] & np.uint32((1 << 8 * len(last)) - 1)
        found = np.flatnonzero(tails == value) + first
        ends = self._ends(found) - 1
        found = found[ends - self._starts[found] >= at_least]
        if len(end) <= _TAIL:
            return found
        having = [self._raw(self._begin(i), i + 1).endswith(end) for i in found.tolist()]
        return found[np.array(having, np.bool_)]

    @cached_property
    def _tails(self) -> Array:
        """The last bytes of each form as a number; of a short one with others before them."""
        blob = np.frombuffer(self._blob, np.uint8)
        ends = self._ends(np.arange(len(self)))
        tails = np.zeros(len(self), np.uint32)
        for back in range(_TAIL):
            tails |= blob[np.maximum(ends - 2 - back, 0)].astype(np.uint32) << np.uint32(8 * back)
        return tails

    def _ends(self, ordinals: Ordinals) -> Ordinals:
        """One past the line break behind each form."""
        after = np.minimum(ordinals + 1, len(self) - 1)
        ends = np.where(ordinals + 1 < len(self), self._starts[after], len(self._blob))
        return ends.astype(np.int64)

    def _scan(self, pattern: str, first: int, upto: int) -> Ordinals:
        if first >= upto:
            return NONE
        start, end = self._begin(first), self._begin(upto)
        found = scanning.begins(pattern, self._blob[start:end]) + start
        return np.searchsorted(self._starts, found.astype(self._starts.dtype))

    def _scan_some(self, pattern: str, forms: Ordinals) -> Ordinals:
        starts, ends = self._starts[forms].tolist(), self._ends(forms).tolist()
        lines = [self._blob[start:end] for start, end in zip(starts, ends, strict=True)]
        begins = np.cumsum([0, *map(len, lines)])
        return forms[np.searchsorted(begins, scanning.begins(pattern, b"".join(lines)))]

    def _one_by_one(self, pattern: str) -> Ordinals:
        whole = scanning.compiled(pattern.encode())
        forms = bytes(self._blob).split(END)[:-1]
        return np.array([i for i, form in enumerate(forms) if whole.fullmatch(form)], np.int64)


def packed(forms: Sequence[str]) -> tuple[Array, Array]:
    """`blob` and `starts` of forms that are sorted already."""
    blob = np.frombuffer("\n".join([*forms, ""]).encode(), np.uint8)
    return blob, starts_of(blob)


def starts_of(blob: Array) -> Array:
    """Where each form of a blob begins."""
    ends = np.flatnonzero(blob == END[0])
    starts = np.zeros(len(ends), np.int64)
    starts[1:] = ends[:-1] + 1
    return starts


def letters_of(text: str) -> int:
    """The bits of the characters in `text`. An edit changes at most two of them."""
    bits = 0
    for character in text:
        bits |= 1 << (ord(character) & 63)
    return bits


def fingerprints(blob: Array) -> tuple[Array, Array]:
    """`letters` and `lengths` of the forms of a blob."""
    codes = np.frombuffer(bytes(blob).decode().encode("utf-32-le"), np.uint32)
    ends = np.flatnonzero(codes == END[0])
    bits = np.uint64(1) << (codes & 63).astype(np.uint64)
    bits[ends] = 0
    starts = np.concatenate([[0], ends[:-1] + 1]) if len(ends) else ends
    return np.bitwise_or.reduceat(bits, starts) if len(ends) else bits, ends - starts
