"""The sidebar as a tree: sections, and under them places in the library with their counts.

A new overview changes the rows that differ and moves, inserts or removes the others; folders
stay as open as they were, and the selection stays where it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import takewhile
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
)

from reader.domain.library import Overview
from reader.domain.scope import Scope
from reader.gui import words
from reader.gui.models.places import Place, sections
from reader.gui.models.rows import Index

SEARCH = "application/x-media-reader-saved-search"
"""A saved search that is dragged: its name, in UTF-8."""


class Role(IntEnum):
    PLACE = Qt.ItemDataRole.UserRole


@dataclass(slots=True, eq=False)
class _Node:
    place: Place
    parent: "_Node | None" = None
    children: "list[_Node]" = field(default_factory=list)


_ROOT = Place(kind="root", key="", title="")


class SidebarModel(QAbstractItemModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(_ROOT)
        self._overview = Overview()
        self._all_entities = False
        self._kept: set[int] = set()
        self._trouble = ""
        self._sync(self._root, sections(self._overview, known=False))

    # what the presenter tells

    def set_overview(self, overview: Overview) -> None:
        self._overview = overview
        rows = sections(
            overview, all_entities=self._all_entities, kept=self._kept, trouble=self._trouble
        )
        self._sync(self._root, rows)

    def set_trouble(self, sentence: str) -> None:
        """Why alerts do not arrive, or ""."""
        if sentence != self._trouble:
            self._trouble = sentence
            self.set_overview(self._overview)

    def keep(self, entities: Iterable[int]) -> None:
        """From the next overview on they are listed, however rarely they are mentioned."""
        self._kept.update(entities)

    def show_all_entities(self, *, show: bool) -> None:
        self._all_entities = show
        self.set_overview(self._overview)

    @property
    def all_entities(self) -> bool:
        return self._all_entities

    @property
    def overview(self) -> Overview:
        return self._overview

    # what the screen asks

    def place(self, index: Index) -> Place | None:
        return self._node(index).place if index.isValid() else None

    def find(self, key: str) -> QModelIndex:
        """The row of a place by its key, or an invalid index."""
        return self._find(self._root, QModelIndex(), key)

    def scope_index(self, scope: Scope) -> QModelIndex:
        """The row that stands for a scope, whatever filter is on top of it."""
        return self._find_scope(self._root, QModelIndex(), scope)

    # what Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._node(parent).children)

    def columnCount(self, _parent: Index | None = None) -> int:
        return 1

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, column, children[row])

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        above = self._node(index).parent if index.isValid() else None
        if above is None or above.parent is None:
            return QModelIndex()
        return self.createIndex(above.parent.children.index(above), 0, above)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place = self._node(index).place
        if role == Role.PLACE:
            return place
        if role == Qt.ItemDataRole.DisplayRole:
            return place.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return place.tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(place)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings and hints are passed over by the keyboard."""
        if not index.isValid() or self._node(index).place.kind in ("section", "hint"):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._node(index).place.kind == "saved":
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [SEARCH]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """A saved search that is dragged, by its name."""
        data = QMimeData()
        dragged = [place for place in map(self.place, indexes) if place and place.kind == "saved"]
        if dragged:
            data.setData(SEARCH, dragged[0].title.encode())
        return data

    def folder_for(self, index: Index) -> str | None:
        """Of saved searches, the one that a search dropped here would be in; None: none."""
        place = self.place(index)
        if place is None:
            return None
        if place.kind == "shelf":
            return place.title
        if place.kind == "saved":
            return str(place.item.saved.folder)
        return "" if place.key in ("section:saved", "hint:saved") else None

    # the tree

    def _node(self, index: Index | None) -> _Node:
        if index is None or not index.isValid():
            return self._root
        node: _Node = index.internalPointer()
        return node

    def _sync(self, node: _Node, wanted: Sequence[Place]) -> None:
        """Makes the children of `node` those of `wanted`, touching as little as can be."""
        here = self._index_of(node)
        self._drop(node, here, {place.key for place in wanted})
        known = {child.place.key for child in node.children}
        row = 0
        while row < len(wanted):
            fresh = tuple(takewhile(lambda place: place.key not in known, wanted[row:]))
            if fresh:
                self._insert(node, here, row, fresh)
                row += len(fresh)
            else:
                self._keep(node, here, row, wanted[row])
                row += 1

    def _drop(self, node: _Node, here: QModelIndex, keys: set[str]) -> None:
        """Rows that follow each other go together: a view looks at all of them each time."""
        last = len(node.children)
        while last:
            first = last
            while first and node.children[first - 1].place.key not in keys:
                first -= 1
            if first < last:
                self.beginRemoveRows(here, first, last - 1)
                del node.children[first:last]
                self.endRemoveRows()
            last = max(first - 1, 0)

    def _insert(self, node: _Node, here: QModelIndex, row: int, fresh: Sequence[Place]) -> None:
        self.beginInsertRows(here, row, row + len(fresh) - 1)
        made = [_Node(place, node) for place in fresh]
        node.children[row:row] = made
        self.endInsertRows()
        for child in made:
            if child.place.below:
                self._sync(child, child.place.below)

    def _keep(self, node: _Node, here: QModelIndex, row: int, place: Place) -> None:
        """Sees to it that the child of that key is at `row`, and is as told."""
        rows = range(row, len(node.children))
        old = next(r for r in rows if node.children[r].place.key == place.key)
        if old != row:
            self.beginMoveRows(here, old, old, here, row)
            node.children.insert(row, node.children.pop(old))
            self.endMoveRows()
        child = node.children[row]
        differs, child.place = child.place != place, place
        if differs:
            changed = self.createIndex(row, 0, child)
            self.dataChanged.emit(changed, changed)
        if child.children or place.below:
            self._sync(child, place.below)

    def _index_of(self, node: _Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node)

    def _find(self, node: _Node, here: QModelIndex, key: str) -> QModelIndex:
        for row, child in enumerate(node.children):
            index = self.index(row, 0, here)
            if child.place.key == key:
                return index
            below = self._find(child, index, key)
            if below.isValid():
                return below
        return QModelIndex()

    def _find_scope(self, node: _Node, here: QModelIndex, scope: Scope) -> QModelIndex:
        for row, child in enumerate(node.children):
            index = self.index(row, 0, here)
            if child.place.scope == scope:
                return index
            below = self._find_scope(child, index, scope)
            if below.isValid():
                return below
        return QModelIndex()


def spoken(place: Place) -> str:
    """A row as a screen reader says it."""
    parts = [place.title]
    if place.unread:
        parts.append(f"{words.number(place.unread)} unread")
    if place.count:
        parts.append(words.counted(place.count, "article"))
    if place.days:
        parts.append(f"{words.number(sum(place.days))} in the last {len(place.days)} days")
    if place.problem:
        parts.append(place.problem)
    return ", ".join(parts)
