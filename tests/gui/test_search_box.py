from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.theme import LIGHT
from reader.gui.views.search_box import SearchBox, found


@pytest.fixture
def box(shown: Callable[..., QWidget]) -> SearchBox:
    window = shown(QWidget(), 700, 300)
    made = SearchBox()
    QVBoxLayout(window).addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
    made.set_theme(LIGHT)
    made.window_ = window
    return made


def test_typing_is_told_and_return_enters(box: SearchBox, qtbot: QtBot) -> None:
    typed: list[str] = []
    box.typed.connect(typed.append)
    QTest.keyClicks(box.field, "air")
    assert typed == ["a", "ai", "air"]
    with qtbot.waitSignal(box.entered) as entered:
        QTest.keyClick(box.field, Qt.Key.Key_Return)
    assert entered.args == ["air"]


def test_escape_empties_it_and_says_so_once(box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box.field, "air")
    box.show_found("3 results in 2 ms")
    with qtbot.waitSignal(box.left):
        QTest.keyClick(box.field, Qt.Key.Key_Escape)
    assert (box.text(), box.info()) == ("", "")


def test_the_button_that_clears_is_there_only_when_there_is_something(box: SearchBox) -> None:
    assert not box.clear_button.isVisible()
    box.set_text("haftar")
    assert box.clear_button.isVisible()
    box.clear_button.click()
    assert not box.clear_button.isVisible()


def test_showing_a_query_does_not_run_it(box: SearchBox, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(box.typed):
        box.set_text("haftar")
    assert box.text() == "haftar"


def test_a_refused_query_is_shown_with_the_place_where_it_went_wrong(box: SearchBox) -> None:
    box.show_error("Close the bracket.", "a AND (b", 6)
    assert box.hint.isVisible()
    assert box.hint.sentence == "Close the bracket."
    assert box.hint.marked() == ("a AND ", "(", "b")
    assert box.hint.y() >= box.y() + box.height() - 4
    assert "Close the bracket." in box.field.accessibleDescription()


@pytest.mark.parametrize(("position", "at"), [(3, " "), (99, " "), (-5, "a")])
def test_a_place_beyond_the_query_is_its_end(box: SearchBox, position: int, at: str) -> None:
    box.show_error("Say more.", "a b", position)
    assert box.hint.marked()[1] == at


def test_the_hint_goes_away_with_the_next_answer(box: SearchBox) -> None:
    box.show_error("Close the bracket.", "(", 0)
    box.show_found("1 result in 1 ms")
    assert not box.hint.isVisible()
    assert box.info() == "1 result in 1 ms"


def test_what_is_typed_stays_clear_of_what_was_found(box: SearchBox) -> None:
    before = box.field.viewportMargins().right()
    box.show_found("1,284,000 results in 38 ms")
    assert box.field.viewportMargins().right() > before + 60


def test_found_is_told_in_words() -> None:
    assert found(1284, 0.038) == "1,284 results in 38 ms"
    assert found(1, 2.5) == "1 result in 2.5 s"
