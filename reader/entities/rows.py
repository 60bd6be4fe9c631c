"""What the readers of watchlist files have in common: rows that are taken, and others."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from reader.domain.entity import Entity
from reader.domain.looks import EntityType
from reader.domain.reports import Rejected
from reader.entities.check import check
from reader.errors import UsageError


class WrongRowError(ValueError):
    """A row that cannot be taken; the sentence says why."""


@dataclass(frozen=True, slots=True)
class ToldList:
    """What a file says of a watchlist itself; None: nothing."""

    name: str
    note: str | None = None
    enabled: bool | None = None


@dataclass(frozen=True, slots=True)
class WatchlistFile:
    """`dropped`: sentences about what the file held and we have no place for.

    `rejected`: rows that cannot be taken, in the file's order; all others are in `entities`.
    """

    entities: tuple[Entity, ...]
    dropped: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    lists: tuple[ToldList, ...] = ()
    types: tuple[EntityType, ...] = ()


@dataclass(slots=True)
class Gathered:
    """What has been read so far."""

    entities: list[Entity] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    lists: list[ToldList] = field(default_factory=list)
    types: list[EntityType] = field(default_factory=list)

    def reject(self, line: int, reason: str) -> None:
        self.rejected.append(Rejected(line, reason))

    def whole(self) -> WatchlistFile:
        return WatchlistFile(
            tuple(self.entities), tuple(self.dropped),
            tuple(sorted(self.rejected, key=lambda one: one.line)),
            tuple(self.lists), tuple(self.types),
        )  # fmt: skip


def checked(entity: Entity) -> Entity:
    """WrongRowError when it cannot be tracked."""
    try:
        check(entity)
    except UsageError as problem:
        raise WrongRowError(str(problem)) from problem
    return entity


class Lines:
    """The number of the line, from 1, in which a place of a text stands."""

    def __init__(self, text: str) -> None:
        self._ends = [found.end() for found in re.finditer("\n", text)]

    def at(self, offset: int) -> int:
        return bisect_right(self._ends, offset) + 1
