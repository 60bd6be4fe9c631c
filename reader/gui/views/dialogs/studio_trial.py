"""What a query would have found so far: figures, a chart, remarks, and samples to judge."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.domain.alert import AS_USUAL, AlertRule
from reader.gui import fonts
from reader.gui.models import trial
from reader.gui.models.samples import SampleModel
from reader.gui.models.trial import Trial
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.dialogs.studio_chart import HitChart
from reader.gui.views.dialogs.studio_samples import SampleList
from reader.gui.views.parts import EmptyState

_HOW = "K keeps a sample, N is noise, Return opens it in full."
_TRYING = "Trying it out…"
_LONGEST = 60
"""Characters of a query on a button."""
_EMPTY = {
    "empty": ("search", "Nothing to try out yet", "Write what to search for."),
    "trying": ("search", _TRYING, "Every article of the library is looked at."),
    "refused": ("circle-alert", "This cannot be searched for", ""),
    "failed": ("triangle-alert", "It could not be tried out", ""),
    "none": ("inbox", "No samples", ""),
}  # fmt: skip


class TrialPanel(QWidget):
    again_wanted = Signal()
    meant = Signal(str)
    """The query that was meant instead."""

    def __init__(self, model: SampleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = LIGHT
        self._trial = Trial()
        self._besides, self._before = "", ""
        self._alert, self._rule = False, AS_USUAL
        self.figure, self.basis = _label(20, 650, "text"), _label(12, 400, "text2")
        self.chart, self.samples = HitChart(self), SampleList(model, self)
        self.flood, self.remarks = _label(12, 500, ""), _label(12, 400, "text2")
        self.samples_title, self.precision = _label(13, 600, "text"), _label(12, 500, "text2")
        self.how = _label(11, 400, "text3")
        self.empty = EmptyState(self)
        self.again = QPushButton("Try &again", self)
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self.again_wanted)
        self._lay_out()
        self.show_judged(0, 0)
        self.show_trial(Trial())

    # what it shows

    def show_trial(self, shown: Trial) -> None:
        """Figures stay, faded, until newer ones are there."""
        self._trial = shown
        tried = shown.tried
        self.chart.set_faded(on=shown.state == "trying")
        self.chart.show_bars(trial.charted(tried.days) if tried else ())
        self.chart.setVisible(bool(tried and tried.days))
        self.again.setVisible(shown.state == "failed")
        self._tell()
        if tried is not None and tried.samples:
            self._stack.setCurrentWidget(self._judging)
        else:
            self._show_empty(shown)

    def show_meant(self, queries: Sequence[str]) -> None:
        """What would have hits, in place of the query on show, which has none."""
        actions = [self._action(query) for query in queries]
        title, sentence = self.empty.title(), self.empty.sentence()
        self.empty.show_words("inbox", title, f"{sentence} Did you mean:", actions)

    def _action(self, query: str) -> QAction:
        short = query if len(query) <= _LONGEST else f"{query[:_LONGEST]}…"
        action = QAction(short.replace("&", "&&"), self.empty)
        action.triggered.connect(lambda: self.meant.emit(query))
        return action

    def show_rule(self, *, alert: bool, rule: AlertRule) -> None:
        """How the alert is to behave: what is too much depends on it."""
        self._alert, self._rule = alert, rule
        self._tell()

    def show_judged(self, kept: int, noise: int) -> None:
        self.precision.setText(trial.precision(kept, noise))
        self.precision.setToolTip("As sure as one can be from so few: 95 times of 100.")

    def set_search(self, name: str, kept: int, noise: int) -> None:
        """The saved search that is being edited, and how its hits were judged before."""
        self._besides = name
        before = trial.precision(kept, noise)
        self._before = f"In the inbox: {before}." if before else ""
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.chart, self.samples, self.empty):
            part.set_theme(theme)
        self.flood.setStyleSheet(f"color: {theme.bad.name()};")

    # inside

    def _tell(self) -> None:
        shown, tried = self._trial, self._trial.tried
        waiting = shown.sentence or _TRYING if shown.state == "trying" else ""
        self.figure.setText(trial.headline(tried) if tried else "")
        if tried is None:
            self._say("", "", ())
            return
        basis = waiting or trial.explained(tried, each_outlet=self._rule.each_outlet)
        flood = trial.flood(tried, alert=self._alert, rule=self._rule)
        remarks = (*tried.slow, *trial.overlaps(tried, self._besides), self._before)
        self._say(basis, flood, remarks)

    def _say(self, basis: str, flood: str, remarks: Sequence[str]) -> None:
        told = " ".join(filter(None, remarks))
        for label, text in ((self.basis, basis), (self.flood, flood), (self.remarks, told)):
            label.setText(text)
            label.setVisible(bool(text))
        self.remarks.setToolTip("\n".join(filter(None, remarks)))
        self.figure.setVisible(bool(self.figure.text()))

    def _show_empty(self, shown: Trial) -> None:
        icon, title, sentence = _EMPTY["none" if shown.state == "done" else shown.state]
        if shown.tried is not None and shown.state == "done":
            title = trial.headline(shown.tried)
            sentence = trial.explained(shown.tried, each_outlet=False)
            self.figure.hide()
            self.basis.hide()
        self.empty.show_words(icon, title, shown.sentence or sentence)
        self._stack.setCurrentWidget(self._nothing)

    def _lay_out(self) -> None:
        figures = QVBoxLayout()
        figures.setSpacing(5)
        for label in (self.figure, self.basis):
            figures.addWidget(label)
        figures.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(20)
        top.addLayout(figures, 2)
        top.addWidget(self.chart, 3)
        self._judging, self._nothing = self._samples(), QWidget(self)
        column = QVBoxLayout(self._nothing)
        column.addWidget(self.empty, 1)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignHCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._judging)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(7)
        rows.addLayout(top)
        for label in (self.flood, self.remarks):
            rows.addWidget(label)
        rows.addWidget(self._stack, 1)

    def _samples(self) -> QWidget:
        made = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(12)
        self.samples_title.setText("Sa&mples")
        self.samples_title.setTextFormat(Qt.TextFormat.AutoText)
        self.samples_title.setBuddy(self.samples)
        self.how.setText(_HOW)
        for label in (self.samples_title, self.precision):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            label.setWordWrap(False)
        head.addWidget(self.samples_title)
        head.addWidget(self.how, 1)
        head.addWidget(self.precision)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.samples, 1)
        return made


def _label(px: int, weight: int, ink: str) -> QLabel:
    made = QLabel()
    made.setFont(fonts.ui(px, weight))
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("ink", ink)
    made.setMinimumWidth(0)
    return made
