"""Where the user searches: a field that tells what it found, or where it went wrong.

It knows no language: what its text is made of (`show_clauses`) and what could come next
(`show_completions`) is asked for by signals and shown when the answer still fits.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reader.domain.search import Clause, Completion
from reader.gui import fonts, words
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import IconButton
from reader.gui.views.search_hint import QueryHint
from reader.gui.views.search_line import HEIGHT
from reader.gui.views.search_popup import SearchPopup
from reader.gui.views.search_rows import Offer, Recent
from reader.gui.views.search_tokens import TokenField

_HINT = "Ctrl K"
_NARROW = 420
"""Below this width what was found is not painted beside the query."""


class SearchBox(QWidget):
    typed = Signal(str)
    """On every change by the user."""
    entered = Signal(str)
    left = Signal()
    """Esc emptied it, or found it so."""
    kept = Signal(str)
    """The user went on to the results of this query."""
    clauses_wanted = Signal(str)
    completions_wanted = Signal(str, int)
    """The text, and where in it (code points) the caret is."""
    recent_removed = Signal(str)
    recent_cleared = Signal()
    form_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._info, self._failed = LIGHT, "", False
        self._recent: tuple[str, ...] = ()
        self._writing = self._asked = False  # asked: by the arrow key, whatever there is to offer
        self.field = TokenField()
        self.field.setAccessibleName("Search articles")
        self.clear_button = IconButton("x", "Clear the search", size=14)
        self.clear_button.hide()
        self.hint, self.popup = QueryHint(self), SearchPopup(self)
        self.setFixedHeight(HEIGHT + 6)
        row = QHBoxLayout(self)
        row.setContentsMargins(38, 3, 12, 3)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.clear_button)
        self._reserve()
        self._connect()

    def _connect(self) -> None:
        field, popup = self.field, self.popup
        field.first_refusal = self._popup_key
        field.edited.connect(self._edited)
        field.settled.connect(self.clauses_wanted)
        field.entered.connect(self._enter)
        field.escaped.connect(self._escape)
        field.down_pressed.connect(self._ask_for_more)
        field.help_wanted.connect(self.help_wanted)
        field.focus_changed.connect(self._focus_changed)
        self.clear_button.clicked.connect(self._escape)
        popup.chosen.connect(self._choose)
        popup.forgotten.connect(self.recent_removed)
        popup.cleared.connect(self.recent_cleared)
        for wanted, told in (
            (popup.form_wanted, self.form_wanted), (popup.help_wanted, self.help_wanted),
        ):  # fmt: skip
            wanted.connect(self._stop_writing)
            wanted.connect(told)
        popup.closed.connect(self._show_hint)

    # what is in it

    def text(self) -> str:
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Shows a query without running it."""
        self._writing = False
        self.popup.close_it()
        self.field.set_text(text)
        self.clear_button.setVisible(bool(text))
        self.show_found("")

    def focus(self) -> None:
        """By the user's wish: everything chosen, or with nothing there the searches of before."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if not self.text():
            self._show_recent()

    def show_clauses(self, text: str, clauses: Sequence[Clause]) -> None:
        self.field.show_clauses(text, clauses)

    def show_completions(self, text: str, caret: int, offers: Sequence[Completion]) -> None:
        """What could stand at the caret; nothing opens unless it is still being written there."""
        here = text == self.text() and caret == self.field.caret()
        if not (here and self.field.hasFocus() and (self._writing or self._asked)):
            return
        new = [o for o in offers if text[o.start : o.end] != o.text]
        begun = any(o.start < o.end for o in new) or text[:caret].endswith((":", ':"'))
        # Where nothing is begun, they are a list of everything there is: only for who asks.
        self.popup.show_completions(new if begun or self._asked else (), self._under())
        self._asked = False
        self.hint.setVisible(self._failed and not self.popup.isVisible())
        self.update()

    def set_recent(self, queries: Sequence[str]) -> None:
        """Searches of before, the newest first."""
        self._recent = tuple(queries)
        if self.popup.isVisible() and not self.text():
            self.popup.show_recent(self._recent, self._under())

    # what became of it

    def show_found(self, info: str) -> None:
        """What was found and how fast: "1,284 results in 38 ms"."""
        self._info, self._failed = info, False
        self.hint.hide()
        self.popup.say("")
        self._reserve()
        self._describe(info)
        self.update()

    def show_error(self, sentence: str, query: str, position: int) -> None:
        """Why the query cannot be run: under the box with the place marked, or in the popup."""
        self._info, self._failed = "", True
        self._reserve()
        self._describe(sentence)
        self.hint.say(sentence, query, position, self._theme)
        begun = self.popup.isVisible() and query.endswith(":")  # its values are on offer
        self.popup.say("" if begun else sentence)
        self._show_hint()
        self.update()

    def _describe(self, said: str) -> None:
        """For who cannot see it: chips are single signs to others, so the query is told plainly."""
        self.field.setAccessibleDescription(". ".join(filter(None, (self.text(), said))))

    def info(self) -> str:
        return self._info

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.clear_button, self.field, self.popup):
            part.set_theme(theme)
        self.hint.theme = theme
        self.update()

    # what the user does

    def _edited(self, text: str) -> None:
        self._writing = True
        self.clear_button.setVisible(bool(text))
        self.clauses_wanted.emit(text)
        if text:
            self.completions_wanted.emit(text, self.field.caret())
        else:
            self._show_recent()
        self.typed.emit(text)
        self.update()

    def _enter(self) -> None:
        self._stop_writing()
        self.entered.emit(self.text())
        self.kept.emit(self.text())

    def _escape(self) -> None:
        self._stop_writing()
        self.hint.hide()
        if self.text():
            self.field.set_text("")
        self.clear_button.hide()
        self.show_found("")
        self.left.emit()

    def _stop_writing(self) -> None:
        self._writing = self._asked = False
        self.popup.close_it()

    def _popup_key(self, event: QKeyEvent) -> bool:
        """The popup has the first refusal of a key; Esc leaves an empty box at once."""
        if event.key() == Qt.Key.Key_Escape and not self.text():
            return False
        return self.popup.use(event)

    def _ask_for_more(self) -> None:
        if self.text():
            self._asked = True
            self.completions_wanted.emit(self.text(), self.field.caret())
        else:
            self._show_recent()

    def _show_recent(self) -> None:
        self.popup.show_recent(self._recent, self._under())

    def _choose(self, offer: Offer) -> None:
        if isinstance(offer, Recent):
            self.set_text(offer.query)
            self._enter()
            return
        self.popup.close_it()
        finished = not offer.text.endswith(":")
        space = " " if finished and self.text()[offer.end : offer.end + 1] != " " else ""
        self.field.replace(offer.start, offer.end, offer.text + space)

    def _focus_changed(self, here: bool) -> None:
        by_user = self.field.focus_reason not in (
            Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.OtherFocusReason,
            Qt.FocusReason.PopupFocusReason,
        )  # fmt: skip
        if here and by_user and not self.text():
            self._show_recent()
        elif not here:
            self._stop_writing()
            if self.text():
                self.kept.emit(self.text())
        self.update()

    # where things are

    def _under(self) -> QRectF:
        """The box in its window, where what hangs under it belongs."""
        window = self.window()
        for part in (self.popup, self.hint):
            if part.parent() is not window:
                part.setParent(window)
        place = self.mapTo(window, self.rect().topLeft())
        return QRectF(place.x() + 3, place.y(), self.width() - 6, self.height())

    def _show_hint(self) -> None:
        self.update()
        self.hint.setVisible(False)
        if self._failed and not self.popup.isVisible():
            under = self._under()
            size = self.hint.wanted(round(under.width()))
            self.hint.setGeometry(
                round(under.x()), round(under.bottom()) + 3, size.width(), size.height()
            )
            self.hint.show()
            self.hint.raise_()

    def resizeEvent(self, _event: object) -> None:
        self._reserve()
        self.popup.move_under(self._under())
        if self.hint.isVisible():
            self._show_hint()

    def _reserve(self) -> None:
        """Keeps what is typed clear of what is painted."""
        wide = QFontMetricsF(fonts.ui(12)).horizontalAdvance(self._shown_info())
        hint = 70 if not self.text() else 0
        self.field.reserve(round(wide) + hint + 12)

    def _shown_info(self) -> str:
        return self._info if self.width() >= _NARROW else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        self._frame(painter, box)
        place = box.topLeft() + QRectF(12, HEIGHT / 2 - 8, 0, 0).topLeft()
        paint.icon(painter, place, "search", self._theme.text2, 16)
        right = self._key_hint(painter, box)
        info = QRectF(right - 240, box.y(), 232, box.height())
        align = Qt.AlignmentFlag.AlignRight
        font = fonts.ui(12)
        paint.line_of_text(painter, info, self._shown_info(), font, self._theme.text3, align)
        painter.end()

    def _frame(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        focused = self.field.hasFocus()
        failed = self._failed and not self.popup.isVisible()  # else it is still being written
        line = theme.bad if failed else theme.selection_bar if focused else theme.field_line
        if focused or failed:
            halo = QColor(line)
            halo.setAlphaF(0.16)
            paint.rounded(painter, box.adjusted(-3, -3, 3, 3), 12, halo)
        paint.outlined(painter, box, 9, line, theme.field)

    def _key_hint(self, painter: QPainter, box: QRectF) -> float:
        """Paints the shortcut when the box is free, and gives what is left of it."""
        right = box.right() - 10 - (26 if self.clear_button.isVisible() else 0)
        if self.text() or self.field.hasFocus():
            return right
        key = QRectF(right - 52, box.y() + 8, 52, 20)
        paint.outlined(painter, key, 5, self._theme.field_line)
        font, centre = fonts.ui(11, 500), Qt.AlignmentFlag.AlignHCenter
        paint.line_of_text(painter, key, _HINT, font, self._theme.text3, centre)
        return key.left() - 6


def found(total: int, seconds: float) -> str:
    """ "1,284 results in 38 ms"."""
    took = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    return f"{words.counted(total, 'result')} in {took}"
