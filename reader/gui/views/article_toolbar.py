"""The bar above an article: what can be done with it, and the way from mention to mention."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from reader.domain.article import ArticleDetail
from reader.gui import icons
from reader.gui.models.highlights import Highlights
from reader.gui.theme import LIGHT, Theme

HEIGHT = 48
_NARROW = 420
"""Below this width the pill shows its arrows and its count alone."""
_TIGHT = 600
"""Below this everything moves closer together."""
_NAME = 180
_BESIDE_NAME = 165
"""What the pill needs beside the name: its dot, a count of four digits, the arrows."""


class MentionPill(QFrame):
    """ "● Khalifa Haftar  1 / 5  ∧ ∨": the name opens a menu of what can be gone through."""

    next_wanted = Signal()
    previous_wanted = Signal()
    chosen = Signal(str)  # the key of an entry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pill")
        self.setFixedHeight(28)
        self._theme = LIGHT
        self._label, self._room = "", _NAME
        self._entries: list[tuple[str, str, QColor]] = []
        self.name = _button(self, "What to go through", "")
        self.name.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.name.setObjectName("pillName")
        self.name.setIconSize(QSize(13, 8))
        self.count = QLabel(self)
        self.count.setObjectName("pillCount")
        self.up = _button(self, "Previous mention", "Previous mention (Shift+M)")
        self.down = _button(self, "Next mention", "Next mention (M)")
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 5, 0)
        row.setSpacing(0)
        for widget in (self.name, self.count, self.up, self.down):
            row.addWidget(widget)
        row.insertSpacing(2, 8)
        self.name.clicked.connect(self._open_menu)
        self.up.clicked.connect(self.previous_wanted)
        self.down.clicked.connect(self.next_wanted)

    def show_state(self, label: str, colour: QColor, number: int, total: int) -> None:
        """`number` 0: no mention is current yet. Hidden when there is nothing to go to."""
        self.setVisible(total > 0)
        self._label = label
        self._fit()
        self.name.setIcon(QIcon(_dot(colour, self.devicePixelRatioF())))
        self.name.setAccessibleDescription(f"{label}, {number} of {total}" if number else label)
        self.count.setText(f"{number} / {total}" if number else str(total))
        self.setAccessibleName(f"Mentions: {label}")

    def set_room(self, px: int) -> None:
        """How wide the name may be; a longer one is shortened."""
        self._room = max(40, min(_NAME, px))
        self._fit()

    def _fit(self) -> None:
        metrics = self.name.fontMetrics()
        text = metrics.elidedText(self._label, Qt.TextElideMode.ElideRight, self._room)
        self.name.setText(text.replace("&", "&&"))
        self.name.setToolTip(self._label if text != self._label else "What to go through")
        self.name.setFixedWidth(metrics.horizontalAdvance(text) + 30)

    def speak_of(self, what: str, keys: str, back: str) -> None:
        """What its arrows lead to ("mention"), and the keys that do the same."""
        for button, words in ((self.down, f"Next {what}"), (self.up, f"Previous {what}")):
            button.setAccessibleName(words)
        self.down.setToolTip(f"Next {what} ({keys})")
        self.up.setToolTip(f"Previous {what} ({back})")

    def offer(self, entries: Sequence[tuple[str, str, QColor]]) -> None:
        """(key, label, colour of its dot) for the menu."""
        self._entries = list(entries)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.up.setIcon(icons.icon("chevron-up", theme.text2, 16))
        self.down.setIcon(icons.icon("chevron-down", theme.text2, 16))

    def menu(self) -> QMenu:
        """Made anew each time; it deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, label, colour in self._entries:
            dot = QIcon(_dot(colour, self.devicePixelRatioF()))
            action = menu.addAction(dot, label.replace("&", "&&"))
            action.triggered.connect(lambda _=False, key=key: self.chosen.emit(key))
        return menu

    def _open_menu(self) -> None:
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height() + 4)))


class ArticleToolbar(QWidget):
    star_toggled = Signal(bool)
    read_toggled = Signal(bool)
    tag_wanted = Signal()
    note_wanted = Signal()
    copy_wanted = Signal()
    browser_wanted = Signal()
    highlights_wanted = Signal(QPoint)  # below the button, on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(320)
        self.setObjectName("articleToolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme, self._starred, self._read = LIGHT, False, True
        self.star = _button(self, "Star", "Star (S)")
        self.tag = _button(self, "Tags", "Tags (T)")
        self.note = _button(self, "Note", "Note")
        self.read = _button(self, "Mark unread", "Mark unread (R)")
        self.copy = _button(self, "Copy link", "Copy link")
        self.browser = _button(self, "Open in browser", "Open in browser (O)")
        self.pill = MentionPill(self)
        self.lights = _button(self, "Highlights", "What is highlighted (H: all or none)")
        self.lights.setFixedSize(30, 30)
        self._lit = True
        self._buttons = (self.star, self.tag, self.note, self.read, self.copy, self.browser)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(4)
        for button in self._buttons:
            button.setFixedSize(30, 30)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.lights)
        row.addWidget(self.pill)
        self._connect()
        self.show_article(None)

    def show_article(self, detail: ArticleDetail | None) -> None:
        for button in self._buttons:
            button.setEnabled(detail is not None)
        self.lights.setEnabled(detail is not None)
        link = bool(detail and detail.line.url)
        self.copy.setEnabled(link)
        self.browser.setEnabled(link)
        if detail is None:
            self.pill.hide()
        else:
            self.show_flags(read=detail.line.read, starred=detail.line.starred)

    def show_flags(self, *, read: bool, starred: bool) -> None:
        self._read, self._starred = read, starred
        for button, words in (
            (self.star, "Remove star" if starred else "Star"),
            (self.read, "Mark unread" if read else "Mark read"),
        ):
            button.setAccessibleName(words)
        self.star.setToolTip(f"{self.star.accessibleName()} (S)")
        self.read.setToolTip(f"{self.read.accessibleName()} (R)")
        self._draw()

    def show_highlights(self, highlights: Highlights) -> None:
        """The button says whether anything is left out."""
        self._lit = highlights.on and not (highlights.types or highlights.lists)
        said = "all mentions" if self._lit else "some mentions" if highlights.on else "none"
        self.lights.setAccessibleDescription(f"Highlighted: {said}")
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        side, between = (5, 0) if width < _NARROW else (12, 1) if width < _TIGHT else (24, 4)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(between)
        self.pill.name.setVisible(width >= _NARROW)
        buttons = len(self._buttons) + 1
        self.pill.set_room(width - 2 * side - buttons * (30 + between) - _BESIDE_NAME)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.pill.set_theme(theme)
        self._draw()

    def _connect(self) -> None:
        self.star.clicked.connect(lambda: self.star_toggled.emit(not self._starred))
        self.read.clicked.connect(lambda: self.read_toggled.emit(not self._read))
        self.tag.clicked.connect(self.tag_wanted)
        self.note.clicked.connect(self.note_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.browser.clicked.connect(self.browser_wanted)
        self.lights.clicked.connect(self._choose_highlights)

    def _choose_highlights(self) -> None:
        corner = QPoint(0, self.lights.height() + 2)
        self.highlights_wanted.emit(self.lights.mapToGlobal(corner))

    def _draw(self) -> None:
        theme = self._theme
        self.lights.setIcon(icons.icon("eye" if self._lit else "eye-off", theme.text2, 17))
        self.lights.setIconSize(QSize(17, 17))
        names = ("star", "tag", "sticky-note", "mail" if self._read else "mail-open", "link")
        for button, name in zip(self._buttons, (*names, "external-link"), strict=True):
            button.setIcon(icons.icon(name, theme.text2, 17))
            button.setIconSize(QSize(17, 17))
        if self._starred:
            ratio = self.devicePixelRatioF()
            self.star.setIcon(QIcon(icons.filled("star", theme.star, 17, ratio)))


def _button(parent: QWidget, name: str, tip: str) -> QToolButton:
    made = QToolButton(parent)
    made.setAutoRaise(True)
    made.setAccessibleName(name)
    made.setToolTip(tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _dot(colour: QColor, ratio: float) -> QPixmap:
    drawn = QPixmap(round(13 * ratio), round(8 * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(ratio)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(0, 0, 8, 8))
    painter.end()
    return drawn
