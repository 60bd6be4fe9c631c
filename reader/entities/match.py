"""Finds tracked entities in a text: every place, exact offsets, no matter how it is spelled.

One automaton holds all forms of all aliases (`lexicon`) and reads the folded text once; what it
reports are whole words already, so that most finds need no further look. Scripts written without
spaces (Chinese, Japanese, Thai, …) have an automaton of their own: there a name stands anywhere
in a run, and Korean particles may follow it.

A mention is the name alone: a possessive, a suffix after an apostrophe and an Arabic clitic are
left out; case endings and the plural s of a designator belong to the word and are inside.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from reader.domain.article import FIELDS, Mention, Texts
from reader.domain.entity import Entity
from reader.domain.fold import Folded, fold
from reader.entities import lexicon
from reader.entities.scripts import ALL, SPACED, Separators, in_word, stands_alone, unspaced

_DECIMAL = re.compile(r"[.,]\d")
_DERIVED = 1 << 20  # ranks an alias's own spelling before every derived one


@dataclass(frozen=True, slots=True)
class Match:
    """`alias` as the user wrote it; `start`, `end`: code points of the text that was searched.

    `shown` is False where a longer (or earlier) mention of another entity covers the place.
    """

    entity: Entity
    alias: str
    start: int
    end: int
    shown: bool = True


class _Target(NamedTuple):
    """What finding a pattern means. `simple`: nothing is left to check."""

    simple: bool
    entity: int
    rank: int
    alias: str
    form: lexicon.Form
    rule: lexicon.Capitals
    letters: tuple[tuple[int, bool], ...]
    before: int
    """Characters of the pattern before the mention: a space, a clitic."""
    after: int
    literal: bool
    """Has spaces or signs in it, which the automaton does not tell apart."""


class _Hit(NamedTuple):
    """Sorts by start, the longest first."""

    start: int
    minus_end: int
    entity: int
    rank: int
    alias: str
    doubtful: bool
    """Believed only if the entity is mentioned elsewhere too."""


class Matcher:
    """Immutable and safe to share between threads once made; ~60 µs an alias to make."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._entities = tuple(entities)
        spaced: dict[str, list[_Target]] = {}
        runs: dict[str, list[_Target]] = {}
        for number, entity in enumerate(self._entities):
            for target in _targets(number, entity):
                inside = unspaced(target.form.text)
                pattern = _pattern(target, ALL if inside else SPACED)
                if pattern.strip():
                    (runs if inside else spaced).setdefault(pattern, []).append(target)
        self._spaced, self._runs = _Automaton(spaced), _Automaton(runs)

    def find(self, text: str) -> list[Match]:
        """Every mention, by start, the longest first; none overlaps another of its entity."""
        hits = self._hits(text)
        return self._matches(hits, _borne_out(hits))

    def mentions(self, texts: Texts) -> tuple[Mention, ...]:
        """Those of title, lead and body, in this order; what one says bears out the others."""
        hits = [(field, self._hits(texts.get(field))) for field in FIELDS]
        believed = _borne_out(hit for _, found in hits for hit in found)
        return tuple(
            Mention(
                match.entity.id, match.entity.name, match.entity.type, match.alias,
                field, match.start, match.end, match.shown,
            )
            for field, found in hits
            for match in self._matches(found, believed)
        )  # fmt: skip

    def _hits(self, text: str) -> list[_Hit]:
        folded = fold(text, squeeze=True)
        place = _Place(text, folded)
        hits = []
        words = f" {folded.text.translate(SPACED)} "
        for target, start, end in self._spaced.find(words):
            if target.simple:
                span = folded.span(start, end)
                hits.append(
                    _Hit(span[0], -span[1], target.entity, target.rank, target.alias, False)
                )
            elif (hit := place.check(target, start, end)) is not None:
                hits.append(hit)
        if self._runs and unspaced(folded.text):
            words = f" {folded.text.translate(ALL)} "
            for target, start, end in self._runs.find(words):
                hit = place.check(target, start, end)
                if hit and stands_alone(words, start + 1, end + 1):
                    hits.append(hit)
        return hits

    def _matches(self, hits: list[_Hit], believed: set[int]) -> list[Match]:
        hits.sort()
        ends: dict[int, int] = {}
        covered = 0
        last = (-1, -1)
        matches = []
        for hit in hits:
            start, end = hit.start, -hit.minus_end
            if start < ends.get(hit.entity, 0) or (hit.doubtful and hit.entity not in believed):
                continue
            ends[hit.entity] = end
            shown = start >= covered or (start, end) == last
            if shown:
                covered, last = end, (start, end)
            matches.append(Match(self._entities[hit.entity], hit.alias, start, end, shown))
        return matches


class _Automaton:
    def __init__(self, patterns: dict[str, list[_Target]]) -> None:
        self._targets = list(patterns.values())
        self._search = AhoCorasick(list(patterns), matchkind=MatchKind.Standard)

    def __bool__(self) -> bool:
        return bool(self._targets)

    def find(self, words: str) -> Iterator[tuple[_Target, int, int]]:
        """`words` begins with one space that the folded text does not have."""
        for index, start, end in self._search.find_matches_as_indexes(words, overlapping=True):
            for target in self._targets[index]:
                yield target, start + target.before - 1, end - target.after - 1


class _Place:
    """One text, and the checks that need to see how it was written."""

    def __init__(self, text: str, folded: Folded) -> None:
        self._text, self._folded = text, folded
        self._shouted: tuple[list[int], list[int]] | None = None

    def check(self, target: _Target, start: int, end: int) -> _Hit | None:
        if target.literal and not self._is_literal(target, start, end):
            return None
        form = target.form
        if form.text[-1].isdigit() and _DECIMAL.match(self._folded.text, end):
            return None  # "S 400,000" is an amount
        first, last = self._folded.span(start, end)
        if form.gap >= 0 and not self._is_designator(target, start):
            return None
        if not self._has_capitals(target, start, first, last):
            return None
        doubtful = target.rule.context and self._is_shouted(first)
        return _Hit(first, -last, target.entity, target.rank, target.alias, doubtful)

    def _is_literal(self, target: _Target, start: int, end: int) -> bool:
        form, folded = target.form, self._folded.text
        here, wanted = folded[start:end], form.text[form.skip :]
        if start < 0 or here != wanted:
            return False
        return wanted[-1] != "." or not in_word(folded[end : end + 1] or " ")  # "U.S." in "U.S.A."

    def _is_designator(self, target: _Target, start: int) -> bool:
        """Whether one written with white space is meant: "it's 400" and "su 35" are not."""
        gap, folded = target.form.gap, self._folded
        if not self._text[folded.origin(start + gap)].isspace():
            return True
        if gap == 1 and start > 1 and folded.text[start - 1] == "'":
            return not folded.text[start - 2].isalnum()
        return self._text[folded.origin(start)].isupper() or not target.rule.apart

    def _has_capitals(self, target: _Target, start: int, first: int, last: int) -> bool:
        text, rule = self._text, target.rule
        if rule.all and target.form.spelled_out:
            return text[first].isupper()
        if rule.all:
            if target.form.plural:
                return text[first : last - 1].isupper() and text[last - 1].islower()
            return text[first:last].isupper()
        skip = target.form.skip
        letters = ((self._folded.origin(start + at - skip), upper) for at, upper in target.letters)
        return all(text[at].isupper() == upper for at, upper in letters)

    def _is_shouted(self, position: int) -> bool:
        if self._shouted is None:
            self._shouted = _lines_of_capitals(self._text)
        starts, ends = self._shouted
        line = bisect_right(starts, position) - 1
        return line >= 0 and position < ends[line]


def _targets(number: int, entity: Entity) -> Iterator[_Target]:
    for order, alias in enumerate(entity.spellings()):
        rule = lexicon.capitals(alias)
        for form in lexicon.forms(alias):
            if not any(map(in_word, form.text)):
                continue
            letters = lexicon.required(alias, form, rule)
            literal = not all(map(in_word, form.text))
            simple = not (literal or letters or rule.all or form.text[-1].isdigit())
            rank = order if form.own else order + _DERIVED
            before = form.skip + (1 if in_word(form.text[0]) else 0)
            after = 1 if in_word(form.text[-1]) else 0
            if unspaced(form.text):
                before = after = 0
            yield _Target(
                simple, number, rank, alias.text, form, rule, letters, before, after, literal
            )  # fmt: skip


def _pattern(target: _Target, separators: Separators) -> str:
    words = target.form.text.translate(separators)
    before = " " if target.before > target.form.skip else ""
    return before + words + " " * target.after


def _borne_out(hits: Iterable[_Hit]) -> set[int]:
    return {hit.entity for hit in hits if not hit.doubtful}


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
