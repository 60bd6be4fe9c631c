"""What the screens need from the rest of the program, as protocols over plain values.

`LibraryPort` runs on the window's two database threads, through `Jobs`; the links speak to the
worker processes. Presenters know only these, so tests hand in fakes.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from reader.domain.alert import (
    AS_USUAL,
    Alert,
    AlertRule,
    Backtest,
    ChannelState,
    InboxList,
    InboxQuery,
    Notice,
    Precision,
    Suggestion,
)
from reader.domain.article import ArticleDetail, ArticleLine, Marked
from reader.domain.entity import Entity
from reader.domain.library import Changes, Overview
from reader.domain.profile import (
    Companion,
    Comparison,
    Profile,
    Question,
    SentenceKey,
    SentencePage,
)
from reader.domain.reports import ImportReport
from reader.domain.row_mentions import RowMentions
from reader.domain.scope import Scope
from reader.domain.search import Clause, Completion, Facet, Hits
from reader.domain.watchlist import Merged, StarterLine, WatchlistLine
from reader.domain.workshop import AliasSuggestion, Discovered, Preview
from reader.errors import ReaderError

Failed = Callable[[ReaderError], None]
Progressing = Callable[[int, int], object]
"""Told how much of how much is done."""


class Reading(Protocol):
    """Pages and details; never changes anything."""

    def overview(self) -> Overview: ...
    def article_ids(self, scope: Scope) -> "array[int]":
        """Every article of the scope, newest first."""

    def lines(self, ids: Sequence[int]) -> list[ArticleLine]:
        """In the order of `ids`; an id that is gone is left out."""

    def newest(self, scope: Scope, limit: int) -> list[ArticleLine]:
        """The first rows of what the scope holds."""

    def row_mentions(self, rows: Sequence[tuple[int, str]]) -> list[RowMentions]:
        """For (article, snippet as its row shows it): what is named there."""

    def detail(self, article_id: int) -> ArticleDetail | None: ...
    def watchlists(self) -> list[WatchlistLine]:
        """By name, with counts, which takes a moment in a large library."""

    def starters(self) -> list[StarterLine]:
        """The watchlists the program brings along."""

    def inbox(self, wanted: InboxQuery) -> InboxList:
        """The articles something fired for, however many there are."""

    def alerts_of(
        self, ids: Sequence[int], *, context: bool = True
    ) -> dict[int, tuple[Alert, ...]]:
        """What fired for each of these articles, newest first; none for the others. `context`:
        with passages, which takes a while for many."""

    def precision(self, name: str) -> Precision: ...
    def channels(self) -> list[ChannelState]: ...
    def mentions_per_day(
        self, entities: Sequence[int], days: int
    ) -> list[tuple[date, tuple[int, ...]]]:
        """One row a day, oldest first, zero-filled: articles mentioning each entity."""


class Changing(Protocol):
    """Small changes; each is journalled and says what kind of thing it touched."""

    def mark(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None,
        passing: bool = False,
    ) -> Changes:  # fmt: skip
        """`passing`: read only because they came on show."""

    def mark_all_read(self, scope: Scope) -> Changes: ...
    def tag(self, ids: Sequence[int], name: str, *, remove: bool = False) -> Changes: ...
    def note(self, article_id: int, text: str) -> Changes: ...
    def undo(self) -> tuple[str, Changes]:
        """Takes the latest change back and says in a few words what it was."""

    def save_search(
        self, name: str, query: str, *, alert: bool, folder: str = "", rule: AlertRule = AS_USUAL,
        judged: Mapping[int, bool],
    ) -> Changes:  # fmt: skip
        """`judged`: by article whether it is worth keeping; one change with the search."""

    def edit_search(
        self, name: str, *, query: str | None = None, alert: bool | None = None,
        new_name: str | None = None, folder: str | None = None, rule: AlertRule | None = None,
        judged: Mapping[int, bool] = ...,
    ) -> Changes: ...  # fmt: skip
    def remove_search(self, name: str) -> Changes: ...
    def rename_search_folder(self, old: str, new: str) -> Changes:
        """Of saved searches; "": those in it are in none then."""

    def publish_search(self, name: str, path: str) -> Changes:
        """A saved search as a feed file, kept current from now on; by its ending Atom or JSON."""

    def unpublish_search(self, name: str) -> Changes:
        """Its files stay as they are, and are no longer kept current."""

    def track(self, entity: Entity, judged: Mapping[tuple[int, str], bool | None] = ...) -> Changes:
        """Adds the entity, or replaces the one of the same id, or watchlist and name.

        `judged`: by article and spelling whether it is meant there.
        """

    def confirm_mention(self, article_id: int, entity_id: int, spelling: str) -> Changes: ...
    def reject_mention(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        """The entity is not meant by this spelling in this article: it is no mention any more."""

    def forget_verdict(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        """Neither was said: whether it is a mention is for the rules again."""

    def dismiss_name(self, name: str) -> Changes:
        """Discovery does not offer it again."""

    def track_starter(self, name: str) -> Changes:
        """Adds what is not there yet of a watchlist the program brings along."""

    def untrack(self, name: str) -> Changes: ...
    def untrack_all(self, ids: Sequence[int]) -> Changes: ...
    def move_entities(self, ids: Sequence[int], watchlist: str) -> Changes: ...
    def merge_entities(self, ids: Sequence[int], into: int) -> Merged: ...
    def split_entity(self, entity_id: int, aliases: Sequence[str], name: str) -> Merged: ...
    def add_watchlist(self, name: str) -> Changes: ...
    def note_watchlist(self, name: str, note: str) -> Changes: ...
    def rename_watchlist(self, name: str, new_name: str) -> Changes: ...
    def switch_watchlist(self, name: str, *, enabled: bool) -> Changes: ...
    def remove_watchlist(self, name: str) -> Changes:
        """With its entities."""

    def add_type(self, name: str) -> Changes: ...
    def edit_type(
        self, name: str, *, colour: str | None = None, icon: str | None = None
    ) -> Changes: ...
    def rename_type(self, name: str, new_name: str) -> Changes: ...
    def remove_type(self, name: str) -> Changes:
        """Its entities are of the type "other" then."""

    def rename_feed(self, url: str, title: str) -> Changes: ...
    def move_feed(self, url: str, folder: str) -> Changes: ...
    def remove_feed(self, url: str) -> Changes: ...
    def allow_images(self, url: str, *, allow: bool) -> Changes: ...
    def alerts_seen(self) -> Changes: ...
    def judge_for(self, hits: Mapping[str, Sequence[int]], kept: bool | None) -> Changes:
        """Worth keeping, noise, or (None) not judged: articles as hits of saved searches, by name;
        one change however many."""

    def retry_refused(self, channel: str) -> Changes:
        """What its receiver refused goes out once more, with the next delivery."""

    def drop_refused(self, channel: str) -> Changes:
        """What its receiver refused is not delivered there."""

    def notices(self) -> list[Notice]:
        """What is to be shown on the desktop now; each stays due until it is `delivered`."""

    def delivered(self, batch: str) -> Changes: ...


class SearchLink(Protocol):
    """The searcher process. Only the newest search is answered; earlier answers are dropped."""

    def search(self, query: str, sort: str, done: Callable[[Hits], None], failed: Failed) -> None:
        """`sort`: "date" or "score"."""

    def mark(self, query: str, ids: Sequence[int], done: Callable[[list[Marked]], None]) -> None:
        """Snippets and spans of the hits, for rows on show."""

    def spans(self, query: str, article_id: int, done: Callable[[Any], None]) -> None:
        """`done(Explained)`: every place in one article that makes the query true."""

    def facets(self, query: str, done: Callable[[tuple[Facet, ...]], None]) -> None:
        """What the matching articles have in common, one `Facet` for each of FACETS."""

    def clauses(self, query: str, done: Callable[[tuple[Clause, ...]], None]) -> None:
        """The parts of what was typed, in order, also while it cannot be run yet."""

    def complete(
        self, query: str, cursor: int, done: Callable[[tuple[Completion, ...]], None]
    ) -> None:
        """What could stand at the cursor (code points from the start), likeliest first."""

    def narrowed(
        self, query: str, field: str, value: str, done: Callable[[str], None], *, without: bool
    ) -> None:
        """`done(text)`: the query with `field:value` added (`without`: excluded) to the whole."""

    def instead(self, query: str, done: Callable[[tuple[str, ...]], None]) -> None:
        """For a query without hits: queries with words that are in the library."""

    def backtest(self, query: str, done: Callable[[Backtest], None], failed: Failed) -> None:
        """What the query would have found so far; nobody is told of it. No search waits for it:
        it is asked of the analyst."""

    def suggestions(self, name: str, done: Callable[[tuple[Suggestion, ...]], None]) -> None:
        """How a saved search would have less noise, as its hits were judged; the best first."""


class AnalystLink(Protocol):
    """The analyst process: long questions. Of each kind only the newest is answered; each gives a
    number by which it can be stopped, and then nobody is called for it."""

    def preview(
        self, entity: Entity, patience: float | None, done: Callable[[Preview], object],
        failed: Failed, progress: Progressing,
    ) -> int:  # fmt: skip
        """What the entity would find; what is known after `patience` seconds, None: all."""

    def suggest_aliases(
        self, entity: Entity, done: Callable[[tuple[AliasSuggestion, ...]], object], failed: Failed
    ) -> int: ...
    def discover(
        self, days: int, most: int, done: Callable[[tuple[Discovered, ...]], object],
        failed: Failed, progress: Progressing,
    ) -> int:  # fmt: skip
        """Names that nobody tracks in the articles of so many days, the most striking first."""

    def profile(
        self, entity: Entity, question: Question, done: Callable[[Profile], object], failed: Failed
    ) -> int: ...
    def compare(
        self, entities: Sequence[Entity], question: Question,
        done: Callable[[Comparison], object], failed: Failed,
    ) -> int: ...  # fmt: skip
    def quote(
        self, entity: Entity, question: Question, after: SentenceKey | None, other: Entity | None,
        done: Callable[[SentencePage], object], failed: Failed,
    ) -> int:  # fmt: skip
        """A page of the sentences that mention it, and `other` where there is one."""

    def company(
        self, entity: Entity, question: Question, done: Callable[[tuple[Companion, ...]], object],
        failed: Failed, progress: Progressing | None = None,
    ) -> int:  # fmt: skip
        """Whom it appears with; with `progress` sentences are read and counted, which takes
        long."""

    def stop(self, number: int) -> None:
        """0 is no question."""


class CollectorLink(Protocol):
    """The collector process, as commands; its news arrive as signals of the implementation:

    progress(done: int, total: int, failed: int, label: str) · changed(Changes) ·
    finished(str summary) · problem(ReaderError)
    """

    def refresh(self, urls: Sequence[str] | None = None) -> None:
        """Everything now, or these feeds."""

    def stop(self) -> None: ...
    def subscribe(self, url: str, folder: str, done: Callable[[Any], None], failed: Failed) -> None:
        """`done(SubscribeReport)` of `reader.domain.subscribe`."""

    def picture(self, url: str, done: Callable[[bytes], None]) -> None:
        """`done(data)` for a picture that could be fetched; nothing for one that could not."""

    def try_channel(self, channel: str, done: Callable[[], object], failed: Failed) -> None:
        """Really sends one message that says it is a test."""

    def deliver_now(self, done: Callable[[], object]) -> None:
        """What is due is sent, also where a failing channel rests until its next try."""

    def import_file(self, path: str, done: Callable[[ImportReport], None], failed: Failed) -> None:
        """Of watchlists the good rows come in, and the report names the others."""
