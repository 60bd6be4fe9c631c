"""What can be counted about tracked entities without reading texts: over time, by outlet, by
language, and beside each other.

Every article of an entity is looked at once, oldest first, so that all figures agree. Used by the
thread that opened `store`; takes about a second for every 100,000 articles of the entity.
"""

import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from reader.domain.entity import Entity
from reader.domain.profile import (
    MOST_COMPARED,
    OTHERS,
    Column,
    Compared,
    Comparison,
    LanguageLine,
    OutletLine,
    Profile,
    Question,
    Report,
    Strand,
)
from reader.domain.profile_columns import Span, Unit, fitting, midnight
from reader.errors import UsageError
from reader.services.clock import utc_now
from reader.services.outlets import gazetteer
from reader.store.database import from_ms, to_ms
from reader.store.profiles import EVER, FOREVER, Profiles, Publisher, Row
from reader.store.store import Store

STRANDS = 5
"""Outlets or languages with a strand of their own in the chart; the others share one."""

K = TypeVar("K", int, str)


def bounds(question: Question) -> tuple[int, int]:
    """When the period begins and ends, in ms: the end is after it."""
    begin = EVER if question.since is None else _midnight(question.since)
    if question.until is None or question.until == date.max:
        return begin, FOREVER
    return begin, _midnight(question.until + timedelta(days=1))


def once(rows: Iterable[Row]) -> list[Row]:
    """The first of all that carry the same text."""
    first: dict[int, Row] = {}
    for row in rows:
        first.setdefault(row.text, row)
    return list(first.values())


@dataclass(frozen=True)
class _Chart:
    unit: Unit
    columns: list[Span]
    edges: list[int]
    """When each column begins, in ms."""

    def at(self, moment: int) -> int:
        return bisect_right(self.edges, moment) - 1


class Profiler:
    def __init__(self, store: Store, clock: Callable[[], datetime] = utc_now) -> None:
        self._profiles, self._clock = Profiles(store.connection), clock

    def profile(self, entity: Entity, question: Question) -> Profile:
        """Of a stored entity; empty when no article of the period mentions it."""
        began = time.perf_counter()
        rows = self._rows(entity, question)
        chart = self._chart(question, rows)
        publishers = self._profiles.publishers()
        first, last = self._ends(entity, publishers)
        of_outlet = _grouped((publishers[row.feed].outlet, row) for row in rows)
        of_language = _grouped((row.language, row) for row in rows)
        outlets = self._outlets(of_outlet, len(rows), publishers)
        languages = _languages(of_language, len(rows))
        return Profile(
            entity=entity,
            question=question,
            unit=chart.unit,
            articles=len(rows),
            mentions=sum(row.mentions for row in rows),
            columns=_columns(chart, rows),
            outlets=tuple(outlets),
            languages=tuple(languages),
            by_outlet=_strands(chart, [one.name for one in outlets], of_outlet),
            by_language=_strands(chart, [one.language for one in languages], of_language),
            first=first,
            last=last,
            seconds=time.perf_counter() - began,
        )

    def compare(self, entities: Sequence[Entity], question: Question) -> Comparison:
        """Over the same columns. UsageError for more than `MOST_COMPARED`, or none."""
        if not 1 <= len(entities) <= MOST_COMPARED:
            raise UsageError(f"One to {MOST_COMPARED} names can be compared, not {len(entities)}.")
        began = time.perf_counter()
        found = [self._rows(entity, question) for entity in entities]
        chart = self._chart(question, sorted((row for rows in found for row in rows), key=_time))
        publishers = self._profiles.publishers()
        return Comparison(
            question,
            chart.unit,
            tuple(chart.columns),
            tuple(
                self._compared(entity, rows, chart, publishers)
                for entity, rows in zip(entities, found, strict=True)
            ),
            time.perf_counter() - began,
        )

    def _compared(
        self, entity: Entity, rows: list[Row], chart: _Chart, publishers: dict[int, Publisher]
    ) -> Compared:
        columns = _columns(chart, rows)
        first, last = self._ends(entity, publishers)
        return Compared(
            entity,
            len(rows),
            sum(row.mentions for row in rows),
            tuple((column.articles, column.mentions) for column in columns),
            first,
            last,
        )

    def _rows(self, entity: Entity, question: Question) -> list[Row]:
        rows = self._profiles.rows(entity.id, *bounds(question))
        return once(rows) if question.collapse else rows

    def _chart(self, question: Question, rows: Sequence[Row]) -> _Chart:
        """From the first to the last column of the period; nothing when neither is known. Hours
        that are still to come are left out."""
        if question.since is None and not rows:
            return _Chart(question.unit, [], [])
        now = to_ms(self._clock())
        latest = max(now, rows[-1].at) if rows else now
        first = question.since or _day(rows[0].at)
        unit, columns = fitting(first, question.until or _day(latest), question.unit)
        edges = [_edge(span) for span in columns]
        if question.until is None:
            edges = edges[: max(1, bisect_right(edges, latest))]
        return _Chart(unit, columns[: len(edges)], edges)

    def _ends(
        self, entity: Entity, publishers: dict[int, Publisher]
    ) -> tuple[Report | None, Report | None]:
        found = [
            Report(article, title, publishers[feed].name, from_ms(at))
            for article, at, feed, title in self._profiles.ends(entity.id)
        ]
        return (found[0], found[1]) if found else (None, None)

    def _outlets(
        self, groups: dict[int, list[Row]], total: int, publishers: dict[int, Publisher]
    ) -> list[OutletLine]:
        titles = self._profiles.titles(rows[0].article for rows in groups.values())
        return [
            _outlet(rows, total, publishers[rows[0].feed], titles)
            for rows in (groups[key] for key in _most(groups))
        ]


def _outlet(
    rows: list[Row], total: int, publisher: Publisher, titles: dict[int, str]
) -> OutletLine:
    first, name = rows[0], publisher.name
    known = gazetteer().of_feed(publisher.url, publisher.site)
    return OutletLine(
        name,
        len(rows),
        sum(row.mentions for row in rows),
        len(rows) / total,
        Report(first.article, titles.get(first.article, ""), name, from_ms(first.at)),
        known.country if known else "",
        known.owner if known else "",
    )


def _languages(groups: dict[str, list[Row]], total: int) -> list[LanguageLine]:
    return [
        LanguageLine(key, len(groups[key]), sum(row.mentions for row in groups[key]),
                     len(groups[key]) / total)
        for key in _most(groups)
    ]  # fmt: skip


def _grouped(rows: Iterable[tuple[K, Row]]) -> dict[K, list[Row]]:
    groups: dict[K, list[Row]] = {}
    for key, row in rows:
        groups.setdefault(key, []).append(row)
    return groups


def _most(groups: dict[K, list[Row]]) -> list[K]:
    """The largest first; of equal ones that which was first."""
    return sorted(groups, key=lambda key: -len(groups[key]))


def _columns(chart: _Chart, rows: Sequence[Row]) -> tuple[Column, ...]:
    articles: Counter[int] = Counter()
    mentions: Counter[int] = Counter()
    for row in rows:
        at = chart.at(row.at)
        articles[at] += 1
        mentions[at] += row.mentions
    return tuple(Column(span, articles[at], mentions[at]) for at, span in enumerate(chart.columns))


def _strands(chart: _Chart, names: Sequence[str], groups: dict[K, list[Row]]) -> tuple[Strand, ...]:
    """One for each of the largest groups, and one for the rest; `names` in the order of `_most`."""
    ordered = [groups[key] for key in _most(groups)]
    own = STRANDS + (len(ordered) == STRANDS + 1)  # the rest would be a single one
    found: list[Strand] = []
    for name, rows in zip(names[:own], ordered, strict=False):
        found.append(_strand(chart, name, rows))
    if rest := [row for rows in ordered[own:] for row in rows]:
        found.append(_strand(chart, OTHERS, rest))
    return tuple(found)


def _strand(chart: _Chart, name: str, rows: Sequence[Row]) -> Strand:
    columns = _columns(chart, rows)
    articles = tuple(one.articles for one in columns)
    return Strand(name, articles, tuple(one.mentions for one in columns))


def _time(row: Row) -> int:
    return row.at


def _day(ms: int) -> date:
    return from_ms(ms).astimezone().date()


def _edge(span: Span) -> int:
    return to_ms(span.hour[0]) if span.hour else _midnight(span.first)


def _midnight(day: date) -> int:
    return to_ms(midnight(day))
