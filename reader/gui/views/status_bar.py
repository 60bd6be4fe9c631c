"""The bottom of the window: how fresh the feeds are, what needs attention, what is going on."""

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from reader.domain.library import Totals
from reader.gui import fonts, words
from reader.gui.actions import Actions
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import IconButton, Line, Surface

_SHOWN = 8_000
"""Milliseconds that a message stays."""


class StatusBar(Surface):
    message_over = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._theme, self._sound, self._bad = LIGHT, True, False
        self.setFixedHeight(30)
        self.feeds = Line(12, 400, "text2")
        self.attention = _Attention()
        self.trouble = _Trouble()
        self.waiting = _Waiting()
        self.message = Line(12, 400, "text2")
        self.progress = Progress()
        self.stop = IconButton.of(actions["stop"], "x")
        self.library = Line(12, 400, "text3")
        self.attention.clicked.connect(actions["problems"].trigger)
        self.trouble.clicked.connect(actions["channels"].trigger)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_message)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 0, 18, 0)
        row.setSpacing(12)
        for part, stretch in (
            (self.feeds, 0), (self.attention, 0), (self.trouble, 0), (self.waiting, 0),
            (self.progress, 0), (self.stop, 0), (self.message, 1), (self.library, 0),
        ):  # fmt: skip
            row.addWidget(part, stretch, Qt.AlignmentFlag.AlignVCenter)
        self.stop.setFixedSize(22, 22)
        self.show_idle()

    def show_totals(self, totals: Totals) -> None:
        now = datetime.now(UTC)
        fresh = f", updated {words.moment(totals.last_refresh, now)}" if totals.last_refresh else ""
        text = f"{words.counted(totals.feeds, 'feed')}{fresh}" if totals.feeds else "No feeds yet"
        fit(self.feeds, text)
        self.attention.say(totals.failing)
        amount = words.counted(totals.articles, "article")
        waiting = f" · {words.number(totals.to_index)} to index" if totals.to_index else ""
        fit(self.library, f"{amount} · {words.size(totals.bytes_on_disk)} on disk{waiting}")
        self._sound = totals.failing == 0
        self.update()

    def show_trouble(self, sentence: str) -> None:
        """Why alerts do not arrive; "" when they do."""
        self.trouble.say(sentence)

    def show_progress(self, done: int, total: int, failed: int, label: str) -> None:
        self.progress.say(done, total, failed, label)
        self.progress.show()
        self.stop.show()

    def show_idle(self) -> None:
        self.progress.hide()
        self.stop.hide()

    def say(self, text: str, *, bad: bool = False) -> None:
        """A message for some seconds; one that says what went wrong stays until the next, or until
        `forget_problem`."""
        self._bad = bad
        self.message.set_text(text)
        self.message.set_colour("bad" if bad else "text2")
        self._timer.stop()
        if not bad:
            self._timer.start(_SHOWN)

    def forget_problem(self) -> None:
        """It was about something that is on show no more."""
        if self._bad:
            self.clear_message()

    def clear_message(self) -> None:
        self._bad = False
        self.message.set_text("")
        self.message_over.emit()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (
            self.feeds, self.attention, self.trouble, self.waiting, self.message, self.progress,
            self.stop, self.library,
        ):  # fmt: skip
            part.set_theme(theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.ok if self._sound else self._theme.bad
        paint.rounded(painter, QRectF(18, self.height() / 2 - 3.2, 6.4, 6.4), 3.2, colour)
        painter.end()


class Progress(QWidget):
    """What is going on in words, and a thin bar of how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self._theme, self._label, self._done, self._total = LIGHT, "", 0, 0
        self.setFixedHeight(22)

    def say(self, done: int, total: int, failed: int, label: str) -> None:
        """`total` 0: it is not known how much there is to do."""
        self._done, self._total = done, total
        amount = f" {words.number(done)} of {words.number(total)}" if total else ""
        bad = f", {words.number(failed)} failed" if failed else ""
        self._label = f"{label or 'Refreshing'}{amount}{bad}"
        self.setAccessibleName(self._label)
        wide = paint.width(self._label, fonts.ui(12))
        self.setFixedWidth(round(wide) + 164)
        self.update()

    def label(self) -> str:
        return self._label

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words_box = QRectF(0, 0, self.width() - 160, self.height())
        paint.line_of_text(painter, words_box, self._label, fonts.ui(12), self._theme.text2)
        bar = QRectF(self.width() - 150, self.height() / 2 - 2.5, 150, 5)
        paint.rounded(painter, bar, 2.5, self._theme.track)
        if self._total:
            part = min(1.0, self._done / self._total)
            bar.setWidth(max(5.0, 150 * part))
            paint.rounded(painter, bar, 2.5, self._theme.selection_bar)
        painter.end()


class _Told(QPushButton):
    """Something to be seen to; a click leads there. Not there while nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._colour(theme, theme.bad.name())

    def _colour(self, theme: Theme, ink: str) -> None:
        self.setStyleSheet(
            f"QPushButton {{ color: {ink}; background: transparent; border: none; padding: 2px 4px;"
            f" font-size: 12px; border-radius: 4px; }} QPushButton:hover {{ background:"
            f" {theme.hover.name()}; }} QPushButton:focus {{ border: 1px solid {ink}; }}"
        )


class _Waiting(_Told):
    """A dialog that was put away; a click opens it again."""

    def say(self, title: str) -> None:
        self.setText(f"Back to “{title}”".replace("&", "&&"))
        self.setToolTip("It waits as you left it  (Alt+Left)")
        self.setAccessibleName(f"Back to “{title}”")
        self.setVisible(bool(title))

    def set_theme(self, theme: Theme) -> None:
        self._colour(theme, theme.accent.name())


class _Trouble(_Told):
    """Alerts that do not arrive; a click shows the channels."""

    def say(self, sentence: str) -> None:
        self.setText("Alerts are held up")
        self.setToolTip(sentence)
        self.setAccessibleName(f"Alerts are held up. {sentence}")
        self.setVisible(bool(sentence))


class _Attention(_Told):
    """How many feeds fail; a click lists them."""

    def say(self, failing: int) -> None:
        self.setText(f"{words.number(failing)} need{'s' if failing == 1 else ''} attention")
        self.setAccessibleName(f"{words.counted(failing, 'feed')} could not be read")
        self.setVisible(failing > 0)


def fit(line: Line, text: str) -> None:
    """As wide as its words, so that the message has the rest."""
    line.set_text(text)
    line.setFixedWidth(round(paint.width(text, line.font_used())) + 4)
