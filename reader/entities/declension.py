"""Names in the cases of languages whose endings would make dozens of forms of every name.

They count in articles of those languages. A name is looked for by how its first word that changes
begins, and where that is found, `cases` tells whether the whole name follows in one of its cases.
In some languages every word of a name changes (w Nowym Jorku), in others only the last (New
Yorkissa). Everything here is folded text: ę is e and ů is u. The tables (`slavic`, `baltic`,
`balkan`, `german`, `caucasian`, `agglutinating`) overshoot, which costs nothing: a form that nobody
writes is never met.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from reader.domain.entity import Alias
from reader.domain.fold import fold_key
from reader.entities import agglutinating, balkan, baltic, caucasian, german, slavic

_RULES = slavic.RULES | baltic.RULES | balkan.RULES | german.RULES | agglutinating.RULES
_CYRILLIC_RULES = slavic.CYRILLIC_RULES | agglutinating.CYRILLIC_RULES
_LAST_WORD_ONLY = frozenset(agglutinating.RULES | agglutinating.CYRILLIC_RULES | caucasian.RULES)
LANGUAGES = frozenset(_RULES | _CYRILLIC_RULES | caucasian.RULES)
ACRONYMS = frozenset({"et", "eu"})
"""Write endings onto acronyms, too: NATOsse."""
_LEAST = 4
"""Letters of the first word that changes; shorter ones are too often other words."""
_SHORT = 3
"""Letters of words that never change where a name begins with them."""
_LEAST_STEM = 2
_MOST_WORDS = 4
_LATIN = re.compile("[a-z]+")
_CYRILLIC = re.compile("[\u0430-\u052f]+")
_OWN_LETTERS = {"ka": re.compile("[\u10d0-\u10f0]+"), "hy": re.compile("[\u0561-\u0587]+")}


def stem(alias: Alias, language: str) -> str:
    """What every case of the name begins with; "" for a name that keeps its form: too short or too
    long, or in letters that the language is not written in."""
    parts = fold_key(alias.text).split(" ")
    fixed = _fixed(parts, language)
    if not alias.inflect or fixed == len(parts) or len(parts) > _MOST_WORDS:
        return ""
    if not all(_rules(word, language) for word in parts[: fixed + 1]):
        return ""
    if language in german.RULES and not german.declines(parts[fixed:]):
        return ""
    bare, _ = _parts(parts[fixed], language)
    enough = len(parts[fixed]) >= _LEAST and len(bare) >= _LEAST_STEM
    return " ".join([*parts[:fixed], bare]) if enough else ""


@lru_cache(10_000)
def cases(name: str, language: str) -> re.Pattern[str]:
    """The whole name in any of its cases, in folded text."""
    alternatives = ("|".join(map(re.escape, forms)) for forms in words(name, language))
    return re.compile(" ".join(f"(?:{one})" for one in alternatives) + r"(?![^\W_])")


def words(name: str, language: str) -> list[list[str]]:
    """The forms that each word of a name may have, folded."""
    parts = fold_key(name).split(" ")
    fixed = _fixed(parts, language)
    return [[word] if n < fixed else _forms(word, language) for n, word in enumerate(parts)]


def words_anywhere(alias: Alias) -> list[list[str]]:
    """The same in all languages in which the alias is declined; nothing for none."""
    spoken = [language for language in sorted(LANGUAGES) if stem(alias, language)]
    choices = zip(*(words(alias.text, language) for language in spoken), strict=True)
    return [list(dict.fromkeys(_chained(forms))) for forms in choices]


def _chained(lists: Sequence[list[str]]) -> Iterator[str]:
    return (one for forms in lists for one in forms)


def _fixed(words: Sequence[str], language: str) -> int:
    """How many words at the beginning never change: al Assad, Joe Biden."""
    if language in _LAST_WORD_ONLY:
        return len(words) - 1
    return next((n for n, word in enumerate(words) if len(word) > _SHORT), len(words))


def _forms(word: str, language: str) -> list[str]:
    bare, endings = _parts(word, language)
    return list(dict.fromkeys(bare + ending for ending in endings.split("|")))


def _parts(word: str, language: str) -> tuple[str, str]:
    for ending, cut, new in _rules(word, language):
        if _ending(ending).search(word):
            return word[: len(word) - cut], new
    return word, ""


def _rules(word: str, language: str) -> slavic.Rules:
    """Those for the letters of the word; none where the language has other letters."""
    if language in _OWN_LETTERS:
        return caucasian.RULES[language] if _OWN_LETTERS[language].fullmatch(word) else ()
    if _LATIN.fullmatch(word):
        return _RULES.get(language, ())
    return _CYRILLIC_RULES.get(language, ()) if _CYRILLIC.fullmatch(word) else ()


@cache
def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")
