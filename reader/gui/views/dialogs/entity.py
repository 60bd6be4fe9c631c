"""Tracking an entity: its name, type, watchlist, spellings and a note."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from reader.domain.entity import TYPES, Entity
from reader.gui import icons
from reader.gui.views.dialogs.alias_table import AliasTable, case_choice, chosen_case
from reader.gui.views.dialogs.question import Question

_WORD = re.compile(r"[^\W\d_][\w-]*")


class EntityDialog(Question):
    """`entity` with id 0 is a new one. `taken`: (watchlist, name) of those that exist."""

    saved = Signal(object)  # the Entity

    def __init__(
        self,
        parent: QWidget | None,
        entity: Entity,
        watchlists: Sequence[str] = (),
        own_types: Iterable[str] = (),
        taken: Collection[tuple[str, str]] = (),
    ) -> None:
        known = bool(entity.id)
        title = f"Edit {entity.name}" if known else "Track an entity"
        super().__init__(parent, title, "Save" if known else "Track")
        self._entity = entity
        self._taken = {(w.casefold(), name) for w, name in taken}
        self.name, self.case = QLineEdit(entity.name, self), case_choice(entity.case)
        self.type = self._type_choice((*TYPES, *own_types, entity.type))
        self.watchlist = QComboBox(self)
        self.watchlist.setEditable(True)
        self.watchlist.addItems(list(dict.fromkeys((entity.watchlist, *watchlists))))
        self.aliases = AliasTable(entity.aliases, self)
        self.note = QPlainTextEdit(entity.note, self)
        self.note.setFixedHeight(58)
        self.note.setTabChangesFocus(True)
        self.add("&Name", self.name)
        self.add_pair(("&Type", self.type), ("&Watchlist", self.watchlist))
        self.add_pair(("Upper and &lower case of the name", self.case))
        self.add(
            "Other &spellings",
            self.aliases,
            "In any script. Grammatical endings and dashes are recognised by themselves.",
        )
        self.add("N&ote", self.note)
        self.name.selectAll()
        self.name.setFocus()

    def confirm(self) -> None:
        entity = self.entity()
        problem = self._problem(entity)
        self.complain(problem)
        if not problem:
            self.saved.emit(entity)
            self.accept()

    def entity(self) -> Entity:
        """As the fields say; the name is not repeated among the spellings."""
        name = " ".join(self.name.text().split())
        return replace(
            self._entity,
            name=name,
            type=self.type.currentText().strip().casefold(),
            watchlist=" ".join(self.watchlist.currentText().split()) or "default",
            case=chosen_case(self.case),
            aliases=tuple(alias for alias in self.aliases.aliases() if alias.text != name),
            note=self.note.toPlainText().strip(),
        )

    def _problem(self, entity: Entity) -> str:
        if not any(letter.isalnum() for letter in entity.name):
            return "Give the entity a name: the words that stand for it in texts."
        if not _WORD.fullmatch(entity.type):
            return "Choose a type, or type a word of your own, such as “ship”."
        old = (self._entity.watchlist.casefold(), self._entity.name)
        new = (entity.watchlist.casefold(), entity.name)
        if new in self._taken and not (self._entity.id and old == new):
            return (
                f"“{entity.name}” is already tracked in the watchlist “{entity.watchlist}”. "
                "Edit that one, or choose another name or watchlist."
            )
        return ""

    def _type_choice(self, types: Iterable[str]) -> QComboBox:
        """Known types have an icon; a word of one's own can be typed."""
        made = QComboBox(self)
        made.setEditable(True)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        for kind in filter(None, dict.fromkeys(types)):
            made.addItem(icons.icon(icons.entity_icon(kind), ink, 14), kind)
        made.setCurrentText(self._entity.type or TYPES[0])
        return made
