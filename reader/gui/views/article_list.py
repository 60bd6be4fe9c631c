"""The middle of the window: a heading, the rows, and what is shown where there are none."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.gui import fonts, icons, words
from reader.gui.actions import Actions, fill_menu
from reader.gui.models.articles import ArticleModel
from reader.gui.theme import LIGHT, Theme
from reader.gui.views.article_row import COMFORTABLE, COMPACT
from reader.gui.views.article_table import ArticleTable
from reader.gui.views.inbox_bar import InboxBar
from reader.gui.views.parts import EmptyState, IconButton, Line, Rule, ground

ROW_MENU = (
    "open", "", "toggle_read", "star", "tag", "note", "", "copy_link", "copies", "", "older_read",
)  # fmt: skip
LIST_MENU = (
    "all_read", "older_read", "", "sort_date", "sort_score", "", "facets", "compact",
)  # fmt: skip


class ArticleList(QWidget):
    news_wanted = Signal()
    """The user asked for the articles that have come in since."""
    row_menu_wanted = Signal(object)
    """A `QMenu` about the chosen articles is to open: others may add to it."""

    def __init__(
        self, model: ArticleModel, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions, self._theme = actions, LIGHT
        self.table = ArticleTable(model)
        self.empty = EmptyState()
        self.header = _Header(actions)
        self.inbox = InboxBar(actions)
        self.notice = _Notice()
        self._rule = Rule()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        ground(self, "list")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for row in (self.header, self._rule, self.inbox, self.notice, self._stack):
            rows.addWidget(row)
        self._pill = _Pill(self.table)
        self._pill.clicked.connect(self.news_wanted)
        self.table.installEventFilter(self)
        self.table.customContextMenuRequested.connect(self._menu)
        actions.add_to(self.table)

    def set_heading(self, title: str, subtitle: str) -> None:
        self.header.title.set_text(title)
        self.header.subtitle.set_text(subtitle)

    def set_notice(self, text: str) -> None:
        """What is to be known about the whole list, between heading and rows; "" for nothing."""
        self.notice.say(text)

    def show_rows(self) -> None:
        was_here = self._on_empty(self.window().focusWidget())
        self._stack.setCurrentWidget(self.table)
        if was_here:
            self.table.setFocus()

    def show_empty(
        self, icon: str, title: str, sentence: str, actions: Sequence[QAction] = ()
    ) -> None:
        """Nothing to list, and why. The focus goes to what can be done about it."""
        focus = self.window().focusWidget()  # also while the window is not the active one
        was_here = focus is self.table or self._on_empty(focus)
        self.empty.show_words(icon, title, sentence, actions)
        self._stack.setCurrentWidget(self.empty)
        if was_here:
            first: list[QWidget] = [*self.empty.buttons(), self.empty]
            first[0].setFocus()

    def _on_empty(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self.empty or self.empty.isAncestorOf(widget))

    def is_empty(self) -> bool:
        return self._stack.currentWidget() is self.empty

    def show_news(self, count: int) -> None:
        """Says that `count` articles wait above; 0 hides it."""
        self._pill.say(count)
        self._place_pill()

    def news(self) -> int:
        return self._pill.count

    def set_compact(self, *, on: bool) -> None:
        anchor = self.table.anchor()
        self.table.set_density(COMPACT if on else COMFORTABLE)
        self.table.restore((anchor[0], 0))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.table, self.empty, self.header, self.inbox, self.notice, self._pill):
            part.set_theme(theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_pill()
        return super().eventFilter(watched, event)

    def _place_pill(self) -> None:
        self._pill.adjustSize()
        x = (self.table.width() - self._pill.width()) // 2
        self._pill.move(x, 2)  # over the day, so that no row is covered
        self._pill.raise_()

    def row_menu(self) -> QMenu:
        """What can be done to the chosen articles."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self._actions, ROW_MENU)
        self.row_menu_wanted.emit(menu)
        return menu

    def _menu(self, place: QPoint) -> None:
        index = self.table.indexAt(place)
        if not index.isValid():
            return
        selected = self.table.selectionModel().isSelected(index)
        put_back = None if selected else self.table.lend(index.row())
        menu = self.row_menu()
        if put_back is not None:
            # later: an entry is triggered after the menu has gone
            menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self.table, put_back))
        menu.popup(self.table.viewport().mapToGlobal(place))


class _Header(QWidget):
    """Title and subtitle, the order of a search, and what can be done to the whole list."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setFixedHeight(66)
        self.title = Line(16, 600, "text")
        self.subtitle = Line(12, 400, "text3")
        self.sort = _Sort(actions)
        self.facets = IconButton.of(actions["facets"], "panel-right")
        self.unread = IconButton.of(actions["unread_only"], "list-filter")
        self.more = IconButton("sliders-horizontal", "What to do with this list")
        self._menu = QMenu(self)
        fill_menu(self._menu, actions, LIST_MENU)
        self.more.setMenu(self._menu)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        lines.addWidget(self.title)
        second = QHBoxLayout()
        second.setSpacing(4)
        second.addWidget(self.subtitle, 1)
        second.addWidget(self.sort)
        lines.addLayout(second)
        lines.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 16, 2)
        row.setSpacing(2)
        row.addLayout(lines, 1)
        for button in (self.facets, self.unread, self.more):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_search(sort="", narrow=False)

    def show_search(self, *, sort: str, narrow: bool) -> None:
        """`sort`: "date" or "score", "" where there is no choice; `narrow`: there are results."""
        self.sort.say(sort)
        self.facets.setVisible(narrow)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.title, self.subtitle, self.sort, self.facets, self.unread, self.more):
            part.set_theme(theme)


class _Sort(QToolButton):
    """In which order the results stand; opens the choice."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the word
        self.setFont(fonts.ui(12, 500))
        self.setIconSize(QSize(12, 12))
        self.setFixedHeight(20)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        fill_menu(menu, actions, ("sort_date", "sort_score"))
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def say(self, sort: str) -> None:
        self.setVisible(bool(sort))
        self.setText("Relevance" if sort == "score" else "Newest")
        order = "the most relevant" if sort == "score" else "the newest"
        self.setAccessibleName(f"Order: {order} first")
        self.setToolTip(self.accessibleName())

    def set_theme(self, theme: Theme) -> None:
        self.setIcon(icons.icon("chevron-down", theme.text2, 12))
        self.setStyleSheet("QToolButton { padding: 0 4px; }")


class _Notice(QWidget):
    """One quiet line."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self.line = Line(12, 400, "text2")
        self._icon = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 5, 20, 5)
        row.setSpacing(7)
        row.addWidget(self._icon)
        row.addWidget(self.line, 1)
        ground(self, "side")
        self.hide()

    def say(self, text: str) -> None:
        self.line.set_text(text)
        self.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        self.line.set_theme(theme)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap("info", theme.text2, 14, ratio))


class _Pill(QPushButton):
    """Floats over the rows instead of moving them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = 0
        self.setObjectName("news")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has "show new articles"
        self.hide()

    def say(self, count: int) -> None:
        self.count = count
        self.setText(words.counted(count, "new article"))
        self.setAccessibleName(self.text())
        self.setVisible(count > 0)

    def set_theme(self, theme: Theme) -> None:
        white = theme.page if not theme.dark else theme.text
        self.setIcon(icons.icon("arrow-up", white, 14))
        self.setStyleSheet(
            f"QPushButton#news {{ background: {theme.button.name()}; color: #ffffff;"
            " border: none; border-radius: 14px; padding: 6px 14px 6px 10px; font-size: 12px;"
            " font-weight: 600; min-height: 16px; }"
        )
