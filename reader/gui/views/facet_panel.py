"""What the results of a search have in common, with counts; a click makes the search narrower."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from reader.gui import fonts, icons
from reader.gui.models.facets import Facets
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.day_chart import DayChart
from reader.gui.views.facet_rows import MORE, ROW, FacetDelegate, Row, fill, rows, table
from reader.gui.views.panel_list import PanelList
from reader.gui.views.parts import Rule

NOTHING = "Nothing to narrow"
WHY = "No article matches, so there are no feeds, days or entities to choose from."
_EXCLUDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class FacetList(PanelList):
    """Arrow keys go over the headings; Return chooses, with Ctrl or Delete it excludes."""

    pressed_row = Signal(object, bool)
    """A `Row`, and whether what it says is to be left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.delegate = FacetDelegate()
        super().__init__(self.delegate, "What the results have in common", parent)
        self._pressed: Row | None = None

    def show_rows(self, found: Sequence[Row]) -> None:
        """The chosen row and the place it is scrolled to stay where they can."""
        current, scrolled = self.row(self.currentIndex()), self.verticalScrollBar().value()
        fill(self.rows, found)
        self.doItemsLayout()
        keys = [row.key for row in found]
        if current is not None and current.key in keys:
            self.setCurrentIndex(self.rows.index(keys.index(current.key), 0))
        self.verticalScrollBar().setValue(scrolled)

    def row(self, index: QModelIndex) -> Row | None:
        found = index.data(ROW) if index.isValid() else None
        return found if isinstance(found, Row) and found.usable else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.row(self.currentIndex()), event.key()
        if row and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed_row.emit(row, bool(event.modifiers() & _EXCLUDING))
        elif row and key == Qt.Key.Key_Delete:
            self.pressed_row.emit(row, True)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the window."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self.row(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Another row may have come under the pointer since the button was pressed."""
        super().mouseReleaseEvent(event)
        row = self.row(self.indexAt(event.position().toPoint()))
        same = row is not None and self._pressed is not None and row.key == self._pressed.key
        if row is not None and same and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_row.emit(row, bool(event.modifiers() & _EXCLUDING))


class FacetPanel(QWidget):
    narrow_wanted = Signal(str, str, bool)
    """A field, a value, and whether articles with it are to be left out."""
    widen_wanted = Signal(str, str)
    """What the query says about this value is to be taken out again."""
    time_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._facets, self._known = LIGHT, Facets(), False
        self._opened: set[str] = set()
        self.chart, self.list, self._line = DayChart(self), FacetList(self), Rule(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 4)
        column.setSpacing(0)
        column.addWidget(self.chart)
        column.addSpacing(6)
        column.addWidget(self._line)
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        self.setMinimumWidth(190)
        self.setAccessibleName("Results")
        self.list.pressed_row.connect(self._pressed)
        self.chart.wanted.connect(lambda time, out: self.narrow_wanted.emit("date", time, out))
        self.chart.cleared.connect(self.time_cleared)
        self.set_theme(LIGHT)
        self.show_facets(None)

    def show_facets(self, facets: Facets | None) -> None:
        """None: nothing is known yet, so nothing is said."""
        if facets is not None and self._known and facets == self._facets:
            self.set_faded(on=False)
            return
        self._known = facets is not None
        self._facets = facets or Facets()
        self.chart.show_days(self._facets.bars, self._facets.time)
        self.list.show_rows(rows(self._facets, self._opened))
        timed = bool(self._facets.bars or self._facets.time)
        self.chart.setVisible(timed)
        self._line.setVisible(timed)
        self.list.setVisible(any(values for _, values in self._facets.values))
        empty = self._known and self._facets.empty
        self.setAccessibleDescription(WHY if empty else "")
        self.set_faded(on=False)
        self.update()

    def set_faded(self, *, on: bool) -> None:
        """While newer counts are on their way, those on show step back; nothing moves."""
        self.chart.set_faded(on=on)
        self.list.delegate.faded = on
        self.list.viewport().update()

    def forget_opened(self) -> None:
        """Another search: every field is listed with its biggest values only."""
        self._opened.clear()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.chart.set_theme(theme)
        self.list.delegate.theme = theme
        self.setStyleSheet(f"QListView {{ background: {theme.list.name()}; border: none; }}")
        self.update()

    def menu(self, row: Row) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        value, name = row.value, row.text.replace("&", "&&")
        if value is not None and value.value:
            here = (value.field, value.value)
            if value.state:
                out = menu.addAction(f"Take {name} out of the search")
                out.triggered.connect(lambda: self.widen_wanted.emit(*here))
            if value.state != "chosen":
                only = menu.addAction(f"Only {name}")
                only.triggered.connect(lambda: self.narrow_wanted.emit(*here, False))
            if value.state != "excluded":
                out = menu.addAction(f"Without {name}")
                out.triggered.connect(lambda: self.narrow_wanted.emit(*here, True))
            menu.addSeparator()
        menu.addAction("Copy as table", lambda: self.copy_table(row.field))
        return menu

    def copy_table(self, field: str) -> None:
        QGuiApplication.clipboard().setText(table(self._facets, field))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Over a row, a heading too; by keyboard for the current row."""
        place = self.list.viewport().mapFromGlobal(event.globalPos())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.list.indexAt(place) if by_mouse else self.list.currentIndex()
        row = index.data(ROW) if index.isValid() else None
        if isinstance(row, Row):
            where = self.list.visualRect(index).center() if not by_mouse else place
            self.menu(row).popup(self.list.viewport().mapToGlobal(QPoint(where)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.list)
        if self._known and self._facets.empty:
            self._paint_nothing(painter)
        painter.end()

    def _pressed(self, row: Row, without: bool) -> None:
        value = row.value
        if row.kind == MORE:
            self._opened ^= {row.field}
            self.list.show_rows(rows(self._facets, self._opened))
        elif value is not None and value.state and not (without and value.state == "chosen"):
            self.widen_wanted.emit(value.field, value.value)
        elif value is not None:
            self.narrow_wanted.emit(value.field, value.value, without)

    def _paint_nothing(self, painter: QPainter) -> None:
        drawing = icons.pixmap("list-filter", self._theme.field_line, 30, self.devicePixelRatioF())
        painter.drawPixmap(round(self.width() / 2 - 15), 46, drawing)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        painter.setFont(fonts.ui(13, 500))
        painter.setPen(self._theme.text2)
        painter.drawText(QRectF(22, 90, self.width() - 44, 22), flags, NOTHING)
        painter.setFont(fonts.ui(12))
        painter.setPen(self._theme.text3)
        painter.drawText(QRectF(22, 116, self.width() - 44, 80), flags, WHY)
