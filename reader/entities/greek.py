"""Case endings of Greek names: του Μητσοτάκη, της Λιβύης. Folded text: no accents, ς is σ."""

import re
from collections.abc import Iterator
from itertools import islice, product

_GREEK = re.compile("[α-ω]+")
_ENDINGS = (
    ("ησ", "η"),
    ("ασ", "α"),
    ("οσ", "ου|ο|ε"),
    ("α", "ασ"),
    ("η", "ησ"),
    ("ο", "ου"),
    ("ι", "ιου"),
)
_LEAST = 4
_MOST_FORMS = 64


def forms(name: str) -> Iterator[str]:
    """Every other form of a folded name; nothing for one in another script."""
    choices = [[word, *_cases(word)] for word in name.split(" ")]
    others = islice(map(" ".join, product(*choices)), 1, _MOST_FORMS)
    yield from others


def _cases(word: str) -> list[str]:
    if len(word) < _LEAST or not _GREEK.fullmatch(word):
        return []
    found = next(((end, new) for end, new in _ENDINGS if word.endswith(end)), None)
    if found is None:
        return []
    end, new = found
    return [word.removesuffix(end) + one for one in new.split("|")]
