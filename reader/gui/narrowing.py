"""During a search: the panel of its results, their order, and what is to be said about them.

Leads from the results to the query, as `crossings` leads from the article to the rest. Which tab
of the panel is up is remembered, once for searches that were typed (the results at first) and
once for saved ones, which are places to read in (the article at first).
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.domain.library import Overview, Totals
from reader.gui import words
from reader.gui.panes import PANEL
from reader.gui.ports import SearchLink
from reader.gui.presenters.facets import FacetsPresenter
from reader.gui.views.side_panel import ARTICLE, RESULTS

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow

_FEW_WAIT = 50
"""So few articles not yet indexed are those of the last moment; nobody need be told."""


class Narrowing(QObject):
    def __init__(self, window: "MainWindow", link: SearchLink) -> None:
        super().__init__(window)
        self._window = window
        self._typed = False
        self._totals = Totals()
        self.presenter = FacetsPresenter(link, window.facets, self)
        self.presenter.query_wanted.connect(self._search)
        window.side.turned.connect(self._turned)
        window.panes.moved.connect(self._look)
        window.places.overview_changed.connect(self._show_overview)
        search, articles = window.search, window.articles
        search.waiting.connect(lambda late: articles.set_searching(on=late))
        search.refused.connect(lambda *_: articles.set_refused(on=True))
        search.found.connect(lambda *_: articles.set_refused(on=False))
        for settled in (window.articles.filled, window.articles.emptied):
            settled.connect(lambda _=None: self._settle())

    @property
    def query(self) -> str:
        """The query whose results are on show, typed or saved."""
        return self.presenter.query

    def show_query(self, query: str, *, typed: bool) -> None:
        """Its results come on show; "" ends it."""
        again = bool(query and self.query) and typed == self._typed
        self._typed = typed
        self.presenter.show_query(query)
        if not again:
            self._window.side.set_searching(on=bool(query), tab=self._remembered())
        self._window.articles.set_refused(on=False)
        if not query:
            self._window.panes.lend_pane(PANEL, on=False)
        self._window.list.header.show_search(sort=self._sort(), narrow=bool(query))
        self._look()
        self._say()

    def toggle(self) -> None:
        """Shows what the results have in common, or the article again."""
        window = self._window
        if not self.query:
            self._look()
            window.status.say("Search for something first; then its results can be narrowed.")
            return
        on = not self._on_show()
        if on and not window.panes.is_shown(PANEL):
            window.panes.lend_pane(PANEL, on=True)
        elif not on:
            window.panes.lend_pane(PANEL, on=False)
        window.side.turn_to(RESULTS if on else ARTICLE)
        self._turned(window.side.tab)
        if on:
            window.facets.list.setFocus()

    def _on_show(self) -> bool:
        window = self._window
        return bool(self.query) and window.side.tab == RESULTS and window.panes.is_shown(PANEL)

    def _remembered(self) -> str:
        default = RESULTS if self._typed else ARTICLE
        found = self._window.state.text(self._key(), default)
        return found if found in (RESULTS, ARTICLE) else default

    def _key(self) -> str:
        return "typed_search_panel" if self._typed else "saved_search_panel"

    def _turned(self, tab: str) -> None:
        self._window.state.put(self._key(), tab)
        self._look()

    def _look(self) -> None:
        """Nothing is counted while nobody looks; the switch shows whether somebody does."""
        on = self._on_show()
        self.presenter.set_wanted(on=on)
        self._window.actions_["facets"].setChecked(on)

    def _search(self, query: str) -> None:
        """A saved search that is narrowed becomes a search of its own; its panel stays open."""
        window = self._window
        if query:
            if not self._typed:
                window.state.put("typed_search_panel", RESULTS)
            window.search_for(query)
        elif window.search.query:
            window.search_for("")
        else:
            window.go_to("all")

    def _sort(self) -> str:
        """What is typed can be ordered; a saved search is a place, and places are by date."""
        return self._window.search.sort if self._typed and self.query else ""

    def _settle(self) -> None:
        """The rows that have come on show are in this order."""
        by_score = self._sort() == "score" and self._window.articles.shown.searched
        self._window.list.table.set_by_day(on=not by_score)
        self._window.list.header.show_search(sort=self._sort(), narrow=bool(self.query))
        self._say()

    def _show_overview(self, overview: Overview) -> None:
        self._totals = overview.totals
        self.presenter.set_overview(overview)
        self._say()

    def _say(self) -> None:
        self._window.list.set_notice(incomplete(self._totals) if self.query else "")


def incomplete(totals: Totals) -> str:
    """What is to be said of results while the index is behind the library; else ""."""
    if totals.to_index <= _FEW_WAIT or not totals.articles:
        return ""
    return f"Results may be incomplete: {words.number(totals.to_index)} articles to index"
