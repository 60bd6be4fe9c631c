"""What the workshop says of names: suggested aliases, what an entity finds, untracked names."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["inflection", "transliteration", "designator", "short", "seen"]


@dataclass(frozen=True, slots=True)
class Sample:
    """A passage of an article: `text[start:end]` (code points) is the name as it stands there."""

    article_id: int
    title: str
    source: str
    moment: datetime
    """Where the article stands in a list by date, UTC."""
    field: str
    text: str
    start: int
    end: int
    alias: str = ""
    """By which alias it was found there; "" where nobody asked."""
    verdict: bool | None = None
    """What a person said of this alias in this article: it is meant, or it is not."""
    change: Literal["", "gained", "lost"] = ""
    """Whether the article is one that the present version does not find, or that only it finds."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A spelling that an alias could be made of, before anybody looked whether it is in use.

    `covered`: the entity as it is finds it already; it is shown for information.
    """

    text: str
    kind: Kind
    covered: bool = False


@dataclass(frozen=True, slots=True)
class AliasSuggestion:
    """`articles`: how many of the library have it; `sample` is the newest of them.

    `owners`: names of other tracked entities that have this spelling already.
    """

    text: str
    kind: Kind
    covered: bool = False
    articles: int = 0
    sample: Sample | None = None
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AliasCount:
    """How an alias fares in the archive; all numbers are articles.

    `alone`: no other alias of the entity is in them. `standing`: it stands there in some case and
    context, believed or not; at least `articles`.
    """

    text: str
    articles: int
    alone: int
    standing: int

    @property
    def sentence(self) -> str:
        told = f"“{self.text}” stands in {_articles(self.standing)}"
        if self.standing > self.articles:
            told += f", and counts in {self.articles:,}"
        if self.alone:
            told += f"; {self.alone:,} of them have no other alias of this entity"
        return f"{told}."


@dataclass(frozen=True, slots=True)
class Collision:
    """Another entity at the same places. `shared`: aliases that both have.

    `articles`: how many have a place that counts for both.
    """

    entity_id: int
    name: str
    watchlist: str
    shared: tuple[str, ...]
    articles: int

    @property
    def sentence(self) -> str:
        return (
            f"In {_articles(self.articles)} a mention lies at a place of “{self.name}” "
            f"({self.watchlist})."
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a proposed entity finds in the archive.

    `days`: every local day from the first to the last with a hit. `gained`, `lost`: articles that
    the present version does not find, and those that only it finds; a new entity gains all.
    """

    articles: int
    mentions: int
    days: tuple[tuple[date, int], ...]
    samples: tuple[Sample, ...]
    aliases: tuple[AliasCount, ...]
    collisions: tuple[Collision, ...]
    warnings: tuple[str, ...]
    gained: int
    lost: int
    gained_samples: tuple[int, ...]
    """Ids of a few of the articles gained, newest first."""
    lost_samples: tuple[int, ...]
    seconds: float
    read: int = 0
    """How many articles were looked into, the newest, of `candidates` that may mention it."""
    candidates: int = 0
    changes: tuple[Sample, ...] = ()
    """A few articles gained, then a few lost, newest first; none for a new entity."""
    rejected: tuple[Sample, ...] = ()
    """Places that would count, had a person not said that they do not; newest articles first."""

    @property
    def partial(self) -> bool:
        return self.read < self.candidates


@dataclass(frozen=True, slots=True)
class Discovered:
    """A name that nobody tracks. Copies of a text count once.

    `burst`: how many times as many articles a day as in the months before; `former` is how many
    there were then. `type` is "" unless it is sure.
    """

    name: str
    type: str
    spellings: tuple[str, ...]
    """Others that were counted with it, the most frequent first."""
    articles: int
    outlets: int
    former: int
    burst: float
    score: float
    first_seen: datetime
    last_seen: datetime
    samples: tuple[Sample, ...]


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
