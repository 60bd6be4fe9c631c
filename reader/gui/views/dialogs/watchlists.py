"""Watchlists and types: switched, renamed, moved, merged, split, coloured, taken in and given out.

It shows what it is told and asks for the rest; every change is made by whoever listens.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from reader.domain.entity import EntityLine
from reader.domain.looks import EntityType
from reader.domain.watchlist import WatchlistLine
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.dialogs.watchlists_names import ListsPage
from reader.gui.views.dialogs.watchlists_types import TypesPage
from reader.gui.views.dialogs.workplace import Workplace
from reader.gui.views.tabs import Tabs

_SIZE, _LEAST = QSize(1180, 720), QSize(960, 520)
_MARGIN = 36
_PAGES = ("&Watchlists", "&Types")


class WatchlistsDialog(Workplace):
    starter_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, theme: Theme = LIGHT) -> None:
        super().__init__(parent, "Watchlists and types", "Close")
        self.lists, self.types = ListsPage(self), TypesPage(self)
        self.tabs, self.pages = Tabs(_PAGES, "What is on show", self), QStackedWidget(self)
        for page in (self.lists, self.types):
            self.pages.addWidget(page)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.told = QLabel(self)
        self.told.setObjectName("hint")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.fields.addWidget(self.tabs)
        self.fields.addWidget(self.pages, 1)
        self.fields.addWidget(self.told)
        self.column.setSpacing(14)
        self._buttons()
        undo = QShortcut(QKeySequence.StandardKey.Undo, self)
        undo.activated.connect(self.undo_wanted)
        self.set_theme(theme)
        self.lists.table.setFocus()
        room = parent.size() - QSize(_MARGIN, _MARGIN) if parent is not None else _SIZE
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE.boundedTo(room).expandedTo(_LEAST))

    def show_lists(self, lists: Sequence[WatchlistLine], entities: Sequence[EntityLine]) -> None:
        self.lists.show_lists(lists, entities)

    def show_types(self, types: Sequence[EntityType], entities: Sequence[EntityLine]) -> None:
        self.types.show_types(types, entities)

    def say(self, sentence: str) -> None:
        """What was done, below; what was wrong goes away."""
        self.complain("")
        self.told.setText(sentence)

    def set_theme(self, theme: Theme) -> None:
        self.tabs.set_theme(theme)
        self.lists.set_theme(theme)
        self.types.set_theme(theme)

    def _buttons(self) -> None:
        self.cancel.hide()
        self.main.setAutoDefault(False)
        self.main.setDefault(False)
        for text, asked in (
            ("St&arter…", self.starter_wanted),
            ("&Import…", self.import_wanted),
            ("&Export…", self.export_wanted),
            ("&Undo", self.undo_wanted),
        ):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(asked)
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ResetRole)
