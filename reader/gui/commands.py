"""What each action of the window does. Deeds only: what is shown is the presenters' affair.

What asks questions is imported when the first is asked: a window that is there at once is worth
more than a question that is there a few milliseconds sooner.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from reader.gui import words
from reader.gui.models.places import Place
from reader.gui.panes import PANEL, SIDE
from reader.gui.shelf_desk import ShelfDesk

if TYPE_CHECKING:
    from reader.gui.channel_desk import ChannelDesk
    from reader.gui.desk import Desk
    from reader.gui.lists_desk import ListsDesk
    from reader.gui.main_window import MainWindow

Deed = Callable[[], object]


def tomorrow(now: datetime) -> datetime:
    """In the morning after the next night, by the clock that `now` shows."""
    night = now - timedelta(hours=4)  # who is up at two has still to sleep
    return (night + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)


class Commands(QObject):
    """Connects every action of the registry, and what the sidebar is asked."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.shelves = ShelfDesk(window)
        self.open_url: Callable[[str], object] = lambda url: QDesktopServices.openUrl(QUrl(url))
        """How an address is opened in the browser; False when it could not be."""
        self.deeds: dict[str, Deed] = {
            **self._reading(), **self._articles(), **self._list(), **self._library(),
            **self._looks(), **self._alerts(), **window.inbox.deeds(),
            **window.entity_pages.deeds(),
            **window.highlighting.deeds(),
        }  # fmt: skip
        self.carry_out(self.deeds)
        window.actions_.enable("stop", on=False)
        window.actions_["sort_date"].setChecked(True)
        window.sidebar.asked.connect(self.asked)
        window.sidebar.add_wanted.connect(lambda name: window.actions_[name].trigger())

    # what asks questions

    @cached_property
    def desk(self) -> "Desk":
        from reader.gui.desk import Desk

        return Desk(self._window)

    @cached_property
    def lists(self) -> "ListsDesk":
        from reader.gui.lists_desk import ListsDesk

        return ListsDesk(self._window)

    @cached_property
    def _channels(self) -> "ChannelDesk":
        from reader.gui.channel_desk import ChannelDesk

        return ChannelDesk(self._window)

    def ask_back(self) -> bool:
        """Brings back a question that waits with changes that are not saved; whether there was
        one."""
        return "desk" in vars(self) and self.desk.ask_back()

    def carry_out(self, deeds: dict[str, Deed]) -> None:
        """Action id → what it does."""
        self.deeds.update(deeds)
        for name, deed in deeds.items():
            self._window.actions_.on(name, deed)

    # action id → deed

    def _reading(self) -> dict[str, Deed]:
        view = self._window.view
        return {
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "next_unread": self._next_unread,
            "read_on": self._read_on,
            "next_mention": view.next_mention,
            "previous_mention": view.previous_mention,
            "next_same": lambda: view.step_same(1),
            "previous_same": lambda: view.step_same(-1),
            "next_hit": lambda: self._hit(1),
            "previous_hit": lambda: self._hit(-1),
            "caret": self._toggle_caret,
            "open": self._open_in_browser,
            "open_here": self._open_in_browser,
        }

    def _articles(self) -> dict[str, Deed]:
        marking = self._window.marking
        return {
            "toggle_read": lambda: marking.toggle_read(self.chosen()),
            "star": lambda: marking.toggle_star(self.chosen()),
            "tag": lambda: self.desk.tag(self.chosen()),
            "note": self._note,
            "copy_link": self._copy_link,
            "copies": self._copies,
            "all_read": self._all_read,
            "older_read": lambda: self.desk.older(),
        }

    def _list(self) -> dict[str, Deed]:
        window = self._window
        return {
            "unread_only": self._unread_only,
            "sort_date": lambda: self._sort("date"),
            "sort_score": lambda: self._sort("score"),
            "compact": lambda: self.set_compact(on=window.actions_["compact"].isChecked()),
            "show_new": window.articles.show_news,
            "search": window.top.search.focus,
            "facets": lambda: window.narrowing.toggle(),
            "save_search": self._save_search,
            "new_alert": self._new_alert,
            "build_search": lambda: window.searching.build(),
            "search_help": lambda: window.searching.show_help(),
        }

    def _library(self) -> dict[str, Deed]:
        window = self._window
        return {
            "add_feed": lambda: self.desk.add_feed(),
            "track": lambda: self.desk.track(window.view.selected_text()),
            "discover": lambda: self.desk.discover(),
            "lists": lambda: self.lists.open(),
            "starter": lambda: self.lists.add_starter(),
            "refresh": self._refresh,
            "stop": window.link.stop,
            "problems": lambda: self.desk.problems(),
            "import": lambda: self.desk.import_file(),
            "export": lambda: self.desk.export_file(),
            "undo": window.changer.undo,
        }

    def _looks(self) -> dict[str, Deed]:
        window = self._window
        return {
            "sidebar": lambda: self._toggle(SIDE),
            "entities": lambda: self._toggle(PANEL),
            "focus_sidebar": self._focus_sidebar,
            "focus_list": window.list.table.setFocus,
            "focus_article": window.view.page.setFocus,
            "focus_panel": self._focus_panel,
            "light": lambda: window.set_scheme("light"),
            "dark": lambda: window.set_scheme("dark"),
            "system": lambda: window.set_scheme("system"),
            "scheme": lambda: window.set_scheme("light" if window.theme.dark else "dark"),
            "larger": lambda: self._text_size(window.view.text_size() + 1),
            "smaller": lambda: self._text_size(window.view.text_size() - 1),
            "normal": lambda: self._text_size(window.defaults.text_size),
            "palette": self._show_palette,
            "shortcuts": self._show_shortcuts,
            "about": lambda: self.desk.about(),
            "quit": self._quit,
        }

    def _alerts(self) -> dict[str, Deed]:
        return {
            "channels": lambda: self._channels.ask(),
            "pause_hour": lambda: self._pause(datetime.now(UTC) + timedelta(hours=1)),
            "pause_day": lambda: self._pause(tomorrow(datetime.now().astimezone())),
            "resume": self._resume,
            "keep_running": self._keep_running,
        }

    # what the sidebar is asked

    def asked(self, verb: str, place: Place) -> None:
        """A verb of the sidebar's menus; see `MENUS` there."""
        window, shelf, searches = self._window, place.kind == "shelf", place.kind == "saved"
        deeds: dict[str, Callable[[Place], object]] = {
            "refresh": lambda p: window.link.refresh(window.places.feeds_of(p)),
            "mark_read": window.places.mark_read,
            "rename": self.shelves.rename if shelf else lambda p: self.desk.rename_feed(p),
            "move": self.shelves.move if searches else lambda p: self.desk.move_feed(p),
            "dissolve": self.shelves.dissolve,
            "channels": lambda _place: self._channels.ask(),
            "judge": self.shelves.judge,
            "publish": self.shelves.publish,
            "unpublish": self.shelves.unpublish,
            "copy": lambda p: QGuiApplication.clipboard().setText(p.item.feed.url),
            "run": lambda p: window.search_for(p.item.saved.query),
            "alert": self._toggle_alert,
            "edit": self._edit,
            "new_alert": lambda p: self.desk.new_alert(p.item.entity.id),
            "lists": lambda p: self.lists.open(p.item),
            "switch": lambda p: self.lists.switch(p.item),
            "search_list": lambda p: window.search_for(f'watchlist:"{p.item}"'),
            "page": lambda p: window.entity_pages.open(p.item.entity.id),
            "remove": self._remove,
        }
        deeds[verb](place)

    def _edit(self, place: Place) -> None:
        if place.kind == "saved":
            self.desk.edit_search(place)
        else:
            self.desk.edit_entity(place.item.entity.id)

    def _toggle_alert(self, place: Place) -> None:
        saved = place.item.saved
        self._window.places.set_alert(saved.name, alert=not saved.alert)

    def _remove(self, place: Place) -> None:
        window = self._window
        if window.articles.place.scope == place.scope:
            window.go_to("all")
        window.places.remove(place)
        stays = " Its feed file stays as it was." if place.published else ""
        window.status.say(f"Removed {place.title}.{stays} Ctrl+Z brings it back.")

    # deeds

    def _show_palette(self) -> None:
        from reader.gui.views.palette import CommandPalette

        CommandPalette(self._window.actions_, self._window.theme, self._window).open()

    def _show_shortcuts(self) -> None:
        from reader.gui.views.shortcuts import ShortcutSheet

        ShortcutSheet(self._window.actions_, self._window.theme, self._window).open()

    def _quit(self) -> None:
        """Also where closing the window only puts it away."""
        self._window.leaving = True
        self._window.close()

    def _pause(self, until: datetime) -> None:
        self._window.notices.pause(until)
        shown = words.moment(until, datetime.now(UTC))
        self._window.status.say(f"No notifications until {shown}; alerts wait in the inbox.")

    def _resume(self) -> None:
        self._window.notices.pause(None)
        self._window.status.say("Notifications are shown again.")

    def _keep_running(self) -> None:
        on = self._window.actions_["keep_running"].isChecked()
        self._window.state.put("keep_running", on)

    def chosen(self) -> list[int]:
        """The selected articles, else the current one."""
        table = self._window.list.table
        row = table.current_row()
        return table.selected_ids() or ([table.rows.ids[row]] if row >= 0 else [])

    def set_compact(self, *, on: bool) -> None:
        self._window.state.put("compact", on)
        self.show_compact(on=on)

    def show_compact(self, *, on: bool) -> None:
        self._window.actions_["compact"].setChecked(on)
        self._window.list.set_compact(on=on)

    def _step(self, by: int) -> None:
        table = self._window.list.table
        row = table.current_row() + by
        if 0 <= row < table.rows.rowCount():
            table.choose(row)

    def _hit(self, by: int) -> None:
        """Past the last hit of an article: to the first of the next one, which is chosen too."""
        window, table = self._window, self._window.list.table
        if not window.narrowing.query:
            window.status.say("Search for something first; F3 then goes from hit to hit.")
        elif not window.article.step_hit(by):
            row = table.current_row() + by
            if not 0 <= row < table.rows.rowCount():
                window.status.say(f"That was the {'last' if by > 0 else 'first'} hit of the list.")
                return
            window.article.expect_hit(by)
            table.choose(row)

    def _next_unread(self) -> None:
        self._window.marking.next_unread(self._window.list.table.current_row())

    def _read_on(self) -> None:
        if self._window.list.table.current_row() < 0 or not self._window.view.page_down():
            self._next_unread()

    def _toggle_caret(self) -> None:
        on = self._window.actions_["caret"].isChecked()
        self._window.view.page.set_caret(on=on)
        if on:
            self._window.view.page.setFocus()
            self._window.status.say("Shift and the arrow keys select text; F7 ends it.")

    def _line_url(self) -> str:
        model = self._window.articles.model
        line = model.known(self.chosen()[0]) if self.chosen() else None
        if line is None:
            self._window.status.say("Choose an article first.")
            return ""
        if not line.url:
            self._window.status.say("This article has no address on the web.")
        return line.url

    def _open_in_browser(self) -> None:
        if url := self._line_url():
            self.browse(url)

    def browse(self, url: str) -> None:
        """Opens an address in the browser, or says that there is none."""
        if self.open_url(url) is False:
            self._window.status.say(f"No browser could be opened for {url}", bad=True)

    def _copy_link(self) -> None:
        if url := self._line_url():
            QGuiApplication.clipboard().setText(url)
            self._window.status.say("Link copied.")

    def _copies(self) -> None:
        if chosen := self.chosen():
            self._window.crossings.show_copies(chosen[0])
        else:
            self._window.status.say("Choose an article first.")

    def _note(self) -> None:
        if chosen := self.chosen():
            self.desk.note(chosen[0])
        else:
            self._window.status.say("Choose an article first.")

    def _all_read(self) -> None:
        self._window.marking.mark_all_read()
        self._window.status.say("All marked read. Ctrl+Z takes it back.")

    def _unread_only(self) -> None:
        on = not self._window.articles.unread_only
        self._window.actions_["unread_only"].setChecked(on)
        self._window.articles.set_unread_only(on=on)

    def _sort(self, sort: str) -> None:
        window = self._window
        for name in ("date", "score"):
            window.actions_[f"sort_{name}"].setChecked(name == sort)
        window.search.set_sort(sort)
        if sort == "score" and not window.search.query:
            window.status.say("Searches are now listed by relevance.")

    def _save_search(self) -> None:
        query = self._window.top.search.text().strip()
        if query:
            self.desk.save_search(query)
        else:
            self._window.top.search.focus()
            self._window.status.say("Search for something first, then save it with Ctrl+S.")

    def _new_alert(self) -> None:
        """For what is searched for, else for the entity that is chosen, else for what is written
        then."""
        window = self._window
        query = window.top.search.text().strip()
        place = window.places.model.place(window.sidebar.currentIndex())
        if not query and place is not None and place.kind == "entity":
            self.desk.new_alert(place.item.entity.id)
        else:
            self.desk.save_search(query, alert=True)

    def _refresh(self) -> None:
        self._window.status.clear_message()  # what went wrong before is being tried again
        if self._window.places.overview.totals.feeds:
            self._window.link.refresh()
        else:
            self.desk.add_feed()

    def _toggle(self, pane: int) -> None:
        panes = self._window.panes
        panes.show_pane(pane, on=not panes.is_shown(pane))

    def _focus_sidebar(self) -> None:
        self._window.panes.show_pane(SIDE, on=True)
        self._window.sidebar.setFocus()

    def _focus_panel(self) -> None:
        if not self._window.panes.is_shown(PANEL):
            self._window.panes.show_pane(PANEL, on=True)
        self._window.side.take_focus()

    def _text_size(self, px: int) -> None:
        self._window.view.set_text_size(px)
        self._window.state.put("text_size", self._window.view.text_size())
