"""The top of the window: sidebar switch, name, search, and what concerns the whole program."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from reader.gui import fonts, icons
from reader.gui.actions import Actions, fill_menu
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.parts import IconButton, Line, Surface
from reader.gui.views.search_box import SearchBox

MENU = (
    "add_feed", "import", "export", "", "undo", "", "build_search", "", "channels",
    "keep_running", "", "larger", "smaller", "normal", "", "entities", "", "palette", "shortcuts",
    "search_help", "about", "", "quit",
)  # fmt: skip
NAMES = ("track", "discover", "entity_page", "", "lists", "starter", "", "choose_highlights")


class TopBar(Surface):
    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self._actions, self._theme, self._busy = actions, LIGHT, False
        self.setFixedHeight(56)
        self.sidebar = IconButton.of(actions["sidebar"], "panel-left")
        self.sidebar.setProperty("kind", "switch")
        self.name = Line(14, 600, "text")
        self.name.set_text("Media Reader")
        self.name.setFixedWidth(110)
        self.search = SearchBox()
        self.save = _SaveButton(actions["save_search"])
        self.refresh = IconButton.of(actions["refresh"], "refresh-cw")
        self.scheme = IconButton.of(actions["scheme"], "sun")
        self.settings = IconButton("settings", "Menu")
        self._menu = QMenu(self)
        self._fill()
        self.settings.setMenu(self._menu)
        self.settings.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(4)
        row.addWidget(self.sidebar)
        row.addSpacing(4)
        row.addWidget(self.name, 0, Qt.AlignmentFlag.AlignVCenter)
        self._gap = QWidget()
        row.addWidget(self._gap)
        row.addWidget(self.search, 1)
        row.addSpacing(14)
        row.addWidget(self.save)
        row.addSpacing(8)
        for button in (self.refresh, self.scheme, self.settings):
            row.addWidget(button)

    def align_search(self, x: int) -> None:
        """Begins the search box where the list begins, while there is room for that."""
        taken = self.sidebar.sizeHint().width() + self.name.width() + 36
        self._gap.setFixedWidth(max(8, x - taken))

    def set_refreshing(self, *, on: bool) -> None:
        """The one button refreshes, and stops while that is going on."""
        if on == self._busy:
            return
        self._busy = on
        self.refresh.setDefaultAction(self._actions["stop" if on else "refresh"])
        self.refresh.set_icon("circle-stop" if on else "refresh-cw", self._theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.scheme.set_icon("moon" if theme.dark else "sun", theme)
        for part in (self.sidebar, self.name, self.search, self.save, self.refresh, self.settings):
            part.set_theme(theme)

    def _fill(self) -> None:
        fill_menu(self._menu, self._actions, MENU[:6])
        look = self._menu.addMenu("Appearance")
        fill_menu(look, self._actions, ("light", "dark", "system", "", "compact"))
        names = self._menu.addMenu("Tracked names")
        fill_menu(names, self._actions, NAMES)
        fill_menu(self._menu, self._actions, MENU[6:])


class _SaveButton(QPushButton):
    """The one coloured button; it can be pressed while there is a query to save."""

    def __init__(self, action: QAction) -> None:
        super().__init__(" Save search")  # Qt leaves little room beside an icon
        self._theme = LIGHT
        self.setProperty("kind", "primary")
        self.setFont(fonts.ui(12, 600))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(action.toolTip())
        self.setAccessibleName("Save this search")
        self.clicked.connect(action.trigger)
        self.set_ready(on=False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.set_ready(on=self.isEnabled())

    def set_ready(self, *, on: bool) -> None:
        """Whether there is a query to save."""
        self.setEnabled(on)
        colour = self._theme.page if not self._theme.dark else self._theme.text
        self.setIcon(icons.icon("bookmark", colour if on else self._theme.text3, 14))
