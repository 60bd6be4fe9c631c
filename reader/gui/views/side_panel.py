"""The right-hand side of the window: what is in the article, and during a search the results too.

Two tabs and not two sections: at 1280 × 800 each needs the whole height, and the list of articles
none of its rows taken away. Without a search there is nothing to choose, so there are no tabs.
"""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reader.gui import fonts
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.entity_panel import EntityPanel
from reader.gui.views.facet_panel import FacetPanel
from reader.gui.views.parts import ground
from reader.gui.views.tabs import RingedTabs

RESULTS, ARTICLE = "results", "article"
_ORDER = (RESULTS, ARTICLE)
_LABELS = {RESULTS: "Results", ARTICLE: "In this article"}


class SidePanel(QWidget):
    turned = Signal(str)
    """The user turned to RESULTS or ARTICLE."""

    def __init__(
        self, article: EntityPanel, results: FacetPanel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._article, self._results = article, results
        self.tabs = _Tabs(self)
        self.tabs.setObjectName("sideTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setFont(fonts.ui(13, 600))
        self.tabs.setFixedHeight(48)
        self.tabs.setAccessibleName("What the panel shows")
        for name in _ORDER:
            self.tabs.addTab(_LABELS[name])
        self._stack = QStackedWidget(self)
        self._stack.addWidget(results)
        self._stack.addWidget(article)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        ground(self, "list")
        self.tabs.currentChanged.connect(self._changed)
        self.set_theme(LIGHT)
        self.set_searching(on=False)

    def set_searching(self, *, on: bool, tab: str = ARTICLE) -> None:
        """Whether there are results to speak of, and which tab is up then."""
        self.tabs.setVisible(on)
        self._article.show_head(on=not on)
        self.turn_to(tab if on else ARTICLE)

    def turn_to(self, tab: str) -> None:
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(_ORDER.index(tab))
        self.tabs.blockSignals(False)
        self._stack.setCurrentIndex(_ORDER.index(tab))

    def take_focus(self) -> None:
        """To what is listed in the tab that is up; to the tabs when nothing is."""
        shown = self._results.list if self.tab == RESULTS else self._article.list
        (self.tabs if shown.isHidden() else shown).setFocus()

    @property
    def tab(self) -> str:
        return _ORDER[self._stack.currentIndex()]

    def set_theme(self, theme: Theme) -> None:
        colours = {name: getattr(theme, name).name() for name in ("text", "text3", "accent")}
        self.tabs.ring = theme.selection_bar
        self.tabs.setStyleSheet(
            "QTabBar#sideTabs { background: transparent; border: none; }"
            "QTabBar#sideTabs::tab { background: transparent; border: none;"
            " padding: 15px 2px 9px 2px; margin: 0 5px 0 9px;"
            f" color: {colours['text3']}; border-bottom: 2px solid transparent; }}"
            "QTabBar#sideTabs::tab:first { margin-left: 16px; }"
            f"QTabBar#sideTabs::tab:selected {{ color: {colours['text']};"
            f" border-bottom: 2px solid {colours['accent']}; }}"
            f"QTabBar#sideTabs::tab:hover {{ color: {colours['text']}; }}"
        )

    def _changed(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.turned.emit(_ORDER[index])


class _Tabs(RingedTabs):
    def ring_box(self, tab: QRectF) -> QRectF:
        before = 10 if self.currentIndex() == 0 else 3  # the tab's margin, less than its gap
        return tab.adjusted(before, 11, 2, -5)
