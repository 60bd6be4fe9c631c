"""How alerts leave the program: every channel on a page of its own, with its state and a test."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from reader.gui.views.dialogs import channels_pages as pages
from reader.gui.views.dialogs.channels_pages import Page
from reader.gui.views.dialogs.question import Question

_WIDE, _HIGH, _LIST = 720, 520, 190


class ChannelsDialog(Question):
    """It shows what it is told, and asks: for saving, and for a test with what was saved."""

    save_wanted = Signal(object, object)
    """Values of settings by name, and passwords by channel (None: forget it)."""
    test_wanted = Signal(str)
    """A channel; what was edited is to be saved first."""
    retry_wanted = Signal(str)
    drop_wanted = Signal(str)
    """What this channel refused."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "Alert channels", "Save")
        self.setMinimumSize(_WIDE, _HIGH)
        self.pages: dict[str, Page] = {
            "Desktop": pages.desktop(), "E-mail": pages.email(), "Webhook": pages.webhook(),
            "Command": pages.command(), "Quiet hours and digests": pages.times(),
        }  # fmt: skip
        self.list, self.stack = QListWidget(), QStackedWidget()
        self.list.setAccessibleName("Channels")
        self.list.setFixedWidth(_LIST)
        self._edited = False
        for title, page in self.pages.items():
            item = QListWidgetItem(title)
            item.setSizeHint(QSize(0, 34))
            self.list.addItem(item)
            self.stack.addWidget(page)
            page.edited.connect(self._touched)
            page.test_wanted.connect(self.test_wanted)
            page.refused.retry.clicked.connect(
                lambda _=False, name=page.channel: self.retry_wanted.emit(name)
            )
            page.refused.drop.clicked.connect(
                lambda _=False, name=page.channel: self.drop_wanted.emit(name)
            )
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.fields.addLayout(row)
        self.list.setCurrentRow(0)
        self.main.setEnabled(False)
        self.list.setFocus()

    def page(self, channel: str) -> Page:
        """ "" has the times."""
        return next(page for page in self.pages.values() if page.channel == channel)

    def choose(self, channel: str) -> None:
        self.list.setCurrentRow(self.stack.indexOf(self.page(channel)))

    @property
    def edited(self) -> bool:
        return self._edited

    def values(self) -> dict[str, Any]:
        return {n: value for page in self.pages.values() for n, value in page.values().items()}

    def passwords(self) -> dict[str, str | None]:
        """Those that were typed, or are to be forgotten."""
        fields = {p.channel: p.password.value() for p in self.pages.values() if p.password}
        return {channel: typed for channel, typed in fields.items() if typed != ""}

    def show_values(self, values: Mapping[str, Any], kept: frozenset[str]) -> None:
        """What is saved: settings by name, and the channels with a password."""
        for page in self.pages.values():
            page.show_values(values, kept=page.channel in kept)
        self._edited = False
        self.main.setEnabled(False)
        self.complain("")

    def show_faults(self, faults: Mapping[str, str]) -> bool:
        """True when there are any; their page is turned to."""
        wrong = [page for page in self.pages.values() if page.show_faults(faults)]
        if wrong and self.stack.currentWidget() not in wrong:
            self.list.setCurrentRow(self.stack.indexOf(wrong[0]))
        return bool(wrong)

    def show_state(self, channel: str, sentence: str, *, bad: bool) -> None:
        page = self.page(channel)
        page.show_state(sentence, bad=bad)
        self._sign(page, sentence if bad else "")

    def show_refused(self, channel: str, sentence: str) -> None:
        """Alerts that it will not take; "" for none."""
        page = self.page(channel)
        page.refused.say(sentence)
        if sentence:
            self._sign(page, sentence)

    def _sign(self, page: Page, sentence: str) -> None:
        """Whether a channel has trouble, in the list of all."""
        item = self.list.item(self.stack.indexOf(page))
        title = next(title for title, one in self.pages.items() if one is page)
        item.setText(f"{title}  ⚠" if sentence else title)
        told = f"{title}, has trouble. {sentence}" if sentence else title
        item.setData(Qt.ItemDataRole.AccessibleTextRole, told)

    def confirm(self) -> None:
        self.save_wanted.emit(self.values(), self.passwords())

    def _touched(self) -> None:
        self._edited = True
        self.main.setEnabled(True)
