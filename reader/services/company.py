"""Whom a tracked entity appears with: in the same articles, and in the same sentences.

How often two meet says little where one of them is everywhere; so each companion comes with how
sure it is that they belong together, and how much more often they meet than by chance.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from reader.domain.article import FIELDS, Texts
from reader.domain.entity import Entity
from reader.domain.likelihood import ratio
from reader.domain.profile import Companion, Question
from reader.search.sentence_spans import parted
from reader.services.profile import bounds, once
from reader.store.profiles import Place, Profiles, Row
from reader.store.store import Store

_AT_ONCE = 250
"""Articles whose texts are in memory together."""

Step = Callable[[int, int], None]
"""Told how many articles of how many are done; whatever it raises stops the work."""


class Company:
    """Used by the thread that opened `store`."""

    def __init__(self, store: Store) -> None:
        self._store, self._profiles = store, Profiles(store.connection)

    def companions(self, entity: Entity, question: Question) -> tuple[Companion, ...]:
        """The one that most surely belongs to it first; nobody has read any sentence."""
        since, until = bounds(question)
        rows = self._rows(entity, question)
        together = self._profiles.together(entity.id, (row.article for row in rows))
        of = self._profiles.counts(list(together), since, until, collapse=question.collapse)
        total = self._profiles.articles(since, until, collapse=question.collapse)
        known = {one.id: one for one in self._store.entities.watched()}
        found = [
            _companion(known[other], both, of.get(other, both), len(rows), total)
            for other, both in together.items()
            if other in known
        ]
        return tuple(sorted(found, key=lambda one: (-one.likelihood, -one.articles, one.name)))

    def sentences(
        self, entity: Entity, question: Question, step: Step = lambda _done, _total: None
    ) -> dict[int, int]:
        """By companion, how many sentences have both, at different places. Reads the texts: some
        seconds for tens of thousands of articles."""
        ids = [row.article for row in self._rows(entity, question)]
        met: Counter[int] = Counter()
        for start in range(0, len(ids), _AT_ONCE):
            step(start, len(ids))
            for places, texts in self._shared(ids[start : start + _AT_ONCE], entity.id):
                met.update(_met(places, texts, entity.id))
        step(len(ids), len(ids))
        return dict(met)

    def _rows(self, entity: Entity, question: Question) -> list[Row]:
        rows = self._profiles.rows(entity.id, *bounds(question))
        return once(rows) if question.collapse else rows

    def _shared(self, ids: Sequence[int], entity: int) -> Iterator[tuple[list[Place], Texts]]:
        """The articles of which one text names it and somebody else."""
        places = self._profiles.places(ids)
        shared = [article for article, found in places.items() if _shares(found, entity)]
        texts = self._store.articles.texts(shared)
        return ((places[article], texts[article]) for article in shared if article in texts)


def with_sentences(companions: Iterable[Companion], met: dict[int, int]) -> tuple[Companion, ...]:
    """The same, knowing what `Company.sentences` found."""
    return tuple(replace(one, sentences=met.get(one.entity_id, 0)) for one in companions)


def _companion(other: Entity, both: int, of: int, mine: int, total: int) -> Companion:
    """`mine`: articles of the entity, `of`: of the other, `total`: of all."""
    of, total = max(of, both), max(total, mine)
    sure = ratio(both, mine, of - both, total - mine)
    lift = both * total / (mine * of)
    return Companion(
        other.id, other.name, other.type, other.watchlist, both, of,
        likelihood=round(sure if lift >= 1 else -sure, 3), pmi=round(math.log2(lift), 3),
    )  # fmt: skip


def _shares(places: Iterable[Place], entity: int) -> bool:
    named = {place.field for place in places if place.entity == entity}
    return any(place.entity != entity and place.field in named for place in places)


def _met(places: Sequence[Place], texts: Texts, entity: int) -> Iterator[int]:
    """The other entity of each sentence with both, once for each sentence."""
    for number, field in enumerate(FIELDS):
        here = [place for place in places if place.field == number]
        if _shares(here, entity):
            for sentence in _sentences_with(entity, here, texts.get(field)):
                mine = [place for place in sentence if place.entity == entity]
                yield from {
                    place.entity
                    for place in sentence
                    if place.entity != entity and any(_apart(place, one) for one in mine)
                }


def _sentences_with(entity: int, places: Sequence[Place], text: str) -> Iterator[list[Place]]:
    """What stands in each sentence that names the entity. `places` are in reading order; of the
    text only what is around its own is read."""
    done = 0
    for at, place in enumerate(places):
        if place.entity == entity and at >= done:
            first = at
            while first > done and not parted(text, places[first - 1].start, places[first].start):
                first -= 1
            done = at + 1
            while done < len(places) and not parted(
                text, places[done - 1].start, places[done].start
            ):
                done += 1
            yield list(places[first:done])


def _apart(one: Place, other: Place) -> bool:
    return one.end <= other.start or other.end <= one.start
