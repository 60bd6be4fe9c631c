"""Endings that a language writes onto a name without a sign: Hafterin, Libyalılar, Putins.

They count in articles of that language, and for aliases that say they are of it. Turkish and
Azerbaijani endings must be in harmony with the last vowel of the name, as the alias writes it; the
Germanic genitive is a bare s. (After an apostrophe, every ending matches without this.)
"""

import re
import unicodedata
from functools import cache

from reader.domain.entity import Alias

_HARMONIC = frozenset({"tr", "az"})
_GENITIVE = frozenset({"de", "sv", "da", "nb", "nn", "no", "nl"})
LANGUAGES = _HARMONIC | _GENITIVE
_SCANDINAVIAN = frozenset({"sv", "da", "nb", "nn", "no"})
ON_ACRONYMS = _SCANDINAVIAN | {"az"}
"""Write endings onto acronyms: NATOnun, EUs. Turkish puts an apostrophe between."""
_LEAST = 5
"""Letters of a name from which Turkish endings are looked for: fewer are too often other words."""
_LEAST_SPOKEN = 4
"""The same for a name that is said to be of the language."""
_LEAST_GENITIVE = 4
_LEAST_ACRONYM = 3
_LEAST_ACRONYM_GENITIVE = 2
LONGEST = 12
"""Letters that may follow a name."""

_NARROW = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "e": "i", "ə": "i", "i": "i", "ö": "ü", "ü": "ü"}
_BACK = frozenset("aıou")
_VOICELESS = frozenset("fstkçşhp")
_MARKED = frozenset("çğşöüı")
"""Turkish letters that are no accents, so they are kept; â and é are only a and e."""


def takes(alias: Alias, language: str) -> bool:
    """Whether endings of `language` may follow the alias."""
    letters, last = sum(map(str.isalpha, alias.text)), alias.text.strip()[-1:]
    if not alias.inflect or not last.isalpha() or _latin(last) is None:
        return False
    if language == "az" and alias.text.isupper():
        return letters >= _LEAST_ACRONYM
    if language in _HARMONIC:
        return letters >= (_LEAST_SPOKEN if alias.language == language else _LEAST)
    short = language in _SCANDINAVIAN and alias.text.isupper()
    least = _LEAST_ACRONYM_GENITIVE if short else _LEAST_GENITIVE
    return language in _GENITIVE and letters >= least and last not in "sßxzSXZ"


def fits(name: str, tail: str, language: str) -> bool:
    """Whether `tail`, the letters after the name in a text, is an ending it may have."""
    if language in _GENITIVE:
        return tail == "s" or (tail == "S" and not name.isupper())
    plain = small(name.strip())
    vowels = [c for c in plain if c in _NARROW]
    last = vowels[-1] if vowels else "a"
    return bool(_endings(language, last, plain[-1]).fullmatch(small(tail)))


def small(text: str) -> str:
    """Lower case as in Turkish, without accents and marks that are no letters of it."""
    lowered = text.replace("I", "ı").replace("İ", "i").replace("i\u0307", "i").lower()
    composed = unicodedata.normalize("NFC", lowered)
    return "".join(c if c in _MARKED else _latin(c) or "" for c in composed)


def _latin(character: str) -> str | None:
    """The bare letter; None for what is no Latin letter."""
    if character in _MARKED or character == "ə":
        return character
    bare = unicodedata.normalize("NFKD", character)[0]
    return bare if bare.isalpha() and unicodedata.name(bare, "").startswith("LATIN") else None


@cache
def _endings(language: str, vowel: str, final: str) -> re.Pattern[str]:
    """All endings after a name with this last vowel and this last letter."""
    cases = _cases(language, vowel, final)
    open_, close = _wide(language, vowel), _NARROW[vowel]
    plural = f"l{open_}r(?:{_cases(language, open_, 'r')})?"
    of_there = f"l{close}(?:l{open_}r)?(?:{_cases(language, close, close)})?"
    many_of_there = f"l{close}l{open_}r(?:{_cases(language, open_, 'r')})?"
    return re.compile(f"{cases}|{plural}|{of_there}|{many_of_there}")


def _cases(language: str, vowel: str, final: str) -> str:
    wide, narrow = _wide(language, vowel), _NARROW[vowel]
    d = "t" if language == "tr" and final in _VOICELESS else "d"
    there = f"{d}{wide}(?:n|k[iı](?:l{wide}r|ler)?)?"
    if final not in _NARROW:
        return f"{narrow}n?|{wide}|{there}|l{wide}"
    given = f"y{narrow}|" if language == "tr" else ""
    return f"{given}n{narrow}n?|[yn]{wide}|n?{there}|y?l{wide}|s{narrow}"


def _wide(language: str, vowel: str) -> str:
    if vowel in _BACK:
        return "a"
    return "e" if language == "tr" else "ə"
