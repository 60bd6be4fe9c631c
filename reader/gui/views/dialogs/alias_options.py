"""How the chosen spelling of an entity is matched: case, endings, plural, language, conditions."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reader.domain.entity import Alias
from reader.domain.languages import NAMES, language_name
from reader.gui.theme import Theme
from reader.gui.views.dialogs.context_rules import RuleList
from reader.gui.views.dialogs.question import completer

CASES: tuple[tuple[str, bool | None], ...] = (
    ("Automatic", None), ("Exactly so", True), ("Any case", False),
)  # fmt: skip
_CASE_TIP = (
    "Automatic: any case, but short names all in capitals only so,\n"
    "and names that are common words only with a capital."
)
_ANY = "Any language"


class AliasOptions(QWidget):
    """`show_alias` fills it in; `changed` tells of what the user does to it."""

    changed = Signal(object)
    """The `Alias` with its options as they are now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._alias: Alias | None = None
        self._filling = False
        self.case, self.language = QComboBox(self), self._languages()
        self.case.addItems([label for label, _ in CASES])
        self.case.setToolTip(_CASE_TIP)
        self.endings = QCheckBox("With its en&dings", self)
        self.endings.setToolTip("Case endings of Russian, Ukrainian, Turkish and others also match")
        self.plural = QCheckBox("Also its &plural", self)
        self.plural.setToolTip("“S-400s”, “tanks”: for names in Latin letters")
        self.rules = RuleList("Add a &condition", self)
        self._lay_out()
        self.case.currentIndexChanged.connect(lambda _index: self._tell())
        self.language.currentIndexChanged.connect(lambda _index: self._tell())
        self.endings.toggled.connect(lambda _on: self._tell())
        self.plural.toggled.connect(lambda _on: self._tell())
        self.rules.changed.connect(self._tell)

    def show_alias(self, alias: Alias | None, *, rules: bool = True) -> None:
        """None: there is nothing to set. `rules`: whether it has conditions of its own."""
        self._filling = True
        same = alias is not None and self._alias is not None and alias.text == self._alias.text
        self._alias = alias
        self.setEnabled(alias is not None)
        shown = alias or Alias("")
        self.case.setCurrentIndex([value for _, value in CASES].index(shown.case))
        self._show_language(shown.language)
        self.endings.setChecked(shown.inflect)
        self.plural.setChecked(shown.plural)
        if not same:
            self.rules.clear_empty()
        self.rules.show_rules(shown.rules)
        self.rules.setVisible(rules)
        self._filling = False

    def set_theme(self, theme: Theme) -> None:
        self.rules.set_theme(theme)

    def _tell(self) -> None:
        if self._filling or self._alias is None:
            return
        self._alias = replace(
            self._alias,
            case=CASES[self.case.currentIndex()][1],
            language=str(self.language.currentData() or ""),
            inflect=self.endings.isChecked(),
            plural=self.plural.isChecked(),
            rules=self.rules.rules(),
        )
        self.changed.emit(self._alias)

    def _languages(self) -> QComboBox:
        made = QComboBox(self)
        made.addItem(_ANY, "")
        for name, code in sorted((name, code) for code, name in NAMES.items()):
            made.addItem(name, code)
        made.setToolTip("Counts only in articles of this language, and of unknown language")
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.setCompleter(completer([_ANY, *sorted(set(NAMES.values()))], made))
        return made

    def _show_language(self, code: str) -> None:
        if self.language.findData(code) < 0:
            self.language.addItem(language_name(code), code)
        self.language.setCurrentIndex(self.language.findData(code))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for label, field in (("Cas&e", self.case), ("&Language", self.language)):
            name = QLabel(label, self)
            name.setBuddy(field)
            field.setAccessibleName(label.replace("&", ""))
            row.addWidget(name)
            row.addWidget(field, 1)
        switches = QHBoxLayout()
        switches.setSpacing(18)
        switches.addWidget(self.endings)
        switches.addWidget(self.plural)
        switches.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(row)
        column.addLayout(switches)
        column.addWidget(self.rules)
        column.addStretch(1)
