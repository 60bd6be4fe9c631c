"""The typesetting of an article's body: what the HTML said, in our measures and colours.

Knows which formats Qt's HTML reader leaves behind. Goes over the blocks once and touches letters
only where they differ from plain text, so that a very long article is set in a moment.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextTable,
    QTextTableFormat,
)

from reader.gui.views.article_look import MARGIN, Ground, Look


class Picture(NamedTuple):
    """A picture the article would show: its place in the document, and the size of its box."""

    position: int
    url: str
    alt: str
    width: float
    height: float


_HEADINGS = {1: 21, 2: 20, 3: 18}
_AT_ONCE = 20
"""Paragraphs that are set in one step."""
_SMALL_PICTURE = 40
"""Up to this many pixels a picture is a sign within the line."""
_RULE = QTextFormat.Property.BlockTrailingHorizontalRulerWidth
_ADJUST = QTextFormat.Property.FontSizeAdjustment
_PIXELS = QTextFormat.Property.FontPixelSize


def style_body(
    document: QTextDocument, first: QTextBlock, look: Look, *, rtl: bool
) -> tuple[Picture, ...]:
    """Sets everything from `first` to the end; gives the pictures in it, in order."""
    return _style(document, list(_from(first)), look, rtl=rtl)


def styling(document: QTextDocument, first: QTextBlock, look: Look, *, rtl: bool) -> Iterator[None]:
    """The same in short steps, for texts of many pages without pictures and tables.

    What is appended to the document meanwhile is left alone.
    """
    blocks = list(_from(first))
    for start in range(0, len(blocks), _AT_ONCE):
        _style(document, blocks[start : start + _AT_ONCE], look, rtl=rtl)
        yield


def _style(
    document: QTextDocument, blocks: Sequence[QTextBlock], look: Look, *, rtl: bool
) -> tuple[Picture, ...]:
    found = [piece for block in blocks for piece in _pieces(block)]
    cursor, last = QTextCursor(blocks[0]), blocks[-1]
    cursor.beginEditBlock()
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(_plain(look))
    for block in blocks:
        _set_block(block, look, rtl=rtl)
    pictures = [_set_piece(document, *piece, look) for piece in found]
    for table in _tables(blocks):
        table.setFormat(_table_format(table, look))
    cursor.endEditBlock()
    return tuple(picture for picture in pictures if picture is not None)


def _from(block: QTextBlock) -> Iterator[QTextBlock]:
    while block.isValid():
        yield block
        block = block.next()


def _pieces(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """(position, length, format) of links, pictures, code, and letters of another size."""
    step = block.begin()
    while not step.atEnd():
        piece = step.fragment()
        shape = piece.charFormat()
        if shape.isAnchor() or shape.isImageFormat() or _is_code(shape) or _scaled(shape):
            yield piece.position(), piece.length(), shape
        step += 1


def _is_code(shape: QTextCharFormat) -> bool:
    families = shape.fontFamilies()
    return shape.fontFixedPitch() or (isinstance(families, list) and "monospace" in families)


def _scaled(shape: QTextCharFormat) -> bool:
    return shape.hasProperty(_ADJUST)


def _plain(look: Look) -> QTextCharFormat:
    font = look.serif(17)
    made = QTextCharFormat()
    made.setFontFamilies(font.families())
    made.setFontHintingPreference(font.hintingPreference())
    made.setProperty(_PIXELS, font.pixelSize())
    made.setForeground(look.theme.text)
    made.setBackground(Qt.BrushStyle.NoBrush)
    return made


def _set_block(block: QTextBlock, look: Look, *, rtl: bool) -> None:
    said = block.blockFormat()
    cursor = QTextCursor(block)
    shape = _block_format(block, said, look, in_table=cursor.currentTable() is not None)
    if rtl and _has_rtl(block.text()):
        shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    elif said.hasProperty(QTextFormat.Property.LayoutDirection):
        shape.setLayoutDirection(said.layoutDirection())
    if said.hasProperty(_RULE):
        cursor.setBlockFormat(shape)  # painted by the page; Qt's own line is thick and dark
    else:
        cursor.mergeBlockFormat(shape)


def _block_format(
    block: QTextBlock, said: QTextBlockFormat, look: Look, *, in_table: bool
) -> QTextBlockFormat:
    block.setUserState(Ground.PLAIN)
    if said.hasProperty(_RULE):
        block.setUserState(Ground.RULE)
        return look.paragraph(20, 6, 14)
    if said.headingLevel():
        return look.paragraph(26, 14, 8)
    if said.nonBreakableLines():
        return _code(block, look)
    if in_table:
        made = look.paragraph(24, 0, 0)
    elif block.textList() is not None:
        made = look.paragraph(29, 0, 5)
        made.setBottomMargin(look.scaled(5 if _goes_on(block) else 15))
    else:
        made = look.paragraph(29, 0, 13)
    if _quoted(said):
        block.setUserState(Ground.QUOTE)
        made.setLeftMargin(look.scaled(20))
        made.setRightMargin(0)
    if "\ufffc" in block.text():
        single = QTextBlockFormat.LineHeightTypes.SingleHeight
        made.setLineHeight(0, single.value)
        made.setTopMargin(look.scaled(18))
    return made


def _quoted(said: QTextBlockFormat) -> bool:
    """Qt names only the first paragraph of a quotation; all of them stand in from both sides."""
    named = said.hasProperty(QTextFormat.Property.BlockQuoteLevel)
    return named or (said.leftMargin() > 0 and said.rightMargin() > 0)


def _code(block: QTextBlock, look: Look) -> QTextBlockFormat:
    block.setUserState(Ground.CODE)
    before, after = block.previous(), block.next()
    first = not before.blockFormat().nonBreakableLines()
    last = not after.isValid() or not after.blockFormat().nonBreakableLines()
    made = look.paragraph(22, 18 if first else 0, 26 if last else 0)
    made.setLeftMargin(look.scaled(14))
    made.setNonBreakableLines(True)
    return made


def _goes_on(block: QTextBlock) -> bool:
    following = block.next()
    return following.isValid() and following.textList() is not None


def _has_rtl(text: str) -> bool:
    return any("\u0590" <= letter <= "\u08ff" for letter in text)


def _set_piece(
    document: QTextDocument, position: int, length: int, said: QTextCharFormat, look: Look
) -> Picture | None:
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
    if not said.isImageFormat():
        cursor.setCharFormat(_letters(cursor, said, look))
        return None
    shown = said.toImageFormat()
    box = _box(shown, look)
    cursor.setCharFormat(box)
    alt = said.property(QTextFormat.Property.ImageAltText)
    words = alt if isinstance(alt, str) else ""
    return Picture(position, shown.name(), words, box.width(), box.height())


def _box(said: QTextImageFormat, look: Look) -> QTextImageFormat:
    """A sign within the line keeps its size; all others get a low box as wide as the column."""
    made = QTextImageFormat(said)
    small = 0 < said.width() <= _SMALL_PICTURE and said.height() <= _SMALL_PICTURE
    made.setWidth(said.width() if small else look.column - 2 * MARGIN)
    made.setHeight((said.height() or said.width()) if small else look.scaled(60))
    return made


def _letters(cursor: QTextCursor, said: QTextCharFormat, look: Look) -> QTextCharFormat:
    """Sizes are set outright: Qt would take them from the widget's font."""
    made = cursor.charFormat()
    heading = cursor.block().blockFormat().headingLevel()
    step = said.property(_ADJUST)
    made.clearProperty(_ADJUST)
    if heading:
        made.setFontWeight(QFont.Weight.Bold)
        made.setProperty(_PIXELS, look.scaled(_HEADINGS.get(heading, 17)))
    elif isinstance(step, int):
        made.setProperty(_PIXELS, look.scaled(17 + 2.5 * max(-2, min(step, 3))))
    if _is_code(said):
        made.setFontFamilies(look.mono().families())
        made.setProperty(_PIXELS, look.mono().pixelSize())
    if said.isAnchor() and said.anchorHref():
        made.setForeground(look.theme.accent)
        made.setFontUnderline(True)
        line = QColor(look.theme.accent)
        line.setAlphaF(0.4)
        made.setUnderlineColor(line)
    return made


def _tables(blocks: Sequence[QTextBlock]) -> Iterator[QTextTable]:
    """Each once, in order."""
    seen: set[int] = set()
    for block in blocks:
        table = QTextCursor(block).currentTable()
        if table is not None and table.objectIndex() not in seen:
            seen.add(table.objectIndex())
            yield table


def _table_format(table: QTextTable, look: Look) -> QTextTableFormat:
    made = table.format().toTableFormat()
    made.setBorderCollapse(True)
    made.setBorder(1)
    made.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(look.theme.line)
    made.setCellPadding(look.scaled(7))
    made.setCellSpacing(0)
    made.setTopMargin(look.scaled(16))
    made.setBottomMargin(look.scaled(18))
    return made
