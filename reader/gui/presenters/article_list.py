"""Keeps the article list showing what was chosen: a place of the library, or what a search found.

Answers that come late, for a list no longer wanted, are dropped. Articles that come in while a
list is on show are announced by `news`; the rows do not move until the user asks for them.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.article import ArticleLine, Marked
from reader.domain.library import Changes, Overview
from reader.domain.scope import Scope
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.models.articles import ArticleModel
from reader.gui.ports import Reading, SearchLink
from reader.gui.presenters.list_words import Around, subtitle, why_empty
from reader.gui.presenters.listing import AlertList, FiredListing, Listing, Shown

_SOON, _MARKS = 600, 60
"""Milliseconds: how often a list looks for news, and how long rows rest before they are marked."""


class ArticleListPresenter(QObject):
    begun = Signal()
    """Something else is to be shown: `shown` says what."""
    heading = Signal(str, str)
    topped = Signal()
    """The first rows are there; how many there are is not known yet."""
    filled = Signal()
    emptied = Signal(object)
    """An `Empty`."""
    news = Signal(int)
    up_to_date = Signal()
    """The list shows what the library holds: nothing waits to be shown."""
    problem = Signal(object)

    def __init__(self, jobs: Jobs, search: SearchLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._search = jobs, search
        self.model = ArticleModel(self)
        self.model.page_wanted.connect(self._load_page)
        self.visible: Callable[[], Sequence[int]] = list
        """The ids on show; set by whoever has the view."""
        self.calm: Callable[[], bool] = lambda: False
        """Whether rows may be put on top at once: nothing chosen, not scrolled."""
        self.alerts: AlertList | None = None
        """Without it alerts are listed as any other articles are."""
        self._place = Shown(Scope(), "All articles")
        self._listing = Listing(jobs, self.model, self._place, unread_only=False)
        self._around = Around()
        self._settled_once = False  # before that there is nothing to explain
        self._waiting: array[int] | None = None
        self._looking = self._topped = False
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
        return self._listing.shown

    @property
    def unread_only(self) -> bool:
        return self._around.unread_only

    @property
    def place(self) -> Shown:
        """The place that is shown, or that is gone back to after a search."""
        return self._place

    def scope(self) -> Scope:
        """What the list shows as a scope, the filter included."""
        return self._listing.scope

    def listed_scope(self) -> Scope:
        """The same without what has come in, or may at any moment, and is not listed yet."""
        more = self._waiting is not None or self._soon.isActive() or self._around.refreshing
        if more or self._listing.alerts is not None:
            return Scope(ids=tuple(self.model.ids))
        return self.scope()

    def show(self, scope: Scope, title: str, query: str = "", unread: int = 0) -> None:
        """A place of the library; `query`: that of a saved search, whose hits are marked."""
        self._place = Shown(scope, title, query)
        self._around = replace(self._around, unread=unread)
        self._begin(self._place)

    def show_results(self, query: str, ids: "array[int]", *, again: bool = False) -> None:
        """What a search found. `again`: the same search, because articles have come in."""
        shown = Shown(Scope(), "Search results", query, ids)
        if again and self.shown.searched and self.shown.query == query:
            self._listing.shown = shown
            self._look_for_news()
        else:
            self._begin(shown)

    def back(self) -> None:
        """From a search to the place that was shown before."""
        if self.shown.searched:
            self._begin(self._place)

    def again(self, *, keep: bool = True) -> None:
        """Reads what is shown anew; `keep`: the rows that are chosen stay so."""
        self._begin(self.shown, keep=keep)

    def set_unread_only(self, *, on: bool) -> None:
        if on != self.unread_only:
            self._around = replace(self._around, unread_only=on)
            self._begin(self.shown)

    def rearrange(self) -> None:
        """The inbox lists others than before, of what was read."""
        alerts = self._listing.alerts
        if alerts is not None:
            self.model.set_ids(alerts.listed())
            self._settled()

    def drop(self, ids: Sequence[int]) -> None:
        """These are no longer listed; the other rows stay as they are."""
        self.model.drop(ids)
        self.say()
        self._explain()

    # what is said of it

    def set_unread(self, count: int) -> None:
        """How many unread articles the place on show holds, when that has changed."""
        self._around = replace(self._around, unread=count)
        self.say()

    def set_searching(self, *, on: bool) -> None:
        """An answer is waited for; the rows of the list before it stay on show."""
        self._around = replace(self._around, searching=on)
        self.say()

    def set_refused(self, *, on: bool) -> None:
        """What stands in the search box cannot be run: the rows are those of an earlier query."""
        if on != self._around.refused:
            self._around = replace(self._around, refused=on)
            self.say()

    def set_library(self, overview: Overview) -> None:
        """How an empty list is explained depends on what the library holds."""
        before, feeds = self._around, overview.totals.feeds
        broken = {line.saved.id: line.saved.broken for line in overview.saved if line.saved.broken}
        self._around = replace(before, feeds=feeds, broken=broken)
        if bool(before.feeds) != bool(feeds) or before.broken != broken:
            self._explain()

    def set_refreshing(self, *, on: bool) -> None:
        if on != self._around.refreshing:
            self._around = replace(self._around, refreshing=on)
            self._explain()

    def say(self) -> None:
        """What the heading says has changed."""
        said = subtitle(self.shown, self.model.rowCount(), self._listing.alerts, self._around)
        self.heading.emit(self.shown.title, said)

    def _explain(self) -> None:
        if self._settled_once and not self.model.rowCount():
            self.emptied.emit(why_empty(self.shown, self._listing.alerts, self._around))

    # what changes

    def apply(self, changes: Changes) -> None:
        """Something changed in the library. Names of feeds and entities stand in every row."""
        stale = self.model.on_hand(changes.articles)
        if (changes.entities or changes.feeds) and not self._renamed.isActive():
            self._renamed.start()
        if stale:
            self._jobs.run(partial(_lines, stale), self, self._updated, self.problem.emit)
        if changes.lists and not self.shown.searched and not self._soon.isActive():
            self._soon.start()

    def show_news(self) -> None:
        """Brings the waiting articles in."""
        if self._waiting is not None:
            alerts = self._listing.alerts
            ids, self._waiting = self._waiting, None
            self.model.set_ids(alerts.listed() if alerts else ids)
            self._settled()

    def rows_moved(self) -> None:
        """Other rows are on show: their hits are to be marked."""
        if self.shown.query:
            self._mark_soon.start()

    # inside: reading a list

    def _timer(self, wait: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(do)
        return timer

    def _begin(self, shown: Shown, *, keep: bool = False) -> None:
        if shown.query != self.shown.query:
            self.model.clear_marks()
        self._listing.close()
        self._listing = self._listing_of(shown)
        self._drop_news()
        self._looking, self._topped = True, False
        self.begun.emit()
        if not keep:
            self._listing.read_top(self._top_arrived)
        self._listing.read(partial(self._arrived, keep), self._failed)

    def _listing_of(self, shown: Shown) -> Listing:
        alerts = self.alerts if shown.scope.alerts and not shown.searched else None
        if alerts is None:
            return Listing(self._jobs, self.model, shown, unread_only=self.unread_only)
        return FiredListing(self._jobs, self.model, shown, alerts, unread_only=self.unread_only)

    def _top_arrived(self, lines: Sequence[ArticleLine]) -> None:
        if lines:
            self._topped = True
            self.model.set_top(lines)
            self.topped.emit()

    def _arrived(self, keep: bool, ids: "array[int]") -> None:
        if self._topped:
            self.model.grow(ids)
        else:
            self.model.set_ids(ids, keep=keep)
        self._settled()

    def _failed(self, problem: ReaderError) -> None:
        self._looking = False
        self.problem.emit(problem)

    def _settled(self) -> None:
        self._settled_once = True
        self._drop_news()
        self.say()
        if self.model.rowCount():
            self.filled.emit()
        self._explain()
        self.rows_moved()
        self.up_to_date.emit()

    # inside: looking for news

    def _drop_news(self) -> None:
        self._waiting, self._looking = None, False
        self.news.emit(0)

    def _look_for_news(self) -> None:
        self._looking = True
        self._listing.look(self._compared, self._failed)

    def _compared(self, ids: "array[int]", count: int) -> None:
        self._looking = False
        if not count:
            self.up_to_date.emit()
            return
        self._waiting = ids
        if not self.model.rowCount() or self.calm():
            self.show_news()
        else:
            self.news.emit(count)

    # inside: the rows

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

    def _read_names(self) -> None:
        seen = self.model.on_hand(self.visible())
        self.model.forget(but=seen)
        self._jobs.run(partial(_lines, seen), self, self._updated, self.problem.emit)

    def _updated(self, lines: Sequence[ArticleLine]) -> None:
        self.model.update_lines(lines)

    def _mark_visible(self) -> None:
        query = self.shown.query
        ids = [number for number in self.visible() if not self.model.has_marks(number)]
        if query and ids:
            self._search.mark(query, ids, partial(self._marked, query))

    def _marked(self, query: str, marks: Sequence[Marked]) -> None:
        if query == self.shown.query:
            self.model.set_marks(marks)


def _lines(ids: Sequence[int], library: Reading) -> list[ArticleLine]:
    return library.lines(ids)
