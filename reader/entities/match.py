"""Finds tracked entities in a text: every place, exact offsets, no matter how it is spelled.

One automaton holds all forms of all aliases (`lexicon`) and reads the folded text once; what it
reports are whole words already, so that most finds need no further look. Scripts written without
spaces (Chinese, Japanese, Thai, …) have an automaton of their own: there a name stands anywhere
in a run, and Korean particles may follow it. A third, made for the first article of a language that
writes endings onto names (`suffixes`, `declension`), finds names at the beginning of longer words.

A mention is the name alone: a possessive, a suffix after an apostrophe and an Arabic clitic are
left out; case endings, plurals and other endings written onto the name are inside.

What is found is believed at once, or only if something bears it out: an alias with context rules
(`context`) that are not met where it stands, and a short one in a line of capitals. Then another
mention of the entity in the same article does ("CIA director William Burns … Burns").
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from reader.domain.article import FIELDS, Mention, Texts
from reader.domain.entity import NOTHING_SAID, Alias, Entity, Verdicts
from reader.domain.fold import Folded, fold
from reader.entities import declension, russian, suffixes
from reader.entities.context import Place, Surroundings
from reader.entities.lexicon import capitals
from reader.entities.overlap import Order
from reader.entities.places import Hit, Writing
from reader.entities.russian import Endings
from reader.entities.scripts import ALL, SPACED, stands_alone, unjoined, unspaced, words_only
from reader.entities.targets import Automaton, Rules, Target, build, build_open

RULES = 6
"""Raised with every change of what is found in a text: libraries are then scanned anew."""
_WITH_ENDINGS = suffixes.LANGUAGES | declension.LANGUAGES


@dataclass(frozen=True, slots=True)
class Match:
    """`alias` as the user wrote it; `start`, `end`: code points of the text that was searched.

    `shown` is False where a longer (or earlier) mention of another entity covers the place. A
    person's name inside the longer name of another ("Haftar" in "Saddam Haftar") is no mention.
    """

    entity: Entity
    alias: str
    start: int
    end: int
    shown: bool = True


class Matcher:
    """Unchanging for those who use it, and safe to share between threads."""

    def __init__(self, entities: Iterable[Entity], endings: Endings = russian.RULES) -> None:
        self._entities = tuple(entities)
        self._rules = Rules()
        self._spaced, self._runs = build(self._entities, endings, self._rules)
        self._context = self._rules.all()
        words = self._rules.words()
        self._words = Matcher(map(_context_word, words), endings) if words else None
        self._open: dict[str, Automaton] = {}

    def find(self, text: str, language: str = "") -> list[Match]:
        """Every mention, by start, the longest first; none overlaps another of its entity.

        `language`: of the article, as its code; "" when nobody knows.
        """
        return self._judged((text,), language, NOTHING_SAID)[0]

    def mentions(
        self,
        texts: Texts,
        language: str = "",
        verdicts: Verdicts = NOTHING_SAID,
    ) -> tuple[Mention, ...]:
        """Those of title, lead and body, in this order; what one says bears out the others.

        `verdicts` of a person, by (entity id, alias), go before every rule.
        """
        found = self._judged([texts.get(field) for field in FIELDS], language, verdicts)
        return tuple(
            Mention(
                match.entity.id, match.entity.name, match.entity.type, match.alias,
                field, match.start, match.end, match.shown,
            )
            for field, matches in zip(FIELDS, found, strict=True)
            for match in matches
        )  # fmt: skip

    def _judged(self, texts: Sequence[str], language: str, verdicts: Verdicts) -> list[list[Match]]:
        main = language.lower().replace("_", "-").partition("-")[0]
        hits = [self._hits(text, main) for text in texts]
        if any(hit.context or hit.doubtful for found in hits for hit in found):
            around = Surroundings(texts, partial(self._context_words, main))
            hits = self._borne_out(around, hits, verdicts)
        return [self._matches(found, verdicts) for found in hits]

    # -- finding

    def _hits(self, text: str, language: str) -> list[Hit]:
        folded = fold(text, squeeze=True)
        writing = Writing(text, folded, language)
        words = f" {words_only(folded.text, SPACED)} "
        hits = self._whole_words(words, folded, writing)
        if (apart := unjoined(text)) != text:
            hits += self._before_joiners(apart, language)
        for target, start, end in self._goes_on(words, language):
            goes_on = words[end + 1] != " " or target.form.inflected
            if goes_on and (hit := writing.check_open(target, start, end)):
                hits.append(hit)
        if self._runs and unspaced(folded.text):
            hits += self._inside_runs(folded, writing)
        hits.sort()
        return hits

    def _whole_words(self, words: str, folded: Folded, writing: Writing) -> list[Hit]:
        hits = []
        for target, start, end in self._spaced.find(words):
            if target.simple:
                first, last = folded.span(start, end)
                hits.append(Hit(first, -last, target.entity, target.rank, target.alias, False, 0))
            elif (hit := writing.check(target, start, end)) is not None:
                hits.append(hit)
        return hits

    def _before_joiners(self, apart: str, language: str) -> list[Hit]:
        """`apart`: the text, as long as it was, with what is joined to its words set apart."""
        folded = fold(apart, squeeze=True)
        words = f" {words_only(folded.text, SPACED)} "
        return self._whole_words(words, folded, Writing(apart, folded, language))

    def _inside_runs(self, folded: Folded, writing: Writing) -> Iterator[Hit]:
        words = f" {words_only(folded.text, ALL)} "
        for target, start, end in self._runs.find(words):
            hit = writing.check(target, start, end)
            if hit and stands_alone(words, start + 1, end + 1):
                yield hit

    def _goes_on(self, words: str, language: str) -> Iterable[tuple[Target, int, int]]:
        """Names at the beginning of words. Two threads may make an automaton at once: both are
        right."""
        key = language if not language or language in _WITH_ENDINGS else "-"
        if key not in self._open:
            entities = self._entities if key != "-" else ()
            self._open[key] = build_open(entities, key, self._rules)
        return self._open[key].find(words) if self._open[key] else ()

    # -- believing

    def _borne_out(
        self, around: Surroundings, hits: list[list[Hit]], verdicts: Verdicts
    ) -> list[list[Hit]]:
        """Without those that nothing speaks for, or something against."""
        judged = [
            [(hit, self._stands(hit, number, around, verdicts)) for hit in found]
            for number, found in enumerate(hits)
        ]
        sure: dict[int, list[Place]] = {}
        for number, found in enumerate(judged):
            for hit, alone in found:
                if alone and not self._no(hit, verdicts):
                    place = (number, hit.start, -hit.minus_end)
                    sure.setdefault(hit.entity, []).append(place)
        return [
            [
                hit
                for hit, alone in found
                if alone or (alone is not None and _elsewhere(hit, number, sure))
            ]
            for number, found in enumerate(judged)
        ]

    def _stands(
        self,
        hit: Hit,
        number: int,
        around: Surroundings,
        verdicts: Verdicts,
    ) -> bool | None:
        """Whether by itself; False needs another mention, None is none at all."""
        if verdicts and verdicts.get((self._entities[hit.entity].id, hit.alias)):
            return True
        rules = self._context[hit.context]
        place = (number, hit.start, -hit.minus_end)
        if not around.allow(rules, place):
            return None
        asked = any(rule.kind == "requires" for rule in rules)
        return around.support(rules, place) and (asked or not hit.doubtful)

    def _no(self, hit: Hit, verdicts: Verdicts) -> bool:
        """Whether a person rejected it."""
        return bool(verdicts) and not verdicts.get((self._entities[hit.entity].id, hit.alias), True)

    def _context_words(self, language: str, text: str) -> Iterator[tuple[str, int, int]]:
        if self._words is not None:
            for match in self._words.find(text, language):
                yield match.alias, match.start, match.end

    # -- choosing

    def _matches(self, hits: Sequence[Hit], verdicts: Verdicts) -> list[Match]:
        """A rejected mention still keeps shorter ones of its entity away."""
        ends: dict[int, int] = {}
        order = Order()
        matches = []
        for hit in hits:
            start, end, entity = hit.start, -hit.minus_end, self._entities[hit.entity]
            if start < ends.get(hit.entity, 0):
                continue
            ends[hit.entity] = end
            if order.is_surname(entity.type, start, end) or self._no(hit, verdicts):
                continue
            matches.append(Match(entity, hit.alias, start, end, order.shows(start, end)))
        return matches


def _context_word(word: str) -> Entity:
    """In a line of capitals its capitals say enough: it only bears out what was found."""
    return Entity(word, "other", case=True if capitals(Alias(word)).context else None)


def _elsewhere(hit: Hit, number: int, sure: Mapping[int, Sequence[Place]]) -> bool:
    """Whether its entity is surely mentioned at a place that has nothing of this one."""
    return any(
        other != number or start >= -hit.minus_end or end <= hit.start
        for other, start, end in sure.get(hit.entity, ())
    )
