"""What stands over the rows of the inbox: filters, how good a saved search is, what would help it.

It says what the user asked for; it changes nothing itself.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.alert import Precision, Suggestion
from reader.domain.search import SavedLine, SavedSearch
from reader.gui import fonts, icons, words
from reader.gui.actions import Actions
from reader.gui.models.inbox import VERDICTS, InboxFilter, percent, share
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.inbox_chart import InboxChart
from reader.gui.views.parts import IconButton, Line, ground

_EVERY = "All saved searches"


class InboxBar(QWidget):
    saved_chosen = Signal(int)
    """Only the alerts of this saved search, by id; 0 for all."""
    change_wanted = Signal(object)
    """The `Suggestion` whose query is to be looked at."""
    edit_wanted = Signal(int)
    """A saved search that cannot be run, by id."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._known: list[SavedLine] = []
        self._filter = InboxFilter()
        self.segments = [_segment(actions, name) for name in VERDICTS]
        self.unseen = IconButton.of(actions["inbox_unseen"], "bell")
        self.choice = _Choice(self)
        self.precision, self.chart = Line(12, 500, "text2"), InboxChart()
        self.advice = _Advice("info", "text2", "Change the search…", self)
        self.broken = _Advice("triangle-alert", "bad", "Mend it…", self)
        self._lay_out()
        self._suggestion: Suggestion | None = None
        self.choice.activated.connect(self._choose)
        self.advice.button.clicked.connect(lambda: self.change_wanted.emit(self._suggestion))
        self.broken.button.clicked.connect(lambda: self.edit_wanted.emit(self._broken()[0].id))
        for hidden in (self.advice, self.broken, self._figures, self):
            hidden.hide()

    def _lay_out(self) -> None:
        ground(self, "list")
        first = QHBoxLayout()
        first.setSpacing(2)
        for segment in self.segments:
            first.addWidget(segment)
        first.addStretch(1)
        first.addWidget(self.unseen)
        self._figures = QWidget(self)
        figures = QHBoxLayout(self._figures)
        figures.setContentsMargins(4, 2, 2, 2)
        figures.addWidget(self.precision, 1)
        figures.addWidget(self.chart)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 7, 16, 8)
        rows.setSpacing(5)
        rows.addLayout(first)
        for row in (self.choice, self._figures, self.advice, self.broken):
            rows.addWidget(row)

    # what it can be told

    def show_filter(self, wanted: InboxFilter) -> None:
        self._filter = wanted
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(max(0, self.choice.findData(wanted.saved)))
        self._show_broken()

    def show_saved(self, lines: Sequence[SavedLine]) -> None:
        """The saved searches to choose from, with how they have been judged so far."""
        known = [*lines]
        if known == self._known:
            return
        self._known = known
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(_EVERY, 0)
            for line in known:
                self.choice.addItem(_label(line), line.saved.id)
        self.show_filter(self._filter)

    def show_precision(self, found: Precision | None) -> None:
        """Of the saved search that is chosen; None while it is not known, or there is none."""
        said = share(found.kept, found.noise) if found else ""
        self.precision.set_text(said or "Not judged yet: press K to keep, N for noise.")
        self.chart.show_weeks(found.weeks if found else ())
        self.chart.setVisible(bool(said))
        self._figures.setVisible(found is not None)

    def show_suggestion(self, found: Suggestion | None) -> None:
        self._suggestion = found
        self.advice.say(found.sentence if found else "", found.query if found else "")

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many articles each of VERDICTS would list."""
        for segment, name in zip(self.segments, VERDICTS, strict=True):
            action = segment.defaultAction()
            short, amount = action.property("short"), counts.get(name, 0)
            action.setIconText(f"{short}  {_short(amount)}" if amount else short)
            segment.setAccessibleName(f"{action.text()}: {words.counted(amount, 'article')}")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.unseen, self.precision, self.chart, self.advice, self.broken):
            part.set_theme(theme)

    # inside

    def _broken(self) -> list[SavedSearch]:
        """Those that cannot be run, among what is looked at."""
        saved = [line.saved for line in self._known if line.saved.broken]
        return [one for one in saved if self._filter.saved in (0, one.id)]

    def _show_broken(self) -> None:
        broken = self._broken()
        said = f"“{broken[0].name}” finds nothing any more: {broken[0].broken}" if broken else ""
        more = f" {words.number(len(broken) - 1)} more cannot be run." if len(broken) > 1 else ""
        self.broken.say(said + more)

    def _choose(self, number: int) -> None:
        self.saved_chosen.emit(int(self.choice.itemData(number)))


def _segment(actions: Actions, name: str) -> QToolButton:
    made = QToolButton()
    action = actions[f"inbox_{name}"]
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    made.setAccessibleName(action.text())
    made.setFont(fonts.ui(12, 500))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


class _Choice(QComboBox):
    closed = Signal()
    """Its list was on show, and is not any more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Alerts of which saved search")
        self.setToolTip("Only the alerts of one saved search")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(20)
        self.addItem(_EVERY, 0)

    def hidePopup(self) -> None:
        super().hidePopup()
        self.closed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Whoever scrolls past it does not mean it."""
        event.ignore()


def _short(amount: int) -> str:
    """In as much room as four buttons in a row have."""
    return words.number(amount) if amount < 10_000 else f"{amount // 1000}k"


def _label(line: SavedLine) -> str:
    judged = f" · {percent(line.kept, line.noise)}" if line.kept + line.noise else ""
    return f"{line.saved.name}{judged}{' · cannot be run' if line.saved.broken else ''}"


class _Advice(QWidget):
    """A sentence in as many lines as it needs, and what can be done about it."""

    def __init__(self, icon: str, colour: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._colour = icon, colour
        self._sign, self.label = QLabel(), QLabel()
        self.label.setWordWrap(True)
        self.label.setFont(fonts.ui(12))
        self.label.setProperty("ink", "text2")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(text)
        self.button.setProperty("kind", "quiet")
        self.button.setFont(fonts.ui(12, 500))
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.label.setContentsMargins(5, 0, 0, 0)
        self.button.setStyleSheet("padding: 1px 4px; min-height: 18px;")
        self._sign.setFixedSize(QSize(14, 20))

    def say(self, text: str, tip: str = "") -> None:
        """ "" hides it."""
        self.label.setText(text)
        self.button.setToolTip(tip)
        self.button.setAccessibleName(f"{self.button.text().rstrip('…')}: {text}")
        self.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        ratio = self.devicePixelRatioF()
        colour = getattr(theme, self._colour)
        self._sign.setPixmap(icons.pixmap(self._icon, colour, 14, ratio))
