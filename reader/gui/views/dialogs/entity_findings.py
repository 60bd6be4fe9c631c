"""What an entity would find in the archive: figures, a chart, samples, suggestions, warnings."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.gui import fonts, icons
from reader.gui.models import workshop
from reader.gui.models.trial import charted
from reader.gui.models.workshop import Advice, Tried
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.dialogs.entity_samples import SampleList
from reader.gui.views.dialogs.entity_suggestions import SuggestionList
from reader.gui.views.dialogs.studio_chart import HitChart
from reader.gui.views.parts import EmptyState, ThinBar
from reader.gui.views.tabs import Tabs

SAMPLES, SUGGESTIONS, WARNINGS = range(3)
_TABS = ("Samples", "Suggestions", "Warnings")
_HOW = (
    "Y: meant · N: not it · Return: read it",
    "A adds the chosen spelling.",
    "",
)
_EMPTY = {
    "empty": ("search", "Nothing to look for yet", "Give the entity a name."),
    "trying": ("search", "Looking into the archive…", ""),
    "stopped": ("circle-stop", "Stopped", "Try again looks into the archive."),
    "done": ("inbox", "Not in the archive", "New articles will be looked through."),
    "refused": ("circle-alert", "It cannot be saved so", "Change what is said above."),
    "failed": ("triangle-alert", "The archive could not be looked into", "Try again."),
}  # fmt: skip
_NO_ADVICE = {
    "none": ("search", "No suggestions yet", "Give the entity a name."),
    "looking": ("search", "Looking for spellings…", ""),
    "done": ("check", "Nothing to add", "No other spelling of it was found."),
    "failed": ("triangle-alert", "No suggestions", ""),
}  # fmt: skip


class Findings(QWidget):
    stop_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, *, known: bool, parent: QWidget | None = None) -> None:
        """`known`: the entity is tracked already."""
        super().__init__(parent)
        self._known, self._kind, self._theme = known, "other", LIGHT
        self._tried, self._advice = Tried(), Advice()
        self.figure, self.basis = QLabel(self), QLabel(self)
        self.bar = ThinBar(self)
        self.stop, self.again = QPushButton("Stop", self), QPushButton("T&ry again", self)
        self.chart = HitChart(self)
        self.tabs = Tabs(_TABS, "What was found", self)
        self.how = QLabel(self)
        self.samples, self.suggestions = SampleList(self), SuggestionList(self)
        self.warnings = QListWidget(self)
        self._empties = [EmptyState(self) for _ in _TABS]
        self._lay_out()
        self._connect()
        self.show_tried(Tried())
        self.show_advice(Advice())

    # what it shows

    def show_tried(self, tried: Tried) -> None:
        """Figures stay, faded, until newer ones are there."""
        self._tried = tried
        preview, busy = tried.preview, tried.state == "trying"
        self.figure.setText(workshop.headline(preview) if preview else "")
        self.basis.setText(self._basis())
        self.chart.set_faded(on=busy)
        self.chart.show_bars(charted(preview.days) if preview else ())
        self.chart.setVisible(bool(preview and preview.days))
        self.bar.setRange(0, tried.total)
        self.bar.setValue(tried.done)
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.again.setVisible(tried.state in ("stopped", "failed"))
        samples = workshop.samples(preview) if preview else ()
        self.samples.show_samples(samples, self._kind)
        self._show_warnings(tuple(workshop.problems(preview)) if preview else ())
        self._show_tabs()

    def show_advice(self, advice: Advice) -> None:
        self._advice = advice
        self.suggestions.show_suggestions(advice.suggestions, self._kind)
        self._show_tabs()

    def show_kind(self, kind: str) -> None:
        """The entity's type, which colours what is marked."""
        self._kind = kind
        self.samples.show_samples(self.samples.samples.rows, kind)
        self.suggestions.show_suggestions(self.suggestions.suggestions.rows, kind)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.chart, self.tabs, self.samples, self.suggestions):
            part.set_theme(theme)
        for empty in self._empties:
            empty.set_theme(theme)
        self.bar.set_theme(theme)
        self._show_warnings(tuple(self._told()))

    # inside

    def _basis(self) -> str:
        tried = self._tried
        if tried.state == "trying" and (tried.total or not tried.preview):
            return workshop.progress(tried)
        if tried.preview is None:
            return tried.sentence
        told = workshop.basis(tried.preview, known=self._known)
        return f"{told} Stopped." if tried.state == "stopped" else told

    def _told(self) -> Sequence[str]:
        return [self.warnings.item(n).text() for n in range(self.warnings.count())]

    def _show_warnings(self, told: Sequence[str]) -> None:
        self.warnings.clear()
        self.warnings.addItems(told)
        sign = icons.icon("triangle-alert", self._theme.bad, 15)
        for number in range(len(told)):
            self.warnings.item(number).setIcon(sign)
            self.warnings.item(number).setToolTip(told[number])

    def _show_tabs(self) -> None:
        fresh = sum(bool(one.articles) for one in self._advice.suggestions)
        counts = (0, fresh, self.warnings.count())
        for at, (label, count) in enumerate(zip(_TABS, counts, strict=True)):
            self.tabs.setTabText(at, f"{label} · {count}" if count else label)
        filled = (
            self.samples.samples.rowCount(), self.suggestions.suggestions.rowCount(), counts[2]
        )  # fmt: skip
        for stack, full in zip(self._stacks, filled, strict=True):
            stack.setCurrentIndex(1 if full else 0)
        self._show_empties()
        self.how.setText(_HOW[self.tabs.currentIndex()] if self._full() else "")

    def _full(self) -> bool:
        return self._stacks[self.tabs.currentIndex()].currentIndex() == 1

    def _show_empties(self) -> None:
        icon, title, sentence = _EMPTY[self._tried.state]
        self._empties[SAMPLES].show_words(icon, title, sentence)
        icon, title, sentence = _NO_ADVICE[self._advice.state]
        self._empties[SUGGESTIONS].show_words(icon, title, self._advice.sentence or sentence)
        if self._tried.state == "done":
            icon, title, sentence = "check", "No warnings", "Nothing speaks against saving it."
        else:
            icon, title, sentence = _EMPTY[self._tried.state]
        self._empties[WARNINGS].show_words(icon, title, sentence)

    def _turn(self, at: int) -> None:
        self._pages.setCurrentIndex(at)
        self._show_tabs()

    def _connect(self) -> None:
        self.stop.clicked.connect(self.stop_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.tabs.currentChanged.connect(self._turn)

    def _lay_out(self) -> None:
        self.figure.setFont(fonts.ui(20, 650))
        self.basis.setFont(fonts.ui(12, 400))
        self.basis.setProperty("ink", "text2")
        self.basis.setWordWrap(True)
        self.basis.setTextFormat(Qt.TextFormat.PlainText)
        self.how.setFont(fonts.ui(11, 400))
        self.how.setProperty("ink", "text3")
        for button in (self.stop, self.again):
            button.setAutoDefault(False)
        self.warnings.setWordWrap(True)
        self.warnings.setFrameShape(QFrame.Shape.NoFrame)
        self.warnings.setStyleSheet("QListWidget { border: none; background: transparent; }")
        self.warnings.setAccessibleName("Warnings")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(self._head())
        rows.addWidget(self.bar.room())
        rows.addWidget(self.chart)
        rows.addLayout(self._tab_row())
        rows.addWidget(self._stacked(), 1)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.figure)
        words.addWidget(self.basis)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _tab_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.how)
        return row

    def _stacked(self) -> QStackedWidget:
        self._pages, self._stacks = QStackedWidget(self), []
        lists = (self.samples, self.suggestions, self.warnings)
        for empty, shown in zip(self._empties, lists, strict=True):
            stack = QStackedWidget(self)
            stack.addWidget(empty)
            stack.addWidget(shown)
            self._stacks.append(stack)
            self._pages.addWidget(stack)
        return self._pages
