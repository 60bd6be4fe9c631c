"""How a designator may be written: S-400 = S 400 = S400 = С-400, T-72B3 = T-72 B3, 2S19 = 2С-19,
Buk-M3 = Бук-М3.

Everything is folded text. Latin and Cyrillic stand for each other by sound and by look, so that a
name typed with the letters of the other alphabet is found, too. Which spaces were hyphens in the
text is none of this module's business.
"""

import re
from collections.abc import Iterator
from functools import partial

_SHORT = re.compile(r"(?<!\w)[^\W\d_]{1,5}( ?)\d")
"""Su-35, but not Shahed-136: where two words may be meant, "it's 400"."""
_DESIGNATOR = re.compile(r"(?<!\w)([^\W\d_]{1,12})( ?)(\d\w*)")
_NUMBERED = re.compile(r"(?<!\w)(\d{1,2})([^\W\d_]{1,3})( ?)(\d+)(?!\w)")
"""2S19, 9K720, 3M-54: the number of a series first."""
_NAMED = re.compile(r"([^\W\d_]{3,12}) ([^\W\d_]{1,2} ?\d\w*)")
"""Buk-M3: the letter and number of a version behind a name."""
_VERSION = re.compile(r"\d[a-rt-z]$")
"""F-35A, of which there are F-35As."""
_TOGETHER = re.compile(r"(?<=\d)(?=[^\W\d_]{1,2}\d)")
_APART = re.compile(r"(?<=\d) (?=[^\W\d_]{1,2}\d)")
"""Where a version may stand apart: 2A6, 2 A6."""

_Letters = dict[str, str]

_SOUND = {
    "kh": "х", "zh": "ж", "ch": "ч", "sh": "ш", "ts": "ц", "yu": "ю", "ya": "я", "a": "а",
    "b": "б", "v": "в", "g": "г", "d": "д", "e": "е", "z": "з", "i": "и", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "f": "ф",
    "y": "ы",
}  # fmt: skip
_LOOK = dict(zip("abcehkmoptxy", "авсенкмортху", strict=True))


def _back(letters: _Letters) -> _Letters:
    return {cyrillic: latin for latin, cyrillic in letters.items()}


_LATIN: tuple[_Letters, ...] = ({}, _SOUND, _LOOK)
_CYRILLIC: tuple[_Letters, ...] = ({}, _back(_SOUND), _back(_LOOK))
_LATIN_WORD = (*_LATIN, _SOUND | {"h": "х"})
_CYRILLIC_WORD = (*_CYRILLIC, _back(_SOUND) | {"х": "h"})
"""Shahed is Шахед; but H-6 and Х-6 are an aircraft and a missile."""


def gap(name: str) -> int:
    """Where a short designator is written apart ("s 400"); -1 where it is not, or none."""
    if found := _NUMBERED.fullmatch(name):
        return found.start(3) if found[3] else -1
    found = _SHORT.search(name)
    return found.start(1) if found and found[1] else -1


def spellings(name: str) -> Iterator[tuple[str, bool]]:
    """(spelling, is a plural), the name among them; nothing for what is no designator."""
    for text in dict.fromkeys((name, _APART.sub("", name), *_named(name))):
        for joined in dict.fromkeys(_spellings(text)):
            for one in dict.fromkeys((joined, _TOGETHER.sub(" ", joined))):
                yield one, False
                if one[-1].isdigit() or _VERSION.search(one):
                    yield one + "s", True


def _named(name: str) -> Iterator[str]:
    """With the name before the letter and number in the other script."""
    if found := _NAMED.fullmatch(name):
        for script in _scripts(found[1]):
            word = _transcribe(found[1], script)
            if word:
                yield f"{word} {found[2]}"


def _spellings(name: str) -> Iterator[str]:
    if found := _DESIGNATOR.search(name):
        for script in _scripts(found[1]):
            for space in (" ", ""):
                yield _DESIGNATOR.sub(partial(_respell, script=script, space=space), name)
    elif found := _NUMBERED.search(name):
        for script in _scripts(found[2]):
            for space in ("", " "):
                yield _NUMBERED.sub(partial(_renumber, script=script, space=space), name)


def _scripts(letters: str) -> tuple[_Letters, ...]:
    """Those that the letters could be spelled in, their own first."""
    if len(letters) <= len("su"):
        return _LATIN if letters.isascii() else _CYRILLIC
    return _LATIN_WORD if letters.isascii() else _CYRILLIC_WORD


def _respell(found: re.Match[str], script: _Letters, space: str) -> str:
    letters, number = _transcribe(found[1], script), _transcribe(found[3], script)
    if letters is None or number is None:
        return found[1] + space + found[3]
    return letters + space + number


def _renumber(found: re.Match[str], script: _Letters, space: str) -> str:
    return found[1] + (_transcribe(found[2], script) or found[2]) + space + found[4]


def _transcribe(text: str, script: _Letters) -> str | None:
    """Every letter in the other script, or None when one has no counterpart there."""
    out, place = "", 0
    while place < len(text):
        pair, one = text[place : place + 2], text[place]
        if pair in script:
            out += script[pair]
            place += 2
        elif one in script or one.isdigit():
            out += script.get(one, one)
            place += 1
        else:
            return None
    return out
