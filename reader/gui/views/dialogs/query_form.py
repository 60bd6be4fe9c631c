"""Building a search from fields, for whoever does not want to write it.

The form writes the same text as a person would, and shows it while it is being filled in; what it
finds is told by whoever runs it (`show_count`, `show_error`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from reader.domain.languages import NAMES
from reader.domain.library import Overview
from reader.gui import words
from reader.gui.query_parts import NAMED, Near, Parts, tokens, write
from reader.gui.views.dialogs.question import Question, names_box

TOO_MUCH = "This search is more than the form can show; it is kept as it is."
_WIDE = 700
_FARTHEST = 100
_WHERE = (("", "Anywhere"), ("title", "In the title"), ("lead", "In the lead"),
          ("body", "In the text"))  # fmt: skip
_STATES = (
    ("", "Any"), ("is:unread", "Unread"), ("is:read", "Read"), ("is:starred", "Starred"),
    ("has:note", "With a note"), ("has:revision", "Changed since"),
)  # fmt: skip
_BETWEEN = "between"
_TIMES = (
    ("", "Any time"), ("24h", "Last 24 hours"), ("7d", "Last 7 days"), ("30d", "Last 30 days"),
    ("1y", "Last 12 months"), (_BETWEEN, "Between two days"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Names of the library that the fields offer."""

    feeds: Sequence[str] = ()
    folders: Sequence[str] = ()
    entities: Sequence[str] = ()
    tags: Sequence[str] = ()

    @classmethod
    def of(cls, overview: Overview) -> Self:
        return cls(
            [line.feed.title for line in overview.feeds if line.feed.title],
            [folder.path for folder in overview.folders],
            [line.entity.name for line in overview.entities],
            [name for name, _ in overview.tags],
        )


class QueryForm(Question):
    changed = Signal(str)
    """The query as the fields say now."""
    wanted = Signal(str)
    """This is what to search for."""

    def __init__(self, parent: QWidget | None, parts: Parts, known: Known) -> None:
        super().__init__(parent, "Build a search", "Search")
        self.setMinimumWidth(_WIDE)
        self.fields.setSpacing(10)
        self._parts = parts
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._build_note(parts)
        self._build_words(parts)
        self._build_filters(parts, known)
        self.fields.addLayout(self._grid)
        self._build_preview()
        self.clear = QPushButton("Clear the form", self)
        self.clear.setProperty("kind", "quiet")
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(self._clear)
        self.buttons.addButton(self.clear, self.buttons.ButtonRole.ResetRole)
        self.every.setFocus()
        self._last = write(parts)
        self._connect()
        self._show_text()

    # what it says

    def parts(self) -> Parts:
        """As the fields are filled in now."""
        kind = self.time.currentData()
        between = kind == _BETWEEN
        near = Near(
            _one(self.near_left.text()), _one(self.near_right.text()), self.near_words.value()
        )
        named = ((field, self.named[field].currentText()) for field in NAMED)
        languages = {name: code for code, name in NAMES.items()}
        return replace(
            self._parts,
            every=tokens(self.every.text()),
            phrase=self.phrase.text(),
            some=tokens(self.some.text()),
            none=tokens(self.none.text()),
            near=near,
            where=self.where.currentData(),
            named=tuple((f, languages.get(v, v) if f == "lang" else v) for f, v in named if v),
            last="" if between else kind,
            since=self.since.text() if between else "",
            until=self.until.text() if between else "",
            state=self.state.currentData(),
        )

    def query(self) -> str:
        return write(self.parts())

    def show_count(self, query: str, total: int) -> None:
        """How many articles a query finds; nothing changes when the form says another by now."""
        if query == self.query():
            self.complain("")
            self.count.setText(words.counted(total, "result"))

    def show_error(self, sentence: str) -> None:
        """The query as it stands cannot be run."""
        self.count.setText("")
        self.complain(sentence)

    def confirm(self) -> None:
        query = self.query()
        if query:
            self.wanted.emit(query)
            self.accept()
        else:
            self.complain("Fill in at least one field.")

    # how it is made

    def _build_note(self, parts: Parts) -> None:
        self.note = self.hint(f"{TOO_MUCH}\n{parts.rest}")
        self.note.setVisible(bool(parts.rest))
        self.fields.addWidget(self.note)

    def _build_words(self, parts: Parts) -> None:
        self.every = self._line("&All of these words", " ".join(parts.every), "port tobruk")
        self.phrase = self._line("This &exact phrase", parts.phrase, "air defence")
        self.some = self._line("An&y of these", " ".join(parts.some), "haftar hifter")
        self.none = self._line("N&one of these", " ".join(parts.none), "football")
        near = parts.near
        self.near_left = QLineEdit(near.left, self)
        self.near_right = QLineEdit(near.right, self)
        self.near_words = QSpinBox(self)
        self.near_words.setRange(0, max(_FARTHEST, near.words))
        self.near_words.setValue(near.words)
        self.near_words.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.near_words.setFixedWidth(64)
        self.near_words.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.near_words.setAccessibleName("Words between, at most")
        self.near_right.setAccessibleName("The word it is near to")
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (
            self.near_left, QLabel("at most", self), self.near_words,
            QLabel("words from", self), self.near_right,
        ):  # fmt: skip
            row.addWidget(part, 1 if isinstance(part, QLineEdit) else 0)
        self._put("Nea&r each other", self.near_left, row=row, wide=True)
        self.where = self._choice("&Where", _WHERE, parts.where)
        self.state = self._choice("&State", _STATES, parts.state, right=True)

    def _build_filters(self, parts: Parts, known: Known) -> None:
        named = dict(parts.named)
        lang = named.get("lang", "")
        self.named = {
            "feed": self._names("&Feed", known.feeds, named.get("feed", "")),
            "folder": self._names("Fo&lder", known.folders, named.get("folder", ""), right=True),
            "entity": self._names("Enti&ty", known.entities, named.get("entity", "")),
            "tag": self._names("Ta&g", known.tags, named.get("tag", ""), right=True),
            "lang": self._names("Lang&uage", sorted(set(NAMES.values())), NAMES.get(lang, lang)),
        }
        between = bool(parts.since or parts.until)
        times = _TIMES if parts.last in dict(_TIMES) else (*_TIMES, (parts.last, parts.last))
        chosen = _BETWEEN if between else parts.last
        self.time = self._choice("&Published", times, chosen, right=True)
        self.since, self.until = QLineEdit(parts.since, self), QLineEdit(parts.until, self)
        for field, name in ((self.since, "From this day"), (self.until, "Up to this day")):
            field.setPlaceholderText("2024-12-31")
            field.setAccessibleName(name)
        self._dates = QWidget(self)
        row = QHBoxLayout(self._dates)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.since, 1)
        row.addWidget(QLabel("to", self))
        row.addWidget(self.until, 1)
        self._grid.addWidget(self._dates, self._grid.rowCount(), 3)
        self._dates.setVisible(between)

    def _build_preview(self) -> None:
        self.text, self.count = QLabel(self), QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName("The search as text")
        self.count.setObjectName("fieldName")
        self.count.setAccessibleName("Results")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.text, 1)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self.fields.addSpacing(4)
        self.fields.addLayout(row)

    def _line(self, label: str, text: str, example: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setPlaceholderText(example)
        self._put(label, field, wide=True)
        return field

    def _names(
        self, label: str, names: Iterable[str], chosen: str, *, right: bool = False
    ) -> QComboBox:
        """Names of the library to choose from; any other can be typed."""
        field = names_box(names, chosen, "Any", self)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._put(label, field, right=right)
        return field

    def _choice(
        self, label: str, choices: Iterable[tuple[str, str]], chosen: str, *, right: bool = False
    ) -> QComboBox:
        field = QComboBox(self)
        for value, name in choices:
            field.addItem(name, value)
        field.setCurrentIndex(max(0, field.findData(chosen)))
        self._put(label, field, right=right)
        return field

    def _put(
        self, label: str, field: QWidget, *, right: bool = False, wide: bool = False,
        row: QHBoxLayout | None = None,
    ) -> None:  # fmt: skip
        """A field beside its label, in the left or the right column or over both."""
        at = self._grid.rowCount() - (1 if right else 0)
        name = QLabel(label, self)
        name.setObjectName("fieldName")
        name.setBuddy(field)
        field.setAccessibleName(label.replace("&", ""))
        self._grid.addWidget(name, at, 2 if right else 0)
        span = 3 if wide else 1
        if row is None:
            self._grid.addWidget(field, at, 3 if right else 1, 1, span)
        else:
            self._grid.addLayout(row, at, 1, 1, span)

    # what happens in it

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (
            self.every, self.phrase, self.some, self.none, self.near_left, self.near_right,
            self.since, self.until,
        )  # fmt: skip

    def _connect(self) -> None:
        for line in self._lines():
            line.textChanged.connect(self._show_text)
        for name in self.named.values():
            name.currentTextChanged.connect(self._show_text)
        for choice in (self.where, self.state, self.time):
            choice.currentIndexChanged.connect(self._show_text)
        self.near_words.valueChanged.connect(self._show_text)

    def _show_text(self) -> None:
        self._dates.setVisible(self.time.currentData() == _BETWEEN)
        query = self.query()
        self.text.setText(query or "Nothing yet: fill in a field.")
        if query != self._last:
            self._last = query
            self.count.setText("")
            self.complain("")
            self.changed.emit(query)

    def _clear(self) -> None:
        """Empties every field; what the form could not show goes, too."""
        self._parts = Parts()
        self.note.hide()
        for line in self._lines():
            line.clear()
        for name in self.named.values():
            name.setCurrentText("")
        for choice in (self.where, self.state, self.time):
            choice.setCurrentIndex(0)
        self._show_text()
        self.every.setFocus()


def _one(text: str) -> str:
    """One word, or one phrase in quotation marks."""
    found = tokens(text)
    return found[0] if len(found) == 1 else next(iter(tokens(f'"{text}"')), "")
