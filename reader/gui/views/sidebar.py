"""The left of the window: the library, saved searches, feeds, entities and tags.

It says what the user chose or asked for; it changes nothing itself.
"""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView, QWidget

from reader.gui.models.places import Place
from reader.gui.models.sidebar import SEARCH, SidebarModel
from reader.gui.theme import Theme
from reader.gui.views.parts import ground
from reader.gui.views.sidebar_delegate import FOLDERS, SidebarDelegate

MENUS: dict[str, tuple[tuple[str, str], ...]] = {
    "feed": (
        ("refresh", "Refresh"), ("mark_read", "Mark all read"), ("", ""),
        ("rename", "Rename…"), ("move", "Move to folder…"), ("copy", "Copy address"), ("", ""),
        ("remove", "Remove"),
    ),
    "folder": (("refresh", "Refresh"), ("mark_read", "Mark all read")),
    "saved": (
        ("run", "Search again"), ("mark_read", "Mark all read"), ("", ""), ("edit", "Edit…"),
        ("alert", "Alert"), ("judge", "Judge what it fired"), ("publish", "Publish as feed file…"),
        ("unpublish", "Stop publishing"), ("", ""),
        ("move", "Move to folder…"), ("remove", "Remove"),
    ),
    "shelf": (
        ("mark_read", "Mark all read"), ("", ""), ("rename", "Rename…"),
        ("dissolve", "Take out of the folder"),
    ),
    "list": (
        ("search_list", "Articles of this watchlist"), ("switch", "Switch on or off"), ("", ""),
        ("lists", "Watchlists and types…"),
    ),
    "entity": (
        ("page", "Entity page"), ("new_alert", "New alert for this…"), ("edit", "Edit…"),
        ("mark_read", "Mark all read"), ("", ""), ("remove", "Remove"),
    ),
    "library": (("mark_read", "Mark all read"),),
    "alerts": (("mark_read", "Mark all read"), ("", ""), ("channels", "Alert channels…")),
    "tag": (("mark_read", "Mark all read"),),
}  # fmt: skip
"""(verb, words) by the key of a place or its kind; empty for a line between them."""


class Sidebar(QTreeView):
    chosen = Signal(object)
    """A `Place` that has a scope."""
    asked = Signal(str, object)
    """A verb of `MENUS`, and the `Place` it is about."""
    add_wanted = Signal(str)
    """The id of the action behind a section's plus."""
    more_wanted = Signal()
    dropped = Signal(str, str)
    """The name of a saved search, and the folder it was dragged to; "": none."""

    def __init__(self, model: SidebarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = model
        self._delegate = SidebarDelegate(self)
        self._closed: set[str] = set()
        self._quiet = False
        self._set_up()
        self.setModel(model)
        model.rowsInserted.connect(self._inserted)
        self.collapsed.connect(lambda index: self._remember(index, closed=True))
        self.expanded.connect(lambda index: self._remember(index, closed=False))
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.customContextMenuRequested.connect(self._menu_at)
        self._open_below(QModelIndex())

    def _set_up(self) -> None:
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Sidebar")
        ground(self, "side")
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(700)
        self.setViewportMargins(0, 6, 0, 6)

    # what it can be told

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def choose(self, index: QModelIndex) -> None:
        """Shows a place as chosen without saying so; an invalid index: nothing is chosen."""
        self._quiet = True
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        self._quiet = False

    def reveal(self, index: QModelIndex) -> None:
        """Scrolls a row into view; what is chosen stays."""
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def closed(self) -> list[str]:
        """The keys of folders that are closed."""
        return sorted(self._closed)

    def set_closed(self, keys: Iterable[str]) -> None:
        self._closed = set(keys)
        self._open_below(QModelIndex())

    # what happens

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here chooses nothing: Qt would make the first row current."""
        nothing = not self.currentIndex().isValid()
        self._quiet = True
        super().focusInEvent(event)
        if nothing:
            self.setCurrentIndex(QModelIndex())
        self._quiet = False

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts; those that are none lead nowhere."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        place = self.places.place(index)
        rect = QRectF(self.visualRect(index))
        rect.setX(0)
        if event.button() != Qt.MouseButton.LeftButton:
            return  # a menu is about a row without going there
        if place is None:
            super().mousePressEvent(event)
        elif place.kind == "section":
            if place.addable and self._delegate.add_box(rect).contains(event.position()):
                self.add_wanted.emit(place.addable)
        elif place.kind in FOLDERS and self._on_chevron(rect, index, event):
            self.setExpanded(index, not self.isExpanded(index))
        elif place.kind == "more":
            self.more_wanted.emit()
        elif place.kind == "act":
            self.add_wanted.emit(place.addable)
        else:
            super().mousePressEvent(event)
            if place.kind == "list":
                self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.places.place(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place is not None:
            if place.kind == "more":
                self.more_wanted.emit()
            elif place.kind == "act":
                self.add_wanted.emit(place.addable)
            elif place.scope is not None:
                self.chosen.emit(place)
        elif event.key() == Qt.Key.Key_Delete and place is not None:
            if ("remove", "Remove") in MENUS.get(place.kind, ()):
                self.asked.emit("remove", place)
        elif event.key() == Qt.Key.Key_Menu:
            self._menu(self.currentIndex(), self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def menu_for(self, place: Place) -> QMenu | None:
        """The context menu of a place, or None when there is nothing to be done to it."""
        entries = MENUS.get(place.key) or MENUS.get(place.kind)
        if not entries:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb, text in entries:
            if not verb:
                menu.addSeparator()
                continue
            if verb == "unpublish" and not place.item.files:
                continue
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, v=verb: self.asked.emit(v, place))
            if verb == "alert":
                action.setCheckable(True)
                action.setChecked(place.item.saved.alert)
        return menu

    # dragging saved searches into folders

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self and event.mimeData().hasFormat(SEARCH):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls, and opens folders
        if self._dropped_on(event) is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = self._dropped_on(event)
        if folder is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # Qt would remove the row itself
        event.accept()
        name = bytes(event.mimeData().data(SEARCH).data()).decode()
        self.dropped.emit(name, folder)

    def _dropped_on(self, event: QDropEvent) -> str | None:
        if not event.mimeData().hasFormat(SEARCH):
            return None
        return self.places.folder_for(self.indexAt(event.position().toPoint()))

    def _menu_at(self, place: QPoint) -> None:
        self._menu(self.indexAt(place), place)

    def _menu(self, index: QModelIndex, place: QPoint) -> None:
        found = self.places.place(index)
        menu = self.menu_for(found) if found else None
        if menu is not None:
            menu.popup(self.viewport().mapToGlobal(place))

    def _on_chevron(self, rect: QRectF, index: QModelIndex, event: QMouseEvent) -> bool:
        return self._delegate.chevron_box(rect, index).contains(event.position())

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        place = self.places.place(current)
        if place is not None and place.scope is not None and not self._quiet:
            self.chosen.emit(place)

    def _inserted(self, parent: QModelIndex, _first: int, _last: int) -> None:
        if parent.isValid() and self._wants_open(parent):
            self.setExpanded(parent, True)
        self._open_below(parent)

    def _open_below(self, parent: QModelIndex) -> None:
        for row in range(self.places.rowCount(parent)):
            index = self.places.index(row, 0, parent)
            if self.places.rowCount(index):
                self.setExpanded(index, self._wants_open(index))
                self._open_below(index)

    def _wants_open(self, index: QModelIndex) -> bool:
        place = self.places.place(index)
        return place is not None and place.key not in self._closed

    def _remember(self, index: QModelIndex, *, closed: bool) -> None:
        place = self.places.place(index)
        if place is not None and place.kind in FOLDERS:
            (self._closed.add if closed else self._closed.discard)(place.key)
        elif place is not None and closed:
            self.setExpanded(index, True)  # sections do not close
