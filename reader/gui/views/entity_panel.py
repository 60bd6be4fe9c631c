"""Who and what an article speaks of: its tracked entities by type, and how often they are named."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader.domain.article import ArticleDetail
from reader.domain.entity import EntityLine
from reader.gui import fonts, icons
from reader.gui.models.highlights import Highlights
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.entity_rows import (
    HEADING_HEIGHT,
    ROW,
    ROW_HEIGHT,
    EntityDelegate,
    Row,
    fill,
    heading,
    jump_area,
    namesakes,
    rows,
    told_apart,
)
from reader.gui.views.history_chart import Day, HistoryChart, Series
from reader.gui.views.panel_list import PanelList
from reader.gui.views.rejections import Rejections
from reader.gui.words import counted

NOTHING = "No tracked entities in this article"
_HEAD = 46
HOW_TO = "Select a name in the text and press Ctrl+E to track it."


class EntityList(PanelList):
    """Arrow keys go over the headings; Return chooses, Space leads to the text."""

    chosen = Signal(int)
    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.delegate = EntityDelegate()
        super().__init__(self.delegate, "Entities in this article", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_rows(self, found: Sequence[Row]) -> None:
        fill(self.rows, found)
        headings = sum(not row.entity_id for row in found)
        height = headings * HEADING_HEIGHT + (len(found) - headings) * ROW_HEIGHT
        self.setMaximumHeight(height + 4)
        self.setMinimumHeight(min(height, 4 * ROW_HEIGHT))

    def row(self, index: QModelIndex) -> Row | None:
        found = index.data(ROW) if index.isValid() else None
        return found if isinstance(found, Row) and found.entity_id else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.row(self.currentIndex())
        if row and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(row.entity_id)
        elif row and event.key() == Qt.Key.Key_Space:
            self.wanted.emit(row.entity_id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position()
        index = self.indexAt(place.toPoint())
        row = self.row(index)
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        jump = jump_area(QRectF(self.visualRect(index))).contains(place)
        (self.wanted if jump else self.chosen).emit(row.entity_id)


class EntityPanel(QWidget):
    entity_chosen = Signal(int)
    mention_wanted = Signal(int)
    edit_requested = Signal(int)
    alert_wanted = Signal(int)  # at once
    alert_requested = Signal(int)  # with a form to fill in
    page_requested = Signal(int)
    unreject_requested = Signal(int, str, str)  # the spelling, and the name of the entity
    type_switched = Signal(str, bool)
    """Whether mentions of a type are to be highlighted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._detail: ArticleDetail | None = None
        self._rows: list[Row] = []
        self._tracked: Sequence[EntityLine] = ()
        self._headed = True
        self.list, self.chart = EntityList(self), HistoryChart(self)
        self._line = QFrame(self)
        self._line.setObjectName("chartLine")
        self._line.setFixedHeight(1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, _HEAD, 0, 12)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addSpacing(12)
        column.addWidget(self._line)
        column.addSpacing(12)
        column.addWidget(self.chart)
        column.addStretch(0)
        self.rejected = Rejections(self)
        self.rejected.wanted.connect(self.unreject_requested)
        column.addWidget(self.rejected, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setMinimumWidth(200)
        self.setAccessibleName("Entities")
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.chosen.connect(self.entity_chosen)
        self.list.wanted.connect(self.mention_wanted)
        self.set_theme(LIGHT)
        self.show_article(None)

    def show_head(self, *, on: bool) -> None:
        """Off where something above the panel says what it is."""
        self._headed = on
        self._column.setContentsMargins(0, _HEAD if on else 8, 0, 12)
        self.update()

    def show_article(self, detail: ArticleDetail | None) -> None:
        """Its history is forgotten until `set_history` brings it."""
        self._detail = detail
        self._rows = self._told_apart(rows(detail.mentions) if detail else [])
        self.list.show_rows(self._rows)
        self.list.setVisible(bool(self._rows))
        self.set_chosen(0)
        self.set_history((), ())
        self.rejected.show_rejected(detail.rejected if detail else ())
        self.setAccessibleDescription(NOTHING if detail and not self._rows else "")
        self.update()

    def set_tracked(self, tracked: Sequence[EntityLine]) -> None:
        """All tracked names, for their watchlists."""
        self._tracked = tracked
        found = self._told_apart(self._rows)
        if found != self._rows:
            self._rows = found
            self.list.show_rows(found)

    def _told_apart(self, found: list[Row]) -> list[Row]:
        alike = namesakes(found)
        lines = (line.entity for line in self._tracked) if alike else ()
        return told_apart(found, {one.id: one.watchlist for one in lines if one.id in alike})

    def top(self, count: int) -> list[Row]:
        """The entities named most often, for the chart."""
        entities = [row for row in self._rows if row.entity_id]
        return sorted(entities, key=lambda row: -row.count)[:count]

    def set_history(self, entities: Sequence[Row], days: Sequence[Day]) -> None:
        """`days`: as `Reading.mentions_per_day` gives them for these entities."""
        self.chart.show_history([Series(row.full, row.type) for row in entities], days)
        self.chart.setVisible(not self.chart.empty)
        self._line.setVisible(not self.chart.empty)

    def set_highlights(self, highlights: Highlights) -> None:
        """What is not highlighted in the text steps back here."""
        self.list.delegate.highlights = highlights
        self.list.viewport().update()

    def set_chosen(self, entity_id: int) -> None:
        """Marks the entity whose mentions are gone through; 0 for none."""
        self.list.delegate.chosen = entity_id
        self.list.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.list.delegate.theme = theme
        self.chart.set_theme(theme)
        self.setStyleSheet(
            f"QListView {{ background: {theme.list.name()}; border: none; }}"
            f"#chartLine {{ background: {theme.line.name()}; border: none; margin: 0 18px; }}"
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.list)
        if self._detail is not None:
            if self._headed:
                self._paint_head(painter)
            if not self._rows:
                self._paint_nothing(painter)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        room = QRectF(18, 13, self.width() - 36, 22)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.ui(13, 600))
        painter.setPen(self._theme.text)
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, "In this article")
        count = sum(1 for row in self._rows if row.entity_id)
        if count:
            painter.setFont(fonts.ui(11, 450))
            painter.setPen(self._theme.text3)
            words = counted(count, "entity", "entities")
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, words)

    def _paint_nothing(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        drawing = icons.pixmap("tags", self._theme.field_line, 30, ratio)
        painter.drawPixmap(round(self.width() / 2 - 15), 92, drawing)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        painter.setFont(fonts.ui(13, 500))
        painter.setPen(self._theme.text2)
        above = QRectF(22, 136, self.width() - 44, 44)
        box = painter.boundingRect(above, flags, NOTHING)
        painter.drawText(above, flags, NOTHING)
        painter.setFont(fonts.ui(12))
        painter.setPen(self._theme.text3)
        painter.drawText(QRectF(22, box.bottom() + 8, self.width() - 44, 80), flags, HOW_TO)

    def menu(self, row: Row) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name, entity = row.full.replace("&", "&&"), row.entity_id
        menu.addAction("Next mention in the text", lambda: self.mention_wanted.emit(entity))
        menu.addAction(f"Articles about {name}", lambda: self.entity_chosen.emit(entity))
        menu.addAction(f"Page of {name}", lambda: self.page_requested.emit(entity))
        menu.addSeparator()
        menu.addAction(f"Alert me about {name}", lambda: self.alert_wanted.emit(entity))
        menu.addAction(f"New alert for {name}…", lambda: self.alert_requested.emit(entity))
        menu.addAction(f"Edit {name}…", lambda: self.edit_requested.emit(entity))
        menu.addSeparator()
        shown = self.list.delegate.highlights
        lit = shown.on and row.type not in shown.types
        switch = menu.addAction(f"Highlight {heading(row.type)}".replace("&", "&&"))
        switch.setCheckable(True)
        switch.setChecked(lit)
        switch.toggled.connect(lambda on: self.type_switched.emit(row.type, on))
        return menu

    def _open_menu(self, place: QPoint) -> None:
        row = self.list.row(self.list.indexAt(place))
        if row is not None:
            self.menu(row).popup(self.list.viewport().mapToGlobal(place))
