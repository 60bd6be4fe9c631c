"""Watchlists: named sets of entities that can be switched off together."""

from dataclasses import dataclass

DEFAULT = "default"
"""Where an entity goes of which nobody said otherwise."""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """`enabled` False: its entities are neither looked for, shown nor counted.

    `kept`: it stays when its last entity goes, because somebody made it or said something of it.
    """

    name: str
    note: str = ""
    enabled: bool = True
    kept: bool = False


@dataclass(frozen=True, slots=True)
class WatchlistLine:
    """A watchlist with its counts: articles that mention any of its entities, and all mentions."""

    watchlist: Watchlist
    entities: int = 0
    articles: int = 0
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class StarterLine:
    """A watchlist the program brings along: how many names it has, and how many are tracked."""

    name: str
    says: str
    entities: int
    tracked: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of entities that were merged or split.

    `searches`: saved searches that name one of them by a name or alias that leads elsewhere now;
    they run on as they are. `notes`: sentences on what could not be kept as it was.
    """

    entity: str
    watchlist: str
    searches: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
