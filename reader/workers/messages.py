"""What travels between the window, the command line and the worker processes: plain values.

    client  ──Ask(number, request)──▶  worker
    client  ◀──Progress*, then one Answer or Refusal with that number──  worker
    client  ◀──News──  worker          (to everybody who listens)

They are pickled, so they go only between our own processes.
"""

from dataclasses import dataclass
from pathlib import Path

from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.domain.profile import Question, SentenceKey
from reader.errors import ReaderError

# -- to the collector


@dataclass(frozen=True, slots=True)
class Refresh:
    """Fetch `urls`; None: what is due, or everything with `everything`."""

    urls: tuple[str, ...] | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Answered with a SubscribeReport for each address."""

    urls: tuple[str, ...]
    folder: str = ""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Answered with an ImportReport."""

    path: Path


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Do what the library remembers as still to be done: rescans, saved searches, indexing."""


@dataclass(frozen=True, slots=True)
class RebuildIndex:
    pass


@dataclass(frozen=True, slots=True)
class FetchPicture:
    """Answered with the bytes at an address that an article names: never on a private network."""

    url: str


@dataclass(frozen=True, slots=True)
class DeliverNow:
    """Send the alerts that are due; answered with a tuple of `services.deliver.Sent`.

    `at_once`: also where a failed channel rests until its next try.
    """

    at_once: bool = True


@dataclass(frozen=True, slots=True)
class TryChannel:
    """Really send one message that says it is a test; refused when it did not arrive."""

    channel: str


@dataclass(frozen=True, slots=True)
class StopWork:
    """Stop the refresh or rescan under way; what is done is kept."""


# -- to the searcher


@dataclass(frozen=True, slots=True)
class Search:
    query: str
    sort: str = "date"


@dataclass(frozen=True, slots=True)
class Mark:
    query: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explain:
    query: str
    article_id: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Answered with a tuple of `Facet`."""

    query: str


@dataclass(frozen=True, slots=True)
class Clauses:
    """Answered with a tuple of `Clause`."""

    query: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Answered with a tuple of `Completion`."""

    query: str
    cursor: int


@dataclass(frozen=True, slots=True)
class Narrow:
    """Answered with the query that also asks for `field:value`, or excludes it."""

    query: str
    field: str
    value: str
    without: bool = False


@dataclass(frozen=True, slots=True)
class Instead:
    """Answered with a tuple of queries that would find something."""

    query: str


# -- to the analyst


@dataclass(frozen=True, slots=True)
class TryOut:
    """Answered with a `Backtest`."""

    query: str


@dataclass(frozen=True, slots=True)
class Suggest:
    """Answered with a tuple of `Suggestion` for the saved search of that name."""

    name: str


@dataclass(frozen=True, slots=True)
class PreviewEntity:
    """Answered with a `Preview`; after about `patience` seconds with what is known by then."""

    entity: Entity
    patience: float | None = None


@dataclass(frozen=True, slots=True)
class SuggestAliases:
    """Answered with a tuple of `AliasSuggestion`."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class DiscoverNames:
    """Answered with a tuple of `Discovered`: names in the articles of so many days."""

    days: int
    most: int


@dataclass(frozen=True, slots=True)
class ProfileEntity:
    """Answered with a `Profile`."""

    entity: Entity
    question: Question


@dataclass(frozen=True, slots=True)
class CompareEntities:
    """Answered with a `Comparison`."""

    entities: tuple[Entity, ...]
    question: Question


@dataclass(frozen=True, slots=True)
class FindCompany:
    """Answered with a tuple of `Companion`; `reading`: their sentences are counted, too."""

    entity: Entity
    question: Question
    reading: bool = False


@dataclass(frozen=True, slots=True)
class QuoteEntity:
    """Answered with a `SentencePage`: what follows `after`, with both where there is `other`."""

    entity: Entity
    question: Question
    after: SentenceKey | None
    most: int
    other: Entity | None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Sent as it is, without an `Ask`: the question of that number needs no answer any more."""

    number: int


# -- around them


@dataclass(frozen=True, slots=True)
class Ask:
    number: int
    request: object


@dataclass(frozen=True, slots=True)
class Answer:
    number: int
    value: object


@dataclass(frozen=True, slots=True)
class Refusal:
    number: int
    error: ReaderError


@dataclass(frozen=True, slots=True)
class Progress:
    """`label` says what is being done; `failed` counts feeds that could not be fetched."""

    number: int
    done: int
    total: int
    failed: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something in the library changed that nobody here asked for."""

    changes: Changes
    alerts: int = 0
    """How many fired."""
    due: int = 0
    """How many are newly due on the desktop: time to ask for `notices`."""
    told: str = ""
    """What a person should know: a channel has failed, or works again."""
