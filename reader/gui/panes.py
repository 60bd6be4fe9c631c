"""The four panes of the window side by side, and how wide each is.

While the user has moved none of the borders, the widths follow the window's: at a narrow one the
entities are put away first, then the sidebar. What the user shows or hides stays so.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from reader.gui.state import WindowState

SIDE, LIST, ARTICLE, PANEL = range(4)
PANEL_FROM, SIDE_FROM = 1180, 900
"""The widths from which there is room for them."""
_LEAST = (180, 280, 320, 190)


class Panes(QSplitter):
    moved = Signal()
    """Where the panes begin and end has changed."""

    def __init__(self, panes: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._panes = tuple(panes)
        for number, (pane, least) in enumerate(zip(panes, _LEAST, strict=True)):
            pane.setMinimumWidth(least)
            self.addWidget(pane)
            self.setStretchFactor(number, 1 if number == ARTICLE else 0)
        self._by_hand = False
        self._chosen: dict[int, bool] = {}  # what the user wants shown, whatever the width
        self._lent: set[int] = set()
        self.splitterMoved.connect(self._on_moved)

    def is_shown(self, pane: int) -> bool:
        return not self._panes[pane].isHidden()

    def show_pane(self, pane: int, *, on: bool) -> None:
        """By the user's wish; it stays so at every width."""
        self._chosen[pane] = on
        self._lent.discard(pane)
        self._fit(self.width())

    def lend_pane(self, pane: int, *, on: bool) -> None:
        """Shown for a while, and then as before; what the user wants of it is not forgotten."""
        if on != (pane in self._lent):
            self._lent ^= {pane}
            self._fit(self.width())

    def widths_for(self, width: int) -> list[int]:
        """Of all four panes in a window so wide, in pixels."""
        side = min(300, max(216, round(width * 0.174)))
        panel = min(300, max(214, round(width * 0.16)))
        rows = min(480, max(320, round(width * 0.262)))
        rest = width - rows - side * self._wants(SIDE, width) - panel * self._wants(PANEL, width)
        return [side, rows, max(_LEAST[ARTICLE], rest), panel]

    def save(self, state: WindowState) -> None:
        state.put("sidebar", self._chosen.get(SIDE, True))
        state.put("entities", self._chosen.get(PANEL, True))
        if self._by_hand:
            state.put("panes", " ".join(map(str, self.sizes())))

    def load(self, state: WindowState) -> None:
        for pane, name in ((SIDE, "sidebar"), (PANEL, "entities")):
            if not state.flag(name, default=True):
                self._chosen[pane] = False
        sizes = [int(size) for size in state.text("panes").split() if size.isdigit()]
        self._fit(self.width())
        if len(sizes) == len(_LEAST) and all(sizes[LIST : ARTICLE + 1]):
            self._by_hand = True
            self.setSizes(sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        for pane in (SIDE, PANEL):
            self._panes[pane].setVisible(self._wants(pane, width))
        if not self._by_hand:
            self.setSizes(self.widths_for(width))
        self.moved.emit()

    def _wants(self, pane: int, width: int) -> bool:
        room = width >= (PANEL_FROM if pane == PANEL else SIDE_FROM)
        return pane in self._lent or self._chosen.get(pane, room)

    def _on_moved(self) -> None:
        self._by_hand = True
        self.moved.emit()
