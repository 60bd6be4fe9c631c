"""Plain text in lines of at most so many columns, in any script.

A letter of Chinese, Japanese or Korean takes two columns and may end a line; other words are never
cut, so that an address stays one. What keeps its direction to itself does so on each of its lines.
"""

import unicodedata
from collections.abc import Iterator

COLUMNS = 72
ISOLATE, END = "\u2068", "\u2069"
_NOT_FIRST = frozenset(
    "、。，．！？：；・ー々」』）】〕〉》”’…‥ヽゝァィゥェォッャュョぁぃぅぇぉっゃゅょ*,.;:!?)]}"
    + END
)
"""What no line begins with, where it could be cut before any letter."""


def width(text: str) -> int:
    return sum(map(_width, text))


def wrapped(text: str, first: str = "", then: str = "", columns: int = COLUMNS) -> Iterator[str]:
    """Lines of the text's words. `first`, `then`: what the first line and the others begin with."""
    line, blank, isolated = first, True, False
    for space, piece in _pieces(text):
        if not blank and width(line) + len(space) + width(piece) > columns:
            yield line + END * isolated
            line, blank, space = then + ISOLATE * isolated, True, ""
        line += piece if blank else space + piece
        blank = False
        isolated = _is_open(piece, isolated)
    yield line


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """(space before it, what is not cut)."""
    for word in text.split():
        space, begun = " ", ""
        for letter in word:
            if begun and _may_part(begun, letter):
                yield space, begun
                space, begun = "", ""
            begun += letter
        yield space, begun


def _may_part(before: str, letter: str) -> bool:
    """Next to a wide letter, but for signs that belong to what stands before or after them."""
    last = before[-1]
    wide = _width(letter) == 2 or _width(last) == 2
    return wide and letter not in _NOT_FIRST and last not in "「『（【〔〈《*(" + ISOLATE


def _is_open(piece: str, before: bool) -> bool:
    ends, begins = piece.rfind(END), piece.rfind(ISOLATE)
    return before if ends == begins == -1 else begins > ends


def _width(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
