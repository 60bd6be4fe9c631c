"""What opens under the search box while a query is written: what could come next, or came before.

It lies in the window beside the box and never takes the focus; the box hands it the keys it uses.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.search import Completion
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import Rule
from reader.gui.views.search_rows import OFFER, ROW, Offer, Recent, Rows

MOST_SHOWN = 9
_LEAST, _WIDEST = 420, 760
_HELLO = "Words, a “phrase” in quotation marks, or a filter such as last:7d."


class SearchPopup(QFrame):
    chosen = Signal(object)
    """The offer."""
    forgotten = Signal(str)
    """A recent query is to be taken off the list."""
    cleared = Signal()
    form_wanted = Signal()
    help_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._under = LIGHT, QRectF()
        self.setObjectName("searchPopup")
        self.setAccessibleName("Suggestions")
        self.title, self.problem = QLabel("Recent searches"), QLabel()
        self.problem.setWordWrap(True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.rows = Rows(self)
        self.form = _quiet("Build a search…", self)
        self.help = _quiet("Search help  (F1)", self)
        self.clear = _quiet("Clear recent searches", self)
        self._lay_out()
        self.rows.chosen.connect(self.chosen)
        self.rows.forgotten.connect(self.forgotten)
        self.form.clicked.connect(self.form_wanted)
        self.help.clicked.connect(self.help_wanted)
        self.clear.clicked.connect(self.cleared)
        self.hide()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 4, 6, 4)
        foot.setSpacing(2)
        foot.addWidget(self.form)
        foot.addWidget(self.help)
        foot.addStretch(1)
        foot.addWidget(self.clear)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 5, 1, 1)
        rows.setSpacing(0)
        for part in (self.title, self.rows, self.problem, Rule()):
            rows.addWidget(part)
        rows.addLayout(foot)
        self.title.setContentsMargins(14, 4, 14, 4)
        self.problem.setContentsMargins(14, 4, 14, 7)

    # what it shows

    def show_completions(self, offers: Sequence[Completion], under: QRectF) -> None:
        """`under`: the search box, in the window. Without offers it closes."""
        self.title.hide()
        self.clear.hide()
        self._open(offers, under)

    def show_recent(self, queries: Sequence[str], under: QRectF) -> None:
        """The newest first; it opens without any, too, and says what can be written."""
        self.title.setText("Recent searches" if queries else _HELLO)
        self.title.show()
        self.clear.setVisible(bool(queries))
        self.say("")
        self._open([Recent(query) for query in queries], under, always=True)

    def say(self, problem: str) -> None:
        """Why what is written cannot be run as it stands; "" when it can."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if self.isVisible():
            self._place()

    def offers(self) -> list[Offer]:
        return [self.rows.item(row).data(OFFER) for row in range(self.rows.count())]

    def current(self) -> Offer | None:
        """The one that the keys have moved to."""
        row = self.rows.currentRow()
        return self.offers()[row] if row >= 0 else None

    def close_it(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def move_under(self, under: QRectF) -> None:
        self._under = under
        if self.isVisible():
            self._place()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.rows.painter.theme = theme
        self.setStyleSheet(
            f"#searchPopup QLabel {{ color: {theme.text3.name()}; font-size: 12px; }}"
            "#searchPopup QListWidget { border: none; background: transparent; padding: 0 5px; }"
            "#searchPopup QPushButton { padding: 4px 9px; font-size: 12px; }"
        )
        self.problem.setStyleSheet(f"color: {theme.bad.name()}; font-size: 12px;")

    # keys

    def use(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here; it is the box's otherwise."""
        key = event.key()
        if not self.isVisible():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._step(MOST_SHOWN if key == Qt.Key.Key_PageDown else -MOST_SHOWN, wrap=False)
        elif key == Qt.Key.Key_Escape:
            self.close_it()
        elif key == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            return self._take(self.current() or next(iter(self.offers()), None))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._take(self.current())
        elif key == Qt.Key.Key_Delete and isinstance(current := self.current(), Recent):
            self.forgotten.emit(current.query)
        else:
            return False
        return True

    def _take(self, offer: Offer | None) -> bool:
        if offer is not None:
            self.chosen.emit(offer)
        return offer is not None

    def _step(self, by: int, *, wrap: bool = True) -> None:
        """Above the first and below the last row nothing is chosen: that is the box itself."""
        count, row = self.rows.count(), self.rows.currentRow()
        wrapped, held = (row + 1 + by) % (count + 1) - 1, min(count - 1, max(0, row + by))
        self.rows.setCurrentRow(wrapped if wrap else held)

    # where it is

    def _open(self, offers: Sequence[Offer], under: QRectF, *, always: bool = False) -> None:
        self.rows.fill(offers)
        if not offers and not always:
            self.close_it()
            return
        self._under = under
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        """Under the box, as wide as it within reason, and inside the window."""
        box, window = self._under, self.window()
        shown = min(MOST_SHOWN, self.rows.count())
        self.rows.setFixedHeight(shown * ROW + 4 if shown else 0)
        wide = round(min(_WIDEST, max(_LEAST, box.width()), window.width() - 16))
        layout = self.layout()
        if layout is not None:
            layout.activate()
            high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else 0
            high = max(high, layout.minimumSize().height())
            x = max(8, min(round(box.x()), window.width() - wide - 8))
            self.setGeometry(x, round(box.bottom()) + 2, wide, high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, theme = QRectF(self.rect()), self._theme
        paint.outlined(painter, box, 10, theme.field_line, theme.page)
        painter.end()


def _quiet(text: str, parent: QWidget) -> QPushButton:
    made = QPushButton(text, parent)
    made.setProperty("kind", "quiet")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
