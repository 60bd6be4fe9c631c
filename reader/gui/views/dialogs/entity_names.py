"""The left of the workshop: the spellings, how each is matched, conditions for all, a note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.domain.entity import Alias, Entity
from reader.gui import fonts
from reader.gui.theme import Theme
from reader.gui.views.dialogs.alias_options import AliasOptions
from reader.gui.views.dialogs.alias_table import AliasTable
from reader.gui.views.dialogs.context_rules import RuleList
from reader.gui.views.parts import ground
from reader.gui.views.tabs import Tabs

_ONE, _ALL, _NOTE = range(3)
_TABS = ("This spelling", "Every spelling", "Note")
_LONGEST = 26
_HEIGHT = 188
_HOW = "Grammatical endings and dashes are recognised by themselves. Del takes a row away."
_EVERYWHERE = "What must stand, or must not stand, near any spelling for it to count."


class NamesPanel(QWidget):
    changed = Signal()

    def __init__(self, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name, *aliases = entity.spellings()
        self.table = AliasTable(name, aliases, self)
        self.add = QPushButton("&Add a spelling", self)
        self.options = AliasOptions(self)
        self.everywhere = RuleList("Add a &condition", self)
        self.everywhere.show_rules(entity.rules)
        self.note = QPlainTextEdit(entity.note, self)
        self.tabs = Tabs(_TABS, "Details", self)
        self._lay_out()
        self._connect()
        self._show_row(self.table.current_alias())

    def set_theme(self, theme: Theme) -> None:
        for part in (self.table, self.options, self.everywhere, self.tabs):
            part.set_theme(theme)

    # inside

    def _connect(self) -> None:
        self.add.clicked.connect(self.table.write)
        self.table.changed.connect(self.changed)
        self.table.row_chosen.connect(self._show_row)
        self.options.changed.connect(self.table.set_options)
        self.everywhere.changed.connect(self.changed)
        self.note.textChanged.connect(self.changed)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)

    def _show_row(self, alias: Alias | None) -> None:
        """The name's conditions are those of the entity."""
        is_name = self.table.currentRow() == 0
        self.options.show_alias(alias, rules=not is_name)
        text = alias.text if alias else ""
        short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
        self.tabs.setTabText(_ONE, f"“\u2068{short}\u2069”" if short else _TABS[_ONE])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        title, how = QLabel("&Spellings", self), QLabel(_HOW, self)
        title.setObjectName("fieldName")
        title.setBuddy(self.table)
        how.setFont(fonts.ui(11, 400))
        how.setProperty("ink", "text3")
        head.addWidget(title)
        head.addStretch(1)
        self.add.setAutoDefault(False)
        self.add.setProperty("kind", "quiet")
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(how)
        column.addWidget(self.tabs)
        column.addWidget(self._details())

    def _details(self) -> QStackedWidget:
        hint = QLabel(_EVERYWHERE, self)
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        everywhere = QWidget(self)
        column = QVBoxLayout(everywhere)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(hint)
        column.addWidget(self.everywhere)
        column.addStretch(1)
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName("Note")
        self.note.setPlaceholderText("Who or what it is; shown where its name is pointed at")
        self._pages = QStackedWidget(self)
        self._pages.setFixedHeight(_HEIGHT)
        for page in (self._scrolled(self.options), self._scrolled(everywhere), self.note):
            self._pages.addWidget(page)
        return self._pages

    def _scrolled(self, page: QWidget) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground(page, "page")
        area.setWidget(page)
        return area
