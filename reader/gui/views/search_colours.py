"""Colours of what is written as text in the search box: operators quiet, filters in their ink."""

from collections.abc import Callable

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from reader.domain.search import Clause
from reader.gui import fonts
from reader.gui.theme import LIGHT, Theme

Places = Callable[[], list[tuple[int, int, Clause]]]


class ClauseColours(QSyntaxHighlighter):
    """`places` gives (place, length, clause) in UTF-16 units of the one line there is."""

    def __init__(self, document: QTextDocument, places: Places) -> None:
        super().__init__(document)
        self._places, self._theme = places, LIGHT

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.rehighlight()

    def highlightBlock(self, _text: str) -> None:
        for place, length, clause in self._places():
            look = self._look(clause)
            if look is not None:
                self.setFormat(place, length, look)

    def _look(self, clause: Clause) -> QTextCharFormat | None:
        made = QTextCharFormat()
        if clause.kind == "operator":
            made.setFont(_operator_font())
            made.setForeground(self._theme.text2)
        elif clause.kind == "bracket":
            made.setForeground(self._theme.text3)
        elif clause.excluded:
            made.setForeground(self._theme.bad)
        elif clause.kind == "filter" and clause.type:
            made.setForeground(self._theme.entity(clause.type).ink)
        elif clause.kind == "filter":
            made.setForeground(self._theme.accent)
        else:
            return None
        return made


def _operator_font() -> QFont:
    return fonts.ui(11, 600)
