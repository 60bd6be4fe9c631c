"""All around the search box: what it is told while a query is written, and what opens from it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.gui.ports import SearchLink
from reader.gui.presenters.empty import nothing_but
from reader.gui.presenters.search_words import SearchWords
from reader.gui.state import RecentSearches

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class SearchDesk(QObject):
    def __init__(self, window: "MainWindow", link: SearchLink) -> None:
        super().__init__(window)
        self._window = window
        self.words = SearchWords(link, self)
        self.recent = RecentSearches(window.state)
        box, search = window.top.search, window.search
        box.clauses_wanted.connect(self.words.parse)
        box.completions_wanted.connect(self.words.complete)
        self.words.parsed.connect(box.show_clauses)
        self.words.completed.connect(box.show_completions)
        box.kept.connect(search.keep)
        search.kept.connect(self._keep)
        box.recent_removed.connect(self._forget)
        box.recent_cleared.connect(self._forget_all)
        search.suggested.connect(self._suggest)
        box.set_recent(self.recent.queries())

    def _keep(self, query: str) -> None:
        self.recent.add(query)
        self._show_recent()

    def _forget(self, query: str) -> None:
        self.recent.remove(query)
        self._show_recent()

    def _forget_all(self) -> None:
        self.recent.clear()
        self._show_recent()

    def _show_recent(self) -> None:
        self._window.top.search.set_recent(self.recent.queries())

    def _suggest(self, query: str, queries: tuple[str, ...]) -> None:
        """Did you mean: in the empty list, if that is still this query's."""
        shown = self._window.articles.shown
        if shown.searched and shown.query == query and self._window.list.is_empty():
            self._window.show_empty(nothing_but(query, queries))
