"""Adding a feed: an address and a folder; a page that announces several feeds lets one choose."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QWidget,
)

from reader.domain.subscribe import SubscribeReport
from reader.gui.views.dialogs.question import Question, completer

_URL = Qt.ItemDataRole.UserRole


_MOST_OF_THEM = 210
"""Pixels that the announced feeds may take before they scroll."""


class AddFeedDialog(Question):
    """Stays open until the feed is there; `show_report` tells it what became of the address."""

    subscribe_requested = Signal(str, str)  # address, folder

    def __init__(self, parent: QWidget | None = None, folders: Sequence[str] = ()) -> None:
        super().__init__(parent, "Add a feed", "Add feed")
        self.address, self.folder = QLineEdit(self), QLineEdit(self)
        self.address.setPlaceholderText("https://…")
        self.address.setClearButtonEnabled(True)
        self.folder.setPlaceholderText("None")
        self.folder.setCompleter(completer(folders, self))
        self.add("&Address", self.address, "The feed itself, or a page that announces one.")
        self.add("&Folder", self.folder, "Folders can lie in folders: “Mediterranean/Libya”.")
        self.choices = QListWidget(self)
        self.choices.setAccessibleName("Feeds this page announces")
        self.choices.itemActivated.connect(lambda _item: self.confirm())
        self.busy = QProgressBar(self)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(4)
        self.busy.setAccessibleName("Looking at the address")
        self._announced = self.hint("")
        for widget in (self._announced, self.choices, self.busy):
            self.fields.addWidget(widget)
            widget.hide()
        self.address.textEdited.connect(self._address_edited)
        self._address_edited()
        self.address.setFocus()

    def confirm(self) -> None:
        url = self._chosen() or self.address.text().strip()
        if not url:
            self.complain("Type the address of a feed or of a web page.")
            return
        self.complain("")
        self._wait(waiting=True)
        folder = "/".join(filter(None, map(str.strip, self.folder.text().split("/"))))
        self.subscribe_requested.emit(url, folder)

    def show_report(self, report: SubscribeReport) -> None:
        """Closes when the feed was added; else says what to do."""
        self._wait(waiting=False)
        if report.error:
            self.show_error(report.error)
        elif report.choices:
            self._offer(report.choices)
        elif report.known:
            self.complain(f"You already follow “{report.title or report.subscribed}”.")
        else:
            self.accept()

    def show_error(self, sentence: str) -> None:
        self._wait(waiting=False)
        self.complain(sentence)
        self.address.setFocus()
        self.address.selectAll()

    def _offer(self, choices: Sequence[tuple[str, str]]) -> None:
        self.choices.clear()
        for url, title in choices:
            item = QListWidgetItem(f"{title}\n{url}" if title else url)
            item.setData(_URL, url)
            self.choices.addItem(item)
        high = sum(self.choices.sizeHintForRow(row) for row in range(len(choices)))
        self.choices.setFixedHeight(min(_MOST_OF_THEM, high + 2 * self.choices.frameWidth() + 8))
        self.choices.setCurrentRow(0)
        self._announced.setText(f"This page announces {len(choices)} feeds. Choose one:")
        self._announced.show()
        self.choices.show()
        self.choices.setFocus()

    def _chosen(self) -> str:
        item = self.choices.currentItem()
        return str(item.data(_URL)) if item and not self.choices.isHidden() else ""

    def _address_edited(self) -> None:
        self.complain("")
        self._announced.hide()
        self.choices.hide()
        self.main.setEnabled(bool(self.address.text().strip()))

    def _wait(self, *, waiting: bool) -> None:
        self.busy.setVisible(waiting)
        self.main.setEnabled(not waiting)
        self.main.setText("Looking…" if waiting else "Add feed")
        self.address.setReadOnly(waiting)
        self.folder.setReadOnly(waiting)
