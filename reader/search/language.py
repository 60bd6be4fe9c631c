"""The query language: what a user types, as a `Query`, or a QueryError that says what to change.

One parser for the search box, saved searches, alerts and the command line.
"""

from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any

from reader.errors import QueryError
from reader.search import dates, lexer
from reader.search.anchors import Anchor, asked, needs, suffice
from reader.search.conditions import Condition, condition
from reader.search.grammar import Parser
from reader.search.marking import Marking, marking
from reader.search.narrow import narrowed
from reader.search.syntax import And, Node, Slot, Text, When, Where, finds, sought
from reader.search.tree import grow
from reader.search.typed import Context, clauses, context

__all__ = ["Context", "Query", "clauses", "context", "narrowed", "parse"]

_CHANGING = frozenset({"is", "has", "tag", "note", "feed", "folder", "outlet"})


@dataclass(frozen=True)
class Query:
    """A search that can be run. `str(query)` prints it; parsing that gives an equal query."""

    text: str = attribute(compare=False)
    root: Node
    now: datetime = attribute(compare=False)
    zone: tzinfo | None = attribute(compare=False, default=None)

    def __str__(self) -> str:
        return str(self.root)

    @cached_property
    def tree(self) -> Any:
        """The whoosh.query tree; relative times count from `now`."""
        return grow(self.root, self.now, self.zone)

    @cached_property
    def needs(self) -> tuple[Anchor, ...]:
        """Sets of words: an article must have one of each set to match.

        The first is the rarest, as far as that can be told.
        """
        return needs(self.root)

    @cached_property
    def settled(self) -> bool:
        """Whether every article that has what it needs matches."""
        return suffice(self.root)

    @cached_property
    def words(self) -> frozenset[Slot]:
        """All that it asks of titles, leads and bodies, compounds of neighbours too."""
        return frozenset(asked(self.root))

    @cached_property
    def condition(self) -> Condition:
        """Whether it is true of an article."""
        return condition(self.tree)

    @cached_property
    def markings(self) -> tuple[Marking, ...]:
        """Where it is true of an article, for each clause that must be."""
        clauses = self.tree if isinstance(self.root, And) else [self.tree]
        return tuple(map(marking, clauses))

    @property
    def fields(self) -> frozenset[str]:
        """The fields it filters by, besides text: "is", "entity", "date", …"""
        return frozenset(n.field for n in self.root.walk() if isinstance(n, Where | When))

    @cached_property
    def relative(self) -> bool:
        """Whether it counts from now: `last:`, `seen:24h`."""
        return any(
            isinstance(n, When) and dates.is_relative(n.field, n.value) for n in self.root.walk()
        )

    @property
    def volatile(self) -> bool:
        """Whether its answer can change while an article and its mentions stay as they are."""
        return self.relative or bool(self.fields & _CHANGING)

    def terms(self) -> list[Text]:
        """The words it looks for (never what it only excludes), in the order written."""
        return [node for node in sought(self.root) if isinstance(node, Text)]

    def filters(self) -> list[Where]:
        """The filters it looks for, so that a hint can name one that nothing answers to."""
        return [node for node in sought(self.root) if isinstance(node, Where)]

    def at(self, now: datetime) -> "Query":
        """The same query with its relative times counted from `now`."""
        if not self.relative:
            return self
        return Query(self.text, self.root, now, self.zone)


def parse(text: str, now: datetime | None = None, zone: tzinfo | None = None) -> Query:
    """`zone`: where the days of `date:` begin; the computer's own when not given."""
    found = lexer.lexemes(text)
    moment = now or datetime.now(UTC)
    root = Parser(found, len(text), moment, zone).query()
    if not finds(root):
        raise QueryError(
            "This search, or one side of an OR in it, only excludes: "
            "add a word or a filter to look for."
        )
    return Query(text, root, moment, zone)
