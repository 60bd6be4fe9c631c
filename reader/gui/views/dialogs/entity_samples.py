"""Mentions of an entity in their context, each to be confirmed or rejected with one key."""

from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.domain.workshop import Sample
from reader.gui import fonts, words
from reader.gui.models.rows import ROW, Index, Rows
from reader.gui.theme import LIGHT, Theme
from reader.gui.views import paint
from reader.gui.views.parts import drawn_rows
from reader.gui.views.passage import Marked, paint_passage

_HEIGHT, _ASIDE = 74, 96
_BUTTONS = ((True, "Meant", "Y"), (False, "Not it", "N"))
_KEYS = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DOES = "Y says that the entity is meant, N that it is not; Return opens the article"
Key = tuple[int, str]
"""An article, and by which alias the entity was found in it."""


_CHANGES = {"gained": "New", "lost": "No longer"}


def said(sample: Sample) -> str:
    change = f"{_CHANGES[sample.change]}. " if sample.change else ""
    return f"{change}{sample.source}, {sample.moment.astimezone():%Y-%m-%d}: {sample.text}"


class SampleDelegate(QStyledItemDelegate):
    """`kind`: the entity's type, for the colours of the marked place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.kind = "other"
        self.verdicts: dict[Key, bool | None] = {}
        """What is said now and was not before; None takes a verdict back."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(option.rect.width(), _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        sample: Sample = index.data(ROW)
        whole, theme = QRectF(option.rect), self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.rounded(painter, whole.adjusted(0, 1, 0, -1), 6, theme.selection)
        inner = whole.adjusted(10, 7, -_ASIDE - 8, -6)
        head = f"\u2068{sample.source}\u2069 · {words.ago(sample.moment, datetime.now(UTC))}"
        room = QRectF(inner.left(), inner.top(), inner.width(), 16)
        if sample.change:
            word, font = _CHANGES[sample.change], fonts.ui(11, 650)
            ink = theme.ok if sample.change == "gained" else theme.bad
            paint.short_text(painter, room, word, font, ink)
            room.setLeft(room.left() + paint.width(word, font) + 8)
        paint.line_of_text(painter, room, head, fonts.ui(11, 500), theme.text3)
        colours = theme.entity(self.kind)
        marked = Marked(sample.text, sample.start, sample.end, colours.ink, colours.tint)
        paint_passage(
            painter, inner.adjusted(0, 19, 0, 0), marked, fonts.ui(13, 400), theme.text, 2
        )
        verdict = self.verdict(sample)
        for meant, name, key in _BUTTONS if sample.change != "lost" else ():
            self._button(painter, button(whole, meant=meant), (name, key), on=verdict is meant)
        painter.restore()

    def verdict(self, sample: Sample) -> bool | None:
        return self.verdicts.get((sample.article_id, sample.alias), sample.verdict)

    def _button(self, painter: QPainter, box: QRectF, labels: tuple[str, str], *, on: bool) -> None:
        theme = self.theme
        colour = theme.ok if labels[1] == "Y" else theme.bad
        fill = QColor(colour)
        fill.setAlphaF(0.16)
        paint.outlined(painter, box, 6, colour if on else theme.field_line, fill if on else None)
        inner = box.adjusted(9, 0, -9, 0)
        font = fonts.ui(12, 600 if on else 500)
        paint.short_text(painter, inner, labels[0], font, colour if on else theme.text2)
        align = Qt.AlignmentFlag.AlignRight
        paint.short_text(painter, inner, labels[1], fonts.ui(10, 500), theme.text3, align)


def button(row: QRectF, *, meant: bool) -> QRectF:
    """Where the button of a row is."""
    top = row.center().y() + (-28 if meant else 2)
    return QRectF(row.right() - _ASIDE, top, _ASIDE - 8, 26)


class SampleList(QListView):
    """Y: the entity is meant; N: it is not; the same key again takes it back. Return opens."""

    opened = Signal(int)
    """An article, by id, that is to be read as a whole."""
    judged = Signal(int, str, object)
    """The article, the alias, and True, False or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = SampleDelegate(self)
        self.samples: Rows[Sample] = Rows(said, self)
        self.setModel(self.samples)
        self.setItemDelegate(self._delegate)
        drawn_rows(self, "Samples", _DOES)
        self.setUniformItemSizes(True)

    def show_samples(self, samples: tuple[Sample, ...], kind: str) -> None:
        """`kind`: the entity's type."""
        self._delegate.kind = kind
        self.samples.put(samples)
        if samples and not self.currentIndex().isValid():
            self.setCurrentIndex(self.samples.index(0, 0))
        self.viewport().update()

    def verdicts(self) -> dict[Key, bool | None]:
        """Those that differ from what was said before."""
        return dict(self._delegate.verdicts)

    def forget(self) -> None:
        """Nothing has been said of any."""
        self._delegate.verdicts.clear()

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        sample = self.samples.row(index)
        if plain and event.key() in _ENTER and sample is not None:
            self.opened.emit(sample.article_id)
        elif plain and event.key() in _KEYS and index.isValid():
            self._say(index, _KEYS[Qt.Key(event.key())])
            self.setCurrentIndex(self.samples.index(min(index.row() + 1, self._last()), 0))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        for meant, _, _ in _BUTTONS:
            place = button(QRectF(self.visualRect(index)), meant=meant)
            if index.isValid() and place.contains(event.position()):
                self._say(index, meant)
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens what is under the pointer, but for the buttons."""
        index = self.indexAt(event.position().toPoint())
        sample, aside = self.samples.row(index), self.visualRect(index).right() - _ASIDE
        if sample is not None and event.position().x() < aside:
            self.opened.emit(sample.article_id)

    def _last(self) -> int:
        return self.samples.rowCount() - 1

    def _say(self, index: Index, meant: bool) -> None:
        sample = self.samples.row(index)
        if sample is None or sample.change == "lost":
            return
        key = (sample.article_id, sample.alias)
        verdicts = self._delegate.verdicts
        now = None if self._delegate.verdict(sample) is meant else meant
        if now is sample.verdict:
            verdicts.pop(key, None)
        else:
            verdicts[key] = now
        self.viewport().update()
        self.judged.emit(*key, now)
