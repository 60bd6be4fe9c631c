"""The measures of the reading page: everything follows from the colours and one text size."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat

from reader.gui import fonts
from reader.gui.theme import Theme

_CJK = {"zh": ("Noto Serif CJK SC",), "ko": ("Noto Serif CJK KR",), "ja": ("Noto Serif CJK JP",)}
_MONO = ["Noto Sans Mono", "DejaVu Sans Mono", "Menlo", "Consolas", "monospace"]
MARGIN = 22
"""Around the whole text, in pixels whatever its size; scrolled with it."""
FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


class Ground(IntEnum):
    """What is painted behind a block; kept as the block's user state."""

    PLAIN = -1
    QUOTE = 1
    CODE = 2
    RULE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """`size`: of the text, in pixels. `language` decides which signs CJK text is set in."""

    theme: Theme
    size: int = 17
    language: str = ""

    @property
    def pitch(self) -> int:
        """From one line of the text to the next."""
        return self.scaled(29)

    @property
    def column(self) -> int:
        """The page's width at which a line holds 60 to 66 letters."""
        return self.scaled(560) + 2 * MARGIN

    def scaled(self, px: float) -> int:
        """A measure given for text of 17 pixels."""
        return round(px * self.size / 17)

    def serif(self, px: float, weight: int = 400) -> QFont:
        font = fonts.serif(self.scaled(px), weight)
        own = _CJK.get(self.language[:2])
        if own:
            first, *rest = font.families()
            font.setFamilies([first, *own, *rest])
        return font

    def mono(self) -> QFont:
        font = QFont(_MONO)
        font.setPixelSize(self.scaled(14.5))
        return font

    def letters(self, font: QFont, colour: str) -> QTextCharFormat:
        """`colour`: the name of one of the theme's."""
        made = QTextCharFormat()
        made.setFont(font, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
        made.setForeground(getattr(self.theme, colour))
        return made

    def paragraph(self, pitch: int, above: int, below: int) -> QTextBlockFormat:
        """Measures for text of 17 pixels: line to line, space above and below."""
        made = QTextBlockFormat()
        made.setLineHeight(self.scaled(pitch), FIXED)
        made.setTopMargin(self.scaled(above))
        made.setBottomMargin(self.scaled(below))
        return made
