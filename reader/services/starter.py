"""Watchlists that the program brings along; nothing of them is tracked until somebody asks.

What a person has made of a list stays: taking it in again only adds what is not there.
"""

from dataclasses import dataclass

from reader import paths
from reader.domain.entity import Entity
from reader.domain.watchlist import StarterLine
from reader.entities import interchange
from reader.errors import FileError, NotFoundError
from reader.store.store import Store


@dataclass(frozen=True, slots=True)
class Starter:
    """`name` is also that of the watchlist it becomes."""

    name: str
    says: str


STARTERS = (
    Starter(
        "libya-syria",
        "people, places, forces, weapons and events between Libya, Syria and Russia",
    ),
)


def entities(name: str) -> tuple[Entity, ...]:
    """What is in a bundled watchlist. NotFoundError when there is none of that name."""
    if name not in {starter.name for starter in STARTERS}:
        known = ", ".join(starter.name for starter in STARTERS)
        raise NotFoundError(f"There is no bundled watchlist “{name}”; there is: {known}.")
    file = paths.resource("watchlists", f"{name}.json")
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise FileError(f"{file} cannot be read: install the program once more.") from problem
    return interchange.read(data, file.name).entities


def missing(store: Store, name: str) -> list[Entity]:
    """What of a bundled watchlist the library does not track. NotFoundError as above."""
    tracked = {(one.watchlist.casefold(), one.name) for one in store.entities.all()}
    return [one for one in entities(name) if (one.watchlist.casefold(), one.name) not in tracked]


def lines(store: Store) -> list[StarterLine]:
    """Every bundled watchlist, and how much of each the library tracks."""
    found = []
    for one in STARTERS:
        whole = len(entities(one.name))
        tracked = whole - len(missing(store, one.name))
        found.append(StarterLine(one.name, one.says, whole, tracked))
    return found
