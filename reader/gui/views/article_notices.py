"""Lines above an article, or instead of one: alerts that fired, images that are off."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reader.domain.alert import Alert
from reader.gui import fonts, icons
from reader.gui.theme import LIGHT, Theme

_WORDS = 6
"""Different words of a query shown for an alert."""


class Notices(QWidget):
    """At most two lines; takes no room when there is nothing to say."""

    images_allowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = LIGHT
        self._bell, self._picture = QLabel(self), QLabel(self)
        self.alerts, images = _sentence(self), _sentence(self)
        images.setText("Images are off for this feed.")
        self.show_images = QPushButton("Show", self)
        self.show_images.setProperty("kind", "quiet")
        self.show_images.setAccessibleName("Show images of this feed")
        self.show_images.clicked.connect(self.images_allowed)
        self._top = _row(self._bell, self.alerts)
        self._below = _row(self._picture, images, self.show_images)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 8, 20, 8)
        column.setSpacing(2)
        column.addWidget(self._top)
        column.addWidget(self._below)
        self.show_alerts(())
        self.offer_images(offer=False)

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        self.alerts.setText("<br>".join(map(_why, alerts)))
        self._top.setVisible(bool(alerts))
        self._settle()

    def offer_images(self, *, offer: bool) -> None:
        self._below.setVisible(offer)
        self._settle()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        ratio = self.devicePixelRatioF()
        self._bell.setPixmap(icons.pixmap("bell", theme.accent, 16, ratio))
        self._picture.setPixmap(icons.pixmap("image-off", theme.text3, 16, ratio))

    def _settle(self) -> None:
        self.setVisible(not (self._top.isHidden() and self._below.isHidden()))


def _why(alert: Alert) -> str:
    words = list(dict.fromkeys(" ".join(span.text.split()) for span in alert.why))
    said = ", ".join(f"“{_plain(word)}”" for word in words[:_WORDS])
    more = f" and {len(words) - _WORDS} more" if len(words) > _WORDS else ""
    because = f": {said}{more}" if said else ""
    return f"Alert <b>{_plain(alert.saved_search)}</b>{because}"


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _sentence(parent: QWidget) -> QLabel:
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def _row(icon: QLabel, text: QLabel, *more: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(9)
    icon.setFixedWidth(16)
    row.addWidget(icon)
    row.addWidget(text, 1)
    for widget in more:
        row.addWidget(widget)
    return made


class NothingChosen(QWidget):
    """The reading side before an article is chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._sentence = "Choose an article to read it here."
        self.setAccessibleName(self._sentence)

    def say(self, sentence: str) -> None:
        self._sentence = sentence
        self.setAccessibleName(sentence)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.page)
        middle = self.height() * 0.42
        drawing = icons.pixmap("newspaper", self._theme.field_line, 44, self.devicePixelRatioF())
        painter.drawPixmap(round(self.width() / 2 - 22), round(middle - 60), drawing)
        painter.setFont(fonts.ui(13))
        painter.setPen(self._theme.text3)
        room = QRectF(24, middle, self.width() - 48, 60)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self._sentence)
        painter.end()
