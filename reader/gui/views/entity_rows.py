"""The rows of the entity panel: headings by type, and entities with their counts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reader.domain.article import Mention
from reader.domain.entity import TYPES
from reader.gui import fonts, icons
from reader.gui.models.highlights import Highlights
from reader.gui.models.rows import Index
from reader.gui.theme import LIGHT, Theme

HEADINGS = {
    "person": "People", "organisation": "Organisations", "place": "Places", "weapon": "Weapons",
    "event": "Events", "topic": "Topics", "other": "Other",
}  # fmt: skip
ROW = Qt.ItemDataRole.UserRole
HEADING_HEIGHT, ROW_HEIGHT = 31, 25
_MOST_BARS = 5
_DIMMED = 0.62
"""Of what is not highlighted in the text; it can still be read."""
_CENTRE = Qt.AlignmentFlag.AlignVCenter
_GAP = 6.0
_SHARE = 0.5
"""Of a row's room that the watchlist of a namesake may take."""
_JUMP = 26
"""Width of the place at the right of a row that leads to the text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A heading when `entity_id` is 0. `watchlist`: only of a name that another entity has, too."""

    text: str
    type: str
    entity_id: int = 0
    count: int = 0
    watchlist: str = ""

    @property
    def full(self) -> str:
        return f"{self.text} ({self.watchlist})" if self.watchlist else self.text


def namesakes(found: Iterable[Row]) -> set[int]:
    """The entities whose name does not tell them from another one."""
    named: dict[str, list[int]] = {}
    for row in found:
        if row.entity_id:
            named.setdefault(row.text.casefold(), []).append(row.entity_id)
    return {entity for alike in named.values() if len(alike) > 1 for entity in alike}


def told_apart(found: Iterable[Row], watchlists: Mapping[int, str]) -> list[Row]:
    """Namesakes with their watchlists, given by entity."""
    return [replace(row, watchlist=watchlists.get(row.entity_id, "")) for row in found]


def rows(mentions: Iterable[Mention]) -> list[Row]:
    """Grouped by type in the order of `TYPES`, the user's own after them; most mentioned first."""
    counts = Counter((m.type, m.entity_id, m.entity) for m in mentions)
    own = sorted({kind for kind, _, _ in counts} - set(TYPES))
    found: list[Row] = []
    for kind in (*TYPES, *own):
        group = [(n, name, entity) for (t, entity, name), n in counts.items() if t == kind]
        if group:
            found.append(Row(heading(kind), kind))
            group.sort(key=lambda row: (-row[0], row[1].casefold()))
            found.extend(Row(name, kind, entity, n) for n, name, entity in group)
    return found


def heading(kind: str) -> str:
    return HEADINGS.get(kind) or kind[:1].upper() + kind[1:]


def fill(model: QStandardItemModel, found: Iterable[Row]) -> None:
    model.clear()
    for row in found:
        item = QStandardItem(row.full)
        item.setData(row, ROW)
        item.setEditable(False)
        if not row.entity_id:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        times = "once" if row.count == 1 else f"{row.count} times"
        spoken = f"{row.full}, {row.type}, {times}" if row.entity_id else row.text
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        if row.entity_id:
            where = f" · watchlist {row.watchlist}" if row.watchlist else ""
            item.setToolTip(f"{row.text} · {row.type} · mentioned {times}{where}")
        model.appendRow(item)


def hovered(state: QStyle.StateFlag) -> bool:
    return bool(state & QStyle.StateFlag.State_MouseOver)


def jump_area(rect: QRectF) -> QRectF:
    """Where in a row a click leads to the text."""
    return QRectF(rect.right() - _JUMP - 10, rect.top(), _JUMP + 10, rect.height())


class EntityDelegate(QStyledItemDelegate):
    """`chosen` is the entity whose mentions are gone through, 0 for none."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.highlights = Highlights()
        self.chosen = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        first = index.row() == 0
        height = ROW_HEIGHT if row.entity_id else HEADING_HEIGHT - 6 * first
        return QSize(option.rect.width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        box = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not (self.highlights.shows(row.type, row.entity_id) or hovered(state)):
            painter.setOpacity(_DIMMED)
        if row.entity_id:
            self._paint_entity(painter, box, row, state)
        else:
            self._paint_heading(painter, box, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRectF, row: Row) -> None:
        ink = self.theme.entity(row.type).ink
        base = box.bottom() - 13
        ratio = painter.device().devicePixelRatioF()
        drawing = icons.pixmap(icons.entity_icon(row.type), ink, 13, ratio)
        painter.drawPixmap(QPointF(box.left() + 18, base - 6.5), drawing)
        painter.setFont(fonts.ui(11, 600))
        painter.setPen(ink)
        painter.drawText(
            QRectF(box.left() + 37, base - 10, box.width() - 50, 20), _CENTRE, row.text
        )

    def _paint_entity(
        self, painter: QPainter, box: QRectF, row: Row, state: QStyle.StateFlag
    ) -> None:
        pointed = hovered(state)
        focused = state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_Active
        painter.setPen(Qt.PenStyle.NoPen)
        if row.entity_id == self.chosen or focused:
            painter.setBrush(self.theme.selection if focused else self.theme.hover)
            painter.drawRoundedRect(box.adjusted(8, 0, -8, 0), 6, 6)
        elif pointed:
            painter.setBrush(self.theme.hover)
            painter.drawRoundedRect(box.adjusted(8, 0, -8, 0), 6, 6)
        bars = min(row.count, _MOST_BARS)
        self._paint_name(painter, box.adjusted(37, 0, -52 - 7 * bars, 0), row)
        if pointed:
            ratio = painter.device().devicePixelRatioF()
            arrow = icons.pixmap("arrow-down", self.theme.text2, 14, ratio)
            painter.drawPixmap(QPointF(box.right() - 32, box.center().y() - 7), arrow)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.entity(row.type).rule)
        for k in range(bars):
            left = box.right() - 45 - 7 * (bars - k)
            painter.drawRoundedRect(QRectF(left, box.center().y() - 4, 4.5, 8), 2, 2)
        painter.setFont(fonts.ui(11, 450))
        painter.setPen(self.theme.text2)
        right = _CENTRE | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -18, 0), right, str(row.count))

    def _paint_name(self, painter: QPainter, room: QRectF, row: Row) -> None:
        """What tells namesakes apart stands in any case, and the name takes what is left."""
        small = QFontMetricsF(fonts.ui(11))
        side = Qt.TextElideMode.ElideRight
        where = small.elidedText(row.watchlist, side, room.width() * _SHARE)
        beside = small.horizontalAdvance(where) + _GAP if where else 0.0
        painter.setFont(fonts.ui(13))
        painter.setPen(self.theme.text)
        metrics = QFontMetricsF(painter.font())
        cut = metrics.elidedText(row.text, side, room.width() - beside)
        painter.drawText(room, _CENTRE | Qt.AlignmentFlag.AlignLeft, cut)
        if where:
            painter.setFont(fonts.ui(11))
            painter.setPen(self.theme.text2)
            left = metrics.horizontalAdvance(cut) + _GAP
            painter.drawText(
                room.adjusted(left, 1, 0, 1), _CENTRE | Qt.AlignmentFlag.AlignLeft, where
            )
