"""Asks for a tracked entity by its name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from reader.domain.entity import Entity
from reader.gui.views.dialogs.question import Question, completer
from reader.gui.words import labelled


class ChooseEntity(Question):
    chosen = Signal(int)
    """Its id."""

    def __init__(self, parent: QWidget | None, known: Sequence[Entity]) -> None:
        super().__init__(parent, "Page of an entity", "Open")
        self._known = {name: entity.id for name, entity in labelled(known).items()}
        self.name = QLineEdit(self)
        self.name.setCompleter(completer(sorted(self._known, key=str.casefold), self))
        self.add("&Name", self.name, "Whom or what you track; type any part of the name.")

    def confirm(self) -> None:
        typed = self.name.text().strip().casefold()
        exact = [number for name, number in self._known.items() if name.casefold() == typed]
        found = exact or [
            number for name, number in self._known.items() if typed and typed in name.casefold()
        ]
        if not self._known:
            self.complain("Nothing is tracked yet: select a name in a text and press Ctrl+E.")
        elif not typed:
            self.complain("Type a name.")
        elif not found:
            self.complain(f"Nothing tracked is called “{self.name.text().strip()}”.")
        else:
            self.accept()
            self.chosen.emit(found[0])
