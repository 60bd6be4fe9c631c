"""The window: puts views and presenters together and leads from one to the other.

It holds no rules of its own. What the actions do is in `commands`; the worker processes speak to
it through the slots at the end of the class.
"""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from reader.domain.library import Changes, Overview
from reader.domain.scope import Scope
from reader.errors import ReaderError
from reader.gui import fonts, type_looks
from reader.gui.actions import Actions
from reader.gui.appearance import Appearance
from reader.gui.aside import Aside
from reader.gui.card_desk import CardDesk
from reader.gui.commands import Commands
from reader.gui.crossings import Crossings
from reader.gui.emptiness import Emptiness
from reader.gui.entity_desk import EntityDesk
from reader.gui.highlighting import Highlighting
from reader.gui.inbox_desk import InboxDesk
from reader.gui.jobs import Jobs
from reader.gui.narrowing import Narrowing
from reader.gui.panes import PANEL, SIDE, Panes
from reader.gui.ports import AnalystLink, CollectorLink, SearchLink
from reader.gui.presenters.article import ArticlePresenter
from reader.gui.presenters.article_list import ArticleListPresenter
from reader.gui.presenters.changer import Changer
from reader.gui.presenters.channels import ChannelsPresenter
from reader.gui.presenters.marking import MarkingPresenter
from reader.gui.presenters.notices import NoticesPresenter
from reader.gui.presenters.row_mentions import RowMentionsPresenter
from reader.gui.presenters.search import SearchPresenter
from reader.gui.presenters.sidebar import SidebarPresenter
from reader.gui.search_desk import SearchDesk
from reader.gui.state import WindowState
from reader.gui.theme import LIGHT, Theme, palette, style_sheet
from reader.gui.verdict_desk import VerdictDesk
from reader.gui.views.article_list import ArticleList
from reader.gui.views.article_view import LARGEST, SMALLEST, ArticleView
from reader.gui.views.entity_panel import EntityPanel
from reader.gui.views.facet_panel import FacetPanel
from reader.gui.views.parts import Rule
from reader.gui.views.side_panel import SidePanel
from reader.gui.views.sidebar import Sidebar
from reader.gui.views.status_bar import StatusBar
from reader.gui.views.top_bar import TopBar
from reader.settings import Window as Defaults

_DEFAULTS = Defaults()
_SMALLEST = (760, 480)
_FIRST = (1440, 900)


class MainWindow(QMainWindow):
    """`jobs`, the links and `state` outlive it. Call `start` once it is on show.

    `defaults` hold until the user chooses otherwise in the window.
    """

    themed = Signal(object)
    """What is on show has taken on another `Theme`; what else opened from here is to follow."""

    def __init__(
        self, jobs: Jobs, search: SearchLink, collector: CollectorLink, analyst: AnalystLink,
        state: WindowState | None = None, defaults: Defaults = _DEFAULTS,
    ) -> None:  # fmt: skip
        _set_font()  # before the window is there: its children inherit what it was made with
        super().__init__()
        self.jobs, self.link, self.state = jobs, collector, state or WindowState()
        self.searcher, self.analyst = search, analyst
        self.defaults = defaults
        self.theme: Theme = LIGHT
        self.emptiness = Emptiness(self)
        self.setWindowTitle("Media Reader")
        self.setMinimumSize(*_SMALLEST)
        self.actions_ = Actions(self)
        self.changer = Changer(jobs, self)
        self.articles = ArticleListPresenter(jobs, search, self)
        self.marking = MarkingPresenter(jobs, self.articles, self.changer, self)
        self.search = SearchPresenter(search, self.articles, self)
        self.places = SidebarPresenter(jobs, self.changer, self)
        self.notices = NoticesPresenter(jobs, self.changer, self.state, parent=self)
        self.channels = ChannelsPresenter(jobs, collector, self.notices, self)
        self.leaving = False
        """Whether closing is to end the program, also where it would go on in the tray."""
        self._build()
        self.article = ArticlePresenter(jobs, search, self.view, self.panel)
        self.article.setParent(self)
        self.narrowing = Narrowing(self, search)
        self.searching = SearchDesk(self, search)
        self.top.search.field.chips.label = self.narrowing.presenter.label
        self.row_mentions = RowMentionsPresenter(
            jobs, self.articles.model, self.list.table.visible_rows, self
        )
        self.list.table.scrolled.connect(self.row_mentions.look)
        self.inbox = InboxDesk(self, search)
        self.highlighting = Highlighting(self)
        self.entity_pages = EntityDesk(self, analyst)
        self.commands = Commands(self)
        self.crossings = Crossings(self)
        self.aside = Aside(self)
        self.commands.carry_out(self.aside.deeds())
        self.cards = CardDesk(self)
        self.commands.carry_out(self.cards.deeds())
        self.verdicts = VerdictDesk(self)
        self.commands.carry_out(self.verdicts.deeds())
        self._connect()
        self.appearance = Appearance(self)
        self._remember()

    # putting together

    def _build(self) -> None:
        self.top = TopBar(self.actions_)
        self.sidebar = Sidebar(self.places.model)
        self.list = ArticleList(self.articles.model, self.actions_)
        self.view, self.panel, self.facets = ArticleView(), EntityPanel(), FacetPanel()
        self.side = SidePanel(self.panel, self.facets)
        self.status = StatusBar(self.actions_)
        self.panes = Panes((self.sidebar, self.list, self.view, self.side))
        self._rules = (Rule(), Rule())
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for row in (self.top, self._rules[0], self.panes, self._rules[1], self.status):
            rows.addWidget(row, 1 if row is self.panes else 0)
        self.setCentralWidget(middle)
        self.actions_.add_to(self.view.page)

    def _connect(self) -> None:
        self._connect_list()
        self._connect_article()
        self.sidebar.chosen.connect(self.places.choose)
        self.sidebar.more_wanted.connect(self._toggle_entities)
        self.places.place_chosen.connect(self._show_place)
        self.places.overview_changed.connect(self._show_overview)
        self.places.entity_added.connect(self._show_entity_row)
        self.articles.up_to_date.connect(self._see_alerts)
        self.articles.begun.connect(self.status.forget_problem)
        self.changer.changed.connect(self.apply_changes)
        self.changer.undone.connect(lambda what: self.status.say(f"Undone: {what}."))
        for source in (self.articles, self.marking, self.search, self.places, self.changer):
            source.problem.connect(self.show_problem)
        self.jobs.failed.connect(self.show_problem)
        self.notices.said.connect(self.status.say)
        self.channels.trouble_changed.connect(self.status.show_trouble)
        self.channels.trouble_changed.connect(self.places.model.set_trouble)
        self.panes.moved.connect(self._align)

    def _connect_list(self) -> None:
        table, presenter = self.list.table, self.articles
        presenter.visible = table.visible_ids
        presenter.calm = lambda: table.current_row() < 0 and table.verticalScrollBar().value() == 0
        presenter.heading.connect(self.list.set_heading)
        for shown in (presenter.topped, presenter.filled):
            shown.connect(self._show_rows)
        presenter.emptied.connect(self.emptiness.show)
        presenter.news.connect(self.list.show_news)
        self.list.news_wanted.connect(presenter.show_news)
        table.scrolled.connect(presenter.rows_moved)
        table.chosen.connect(self.article.show)
        self.marking.row_wanted.connect(table.choose)
        self.marking.nothing_unread.connect(lambda: self.status.say("Nothing unread in this list."))

    def _connect_article(self) -> None:
        self.article.viewed.connect(self.marking.viewed)
        self.article.problem.connect(self.show_problem)

    # leading from one to the other

    def start(self) -> None:
        """Reads what the library holds and shows all articles."""
        self.places.reload()
        self.sidebar.choose(self.places.model.find("all"))
        self.articles.show(Scope(), "All articles")
        self.list.table.setFocus()

    def search_for(self, query: str) -> None:
        self.top.search.set_text(query)
        self.search.enter(query)

    def go_to(self, key: str) -> None:
        """Chooses a place of the sidebar by its key ("entity:3"), if it is there."""
        index = self.places.model.find(key)
        place = self.places.model.place(index)
        if place is not None:
            self.sidebar.choose(index)
            self.places.choose(place)

    def _show_place(self, scope: Scope, title: str, query: str, unread: int) -> None:
        self.search.abandon()
        self.top.search.set_text(query)
        self.top.save.set_ready(on=bool(query))
        self.articles.show(scope, title, query, unread)
        self.article.show_query(query)
        self.narrowing.show_query(query, typed=False)

    def _show_overview(self, overview: Overview) -> None:
        if type_looks.show(overview.types):
            self.set_theme(self.theme)
        self.articles.set_library(overview)
        self.articles.set_unread(self.places.unread_of(self.articles.place.scope))
        self.panel.set_tracked(overview.entities)
        self.status.show_totals(overview.totals)
        self.channels.reload()
        self._see_alerts()

    def _show_rows(self) -> None:
        """The article on show stays the chosen one where the new list holds it, too."""
        self.list.show_rows()
        detail, table = self.article.detail, self.list.table
        if detail is not None and table.current_row() < 0:
            row = self.articles.model.row_of(detail.line.id)
            if row >= 0:
                table.choose_quietly(row)

    def _see_alerts(self) -> None:
        """Alerts that have come in while their list is on show have been seen there."""
        on_show = self.isVisible() and not self.isMinimized()
        shown = self.articles.shown
        if shown.scope.alerts and not shown.searched and self.articles.current and on_show:
            self.places.alerts_seen()

    def _show_entity_row(self, key: str) -> None:
        self.sidebar.reveal(self.places.model.find(key))

    def _toggle_entities(self) -> None:
        model = self.places.model
        model.show_all_entities(show=not model.all_entities)

    # looks

    def set_scheme(self, scheme: str) -> None:
        """ "light", "dark" or "system", from now on and the next time, too."""
        self.appearance.choose(scheme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(theme))
            if app.styleSheet() != style_sheet(theme):
                app.setStyleSheet(style_sheet(theme))
        self.actions_.set_theme(theme)
        parts: tuple[Any, ...] = (
            self.top, self.sidebar, self.list, self.view, self.panel, self.facets, self.side,
            self.status,
        )  # fmt: skip
        for part in parts:
            part.set_theme(theme)
        self.themed.emit(theme)

    def _remember(self) -> None:
        self.sidebar.set_closed(self.state.words("closed"))
        compact = self.state.flag("compact", default=self.defaults.density == "compact")
        self.commands.show_compact(on=compact)
        keep = self.state.flag("keep_running", default=self.defaults.on_close == "keep running")
        self.actions_["keep_running"].setChecked(keep)
        size = self.state.number("text_size", self.defaults.text_size, SMALLEST, LARGEST)
        self.view.set_text_size(size)
        self.resize(*_FIRST)
        self.restoreGeometry(self.state.bytes("geometry"))
        self.panes.load(self.state)
        self.appearance.show()

    def _align(self) -> None:
        """The search box stands over the list, and the switches show what is on show."""
        self.actions_["sidebar"].setChecked(self.panes.is_shown(SIDE))
        self.actions_["entities"].setChecked(self.panes.is_shown(PANEL))
        shown = self.panes.is_shown(SIDE)
        self.top.align_search(self.panes.sizes()[SIDE] if shown else 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.WindowStateChange:
            self._align()
            self._see_alerts()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc where no field or question wants it: it stops a refresh."""
        if event.key() == Qt.Key.Key_Escape and self.actions_["stop"].isEnabled():
            self.actions_["stop"].trigger()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.commands.ask_back():
            event.ignore()
            return
        self.state.put("geometry", self.saveGeometry())
        self.state.put("closed", self.sidebar.closed())
        self.panes.save(self.state)
        self.entity_pages.close()
        super().closeEvent(event)

    # what the worker processes tell

    def show_progress(self, done: int, total: int, failed: int, label: str) -> None:
        """`failed` of `done` could not be read; `total` 0 while that is not known."""
        self._refreshing(on=True)
        self.status.show_progress(done, total, failed, label)

    def apply_changes(self, changes: Changes) -> None:
        for presenter in (
            self.articles, self.search, self.places, self.article, self.narrowing.presenter,
            self.inbox.presenter, self.row_mentions, self.cards.presenter, self.entity_pages,
        ):  # fmt: skip
            presenter.apply(changes)

    def show_finished(self, summary: str) -> None:
        """What showed progress is over, stopped or not; `summary` "" when there is none."""
        self._refreshing(on=False)
        self.status.show_idle()
        if summary:
            self.status.say(summary)
        self.places.reload()

    def show_problem(self, problem: ReaderError) -> None:
        self.status.say(str(problem), bad=True)

    def _refreshing(self, *, on: bool) -> None:
        self.articles.set_refreshing(on=on)
        self.top.set_refreshing(on=on)
        self.actions_.enable("stop", on=on)
        self.actions_.enable("refresh", on=not on)


def _set_font() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setFont(fonts.ui(13))
