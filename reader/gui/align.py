"""Where the words of an article's plain text stand in the document that shows its HTML.

Both hold the same visible characters in the same order; they differ in white space, in
placeholders for images and tables, and in that Qt counts UTF-16 units. So only visible characters
are counted: the n-th of the one is the n-th of the other. Where a document lost or gained some
(odd markup), the two are brought together again behind the place; what lies inside is not mapped,
so that never a wrong word is marked.
"""

import re
from bisect import bisect_right
from collections.abc import Generator, Iterator
from itertools import accumulate

# U+FFFC stands for an image, U+FDD0 and U+FDD1 for the edges of a table.
_GAP = re.compile(r"([\s\ufffc\ufdd0\ufdd1]+)")
# Astral characters are pieces of their own, so that within a piece one character is one unit.
_PIECE = re.compile(r"[^\s\ufffc\ufdd0\ufdd1\U00010000-\U0010ffff]+|[\U00010000-\U0010ffff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_AT_ONCE = 20_000
"""Characters that are looked at before others have their turn: some milliseconds."""
_ANCHOR = 12
"""So many equal characters in a row count as having found the way again."""
_NEAR = 1500
_FAR_STEP = 400
_SLACK = 2


class Alignment:
    """Maps spans of code points in the text to spans of UTF-16 units in the document."""

    def __init__(self, text: "_Visible", shown: "_Visible") -> None:
        self._text, self._shown = text, shown
        self._segments = list(_segments(self._text.solid, self._shown.solid))
        self._starts = [here for here, _, _ in self._segments]

    @property
    def complete(self) -> bool:
        """Whether every visible character of the one has its partner in the other."""
        pairs = sum(length for _, _, length in self._segments)
        return pairs == len(self._text.solid) == len(self._shown.solid)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The span without white space at its ends; None where the document does not show it."""
        first, last = self._text.rank(start), self._text.rank(end) - 1
        if last < first:
            return None
        shown_first, shown_last = self._partner(first), self._partner(last)
        if shown_first is None or shown_last is None:
            return None
        if abs((shown_last - shown_first) - (last - first)) > _SLACK:
            return None
        return self._shown.place(shown_first), self._shown.place_after(shown_last)

    def _partner(self, rank: int) -> int | None:
        k = bisect_right(self._starts, rank) - 1
        if k < 0:
            return None
        here, there, length = self._segments[k]
        return there + rank - here if rank < here + length else None


def align(text: str, shown: str) -> Alignment:
    """`text`: an article's plain text; `shown`: `QTextDocument.toRawText()` of its HTML."""
    steps = aligning(text, shown)
    while True:
        try:
            next(steps)
        except StopIteration as over:
            made: Alignment = over.value
            return made


def aligning(text: str, shown: str) -> Generator[None, None, Alignment]:
    """The same in short steps, for texts of many pages."""
    here, there = _Visible(wide=1), _Visible(wide=2)
    yield from here.read(text)
    yield from there.read(shown)
    yield
    return Alignment(here, there)


class _Visible:
    """The visible characters of a text, counted by rank; `wide` units for an astral character.

    They are kept in pieces within which one character is one unit: words, or parts of them.
    """

    def __init__(self, *, wide: int) -> None:
        self.solid = ""
        self._wide = wide
        self._sizes: list[int] = []
        self._starts: list[int] = []
        self._ranks: list[int] = [0]

    def read(self, text: str) -> Iterator[None]:
        solid: list[str] = []
        at = 0
        for start in range(0, len(text), _AT_ONCE):
            part = text[start : start + _AT_ONCE]
            pieces, starts = (self._astral if _ASTRAL.search(part) else _plain)(part)
            solid += pieces
            sizes = list(map(len, pieces))
            self._sizes += sizes
            self._ranks += list(accumulate(sizes, initial=self._ranks[-1]))[1:]
            self._starts += [at + one for one in starts]
            at += len(part) + (self._wide - 1) * len(_ASTRAL.findall(part))
            yield
        self.solid = "".join(solid)

    def _astral(self, text: str) -> tuple[list[str], list[int]]:
        pieces = [(found.start(), found.group()) for found in _PIECE.finditer(text)]
        extra = accumulate(((self._wide - 1) * (p > "\uffff") for _, p in pieces[:-1]), initial=0)
        starts = [at + more for (at, _), more in zip(pieces, extra, strict=False)]
        return [piece for _, piece in pieces], starts

    def rank(self, offset: int) -> int:
        """How many visible characters stand before a place of the text."""
        k = bisect_right(self._starts, offset) - 1
        if k < 0:
            return 0
        return self._ranks[k] + min(offset - self._starts[k], self._sizes[k])

    def place(self, rank: int) -> int:
        k = bisect_right(self._ranks, rank) - 1
        return self._starts[k] + rank - self._ranks[k]

    def place_after(self, rank: int) -> int:
        return self.place(rank) + (self._wide if self.solid[rank] > "\uffff" else 1)


def _plain(text: str) -> tuple[list[str], list[int]]:
    """Words, and where they begin."""
    parts = _GAP.split(text)
    return parts[::2], list(accumulate(map(len, parts), initial=0))[:-1:2]


def _segments(a: str, b: str) -> Iterator[tuple[int, int, int]]:
    """(start in `a`, start in `b`, length) of the stretches that are equal, in order."""
    i = j = 0
    while i < len(a) and j < len(b):
        length = _common(a, i, b, j)
        if length:
            yield i, j, length
        i, j = i + length, j + length
        ahead = _near(a, i, b, j) or _far(a, i, b, j)
        if ahead is None:
            return
        i, j = ahead


def _common(a: str, i: int, b: str, j: int) -> int:
    """The length of the longest equal stretch that begins at both places."""
    if a[i:] == b[j:]:
        return len(a) - i
    length, step = 0, 4096
    while step:
        if a[i + length : i + length + step] == b[j + length : j + length + step]:
            if i + length >= len(a) or j + length >= len(b):
                return min(len(a) - i, len(b) - j)
            length += step
        else:
            step //= 2
    return length


def _near(a: str, i: int, b: str, j: int) -> tuple[int, int] | None:
    """The next places that agree, with the fewest characters left out of both together."""
    best, ahead = _NEAR, None
    k = 0
    while k < best and i + k < len(a):
        anchor = a[i + k : i + k + _ANCHOR]
        at = b.find(anchor, j, j + best - k + len(anchor))
        if at >= 0 and k + at - j < best:
            best, ahead = k + at - j, (i + k, at)
        k += 1
    return ahead


def _far(a: str, i: int, b: str, j: int) -> tuple[int, int] | None:
    """A later place that agrees, looked for in big steps: for long insertions."""
    for k in range(i, len(a) - 2 * _ANCHOR, max(_FAR_STEP, (len(a) - i) // 64)):
        at = b.find(a[k : k + 2 * _ANCHOR], j)
        if at >= 0:
            return k, at
    return None
