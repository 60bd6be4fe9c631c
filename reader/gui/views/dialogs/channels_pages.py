"""The pages of the channels' dialog: what each channel needs, and how it is doing."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from reader.gui.views.dialogs.channels_fields import (
    ChoiceField,
    Field,
    HoursField,
    PasswordField,
    TextField,
    arguments,
    listed,
    whole,
)

_SECURITY = (("starttls", "STARTTLS"), ("tls", "TLS"), ("none", "Not encrypted"))
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = 24


class Page(QWidget):
    """Fields of the settings, a password maybe, and a test. `channel` is "" for the times."""

    edited = Signal()
    test_wanted = Signal(str)

    def __init__(
        self, channel: str, about: str, rows: Sequence[Sequence[Field]],
        password: PasswordField | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.channel, self.password = channel, password
        self.fields = [f for row in rows for f in row if f is not password]
        self.state = _label("")
        self.state.setVisible(bool(channel))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(_label(about, "hint"))
        column.addWidget(self.state)
        self.refused = _Refused()
        column.addWidget(self.refused)
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(12)
            for field in row:
                line.addWidget(
                    field, 2 if field is row[0] and len(row) > 2 else 1, Qt.AlignmentFlag.AlignTop
                )
            column.addLayout(line)
        for field in (f for row in rows for f in row):
            field.edited.connect(lambda field=field: self._edited(field))
        column.addStretch(1)
        self.testing = _Test()
        self.testing.setVisible(bool(channel))
        self.testing.button.clicked.connect(lambda: self.test_wanted.emit(self.channel))
        column.addWidget(self.testing)

    def values(self) -> dict[str, Any]:
        return {field.name: field.value() for field in self.fields}

    def show_values(self, values: Mapping[str, Any], *, kept: bool) -> None:
        for field in self.fields:
            field.show_value(values[field.name])
            field.show_fault("")
        if self.password is not None:
            self.password.show_value(kept)
            self.password.show_fault("")

    def show_faults(self, faults: Mapping[str, str]) -> bool:
        """Beside the fields they are about; the first of them gets the focus. Whether any is."""
        fields = [*self.fields, *([self.password] if self.password else [])]
        for field in fields:
            field.show_fault(faults.get(field.name, ""))
        wrong = [field for field in fields if field.name in faults]
        if wrong:
            wrong[0].take_focus()
        return bool(wrong)

    def show_state(self, sentence: str, *, bad: bool) -> None:
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))
        self.state.setObjectName("problem" if bad else "state")
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)

    def _edited(self, field: Field) -> None:
        field.show_fault("")
        self.testing.clear()
        self.edited.emit()


class _Refused(QWidget):
    """What a receiver will not take, and what a person can have done with it."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = _label("", "problem")
        self.retry, self.drop = QPushButton("Try again"), QPushButton("Drop them")
        self.drop.setToolTip("They stay in the inbox")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.retry, self.drop):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addLayout(row)
        self.hide()

    def say(self, sentence: str) -> None:
        """ "" hides it."""
        self.sentence.setText(sentence)
        for button in (self.retry, self.drop):
            button.setAccessibleName(f"{button.text()}: {sentence}")
        self.setVisible(bool(sentence))


class _Test(QWidget):
    """The button, what goes on, and what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("Send a test")
        self.button.setAutoDefault(False)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedSize(90, 5)
        self.answer = _label("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.busy, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.answer, 1, Qt.AlignmentFlag.AlignVCenter)
        self.clear()

    def clear(self) -> None:
        self._show("", busy=False)

    def begin(self) -> None:
        self._show("Sending…", busy=True)

    def end(self, sentence: str, *, bad: bool) -> None:
        self._show(sentence, busy=False, bad=bad)

    def _show(self, sentence: str, *, busy: bool, bad: bool = False) -> None:
        self.button.setEnabled(not busy)
        self.busy.setVisible(busy)
        self.answer.setText(sentence)
        self.answer.setAccessibleName(sentence)
        self.answer.setObjectName("problem" if bad else "state")
        self.answer.style().unpolish(self.answer)
        self.answer.style().polish(self.answer)


def _label(text: str, kind: str = "state") -> QLabel:
    made = QLabel(text)
    made.setObjectName(kind)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def desktop() -> Page:
    return Page("desktop", "By the notifications of this desktop, while the program runs; "
                "where there are none, by its icon in the tray.", ())  # fmt: skip


def email() -> Page:
    password = PasswordField("email.password", "Pass&word", "Kept in the system's keyring.")
    return Page("email", "One message for all that is due at a time.", (
        (TextField("email.host", "&Server", example="smtp.news.example"),
         TextField("email.port", "P&ort", read=whole),
         ChoiceField("email.security", "&Encryption", _SECURITY)),
        (TextField("email.user", "&User", "Empty where no login is needed."), password),
        (TextField("email.to", "&To", "Several with a comma between.",
                   example="desk@news.example", read=listed, write=", ".join),),
        (TextField("email.sender", "&From", "Empty: the first of those it goes to.",
                   example="reader@news.example"),),
    ), password)  # fmt: skip


def webhook() -> Page:
    password = PasswordField(
        "webhook.password", "&Secret", "Each request is signed with it; empty: not signed."
    )
    return Page("webhook", "A request with the alerts as JSON, to an address of yours.", (
        (TextField("webhook.url", "&Address", example="https://news.example/alerts"),),
        (password,),
    ), password)  # fmt: skip


def command() -> Page:
    return Page("command", "A program of yours is given the alerts as JSON on its standard input.",
                ((TextField("command.argv", "&Program and arguments",
                            "As in a terminal; nothing is expanded, no shell is involved.",
                            example="notify-team --channel news", read=arguments,
                            write=shlex.join),),))  # fmt: skip


def times() -> Page:
    hours = [(hour, f"{hour:02d}:00") for hour in range(_DAY)]
    return Page("", "For all saved searches that have no times of their own.", (
        (HoursField("alerts.quiet", "Quiet hours", "Deliver nothing from",
                    "What fires then waits and comes at their end; high priority does not wait."),),
        (ChoiceField("alerts.digest_hour", "&Digests come at", hours),
         ChoiceField("alerts.digest_weekday", "&Weekly ones on",
                     [(day, day.capitalize()) for day in _DAYS])),
        (TextField("alerts.max_age_hours", "&Oldest article that alerts, in hours",
                   "What was published longer ago raises no alert.", read=whole),),
    ))  # fmt: skip
