"""What discovery says of names that nobody tracks, in words; and the entity one becomes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reader.domain.entity import Alias, Entity
from reader.domain.fold import fold_key
from reader.domain.workshop import Discovered
from reader.gui.words import ago, counted, number

PERIODS = ((3, "3 days"), (7, "7 days"), (14, "14 days"), (30, "30 days"), (90, "90 days"))
DAYS = 14
_RISE = 1.5
"""How many times as often as before from which it is worth a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where looking for names stands.

    `state`: "looking", "done", "stopped" or "failed" (`sentence` says why). `names`: the latest
    answer, also while a newer one is waited for; None before there was any. `done` of `total`
    articles are read.
    """

    state: str = "looking"
    names: tuple[Discovered, ...] | None = None
    days: int = DAYS
    sentence: str = ""
    done: int = 0
    total: int = 0


def headline(found: Found) -> str:
    if found.names is None:
        return "Names nobody tracks yet"
    return f"{counted(len(found.names), 'name')} nobody tracks yet" if found.names else "No names"


def basis(found: Found) -> str:
    if found.state == "looking":
        if found.total:
            return f"Reading {number(found.done)} of {counted(found.total, 'new article')}…"
        return "Looking through the articles…"
    if found.state == "failed":
        return found.sentence
    stopped = "Stopped: try again goes on from there. " if found.state == "stopped" else ""
    told = f"In at least 3 articles of 2 outlets in the last {found.days} days; copies count once."
    return f"{stopped}{told}"


def numbers(one: Discovered) -> str:
    """ "12 articles · 5 outlets"."""
    return f"{counted(one.articles, 'article')} · {counted(one.outlets, 'outlet')}"


def rise(one: Discovered) -> str:
    """ "not seen before", "4.2× as often as before", or "" where it is as often as it was."""
    if not one.former:
        return "not seen before" if one.burst != 1.0 else ""
    if one.burst < _RISE:
        return ""
    times = f"{one.burst:.1f}" if one.burst < 10 else number(round(one.burst))
    return f"{times}× as often as before"


def seen(one: Discovered, now: datetime | None = None) -> str:
    """ "First seen 14 Nov, last 3 h ago"."""
    at = now or datetime.now(UTC)
    return f"First seen {_since(one.first_seen, at)}, last {_since(one.last_seen, at)}"


def _since(then: datetime, now: datetime) -> str:
    told = ago(then, now)
    return f"{told} ago" if told.endswith((" h", " min")) else told


def said(one: Discovered) -> str:
    """For a screen reader."""
    return ", ".join(filter(None, (one.name, one.type, numbers(one), rise(one))))


def kept(names: Sequence[Discovered], kind: str, words: str) -> tuple[Discovered, ...]:
    """Those of a type ("" is any) in which the words stand."""
    wanted = fold_key(words).split()
    return tuple(
        one
        for one in names
        if (not kind or one.type == kind)
        and all(word in fold_key(" ".join((one.name, *one.spellings))) for word in wanted)
    )


def as_entity(one: Discovered, watchlist: str, *, spellings: bool = True) -> Entity:
    """`spellings`: with those that were counted with it, where they are others but for case."""
    mine = {fold_key(one.name)}
    aliases = []
    for text in one.spellings if spellings else ():
        if fold_key(text) not in mine:
            mine.add(fold_key(text))
            aliases.append(Alias(text))
    return Entity(one.name, one.type or "other", watchlist, tuple(aliases))
