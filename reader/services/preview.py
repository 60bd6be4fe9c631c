"""What an entity would find in the archive, told before it is saved.

The index says which articles may mention it, and the matcher looks into these: so the numbers are
those that a scan of the whole archive would give, for articles that are indexed.
"""

import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from reader.domain.article import Mention, Texts
from reader.domain.entity import Entity, Verdicts
from reader.domain.workshop import Preview, Sample
from reader.entities import morphology
from reader.entities.check import check, warnings
from reader.entities.match import Matcher
from reader.search.index import Index
from reader.search.segment import UNKNOWN
from reader.services.candidates import facts
from reader.services.passage import samples_at
from reader.services.tally import NEW, Tally, own_verdicts, rivals_of, versions
from reader.store.store import Store

SAMPLES = 10
"""Passages, spread over all that was found, newest first."""
_DIFFERENCES = 5
_REJECTED = 10
_AT_ONCE = 500
"""Articles whose texts are in memory together."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Step = Callable[[int, int], None]
"""Told how many candidates of how many are done; whatever it raises stops the work."""


class Previewer:
    """`open_index` opens the index for one preview; it is closed at the end."""

    def __init__(self, store: Store, open_index: Callable[[], Index]) -> None:
        self._store, self._open_index = store, open_index
        self._endings = morphology.best()

    def run(
        self,
        proposed: Entity,
        step: Step = lambda _done, _total: None,
        patience: float | None = None,
    ) -> Preview:
        """UsageError when the entity could not be stored so. `step` is called between slices.

        The present version is the stored entity of the same id, or of the same watchlist and name.
        After `patience` seconds, what the newest articles give is told.
        """
        check(proposed)
        began = time.perf_counter()
        tracked = self._store.entities.all()
        present = next((one for one in tracked if _is_same(one, proposed)), None)
        others = [one for one in tracked if one is not present]
        rivals = rivals_of(proposed, others)
        moments = self._moments([proposed, *([present] if present else [])])
        until = None if patience is None else began + patience
        tally = self._tally(proposed, present, rivals, list(moments), step, until)
        told = self._told(proposed, others, rivals, moments, tally, began)
        if present is None:
            return told
        told = replace(told, changes=self._changes(told, tally))
        return self._with_verdicts(told, proposed, present)

    def _moments(self, entities: Iterable[Entity]) -> dict[int, int]:
        """Every article that may mention one of them, newest first, with its date in ms."""
        found: dict[int, int] = {}
        with self._open_index() as index:
            for entity in entities:
                for answer in facts(index, entity, self._endings):
                    dates = answer.sorted_at.tolist()
                    found.update(zip(answer.ids.tolist(), dates, strict=True))
        return dict(sorted(found.items(), key=lambda one: (-one[1], -one[0])))

    def _tally(
        self,
        proposed: Entity,
        present: Entity | None,
        rivals: Sequence[Entity],
        ids: Sequence[int],
        step: Step,
        until: float | None,
    ) -> Tally:
        tally = Tally()
        matcher = Matcher(versions(proposed, present, rivals), self._endings)
        step(0, len(ids))
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            for article, texts, language, said in self._articles(some, present):
                tally.count(article, matcher.mentions(texts, language, said))
            tally.read += len(some)
            step(tally.read, len(ids))
            if until is not None and time.perf_counter() >= until:
                break
        return tally

    def _articles(
        self, ids: Sequence[int], present: Entity | None
    ) -> Iterator[tuple[int, Texts, str, Verdicts]]:
        """In the order of `ids`, with what decides on the mentions in each."""
        texts = self._store.articles.texts(ids)
        languages = self._store.entities.reading.languages(ids)
        said = self._store.entities.reading.verdicts(ids) if present else {}
        for article in ids:
            if article in texts:
                own = own_verdicts(said.get(article, {}), present)
                yield article, texts[article], languages.get(article, ""), own

    def _told(
        self,
        proposed: Entity,
        others: Sequence[Entity],
        rivals: Sequence[Entity],
        moments: dict[int, int],
        tally: Tally,
        began: float,
    ) -> Preview:
        newest_first = [article for article in moments if article in tally.found]
        gained = [article for article in newest_first if article not in tally.former]
        lost = [a for a in moments if a in tally.former and a not in tally.found]
        return Preview(
            articles=len(tally.found),
            mentions=tally.mentions,
            days=_days([moments[article] for article in newest_first]),
            samples=self._samples(tally, newest_first),
            aliases=tally.aliases(proposed),
            collisions=tally.collisions(proposed, rivals),
            warnings=warnings(proposed, others),
            gained=len(gained),
            lost=len(lost),
            gained_samples=tuple(gained[:_DIFFERENCES]),
            lost_samples=tuple(lost[:_DIFFERENCES]),
            seconds=time.perf_counter() - began,
            read=tally.read,
            candidates=len(moments),
        )

    def _with_verdicts(self, told: Preview, proposed: Entity, present: Entity) -> Preview:
        """With what a person said of the samples, and of places that are none for it."""
        reading = self._store.entities.reading
        said = {(n, text): yes for _, n, text, yes in reading.verdicts_on([present.id])}
        samples, changes = (
            tuple(replace(one, verdict=said.get((one.article_id, one.alias))) for one in some)
            for some in (told.samples, told.changes)
        )
        spots = sorted((spot for spot, yes in said.items() if not yes), reverse=True)
        rejected = self._rejected(proposed, spots[:_REJECTED])
        return replace(told, samples=samples, changes=changes, rejected=rejected)

    def _rejected(self, proposed: Entity, spots: Sequence[tuple[int, str]]) -> tuple[Sample, ...]:
        """Where these spellings would be found in these articles, of each article one."""
        matcher = Matcher([replace(proposed, id=NEW)], self._endings)
        ids = [article for article, _ in spots]
        texts = self._store.articles.texts(ids)
        languages = self._store.entities.reading.languages(ids)
        found: dict[int, Mention] = {}
        for article, spelling in spots:
            if article in texts:
                mentions = matcher.mentions(texts[article], languages.get(article, ""))
                mine = (mention for mention in mentions if mention.alias == spelling)
                if (first := next(mine, None)) is not None:
                    found.setdefault(article, first)
        return tuple(replace(one, verdict=False) for one in self._at(found))

    def _samples(self, tally: Tally, ids: Sequence[int]) -> tuple[Sample, ...]:
        return self._at({article: tally.found[article] for article in _spread(ids, SAMPLES)})

    def _changes(self, told: Preview, tally: Tally) -> tuple[Sample, ...]:
        gained = self._at({article: tally.found[article] for article in told.gained_samples})
        lost = self._at({article: tally.former[article] for article in told.lost_samples})
        return (
            *(replace(one, change="gained") for one in gained),
            *(replace(one, change="lost") for one in lost),
        )

    def _at(self, mentions: Mapping[int, Mention]) -> tuple[Sample, ...]:
        """By article; those that are gone are left out."""
        places = {article: (m.field, m.start, m.end) for article, m in mentions.items()}
        return tuple(
            replace(sample, alias=mentions[sample.article_id].alias)
            for sample in samples_at(self._store, places)
        )


def _is_same(one: Entity, proposed: Entity) -> bool:
    if proposed.id:
        return one.id == proposed.id
    return (one.watchlist, one.name) == (proposed.watchlist, proposed.name)


def _spread(ids: Sequence[int], count: int) -> list[int]:
    """Evenly spread over `ids`, in their order."""
    if len(ids) <= count:
        return list(ids)
    return [ids[(2 * n + 1) * len(ids) // (2 * count)] for n in range(count)]


def _days(moments: Sequence[int]) -> tuple[tuple[date, int], ...]:
    """Local days from the first to the last of the moments (ms); undated ones are left out."""
    dated = sorted(moment for moment in moments if moment != UNKNOWN)
    if not dated:
        return ()
    first, last = (_local(moment) for moment in (dated[0], dated[-1]))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    midnights = array("q", (_midnight(day) for day in (*days, last + timedelta(days=1))))
    reached = [bisect_right(dated, midnight - 1) for midnight in midnights]
    return tuple(
        (day, after - before) for day, (before, after) in zip(days, pairwise(reached), strict=True)
    )


def _local(moment: int) -> date:
    return (_EPOCH + timedelta(milliseconds=moment)).astimezone().date()


def _midnight(day: date) -> int:
    """When the local day begins, in ms."""
    began = datetime(day.year, day.month, day.day).astimezone()
    return (began - _EPOCH) // timedelta(milliseconds=1)
