"""Lines above an article, or instead of one: alerts that fired, images that are off."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reader.domain.alert import Alert
from reader.domain.plain import more_places
from reader.gui import fonts, icons, words
from reader.gui.theme import LIGHT, Theme

_WORDS = 6
"""Different words of a query shown for an alert."""
_LINES = 4
"""Alerts that say why they fired; of further ones the names are enough."""


class Notices(QWidget):
    """At most two parts; takes no room when there is nothing to say."""

    images_allowed = Signal()
    word_wanted = Signal(object)
    """A `Span` of the article that made an alert fire."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = LIGHT
        self._fired: tuple[Alert, ...] = ()
        self._bell, self._picture = QLabel(self), QLabel(self)
        self.alerts, images = _sentence(self), _sentence(self)
        self.alerts.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.alerts.setAccessibleName("Alerts that fired for this article")
        self.alerts.linkActivated.connect(self._go)
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
        """Each with the version of its query and the words, which lead to where they stand."""
        self._fired = tuple(alerts)
        self.alerts.setText(said(self._fired, self._theme))
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
        self.alerts.setText(said(self._fired, theme))

    def _go(self, link: str) -> None:
        alert, _, place = link.partition("/")
        self.word_wanted.emit(self._fired[int(alert)].why[int(place)])

    def _settle(self) -> None:
        self.setVisible(not (self._top.isHidden() and self._below.isHidden()))


def said(alerts: Sequence[Alert], theme: Theme) -> str:
    """One line for each of the first ones; the names of the rest. A link is "alert/place"."""
    lines = [_why(number, alert, theme) for number, alert in enumerate(alerts[:_LINES])]
    if rest := [_plain(alert.saved_search) for alert in alerts[_LINES:]]:
        lines.append(f"and {', '.join(rest)}")
    return "<br>".join(lines)


def _why(number: int, alert: Alert, theme: Theme) -> str:
    places: dict[str, int] = {}
    for place, span in enumerate(alert.why):
        places.setdefault(" ".join(span.text.split()), place)
    style = f"color: {theme.accent.name()}; text-decoration: none;"
    found = [
        f'<a href="{number}/{place}" style="{style}">“{_plain(word)}”</a>'
        for word, place in list(places.items())[:_WORDS]
    ]
    more = f" and {len(places) - _WORDS} more" if len(places) > _WORDS else ""
    far = f" · {more_places(alert.more)}" if alert.more else ""
    because = f": {', '.join(found)}{more}{far}" if found else ""
    high = " · important" if alert.priority == "high" else ""
    verdict = {True: " · kept", False: " · noise", None: ""}[alert.kept]
    when = words.moment(alert.at, datetime.now(UTC))
    return (
        f"Alert <b>{_plain(alert.saved_search)}</b> · {when} · version {alert.version}"
        f"{high}{verdict}{because}"
    )


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
