"""How many words stand before a place in a text nearly all of plain letters, without finding them.

The words are those of `analysis`: there each is found, here only where it starts.
"""

from collections.abc import Mapping

import numpy as np

from reader.search.analysis import joiner, written

_OTHER, _LETTER, _DIGIT, _JOINER, _COMMA = 0, 1, 3, 4, 8
"""What a character is in words; letters and digits are odd."""
_SIGNS = {sign: joiner(sign) for sign in "‘’–—"}
"""The joiners beyond ASCII that may be in a text of plain letters."""


def _kind(character: str) -> int:
    if character.isalnum():
        return _DIGIT if character.isdigit() else _LETTER
    return _JOINER if character in "-'`.&_" else _COMMA if character == "," else _OTHER


_KINDS = bytes(_kind(chr(code)) if code < 128 else _OTHER for code in range(256))


def word_starts(text: str, foreign: Mapping[int, str]) -> list[int]:
    """Code points, ascending, by which to count words before the beginning of a chunk.

    `text` begins with white space. `foreign`: by where they start, all chunks with letters beyond
    ASCII; their words all count from there.
    """
    kinds = np.frombuffer(_plain(text, foreign).translate(_KINDS), np.uint8)
    letters = kinds & 1
    runs = (letters[1:] > letters[:-1]).nonzero()[0] + 1
    before, first = kinds[runs - 1], kinds[runs - 2]
    inside = (before == _JOINER) & (first & 1 > 0)
    inside |= (before == _COMMA) & (first == _DIGIT) & (kinds[runs] == _DIGIT)
    found: list[int] = runs[~inside].tolist()
    if foreign:
        found += (start for start, chunk in foreign.items() for _word in written(chunk))
        found.sort()
    return found


def _plain(text: str, foreign: Mapping[int, str]) -> bytes:
    """Without the foreign chunks, and with plain joiners."""
    if text.isascii():
        return text.encode()
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    found = bytearray(text.encode("ascii", "replace"))
    for start, chunk in foreign.items():
        found[start : start + len(chunk)] = b" " * len(chunk)
    return bytes(found)
