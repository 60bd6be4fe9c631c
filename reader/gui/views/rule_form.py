"""How the alert of a saved search behaves: when it tells, by which channels, and when not."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.alert import CHANNELS, PRIORITIES, AlertRule, ChannelState
from reader.domain.due import NO_QUIET
from reader.gui import words
from reader.gui.theme import Theme
from reader.gui.views.parts import Line

OFF = "off"
_WHEN = (
    (OFF, "Off"), ("at once", "At once"), ("hourly", "Every hour, together"),
    ("daily", "Once a day, together"), ("weekly", "Once a week, together"),
)  # fmt: skip
CHANNEL_NAMES = {
    "desktop": "Desktop notification", "email": "E-mail", "webhook": "Webhook",
    "command": "Command",
}  # fmt: skip
SET_UP = {
    "desktop": "Not to be had on this desktop",
    "email": "Not set up: it needs a server and somebody to write to",
    "webhook": "Not set up: it needs an address",
    "command": "Not set up: it needs a program",
}
_OWN = "own"
_QUIET = (("", "As in settings"), (NO_QUIET, "None"), (_OWN, "Own hours"))
_HOUR, _DAY = 60, 24 * 60
_COOLDOWNS = (0, 5, 15, 30, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY)
"""Minutes."""
_AGES = (0, 1, 6, 12, 24, 48, 7 * 24, 30 * 24, 365 * 24)
"""Hours."""


class RuleForm(QWidget):
    """The rule itself is checked by whoever stores it."""

    changed = Signal()
    set_up_wanted = Signal()
    """The channels, which belong to all alerts together."""

    def __init__(self, alert: bool, rule: AlertRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule = rule
        self._states: dict[str, ChannelState] = {}
        self.when = _combo(_WHEN, rule.when if alert else OFF, self)
        self.channels = {name: QCheckBox(CHANNEL_NAMES[name], self) for name in CHANNELS}
        self.notes = {name: Line(11, 400, "text3", self) for name in CHANNELS}
        self.set_up = QPushButton("Se&t up…", self)
        own = rule.quiet not in ("", NO_QUIET)
        self.quiet = _combo(_QUIET, _OWN if own else rule.quiet, self)
        self.hours = QLineEdit(rule.quiet if own else "22:00-07:00", self)
        self.cooldown = _lengths(_COOLDOWNS, rule.cooldown_minutes, 1, "None", self)
        self.max_age = _lengths(_AGES, rule.max_age_hours, _HOUR, "As in settings", self)
        self.priority = _combo([(p, p.capitalize()) for p in PRIORITIES], rule.priority, self)
        self.sound = QCheckBox("Play a &sound", self)
        self.each_outlet = QCheckBox("Also each outlet’s &copy of an article", self)
        self._fill(rule)
        self._lay_out()
        self._explain()
        self._connect()
        self._show_enabled()

    # what it says

    @property
    def alert(self) -> bool:
        return str(self.when.currentData()) != OFF

    def rule(self) -> AlertRule:
        """While the alert is off, `when` is what it was."""
        return replace(
            self._rule,
            when=self.when.currentData() if self.alert else self._rule.when,
            channels=tuple(name for name in CHANNELS if self.channels[name].isChecked()),
            quiet=self._quiet_hours(),
            cooldown_minutes=self.cooldown.currentData(),
            priority=self.priority.currentData(),
            sound=self.sound.isChecked(),
            max_age_hours=self.max_age.currentData(),
            each_outlet=self.each_outlet.isChecked(),
        )

    def _quiet_hours(self) -> str:
        chosen = str(self.quiet.currentData())
        typed = "".join(self.hours.text().split()).replace("–", "-")
        return typed if chosen == _OWN else chosen

    def show_channels(self, states: Sequence[ChannelState]) -> None:
        """Which of them can be used, and which of them have trouble."""
        self._states = {state.name: state for state in states}
        for name, note in self.notes.items():
            state = self._states.get(name)
            told = channel_note(state) if state else ""
            note.set_text(told)
            note.set_colour("bad" if state and state.error else "text3")
            note.setVisible(bool(told))
            self.channels[name].setAccessibleDescription(told)
        self._show_enabled()

    def set_theme(self, theme: Theme) -> None:
        for note in self.notes.values():
            note.set_theme(theme)
        self.setStyleSheet(
            "QPushButton { padding: 2px 8px; font-size: 12px; min-height: 16px; }"
            f"QCheckBox:disabled {{ color: {theme.text3.name()}; }}"
            f"QCheckBox::indicator:disabled {{ background: {theme.track.name()};"
            f" border-color: {theme.track.name()}; }}"
        )

    # the inside

    def _fill(self, rule: AlertRule) -> None:
        for name, box in self.channels.items():
            box.setChecked(name in rule.channels)
        self.sound.setChecked(rule.sound)
        self.each_outlet.setChecked(rule.each_outlet)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(_named("Al&ert", self.when, self))
        column.addSpacing(6)
        column.addLayout(self._heading())
        for name in CHANNELS:
            column.addWidget(self.channels[name])
            row = QHBoxLayout()
            row.setContentsMargins(24, 0, 0, 2)
            row.addWidget(self.notes[name])
            column.addLayout(row)
            self.notes[name].hide()
        column.addSpacing(6)
        column.addLayout(self._details())
        column.addSpacing(4)
        column.addWidget(self.sound)
        column.addWidget(self.each_outlet)
        column.addStretch(1)

    def _heading(self) -> QHBoxLayout:
        self.set_up.setProperty("kind", "quiet")
        self.set_up.setAutoDefault(False)
        self.set_up.setAccessibleName("Set up the channels")
        self.set_up.clicked.connect(self.set_up_wanted)
        row = QHBoxLayout()
        row.addWidget(_label("Besides the inbox, tell me by", self), 1)
        row.addWidget(self.set_up)
        return row

    def _details(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        hours = _named("Ho&urs", self.hours, self)
        pairs = (
            (_named("&Quiet hours", self.quiet, self), hours),
            (_named("Rest &between two", self.cooldown, self),
             _named("&Priority", self.priority, self)),
        )  # fmt: skip
        for row, pair in enumerate(pairs):
            for number, field in enumerate(pair):
                grid.addLayout(field, row, number)
        grid.addLayout(_named("Nothing &older than", self.max_age, self), len(pairs), 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _explain(self) -> None:
        tips = {
            self.quiet: "What fires in quiet hours is delivered, together, at their end.",
            self.hours: "Local time, for example 22:00-07:00.",
            self.cooldown: "The least time between two deliveries; what fires meanwhile comes with "
            "the next.",
            self.priority: "High is delivered in quiet hours, too; low makes no sound.",
            self.max_age: "Articles published longer ago than this fire nothing.",
            self.each_outlet: "Otherwise copies of an article that has fired before stay quiet.",
        }
        for field, told in tips.items():
            field.setToolTip(told)
            field.setAccessibleDescription(told)

    def _connect(self) -> None:
        for choice in (self.when, self.quiet, self.priority, self.cooldown, self.max_age):
            choice.currentIndexChanged.connect(self._tell)
        for box in (*self.channels.values(), self.sound, self.each_outlet):
            box.toggled.connect(self._tell)
        self.hours.textChanged.connect(self._tell)

    def _tell(self) -> None:
        self._show_enabled()
        self.changed.emit()

    def _show_enabled(self) -> None:
        """A channel that is not set up can be taken away, but not chosen."""
        on = self.alert
        for name, box in self.channels.items():
            state = self._states.get(name)
            usable = state is None or state.configured or box.isChecked()
            box.setEnabled(on and usable)
            self.notes[name].setEnabled(on)
        for field in (self.quiet, self.cooldown, self.priority, self.max_age, self.sound,
                      self.each_outlet):  # fmt: skip
            field.setEnabled(on)
        self.hours.setEnabled(on and self.quiet.currentData() == _OWN)


def channel_note(state: ChannelState) -> str:
    """What must be known of a channel before it is relied on; "" when all is well."""
    if not state.configured:
        return SET_UP[state.name]
    return f"Fails now: {state.error}" if state.error else ""


class _Choice(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form is scrolled; nothing is chosen by the way."""
        event.ignore()


def length(minutes: int) -> str:
    """ "45 minutes", "1 hour", "2 days": in the largest unit that gives a whole number."""
    for size, unit in ((_DAY, "day"), (_HOUR, "hour")):
        if minutes % size == 0:
            return words.counted(minutes // size, unit)
    return words.counted(minutes, "minute")


def _lengths(
    offered: Sequence[int], value: int, unit: int, nothing: str, parent: QWidget
) -> QComboBox:
    """Lengths of time in units of so many minutes, `value` among them; 0 is said as `nothing`."""
    known = sorted({*offered, value})
    choices = [(one, length(one * unit) if one else nothing) for one in known]
    return _combo(choices, value, parent)


def _combo(choices: Sequence[tuple[object, str]], chosen: object, parent: QWidget) -> QComboBox:
    made = _Choice(parent)
    for value, name in choices:
        made.addItem(name, value)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _label(text: str, parent: QWidget) -> QLabel:
    made = QLabel(text, parent)
    made.setObjectName("fieldName")
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def _named(label: str, field: QWidget, parent: QWidget) -> QVBoxLayout:
    name = _label(label, parent)
    name.setBuddy(field)
    field.setAccessibleName(label.replace("&", ""))
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(name)
    column.addWidget(field)
    return column
