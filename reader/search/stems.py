"""Inflected words: the stem that the forms of one word share in a language (Snowball).

Folded forms go in, so that accents never part two forms of a word. Arabic is left out: its
Snowball stemmer takes off the same clitics and articles that `analysis` already takes off, but
cuts deeper and less surely. Left out too are the stemmers that are only variants of others.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

import Stemmer

from reader.search.analysis import JOIN

_ALGORITHMS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
SHORTEST = 3
"""Letters that a word needs to be stemmed."""
_KNOWN_AT_MOST = 100_000


def primary(language: str) -> str:
    """`en` of `en-GB`, `en_US` and `EN`; "" when unknown."""
    return language.replace("_", "-").split("-", 1)[0].lower()


def has(language: str) -> bool:
    """Whether words of this language, or of the one it is a variant of, are stemmed."""
    return primary(language) in _languages()


def stem(form: str, language: str) -> str:
    """What the inflected forms of a word share; a pair is stemmed part by part.

    The form itself when the language has no stemmer, when it is not made of letters alone, and
    when it is nothing but an ending (Turkish leri).
    """
    stems = _stems(primary(language))
    return form if stems is None else _stemmed(form, stems)


@lru_cache(maxsize=1_024)
def stems_in(form: str, languages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(language, stem) for each of `languages` that has a stemmer; every segment asks for them."""
    return tuple((language, _stemmed(form, stems)) for language, stems in _tongues(languages))


def _stemmed(form: str, stems: Mapping[str, str]) -> str:
    return JOIN.join(stems[part] for part in form.split(JOIN)) if JOIN in form else stems[form]


@lru_cache(maxsize=64)
def _tongues(languages: tuple[str, ...]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    return tuple((language, stemming(language)) for language in languages if has(language))


def stemming(language: str) -> Mapping[str, str]:
    """The stem of every form but pairs, for many at once; KeyError when `has` says no."""
    stems = _stems(primary(language))
    if stems is None:
        raise KeyError(language)
    return stems


class _Stems(dict[str, str]):
    """Words stemmed before, so that most cost one look-up."""

    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self._stemmer = Stemmer.Stemmer(algorithm, 0)

    def __missing__(self, form: str) -> str:
        if len(self) >= _KNOWN_AT_MOST:
            self.clear()
        found = self[form] = (self._stemmer.stemWord(form) if _is_plain(form) else "") or form
        return found


@cache
def _stems(language: str) -> _Stems | None:
    return _Stems(_ALGORITHMS[language]) if language in _languages() else None


@cache
def _languages() -> frozenset[str]:
    """Those that the installed Snowball really knows."""
    known = set(Stemmer.algorithms())
    return frozenset(tag for tag, name in _ALGORITHMS.items() if name in known)


def _is_plain(form: str) -> bool:
    if len(form) < SHORTEST:
        return False
    return form.isalpha() or all(unicodedata.category(c)[0] in "LM" for c in form)
