"""Whether what surrounds an alias is as its context rules ask.

The words of all rules are looked for together, and only in articles where an alias with rules was
found. Places are (number of the text, start, end).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from reader.domain.entity import ContextRule
from reader.entities.scripts import UNSPACED_LETTER

Place = tuple[int, int, int]
Find = Callable[[str], Iterable[tuple[str, int, int]]]
"""Every (word, start, end) of the words of the rules in a text, also those inside others."""

_WORD = re.compile(rf"{UNSPACED_LETTER}|(?:(?!{UNSPACED_LETTER})\w)+(?:[-‐‑'’](?=\w))?")
_JOINERS = "-‐‑'’"


class Surroundings:
    """Of one article, given as its texts."""

    def __init__(self, texts: Sequence[str], find: Find) -> None:
        self._texts, self._find = texts, find
        self._places: dict[str, list[Place]] | None = None
        self._starts: dict[int, list[int]] = {}

    def allow(self, rules: Iterable[ContextRule], place: Place) -> bool:
        """Whether no "not" speaks against the place."""
        return not any(rule.kind == "not" and self._holds(rule, place) for rule in rules)

    def support(self, rules: Iterable[ContextRule], place: Place) -> bool:
        """Whether every "requires" is met there."""
        return all(self._holds(rule, place) for rule in rules if rule.kind == "requires")

    def _holds(self, rule: ContextRule, place: Place) -> bool:
        if self._places is None:
            self._places = self._found()
        others = (other for word in rule.words for other in self._places.get(word, ()))
        return any(rule.within == 0 or self._near(other, place, rule.within) for other in others)

    def _found(self) -> dict[str, list[Place]]:
        places: dict[str, list[Place]] = {}
        for number, text in enumerate(self._texts):
            for word, start, end in self._find(text):
                places.setdefault(word, []).append((number, start, end))
        return places

    def _near(self, one: Place, other: Place, within: int) -> bool:
        if one[0] != other[0]:
            return False
        starts = self._word_starts(one[0])
        (_, _, end), (_, start, _) = sorted((one, other))
        between = bisect_left(starts, start) - bisect_left(starts, end)
        return between <= within

    def _word_starts(self, number: int) -> list[int]:
        """A compound with hyphens or apostrophes is one word; of Chinese, each character is."""
        if number not in self._starts:
            self._starts[number] = word_starts(self._texts[number])
        return self._starts[number]


def word_starts(text: str) -> list[int]:
    starts, joined = [], False
    for word in _WORD.finditer(text):
        if not joined:
            starts.append(word.start())
        joined = word.group()[-1] in _JOINERS
    return starts
