"""The line in which a query is written: text that is shown as chips and stays the truth."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from query_words import clauses_of

from reader.domain.search import Clause
from reader.gui.theme import LIGHT
from reader.gui.views import paint
from reader.gui.views.search_tokens import TokenField

QUERY = '"grid storage" AND entity:"Nordwind Energie" last:30d'


class Answering:
    """Tells the line what is in it, at once or when told to."""

    def __init__(self, line: TokenField) -> None:
        self.line, self.late = line, False
        self.texts: list[str] = []
        line.edited.connect(self.ask)
        line.settled.connect(self.ask)

    def ask(self, text: str) -> None:
        self.texts.append(text)
        if not self.late:
            self.line.show_clauses(text, clauses_of(text))


@pytest.fixture
def line(shown: Callable[..., QWidget]) -> TokenField:
    window = shown(QWidget(), 900, 120)
    made, other = TokenField(), QLineEdit()
    rows = QVBoxLayout(window)
    rows.addWidget(made)
    rows.addWidget(other)
    made.set_theme(LIGHT)
    made.answering = Answering(made)
    made.window_, made.other = window, other
    made.setFocus()
    return made


def chips(line: TokenField) -> list[str]:
    """The texts that are drawn as chips."""
    return [piece.text for piece in line.pieces() if piece.clause]


def number(line: TokenField, which: int) -> int:
    """The number of the chip with this rank."""
    return line.chip_at(line.pieces().chips()[which][0])


def painted(line: TokenField) -> None:
    line.grab()


def cross_of(line: TokenField, chip: int) -> QPoint:
    """The middle of its ✕, in the viewport."""
    box = line.chips.boxes[chip]
    x = box.right() - 12 - line.horizontalScrollBar().value()
    return QPoint(round(x), round(box.center().y()))


def press(line: TokenField, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(line, key)


def test_what_is_finished_becomes_a_chip_once_the_caret_has_left_it(line: TokenField) -> None:
    QTest.keyClicks(line, '"grid storage"')
    assert chips(line) == []
    QTest.keyClicks(line, " ")
    assert chips(line) == ['"grid storage"']
    QTest.keyClicks(line, "AND last:30d permits")
    assert chips(line) == ['"grid storage"', "last:30d"]
    assert line.text() == '"grid storage" AND last:30d permits'


def test_each_key_is_told_with_the_plain_text(line: TokenField) -> None:
    QTest.keyClicks(line, "is:unread b")
    assert line.answering.texts == ["is:unread b"[: n + 1] for n in range(11)]


def test_without_the_focus_everything_finished_is_a_chip(line: TokenField) -> None:
    QTest.keyClicks(line, "last:30d")
    assert chips(line) == []
    line.other.setFocus()
    assert chips(line) == ["last:30d"]


def test_an_open_quotation_is_no_chip(line: TokenField) -> None:
    line.set_text('port entity:"Nordwind')
    assert chips(line) == []
    assert line.text() == 'port entity:"Nordwind'


def test_a_text_that_is_put_in_is_shown_as_chips_and_not_told_as_edited(line: TokenField) -> None:
    edited: list[str] = []
    line.edited.connect(edited.append)
    line.set_text(QUERY)
    assert chips(line) == ['"grid storage"', 'entity:"Nordwind Energie"', "last:30d"]
    assert (line.text(), edited) == (QUERY, [])


def test_answers_for_another_text_are_dropped(line: TokenField) -> None:
    line.answering.late = True
    line.set_text("last:30d port")
    QTest.keyClicks(line, "s")
    line.show_clauses("last:30d port", clauses_of("last:30d port"))
    assert chips(line) == []
    line.show_clauses("last:30d ports", clauses_of("last:30d ports"))
    assert chips(line) == ["last:30d"]


def test_chips_stay_while_a_late_answer_is_on_its_way(line: TokenField) -> None:
    line.set_text("last:30d ")
    line.answering.late = True
    QTest.keyClicks(line, "port")
    assert (chips(line), line.text()) == (["last:30d"], "last:30d port")


def test_backspace_chooses_a_chip_first_and_then_removes_it(line: TokenField) -> None:
    line.set_text("port last:30d")
    press(line, Qt.Key.Key_Backspace)
    assert line.text() == "port last:30d"
    assert line.selected_text() == "last:30d"
    press(line, Qt.Key.Key_Backspace)
    assert line.text() == "port "


def test_behind_the_space_after_a_chip_backspace_chooses_it_too(line: TokenField) -> None:
    line.set_text("port last:30d ")
    press(line, Qt.Key.Key_Backspace)
    assert line.selected_text() == "last:30d "
    press(line, Qt.Key.Key_Backspace)
    assert line.text() == "port "


def test_delete_before_a_chip_chooses_it_first(line: TokenField) -> None:
    line.set_text("last:30d port")
    press(line, Qt.Key.Key_Home, Qt.Key.Key_Delete)
    assert line.text() == "last:30d port"
    press(line, Qt.Key.Key_Delete)
    assert line.text() == " port"


def test_the_cross_removes_a_chip_and_the_operator_it_leaves_alone(line: TokenField) -> None:
    line.set_text('port AND entity:"Nordwind Energie"')
    painted(line)
    at = cross_of(line, number(line, 0))
    QTest.mouseClick(line.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert line.text() == "port"
    assert line.answering.texts[-1] == "port"


def test_a_click_beside_the_cross_makes_a_chip_text_again(line: TokenField) -> None:
    line.set_text("last:30d port")
    painted(line)
    place = line.chips.boxes[number(line, 0)].center().toPoint()
    QTest.mouseClick(line.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (chips(line), line.caret()) == ([], 8)
    press(line, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "7d")
    assert line.text() == "last:37d port"


def test_arrows_walk_into_a_chip_and_it_closes_behind_them(line: TokenField) -> None:
    line.set_text("a is:read b")
    press(line, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert chips(line) == ["is:read"]
    press(line, Qt.Key.Key_Left)
    assert (chips(line), line.caret()) == ([], 9)
    for _ in range(8):
        press(line, Qt.Key.Key_Left)
    assert (chips(line), line.caret()) == (["is:read"], 1)
    press(line, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert (chips(line), line.caret()) == ([], 2)


def test_return_opens_the_chosen_chip_and_enters_the_query_otherwise(line: TokenField) -> None:
    entered: list[bool] = []
    line.entered.connect(lambda: entered.append(True))
    line.set_text("port last:30d")
    press(line, Qt.Key.Key_Backspace, Qt.Key.Key_Return)
    assert (chips(line), line.caret(), entered) == ([], 13, [])
    press(line, Qt.Key.Key_Return)
    assert entered == [True]


def test_copying_everything_gives_the_plain_query(line: TokenField) -> None:
    line.set_text(QUERY)
    QTest.keySequence(line, QKeySequence.StandardKey.SelectAll)
    QTest.keySequence(line, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text() == QUERY
    assert QGuiApplication.clipboard().mimeData().formats() == ["text/plain"]


def test_cutting_and_pasting_bring_the_query_back_as_chips(line: TokenField) -> None:
    line.set_text(QUERY)
    QTest.keySequence(line, QKeySequence.StandardKey.SelectAll)
    QTest.keySequence(line, QKeySequence.StandardKey.Cut)
    assert line.text() == ""
    QTest.keySequence(line, QKeySequence.StandardKey.Paste)
    assert line.text() == QUERY
    assert len(chips(line)) == 3


def test_what_is_pasted_becomes_one_line(line: TokenField) -> None:
    source = QMimeData()
    source.setText("port\nis:unread\r\nship\ufffc")
    line.insertFromMimeData(source)
    assert line.text() == "port is:unread ship"
    assert chips(line) == ["is:unread"]


def test_what_is_written_right_beside_a_chip_is_a_word_of_its_own(line: TokenField) -> None:
    line.set_text("is:unread")
    QTest.keyClicks(line, "port")
    assert line.text() == "is:unread port"
    press(line, Qt.Key.Key_Home)
    QTest.keyClicks(line, "x")
    assert line.text() == "x is:unread port"


def test_undo_and_redo_go_by_what_a_person_did(line: TokenField) -> None:
    QTest.keyClicks(line, "is:unread port")
    line.remove(number(line, 0))
    assert line.text() == "port"
    QTest.keySequence(line, QKeySequence.StandardKey.Undo)
    assert line.text() == "is:unread port"
    QTest.keySequence(line, QKeySequence.StandardKey.Undo)
    assert line.text() == "is:unread "
    QTest.keySequence(line, QKeySequence.StandardKey.Redo)
    QTest.keySequence(line, QKeySequence.StandardKey.Redo)
    assert line.text() == "port"
    assert line.answering.texts[-1] == "port"


def test_nothing_to_undo_changes_nothing(line: TokenField) -> None:
    line.undo()
    line.redo()
    assert line.text() == ""


def test_values_from_right_to_left_and_beyond_the_basic_plane_keep_their_places(
    line: TokenField,
) -> None:
    query = '𝔘𝔫 entity:"حفتر" 🚢 feed:"البحر" port'
    line.set_text(query)
    assert chips(line) == ['entity:"حفتر"', 'feed:"البحر"']
    press(line, Qt.Key.Key_End)
    assert line.caret() == len(query)
    QTest.keyClicks(line, "s")
    assert line.text() == f"{query}s"
    painted(line)
    QTest.mouseClick(
        line.viewport(), Qt.MouseButton.LeftButton, pos=cross_of(line, number(line, 1))
    )
    assert line.text() == '𝔘𝔫 entity:"حفتر" 🚢 ports'


def test_letters_being_composed_are_left_alone(line: TokenField) -> None:
    line.set_text("is:unread ")
    QGuiApplication.sendEvent(line, QInputMethodEvent("かな", []))
    line.show_clauses(line.text(), clauses_of(line.text()))
    assert line.document().firstBlock().layout().preeditAreaText() == "かな"
    done = QInputMethodEvent()
    done.setCommitString("仮名")
    QGuiApplication.sendEvent(line, done)
    assert line.text() == "is:unread 仮名"


def test_a_query_longer_than_the_line_scrolls_to_the_caret(line: TokenField) -> None:
    line.set_text(" ".join(f'"phrase number {n}"' for n in range(40)))
    assert line.horizontalScrollBar().value() > 500
    press(line, Qt.Key.Key_Home)
    assert line.horizontalScrollBar().value() == 0
    assert line.verticalScrollBar().maximum() == 0


def test_more_tokens_than_anyone_reads_stay_text(line: TokenField) -> None:
    text = " ".join(f"tag:t{n}" for n in range(400))
    line.set_text(text)
    assert (chips(line), line.text()) == ([], text)


def test_letters_stand_on_one_line_with_chips_and_without(line: TokenField) -> None:
    line.set_text("port")
    without = line.viewportMargins().top() + line.ascent()
    line.set_text("port is:unread")
    assert abs(line.viewportMargins().top() + line.ascent() - without) <= 1


def test_f1_and_undo_are_the_lines_own(line: TokenField) -> None:
    helped: list[bool] = []
    line.help_wanted.connect(lambda: helped.append(True))
    press(line, Qt.Key.Key_F1)
    assert helped == [True]


def test_random_editing_never_loses_track_of_the_text(line: TokenField) -> None:
    """The document, the chips and the history agree with a plain field edited alike."""
    chance = random.Random(7)
    keys = (
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_Backspace, Qt.Key.Key_Delete,
    )  # fmt: skip
    words = ("is:unread ", '"a b" ', "port ", "AND ", "(", ")", '"', "tag:x", " ")
    for _ in range(80):
        if chance.random() < 0.5:
            QTest.keyClicks(line, chance.choice(words))
        else:
            press(line, chance.choice(keys))
        text = line.text()
        assert line.answering.texts[-1:] in ([], [text])
        assert 0 <= line.caret() <= len(text)
        for piece, (place, clause) in zip(
            [p for p in line.pieces() if p.clause], line.pieces().chips(), strict=True
        ):
            assert text[clause.start : clause.end] == piece.text
            assert line.document().characterAt(place) == "\ufffc"
    typed = line.text()
    while line.history.can_undo:
        line.undo()
    assert line.text() == ""
    while line.history.can_redo:
        line.redo()
    assert line.text() == typed


def test_clauses_that_are_no_longer_there_make_no_chip(line: TokenField) -> None:
    line.set_text("is:unread")
    line.show_clauses("is:unread", (Clause(0, 9, "word", "is:unread"),))
    assert chips(line) == []


def test_the_invitation_stands_beside_what_is_written_from_right_to_left(
    line: TokenField, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    line.set_text('حفتر lang:ar "الدفاع الجوي" ')
    places: list[QPointF] = []
    monkeypatch.setattr(line, "_invite", lambda place, _said: places.append(place))
    line.window_.resize(800, 120)  # with a width of its own, the text stands at the right
    qtbot.waitUntil(lambda: bool(places))
    left = min(box.left() for box in line.chips.boxes.values())
    assert places[-1].x() + paint.width(line._invitation(), line.font()) <= left


@pytest.mark.parametrize(("word", "at_left"), [("harbour", True), ("ميناء", False)])
def test_a_long_query_shows_its_beginning_while_nobody_writes(
    line: TokenField, word: str, at_left: bool
) -> None:
    line.other.setFocus()
    line.set_text(f"{word} " * 100 + '"the end"')
    bar = line.horizontalScrollBar()
    beginning = bar.minimum() if at_left else bar.maximum()
    assert bar.maximum() > 500
    assert bar.value() == beginning
    line.setFocus()
    line.moveCursor(QTextCursor.MoveOperation.End)
    assert bar.value() != beginning
    line.other.setFocus()
    assert bar.value() == beginning
