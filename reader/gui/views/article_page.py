"""The page an article is read on: text with marks painted behind it, and nothing loaded by itself.

Knows how to show and find marks; what they mean is the article view's affair.
"""

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextImageFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reader.domain.article import ArticleDetail
from reader.gui.views.article_body import Picture
from reader.gui.views.article_document import LONG, Layout, typeset
from reader.gui.views.article_draft import IMAGE, Draft, drafted
from reader.gui.views.article_footer import append_footer
from reader.gui.views.article_layer import Layer
from reader.gui.views.article_look import MARGIN, Look
from reader.gui.views.article_marks import ENTITY, Mark, Marks
from reader.gui.views.turns import Turns

_SIDE = 8
_ROOM = 70
"""Pixels kept free above and below a mark that is jumped to."""


class ArticlePage(QTextBrowser):
    """The column is centred, and does not follow a window that is wider than it needs.

    Its scroll bar is not shown: the strip beside it does that work.
    """

    mention_clicked = Signal(object)  # a Mark
    mention_pointed = Signal(object, QRect)  # Mark | None, and its box on the screen
    menu_wanted = Signal(QPoint, object, str)  # where on the screen, Mark | None, link's address
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = Layer()
        self._own: Draft | None = None
        self.long = False
        """Whether the text is laid out bit by bit, and the strip drawn by letters."""
        self._rest = Turns(self)
        self._pressed: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("Article")

    def write(
        self, detail: ArticleDetail, look: Look, *, versions: bool, draft: Draft | None = None
    ) -> Layout:
        """Shows an article from its top, without marks; `draft`: its words, read in already."""
        document = draft or drafted(detail)
        document.setParent(self)  # and written on while nothing lays it out yet
        layout = typeset(document, detail, look)
        labels = append_footer(document, detail, look, versions=versions)
        before, self._own = self._own, document
        self.layer.cover(document, look)
        self._centre()
        document.setTextWidth(self.viewport().width())
        self.setDocument(document)
        if before is not None:  # Qt takes care of its own first document only
            before.deleteLater()
        self.long = document.characterCount() > LONG
        if not self.long:
            document.size()  # lays out all of it: until then places below the screen are wrong
        document.documentLayout().documentSizeChanged.connect(self.layer.forget)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.layer.labels, self.layer.pictures = Marks(labels), layout.pictures
        self._rest.take(layout.rest or iter(()))
        return layout

    def mark(self, marks: Iterable[Mark]) -> None:
        """Paints these instead of those before."""
        self.layer.marks, self.layer.current = Marks(marks), None
        self.viewport().update()

    def lay_out(self) -> None:
        """All of the text, also where that takes long."""
        self._rest.finish()
        self.document().size()

    def set_current(self, mark: Mark | None) -> None:
        """Rings a mark and brings it into view."""
        self.layer.current = mark
        if mark is not None:
            self._reveal(self.layer.boxes(mark))
        self.viewport().update()

    def fractions(self, marks: Iterable[Mark]) -> list[float]:
        """How far down the document, or the screen if that is longer, marks stand: 0 to 1."""
        if self.long:  # by letters: near enough, and does not wait for the layout
            letters = max(1, self.document().characterCount())
            return [mark.start / letters for mark in marks]
        height = max(self.document().size().height(), self.viewport().height(), 1.0)
        return [top / height for top in self.layer.tops(marks)]

    def position_in_view(self) -> int:
        """The place of the document where the eye begins to read what is on the screen."""
        scrolled = self.verticalScrollBar().value() > 0
        top = _ROOM + self.layer.look.pitch if scrolled else 0
        return self.cursorForPosition(QPoint(0, top)).position()

    def set_picture(self, url: str, image: QImage) -> None:
        """Shows a picture that was fetched, as wide as the column at most."""
        self.layer.loaded.add(url)
        self.document().addResource(IMAGE, QUrl(url), image)
        for picture in self.layer.pictures:
            if picture.url == url:
                self._fit(picture, image)
        self.layer.forget()

    def set_caret(self, *, on: bool) -> None:
        """Whether the arrow keys move a caret, with Shift selecting, instead of scrolling."""
        flags = Qt.TextInteractionFlag.TextBrowserInteraction
        if on:
            flags |= Qt.TextInteractionFlag.TextSelectableByKeyboard
            start = QTextCursor(self.document())
            start.setPosition(self.position_in_view())
            self.setTextCursor(start)
        self.setTextInteractionFlags(flags)

    def page_down(self) -> bool:
        """Scrolls on by a screen; False when the end was in view already."""
        return self._scroll(1)

    def page_up(self) -> bool:
        return self._scroll(-1)

    # what Qt calls

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 - Qt's name
        return self.document().loadResource(type, QUrl(name))

    def event(self, event: QEvent) -> bool:
        """The margins come first: then text is laid out once for a new size, or not at all."""
        if event.type() == QEvent.Type.Resize:
            self._centre()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layer.forget()
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self.layer.look.theme.page)
        painter.translate(-self._scrolled())
        area = QRectF(event.rect()).translated(self._scrolled())
        self.layer.paint(painter, area, self.devicePixelRatioF())
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.page_up()
        else:
            self.page_down()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        here = event.position().toPoint()
        still = self._pressed is not None and (here - self._pressed).manhattanLength() < 4
        if event.button() != Qt.MouseButton.LeftButton or not still:
            return
        mark = self.mention_at(here)
        if mark is not None and not self.textCursor().hasSelection():
            self.mention_clicked.emit(mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        here = event.position().toPoint()
        if event.buttons() == Qt.MouseButton.NoButton and not self.anchorAt(here):
            mark = self.mention_at(here)
            shape = Qt.CursorShape.PointingHandCursor if mark else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)
            self.mention_pointed.emit(mark, self.place_of(mark, here) if mark else QRect())
        else:
            self.mention_pointed.emit(None, QRect())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.mention_pointed.emit(None, QRect())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        here = self.viewport().mapFromGlobal(event.globalPos())
        self.menu_wanted.emit(event.globalPos(), self.mention_at(here), self.anchorAt(here))

    def place_of(self, mark: Mark, near: QPoint | None = None) -> QRect:
        """Where a mark is on the screen: all of it, or the part that is near a place."""
        shift = -self._scrolled()
        boxes = [box.translated(shift).toAlignedRect() for box in self.layer.boxes(mark)]
        here = [box for box in boxes if near and box.adjusted(-3, -3, 3, 3).contains(near)]
        place = QRect()
        for box in here or boxes:
            place = place.united(box)
        return QRect(self.viewport().mapToGlobal(place.topLeft()), place.size())

    def mention_at(self, here: QPoint) -> Mark | None:
        """The mention under a place of the viewport; links win over mentions."""
        mark = self.layer.at(QPointF(here) + self._scrolled())
        return mark if mark and mark.kind == ENTITY and not self.anchorAt(here) else None

    def _scrolled(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _scroll(self, screens: int) -> bool:
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + screens * max(40, bar.pageStep() - 2 * self.layer.look.pitch))
        return bar.value() != before

    def _centre(self) -> None:
        """By margins around the viewport: then a wider window costs no new layout."""
        free = self.width() - self.layer.look.column
        left = max(_SIDE, free // 2)
        self.setViewportMargins(left, 0, max(0, free - left), 0)

    def _reveal(self, boxes: list[QRectF]) -> None:
        if not boxes:
            return
        bar = self.verticalScrollBar()
        top, bottom = boxes[0].top() - bar.value(), boxes[-1].bottom() - bar.value()
        if top < _ROOM or bottom > self.viewport().height() - _ROOM:
            bar.setValue(round(boxes[0].top() - self.viewport().height() / 3))

    def _fit(self, picture: Picture, image: QImage) -> None:
        room = self.layer.look.column - 2 * MARGIN
        width = min(room, image.width() / image.devicePixelRatio())
        shape = QTextImageFormat()
        shape.setName(picture.url)
        shape.setWidth(width)
        shape.setHeight(width * image.height() / max(1, image.width()))
        cursor = QTextCursor(self.document())
        cursor.setPosition(picture.position)
        cursor.setPosition(picture.position + 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(shape)
