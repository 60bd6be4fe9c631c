"""What the articles of a search have in common, as the panel lists it: names, counts, choices.

Pure values over what the searcher counts (`Facet`), what the query asks for already (`Clause`),
and what the library calls its feeds and entities (`Overview`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QLocale

from reader.domain import filters
from reader.domain.fold import fold_key
from reader.domain.library import Overview
from reader.domain.search import Clause, Facet
from reader.gui import words
from reader.gui.models.days import Bar, bars, said

SECTIONS = {
    "feed": "Feeds", "lang": "Languages", "entity": "Entities", "type": "Types of entities",
    "watchlist": "Watchlists",
}  # fmt: skip
"""The listed fields in their order, and what they are called."""
_TIMES = ("date", "last")
_AGES = {"min": "minute", "h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}
CHOSEN, EXCLUDED = "chosen", "excluded"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field. `state`: CHOSEN or EXCLUDED by the query, or "". `type`: an entity's.

    `count` is -1 for a value that the query names and nothing was counted for.
    """

    field: str
    value: str
    label: str
    count: int
    type: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Facets:
    """`values` by field, what the query asks for before the rest, biggest first.

    `time` says the query's own dates ("16 Dec 2024", "last 7 days"), "" when it has none.
    """

    bars: tuple[Bar, ...] = ()
    values: tuple[tuple[str, tuple[Value, ...]], ...] = ()
    time: str = ""

    @property
    def total(self) -> int:
        """All articles of the result, at least 1; each is of one day."""
        return max(1, sum(bar.count for bar in self.bars))

    @property
    def empty(self) -> bool:
        """Nothing was counted, and the query names nothing that could be taken out."""
        return not self.bars and not self.time and not any(values for _, values in self.values)


class Names:
    """What feeds and entities are called, and by what other words a query may mean them."""

    def __init__(self, overview: Overview | None = None) -> None:
        self.overview = overview or Overview()
        feeds = [line.feed for line in self.overview.feeds]
        called = words.feed_names(feeds)
        self._feeds = {feed.url: called[feed.id] for feed in feeds}
        self._entities = {line.entity.name: line.entity for line in self.overview.entities}

    def label(self, field: str, value: str) -> str:
        if field == "feed":
            return self._feeds.get(value) or filters.host_of(value) or value
        if field == "lang":
            return language(value)
        return value[:1].upper() + value[1:] if field == "type" else value

    def type(self, field: str, value: str) -> str:
        if field == "type":
            return value
        if field != "entity":
            return ""
        entity = self._entities.get(value)
        return entity.type if entity else "other"

    def means(self, clause: Clause, field: str, value: str) -> bool:
        """Whether a clause of a query asks for this value, among others perhaps."""
        if clause.kind != "filter" or clause.field != field:
            return False
        if field == "feed":
            return filters.feed_matches(clause.value, value, self._feeds.get(value, ""))
        if field == "lang":
            return filters.language_matches(clause.value, value)
        if field in ("type", "watchlist"):
            return filters.same_name(clause.value, value)
        entity = self._entities.get(value)
        aliases = [alias.text for alias in entity.aliases] if entity else []
        return filters.entity_matches(clause.value, value, aliases)


def language(code: str) -> str:
    """ "Russian" for "ru"; the code itself where it is none that is known."""
    if not code:
        return "Unknown"
    found = QLocale.codeToLanguage(code.partition("-")[0])
    if found in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    region = code.partition("-")[2]
    return QLocale.languageToString(found) + (f" ({region})" if region else "")


def time_clause(clauses: Sequence[Clause]) -> int:
    """The number of the clause that says when the articles are to be from; -1 without one."""
    found = (n for n, c in enumerate(clauses) if c.field in _TIMES and not c.excluded)
    return next(found, -1)


def facets(counted: Iterable[Facet], clauses: Sequence[Clause], names: Names) -> Facets:
    """What the panel is to show for a query's counts and clauses."""
    by_name = {facet.name: facet.values for facet in counted}
    days = by_name.get("day", ()) or by_name.get("date", ())
    values = tuple(
        (field, _values(field, by_name.get(field, ()), clauses, names)) for field in SECTIONS
    )
    at = time_clause(clauses)
    return Facets(bars(days), values, _time(clauses[at]) if at >= 0 else "")


def _values(
    field: str, counted: Sequence[tuple[str, int]], clauses: Sequence[Clause], names: Names
) -> tuple[Value, ...]:
    found = [
        Value(field, value, names.label(field, value), count, names.type(field, value))
        for value, count in counted
    ]
    asked = [clause for clause in clauses if clause.kind == "filter" and clause.field == field]
    found = [_stated(value, asked, names) for value in found]
    for clause in asked:
        if not any(names.means(clause, field, each.value) for each in found):
            found.append(_unseen(clause, names))
    return tuple(sorted(found, key=_order))


def _stated(value: Value, asked: Sequence[Clause], names: Names) -> Value:
    for clause in asked:
        if names.means(clause, value.field, value.value):
            return replace(value, state=EXCLUDED if clause.excluded else CHOSEN)
    return value


def _unseen(clause: Clause, names: Names) -> Value:
    """What the query names and no result has: there it can be taken out again."""
    state = EXCLUDED if clause.excluded else CHOSEN
    label = names.label(clause.field, clause.value)
    kind = clause.type or names.type(clause.field, clause.value)
    return Value(clause.field, clause.value, label, -1, kind, state)


def _order(value: Value) -> tuple[int, int, str]:
    rank = (CHOSEN, EXCLUDED, "").index(value.state)
    return rank, -value.count, fold_key(value.label)


def _time(clause: Clause) -> str:
    if clause.field == "date":
        return _dates(clause.value)
    digits = "".join(char for char in clause.value if char.isdigit())
    unit = _AGES.get(clause.value[len(digits) :], "")
    if not digits or not unit:
        return f"last {clause.value}"
    return f"last {words.counted(int(digits), unit)}"


def _dates(value: str) -> str:
    """Whole days as a person says them; anything else as it was typed."""
    first, _, last = value.partition("..")
    try:
        return said(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        return value.replace("..", " – ").strip()
