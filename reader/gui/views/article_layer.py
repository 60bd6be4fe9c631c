"""The layer behind an article's words: which marks and grounds are in view, and where.

Boxes are kept until the layout changes, so a repaint while scrolling only draws.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextDocument

from reader.gui.models.highlights import Highlights
from reader.gui.theme import LIGHT
from reader.gui.views import article_paint as paint
from reader.gui.views.article_body import Picture
from reader.gui.views.article_look import MARGIN, Ground, Look
from reader.gui.views.article_marks import CHIP, ENTITY, HIT, Mark, Marks


class Layer:
    """`highlights`: how mentions are painted; `loaded`: pictures the text shows."""

    def __init__(self) -> None:
        self._document = QTextDocument()
        self._boxes: dict[tuple[int, int], list[QRectF]] = {}
        self._frames: dict[int, paint.Frame] = {}
        self.look = Look(LIGHT)
        self.marks, self.labels = Marks(), Marks()
        self.current: Mark | None = None
        self.highlights = Highlights()
        self.pictures: tuple[Picture, ...] = ()
        self.loaded: set[str] = set()

    def cover(self, document: QTextDocument, look: Look) -> None:
        """Begins anew behind another document."""
        self._document, self.look = document, look
        self.marks, self.labels, self.current = Marks(), Marks(), None
        self.pictures = ()
        self.loaded.clear()
        self.forget()

    def forget(self) -> None:
        """After the layout changed."""
        self._boxes.clear()
        self._frames.clear()

    def boxes(self, mark: Mark) -> list[QRectF]:
        """Where a mark is seen, in the document."""
        span = (mark.start, mark.end)
        if span not in self._boxes:
            self._boxes[span] = list(self._found(*span))
        return self._boxes[span]

    def _found(self, start: int, end: int) -> Iterator[QRectF]:
        block = self._document.findBlock(start)
        while block.isValid() and block.position() < end:
            yield from paint.boxes(block, self._frame(block), start, end)
            block = block.next()

    def _frame(self, block: QTextBlock) -> paint.Frame:
        number = block.blockNumber()
        if number not in self._frames:
            self._frames[number] = paint.frame(self._document, block)
        return self._frames[number]

    def at(self, point: QPointF) -> Mark | None:
        """The mark under a point of the document."""
        layout = self._document.documentLayout()
        place = layout.hitTest(point, Qt.HitTestAccuracy.ExactHit)
        return self.marks.at(place) if place >= 0 else None

    def tops(self, marks: Iterable[Mark]) -> Iterator[float]:
        """How far down each mark stands; near enough for an overview, and cheap.

        By the share of its paragraph before it: marks in reading order ask for each only once.
        """
        layout = self._document.documentLayout()
        start, end, top, height = 0, 0, 0.0, 0.0
        for mark in marks:
            if not start <= mark.start < end:
                block = self._document.findBlock(mark.start)
                start, end = block.position(), block.position() + block.length()
                box = layout.blockBoundingRect(block)
                top, height = box.top(), box.height()
            yield top + height * (mark.start - start) / (end - start)

    def paint(self, painter: QPainter, area: QRectF, ratio: float) -> None:
        """Draws what lies in `area`; the painter stands in the document's coordinates."""
        blocks = list(self._blocks(area))
        if not blocks:
            return
        start, end = blocks[0].position(), blocks[-1].position() + blocks[-1].length()
        self._paint_grounds(painter, blocks)
        self._paint_marks(painter, start, end)
        for picture in self.pictures:
            if start <= picture.position < end and picture.url not in self.loaded:
                box = self._picture_box(picture)
                if box.intersects(area):
                    paint.paint_picture(painter, box, picture.alt, self.look.theme, ratio)

    def _picture_box(self, picture: Picture) -> QRectF:
        block = self._document.findBlock(picture.position)
        right = self._document.textWidth() - MARGIN
        return paint.picture_box(block, self._frame(block), picture, right)

    def _blocks(self, area: QRectF) -> Iterator[QTextBlock]:
        layout = self._document.documentLayout()
        first = layout.hitTest(QPointF(0, area.top()), Qt.HitTestAccuracy.FuzzyHit)
        last = layout.hitTest(QPointF(0, area.bottom()), Qt.HitTestAccuracy.FuzzyHit)
        end = self._document.findBlock(max(first, last)).next().next()
        block = self._document.findBlock(max(0, first))
        if block.previous().isValid():
            block = block.previous()
        while block.isValid() and block != end:
            yield block
            block = block.next()

    def _paint_grounds(self, painter: QPainter, blocks: list[QTextBlock]) -> None:
        layout = self._document.documentLayout()
        for state, group in groupby(blocks, key=QTextBlock.userState):
            if state == Ground.PLAIN:
                continue
            together = list(group)
            box = QRectF()
            for block in together:
                box = box.united(layout.blockBoundingRect(block))
            if state != Ground.QUOTE:
                box.setRight(self._document.textWidth() - MARGIN)
            rtl = together[0].textDirection() == Qt.LayoutDirection.RightToLeft
            paint.paint_ground(painter, Ground(state), box, self.look.theme, rtl=rtl)

    def _paint_marks(self, painter: QPainter, start: int, end: int) -> None:
        theme = self.look.theme
        seen = self.marks.between(start, end)
        hits = [mark for mark in seen if mark.kind == HIT]
        for mark in (*hits, *(m for m in seen if m.kind == ENTITY and m.shown)):
            both = any(hit.start < mark.end and mark.start < hit.end for hit in hits)
            for box in self.boxes(mark):
                paint.paint_mark(painter, mark, box, theme, self.highlights, hit=both)
        for mark in self.labels.between(start, end):
            for box in self.boxes(mark):
                paint.paint_mark(painter, mark, box, theme, self.highlights)
        if self.current is not None and self.current.kind != CHIP:
            for box in self.boxes(self.current):
                paint.paint_ring(painter, self.current, box, theme)
