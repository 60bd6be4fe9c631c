"""A sample in full, so that it can be judged by more than its passage."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.domain.article import ArticleDetail, Explained
from reader.gui.theme import Theme
from reader.gui.views.article_view import ArticleView

_WIDE, _HIGH = 860, 760


class SampleReader(QDialog):
    """K and N judge it, as in the list; Esc goes back there."""

    judged = Signal(bool)
    link_opened = Signal(str)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.article_id = 0
        self.view = ArticleView(self)
        self.view.toolbar.hide()
        self.view.set_theme(theme)
        self.view.link_opened.connect(self.link_opened)
        self.keep, self.noise = QPushButton("Keep  (K)", self), QPushButton("Noise  (N)", self)
        self.keep.clicked.connect(lambda: self.judged.emit(True))
        self.noise.clicked.connect(lambda: self.judged.emit(False))
        self.back = QPushButton("Back to the samples", self)
        self.back.clicked.connect(self.reject)
        self._lay_out()
        room = parent.size() - QSize(40, 40)
        self.resize(min(_WIDE, room.width()), min(_HIGH, room.height()))

    def show_article(self, detail: ArticleDetail) -> None:
        self.article_id = detail.line.id
        self.setWindowTitle(detail.line.title or "Untitled")
        self.setAccessibleName(self.windowTitle())
        self.view.show_article(detail)
        self.view.page.setFocus()

    def show_marks(self, article_id: int, explained: Explained) -> None:
        """Why the query is true of it."""
        if article_id == self.article_id:
            self.view.set_marks(explained)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_K, Qt.Key.Key_N) and not event.modifiers():
            self.judged.emit(event.key() == Qt.Key.Key_K)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 20, 14)
        row.addWidget(QLabel("Does this search do well to find it?", self))
        row.addStretch(1)
        for button in (self.keep, self.noise, self.back):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)
        column.addLayout(row)
