"""The rows of the result panel: a heading for each field, its values with their counts, and more.

The thin line below a value is as long as its share of all the results.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.gui import fonts, icons, words
from reader.gui.models.facets import CHOSEN, EXCLUDED, SECTIONS, Facets, Value
from reader.gui.models.rows import Index
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint

ROW = Qt.ItemDataRole.UserRole
HEADING, VALUE, MORE = "heading", "value", "more"
HEIGHTS = {HEADING: 32, VALUE: 27, MORE: 26}
FEW = {"feed": 6, "lang": 6, "entity": 8, "type": 7, "watchlist": 4}
"""How many values of a field are listed before all are asked for."""
COUNTED = 50
"""The searcher counts no more values than this of a field."""
_SIDE = 18
_WHAT = {
    "feed": "feed", "lang": "language", "entity": "entity", "type": "type",
    "watchlist": "watchlist",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """`kind`: HEADING, VALUE, or MORE, which shows the rest of a field or puts it away."""

    kind: str
    field: str
    text: str
    value: Value | None = None
    share: float = 0.0

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.field, self.value.value if self.value else ""

    @property
    def usable(self) -> bool:
        """Whether the query can ask for it: nothing asks for an unknown language."""
        return self.kind == MORE or (self.value is not None and bool(self.value.value))


def rows(shown: Facets, opened: Collection[str]) -> list[Row]:
    """`opened`: the fields of which everything is listed."""
    found: list[Row] = []
    for field, values in shown.values:
        if not values or _says_nothing(field, values):
            continue
        found.append(Row(HEADING, field, SECTIONS[field]))
        few = FEW[field] + (len(values) == FEW[field] + 1)  # one more is no longer than "show all"
        found.extend(
            Row(VALUE, field, value.label, value, min(1.0, max(0, value.count) / shown.total))
            for value in (values if field in opened else values[:few])
        )
        if len(values) > few:
            every = f"Show all {len(values)}" if len(values) < COUNTED else "Show the 50 biggest"
            found.append(Row(MORE, field, "Show fewer" if field in opened else every))
    return found


def _says_nothing(field: str, values: Sequence[Value]) -> bool:
    """Where all entities are of one watchlist, there is nothing to choose."""
    return field == "watchlist" and len(values) == 1 and not values[0].state


def spoken(row: Row) -> str:
    """A row as a screen reader says it."""
    if row.value is None:
        return row.text if row.kind == HEADING else f"{row.text}, {SECTIONS[row.field]}"
    what = (row.field == "entity" and row.value.type) or _WHAT[row.field]
    amount = "" if row.value.count < 0 else words.counted(row.value.count, "article")
    return ", ".join(part for part in (row.text, what, amount, row.value.state) if part)


def table(shown: Facets, field: str) -> str:
    """Tab-separated, a line for each value that was counted, with a line of names on top."""
    values = dict(shown.values).get(field, ())
    lines = (f"{value.label}\t{value.count}" for value in values if value.count >= 0)
    return "\n".join((f"{_WHAT[field]}\tarticles", *lines))


def fill(model: QStandardItemModel, found: Iterable[Row]) -> None:
    model.clear()
    for row in found:
        item = QStandardItem(row.text)
        item.setData(row, ROW)
        item.setEditable(False)
        item.setData(spoken(row), Qt.ItemDataRole.AccessibleTextRole)
        if row.usable:
            item.setToolTip(tip(row))
        else:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        model.appendRow(item)


def tip(row: Row) -> str:
    if row.value is None:
        return ""
    if row.value.state:
        return f"{row.text}: click to take it out of the search"
    return f"{row.text}: click for these only, Ctrl+click for all but these"


class FacetDelegate(QStyledItemDelegate):
    """`faded` while newer counts are on their way."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.faded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        first = 6 * (index.row() == 0)
        return QSize(option.rect.width(), HEIGHTS[row.kind] - first)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind == HEADING:
            room = QRectF(box.left() + _SIDE, box.bottom() - 23, box.width() - 2 * _SIDE, 20)
            paint.line_of_text(painter, room, row.text, fonts.ui(11, 600), self.theme.text2)
        else:
            self._ground(painter, box, row, option.state)
            if self.faded:
                painter.setOpacity(0.6)
            if row.value is None:
                room = box.adjusted(_SIDE + 20, 0, -_SIDE, 0)
                paint.line_of_text(painter, room, row.text, fonts.ui(12, 500), self.theme.accent)
            else:
                self._paint_value(painter, box, row, row.value)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, row: Row, state: QStyle.StateFlag) -> None:
        inside = box.adjusted(8, 0.5, -8, -0.5)
        chosen = row.value is not None and row.value.state == CHOSEN
        if chosen:
            paint.rounded(painter, inside, 6, self.theme.selection)
        elif state & QStyle.StateFlag.State_MouseOver and row.usable:
            paint.rounded(painter, inside, 6, self.theme.hover)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_Active:
            paint.outlined(painter, inside, 6, self.theme.selection_bar)

    def _paint_value(self, painter: QPainter, box: QRectF, row: Row, value: Value) -> None:
        theme, grey = self.theme, self.theme.text2
        left, right = box.left() + _SIDE, box.right() - _SIDE
        top = QRectF(left, box.top(), box.width() - 2 * _SIDE, box.height() - 3)
        self._sign(painter, QRectF(left, top.center().y() - 7, 14, 14), row, value)
        end = right
        if value.state:
            paint.icon(painter, QPointF(right - 12, top.center().y() - 6), "x", grey, 12)
            end -= 18
        if value.count >= 0:
            amount, font = words.number(value.count), fonts.ui(11, 450)
            wide = paint.width(amount, font)
            room = QRectF(end - wide - 1, top.top(), wide + 1, top.height())
            paint.short_text(painter, room, amount, font, grey, Qt.AlignmentFlag.AlignRight)
            end -= wide + 7
        room = QRectF(left + 20, top.top(), end - left - 20, top.height())
        font, ink = self._label(value)
        paint.line_of_text(painter, room, row.text, font, ink)
        if value.count >= 0:
            track = QRectF(left + 20, box.bottom() - 5, right - left - 20, 2.5)
            paint.rounded(painter, track, 1.25, theme.line2 if not value.state else theme.line)
            track.setWidth(max(2.5, track.width() * row.share))
            colour = QColor(self._colour(value))
            colour.setAlphaF(0.7)
            paint.rounded(painter, track, 1.25, colour)

    def _label(self, value: Value) -> tuple[QFont, QColor]:
        font = fonts.ui(13, 500 if value.state == CHOSEN else 400)
        font.setStrikeOut(value.state == EXCLUDED)
        faint = value.state == EXCLUDED or not value.value
        return font, self.theme.text3 if faint else self.theme.text

    def _sign(self, painter: QPainter, box: QRectF, row: Row, value: Value) -> None:
        if row.field == "feed":
            paint.badge(painter, box, value.label)
        elif row.field == "watchlist":
            paint.icon(painter, box.topLeft(), "tags", self.theme.text2, 14)
        elif row.field in ("entity", "type"):
            ink = self.theme.entity(value.type).ink
            paint.icon(painter, box.topLeft(), icons.entity_icon(value.type), ink, 14)
        else:
            code = value.value.partition("-")[0].upper() or "–"
            font = fonts.ui(9, 600)
            centre = Qt.AlignmentFlag.AlignHCenter
            around = box.adjusted(-2, 0, 2, 0)
            paint.outlined(painter, around, 3, self.theme.field_line)
            paint.short_text(painter, around, code[:3], font, self.theme.text2, centre)

    def _colour(self, value: Value) -> QColor:
        if value.type:
            return self.theme.entity(value.type).rule
        return self.theme.selection_bar
