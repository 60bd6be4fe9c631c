"""One row of the article list, laid out once and painted often.

Laying out (breaking lines, eliding, placing marks and chips) is the costly part and depends only
on the article, the width and the density; the colours are chosen while painting. A row written
from right to left is mirrored as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from reader.domain.alert import Alert
from reader.domain.article import ArticleLine, Marked
from reader.domain.row_mentions import Named, RowMentions
from reader.gui import fonts, words
from reader.gui.models.inbox import Fired
from reader.gui.views.paint import chip_font
from reader.gui.views.row_chips import CHIP, ChipBox
from reader.gui.views.row_chips import chips as chips_of
from reader.gui.views.stretches import stretches, turns

Spans = Sequence[tuple[int, int]]
Names = Sequence[Named]


@dataclass(frozen=True, slots=True)
class Density:
    """Measures of a row in pixels; `lines` are shared by title and snippet."""

    name: str
    height: int
    source: int
    title: int
    title_lines: int
    lines: int
    chips: bool


COMFORTABLE = Density("comfortable", 138, 15, 37, 2, 3, chips=True)
COMPACT = Density("compact", 78, 8, 29, 1, 2, chips=False)
LINE = 20
"""Height of a line of text."""
LEFT, RIGHT = 28, 28


class NameBox(NamedTuple):
    """Where a mention stands in a row."""

    box: QRectF
    type: str
    entity_id: int
    hit: bool
    """A search's hit is marked there as well."""
    within: tuple[str, int] | None = None
    """The longer name it lies in, as `Named` has it."""


@dataclass(slots=True)
class Text:
    """A line ready to be drawn at `top` of its row, with the boxes that stand behind its words."""

    layout: QTextLayout
    top: float
    role: str
    marks: list[QRectF] = field(default_factory=list)
    names: list[NameBox] = field(default_factory=list)
    shift: float = 0.0
    """Further right than the column of text begins."""


@dataclass(slots=True)
class RowLayout:
    """Everything relative to the row's top left corner. `line` to `named` as laid out."""

    line: ArticleLine
    marked: Marked | None
    rtl: bool
    texts: list[Text]
    chips: list[ChipBox]
    more: str
    """What did not fit: "+3"."""
    source: tuple[str, str] = ("", "")
    """The time it was laid out beside, and the source's name as it fits then."""
    fired: Fired | None = None
    named: RowMentions | None = None
    copies: ChipBox | None = None
    """How many reports carry this text: "×4"; None where it is the only one."""

    def chip_at(self, x: float, y: float) -> Alert | None:
        """The alert whose chip is there."""
        return next((c.alert for c in self.chips if c.alert and c.box.contains(x, y)), None)


@cache
def title_font(*, unread: bool) -> QFont:
    return fonts.ui(14, 600 if unread else 500)


@cache
def small_font(weight: int = 400) -> QFont:
    return fonts.ui(12, weight)


@cache
def metrics(font: QFont) -> QFontMetricsF:
    return QFontMetricsF(font)


def lay_out(
    line: ArticleLine, marked: Marked | None, width: int, density: Density,
    fired: Fired | None = None, named: RowMentions | None = None,
) -> RowLayout:  # fmt: skip
    """`fired`: in the inbox, the alerts whose saved searches are named first of all chips."""
    title = flat(line.title) or "Untitled"
    rtl = words.leans_right(line.title or line.snippet)
    inner = max(40, width - LEFT - RIGHT)
    font = title_font(unread=not line.read)
    broken = _broken(title, font, inner, density.title_lines, rtl)
    marks = marked.title if marked and line.title else ()
    role = "text" if line.title and not (fired and fired.noise) else "text3"
    names = named.title if named and line.title else ()
    texts = _texts(broken, title, marks, names, density.title, role)
    copies = _copies(line, inner)
    kept = copies.box.width() + 8 if copies else 0.0  # clear of what stands beside it
    chips, more = chips_of(line, inner - kept, fired) if density.chips else ([], "")
    full = bool(chips or copies)
    room = density.lines - len(broken) + (1 if density.chips and not full else 0)
    top = density.title + LINE * len(broken) + 1
    beside = 0.0 if density.chips else kept
    shift = beside if rtl else 0.0
    texts += _snippet(line, marked, named, inner - beside, room, top, rtl, shift)
    row = RowLayout(line, marked, rtl, texts, chips, more, fired=fired, named=named, copies=copies)
    for chip in chips:
        chip.box.translate(0, density.height - 34)
    if copies:
        copies.box.translate(0, density.height - (34 if density.chips else 28))
    _place(row, width, inner)
    return row


def _copies(line: ArticleLine, inner: float) -> ChipBox | None:
    """At the far end of the column of text."""
    if line.copies < 2:
        return None
    label = f"×{words.number(line.copies)}"
    wide = metrics(chip_font()).horizontalAdvance(label) + 12
    return ChipBox(QRectF(inner - wide, 0, wide, CHIP), label, "")


def flat(text: str) -> str:
    """Line breaks and tabs as spaces, one for one, so that offsets stay true."""
    return text.translate(_FLAT)


_FLAT = dict.fromkeys((*range(32), 0x85, 0x2028, 0x2029), " ")


def _snippet(
    line: ArticleLine, marked: Marked | None, named: RowMentions | None, inner: float, room: int,
    top: int, rtl: bool, shift: float,
) -> list[Text]:  # fmt: skip
    whole = marked.snippet if marked and marked.snippet else line.snippet
    if not whole or room < 1:
        return []
    spans: Spans = marked.spans if marked and marked.snippet else ()
    text, by = flat(whole), 0
    if spans:
        text, by = _from_mark(text, spans[0], inner * (room - 1) + 0.9 * inner)
    spans = [(start + by, end + by) for start, end in spans]
    names = named.snippet if named and named.of == whole else ()
    moved = [one._replace(start=one.start + by, end=one.end + by) for one in names]
    seen = [one for one in moved if one.start >= (1 if by else 0)]
    broken = _broken(text, small_font(), inner, room, rtl)
    found = _texts(broken, text, spans, seen, top, "text2")
    for one in found:
        one.shift = shift
    return found


def _from_mark(text: str, first: tuple[int, int], width: float) -> tuple[str, int]:
    """Begins in front of the first mark where it would not be seen in so many pixels.

    With how far all places in the text are moved by that.
    """
    measure = metrics(small_font()).horizontalAdvance
    start, end = first
    if measure(text[:end]) <= width:
        return text, 0
    cut = start
    while cut and measure(text[cut - 1 : end]) < width / 2:
        cut -= 1
    space = text.find(" ", cut, start)
    cut = space + 1 if space >= 0 else cut
    return "…" + text[cut:], 1 - cut


@dataclass(slots=True)
class _Broken:
    """A line of a longer text: `start` and `kept` in UTF-16 units of the whole."""

    layout: QTextLayout
    start: int
    kept: int


def _broken(text: str, font: QFont, width: float, lines: int, rtl: bool) -> list[_Broken]:
    """At most `lines` lines; the last one ends in an ellipsis when there is more."""
    option = _option(rtl)
    whole = QTextLayout(text, font)
    whole.setTextOption(option)
    cuts = _cuts(whole, width, lines)
    last = len(cuts) - 1
    made = []
    for number, (start, length) in enumerate(cuts):
        part = _slice(text, start, start + length).rstrip()
        kept = length
        if number == last and start + length < _units(text):
            rest = _slice(text, start, start + 400)
            part = metrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
            kept = max(0, _units(part) - 1)
        made.append(_Broken(_single(part, font, option, width), start, kept))
    return made


def _cuts(layout: QTextLayout, width: float, lines: int) -> list[tuple[int, int]]:
    cuts: list[tuple[int, int]] = []
    layout.beginLayout()
    while len(cuts) < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        cuts.append((line.textStart(), line.textLength()))
    layout.endLayout()
    return cuts


def _option(rtl: bool) -> QTextOption:
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _single(text: str, font: QFont, option: QTextOption, width: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setNumColumns(_units(text), width)
        line.setPosition(QPointF(0, max(0.0, (LINE - line.height()) / 2)))
    layout.endLayout()
    return layout


def _texts(
    broken: Sequence[_Broken], text: str, spans: Spans, names: Names, top: float, role: str
) -> list[Text]:
    """`spans` and `names` in code points of the whole text."""
    marks = words.spans_in_units(text, spans)
    places = words.spans_in_units(text, [(one.start, one.end) for one in names])
    found = []
    for number, part in enumerate(broken):
        made = Text(part.layout, top + LINE * number, role, _boxes(part, marks))
        for one, place in zip(names, places, strict=True):
            hit = any(start < place[1] and place[0] < end for start, end in marks)
            boxes = _boxes(part, [place])
            made.names += [NameBox(b, one.type, one.entity_id, hit, one.within) for b in boxes]
        found.append(made)
    return found


def _boxes(part: _Broken, spans: Spans) -> list[QRectF]:
    """Where the marks of this line stand, relative to the layout."""
    line = part.layout.lineAt(0)
    boxes = []
    for start, end in spans:
        first = max(0, start - part.start)
        last = min(part.kept, end - part.start)
        if line.isValid() and first < last:
            turning = turns(part.layout.text())
            base = line.y() + line.ascent()  # scripts that borrow another font stand lower
            top, bottom = round(base - 13), round(base + (6 if turning else 4))
            for left, right in stretches(line, first, last, turning=turning):
                boxes.append(QRectF(left - 1.5, top, right - left + 3, bottom - top))
    return boxes


def _place(row: RowLayout, width: int, inner: float) -> None:
    """From the column of text to the row, mirrored when it is read from right to left."""
    for text in row.texts:
        x, y = LEFT + text.shift, text.top
        text.marks = [box.translated(x, y) for box in text.marks]
        text.names = [one._replace(box=one.box.translated(x, y)) for one in text.names]
    for chip in (*row.chips, *([row.copies] if row.copies else [])):
        x = inner - chip.box.right() if row.rtl else chip.box.left()
        chip.box.moveLeft(x + (width - inner - RIGHT))


def _units(text: str) -> int:
    return words.units(text, len(text))


def _slice(text: str, start: int, end: int) -> str:
    """A part of a text by UTF-16 units; half of a pair is left out."""
    if text.isascii():
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "ignore")
