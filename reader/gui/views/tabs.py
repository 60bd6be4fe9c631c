"""A quiet row of tabs, each a word with a line under the one that is up."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from reader.gui import fonts
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint

HEIGHT = 36


class RingedTabs(QTabBar):
    """A style sheet cannot show which of them has the keyboard: a ring does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = LIGHT.selection_bar

    def ring_box(self, tab: QRectF) -> QRectF:
        """Around the words of the tab that is up."""
        return tab.adjusted(-3, 4, -14, -5)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self.ring_box(QRectF(self.tabRect(self.currentIndex())))
            paint.outlined(painter, box, 5, self.ring)
            painter.end()


class Tabs(RingedTabs):
    def __init__(self, labels: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quietTabs")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setFont(fonts.ui(13, 600))
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(name)
        for label in labels:
            self.addTab(label)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        self.ring = theme.selection_bar
        colours = {name: getattr(theme, name).name() for name in ("text", "text2", "accent")}
        self.setStyleSheet(
            "#quietTabs { background: transparent; border: none; }"
            "#quietTabs::tab { background: transparent; border: none; padding: 7px 2px 7px 2px;"
            f" margin-right: 18px; color: {colours['text2']};"
            " border-bottom: 2px solid transparent; }"
            f"#quietTabs::tab:selected {{ color: {colours['text']};"
            f" border-bottom: 2px solid {colours['accent']}; }}"
            f"#quietTabs::tab:hover {{ color: {colours['text']}; }}"
        )
