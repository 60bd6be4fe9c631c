"""What travels between the window, the command line and the worker processes: plain values.

    client  ──Ask(number, request)──▶  worker
    client  ◀──Progress*, then one Answer or Refusal with that number──  worker
    client  ◀──News──  worker          (to everybody who listens)

They are pickled, so they go only between our own processes. They are named tuples because the
window imports them all before it is there, and a dataclass takes eight times as long to make.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.domain.profile import Question, SentenceKey
from reader.errors import ReaderError

# -- to the collector


class Refresh(NamedTuple):
    """Fetch `urls`; None: what is due, or everything with `everything`."""

    urls: tuple[str, ...] | None = None
    everything: bool = False


class Subscribe(NamedTuple):
    """Answered with a SubscribeReport for each address."""

    urls: tuple[str, ...]
    folder: str = ""


class ImportFile(NamedTuple):
    """Answered with an ImportReport."""

    path: Path


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Do what the library remembers as still to be done: rescans, saved searches, indexing."""


@dataclass(frozen=True, slots=True)
class RebuildIndex:
    pass


class FetchPicture(NamedTuple):
    """Answered with the bytes at an address that an article names: never on a private network."""

    url: str


class DeliverNow(NamedTuple):
    """Send the alerts that are due; answered with a tuple of `services.deliver.Sent`.

    `at_once`: also where a failed channel rests until its next try.
    """

    at_once: bool = True


class TryChannel(NamedTuple):
    """Really send one message that says it is a test; refused when it did not arrive."""

    channel: str


@dataclass(frozen=True, slots=True)
class StopWork:
    """Stop the refresh or rescan under way; what is done is kept."""


# -- to the searcher


class Search(NamedTuple):
    query: str
    sort: str = "date"


class Mark(NamedTuple):
    query: str
    ids: tuple[int, ...]


class Explain(NamedTuple):
    query: str
    article_id: int


class Facets(NamedTuple):
    """Answered with a tuple of `Facet`."""

    query: str


class Clauses(NamedTuple):
    """Answered with a tuple of `Clause`."""

    query: str


class Complete(NamedTuple):
    """Answered with a tuple of `Completion`."""

    query: str
    cursor: int


class Narrow(NamedTuple):
    """Answered with the query that also asks for `field:value`, or excludes it."""

    query: str
    field: str
    value: str
    without: bool = False


class Instead(NamedTuple):
    """Answered with a tuple of queries that would find something."""

    query: str


# -- to the analyst


class TryOut(NamedTuple):
    """Answered with a `Backtest`."""

    query: str


class Suggest(NamedTuple):
    """Answered with a tuple of `Suggestion` for the saved search of that name."""

    name: str


class PreviewEntity(NamedTuple):
    """Answered with a `Preview`; after about `patience` seconds with what is known by then."""

    entity: Entity
    patience: float | None = None


class SuggestAliases(NamedTuple):
    """Answered with a tuple of `AliasSuggestion`."""

    entity: Entity


class DiscoverNames(NamedTuple):
    """Answered with a tuple of `Discovered`: names in the articles of so many days."""

    days: int
    most: int


class ProfileEntity(NamedTuple):
    """Answered with a `Profile`."""

    entity: Entity
    question: Question


class CompareEntities(NamedTuple):
    """Answered with a `Comparison`."""

    entities: tuple[Entity, ...]
    question: Question


class FindCompany(NamedTuple):
    """Answered with a tuple of `Companion`; `reading`: their sentences are counted, too."""

    entity: Entity
    question: Question
    reading: bool = False


class QuoteEntity(NamedTuple):
    """Answered with a `SentencePage`: what follows `after`, with both where there is `other`."""

    entity: Entity
    question: Question
    after: SentenceKey | None
    most: int
    other: Entity | None = None


class GiveUp(NamedTuple):
    """Sent as it is, without an `Ask`: the question of that number needs no answer any more."""

    number: int


# -- around them


class Ask(NamedTuple):
    number: int
    request: object


class Answer(NamedTuple):
    number: int
    value: object


class Refusal(NamedTuple):
    number: int
    error: ReaderError


class Progress(NamedTuple):
    """`label` says what is being done; `failed` counts feeds that could not be fetched."""

    number: int
    done: int
    total: int
    failed: int = 0
    label: str = ""


class News(NamedTuple):
    """Something in the library changed that nobody here asked for."""

    changes: Changes
    alerts: int = 0
    """How many fired."""
    due: int = 0
    """How many are newly due on the desktop: time to ask for `notices`."""
    told: str = ""
    """What a person should know: a channel has failed, or works again."""
