"""The rows of the search box's suggestions: icon, name, and at the right what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QObject,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.domain.search import Completion
from reader.gui import fonts, icons
from reader.gui.models.rows import Index
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint

OFFER = Qt.ItemDataRole.UserRole
CROSS = Qt.ItemDataRole.UserRole + 1
"""Whether the row can be taken off the list."""
ROW = 32
_RIGHT = Qt.AlignmentFlag.AlignRight
_ICONS = {
    "field": "list-filter", "feed": "rss", "entity": "tag", "tag": "hash", "folder": "folder",
    "lang": "file-text", "outlet": "newspaper", "value": "calendar", "word": "search",
    "watchlist": "tags",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recent:
    """A row for a search of before."""

    query: str


Offer = Completion | Recent


class Rows(QListWidget):
    """Its rows are chosen with the mouse here, and by the popup with the keys."""

    chosen = Signal(object)
    forgotten = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.painter = _RowPainter(self)
        self.setItemDelegate(self.painter)
        self.itemClicked.connect(self._clicked)
        self._pressed = QPoint()

    def fill(self, offers: Sequence[Offer]) -> None:
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.query if isinstance(offer, Recent) else offer.label)
            item.setData(OFFER, offer)
            item.setData(CROSS, isinstance(offer, Recent))
            note = "" if isinstance(offer, Recent) else offer.note
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, note)
            item.setSizeHint(QSize(100, ROW))
            self.addItem(item)
        self.setCurrentRow(-1)
        self.scrollToTop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def _clicked(self, item: QListWidgetItem) -> None:
        offer: Offer = item.data(OFFER)
        box = QRectF(self.visualItemRect(item))
        if isinstance(offer, Recent) and _on_cross(box, self._pressed):
            self.forgotten.emit(offer.query)
        else:
            self.chosen.emit(offer)


class _RowPainter(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, theme = QRectF(option.rect).adjusted(2, 1, -2, -1), self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, box, 6, theme.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, box, 6, theme.hover)
        name, colour = self._icon(index)
        paint.icon(painter, QPointF(box.x() + 9, box.center().y() - 7.5), name, colour, 15)
        right = self._draw_right(painter, box, index)
        words = QRectF(box.x() + 34, box.y(), right - box.x() - 42, box.height())
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        paint.line_of_text(painter, words, text, fonts.ui(13), theme.text)
        painter.restore()

    def _draw_right(self, painter: QPainter, box: QRectF, index: Index) -> float:
        """The note, or the ✕; gives where that begins."""
        if index.data(CROSS):
            place = QPointF(box.right() - 24, box.center().y() - 6.5)
            paint.icon(painter, place, "x", self.theme.text3, 13)
            return place.x()
        note = str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole) or "")
        wide = min(box.width() / 2, paint.width(note, fonts.ui(12)) + 2)
        place_of_note = QRectF(box.right() - wide - 12, box.y(), wide, box.height())
        paint.line_of_text(painter, place_of_note, note, fonts.ui(12), self.theme.text3, _RIGHT)
        return place_of_note.x()

    def _icon(self, index: Index) -> tuple[str, QColor]:
        """An entity has that of its type, in its colour; the note begins with the type."""
        if index.data(CROSS):
            return "history", self.theme.text3
        offer = index.data(OFFER)
        if offer.kind in ("entity", "type"):
            type_ = offer.label if offer.kind == "type" else offer.note.partition(" · ")[0]
            return icons.entity_icon(type_), self.theme.entity(type_).ink
        return _ICONS.get(offer.kind, "list-filter"), self.theme.text2


def _on_cross(row: QRectF, place: QPoint) -> bool:
    """Whether a place in the row is on the ✕ that takes it off the list."""
    return place.x() >= row.right() - 34
