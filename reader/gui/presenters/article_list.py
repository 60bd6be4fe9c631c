"""Keeps the article list showing what was chosen: a place of the library, or what a search found.

Answers that come late, for a list no longer wanted, are dropped. Articles that come in while a
list is on show are announced by `news`; the rows do not move until the user asks for them.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.alert import Alert
from reader.domain.article import ArticleLine, Marked
from reader.domain.library import Changes, Overview
from reader.domain.scope import Scope
from reader.errors import ReaderError
from reader.gui import words
from reader.gui.jobs import Jobs
from reader.gui.models.articles import ArticleModel
from reader.gui.models.difference import news
from reader.gui.ports import Changing, Reading, SearchLink
from reader.gui.presenters.changer import Changer
from reader.gui.presenters.empty import Empty, broken, no_results, why

_SOON, _MARKS = 600, 60
"""Milliseconds: how often a list looks for news, and how long rows rest before they are marked."""
_NEWEST = 60
"""Alerts that are looked at for news: each is read with the text that fired it."""


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


class AlertList(Protocol):
    """Lists what fired in an order of its own."""

    @property
    def limit(self) -> int:
        """How many alerts are read, the newest."""

    def arrange(self, alerts: Sequence[Alert]) -> "array[int]":
        """All that were read, newest first; which articles are listed, and in which order."""

    def merge(self, alerts: Sequence[Alert]) -> "array[int] | None":
        """The newest of all: the same, with what was read before; None where some may lack."""

    def listed(self) -> "array[int]":
        """The same for what was read last, as it has been judged since."""

    def subtitle(self, count: int) -> str: ...
    def why_empty(self) -> Empty: ...


class ArticleListPresenter(QObject):
    begun = Signal()
    """Something else is to be shown: `shown` says what."""
    heading = Signal(str, str)
    filled = Signal()
    emptied = Signal(object)
    """An `Empty`."""
    news = Signal(int)
    row_wanted = Signal(int)
    """The row to go to, found by `next_unread`."""
    nothing_unread = Signal()
    up_to_date = Signal()
    """The list shows what the library holds: nothing waits to be shown."""
    problem = Signal(object)

    def __init__(
        self, jobs: Jobs, search: SearchLink, changer: Changer, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._search, self._changer = jobs, search, changer
        self.model = ArticleModel(self)
        self.model.page_wanted.connect(self._load_page)
        self.visible: Callable[[], Sequence[int]] = list
        """The ids on show; set by whoever has the view."""
        self.calm: Callable[[], bool] = lambda: False
        """Whether rows may be put on top at once: nothing chosen, not scrolled."""
        self.alerts: AlertList | None = None
        """Without it alerts are listed as any other articles are."""
        self._feeds, self._refreshing = 0, False
        self._broken: dict[int, str] = {}  # why, by saved search
        self._shown = self._place = Shown(Scope(), "All articles")
        self._unread_only = False
        self._unread = 0
        self._searching = self._refused = False
        self._ticket = 0
        self._settled_once = False  # before that there is nothing to explain
        self._waiting: array[int] | None = None
        self._looking = False
        self._soon = self._timer(_SOON, self._look_for_news)
        self._mark_soon = self._timer(_MARKS, self._mark_visible)
        self._renamed = self._timer(_SOON, self._read_names)

    # what is shown

    @property
    def current(self) -> bool:
        """Whether the list is known to show what the library holds."""
        return self._waiting is None and not self._looking and not self._soon.isActive()

    @property
    def shown(self) -> Shown:
        return self._shown

    @property
    def unread_only(self) -> bool:
        return self._unread_only

    @property
    def place(self) -> Shown:
        """The place that is shown, or that is gone back to after a search."""
        return self._place

    def scope(self) -> Scope:
        """What the list shows as a scope, the filter included."""
        scope = self._shown.scope
        if self._shown.results is not None:
            scope = Scope(ids=tuple(self._shown.results))
        return replace(scope, unread=scope.unread or self._unread_only)

    def show(self, scope: Scope, title: str, query: str = "", unread: int = 0) -> None:
        """A place of the library; `query`: that of a saved search, whose hits are marked."""
        self._place = Shown(scope, title, query)
        self._unread = unread
        self._begin(self._place)

    def show_results(self, query: str, ids: "array[int]", *, again: bool = False) -> None:
        """What a search found. `again`: the same search, because articles have come in."""
        shown = Shown(Scope(), "Search results", query, ids)
        if again and self._shown.searched and self._shown.query == query:
            self._shown = shown
            self._look_for_news()
        else:
            self._begin(shown)

    def back(self) -> None:
        """From a search to the place that was shown before."""
        if self._shown.searched:
            self._begin(self._place)

    def set_unread_only(self, *, on: bool) -> None:
        if on != self._unread_only:
            self._unread_only = on
            self._begin(self._shown)

    def set_unread(self, count: int) -> None:
        """How many unread articles the place on show holds, when that has changed."""
        self._unread = count
        self._say()

    def set_searching(self, *, on: bool) -> None:
        """An answer is waited for; the rows of the list before it stay on show."""
        self._searching = on
        self._say()

    def set_refused(self, *, on: bool) -> None:
        """What stands in the search box cannot be run: the rows are those of an earlier query."""
        if on != self._refused:
            self._refused = on
            self._say()

    def set_library(self, overview: Overview) -> None:
        """How an empty list is explained depends on what the library holds."""
        known, self._feeds = self._feeds, overview.totals.feeds
        before, self._broken = (
            self._broken,
            {line.saved.id: line.saved.broken for line in overview.saved if line.saved.broken},
        )
        if bool(known) != bool(self._feeds) or before != self._broken:
            self._explain()

    def set_refreshing(self, *, on: bool) -> None:
        if on != self._refreshing:
            self._refreshing = on
            self._explain()

    def show_news(self) -> None:
        """Brings the waiting articles in."""
        if self._waiting is not None:
            alerts = self._alert_list()
            ids, self._waiting = self._waiting, None
            self.model.set_ids(alerts.listed() if alerts else ids)
            self._settled()

    def rearrange(self) -> None:
        """The inbox lists others than before, of what was read."""
        alerts = self._alert_list()
        if alerts is not None:
            self.model.set_ids(alerts.listed())
            self._settled()

    def drop(self, ids: Sequence[int]) -> None:
        """These are no longer listed; the other rows stay as they are."""
        self.model.drop(ids)
        self._say()
        self._explain()

    def again(self) -> None:
        """Reads what is shown anew."""
        self._begin(self._shown, keep=True)

    def say(self) -> None:
        """What the heading says has changed."""
        self._say()

    def apply(self, changes: Changes) -> None:
        """Something changed in the library. Names of feeds and entities stand in every row."""
        stale = self.model.on_hand(changes.articles)
        if (changes.entities or changes.feeds) and not self._renamed.isActive():
            self._renamed.start()
        if stale:
            self._jobs.run(partial(_lines, stale), self, self._updated, self.problem.emit)
        if changes.lists and not self._shown.searched and not self._soon.isActive():
            self._soon.start()

    # moving and marking

    def next_unread(self, row: int) -> None:
        """Asks to go to the first unread article below `row`, or the first of all."""
        for candidate in range(row + 1, self.model.rowCount()):
            line = self.model.at_hand(candidate)
            if line is None:
                break
            if not line.read:
                self.row_wanted.emit(candidate)
                return
        scope = replace(self.scope(), unread=True)
        work = partial(_next_of, scope, self.model.ids, row)
        ticket = self._ticket
        self._jobs.run(work, self, partial(self._found_unread, ticket), self.problem.emit)

    def mark(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None,
        passing: bool = False,
    ) -> None:  # fmt: skip
        """Shown at once; taken back if the library refuses. `passing`: see `Changer.run`."""
        before = [line for line in map(self.model.known, ids) if line is not None]
        self.model.update_lines([_marked(line, read, starred) for line in before])

        def work(library: Changing) -> Changes:
            return library.mark(ids, read=read, starred=starred)

        self._changer.run(work, failed=lambda _: self.model.update_lines(before), passing=passing)

    def viewed(self, article_id: int) -> None:
        line = self.model.known(article_id)
        if line is None or not line.read:
            self.mark([article_id], read=True, passing=True)

    def toggle_read(self, ids: Sequence[int]) -> None:
        """Read if any of them is unread, else unread."""
        lines = [line for line in map(self.model.known, ids) if line is not None]
        if lines:
            self.mark(ids, read=any(not line.read for line in lines))

    def toggle_star(self, ids: Sequence[int]) -> None:
        lines = [line for line in map(self.model.known, ids) if line is not None]
        if lines:
            self.mark(ids, starred=any(not line.starred for line in lines))

    def mark_all_read(self, before: datetime | None = None) -> None:
        """Everything listed, or what is older than `before`; not what still waits to be shown."""
        scope = self.scope()
        some = self._waiting is not None or self._soon.isActive() or self._refreshing
        if some or self._alert_list() is not None:
            scope = Scope(ids=tuple(self.model.ids))
        scope = replace(scope, before=before)
        self._changer.run(lambda library: library.mark_all_read(scope))

    def rows_moved(self) -> None:
        """Other rows are on show: their hits are to be marked."""
        if self._shown.query:
            self._mark_soon.start()

    # inside

    def _timer(self, wait: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(do)
        return timer

    def _alert_list(self) -> AlertList | None:
        """Who lists what is shown, where that is the inbox."""
        return self.alerts if self._shown.scope.alerts and not self._shown.searched else None

    def _read(
        self, some: int | None = None
    ) -> "Callable[[Reading], array[int] | tuple[Alert, ...]]":
        """`some`: only so many of the newest alerts."""
        alerts = self._alert_list()
        if alerts is not None:
            return partial(_fired, some or alerts.limit, self.scope().unread)
        return partial(_ids, self.scope(), self._shown.results)

    def _arranged(self, listed: "array[int] | tuple[Alert, ...]") -> "array[int]":
        alerts = self._alert_list()
        if not isinstance(listed, tuple):
            self.model.set_fired(None)
            return listed
        return alerts.arrange(listed) if alerts is not None else array("q")

    def _begin(self, shown: Shown, *, keep: bool = False) -> None:
        if shown.query != self._shown.query:
            self.model.clear_marks()
        self._shown = shown
        self._drop_news()
        self._looking = True
        self._ticket += 1
        self.begun.emit()
        self._jobs.run(
            self._read(), self, partial(self._arrived, self._ticket, keep),
            partial(self._failed, self._ticket),
        )  # fmt: skip

    def _arrived(self, ticket: int, keep: bool, listed: "array[int] | tuple[Alert, ...]") -> None:
        if ticket != self._ticket:
            return  # the user has moved on while this was read
        self.model.set_ids(self._arranged(listed), keep=keep)
        self._settled()

    def _failed(self, ticket: int, problem: ReaderError) -> None:
        if ticket == self._ticket:
            self._looking = False
            self.problem.emit(problem)

    def _settled(self) -> None:
        self._settled_once = True
        self._drop_news()
        self._say()
        if self.model.rowCount():
            self.filled.emit()
        self._explain()
        self.rows_moved()
        self.up_to_date.emit()

    def _explain(self) -> None:
        if self._settled_once and not self.model.rowCount():
            self.emptied.emit(self._why_empty())

    def _why_empty(self) -> Empty:
        shown, alerts = self._shown, self._alert_list()
        if alerts is not None and self._feeds:
            return alerts.why_empty()
        if shown.searched:
            return no_results(shown.query, unread=self._unread_only)
        if shown.scope.saved in self._broken:
            return broken(self._broken[shown.scope.saved])
        return why(
            shown.scope, feeds=self._feeds, unread=self._unread_only, refreshing=self._refreshing
        )

    def _say(self) -> None:
        count, alerts = self.model.rowCount(), self._alert_list()
        if self._searching:
            self.heading.emit(self._shown.title, "Searching…")
        elif self._shown.searched:
            kind = "unread result" if self._unread_only else "result"
            old = f" for “{self._shown.query}”" if self._refused else ""
            self.heading.emit(self._shown.title, words.counted(count, kind) + old)
        elif alerts is not None:
            self.heading.emit(self._shown.title, alerts.subtitle(count))
        elif self._unread_only or self._shown.scope.unread:
            self.heading.emit(self._shown.title, words.counted(count, "unread article"))
        else:
            unread = f"{words.number(self._unread)} unread · " if self._unread else ""
            self.heading.emit(self._shown.title, unread + words.counted(count, "article"))

    def _drop_news(self) -> None:
        self._waiting, self._looking = None, False
        self.news.emit(0)

    def _look_for_news(self) -> None:
        self._looking = True
        if self._alert_list() is not None:
            some = None if self.scope().unread else _NEWEST
            done = partial(self._fired_again, self._ticket, some is not None)
            self._jobs.run(self._read(some), self, done, self._not_compared)
            return
        work = partial(_compare, self.scope(), self._shown.results, self.model.ids)
        self._jobs.run(work, self, partial(self._compared, self._ticket), self._not_compared)

    def _fired_again(
        self, ticket: int, some: bool, listed: "array[int] | tuple[Alert, ...]"
    ) -> None:
        alerts = self._alert_list()
        if ticket != self._ticket or alerts is None or not isinstance(listed, tuple):
            return
        ids = alerts.merge(listed) if some else alerts.arrange(listed)
        if ids is not None:
            self._compared(ticket, (ids, news(self.model.ids, ids)))
        else:
            done = partial(self._fired_again, ticket, False)
            self._jobs.run(self._read(), self, done, self._not_compared)

    def _compared(self, ticket: int, answer: "tuple[array[int], int]") -> None:
        ids, count = answer
        if ticket != self._ticket:
            return
        self._looking = False
        if not count:
            self.up_to_date.emit()
            return
        self._waiting = ids
        if not self.model.rowCount() or self.calm():
            self.show_news()
        else:
            self.news.emit(count)

    def _not_compared(self, problem: ReaderError) -> None:
        self._looking = False
        self.problem.emit(problem)

    def _read_names(self) -> None:
        seen = self.model.on_hand(self.visible())
        self.model.forget(but=seen)
        self._jobs.run(partial(_lines, seen), self, self._updated, self.problem.emit)

    def _load_page(self, generation: int, page: int, ids: "array[int]") -> None:
        self._jobs.run(
            partial(_lines, ids), self, partial(self._page_arrived, generation, page),
            partial(self._page_failed, generation, page), urgent=True,
        )  # fmt: skip

    def _page_arrived(self, generation: int, page: int, lines: Sequence[ArticleLine]) -> None:
        self.model.set_page(generation, page, lines)

    def _page_failed(self, generation: int, page: int, problem: ReaderError) -> None:
        self.model.page_failed(generation, page)
        self.problem.emit(problem)

    def _updated(self, lines: Sequence[ArticleLine]) -> None:
        self.model.update_lines(lines)

    def _found_unread(self, ticket: int, row: int) -> None:
        if ticket != self._ticket:
            return
        if row >= 0:
            self.row_wanted.emit(row)
        else:
            self.nothing_unread.emit()

    def _mark_visible(self) -> None:
        query = self._shown.query
        ids = [number for number in self.visible() if not self.model.has_marks(number)]
        if query and ids:
            self._search.mark(query, ids, partial(self._marked, query))

    def _marked(self, query: str, marks: Sequence[Marked]) -> None:
        if query == self._shown.query:
            self.model.set_marks(marks)


# the work, on the library's thread


def _lines(ids: Sequence[int], library: Reading) -> list[ArticleLine]:
    return library.lines(ids)


def _ids(scope: Scope, results: "array[int] | None", library: Reading) -> "array[int]":
    """Results keep the order the search gave them."""
    if results is None:
        return library.article_ids(scope)
    if not scope.unread:
        return results
    allowed = set(library.article_ids(scope))
    return array("q", (number for number in results if number in allowed))


def _fired(limit: int, unread: bool, library: Reading) -> tuple[Alert, ...]:
    """The newest alerts; with `unread` only those of articles that are."""
    alerts = library.alerts(limit)
    allowed = set(library.article_ids(Scope(alerts=True, unread=True))) if unread else None
    return tuple(a for a in alerts if allowed is None or a.article_id in allowed)


def _compare(
    scope: Scope, results: "array[int] | None", old: "array[int]", library: Reading
) -> "tuple[array[int], int]":
    ids = _ids(scope, results, library)
    return ids, news(old, ids)


def _next_of(scope: Scope, ids: "array[int]", row: int, library: Reading) -> int:
    """The first row below `row` whose article is in the scope, else the first of all, else -1."""
    unread = set(library.article_ids(scope))
    order = chain(range(row + 1, len(ids)), range(min(row + 1, len(ids))))
    return next((candidate for candidate in order if ids[candidate] in unread), -1)


def _marked(line: ArticleLine, read: bool | None, starred: bool | None) -> ArticleLine:
    return replace(
        line,
        read=line.read if read is None else read,
        starred=line.starred if starred is None else starred,
    )
