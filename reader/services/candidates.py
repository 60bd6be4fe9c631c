"""The articles in which a name may stand, by the index: never fewer than those in which it does.

Every spelling that a matcher would look for is cut into the words it is indexed by. Where the index
cuts words otherwise than the matcher does, or endings are written onto a name, more articles are
given; looking into their texts is for the matcher.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from reader.domain.entity import Alias, Entity
from reader.domain.fold import fold_key
from reader.entities import declension, lexicon, suffixes
from reader.entities.russian import Endings
from reader.entities.scripts import in_word, unspaced
from reader.search.index import Facts, Index
from reader.search.language import parse

EVERYTHING = "date:1900.. OR date:..1900"
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[\u0620-\u06ff]+")
_LEAST_PREFIX = 2
_SEVERAL = 300
"""Words in one query; it may have a thousand."""


class NoFilters:
    """For queries of words only."""

    def ids(self, field: str, value: str) -> Collection[int]:
        raise LookupError(f"{field}:{value} is no word")


def facts(index: Index, entity: Entity, endings: Endings) -> Iterator[Facts]:
    """Of the articles that may mention it; an article may be in several answers."""
    for alias in entity.spellings():
        for query in queries(alias, endings):
            yield index.facts(parse(query), NoFilters())


def queries(alias: Alias, endings: Endings) -> Iterator[str]:
    """Queries that together find every article in which a matcher could find the alias."""
    forms = [form.text for form in lexicon.forms(alias, endings) if any(map(in_word, form.text))]
    if any(unspaced(form) or _has_marks(form) for form in forms):
        yield from _unspaced(forms)
        return
    open_ended = any(suffixes.takes(alias, language) for language in suffixes.LANGUAGES)
    if declined := declension.words_anywhere(alias):
        yield " ".join(f"({' OR '.join(map(phrase, one))})" for one in declined)
    by_length: dict[int, list[list[str]]] = {}
    for form in forms:
        words = _WORD.findall(form)
        by_length.setdefault(len(words), []).append(words)
    for same in by_length.values():
        for start in range(0, len(same), _SEVERAL):
            yield _places(same[start : start + _SEVERAL], open_ended)


def phrase(text: str) -> str:
    """The query that finds exactly these words side by side, in any case; "" for none."""
    words = _WORD.findall(fold_key(text))
    return '"' + " ".join(words) + '"' if words else ""


def _unspaced(forms: Sequence[str]) -> Iterator[str]:
    """Of scripts that are indexed by characters; where marks are words' parts, every article."""
    if any(map(_has_marks, forms)):
        yield EVERYTHING
        return
    for form in forms:
        yield phrase(form)


def _places(forms: Sequence[Sequence[str]], open_ended: bool) -> str:
    """First words of any of the forms, and second words of any, …: each has only its own."""
    places = []
    for place, words in enumerate(zip(*forms, strict=True)):
        last = place == len(forms[0]) - 1
        different = _shortest(dict.fromkeys(words))
        places.append(" OR ".join(_term(word, open_ended and last) for word in different))
    return " ".join(f"({place})" for place in places)


def _shortest(words: Collection[str]) -> list[str]:
    """Without Arabic words that hold another: each is looked for inside of longer ones."""
    arabic = [word for word in words if _inside(word)]
    return [
        word
        for word in words
        if not (_inside(word) and any(one != word and one in word for one in arabic))
    ]


def _inside(word: str) -> bool:
    """Whether the index may have it as a part of a word only: what a zero-width non-joiner keeps
    apart is one word there (حزب‌الله)."""
    return len(word) >= _LEAST_PREFIX and bool(_ARABIC.fullmatch(word))


def _term(word: str, open_ended: bool) -> str:
    if _inside(word):
        return f"*{word}*"
    return f"{word}*" if open_ended and len(word) >= _LEAST_PREFIX else f'"{word}"'


def _has_marks(text: str) -> bool:
    return any(unicodedata.category(c) in ("Mn", "Mc") for c in text)
