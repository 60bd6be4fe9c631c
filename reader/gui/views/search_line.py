"""One line of text whose finished parts are drawn as chips; the text is the truth.

`text()` gives what is written, the history goes by it, and so does the caret. Chips are drawn in
place of clauses that somebody else has found in that text (`show_clauses`). A chip that is opened
becomes text again, and a chip once more when the caret leaves it.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextFragment
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from reader.domain.search import Clause
from reader.gui import fonts, tokens
from reader.gui.edit_history import EditHistory, State
from reader.gui.models.clauses import cut
from reader.gui.theme import Theme
from reader.gui.tokens import Piece, Pieces
from reader.gui.views.search_chip import CHIP, NUMBER, OBJECT, ChipPainter, chip_format, number_of
from reader.gui.views.search_colours import ClauseColours

HEIGHT = 36
_RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
_BASELINE = 23
"""Where letters stand, whatever else is in the line."""


class TokenLine(QTextEdit):
    edited = Signal(str)
    """The user changed the text."""
    settled = Signal(str)
    """The program put this text in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._clauses: tuple[Clause, ...] = ()
        self._busy = False
        self._fold_all = False  # also what the caret touches: it was not typed letter by letter
        self._coloured: list[tuple[int, int, Clause]] = []
        self._count = self._right = 0
        self._read_at, self._pieces = (-1, -1), Pieces()
        self.history = EditHistory()
        self.chips = ChipPainter(self)
        self._dress()
        self._colours = ClauseColours(self.document(), self._written)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)
        self.selectionChanged.connect(self._selected)

    def _dress(self) -> None:
        self.setObjectName("search")
        self.setStyleSheet("#search { border: none; background: transparent; padding: 0; }")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(fonts.ui(14))
        self.document().setDefaultFont(fonts.ui(14))
        self.document().setDocumentMargin(0)
        self.document().documentLayout().registerHandler(OBJECT, self.chips)
        self.setUndoRedoEnabled(False)  # the document is drawn anew; the history is our own
        self.setAcceptRichText(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(HEIGHT)
        self._level()

    # the text

    def text(self) -> str:
        return self.pieces().text

    def set_text(self, text: str) -> None:
        """Without saying that it was edited; all of it may become chips."""
        text = one_line(text)
        self.history.note(text, len(text), alone=True)
        self._put(text, len(text))
        self.settled.emit(text)

    def replace(self, start: int, end: int, new: str) -> None:
        """As if the user had written `new` in place of that part; the caret ends behind it."""
        self._edit(self._text[:start] + new + self._text[end:], start + len(new))

    def caret(self) -> int:
        """Its offset into the text."""
        return self.pieces().offset(self.textCursor().position())

    def clauses(self) -> tuple[Clause, ...]:
        return self._clauses

    def pieces(self) -> Pieces:
        """What is on show: read from the document, which the user edits, when it has changed."""
        state = (self.document().revision(), self.chips.version)
        if state != self._read_at:
            self._read_at, self._pieces = state, self._read()
        return self._pieces

    def _read(self) -> Pieces:
        found = []
        for fragment, number in self._fragments():
            clause = self.chips.clause(number)
            found.append(Piece(self.chips.text(number) if clause else fragment.text(), clause))
        return Pieces(found)

    def show_clauses(self, text: str, clauses: Sequence[Clause]) -> None:
        """What was found in `text`; nothing happens when something else stands here by now."""
        if text == self._text:
            self._clauses = tuple(clauses)
            self.fold()
            self._fold_all = False

    def remove(self, chip: int) -> None:
        """The chip with this number goes, and what it would leave alone with it."""
        clause = self.chips.clause(chip)
        starts = [known.start for known in self._clauses]
        if clause is not None and clause.start in starts:
            text = cut(self._text, self._clauses, starts.index(clause.start))
            self._edit(text, min(clause.start, len(text)))

    def open_chip(self, chip: int, *, at_end: bool = True) -> None:
        """It becomes text again, with the caret at one of its ends."""
        clause = self.chips.clause(chip)
        if clause is not None:
            rest = [c for _, c in self.pieces().chips() if c.start != clause.start]
            caret = clause.end if at_end else clause.start
            self._lay(tokens.pieces(self._text, rest), caret, caret)
            self.history.moved(caret)

    def undo(self) -> None:
        self._go_to(self.history.undo())

    def redo(self) -> None:
        self._go_to(self.history.redo())

    # what is drawn

    def set_theme(self, theme: Theme) -> None:
        self.chips.theme = theme
        self._colours.set_theme(theme)
        self.viewport().update()

    def reserve(self, right: int) -> None:
        """Keeps so many pixels at the right clear of text."""
        if right != self._right:
            self._right = right
            self._level()

    def fold(self) -> None:
        """Draws as chips what is finished, unless letters are being composed."""
        if self.document().firstBlock().layout().preeditAreaText():
            return
        shown, cursor = self.pieces(), self.textCursor()
        anchor, caret = shown.offset(cursor.anchor()), shown.offset(cursor.position())
        writing = self.hasFocus() and not self._fold_all
        kept = {(c.start, c.end) for _, c in shown.chips()}
        wanted = tokens.folded(self._text, self._clauses, caret if writing else None, kept)
        if wanted != shown or self._stained():
            self._lay(wanted, anchor, caret)
        elif self._written() != self._coloured:
            self._recolour()

    def show_beginning(self) -> None:
        """Of a text that is longer than the line, unless it is being written."""
        if not self.hasFocus():
            bar = self.horizontalScrollBar()
            backwards = self.document().firstBlock().textDirection() == _RIGHT_TO_LEFT
            bar.setValue(bar.maximum() if backwards else bar.minimum())

    def chip_at(self, place: int) -> int:
        """The chip that is drawn at a place of the document, or 0."""
        if place < 0 or self.document().characterAt(place) != CHIP:
            return 0
        cursor = QTextCursor(self.document())
        cursor.setPosition(place + 1)
        return number_of(cursor.charFormat())

    def ascent(self) -> float:
        """From the top of the line to where its letters stand."""
        layout = self.document().firstBlock().layout()
        return layout.lineAt(0).ascent() if layout.lineCount() else self.fontMetrics().ascent()

    def _level(self) -> None:
        """Letters stand on one line, with chips among them or without."""
        self.setViewportMargins(0, max(0, _BASELINE - round(self.ascent())), self._right, 0)

    def _written(self) -> list[tuple[int, int, Clause]]:
        """Places of the clauses that are drawn as text."""
        shown = self.pieces()
        chips = {clause.start for _, clause in shown.chips()}
        return [
            (shown.place(c.start), shown.place(c.end) - shown.place(c.start), c)
            for c in self._clauses[: tokens.MOST * 2]
            if c.start not in chips
        ]

    def _lay(self, shown: Pieces, anchor: int, caret: int) -> None:
        """Puts text and chips into the document, and the caret where it was in the text."""
        self._busy = True
        scrolled = self.horizontalScrollBar().value()
        self.chips.forget()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        for piece in shown:
            if piece.clause is None:
                cursor.insertText(piece.text, QTextCharFormat())
            else:
                self._count += 1
                self.chips.learn(self._count, piece.text, piece.clause)
                cursor.insertText(CHIP, chip_format(self._count, self.font()))
        cursor.endEditBlock()
        cursor.setPosition(shown.place(anchor))
        cursor.setPosition(shown.place(caret), QTextCursor.MoveMode.KeepAnchor)
        self.horizontalScrollBar().setValue(scrolled)
        self.setTextCursor(cursor)
        self._busy = False
        self._recolour()
        self._level()
        self.show_beginning()
        self._selected()

    def _recolour(self) -> None:
        self._busy, busy = True, self._busy
        self._coloured = self._written()
        self._colours.rehighlight()
        self._busy = busy

    def _fragments(self) -> Iterator[tuple[QTextFragment, int]]:
        """Stretches of the document, each with the number of its chip or 0."""
        walk = self.document().firstBlock().begin()
        while not walk.atEnd():
            fragment = walk.fragment()
            yield fragment, number_of(fragment.charFormat())
            walk += 1

    def _stained(self) -> bool:
        """Whether text was written with the looks of the chip beside it."""
        return any(
            not number and fragment.charFormat().hasProperty(NUMBER)
            for fragment, number in self._fragments()
        )

    # what the user did

    def _changed(self) -> None:
        """The document was edited by the user, or drawn anew by us."""
        if self._busy:
            return
        text = self.text()
        if text == self._text:
            return
        self._clauses = tokens.moved(self._clauses, self._text, text)
        self._text = text
        self._shift_chips()
        self.history.note(text, self.caret(), alone=self._fold_all)
        self._level()
        self.edited.emit(text)

    def _shift_chips(self) -> None:
        """Chips behind a change stand elsewhere in the text now."""
        at = 0
        for piece, (_, number) in zip(self.pieces(), self._fragments(), strict=True):
            if piece.clause:
                self.chips.shift(number, at)
            at += len(piece.text)

    def _edit(self, text: str, caret: int) -> None:
        self.history.note(text, caret, alone=True)
        self._put(text, caret)
        self.edited.emit(text)

    def _go_to(self, state: State) -> None:
        if state.text != self._text:
            self._put(state.text, state.caret)
            self.edited.emit(state.text)

    def _put(self, text: str, caret: int) -> None:
        self._clauses = tokens.moved(self._clauses, self._text, text)
        self._text, self._fold_all = text, True
        self._lay(tokens.folded(text, self._clauses, None, ()), caret, caret)

    def _moved(self) -> None:
        if not self._busy and self.text() == self._text:
            self.history.moved(self.caret())
            if not self.textCursor().hasSelection():  # a selection is not drawn away under a hand
                self.fold()

    def _selected(self) -> None:
        if self._busy:
            return
        cursor = self.textCursor()
        low, high = cursor.selectionStart(), cursor.selectionEnd()
        places = [place for place, _ in self.pieces().chips() if low <= place < high]
        self.chips.chosen = frozenset(map(self.chip_at, places))
        self.viewport().update()


def one_line(text: str) -> str:
    return " ".join(text.replace(CHIP, "").splitlines())
