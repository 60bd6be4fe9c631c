"""What the article list shows, and how it is read: places, results of a search, and the inbox.

A `Listing` is one list on show. It alone knows which work the library's thread does for it; its
answers are ids in the order of the rows. What arrives after it was closed is dropped.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from reader.domain.alert import InboxList, InboxQuery
from reader.domain.article import ArticleLine
from reader.domain.scope import Scope
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.models.articles import PAGE, ArticleModel
from reader.gui.models.difference import news
from reader.gui.ports import Reading
from reader.gui.presenters.empty import Empty

Answer = TypeVar("Answer")
Failed = Callable[[ReaderError], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows. `query` marks the rows; `results` are given when it was searched."""

    scope: Scope
    title: str
    query: str = ""
    results: "array[int] | None" = None

    @property
    def searched(self) -> bool:
        return self.results is not None

    def within(self, *, unread_only: bool) -> Scope:
        """As a scope, the filter included."""
        scope = self.scope if self.results is None else Scope(ids=tuple(self.results))
        return replace(scope, unread=scope.unread or unread_only)


class AlertList(Protocol):
    """Lists what fired in an order of its own."""

    def query(self, *, unread: bool) -> InboxQuery:
        """What is to be listed; `unread`: only articles that are."""

    def arrange(self, found: InboxList, *, anew: bool) -> "array[int]":
        """The answer; `anew`: nothing that was known of it before holds any more."""

    def listed(self) -> "array[int]":
        """The same for what was read last, as it has been judged since."""

    def subtitle(self, count: int) -> str: ...
    def why_empty(self) -> Empty: ...


class Listing:
    alerts: AlertList | None = None
    """Who lists what is shown, where that is the inbox."""

    def __init__(self, jobs: Jobs, model: ArticleModel, shown: Shown, *, unread_only: bool) -> None:
        self.shown, self._unread_only = shown, unread_only
        self._jobs, self._model = jobs, model
        self._closed = False

    @property
    def scope(self) -> Scope:
        return self.shown.within(unread_only=self._unread_only)

    def close(self) -> None:
        """Another list is wanted."""
        self._closed = True

    def read(self, done: "Callable[[array[int]], None]", failed: Failed) -> None:
        """`done` gets the ids to list."""

        def arrived(ids: "array[int]") -> None:
            self._model.set_fired(None)
            done(ids)

        self._run(partial(_ids, self.scope, self.shown.results), arrived, failed)

    def read_top(self, done: Callable[[Sequence[ArticleLine]], None]) -> None:
        """`done` gets the lines of the first page, before all other reading; nothing is called for
        a list whose beginning costs as much as the whole. To be asked before `read`."""

        def arrived(lines: Sequence[ArticleLine]) -> None:
            if lines:
                self._model.set_fired(None)  # else they would look like rows of the inbox
            done(lines)

        if self.shown.results is None and _walked(self.scope):
            work, unless_closed = partial(_top, self.scope), self._unless_closed(arrived)
            self._jobs.run(work, self._model, unless_closed, _met_again, urgent=True)

    def look(self, done: "Callable[[array[int], int], None]", failed: Failed) -> None:
        """Reads it again; `done` gets the ids, and how many of them the model does not list."""
        work = partial(_compare, self.scope, self.shown.results, self._model.ids)
        self._run(work, lambda answer: done(*answer), failed)

    def _run(
        self, work: Callable[[Reading], Answer], done: Callable[[Answer], None], failed: Failed
    ) -> None:
        self._jobs.run(work, self._model, self._unless_closed(done), self._unless_closed(failed))

    def _unless_closed(self, act: Callable[[Answer], None]) -> Callable[[Answer], None]:
        def acting(answer: Answer) -> None:
            if not self._closed:  # else the user has moved on while this was read
                act(answer)

        return acting


class FiredListing(Listing):
    """The inbox: whoever lists alerts says which, and arranges them."""

    alerts: AlertList

    def __init__(
        self, jobs: Jobs, model: ArticleModel, shown: Shown, alerts: AlertList, *, unread_only: bool
    ) -> None:
        super().__init__(jobs, model, shown, unread_only=unread_only)
        self.alerts = alerts

    def read_top(self, done: Callable[[Sequence[ArticleLine]], None]) -> None:
        """Never: what fired is listed in an order of its own."""

    def read(self, done: "Callable[[array[int]], None]", failed: Failed) -> None:
        self._ask(lambda found: done(self.alerts.arrange(found, anew=True)), failed)

    def look(self, done: "Callable[[array[int], int], None]", failed: Failed) -> None:
        def arrived(found: InboxList) -> None:
            ids = self.alerts.arrange(found, anew=False)
            done(ids, news(self._model.ids, ids))

        self._ask(arrived, failed)

    def _ask(self, done: Callable[[InboxList], None], failed: Failed) -> None:
        self._run(partial(_fired, self.alerts.query(unread=self.scope.unread)), done, failed)


def _met_again(_problem: ReaderError) -> None:
    """What hinders reading the top hinders reading the list, and is told then."""


def _walked(scope: Scope) -> bool:
    """Whether the library walks through an index, and need not gather the articles first."""
    gathered = (scope.ids, scope.folder, scope.tag, scope.copies_of)
    return all(place is None for place in gathered) and not scope.alerts


# the work, on the library's thread


def _top(scope: Scope, library: Reading) -> list[ArticleLine]:
    return library.newest(scope, PAGE)


def _ids(scope: Scope, results: "array[int] | None", library: Reading) -> "array[int]":
    """Results keep the order the search gave them."""
    if results is None:
        return library.article_ids(scope)
    if not scope.unread:
        return results
    allowed = set(library.article_ids(scope))
    return array("q", (number for number in results if number in allowed))


def _compare(
    scope: Scope, results: "array[int] | None", old: "array[int]", library: Reading
) -> "tuple[array[int], int]":
    ids = _ids(scope, results, library)
    return ids, news(old, ids)


def _fired(wanted: InboxQuery, library: Reading) -> InboxList:
    return library.inbox(wanted)
