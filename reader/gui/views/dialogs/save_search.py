"""Saving a search under a name, with or without an alert; also for changing one."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from reader.domain.search import SavedSearch
from reader.gui.views.dialogs.question import Question


class SaveSearchDialog(Question):
    """`search` with id 0 is a new one. `taken`: names of the others.

    The query is checked by whoever stores it: `show_error` says what is wrong with it.
    """

    saved = Signal(str, str, bool)  # name, query, alert

    def __init__(
        self, parent: QWidget | None, search: SavedSearch, taken: Collection[str] = ()
    ) -> None:
        known = bool(search.id)
        super().__init__(parent, "Edit the search" if known else "Save this search", "Save search")
        own = {search.name.casefold()} if known else set()
        self._taken = {name.casefold() for name in taken} - own
        self.name = QLineEdit(search.name, self)
        self.query = QLineEdit(search.query, self)
        self.alert = QCheckBox("&Alert me when a new article matches", self)
        self.alert.setChecked(search.alert)
        self.add("&Name", self.name)
        self.add("Search for", self.query, "The same language as in the search box.")
        self.fields.addSpacing(6)
        self.fields.addWidget(self.alert)
        self.name.setFocus()
        self.name.selectAll()
        if search.broken:
            self.complain(search.broken)

    def confirm(self) -> None:
        name, query = " ".join(self.name.text().split()), self.query.text().strip()
        if not name:
            self.complain("Give the search a name; it is shown in the sidebar.")
        elif name.casefold() in self._taken:
            self.complain(f"There is already a search named “{name}”. Choose another name.")
        elif not query:
            self.complain("Type what to search for.")
        else:
            self.complain("")
            self.saved.emit(name, query, self.alert.isChecked())

    def show_error(self, sentence: str) -> None:
        """The search was refused; the dialog stays open. After success, call `accept()`."""
        self.complain(sentence)
        self.query.setFocus()
