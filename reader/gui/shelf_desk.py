"""What is asked of saved searches in the sidebar: folders, judging, files for other programs."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog

from reader.domain.library import Changes
from reader.gui.models.places import Place
from reader.gui.ports import Changing

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow
    from reader.gui.views.dialogs.one_line import OneLine

_FILES = "Atom feed (*.atom *.xml);;JSON Feed (*.json)"


class ShelfDesk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.open: QDialog | None = None
        """The question asked last; it may be over."""
        window.sidebar.dropped.connect(self._dropped)

    def move(self, place: Place) -> None:
        saved = place.item.saved
        known = self._window.places.shelves()
        hint = "A new name makes a new folder. Empty: no folder."
        dialog = self._line("Move to a folder", "&Folder", saved.folder, known, hint)
        dialog.answered.connect(lambda folder: self._move(saved.name, folder))
        self._ask(dialog)

    def rename(self, place: Place) -> None:
        known = self._window.places.shelves()
        hint = "The name of another folder puts both together."
        dialog = self._line("Rename the folder", "&Name", place.title, known, hint)

        def rename(name: str) -> None:
            if name and name != place.title:
                self._leave(place)
                self._window.places.rename_shelf(place.title, name)

        dialog.answered.connect(rename)
        self._ask(dialog)

    def dissolve(self, place: Place) -> None:
        """Its searches stay, in no folder."""
        self._leave(place)
        self._window.places.rename_shelf(place.title, "")
        said = f"The searches of {place.title} are in no folder now. Ctrl+Z takes it back."
        self._window.status.say(said)

    def judge(self, place: Place) -> None:
        self._window.inbox.show_saved(place.item.saved.id)

    def publish(self, place: Place) -> None:
        name = place.item.saved.name
        safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in name).strip() or "feed"
        dialog = QFileDialog(self._window, f"Publish “{name}”", f"{safe}.atom", _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("atom")
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # others' files are refused
        dialog.fileSelected.connect(lambda path: self._publish(name, path))
        self._ask(dialog)

    def _publish(self, name: str, path: str) -> None:
        said = f"“{name}” is kept current in {Path(path).name} for other programs."
        done = partial(self._window.status.say, said)
        self._window.changer.run(partial(_published, name, path), done)

    def unpublish(self, place: Place) -> None:
        name, files = place.item.saved.name, place.item.files
        which = Path(files[0]).name if len(files) == 1 else f"{len(files)} files"
        said = f"{which} of “{name}” stays as it is. Ctrl+Z keeps it current again."
        done = partial(self._window.status.say, said)
        self._window.changer.run(lambda library: library.unpublish_search(name), done)

    def _dropped(self, name: str, folder: str) -> None:
        saved = [line.saved for line in self._window.places.overview.saved]
        if any(one.name == name and one.folder != folder for one in saved):
            self._move(name, folder)

    def _move(self, name: str, folder: str) -> None:
        self._window.places.move_search(name, folder)
        where = f"in {folder}" if folder else "in no folder"
        self._window.status.say(f"{name} is {where} now. Ctrl+Z takes it back.")

    def _leave(self, place: Place) -> None:
        """A place that goes away is not to stay on show."""
        if self._window.articles.place.scope == place.scope:
            self._window.go_to("all")

    def _line(
        self, title: str, label: str, text: str, known: Sequence[str], hint: str
    ) -> "OneLine":
        from reader.gui.views.dialogs.one_line import OneLine  # here: the window starts without it

        return OneLine(self._window, title, label, text, known, hint)

    def _ask(self, dialog: QDialog) -> None:
        self.open = dialog
        dialog.open()


def _published(name: str, path: str, library: Changing) -> Changes:
    return library.publish_search(name, path)
