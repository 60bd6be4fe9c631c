"""All around the search box: what it is told while a query is written, and what opens from it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.gui.ports import SearchLink
from reader.gui.presenters.empty import Empty, nothing_but
from reader.gui.presenters.search_words import SearchWords
from reader.gui.state import RecentSearches
from reader.gui.views.search_box import found

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class SearchDesk(QObject):
    def __init__(self, window: "MainWindow", link: SearchLink) -> None:
        super().__init__(window)
        self._window = window
        self._instead: tuple[str, tuple[str, ...]] = ("", ())
        self.words = SearchWords(link, self)
        self.recent = RecentSearches(window.state)
        box, search = window.top.search, window.search
        box.typed.connect(search.typed)
        box.entered.connect(self._entered)
        box.left.connect(self._left)
        search.found.connect(lambda total, seconds: box.show_found(found(total, seconds)))
        search.refused.connect(lambda sentence, query, at: box.show_error(sentence, query, at))
        search.query_changed.connect(self._changed)
        box.clauses_wanted.connect(self.words.parse)
        box.completions_wanted.connect(self.words.complete)
        self.words.parsed.connect(box.show_clauses)
        self.words.completed.connect(box.show_completions)
        box.kept.connect(search.keep)
        search.kept.connect(self._keep)
        box.recent_removed.connect(self._forget)
        box.recent_cleared.connect(self._forget_all)
        box.form_wanted.connect(self.build)
        box.help_wanted.connect(self.show_help)
        search.suggested.connect(self._suggest)
        box.set_recent(self.recent.queries())

    # what is searched for

    def _entered(self, query: str) -> None:
        self._window.search.enter(query)
        self._window.list.table.setFocus()

    def _left(self) -> None:
        self._window.search.leave()
        self._window.list.table.setFocus()

    def _changed(self, query: str) -> None:
        """Another query is run, or (with "") the place is shown again that was before."""
        window = self._window
        shown, places = window.articles.place, window.places.model
        window.top.save.set_ready(on=bool(query))
        window.article.show_query(query or shown.query)
        window.narrowing.show_query(query or shown.query, typed=bool(query))
        window.sidebar.choose(places.find("") if query else places.scope_index(shown.scope))

    # what opens from the box

    def show_help(self) -> None:
        """The page about the query language; its examples are searched for when clicked."""
        from reader.gui.views.search_help import SearchHelp  # here, for the window starts without

        window = self._window
        page = SearchHelp(window.theme, window)
        page.tried.connect(self._run)
        page.open()

    def build(self) -> None:
        """The form, filled in from the query in the box. While it is open its query is run."""
        from reader.gui.query_reading import read
        from reader.gui.views.dialogs.query_form import Known, QueryForm

        window, box = self._window, self._window.top.search
        text, running = box.text(), window.search.query
        form = QueryForm(window, read(text, box.field.clauses()), Known.of(window.places.overview))
        form.changed.connect(self._try)
        form.wanted.connect(self._run)
        form.rejected.connect(lambda: self._put_back(text, running))

        def count(total: int, _seconds: float) -> None:
            form.show_count(window.search.query, total)

        def refuse(sentence: str, query: str, _at: int) -> None:
            if query == form.query():
                form.show_error(sentence)

        window.search.found.connect(count)
        window.search.refused.connect(refuse)
        form.finished.connect(lambda _: window.search.found.disconnect(count))
        form.finished.connect(lambda _: window.search.refused.disconnect(refuse))
        form.open()
        results = window.articles.shown.results
        if results is not None and window.search.settled and form.query() == running:
            form.show_count(running, len(results))
        elif form.query():
            window.search.typed(form.query())

    def _try(self, query: str) -> None:
        """Shows what the form says now, without leaving it."""
        self._window.top.search.set_text(query)
        self._window.search.typed(query)

    def _run(self, query: str) -> None:
        self._window.search_for(query)
        self._window.search.keep(query)
        self._window.list.table.setFocus()

    def _put_back(self, text: str, running: str) -> None:
        """The form was given up: the window shows again what it showed before."""
        search = self._window.search
        if not running:
            search.leave()
        elif running != search.query or not search.settled:
            self._window.search_for(running)
        box = self._window.top.search
        if box.text() != text:
            box.set_text(text)

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

    def better(self, empty: Empty) -> Empty:
        """What the empty list says, with what was meant instead when that is known."""
        query, queries = self._instead
        shown = self._window.articles.shown
        fits = queries and shown.searched and shown.query == query
        return nothing_but(query, queries) if fits else empty

    def _suggest(self, query: str, queries: tuple[str, ...]) -> None:
        """Did you mean: at once if the list stands empty, else when it is found to be."""
        self._instead = (query, queries)
        shown = self._window.articles.shown
        if shown.searched and shown.query == query and self._window.list.is_empty():
            self._window.emptiness.show(nothing_but(query, queries))
