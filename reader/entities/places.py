"""A place in a text where a pattern was found, and how it is written there."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from reader.domain.fold import Folded
from reader.entities import declension, suffixes
from reader.entities.scripts import in_word
from reader.entities.targets import Target

_DECIMAL = re.compile(r"[.,]\d")
_BEGINS = re.compile(r"(?:\A|[.!?…:;•|\n])[\s\"'“”„«»‘’(\[—–-]*\Z")
_BACK = 8
_APOSTROPHE = re.compile(r"['’]\w")
_LETTERS = re.compile(r"[^\W\d_]*")


class Hit(NamedTuple):
    """Sorts by start, the longest first."""

    start: int
    minus_end: int
    entity: int
    rank: int
    alias: str
    doubtful: bool
    """Capitals that say nothing: believed only if something else bears it out."""
    context: int
    """Number of the context rules that must hold; 0: none."""


class Writing:
    """One text, and the checks that need to see how it was written."""

    def __init__(self, text: str, folded: Folded, language: str) -> None:
        self._text, self._folded, self._language = text, folded, language
        self._shouted: tuple[list[int], list[int]] | None = None

    def check(self, target: Target, start: int, end: int) -> Hit | None:
        """The hit, if the pattern found at `start` to `end` of the folded text is one."""
        if target.language and self._language not in ("", target.language):
            return None
        if target.literal and not self._is_literal(target, start, end):
            return None
        form = target.form
        if form.text[-1].isdigit() and _DECIMAL.match(self._folded.text, end):
            return None  # "S 400,000" is an amount
        if target.rule.all and self._folded.text.startswith("$", end):
            return None  # "US$5"
        first, last = self._folded.span(start, end)
        if form.gap >= 0 and not self._is_designator(target, start):
            return None
        if not self._has_capitals(target, start, first, last) or not self._dotted(target, start):
            return None
        doubtful = target.rule.context and self._is_shouted(first)
        if self._language in target.words:
            doubtful = self._may_be_word(target, first, last)
        return Hit(first, -last, target.entity, target.rank, target.alias, doubtful, target.context)

    def check_open(self, target: Target, start: int, end: int) -> Hit | None:
        """The same for a pattern after which the word goes on: with its ending, if it is one."""
        if target.form.inflected:
            return self._in_a_case(target, start, end)
        found = _LETTERS.match(self._folded.text, end)
        stop = found.end() if found else end
        follows = self._folded.text[stop : stop + 1]
        if not 0 < stop - end <= suffixes.LONGEST or (follows and in_word(follows)):
            return None
        hit = self.check(target, start, end)
        language = self._language or target.language
        tail = self._text[self._folded.origin(end) : self._folded.end(stop)]
        if hit is None or not suffixes.fits(target.alias, tail, language):
            return None
        return hit._replace(minus_end=-self._folded.end(stop))

    def _in_a_case(self, target: Target, start: int, end: int) -> Hit | None:
        """The same for what the cases of a name have in common."""
        if target.letters and self._text[self._folded.origin(start)].islower():
            return None  # most are no names at all: a look at one letter, before all other checks
        hit = self.check(target, start, end)
        if hit is None:
            return None
        language = self._language or target.language
        found = declension.cases(target.alias, language).match(self._folded.text, start)
        return hit._replace(minus_end=-self._folded.end(found.end())) if found else None

    def _is_literal(self, target: Target, start: int, end: int) -> bool:
        form, folded = target.form, self._folded.text
        here, wanted = folded[start:end], form.text[form.skip :]
        if start < 0 or here != wanted:
            return False
        return wanted[-1] != "." or not in_word(folded[end : end + 1] or " ")  # "U.S." in "U.S.A."

    def _is_designator(self, target: Target, start: int) -> bool:
        """Whether one written with white space is meant: "it's 400" and "su 35" are not."""
        gap, folded = target.form.gap, self._folded
        if not self._text[folded.origin(start + gap)].isspace():
            return True
        if gap == 1 and start > 1 and folded.text[start - 1] == "'":
            return not folded.text[start - 2].isalnum()
        word = self._text[folded.origin(start) : folded.origin(start + gap)].split()[-1]
        return any(map(str.isupper, word)) or not target.rule.apart

    def _has_capitals(self, target: Target, start: int, first: int, last: int) -> bool:
        text, rule = self._text, target.rule
        if rule.all and target.form.spelled_out:
            return text[first].isupper()
        if rule.all and target.form.plural:
            small_s = text[last - 1].islower() or self._is_shouted(first)
            return text[first : last - 1].isupper() and small_s
        if rule.all:
            return text[first:last].isupper()
        skip = target.form.skip
        letters = ((self._folded.origin(start + at - skip), upper) for at, upper in target.letters)
        return all(text[at].isupper() == upper for at, upper in letters)

    def _dotted(self, target: Target, start: int) -> bool:
        """Only ı and İ tell; I and i may be written by somebody without a Turkish keyboard."""
        letters = ((self._text[self._folded.origin(start + at)], dot) for at, dot in target.dots)
        return not any(c == ("ı" if dot else "İ") for c, dot in letters)

    def _may_be_word(self, target: Target, first: int, last: int) -> bool:
        """Whether the capitals of a place say nothing, and no ending behind an apostrophe does."""
        if _APOSTROPHE.match(self._text, last):
            return False
        begins = _BEGINS.search(self._text, max(0, first - _BACK), first)
        return begins is not None or (not target.form.inflected and self._is_shouted(first))

    def _is_shouted(self, position: int) -> bool:
        if self._shouted is None:
            self._shouted = _lines_of_capitals(self._text)
        starts, ends = self._shouted
        line = bisect_right(starts, position) - 1
        return line >= 0 and position < ends[line]


def _lines_of_capitals(text: str) -> tuple[list[int], list[int]]:
    """(starts, ends) of the lines of two words and more, all of them in capitals."""
    starts, ends, place = [], [], 0
    for line in text.split("\n"):
        if line.isupper() and _is_shouted(line):
            starts.append(place)
            ends.append(place + len(line))
        place += len(line) + 1
    return starts, ends


def _is_shouted(line: str) -> bool:
    """Words without capitals of any kind (Arabic, Chinese) make a line an ordinary one."""
    words = re.findall(r"[^\W\d_]{2,}", line)
    return len(words) > 1 and all(c.isupper() for word in words for c in word)
