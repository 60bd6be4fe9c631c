"""Tracked entities: names, aliases and watchlists as values."""

from dataclasses import dataclass

TYPES = ("person", "organisation", "place", "weapon", "event", "topic", "other")
"""The types every library knows; users may add their own words."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling. `case` None: the default rule; True: only so; False: in any case."""

    text: str
    case: bool | None = None
    inflect: bool = True
    """Whether case endings of its language also match."""


@dataclass(frozen=True, slots=True)
class Entity:
    """`id` is 0 before it is stored. The name is itself an alias and not repeated in `aliases`."""

    name: str
    type: str
    watchlist: str = "default"
    aliases: tuple[Alias, ...] = ()
    case: bool | None = None
    inflect: bool = True
    note: str = ""
    id: int = 0

    def spellings(self) -> tuple[Alias, ...]:
        return (Alias(self.name, self.case, self.inflect), *self.aliases)


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity with its counts: articles that mention it, and mentions in all."""

    entity: Entity
    articles: int
    mentions: int
