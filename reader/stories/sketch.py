"""What is kept of a text to recognise it by: a few hundred numbers.

A shingle is a row of four neighbouring words (six signs in scripts without spaces), as a number.
Two texts that share many come from one pen. All shingles of the beginning are kept, for the teaser
of another outlet is most often that, and of the rest one in four: always the same ones, so that
what two sketches share tells what the texts share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from reader.domain.article import Texts
from reader.domain.fold import fold
from reader.stories.wording import split, worded, written

Hashes = NDArray[np.uint32]
Packed = NDArray[np.uint64]

DENSE = 48
"""Shingles at the beginning of lead and body that are all kept."""
_ONE_IN = 4
_LONGEST = 14_000
"""Code points of a text that are looked at: about 2,000 words."""
_AT_ONCE = 60_000
"""Bytes of words that are reckoned with together."""
_ROW, _ROW_OF_SIGNS = 4, 6
_SPACE = 32
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_STORED = np.dtype("<u4")


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """`hashes`: sorted, each once. `words`: of the text, signs counted by six for four words.

    `complete`: every shingle was kept, because the text is short. `whole` stands for title and
    text, word by word (signed, 64 bits): equal only for equal ones.
    """

    hashes: Hashes
    words: int
    complete: bool
    whole: int

    def to_bytes(self) -> bytes:
        return self.hashes.astype(_STORED).tobytes()

    @classmethod
    def of(cls, stored: bytes, words: int, complete: bool, whole: int) -> "Sketch":
        return cls(np.frombuffer(stored, _STORED), words, complete, whole)


def sampled(hashes: Hashes) -> Hashes:
    """Those that are kept wherever in a text they stand."""
    kept: Hashes = hashes[hashes % _ONE_IN == 0]
    return kept


def sketch(texts: Texts) -> Sketch:
    """The same for the same words, in every process and on every day."""
    return sketches([texts])[0]


def sketches(many: Sequence[Texts]) -> list[Sketch]:
    """One for each. Several at once are quicker: their numbers are reckoned together."""
    made: list[Sketch] = []
    lines: list[_Line] = []
    size = 0
    for texts in many:
        line = _Line.of(texts)
        if lines and (size + len(line.text) > _AT_ONCE or line.row != lines[0].row):
            made += _drawn(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line.text) + 1
    return made + (_drawn(lines) if lines else [])


@dataclass(frozen=True, slots=True)
class _Line:
    """The words of an article one after the other; `words` and `lead`: how many there are in all
    and in the first of two parts; `row`: how many make a shingle."""

    text: bytes
    words: int
    lead: int
    row: int
    whole: int

    @classmethod
    def of(cls, texts: Texts) -> "_Line":
        parts = [worded(text[:_LONGEST]) for text in written(texts)]
        counts = [part.text.count(b" ") + 1 if part.text else 0 for part in parts]
        title = split(fold(texts.title[:_LONGEST]).text).text
        return cls(
            text=b" ".join(part.text for part in parts if part.text),
            words=sum(counts),
            lead=counts[0] if len(counts) > 1 else 0,
            row=_ROW_OF_SIGNS if any(part.signs for part in parts) else _ROW,
            whole=_hash64(b"\n".join([title, *(part.text for part in parts)])),
        )


def _drawn(lines: Sequence[_Line]) -> list[Sketch]:
    """Of lines with rows of one length."""
    made, first = [], 0
    hashes = _shingles(b" ".join(line.text for line in lines if line.text), lines[0].row)
    for line in lines:
        mine = hashes[first : first + max(0, line.words - line.row + 1)]
        first += line.words
        kept = mine % _ONE_IN == 0
        kept[:DENSE] = True
        kept[line.lead : line.lead + DENSE] = True
        words = line.words * _ROW // line.row
        made.append(Sketch(_distinct(mine[kept]), words, bool(kept.all()), line.whole))
    return made


def _shingles(words: bytes, row: int) -> Hashes:
    """One for each word that has enough others behind it, in their order.

    With a polynomial over its bytes, the hash of any stretch of a text is the difference of two
    sums, brought back to the power of its beginning.
    """
    text = np.frombuffer(words, np.uint8)
    gaps = np.flatnonzero(text == _SPACE)
    count = len(gaps) + 2 - row
    if count < 1:
        return np.zeros(0, np.uint32)
    powers, back = _powers(1 << (len(text) - 1).bit_length())
    sums = np.zeros(len(text) + 1, np.uint64)
    np.cumsum(text * powers[: len(text)], out=sums[1:])
    begin = np.concatenate(([0], gaps[: count - 1] + 1))
    end = np.concatenate((gaps[row - 1 :], [len(text)]))
    mixed = (sums[end] - sums[begin]) * back[begin]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIX
    return (mixed >> np.uint64(32)).astype(np.uint32)


@cache
def _powers(count: int) -> tuple[Packed, Packed]:
    """The first powers of `_BASE`, and of its inverse, modulo 2⁶⁴."""
    forth = np.full(count, _BASE, np.uint64)
    back = np.full(count, pow(_BASE, -1, 1 << 64), np.uint64)
    forth[0] = back[0] = 1
    return np.cumprod(forth), np.cumprod(back)


def _distinct(hashes: Hashes) -> Hashes:
    """Sorted, each once."""
    hashes.sort()
    return hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))] if len(hashes) else hashes


def _hash64(text: bytes) -> int:
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)
