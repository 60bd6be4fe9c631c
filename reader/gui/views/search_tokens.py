"""The field in which a query is written: the keys, the mouse and the clipboard of `TokenLine`."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from reader.gui.views import paint
from reader.gui.views.search_chip import CHIP
from reader.gui.views.search_line import TokenLine, one_line

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_FIRST, _MORE = "Search articles", "Add a filter…"


class TokenField(TokenLine):
    entered = Signal()
    escaped = Signal()
    down_pressed = Signal()
    help_wanted = Signal()
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first_refusal: Callable[[QKeyEvent], bool] = lambda _event: False
        """Asked before a key is handled here; True when it has been used."""
        self.focus_reason = Qt.FocusReason.OtherFocusReason
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    # keys

    def event(self, event: QEvent) -> bool:
        """Undo and F1 are this field's own while it has the focus, not the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if undo or redo or event.key() == Qt.Key.Key_F1:
                event.accept()
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            tab = event.key() == Qt.Key.Key_Tab  # else it would move the focus before it is a key
            if tab and self.first_refusal(event):
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.first_refusal(event) or self._command(event) or self._chip_key(event):
            return
        if not event.modifiers() & _COMMANDS:
            self._keep_apart(event.text())
        super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> bool:
        """Keys that mean something else here than in other fields."""
        deeds = {
            Qt.Key.Key_Escape: self.escaped.emit,
            Qt.Key.Key_F1: self.help_wanted.emit,
            Qt.Key.Key_Down: self.down_pressed.emit,
            Qt.Key.Key_Up: lambda: None,
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
        }
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.key() in deeds:
            deeds[Qt.Key(event.key())]()
        else:
            return False
        return True

    def _enter(self) -> None:
        """Into the chip that is chosen, else on to the results."""
        if len(self.chips.chosen) == 1 and self._only_chip_chosen():
            self.open_chip(next(iter(self.chips.chosen)))
        else:
            self.entered.emit()

    def _only_chip_chosen(self) -> bool:
        return not self.textCursor().selectedText().replace(CHIP, "").strip()

    def _chip_key(self, event: QKeyEvent) -> bool:
        """Arrows walk into a chip; Backspace and Delete choose it first."""
        cursor = self.textCursor()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if cursor.hasSelection() or not plain:
            return False
        at = cursor.position()
        before, after = self.chip_at(at - 1), self.chip_at(at)
        if event.key() == Qt.Key.Key_Left and before:
            self.open_chip(before)
        elif event.key() == Qt.Key.Key_Right and after:
            self.open_chip(after, at_end=False)
        elif event.key() == Qt.Key.Key_Delete and after:
            self._choose(at, at + 1)
        elif event.key() == Qt.Key.Key_Backspace and before:
            self._choose(at - 1, at)
        elif event.key() == Qt.Key.Key_Backspace and self._behind_space(at):
            self._choose(at - 2, at)
        else:
            return False
        return True

    def _behind_space(self, at: int) -> bool:
        """A chip is followed by a space: a caret behind that stands at the chip's edge, too."""
        return self.document().characterAt(at - 1) == " " and bool(self.chip_at(at - 2))

    def _choose(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _keep_apart(self, new: str) -> None:
        """What is written beside a chip is a word of its own."""
        cursor = self.textCursor()
        if not new or not new[0].isprintable() or new[0] in " )" or cursor.hasSelection():
            return
        at = cursor.position()
        if self.chip_at(at):
            cursor.insertText(" ", QTextCharFormat())
            cursor.setPosition(at)
            self.setTextCursor(cursor)
        if self.chip_at(at - 1):
            self.textCursor().insertText(" ", QTextCharFormat())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._keep_apart(event.preeditString() or event.commitString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ensureCursorVisible()
        self.focus_reason = event.reason()
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.fold()
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.show_beginning()
        self.focus_changed.emit(False)

    # the clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """WORKAROUND: the clipboard keeps it beyond the interpreter's end, where Qt would crash in
        one that was made here; so it is one of Qt's own, with our text in place of the chips'.
        """
        made = super().createMimeDataFromSelection()
        made.text()  # has it filled, once and for all
        made.clear()
        made.setText(self.selected_text())
        return made

    def selected_text(self) -> str:
        """Plain, as it would be typed."""
        cursor, shown = self.textCursor(), self.pieces()
        start, end = shown.offset(cursor.selectionStart()), shown.offset(cursor.selectionEnd())
        return shown.text[start:end]

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = one_line(source.text())
        if text:
            self._keep_apart(text)
            self._fold_all = True
            self.textCursor().insertText(text, QTextCharFormat())
            self.ensureCursorVisible()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.textCursor().hasSelection()
        for name, deed, possible in (
            ("Undo", self.undo, self.history.can_undo),
            ("Redo", self.redo, self.history.can_redo),
            ("Cut", self.cut, chosen),
            ("Copy", self.copy, chosen),
            ("Paste", self.paste, self.canPaste()),
            ("Select all", self.selectAll, bool(self.text())),
        ):
            menu.addAction(name, deed).setEnabled(possible)
        menu.popup(event.globalPos())

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        chip = self._chip_under(event.position())
        if not chip or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self.chips.on_cross(chip, self._in_document(event.position())):
            self.remove(chip)
        else:
            self.open_chip(chip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        chip = self._chip_under(event.position())
        cross = bool(chip) and self.chips.on_cross(chip, self._in_document(event.position()))
        hovered = chip if cross else 0
        if hovered != self.chips.hovered:
            self.chips.hovered = hovered
            self.viewport().update()
        if event.buttons() or not chip:
            self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
            super().mouseMoveEvent(event)
        else:
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand if cross else arrow)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Along the line: there is only one."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()) // 2)
        event.accept()

    def _chip_under(self, place: QPointF) -> int:
        return self.chips.at(self._in_document(place))

    def _in_document(self, place: QPointF) -> QPointF:
        bars = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return place + QPointF(*bars)

    def _tell(self, event: QHelpEvent) -> None:
        chip = self._chip_under(QPointF(self.viewport().mapFrom(self, event.pos())))
        QToolTip.showText(event.globalPos(), self.chips.text(chip), self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        invitation = self._invitation()
        wide, apart = paint.width(invitation, self.font()), 8 if self.text() else 2
        x = self.cursorRect().right() + apart
        if self.document().firstBlock().textDirection() == Qt.LayoutDirection.RightToLeft:
            x = round(self.cursorRect().left() - apart - wide)
        if invitation and x >= 0 and x + wide <= self.viewport().width():
            self._invite(QPointF(x, self.ascent()), invitation)

    def _invite(self, place: QPointF, said: str) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        painter.setPen(self.chips.theme.text3)
        painter.drawText(place, said)
        painter.end()

    def _invitation(self) -> str:
        """To search at all, or for more: where the caret stands behind the last chip."""
        cursor = self.textCursor()
        at = cursor.position()
        if self.document().firstBlock().layout().preeditAreaText():
            return ""
        if not self.text():
            return _FIRST
        free = at == self.document().characterCount() - 1 and not cursor.hasSelection()
        behind = bool(self.chip_at(at - 1)) or self._behind_space(at)
        return _MORE if self.hasFocus() and free and behind else ""
