"""The rows of the article list and how one moves among them.

A table of one column with rows of one height: a million of them scroll without being laid out.
The day of the topmost row floats over them.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reader.domain.alert import Alert
from reader.gui import fonts
from reader.gui.models.articles import ArticleModel
from reader.gui.models.highlights import Highlights
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.article_delegate import ArticleDelegate, day_of
from reader.gui.views.article_row import Density
from reader.gui.views.parts import ground

HEADING = 30
_EVERY_MINUTE = 60_000


class Listed(NamedTuple):
    """A name in a row: of which entity, in which article. `at`: its corner in the row."""

    article_id: int
    entity_id: int
    type: str
    at: tuple[int, int]


class ArticleTable(QTableView):
    chosen = Signal(int)
    """The article now current, by id."""
    scrolled = Signal()
    """Other rows may be on show."""
    alert_pressed = Signal(object)
    """In the inbox: the `Alert` whose chip was pressed."""
    name_pointed = Signal(object, QRect)
    """The `Listed` name under the pointer and its box on the screen, or None."""
    copies_pressed = Signal(int)
    """The id of the article whose sign "×4" was pressed."""

    def __init__(self, model: ArticleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._quiet, self._current_id = False, 0
        self._delegate = ArticleDelegate(self)
        self._heading = _Heading(self)
        self._set_up()
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._before_reset)
        model.modelReset.connect(self._after_reset)
        model.dataChanged.connect(self._heading.update)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        clock = QTimer(self)  # "38 min" grows old
        clock.timeout.connect(self.viewport().update)
        clock.start(_EVERY_MINUTE)

    def _set_up(self) -> None:
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Articles")
        ground(self, "list")
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_density(self._delegate.density)

    # what it can be told

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._heading.theme = theme
        self._heading.update()
        self.viewport().update()

    def set_highlights(self, highlights: Highlights) -> None:
        """Which mentions are painted in the rows, and how."""
        self._delegate.highlights = highlights
        self.viewport().update()

    def set_density(self, density: Density) -> None:
        self._delegate.density = density
        self._delegate.forget()
        self.verticalHeader().setMinimumSectionSize(density.height)
        self.verticalHeader().setDefaultSectionSize(density.height)
        self.verticalScrollBar().setSingleStep(density.height // 2)
        self.viewport().update()

    def density(self) -> Density:
        return self._delegate.density

    def set_alert_tip(self, said: Callable[[Alert], str]) -> None:
        """What the tool tip of a saved search's chip says, in the inbox."""
        self._delegate.alert_tip = said

    def set_by_day(self, *, on: bool) -> None:
        """Days are headings only while the order is by date."""
        self._delegate.by_day = on
        self._restyle()

    def choose(self, row: int) -> None:
        """Makes a row the current and only selected one, and shows it."""
        index = self.rows.index(row, 0)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def choose_quietly(self, row: int) -> None:
        """The same without `chosen`: the article on show stays as it is, and so does the scroll."""
        scroll, self._quiet = self.verticalScrollBar().value(), True
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.rows.index(row, 0), flags)
        self._quiet = False
        self.verticalScrollBar().setValue(scroll)

    def lend(self, row: int) -> Callable[[], None]:
        """Chooses a row for a menu alone, without `chosen`; call the answer to go back.

        The way back is not taken where something else has been chosen meanwhile.
        """
        lent, selected = self.rows.ids[row], self.selected_ids()
        current = self.rows.ids[self.current_row()] if self.current_row() >= 0 else 0
        self.choose_quietly(row)

        def put_back() -> None:
            if self.current_row() >= 0 and self.rows.ids[self.current_row()] == lent:
                self.choose_quietly(self.rows.row_of(current) if current else -1)
                self._select_too(selected)

        return put_back

    def _select_too(self, ids: Sequence[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select
        for row in filter(lambda row: row >= 0, map(self.rows.row_of, ids)):
            self.selectionModel().select(self.rows.index(row, 0), flags)

    # what it can be asked

    def current_row(self) -> int:
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def selected_ids(self) -> list[int]:
        """In the order of the list."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.ids[row] for row in rows]

    def alert_at(self, place: QPoint) -> Alert | None:
        """The alert whose chip is at a place of the viewport."""
        index = self.indexAt(place)
        box = QRectF(self.visualRect(index))
        inside = place.toPointF() - box.topLeft()
        return self._delegate.alert_at(index, inside, int(box.width())) if index.isValid() else None

    def copies_at(self, place: QPoint) -> int | None:
        """The article whose sign "×4" is at a place of the viewport."""
        index = self.indexAt(place)
        box = QRectF(self.visualRect(index))
        inside = place.toPointF() - box.topLeft()
        line = self._delegate.copies_at(index, inside, int(box.width()))
        return line.id if line else None

    def name_at(self, place: QPoint) -> tuple[Listed, QRect] | None:
        """The name that is highlighted at a place of the viewport, and its box there."""
        index = self.indexAt(place)
        row = QRectF(self.visualRect(index))
        inside = place.toPointF() - row.topLeft()
        name = self._delegate.name_at(index, inside, int(row.width())) if index.isValid() else None
        if name is None:
            return None
        at = (int(name.box.x()), int(name.box.y()))
        listed = Listed(self.rows.ids[index.row()], name.entity_id, name.type, at)
        return listed, name.box.translated(row.topLeft()).toAlignedRect()

    def visible_rows(self) -> range:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        if last < 0:
            last = self.rows.rowCount() - 1
        return range(first, last + 1)

    def visible_ids(self) -> Sequence[int]:
        rows = self.visible_rows()
        return self.rows.ids[rows.start : rows.stop].tolist()

    def anchor(self) -> tuple[int, int]:
        """The topmost article and how many pixels of it are above the edge; (0, 0) at the top."""
        value = self.verticalScrollBar().value()
        row = max(0, self.rowAt(0))
        if value == 0 or row >= self.rows.rowCount():
            return 0, 0
        return self.rows.ids[row], value - row * self._delegate.density.height

    def restore(self, anchor: tuple[int, int]) -> None:
        """Scrolls so that the article of `anchor` stands where it stood."""
        row = self.rows.row_of(anchor[0]) if anchor[0] else -1
        if row >= 0:
            self.verticalScrollBar().setValue(row * self._delegate.density.height + anchor[1])
        else:
            self.scrollToTop()

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here chooses nothing: Qt would make the first row current, and so read it."""
        nothing = self.current_row() < 0
        self._quiet = True
        super().focusInEvent(event)
        if nothing:
            self.setCurrentIndex(QModelIndex())
        self._quiet = False

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts. Qt would look through every title, and read what it finds."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        idle = event.buttons() == Qt.MouseButton.NoButton
        found = self.name_at(event.position().toPoint()) if idle else None
        if found is None:
            self.name_pointed.emit(None, QRect())
        else:
            name, box = found
            corner = self.viewport().mapToGlobal(box.topLeft())
            self.name_pointed.emit(name, QRect(corner, box.size()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.name_pointed.emit(None, QRect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.name_pointed.emit(None, QRect())
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)  # a menu is about a row without reading it
            alert = self.alert_at(event.position().toPoint())
            copied = self.copies_at(event.position().toPoint())
            if alert is not None:
                self.alert_pressed.emit(alert)
            elif copied is not None:
                self.copies_pressed.emit(copied)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle()
        self.scrolled.emit()

    def _restyle(self) -> None:
        shown = self._delegate.by_day and self.rows.rowCount() > 0
        self.setViewportMargins(0, HEADING if shown else 0, 0, 0)
        self._heading.setVisible(shown)
        self._heading.setGeometry(0, 0, self.width(), HEADING)
        self._heading.update()

    def _before_reset(self) -> None:
        self._current_id = self.rows.ids[self.current_row()] if self.current_row() >= 0 else 0

    def _after_reset(self) -> None:
        self._restyle()
        row = self.rows.row_of(self._current_id) if self.rows.keeping and self._current_id else -1
        if row >= 0:
            self.choose_quietly(row)
        self.verticalScrollBar().setValue(0)
        self.scrolled.emit()

    def _on_scroll(self) -> None:
        self._heading.update()
        self.scrolled.emit()

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.chosen.emit(self.rows.ids[current.row()])


class _Heading(QWidget):
    """The day of the topmost row."""

    def __init__(self, table: ArticleTable) -> None:
        super().__init__(table)
        self.theme = LIGHT
        self._table = table
        ground(self, "list")

    def paintEvent(self, _event: QPaintEvent) -> None:
        day = day_of(self._table.rows, max(0, self._table.rowAt(0)))
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.list)
        box = QRectF(20, 4, self.width() - 40, HEADING - 6)
        paint.line_of_text(painter, box, day, fonts.ui(11, 600), self.theme.text3)
        painter.end()
