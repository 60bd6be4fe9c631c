"""The case forms of Russian and Ukrainian words from a dictionary, where one is installed.

`pip install media-reader[russian]` brings pymorphy3 with its dictionaries. Words that a dictionary
does not know, and all words without one, are declined by the rules of `russian`.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from reader.domain.fold import fold_key
from reader.entities import russian
from reader.entities.russian import Endings

logger = logging.getLogger(__name__)

_CASES = ("gen", "dat", "acc", "abl", "loc")
"""As its tags begin, also those of second forms: "loct" and "loc2"."""
_NAMING = frozenset({"NOUN", "ADJF"})


class Word(Protocol):
    """A parse as pymorphy3 gives it."""

    @property
    def word(self) -> str: ...
    @property
    def tag(self) -> Any: ...
    @property
    def is_known(self) -> bool: ...
    @property
    def lexeme(self) -> "Sequence[Word]": ...


class Analyser(Protocol):
    def parse(self, word: str) -> Sequence[Word]: ...


class Dictionary:
    """`analyser` makes the one of "ru" or "uk", and may raise what says that there is none."""

    name = "pymorphy3"

    def __init__(self, analyser: Callable[[str], Analyser]) -> None:
        self._analyser = cache(analyser)
        self._missing: set[str] = set()

    def cases(self, word: str, language: str) -> list[list[str]]:
        """The forms of the five oblique cases, as `russian.RULES` gives them."""
        by_rule = russian.RULES.cases(word, language)
        found = self._known(word, language)
        return [sorted(forms) or old for forms, old in zip(found, by_rule, strict=True)]

    def _known(self, word: str, language: str) -> list[set[str]]:
        forms: list[set[str]] = [set() for _ in _CASES]
        for parse in self._parses(word, language):
            if parse.is_known and parse.tag.POS in _NAMING and parse.tag.case == "nomn":
                for other in parse.lexeme:
                    if _goes_with(other.tag, parse.tag):
                        forms[_CASES.index(other.tag.case[:3])].add(fold_key(other.word))
        return forms

    def _parses(self, word: str, language: str) -> Iterable[Word]:
        if language in self._missing:
            return ()
        try:
            return self._analyser(language[:2]).parse(word)
        except (ImportError, OSError, ValueError) as problem:
            self._missing.add(language)
            logger.info("no dictionary of %s endings: %s", language, problem)
            return ()


def _goes_with(form: Any, named: Any) -> bool:
    """Whether it is an oblique case of the same number, and of the same gender in the singular."""
    if form.case is None or form.case[:3] not in _CASES:
        return False
    plural = named.number == "plur"
    return plural == (form.number == "plur") and (plural or form.gender in (named.gender, None))


@cache
def best() -> Endings:
    """The dictionary where pymorphy3 is installed, the rules elsewhere; `name` tells which.

    Dictionaries are loaded when the first word of their language is asked for.
    """
    try:
        analysers = import_module("pymorphy3")
    except ImportError:
        return russian.RULES
    return Dictionary(lambda language: analysers.MorphAnalyzer(lang=language))
