"""What is said of a mention beside it: who is meant, how it is written, what is known of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from reader.domain.article import ArticleLine
from reader.domain.library import Overview
from reader.domain.quoting import asking
from reader.gui import words

MOST = 10
"""Spellings that a card lists."""
_NOTE = 180
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known at once. `found`: the spelling that stands in the text.

    `number` of `of`: which of its mentions in this article; 0 of those that lie in longer ones.
    """

    entity_id: int
    name: str
    type: str
    found: str = ""
    number: int = 0
    of: int = 0
    watchlist: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    articles: int = 0
    mentions: int = 0
    alert: str = ""
    """The saved search that fires an alert for just this entity, or ""."""
    confirmed: bool = False
    """A person said that it is meant here."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The one found first, then the others; the name itself is not repeated."""
        known = dict.fromkeys([*([self.found] if self.found else ()), *self.aliases])
        known.pop(self.name, None)
        return tuple(known)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read from the library. `days`: articles on each of the last days, oldest first;
    `recent`: the newest others."""

    days: tuple[int, ...] = ()
    last_seen: datetime | None = None
    recent: tuple[ArticleLine, ...] = ()


def query_for(name: str) -> str:
    """The search for a tracked entity."""
    return asking("entity", name)


def about(
    overview: Overview, entity_id: int, name: str, kind: str, found: str, place: tuple[int, int]
) -> About:
    """`name`, `kind`: as the article has them, for an entity the overview does not know yet."""
    line = next((line for line in overview.entities if line.entity.id == entity_id), None)
    if line is None:
        return About(entity_id, name, kind, found, *place)
    entity = line.entity
    query = query_for(entity.name)
    alerts = (line.saved.name for line in overview.saved if line.saved.alert)
    fired = {line.saved.name: line.saved.query for line in overview.saved}
    return About(
        entity_id, entity.name, entity.type, found, *place, entity.watchlist,
        tuple(alias.text for alias in entity.aliases), entity.note, line.articles, line.mentions,
        next((name for name in alerts if fired[name] == query), ""),
    )  # fmt: skip


# in words


def kind_of(told: About) -> str:
    """ "Person · libya · confirmed by you": its type, its watchlist, and what was said of it."""
    kind = told.type[:1].upper() + told.type[1:]
    said = "confirmed by you" if told.confirmed else ""
    return " · ".join(part for part in (kind, told.watchlist, said) if part)


def spelled(told: About) -> str:
    """Rich text: the spelling found stands out, and each keeps its own direction."""
    shown = told.spellings[:MOST]
    bare = [f"\u2068{escape(one)}\u2069" for one in shown]
    if shown and shown[0] == told.found:
        bare[0] = f"<b>{bare[0]}</b>"
    left = len(told.spellings) - len(shown)
    line = " · ".join([*bare, *([f"and {left} more"] if left else [])])
    return f"\u200e{line}" if line else ""  # the line itself runs as the window's words do


def shortened(note: str) -> str:
    """A note in one paragraph of a few lines."""
    line = " ".join(note.split())
    return line if len(line) <= _NOTE else line[: _NOTE - 1].rstrip() + "…"


def counted(told: About) -> str:
    """ "" for an entity that the window has not heard of yet."""
    if not told.watchlist:
        return ""
    articles = words.counted(told.articles, "article")
    return f"{articles} · {words.counted(told.mentions, 'mention')}"


def seen(facts: Facts, now: datetime) -> str:
    if facts.last_seen is None:
        return ""
    said = words.ago(facts.last_seen, now)
    recently = said[0].isdigit() and now - facts.last_seen < timedelta(hours=24)
    return f"Last seen {said}{' ago' if recently else ''}"
