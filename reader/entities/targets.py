"""What a matcher looks for: every form of every alias as a pattern, in an automaton."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from reader.domain.entity import Alias, ContextRule, Entity
from reader.entities import declension, lexicon, suffixes
from reader.entities.russian import Endings
from reader.entities.scripts import ALL, SPACED, Separators, in_word, unspaced, words_only
from reader.entities.words import rather_words

_DERIVED = 1 << 20  # ranks an alias's own spelling before every derived one

_ON_ACRONYMS = suffixes.ON_ACRONYMS | declension.ACRONYMS

Patterns = dict[str, list["Target"]]


class Target(NamedTuple):
    """What finding a pattern means. `simple`: nothing is left to check."""

    simple: bool
    entity: int
    rank: int
    alias: str
    form: lexicon.Form
    rule: lexicon.Capitals
    letters: tuple[tuple[int, bool], ...]
    dots: tuple[tuple[int, bool], ...]
    before: int
    """Characters of the pattern before the mention: a space, a clitic."""
    after: int
    literal: bool
    """Has spaces or signs in it, which the automaton does not tell apart."""
    words: frozenset[str]
    """Languages in which it is rather a word than a name where it begins a sentence."""
    language: str
    """Only in articles of this language, or of none; "" in all."""
    context: int
    """Number of its context rules among those of the matcher; 0: none."""


class Automaton:
    def __init__(self, patterns: Patterns) -> None:
        self._targets = list(patterns.values())
        self._search = AhoCorasick(list(patterns), matchkind=MatchKind.Standard)

    def __bool__(self) -> bool:
        return bool(self._targets)

    def find(self, words: str) -> Iterator[tuple[Target, int, int]]:
        """`words` begins with one space that the folded text does not have."""
        for index, start, end in self._search.find_matches_as_indexes(words, overlapping=True):
            for target in self._targets[index]:
                yield target, start + target.before - 1, end - target.after - 1


class Rules:
    """The different sets of context rules, by number; 0 is none."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[ContextRule, ...], int] = {(): 0}

    def number(self, rules: tuple[ContextRule, ...]) -> int:
        return self._numbers.setdefault(rules, len(self._numbers))

    def all(self) -> list[tuple[ContextRule, ...]]:
        return list(self._numbers)

    def words(self) -> list[str]:
        """Every word or phrase of a rule, once."""
        return list(
            dict.fromkeys(w for rules in self._numbers for rule in rules for w in rule.words)
        )


def build(
    entities: Iterable[Entity], endings: Endings, rules: Rules
) -> tuple[Automaton, Automaton]:
    """For scripts with spaces between words, and for those without."""
    spaced: Patterns = {}
    runs: Patterns = {}
    for number, entity in enumerate(entities):
        for target in _targets(number, entity, endings, rules):
            inside = unspaced(target.form.text)
            pattern = _pattern(target, ALL if inside else SPACED)
            if pattern.strip():
                (runs if inside else spaced).setdefault(pattern, []).append(target)
    return Automaton(spaced), Automaton(runs)


def build_open(entities: Iterable[Entity], language: str, rules: Rules) -> Automaton:
    """Names, or what all their cases begin with, which an ending of `language` may follow; "" for
    the language that each alias says it is of."""
    patterns: Patterns = {}
    for number, entity in enumerate(entities):
        for order, alias in enumerate(entity.spellings()):
            spoken = language or alias.language
            form = _opening(alias, spoken) if alias.language in ("", spoken) else None
            if form is not None:
                rule, context = lexicon.capitals(alias), rules.number((*entity.rules, *alias.rules))
                if not rule.all or spoken in _ON_ACRONYMS:
                    target = _target(number, order, alias, form, rule, context)._replace(after=0)
                    patterns.setdefault(_pattern(target, SPACED), []).append(target)
    return Automaton(patterns)


def _opening(alias: Alias, language: str) -> lexicon.Form | None:
    stem = declension.stem(alias, language) if language in declension.LANGUAGES else ""
    if stem:
        return lexicon.Form(stem, own=False, inflected=True)
    takes = suffixes.takes(alias, language)
    return next(lexicon.forms(replace(alias, inflect=False))) if takes else None


def _targets(number: int, entity: Entity, endings: Endings, rules: Rules) -> Iterator[Target]:
    for order, alias in enumerate(entity.spellings()):
        rule, context = lexicon.capitals(alias), rules.number((*entity.rules, *alias.rules))
        for form in lexicon.forms(alias, endings):
            if any(map(in_word, form.text)):
                yield _target(number, order, alias, form, rule, context)


def _target(
    number: int, order: int, alias: Alias, form: lexicon.Form, rule: lexicon.Capitals, context: int
) -> Target:
    letters, dots = lexicon.required(alias, form, rule), lexicon.dots(alias, form)
    literal = not all(map(in_word, form.text))
    words = rather_words(form.text) if letters else frozenset()
    checked = literal or letters or dots or rule.all or alias.language or context
    rank = order if form.own else order + _DERIVED
    before = form.skip + (1 if in_word(form.text[0]) else 0)
    after = 1 if in_word(form.text[-1]) else 0
    if unspaced(form.text):
        before = after = 0
    return Target(
        not (checked or form.text[-1].isdigit()), number, rank, alias.text, form, rule, letters,
        dots, before, after, literal, words, alias.language, context,
    )  # fmt: skip


def _pattern(target: Target, separators: Separators) -> str:
    words = words_only(target.form.text, separators)
    before = " " if target.before > target.form.skip else ""
    return before + words + " " * target.after
