"""Small widgets that several screens share. Each takes its colours by `set_theme`."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.gui import fonts, icons
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint


class Surface(QWidget):
    """A plain area in one of the theme's colours."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, colour)


def ground(widget: QWidget, colour: str) -> None:
    """The style sheet fills it with a colour of the theme, by name."""
    widget.setProperty("ground", colour)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def from_first(view: QAbstractItemView) -> None:
    """Where the keyboard comes to a list without a chosen row, its first row is chosen."""
    chosen, rows = view.selectionModel(), view.model()
    if not chosen.hasSelection() and rows.rowCount():
        current = view.currentIndex()
        view.setCurrentIndex(current if current.isValid() else rows.index(0, 0))


def drawn_rows(view: QListView, name: str, does: str) -> None:
    """For a list whose rows a delegate draws. `does`: what its keys do, for screen readers."""
    view.setAccessibleName(name)
    view.setAccessibleDescription(does)
    view.setFrameShape(QFrame.Shape.NoFrame)
    ground(view, "page")
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)


class ThinBar(QProgressBar):
    """How far something is, without words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(4)
        self.setTextVisible(False)
        self.setAccessibleName("Progress")

    def room(self) -> QWidget:
        """For a layout: as high with the bar as without, so that nothing jumps."""
        room = QWidget()
        room.setFixedHeight(6)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self)
        return room

    def set_theme(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"QProgressBar {{ background: {theme.track.name()}; border: none;"
            " border-radius: 2px; }"
            f"QProgressBar::chunk {{ background: {theme.selection_bar.name()};"
            " border-radius: 2px; }"
        )


class Rule(QFrame):
    """A line of one pixel."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        ground(self, "line")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Line(QWidget):
    """One line of text that is elided, never clipped, and tells the whole in its tool tip."""

    def __init__(self, px: int, weight: int, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._font, self._colour, self._theme, self._text = fonts.ui(px, weight), colour, LIGHT, ""
        self.setFixedHeight(round(px * 1.55))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text

    def font_used(self) -> QFont:
        return self._font

    def set_colour(self, colour: str) -> None:
        """One of the theme's names."""
        self._colour = colour
        self.update()

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = getattr(self._theme, self._colour)
        paint.line_of_text(painter, QRectF(self.rect()), self._text, self._font, colour)
        painter.end()


class IconButton(QToolButton):
    """A quiet button for an action, or for itself with a name."""

    def __init__(
        self, icon: str, name: str, parent: QWidget | None = None, *, size: int = 17
    ) -> None:
        super().__init__(parent)
        self._icon, self._size = icon, size
        self.setIconSize(QSize(size, size))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @classmethod
    def of(cls, action: QAction, icon: str, parent: QWidget | None = None) -> "IconButton":
        made = cls(icon, action.text().rstrip("…"), parent)
        made.setDefaultAction(action)
        made.setAccessibleName(action.text().rstrip("…"))
        return made

    def set_icon(self, icon: str, theme: Theme) -> None:
        self._icon = icon
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.setIcon(icons.icon(self._icon, theme.text2, self._size))


class EmptyState(QWidget):
    """What stands where there is nothing: an icon, a few words, and what to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._theme = "inbox", LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._picture, self._title, self._words = QLabel(), QLabel(), QLabel()
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        self._title.setFont(fonts.ui(15, 600))
        self._title.setWordWrap(True)
        self._words.setWordWrap(True)
        self._title.setProperty("ink", "text")
        self._words.setProperty("ink", "text2")
        for label in (self._picture, self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(28, 24, 28, 60)
        rows.setSpacing(8)
        rows.addStretch(2)
        for row in (self._picture, self._title, self._words):
            rows.addWidget(row)
        rows.addSpacing(6)
        rows.addLayout(self._buttons)
        rows.addStretch(3)

    def show_words(
        self, icon: str, title: str, sentence: str, actions: Sequence[QAction] = ()
    ) -> None:
        self._icon = icon
        self._title.setText(title)
        self._words.setText(sentence)
        self.setAccessibleName(f"{title}. {sentence}")
        self._fill_buttons(actions)
        self.set_theme(self._theme)

    def sentence(self) -> str:
        return self._words.text()

    def title(self) -> str:
        return self._title.text()

    def buttons(self) -> list[QPushButton]:
        items = (self._buttons.itemAt(n) for n in range(self._buttons.count()))
        found = (item.widget() for item in items if item is not None)
        return [widget for widget in found if isinstance(widget, QPushButton)]

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._picture.setPixmap(icons.pixmap(self._icon, theme.text3, 34, self.devicePixelRatioF()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the focus; Qt does so in dialogs only."""
        pressed = next((button for button in self.buttons() if button.hasFocus()), None)
        if pressed is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed.click()
        else:
            super().keyPressEvent(event)

    def _fill_buttons(self, actions: Sequence[QAction]) -> None:
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if not actions:
            return
        for number, action in enumerate(actions):
            button = QPushButton(action.text())
            button.setProperty("kind", "primary" if number == 0 else "plain")
            button.clicked.connect(action.trigger)
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
