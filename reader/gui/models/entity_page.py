"""The page of an entity as charts: series over the same columns, in words and as a table, too.

Pure values; the views paint them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from reader.domain import profile_tables
from reader.domain.languages import language_name
from reader.domain.profile import OTHERS, Comparison, Measure, Profile, Strand
from reader.domain.profile_columns import Span, Unit
from reader.domain.profile_tables import Table
from reader.domain.quoting import asking
from reader.gui import words
from reader.gui.models import days

Split = Literal["all", "outlet", "language"]
SPLITS: tuple[tuple[Split, str], ...] = (
    ("all", "Total"), ("outlet", "By outlet"), ("language", "By language"),
)  # fmt: skip
MEASURES: tuple[tuple[Measure, str], ...] = (("articles", "Articles"), ("mentions", "Mentions"))
PERIODS = (
    ("1d", "Today"), ("7d", "7 days"), ("30d", "30 days"), ("90d", "90 days"), ("1y", "1 year"),
    ("all", "All"),
)  # fmt: skip
_REST = -1
_NO_TABLE = Table((), ())


class Series(NamedTuple):
    """`colour`: the number of its colour among those of charts, -1 for what is left over; None:
    that of the entity's type."""

    name: str
    counts: tuple[int, ...]
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """`lines`: the series stand beside each other; else one on top of the other."""

    title: str
    columns: tuple[Span, ...] = ()
    series: tuple[Series, ...] = ()
    type: str = "other"
    lines: bool = False
    table: Table = _NO_TABLE
    measure: Measure = "articles"
    """What is counted."""
    beside: tuple[int, ...] = ()
    """Of the other measure, of all series together, where it is known."""
    coarser: str = ""
    """Why its columns are longer than those that were asked for; "" where they are not."""

    @property
    def empty(self) -> bool:
        return not any(any(one.counts) for one in self.series)

    @property
    def most(self) -> int:
        """The height of the highest column."""
        each = [one.counts for one in self.series]
        if self.lines:
            return max((max(counts, default=0) for counts in each), default=0)
        return max((sum(column) for column in zip(*each, strict=True)), default=0)

    @property
    def period(self) -> str:
        """ "24 Oct – 22 Nov 2026"."""
        return days.said(self.columns[0].first, self.columns[-1].last) if self.columns else ""

    def told(self, at: int) -> list[str]:
        """What a column shows: its date, and the series that are not empty there."""
        lines = [said(self.columns[at])]
        shown = [one for one in self.series if one.counts[at] or len(self.series) == 1]
        if len(self.series) == 1:
            lines.append(words.counted(shown[0].counts[at], self.measure[:-1]))
            other = "mention" if self.measure == "articles" else "article"
            lines += [words.counted(count, other) for count in self.beside[at : at + 1]]
        else:
            lines += [f"{one.name}: {words.number(one.counts[at])}" for one in shown]
        return lines if len(lines) > 1 else [*lines, f"No {self.measure[:-1]}"]

    def summary(self) -> str:
        """In a sentence for each series."""
        if self.empty:
            return "Nothing to show"
        told = [_sentence(one, self.columns, self.measure[:-1]) for one in self.series]
        return " ".join([*told, f"The period is {self.coarser}."] if self.coarser else told)


def chart_of(found: Profile, split: Split = "all", measure: Measure = "articles") -> Chart:
    """Over time, of all outlets or languages together or one on top of the other."""
    articles = tuple(column.articles for column in found.columns)
    mentions = tuple(column.mentions for column in found.columns)
    counts, beside = (articles, mentions) if measure == "articles" else (mentions, articles)
    columns = tuple(column.span for column in found.columns)
    strands: Sequence[Strand] = ()
    if split == "all":
        series = [Series(found.entity.name, counts)]
    else:
        strands = found.by_outlet if split == "outlet" else found.by_language
        called = _outlet if split == "outlet" else tongue
        series = [
            Series("Others", strand.measured(measure), _REST)
            if strand.name == OTHERS
            else Series(called(strand.name), strand.measured(measure), at)
            for at, strand in enumerate(strands)
        ]
    title = f"{measure.capitalize()} per {found.unit}"
    table = profile_tables.time(found, strands)
    return Chart(
        title, columns, tuple(series), found.entity.type, table=table, measure=measure,
        beside=beside, coarser=_coarser(found.question.unit, found.unit),
    )  # fmt: skip


def comparison_of(found: Comparison, measure: Measure = "articles") -> Chart:
    counted = 0 if measure == "articles" else 1
    series = [
        Series(one.entity.name, tuple(counts[counted] for counts in one.counts), at)
        for at, one in enumerate(found.entities)
    ]
    title = f"{measure.capitalize()} per {found.unit}, compared"
    table = profile_tables.comparison(found)
    return Chart(
        title, found.columns, tuple(series), lines=True, table=table, measure=measure,
        coarser=_coarser(found.question.unit, found.unit),
    )  # fmt: skip


def said(span: Span) -> str:
    """As a person says it: "9 – 15 Dec 2024", "16 Dec 2024, 14:00 – 15:00"; of hours that the
    clock shows twice also of which time: "25 Oct 2026, 2:00 – 3:00 CET"."""
    day = days.said(span.first, span.last)
    if span.hour is None:
        return day
    begin, end = span.hour
    zone = f" {begin.tzname()}" if _twice(begin) else ""
    return f"{day}, {begin:%H:%M} – {end:%H:%M}{zone}"


def asked(span: Span) -> str:
    """What stands behind `date:` for it: days, months, or "2024-12-16T14"."""
    if span.hour is None:
        return days.value(span.first, span.last)
    return f"{span.hour[0]:%Y-%m-%dT%H}"


def _twice(moment: datetime) -> bool:
    plain = moment.replace(tzinfo=None)
    return plain.astimezone() != plain.replace(fold=1).astimezone()


def _coarser(asked: Unit, used: Unit) -> str:
    return "" if asked == used else f"too long for {asked}s, so counted in {used}s"


class Bar(NamedTuple):
    """A horizontal bar: `share` is its length from 0 to 1, `value` what a search narrows by."""

    name: str
    articles: int
    share: float
    told: str
    value: str


def outlet_bars(found: Profile) -> list[Bar]:
    bars = []
    for line in found.outlets:
        told = (
            f"{words.counted(line.articles, 'article')}, {words.counted(line.mentions, 'mention')}."
            f" First on {line.first.at.astimezone():%Y-%m-%d %H:%M}: {line.first.title}"
        )
        about = " · ".join(part for part in (line.country, line.owner) if part)
        told += f" ({about})" if about else ""
        bars.append(Bar(line.name, line.articles, line.share, told, line.name))
    return bars


def language_bars(found: Profile) -> list[Bar]:
    return [
        Bar(
            tongue(line.language), line.articles, line.share,
            f"{words.counted(line.articles, 'article')}, "
            f"{words.counted(line.mentions, 'mention')}", line.language,
        )
        for line in found.languages
    ]  # fmt: skip


def tongue(code: str) -> str:
    """What a language is called, also one that nobody knows."""
    return language_name(code) if code else "Unknown language"


def query(name: str, *narrower: str) -> str:
    """The search for the articles of an entity, with `field:value` behind it."""
    return " ".join((asking("entity", name), *narrower))


def _outlet(name: str) -> str:
    return name


def _sentence(one: Series, columns: Sequence[Span], counted: str) -> str:
    top = max(range(len(one.counts)), key=one.counts.__getitem__)
    total = words.counted(sum(one.counts), counted)
    return f"{one.name}: {total}, most in {said(columns[top])} ({one.counts[top]})."
