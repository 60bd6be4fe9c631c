"""Case endings of names in Polish, Czech and Slovak: Putina, Tuskiem, w Libii, v Praze.

They count in articles of those languages. A name is looked for by how its first word begins, and
where that is found, `cases` tells whether the whole name follows in one of them. Everything here
is folded text: ę is e and ů is u. The rules overshoot, which costs nothing: a form that nobody
writes is never met.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from reader.domain.entity import Alias
from reader.domain.fold import fold_key

LANGUAGES = frozenset({"pl", "cs", "sk"})
_LEAST = 4
"""Letters of the first word that changes; shorter ones are too often other words."""
_SHORT = 3
"""Letters of words that never change where a name begins with them."""
_LEAST_STEM = 2
_MOST_WORDS = 4

Rules = tuple[tuple[str, int, str], ...]
"""What a word ends with, how many letters make way, and what may stand there instead."""

_POLISH: Rules = (
    ("ka", 2, "ka|ki|ce|ke|ko|kiej"),
    ("ga", 2, "ga|gi|dze|ge|go"),
    ("cha", 3, "cha|chy|sze|che|cho"),
    ("ra", 2, "ra|ry|rze|re|ro"),
    ("ta", 2, "ta|ty|cie|te|to"),
    ("da", 2, "da|dy|dzie|de|do"),
    ("la", 2, "la|ly|le|li|lo"),
    ("[ji]a", 1, "a|i|e|o"),
    ("a", 1, "a|y|i|ie|e|o"),
    ("ek", 2, "ek|ka|kowi|kiem|ku"),
    ("iec", 3, "iec|ca|cowi|cem|cu"),
    ("i", 1, "i|iego|iemu|im"),
    ("y", 1, "y|ego|emu|ym"),
    ("o", 1, "o|a|u|owi|em|ie|y|e"),
    ("e", 0, "|go|mu|m"),
    ("u", 0, ""),
    ("[kg]", 0, "|a|u|owi|iem"),
    ("t", 1, "t|ta|tu|towi|tem|cie"),
    ("d", 1, "d|da|du|dowi|dem|dzie"),
    ("r", 1, "r|ra|ru|rowi|rem|rze"),
    ("[zcjln]", 0, "|a|u|owi|em|ie|i|y|e"),
    ("[^aeiouy]", 0, "|a|u|owi|em|ie"),
)
_CZECH: Rules = (
    ("ova", 1, "a|e|ou|u|ej"),
    ("ha", 2, "ha|hy|ze|hu|hou|hovi"),
    ("ga", 2, "ga|gy|ze|ge|gu|gou|govi"),
    ("cha", 3, "cha|chy|se|chu|chou|chovi"),
    ("ka", 2, "ka|ky|ce|ke|ku|kou|kovi"),
    ("ia", 1, "a|e|i|u|ou"),
    ("a", 1, "a|y|e|i|u|ou|ovi"),
    ("[iy]e", 1, "e|i"),
    ("e", 0, "|m|ho|mu"),
    ("yj", 2, "yj|y|eho|emu|ym|om"),
    ("y", 1, "y|eho|emu|ym|om"),
    ("i", 0, "|ho|mu|m"),
    ("o", 1, "o|a|u|e|em|om|ovi"),
    ("u", 0, ""),
    ("ek", 2, "ek|ka|ku|kovi|kem|kom|kuv"),
    ("ec", 2, "ec|ce|ci|cem|com|covi"),
    ("el", 2, "el|la|lu|lovi|lem|lom|luv|ela|elu|elovi|elem|elom|ele|eli"),
    ("[^aeiouy]", 0, "|a|e|i|u|ovi|em|om|uv|ova|ove|ovi"),
)
_RULES = {"pl": _POLISH, "cs": _CZECH, "sk": _CZECH}
_LATIN = re.compile("[a-z]+")


def stem(alias: Alias, language: str) -> str:
    """What every case of the name begins with; "" for a name that keeps its form: too short or too
    long, or not in Latin letters."""
    parts = fold_key(alias.text).split(" ")
    fixed = _fixed(parts)
    if not alias.inflect or fixed == len(parts) or len(parts) > _MOST_WORDS:
        return ""
    if not all(map(_LATIN.fullmatch, parts[: fixed + 1])) or len(parts[fixed]) < _LEAST:
        return ""
    bare, _ = _parts(parts[fixed], language)
    return " ".join([*parts[:fixed], bare]) if len(bare) >= _LEAST_STEM else ""


@lru_cache(10_000)
def cases(name: str, language: str) -> re.Pattern[str]:
    """The whole name in any of its cases, in folded text."""
    alternatives = ("|".join(map(re.escape, forms)) for forms in words(name, language))
    return re.compile(" ".join(f"(?:{one})" for one in alternatives) + r"(?![^\W_])")


def words(name: str, language: str) -> list[list[str]]:
    """The forms that each word of a name may have, folded."""
    parts = fold_key(name).split(" ")
    fixed = _fixed(parts)
    return [[word] if n < fixed else _forms(word, language) for n, word in enumerate(parts)]


def _fixed(words: Sequence[str]) -> int:
    """How many words at the beginning never change: al Assad, Joe Biden."""
    return next((n for n, word in enumerate(words) if len(word) > _SHORT), len(words))


def _forms(word: str, language: str) -> list[str]:
    if not _LATIN.fullmatch(word):
        return [word]
    bare, endings = _parts(word, language)
    return list(dict.fromkeys(bare + ending for ending in endings.split("|")))


def _parts(word: str, language: str) -> tuple[str, str]:
    for ending, cut, new in _RULES[language]:
        if _ending(ending).search(word):
            return word[: len(word) - cut], new
    return word, ""


@cache
def _ending(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")
