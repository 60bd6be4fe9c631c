"""Opens the watchlists and types, and has the library do what is asked there."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from reader.domain.entity import Entity
from reader.domain.library import Changes, Overview
from reader.domain.watchlist import StarterLine, Watchlist, WatchlistLine
from reader.errors import ReaderError
from reader.gui import words
from reader.gui.ports import Changing, Reading
from reader.gui.presenters.watchlists import WatchlistsPresenter
from reader.gui.theme import Theme
from reader.gui.views.dialogs.joining import MergeQuestion, SplitQuestion
from reader.gui.views.dialogs.one_line import OneLine
from reader.gui.views.dialogs.starters import StarterQuestion
from reader.gui.views.dialogs.watchlists import WatchlistsDialog

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow


class ListsDesk(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.presenter = WatchlistsPresenter(window.jobs, window.changer, self)
        self.dialog: WatchlistsDialog | None = None
        """The one opened last; it may be over."""
        self.question: QDialog | None = None
        """The question asked last from there; it may be over."""
        self._lines: list[WatchlistLine] = []
        self.presenter.shown.connect(self._shown)
        self.presenter.done.connect(self._said)
        self.presenter.problem.connect(self._refused)
        window.places.overview_changed.connect(self._overview_changed)
        window.themed.connect(self.set_theme)

    def open(self, watchlist: str = "") -> WatchlistsDialog:
        dialog = WatchlistsDialog(self._window, self._window.theme)
        self.dialog = dialog
        self._connect(dialog)
        self._lines = [WatchlistLine(one) for one in self._overview.watchlists]
        self._show()
        dialog.lists.choose(watchlist)
        dialog.open()
        self.presenter.load()
        return dialog

    def add_starter(self) -> None:
        """Asks which of the watchlists that the program brings along; undone as one."""
        window = self._window
        dialog = StarterQuestion(self._open() or window)
        dialog.decided.connect(self._take_starter)
        self._ask(dialog)

        def arrived(lines: list[StarterLine]) -> None:
            if isValid(dialog):
                dialog.show_starters(lines)

        def failed(problem: ReaderError) -> None:
            if isValid(dialog):
                dialog.complain(str(problem))

        window.jobs.run(_starters, self, arrived, failed)

    def switch(self, watchlist: str) -> None:
        """On when it is off, and the other way."""
        lists = self._overview.watchlists
        enabled = any(one.name == watchlist and not one.enabled for one in lists)
        self._switch(watchlist, enabled)

    def set_theme(self, theme: Theme) -> None:
        if dialog := self._open():
            dialog.set_theme(theme)

    # what is on show

    @property
    def _overview(self) -> Overview:
        return self._window.places.overview

    def _open(self) -> WatchlistsDialog | None:
        dialog = self.dialog
        return dialog if dialog is not None and isValid(dialog) and dialog.isVisible() else None

    def _overview_changed(self, _overview: Overview) -> None:
        if self._open():
            self.presenter.load()

    def _shown(self, lines: list[WatchlistLine]) -> None:
        self._lines = lines
        self._show()

    def _show(self) -> None:
        dialog = self.dialog
        if dialog is not None and isValid(dialog):
            dialog.show_lists(self._lines, self._overview.entities)
            dialog.show_types(self._overview.types, self._overview.entities)

    def _said(self, sentence: str) -> None:
        self._window.status.say(sentence)
        if dialog := self._open():
            dialog.say(sentence)

    def _refused(self, problem: ReaderError) -> None:
        if dialog := self._open():
            dialog.complain(str(problem))

    # what is asked

    def _connect(self, dialog: WatchlistsDialog) -> None:
        lists, types, desk = dialog.lists, dialog.types, self._window.commands.desk
        lists.switched.connect(self._switch)
        lists.new_wanted.connect(self._new_list)
        dialog.starter_wanted.connect(self.add_starter)
        lists.rename_wanted.connect(self._rename_list)
        lists.note_wanted.connect(self._note_list)
        lists.remove_wanted.connect(self._remove_list)
        lists.move_wanted.connect(self._move)
        lists.merge_wanted.connect(self._merge)
        lists.split_wanted.connect(self._split)
        lists.untrack_wanted.connect(self._untrack)
        lists.edit_wanted.connect(lambda chosen: desk.edit_entity(chosen[0].id))
        types.new_wanted.connect(self._new_type)
        types.rename_wanted.connect(self._rename_type)
        types.remove_wanted.connect(self._remove_type)
        types.look_wanted.connect(self._look)
        dialog.import_wanted.connect(desk.import_file)
        dialog.export_wanted.connect(partial(desk.export_file, "watchlists.json"))
        dialog.undo_wanted.connect(self._window.changer.undo)

    def _line(self, title: str, label: str, text: str, do: Callable[[str], None],
              known: Sequence[str] = (), hint: str = "") -> None:  # fmt: skip
        dialog = OneLine(self.dialog or self._window, title, label, text, known, hint)
        dialog.answered.connect(do)
        self._ask(dialog)

    def _ask(self, dialog: QDialog) -> None:
        self.question = dialog
        dialog.open()

    def _switch(self, name: str, enabled: bool) -> None:
        def work(library: Changing) -> Changes:
            return library.switch_watchlist(name, enabled=enabled)

        state = "on: the archive is looked through for it" if enabled else "off"
        self.presenter.change(work, f"{name} is switched {state}. Ctrl+Z takes it back.")

    def _new_list(self) -> None:
        self._line("New watchlist", "&Name", "", lambda name: self.presenter.change(
            lambda library: library.add_watchlist(name), f"{name} is new.",
        ))  # fmt: skip

    def _take_starter(self, name: str, new: int) -> None:
        names = words.counted(new, "name")
        told = f"Tracking {names} more of {name}: the archive is looked through"
        self.presenter.change(
            lambda library: library.track_starter(name), f"{told}. Ctrl+Z takes them back."
        )

    def _rename_list(self, one: Watchlist) -> None:
        hint = "Saved searches that ask for it go on doing so."
        self._line("Rename the watchlist", "&Name", one.name, lambda name: self.presenter.change(
            lambda library: library.rename_watchlist(one.name, name),
            f"{one.name} is now called {name}.",
        ), hint=hint)  # fmt: skip

    def _note_list(self, one: Watchlist) -> None:
        self._line("Note on the watchlist", "&Note", one.note, lambda note: self.presenter.change(
            lambda library: library.note_watchlist(one.name, note), f"Noted on {one.name}.",
        ))  # fmt: skip

    def _remove_list(self, one: Watchlist) -> None:
        self.presenter.change(
            lambda library: library.remove_watchlist(one.name),
            f"Removed {one.name} with its names. Ctrl+Z brings all back.",
        )

    def _move(self, chosen: list[Entity]) -> None:
        ids, names = [one.id for one in chosen], [line.watchlist.name for line in self._lines]
        told = words.counted(len(chosen), "name")
        self._line(f"Move {told}", "&Watchlist", "", lambda name: self.presenter.change(
            lambda library: library.move_entities(ids, name), f"Moved {told} to {name}.",
        ), names, "A list that is not there yet is made.")  # fmt: skip

    def _merge(self, chosen: list[Entity]) -> None:
        dialog = MergeQuestion(self.dialog or self._window, chosen)
        ids = [one.id for one in chosen]
        dialog.decided.connect(lambda into: self.presenter.merge(ids, into))
        self._ask(dialog)

    def _split(self, chosen: list[Entity]) -> None:
        dialog = SplitQuestion(self.dialog or self._window, chosen[0])
        dialog.decided.connect(partial(self.presenter.split, chosen[0].id))
        self._ask(dialog)

    def _untrack(self, chosen: list[Entity]) -> None:
        ids, told = [one.id for one in chosen], words.counted(len(chosen), "name")
        self.presenter.change(
            lambda library: library.untrack_all(ids), f"Removed {told}. Ctrl+Z brings them back."
        )

    def _new_type(self) -> None:
        self._line("New type", "&Name", "", lambda name: self.presenter.change(
            lambda library: library.add_type(name), f"{name} is a new type.",
        ))  # fmt: skip

    def _rename_type(self, old: str) -> None:
        self._line("Rename the type", "&Name", old, lambda name: self.presenter.change(
            lambda library: library.rename_type(old, name), f"{old} is now called {name}.",
        ))  # fmt: skip

    def _remove_type(self, name: str) -> None:
        self.presenter.change(
            lambda library: library.remove_type(name),
            f"{name} is gone; its names are of the type “other”. Ctrl+Z takes it back.",
        )

    def _look(self, name: str, colour: str | None, icon: str | None) -> None:
        self.presenter.change(
            lambda library: library.edit_type(name, colour=colour, icon=icon),
            f"{name} looks so everywhere now.",
        )


def _starters(library: Reading) -> list[StarterLine]:
    return library.starters()
