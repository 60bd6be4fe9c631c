"""What the page of a tracked entity is asked, and what it says: plain values, dates, no counting.

Days are local. Only articles that are not deleted count. With copies collapsed, a text that several
outlets carry counts once: as the first of its articles, within the period, that has the name.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from reader.domain.entity import Entity
from reader.domain.profile_columns import Span, Unit
from reader.errors import UsageError

Measure = Literal["articles", "mentions"]
"""What a chart over time counts."""
MOST_COMPARED = 5
"""Entities in one chart; more lines could not be told apart."""
OTHERS = "(others)"
"""The name of the strand that holds all that have none of their own."""

_PERIOD = re.compile(r"(\d{1,4})\s*(d|w|m|y)")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Question:
    """Which articles count, and how. `since`, `until`: local days, both included.

    `since` None: from the first article on. `until` None: to today, or to the last article where
    that is dated later.
    """

    since: date | None = None
    until: date | None = None
    unit: Unit = "day"
    collapse: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """An article as a fact about an entity: who had it, and when."""

    article_id: int
    title: str
    outlet: str
    at: datetime
    """Where the article stands in a list by date, UTC."""


@dataclass(frozen=True, slots=True)
class Column:
    """An hour, day, week or month of a chart; the first and last one end where the period does."""

    span: Span
    articles: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Strand:
    """The articles of one outlet or language in each column, and the mentions in them; `OTHERS`
    has the rest."""

    name: str
    counts: tuple[int, ...]
    mentions: tuple[int, ...]

    def measured(self, measure: Measure) -> tuple[int, ...]:
        return self.counts if measure == "articles" else self.mentions


@dataclass(frozen=True, slots=True)
class OutletLine:
    """`share`: of all articles in the period, 0 to 1. `country`, `owner`: "" where unknown."""

    name: str
    articles: int
    mentions: int
    share: float
    first: Report
    """Its first report in the period."""
    country: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """`language`: its code, "" when unknown."""

    language: str
    articles: int
    mentions: int
    share: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything about one entity that can be counted without reading texts.

    The columns add up to `articles` and `mentions`, and so do the outlets and the languages.
    `first` and `last` are of all time; None when no article mentions it.
    """

    entity: Entity
    question: Question
    unit: Unit
    """As asked for, or coarser where that would be too many columns."""
    articles: int = 0
    mentions: int = 0
    columns: tuple[Column, ...] = ()
    outlets: tuple[OutletLine, ...] = ()
    """The one with the most articles first."""
    languages: tuple[LanguageLine, ...] = ()
    by_outlet: tuple[Strand, ...] = ()
    by_language: tuple[Strand, ...] = ()
    first: Report | None = None
    last: Report | None = None
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Compared:
    """One of several entities, with its counts for each column of the comparison."""

    entity: Entity
    articles: int
    mentions: int
    counts: tuple[tuple[int, int], ...]
    """(articles, mentions)."""
    first: Report | None = None
    last: Report | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Entities over the same columns, in the order they were asked for."""

    question: Question
    unit: Unit
    columns: tuple[Span, ...]
    entities: tuple[Compared, ...]
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Companion:
    """An entity that stands in the same articles.

    `articles` mention both, `of` mention the companion at all. `likelihood` (Dunning's ratio) says
    how sure it is that they belong together, below 0 that they avoid each other; `pmi` how many
    times (2 to its power) more often they meet than chance would have it. `sentences` have both,
    at different places; None when nobody has looked.
    """

    entity_id: int
    name: str
    type: str
    watchlist: str
    articles: int
    of: int
    likelihood: float
    pmi: float
    sentences: int | None = None


SentenceKey = tuple[int, int, int]
"""(ms, article, number within it): where a page of sentences ended."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that mentions an entity: `text` is what stands from `start` on in the article's
    `field`, unchanged; of a very long one the part around the first mention.

    `marks`: (start, end, entity id) of the mentions in `text`, in reading order. Code points.
    """

    article_id: int
    title: str
    source: str
    at: datetime
    language: str
    field: str
    start: int
    text: str
    marks: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class SentencePage:
    """`after`: what to ask for the next page with; None when this was the last."""

    sentences: tuple[Sentence, ...] = ()
    after: SentenceKey | None = None


def since(text: str, today: date) -> date | None:
    """The first day of the last "30d", "12w", "6m" or "1y", today among them; None for "all".

    UsageError for anything else.
    """
    if text.strip().lower() == "all":
        return None
    found = _PERIOD.fullmatch(text.strip().lower())
    days = int(found[1]) * _DAYS[found[2]] if found else 0
    if not days:
        raise UsageError(f"“{text}” is no period: write 30d, 12w, 6m, 1y or all.")
    return today - timedelta(days=min(days, today.toordinal()) - 1)
