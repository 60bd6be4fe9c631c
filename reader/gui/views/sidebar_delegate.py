"""Paints the rows of the sidebar: headings, icons, badges, counts."""

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from reader.gui import fonts, icons, words
from reader.gui.models.places import Place
from reader.gui.models.rows import Index
from reader.gui.models.sidebar import Role
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.sparkline import HEIGHT, WIDTH, paint_sparkline

ROW, SECTION, HINT = 29, 38, 26
EDGE = 18
"""From the window's edge to icons, and from counts to the other edge."""
STEP = 20
"""Further in with each folder."""
_NARROW = 16
"""The least width of a sparkline: a name that leaves less has all the room."""
_PUBLISHED = 18
_GAP = 10
"""Between a name and what follows it."""
FOLDERS = ("folder", "shelf", "list")
_RIGHT = Qt.AlignmentFlag.AlignRight


class SidebarDelegate(QStyledItemDelegate):
    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self.theme: Theme = LIGHT
        self._tree = tree

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        kind = _place(index).kind
        high = {"section": SECTION, "hint": HINT}.get(kind, ROW)
        return QSize(200, high - 2 if kind == "section" and index.row() == 0 else high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = _place(index)
        rect = QRectF(option.rect)
        rect.setX(0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if place.kind == "section":
            self._section(painter, rect, place)
        elif place.kind == "hint":
            box = QRectF(EDGE, rect.y(), rect.width() - 2 * EDGE, rect.height())
            paint.line_of_text(painter, box, place.title, fonts.ui(12), self.theme.text3)
        else:
            self._row(painter, rect, place, index, option.state)
        painter.restore()

    def add_box(self, rect: QRectF) -> QRectF:
        """Where a section's plus stands in its row."""
        return QRectF(rect.width() - 36, rect.bottom() - 28, 24, 24)

    def chevron_box(self, rect: QRectF, index: Index) -> QRectF:
        """Where a folder's chevron stands in its row."""
        return QRectF(EDGE - 5 + STEP * _depth(index), rect.y(), 24, rect.height())

    def _section(self, painter: QPainter, rect: QRectF, place: Place) -> None:
        box = QRectF(EDGE, rect.bottom() - 26, rect.width() - 2 * EDGE - 24, 20)
        paint.line_of_text(painter, box, place.title, fonts.ui(11, 600), self.theme.text3)
        if place.addable:
            corner = self.add_box(rect).topLeft() + QPointF(5, 5)
            paint.icon(painter, corner, "plus", self.theme.text3, 14)

    def _row(
        self, painter: QPainter, rect: QRectF, place: Place, index: Index, state: QStyle.StateFlag
    ) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = QRectF(8, rect.y() + 0.5, rect.width() - 16, rect.height() - 1)
        if selected:
            paint.rounded(painter, box, 6, self.theme.selection)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, box, 6, self.theme.hover)
        if state & QStyle.StateFlag.State_HasFocus and self._tree.hasFocus():
            line = QColor(self.theme.selection_bar)
            line.setAlphaF(0.45)
            paint.outlined(painter, box, 6, line)
        left = EDGE + STEP * _depth(index)
        self._sign(painter, rect, place, index, left, selected=selected)
        right = self._counts(painter, rect, place, selected=selected)
        if place.problem:
            right -= 20
            corner = QPointF(right + 4, rect.y() + 8)
            paint.icon(painter, corner, "triangle-alert", self.theme.bad, 13)
        start = left + (24 if place.kind == "feed" else 26)
        if place.days:
            wide = QFontMetricsF(_title_font(place, selected=selected)).horizontalAdvance(
                place.title
            )
            room = start + wide + _GAP + (_PUBLISHED if place.published else 0), right
            right = self._sparkline(painter, rect, place, room, selected=selected)
        if place.published:
            right -= _PUBLISHED
            corner = QPointF(right + 4, rect.y() + 8)
            paint.icon(painter, corner, "rss", self.theme.text3, 12)
        self._title(painter, QRectF(start, rect.y(), right - start - 6, rect.height()), place,
                    selected=selected)  # fmt: skip

    def _title(self, painter: QPainter, box: QRectF, place: Place, *, selected: bool) -> None:
        quiet = self.theme.text3 if place.off else self.theme.text2
        colour = quiet if place.off or place.kind in ("more", "act") else self.theme.text
        font = _title_font(place, selected=selected)
        paint.line_of_text(painter, box, place.title, font, colour)

    def _sign(
        self, painter: QPainter, rect: QRectF, place: Place, index: Index, left: float, *,
        selected: bool,
    ) -> None:  # fmt: skip
        middle = rect.center().y()
        if place.kind == "feed":
            paint.badge(painter, QRectF(left, middle - 7, 15, 15), place.title)
        elif place.kind in FOLDERS and not place.off:
            open_ = isinstance(index, QModelIndex) and self._tree.isExpanded(index)
            name = "chevron-down" if open_ else "chevron-right"
            paint.icon(painter, QPointF(left, middle - 7), name, self.theme.text3, 14)
        elif place.kind == "entity":
            colours = self.theme.entity(place.type)
            box = QRectF(left - 1, middle - 9, 18, 18)
            paint.rounded(painter, box, 5, colours.tint)
            corner = box.topLeft() + QPointF(3, 3)
            paint.icon(painter, corner, icons.entity_icon(place.type), colours.ink, 12)
        else:
            colour = self.theme.accent if selected else self.theme.text2
            paint.icon(painter, QPointF(left, middle - 8), place.icon, colour, 16)

    def _counts(self, painter: QPainter, rect: QRectF, place: Place, *, selected: bool) -> float:
        """Paints them from the right and gives what is left of the row."""
        right = rect.width() - EDGE
        grey = self.theme.text2 if selected else self.theme.text3
        if place.kind in ("feed", "folder"):
            return self._count(painter, rect, right, place.unread, grey, 400)
        if place.kind == "library" and place.unread:
            return self._count(painter, rect, right, place.unread, self.theme.accent, 600)
        right = self._count(painter, rect, right, place.count, grey, 400)
        if place.kind in ("saved", "shelf") and place.unread:
            right = self._count(painter, rect, right - 7, place.unread, self.theme.accent, 600)
        return right

    def _sparkline(
        self, painter: QPainter, rect: QRectF, place: Place, room: tuple[float, float], *,
        selected: bool,
    ) -> float:  # fmt: skip
        """In what the name leaves, in one column with those of the other searches. `room`: from the
        end of the name to what stands at the right. Where the name may go to is given back."""
        end, right = room
        counts = sum(
            _wide(count, weight) + 7 for count, weight in zip(place.room, (400, 600), strict=True)
        )
        edge = min(right, rect.width() - EDGE - counts) - 4
        wide = min(WIDTH, edge - end)
        if wide < _NARROW:
            return right
        column = edge - wide
        box = QRectF(column, rect.center().y() - HEIGHT / 2, wide, HEIGHT)
        ink = self.theme.accent if selected else self.theme.text3
        paint_sparkline(painter, box, place.days, ink)
        return column - 2

    def _count(
        self, painter: QPainter, rect: QRectF, right: float, count: int, colour: QColor, weight: int
    ) -> float:
        if not count:
            return right
        font, text = fonts.ui(11, weight), words.number(count)
        wide = QFontMetricsF(font).horizontalAdvance(text) + 2
        box = QRectF(right - wide, rect.y(), wide, rect.height())
        paint.line_of_text(painter, box, text, font, colour, _RIGHT)
        return right - wide


def _title_font(place: Place, *, selected: bool) -> QFont:
    return fonts.ui(13, 600 if selected else 500 if place.kind in FOLDERS else 400)


def _wide(count: int, weight: int) -> float:
    """Of a count, or of any other with as many figures; 0 for none."""
    if not count:
        return 0
    figures = "".join("0" if char.isdigit() else char for char in words.number(count))
    return QFontMetricsF(fonts.ui(11, weight)).horizontalAdvance(figures)


def _place(index: Index) -> Place:
    place: Place = index.data(Role.PLACE)
    return place


def _depth(index: Index) -> int:
    """0 for the rows of a section, 1 inside a folder, and so on."""
    depth, above = 0, index.parent()
    while above.isValid():
        depth += 1
        above = above.parent()
    return max(0, depth - 1)
