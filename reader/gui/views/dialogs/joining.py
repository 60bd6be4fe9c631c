"""Asks which of several names stays when they are merged, and which aliases leave one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from reader.domain.entity import Entity
from reader.gui.views.dialogs.question import Question

_SHOWN = 200


class MergeQuestion(Question):
    decided = Signal(int)
    """The id of the one that stays."""

    def __init__(self, parent: QWidget, entities: Sequence[Entity]) -> None:
        super().__init__(parent, "Merge names", "Merge")
        self._entities = list(entities)
        self.into = QComboBox(self)
        for one in entities:
            self.into.addItem(f"{one.name} ({one.type}, {one.watchlist})", one.id)
        self.add(
            "&The name that stays", self.into,
            "The others become aliases of it, with their own aliases, notes and what was said of "
            "their mentions. Ctrl+Z takes it back.",
        )  # fmt: skip

    def confirm(self) -> None:
        self.decided.emit(int(self.into.currentData()))
        self.accept()


class SplitQuestion(Question):
    decided = Signal(object, str)
    """The aliases that leave, and the name they get."""

    def __init__(self, parent: QWidget, entity: Entity) -> None:
        super().__init__(parent, "Split a name", "Split")
        self.aliases = QListWidget(self)
        self.aliases.setMinimumHeight(180)
        for alias in entity.aliases[:_SHOWN]:
            item = QListWidgetItem(alias.text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.aliases.addItem(item)
        self.name = QLineEdit(self)
        self.add(f"&Aliases of {entity.name} that leave", self.aliases)
        self.add("The &new name", self.name, "One of them, or another name. Ctrl+Z takes it back.")
        self.aliases.itemChanged.connect(lambda _item: self._suggest())
        self._suggested = ""

    def leaving(self) -> list[str]:
        items = (self.aliases.item(row) for row in range(self.aliases.count()))
        return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]

    def confirm(self) -> None:
        leaving, name = self.leaving(), " ".join(self.name.text().split())
        if not leaving:
            self.complain("Tick the aliases that are to be the new name's.")
        elif not name:
            self.complain("Say what the new one is called.")
        else:
            self.decided.emit(leaving, name)
            self.accept()

    def _suggest(self) -> None:
        """The longest of them, unless somebody typed another."""
        if self.name.text() in ("", self._suggested):
            self._suggested = max(self.leaving(), key=len, default="")
            self.name.setText(self._suggested)
