"""Conditions on the words around a name: "only near Libya", "not with beer"; a row for each."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.entity import ContextRule
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.parts import IconButton
from reader.gui.words import counted

_KINDS = (("requires", "Only with"), ("not", "Not with"))
_REACHES = (0, 3, 5, 10, 20, 30, 50, 100, 200)
"""Words between at most; 0 is anywhere in the article."""
_BETWEEN = re.compile(r"\s*[,;|،、]\s*")


class RuleRow(QWidget):
    """One condition: any of several words, so many words away at most, or anywhere."""

    changed = Signal()
    unwanted = Signal()

    def __init__(self, rule: ContextRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.words, self.within = QComboBox(), QLineEdit(), QComboBox()
        for value, label in _KINDS:
            self.kind.addItem(label, value)
        self.kind.setCurrentIndex(self.kind.findData(rule.kind))
        self.kind.setAccessibleName("Condition")
        self.words.setText(", ".join(rule.words))
        self.words.setPlaceholderText("any of these words, with commas between")
        self.words.setAccessibleName("Words of the condition")
        for reach in sorted({*_REACHES, rule.within}):
            told = f"within {counted(reach, 'word')}" if reach else "anywhere in it"
            self.within.addItem(told, reach)
        self.within.setCurrentIndex(self.within.findData(rule.within))
        self.within.setAccessibleName("How near")
        self.away = IconButton("x", "Remove this condition", self, size=15)
        self.away.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part, stretch in ((self.kind, 0), (self.words, 1), (self.within, 0), (self.away, 0)):
            row.addWidget(part, stretch)
        self.kind.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.words.textChanged.connect(lambda _text: self.changed.emit())
        self.within.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.away.clicked.connect(self.unwanted)

    def rule(self) -> ContextRule | None:
        """None while there are no words."""
        words = tuple(dict.fromkeys(filter(None, _BETWEEN.split(self.words.text().strip()))))
        kind = self.kind.currentData()
        return ContextRule(kind, words, int(self.within.currentData())) if words else None


class RuleList(QWidget):
    changed = Signal()

    def __init__(self, add: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self.rows: list[RuleRow] = []
        self.add = QPushButton(add, self)
        self.add.setAutoDefault(False)
        self.add.setProperty("kind", "quiet")
        self.add.setStyleSheet("padding: 4px 3px;")
        self.add.clicked.connect(self._begin)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def rules(self) -> tuple[ContextRule, ...]:
        return tuple(rule for row in self.rows if (rule := row.rule()) is not None)

    def show_rules(self, rules: Sequence[ContextRule]) -> None:
        """Nothing is said of it by `changed`; rows that are being written stay."""
        if tuple(rules) != self.rules():
            while self.rows:
                self._drop(self.rows[0])
            for rule in rules:
                self._append(rule)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self.rows:
            row.away.set_theme(theme)

    def clear_empty(self) -> None:
        """Rows without words go: those of another spelling are to be shown."""
        for row in [row for row in self.rows if row.rule() is None]:
            self._drop(row)

    def _begin(self) -> None:
        self._append(ContextRule("requires", ())).words.setFocus()

    def _append(self, rule: ContextRule) -> RuleRow:
        row = RuleRow(rule, self)
        row.away.set_theme(self._theme)
        row.changed.connect(self.changed)
        row.unwanted.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        return row

    def _remove(self, row: RuleRow) -> None:
        self._drop(row)
        self.add.setFocus()
        self.changed.emit()

    def _drop(self, row: RuleRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
