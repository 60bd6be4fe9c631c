"""Where words begin and end, in scripts that put spaces between them and in those that do not."""

import re
import unicodedata
from collections.abc import Callable

_RUNS = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30fe]")
UNSPACED_LETTER = f"(?:{_RUNS.pattern}|{_HANGUL.pattern})"
"""Pattern of one character of a script where names stand inside runs of letters."""
_UNSPACED = re.compile(UNSPACED_LETTER)
_INNER = re.compile("(?<=[\u0400-\u04ff])'(?=[\u0400-\u04ff])")

_JOINER = re.compile("(?<=[\u0620-\u06ff])\u200c(?=[\u0620-\u06ff])")
"""Joins endings to Persian and Urdu words: ایران‌ها."""


class Separators(dict[int, str]):
    """For `str.translate`: whatever is not part of a word becomes a space; lengths are kept."""

    def __init__(self, outside: Callable[[str], object]) -> None:
        super().__init__()
        self._outside = outside

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kept = in_word(character) and not self._outside(character)
        separated = self[code] = character if kept else " "
        return separated


def in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def unspaced(text: str) -> bool:
    """Whether something in it belongs to a script where names stand inside runs of letters."""
    return bool(_UNSPACED.search(text))


def unjoined(text: str) -> str:
    """With a space where a zero-width non-joiner keeps an ending apart from its word."""
    return _JOINER.sub(" ", text) if "\u200c" in text else text


def stands_alone(words: str, start: int, end: int) -> bool:
    """Whether nothing beside `words[start:end]` belongs to the same word.

    Chinese, Japanese, Thai: anything may stand beside it, but katakana beside katakana: シリアル is
    no シリア. Korean: particles may follow.
    """
    before, after = words[start - 1], words[end]
    if unicodedata.category(after) == "Mn" or (_is_hangul(before) and _is_hangul(words[start])):
        return False
    return not (_joined(before, words[start]) or _joined(words[end - 1], after))


def _is_hangul(character: str) -> bool:
    return bool(_HANGUL.match(character))


def _joined(left: str, right: str) -> bool:
    if _KATAKANA.match(left) and _KATAKANA.match(right):
        return True
    return not (" " in (left, right) or _UNSPACED.match(left) or _UNSPACED.match(right))


def words_only(folded: str, separators: "Separators") -> str:
    """Folded text of the same length with spaces for whatever is not part of a word.

    Between Cyrillic letters an apostrophe is a letter: "Харків'яни" is one word.
    """
    if "'" in folded and not folded.isascii():
        folded = _INNER.sub("ʼ", folded)
    return folded.translate(separators)


SPACED = Separators(_UNSPACED.match)
"""Words of scripts with spaces only."""
ALL = Separators(lambda _: False)
"""Words of every script."""
