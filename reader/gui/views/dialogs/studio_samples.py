"""Articles that a query finds, to be judged one after the other with a key each."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyleOptionViewItem, QWidget

from reader.gui import fonts
from reader.gui.models.articles import Role
from reader.gui.models.rows import Index
from reader.gui.models.samples import VERDICT, SampleModel
from reader.gui.theme import Theme
from reader.gui.views import paint
from reader.gui.views.article_delegate import ArticleDelegate
from reader.gui.views.article_row import Density
from reader.gui.views.parts import ground

SAMPLE = Density("sample", 108, 8, 29, 1, 2, chips=True)
_ASIDE = 88
"""Pixels at the right of a row that belong to the two buttons."""
_BUTTONS = ((True, "Keep", "K"), (False, "Noise", "N"))
_KEYS = {
    Qt.Key.Key_K: True, Qt.Key.Key_N: False, Qt.Key.Key_Delete: None, Qt.Key.Key_Backspace: None,
}  # fmt: skip


class SampleDelegate(ArticleDelegate):
    """A row of the article list, with what can be said of it beside."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.density, self.by_day = SAMPLE, False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = QStyleOptionViewItem(option)
        whole = QRectF(option.rect)
        row.rect = option.rect.adjusted(0, 0, -_ASIDE, 0)
        super().paint(painter, row, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        verdict = index.data(VERDICT)
        for kept, name, key in _BUTTONS:
            self._button(painter, button(whole, kept=kept), name, key, on=verdict is kept)
        painter.restore()

    def _button(self, painter: QPainter, box: QRectF, name: str, key: str, *, on: bool) -> None:
        """The key stands beside the word until it has been chosen."""
        theme = self.theme
        colour = theme.ok if name == "Keep" else theme.bad
        fill = QColor(colour)
        fill.setAlphaF(0.16)
        paint.outlined(painter, box, 6, colour if on else theme.field_line, fill if on else None)
        words = box.adjusted(9, 0, -9, 0)
        font = fonts.ui(12, 600 if on else 500)
        paint.short_text(painter, words, name, font, colour if on else theme.text2)
        align = Qt.AlignmentFlag.AlignRight
        paint.short_text(painter, words, key, fonts.ui(10, 500), theme.text3, align)


def button(row: QRectF, *, kept: bool) -> QRectF:
    """Where the button of a row is."""
    top = row.top() + row.height() / 2 + (-29 if kept else 3)
    return QRectF(row.right() - _ASIDE + 6, top, _ASIDE - 14, 26)


class SampleList(QListView):
    """K keeps, N is noise, the same key again takes it back; Return opens the article in full."""

    judged = Signal(int, object)
    """The article, and True, False or None."""
    opened = Signal(int)

    def __init__(self, model: SampleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples = model
        self._delegate = SampleDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("Samples")
        self.setAccessibleDescription("K keeps a sample, N calls it noise, Return opens it in full")
        self.setFrameShape(QFrame.Shape.NoFrame)
        ground(self, "page")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        model.modelReset.connect(self._begin)
        self._begin()

    def current(self) -> int:
        """The chosen article, or 0."""
        return int(self.currentIndex().data(Role.ID) or 0)

    def judge(self, kept: bool | None) -> bool:
        """Judges the chosen sample and goes on to the next; False when there is none."""
        number, row = self.current(), self.currentIndex().row()
        if not number:
            return False
        self.judged.emit(number, kept)
        if kept is None or row + 1 >= self.samples.rowCount():
            return False
        self.setCurrentIndex(self.samples.index(row + 1, 0))
        return True

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _KEYS:
            self._say(_KEYS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() and plain:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def _say(self, kept: bool | None) -> None:
        same = kept is not None and self.samples.verdict(self.current()) is kept
        self.judge(None if same else kept)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = QRectF(self.visualRect(index))
        for kept, _, _ in _BUTTONS:
            if index.isValid() and button(row, kept=kept).contains(event.position()):
                number = int(index.data(Role.ID))
                same = self.samples.verdict(number) is kept
                self.judged.emit(number, None if same else kept)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        beside = event.position().x() > self.viewport().width() - _ASIDE
        if index.isValid() and not beside:
            self.opened.emit(int(index.data(Role.ID)))

    def _begin(self) -> None:
        """The keyboard starts at the first."""
        if self.samples.rowCount():
            self.setCurrentIndex(self.samples.index(0, 0))
