"""Paints the bars of the result panel's histogram, and what stands below them."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from reader.gui import fonts
from reader.gui.models.days import Bar, said
from reader.gui.theme import Theme
from reader.gui.views import paint

_WIDEST = 34
"""Of a bar; a few days do not fill the whole width."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`chosen`: the first and last number of a span; `hovered`: the bar under the pointer or -1."""

    bars: tuple[Bar, ...]
    chosen: tuple[int, int] | None = None
    hovered: int = -1


def step(width: float, count: int) -> float:
    """From one bar to the next, in pixels."""
    return max(1.0, min(float(_WIDEST), width / max(1, count)))


def paint_bars(painter: QPainter, plot: QRectF, shown: Shown, theme: Theme) -> None:
    wide, most = step(plot.width(), len(shown.bars)), max((b.count for b in shown.bars), default=0)
    low, high = shown.chosen or (-1, -1)
    if shown.chosen:
        begin, end = round(plot.left() + low * wide), round(plot.left() + (high + 1) * wide)
        ground = QRectF(begin, plot.top(), end - begin, plot.height())
        painter.fillRect(ground, theme.selection)
    gap = min(2.0, wide / 4)
    for number, bar in enumerate(shown.bars):
        if bar.count:
            height = max(2.0, (plot.height() - 2) * bar.count / max(1, most))
            left = plot.left() + number * wide + gap / 2
            box = QRectF(left, plot.bottom() - height, wide - gap, height)
            lit = low <= number <= high if shown.chosen else number == shown.hovered
            paint.rounded(painter, box, min(2.0, wide / 4), _colour(shown, theme, lit=lit))


def paint_axis(painter: QPainter, plot: QRectF, shown: Shown, theme: Theme) -> None:
    """The span being chosen; else where the bars begin and, where there is room, end."""
    if not shown.bars:
        return
    room, font = QRectF(plot.left(), plot.bottom() + 3, plot.width(), 17), fonts.ui(10, 450)
    if shown.chosen:
        low, high = shown.chosen
        text = said(shown.bars[low].first, shown.bars[high].last)
        paint.line_of_text(painter, room, text, font, theme.text)
        return
    first, last = shown.bars[0], shown.bars[-1]
    begin, end = said(first.first, first.last), said(last.first, last.last)
    paint.line_of_text(painter, room, begin, font, theme.text3)
    reached = plot.left() + len(shown.bars) * step(plot.width(), len(shown.bars))
    wide, taken = paint.width(end, font), plot.left() + paint.width(begin, font) + 10
    room = QRectF(max(taken, reached - wide - 1), room.top(), wide + 1, room.height())
    if len(shown.bars) > 1 and room.right() <= plot.right() + 1:
        paint.short_text(painter, room, end, font, theme.text3, Qt.AlignmentFlag.AlignRight)


def _colour(shown: Shown, theme: Theme, *, lit: bool) -> QColor:
    """Bars outside what is being chosen step back."""
    if lit:
        return theme.selection_bar
    colour = QColor(theme.text3 if shown.chosen else theme.selection_bar)
    colour.setAlphaF(0.6 if shown.chosen else 0.75)
    return colour
