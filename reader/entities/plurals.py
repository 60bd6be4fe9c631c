"""How names become plural in Latin scripts, and how some languages spell a letter in two ways."""

import re
from collections.abc import Iterator

from reader.domain.fold import fold_key

_ADDED: dict[str, tuple[tuple[str, str], ...]] = {
    "": ((r"(?:s|x|z|ch|sh)$", "es"), (r"(?<=[^aeiou])y$", "ies"), (r"(?<!s)$", "s")),
    "de": ((r"$", "e"), (r"$", "en"), (r"$", "er"), (r"(?<=e)$", "n"), (r"(?<![sxz])$", "s")),
    "es": ((r"(?<=[aeiou])$", "s"), (r"(?<=[^aeiousz])$", "es"), (r"z$", "ces")),
    "fr": ((r"(?<![sxz])$", "s"), (r"(?<=au|eu)$", "x"), (r"(?<=a)l$", "ux")),
    "it": ((r"[oe]$", "i"), (r"(?<=[cg])a$", "he"), (r"a$", "e"), (r"io$", "i")),
    "nl": ((r"$", "en"), (r"(?<!s)$", "s")),
    "pt": ((r"(?<=[aeiou])$", "s"), (r"(?<=[rsz])$", "es"), (r"ao$", "oes"), (r"m$", "ns"),
           (r"(?<=[aou])l$", "is")),
}  # fmt: skip
"""What a folded word ends with, and what stands there instead; an s, x or z before "es" stays."""
_KEPT = frozenset({"es"})
_DIGRAPHS = {
    "": {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"},
    "de": {"ä": "ae", "ö": "oe", "ü": "ue"},
    "da": {"å": "aa", "ø": "oe"},
    "nb": {"å": "aa", "ø": "oe"},
    "no": {"å": "aa", "ø": "oe"},
    "nn": {"å": "aa", "ø": "oe"},
    "sv": {"å": "aa", "ö": "oe", "ä": "ae"},
    "fi": {"ä": "ae", "ö": "oe"},
}


def plurals(name: str, language: str = "") -> Iterator[str]:
    """Every plural that the last word of a folded name may have; English where nobody knows."""
    for ending, new in _ADDED.get(language, _ADDED[""]):
        found = re.search(ending, name)
        if found:
            kept = found.group() if language in ("", "en") and new in _KEPT else ""
            yield name[: found.start()] + kept + new


def respelled(name: str, language: str) -> Iterator[str]:
    """The folded name with ae for ä, and so on, and, where the language is known, the other way
    round: Samuel is no Samül."""
    pairs = _DIGRAPHS.get(language)
    if pairs is None:
        return
    small = name.lower()
    for letter, pair in pairs.items():
        small = small.replace(letter, pair)
    wide = fold_key(small)
    narrow = fold_key(name)
    for letter, pair in pairs.items() if language else ():
        narrow = narrow.replace(pair, fold_key(letter))
    yield from (spelling for spelling in (wide, narrow) if spelling != fold_key(name))
