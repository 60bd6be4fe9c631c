"""Chips inside the text of the search box: how wide one is, how it is painted, where its ✕ is."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from reader.domain.search import Clause
from reader.gui import fonts
from reader.gui.theme import LIGHT, Theme
from reader.gui.tokens import caption
from reader.gui.views import paint

OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
CHIP = "\ufffc"
"""What stands for a chip in the document."""
NUMBER = QTextFormat.Property.UserProperty.value + 1
"""The property of a chip's format that says which chip it is."""
HEIGHT, _BELOW = 24, 6
"""Of a chip, and what is left free under it so that its letters stand in line with the others."""
_PAD, _GAP, _CROSS = 8, 5, 18
_WIDEST = 260
"""Of the value; the rest is elided, and told in the tool tip."""


class _Look(NamedTuple):
    """Colours of the small word, of the value, and of the ground."""

    name: QColor
    value: QColor
    ground: QColor


def chip_format(number: int, font: QFont) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setObjectType(OBJECT)
    made.setProperty(NUMBER, number)
    made.setFont(font)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    return made


def number_of(made: QTextFormat) -> int:
    """Which chip a format stands for; 0 for ordinary text."""
    value = made.property(NUMBER) if made.objectType() == OBJECT else 0
    return value if isinstance(value, int) else 0


class ChipPainter(QPyTextObject):
    """Draws every chip of one document, and knows what each number stands for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.label: Callable[[str, str], str] = lambda _field, value: value
        """What the library calls a value of a field."""
        self._chips: dict[int, tuple[str, Clause]] = {}
        self._widths: dict[int, float] = {}  # asked for at every turn of the layout
        self.version = 0
        """Another number whenever a chip stands for something else."""
        self.chosen: frozenset[int] = frozenset()
        """Those inside the selection."""
        self.hovered = 0
        """The one whose ✕ is under the mouse."""
        self.boxes: dict[int, QRectF] = {}
        """Where each was painted last, in the document."""

    def forget(self) -> None:
        self.version += 1
        self._chips.clear()
        self._widths.clear()
        self.boxes.clear()
        self.hovered, self.chosen = 0, frozenset()

    def learn(self, number: int, text: str, clause: Clause) -> None:
        self.version += 1
        self._chips[number] = (text, clause)
        self._widths[number] = _width(caption(clause, text, self.label))

    def shift(self, number: int, start: int) -> None:
        """It begins there in the text now."""
        self.version += 1
        text, clause = self._chips[number]
        self._chips[number] = (text, replace(clause, start=start, end=start + len(text)))

    def clause(self, number: int) -> Clause | None:
        return self._chips[number][1] if number in self._chips else None

    def text(self, number: int) -> str:
        """What it stands for in the query."""
        return self._chips[number][0] if number in self._chips else ""

    def at(self, place: QPointF) -> int:
        """The chip there, or 0."""
        return next((n for n, box in self.boxes.items() if box.contains(place)), 0)

    def on_cross(self, number: int, place: QPointF) -> bool:
        box = self.boxes.get(number)
        return box is not None and place.x() >= box.right() - _CROSS - 4

    def intrinsicSize(self, _doc: QTextDocument, _position: int, made: QTextFormat) -> QSizeF:
        return QSizeF(self._widths.get(number_of(made), 0.0), HEIGHT + _BELOW)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _position: int,
        made: QTextFormat,
    ) -> None:
        number = number_of(made)
        clause = self.clause(number)
        if clause is not None:
            box = QRectF(rect).adjusted(0, 0, 0, -_BELOW)
            self.boxes[number] = box
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter, box, clause, number)
            painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, clause: Clause, number: int) -> None:
        look = self._look(clause)
        chosen = number in self.chosen
        if chosen:
            paint.outlined(painter, box, 6, self.theme.selection_bar, look.ground)
        else:
            paint.rounded(painter, box, 6, look.ground)
        name, value = caption(clause, self.text(number), self.label)
        x = box.x() + _PAD
        if name:
            wide = paint.width(name, _name_font())
            place = QRectF(x, box.y(), wide + 2, box.height())
            paint.short_text(painter, place, name, _name_font(), look.name)
            x += wide + _GAP
        place = QRectF(x, box.y(), box.right() - _CROSS - x, box.height())
        paint.line_of_text(painter, place, value, _value_font(), look.value)
        self._draw_cross(painter, box, look, hovered=number == self.hovered)

    def _draw_cross(self, painter: QPainter, box: QRectF, look: _Look, *, hovered: bool) -> None:
        place = QPointF(box.right() - _CROSS, box.center().y() - 6)
        if hovered:
            ground = QColor(look.value)
            ground.setAlphaF(0.16)
            paint.rounded(painter, QRectF(place.x() - 2.5, place.y() - 2.5, 17, 17), 4, ground)
        paint.icon(painter, place, "x", look.value, 12)

    def _look(self, clause: Clause) -> _Look:
        theme = self.theme
        kind = clause.type if clause.field == "entity" else "other"
        ink, tint, _rule = theme.entity(kind)
        name = theme.bad if clause.excluded else ink if kind != "other" else theme.text2
        return _Look(name, theme.text if kind == "other" else ink, tint)


def _name_font() -> QFont:
    return fonts.ui(13)


def _value_font() -> QFont:
    return fonts.ui(13, 600)


def _width(said: tuple[str, str]) -> float:
    name, value = said
    wide = min(_WIDEST, QFontMetricsF(_value_font()).horizontalAdvance(value) + 2)
    before = paint.width(name, _name_font()) + _GAP if name else 0
    return float(round(_PAD + before + wide + _CROSS + 3))
