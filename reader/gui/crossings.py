"""From the article to the rest of the window: what a click in it leads to."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.domain.scope import Scope

if TYPE_CHECKING:
    from reader.gui.desk import Desk
    from reader.gui.main_window import MainWindow


class Crossings(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        view, panel = window.view, window.panel
        view.star_toggled.connect(lambda on: self._mark(starred=on))
        view.read_toggled.connect(lambda on: self._mark(read=on))
        view.tag_requested.connect(lambda: self._desk.tag(self._here()))
        view.note_requested.connect(lambda: self._for_here(self._desk.note))
        view.track_requested.connect(lambda text: self._desk.track(text))
        view.search_requested.connect(window.search_for)
        view.images_allowed.connect(self._allow_images)
        view.link_opened.connect(window.commands.browse)
        view.entity_chosen.connect(self.show_entity)
        view.tag_chosen.connect(lambda tag: self._go(f"tag:{tag}", Scope(tag=tag), tag))
        view.saved_chosen.connect(self._show_saved)
        view.feed_chosen.connect(self._show_feed)
        view.article_chosen.connect(lambda number: self.show_article(int(number)))
        view.copies_chosen.connect(lambda number: self.show_copies(int(number)))
        window.list.table.copies_pressed.connect(self.show_copies)
        panel.entity_chosen.connect(self.show_entity)
        panel.edit_requested.connect(lambda entity: self._desk.edit_entity(entity))
        panel.alert_requested.connect(lambda entity: self._desk.new_alert(entity))
        panel.page_requested.connect(window.entity_pages.open)

    @property
    def _desk(self) -> "Desk":
        """Not before it is needed: the window opens without it."""
        return self._window.commands.desk

    def show_article(self, article_id: int) -> None:
        """As the chosen one where the list has it, else beside it."""
        table = self._window.list.table
        row = self._window.articles.model.row_of(article_id)
        if row >= 0:
            table.choose(row)
        else:
            table.choose_quietly(-1)
            self._window.article.show(article_id)

    def show_copies(self, article_id: int) -> None:
        """Lists every article with the text of this one."""
        window = self._window
        line, detail = window.articles.model.known(article_id), window.article.detail
        if line is None and detail is not None and detail.line.id == article_id:
            line = detail.line
        if line is not None and line.copies < 2:
            window.status.say("No other article carries this text.")
        else:
            title = f"Reports of “{line.title}”" if line and line.title else "Reports of one text"
            self._go(f"copies:{article_id}", Scope(copies_of=article_id), title)

    def show_entity(self, entity_id: int) -> None:
        """Lists the articles that mention it, and goes through its mentions in each."""
        lines = self._window.places.overview.entities
        name = next((e.entity.name for e in lines if e.entity.id == entity_id), "Entity")
        self._go(f"entity:{entity_id}", Scope(entity=entity_id), name)

    def _go(self, key: str, scope: Scope, title: str) -> None:
        """To its place in the sidebar, or to the list alone when it has none there."""
        window = self._window
        if window.places.model.find(key).isValid():
            window.go_to(key)
        else:
            window.sidebar.choose(window.places.model.find(""))
            window.places.place_chosen.emit(scope, title, "", 0)

    def _show_saved(self, name: str) -> None:
        saved = self._window.places.overview.saved
        found = next((line.saved for line in saved if line.saved.name == name), None)
        if found is not None:
            self._go(f"saved:{found.id}", Scope(saved=found.id), found.name)

    def _show_feed(self, url: str) -> None:
        feeds = self._window.places.overview.feeds
        found = next((line.feed for line in feeds if line.feed.url == url), None)
        if found is not None:
            self._go(f"feed:{found.id}", Scope(feed=found.id), found.title or found.url)

    def _allow_images(self) -> None:
        detail = self._window.article.detail
        if detail is not None:
            feed = detail.line.feed
            self._window.changer.run(lambda library: library.allow_images(feed, allow=True))

    def _mark(self, *, read: bool | None = None, starred: bool | None = None) -> None:
        if here := self._here():
            self._window.marking.mark(here, read=read, starred=starred)

    def _here(self) -> list[int]:
        detail = self._window.article.detail
        return [detail.line.id] if detail is not None else []

    def _for_here(self, do: Callable[[int], object]) -> None:
        for article_id in self._here():
            do(article_id)
