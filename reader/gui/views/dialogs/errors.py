"""Feeds that could not be fetched: what is wrong, since when, and what can be done."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.domain.feed import Feed
from reader.gui.views.dialogs.question import Question
from reader.gui.words import counted, feed_names, moment


class ErrorsDialog(Question):
    """Stays open while feeds are tried again; `show_feeds` brings the news."""

    retry_requested = Signal(tuple)  # subscribed URLs
    remove_requested = Signal(str)

    def __init__(self, parent: QWidget | None, feeds: Sequence[Feed], now: datetime) -> None:
        super().__init__(parent, "Feeds that need attention", "Try all again")
        self.cancel.setText("Close")
        self.setMinimumSize(600, 360)
        self._summary = QLabel(self)
        self._summary.setObjectName("fieldName")
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setMinimumHeight(220)
        self._area.setAccessibleName("Feeds that could not be fetched")
        self.fields.addWidget(self._summary)
        self.fields.addWidget(self._area, 1)
        self._feeds: tuple[Feed, ...] = ()
        self.show_feeds(feeds, now)

    def show_feeds(self, feeds: Sequence[Feed], now: datetime) -> None:
        """Those of them that failed, the longest broken first."""
        self._feeds = tuple(sorted((f for f in feeds if f.error), key=lambda f: _since(f, now)))
        names = feed_names(feeds)
        content = QWidget()
        content.setObjectName("list")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(14)
        for feed in self._feeds:
            column.addWidget(self._row(feed, names[feed.id], now))
        column.addStretch(1)
        self._area.setWidget(content)
        count = len(self._feeds)
        verb = "needs" if count == 1 else "need"
        self._summary.setText(
            f"{counted(count, 'feed')} {verb} attention" if count else "All feeds are in order."
        )
        self.main.setEnabled(bool(count))

    def confirm(self) -> None:
        self.retry_requested.emit(tuple(feed.url for feed in self._feeds))

    def _row(self, feed: Feed, name: str, now: datetime) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(self._words(feed, name, now), 1)
        retry, remove = QPushButton("Try again", made), QPushButton("Remove", made)
        retry.setAccessibleName(f"Try {name} again")
        remove.setAccessibleName(f"Remove {name}")
        retry.clicked.connect(lambda: self.retry_requested.emit((feed.url,)))
        remove.clicked.connect(lambda: self.remove_requested.emit(feed.url))
        for button in (retry, remove):
            button.setAutoDefault(False)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _words(self, feed: Feed, name: str, now: datetime) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        title = QLabel(name)
        title.setObjectName("fieldName")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setToolTip(feed.url)
        error = QLabel(feed.error)
        error.setWordWrap(True)
        error.setTextFormat(Qt.TextFormat.PlainText)
        error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (title, error, self.hint(_when(feed, now))):
            column.addWidget(widget)
        return column


def _since(feed: Feed, now: datetime) -> datetime:
    return feed.error_since or now


def _when(feed: Feed, now: datetime) -> str:
    parts = [f"Since {moment(_since(feed, now), now)}"]
    if feed.failures > 1:
        parts.append(f"tried {feed.failures} times")
    if feed.gone:
        parts.append("not tried any more by itself")
    elif feed.next_fetch and feed.next_fetch > now:
        parts.append(f"next try {moment(feed.next_fetch, now)}")
    return ", ".join(parts)
