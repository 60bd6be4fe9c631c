"""What opens under the search box: completions while typing, searches of before while empty."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from query_words import clauses_of

from reader.domain.search import Completion
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.search_box import SearchBox
from reader.gui.views.search_rows import ROW, Recent

OFFERS = (
    Completion("entity:", 0, 2, "entity:", "a tracked entity", "field"),
    Completion('entity:"Khalifa Haftar"', 0, 2, "Khalifa Haftar", "person · 34 articles", "entity"),
    Completion("entire", 0, 2, "entire", "", "word"),
)


@pytest.fixture
def box(shown: Callable[..., QWidget]) -> SearchBox:
    window = shown(QWidget(), 900, 600)
    made, other = SearchBox(), QLineEdit()
    rows = QVBoxLayout(window)
    rows.addWidget(made)
    rows.addWidget(other)
    rows.addStretch(1)
    made.set_theme(LIGHT)
    made.window_, made.other = window, other
    made.clauses_wanted.connect(lambda text: made.show_clauses(text, clauses_of(text)))
    other.setFocus()
    return made


def offering(box: SearchBox, offers: Sequence[Completion] = OFFERS) -> None:
    box.completions_wanted.connect(
        lambda text, caret: box.show_completions(text, caret, offers if len(text) > 1 else ())
    )


def typed(box: SearchBox, text: str) -> None:
    box.field.setFocus()
    QTest.keyClicks(box.field, text)


def labels(box: SearchBox) -> list[str]:
    return [o.query if isinstance(o, Recent) else o.label for o in box.popup.offers()]


def press(box: SearchBox, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(box.field, key)


def test_it_opens_while_typing_and_leaves_the_focus_where_it_is(box: SearchBox) -> None:
    offering(box)
    typed(box, "en")
    assert box.popup.isVisible()
    assert labels(box) == ["entity:", "Khalifa Haftar", "entire"]
    assert box.field.hasFocus()
    assert box.popup.current() is None


def test_it_lies_under_the_box_inside_the_window(box: SearchBox) -> None:
    offering(box)
    typed(box, "en")
    popup, window = box.popup.geometry(), box.window_.rect()
    assert popup.y() >= box.y() + box.height()
    assert window.contains(popup)
    box.window_.resize(700, 600)
    assert box.window_.rect().contains(box.popup.geometry())


def test_arrow_keys_go_round_through_the_box_itself(box: SearchBox) -> None:
    offering(box)
    typed(box, "en")
    press(box, Qt.Key.Key_Down)
    assert box.popup.current() == OFFERS[0]
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert box.popup.current() is None
    press(box, Qt.Key.Key_Up)
    assert box.popup.current() == OFFERS[2]
    press(box, Qt.Key.Key_PageUp)
    assert box.popup.current() == OFFERS[0]


def test_return_takes_the_chosen_row_and_searches_without_one(box: SearchBox, qtbot: QtBot) -> None:
    offering(box)
    typed(box, "en")
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(box.entered):
        press(box, Qt.Key.Key_Return)
    assert box.text() == 'entity:"Khalifa Haftar" '
    with qtbot.waitSignal(box.entered) as entered:
        press(box, Qt.Key.Key_Return)
    assert entered.args == ['entity:"Khalifa Haftar" ']
    assert not box.popup.isVisible()


def test_tab_takes_the_first_row_and_moves_on_when_there_is_none(box: SearchBox) -> None:
    offering(box)
    typed(box, "en")
    press(box, Qt.Key.Key_Tab)
    assert (box.text(), box.field.hasFocus()) == ("entity:", True)
    box.popup.close_it()
    press(box, Qt.Key.Key_Tab)
    assert not box.field.hasFocus()


def test_a_taken_field_waits_for_its_value_and_a_value_is_finished(box: SearchBox) -> None:
    offering(box)
    typed(box, "en")
    box.popup.chosen.emit(OFFERS[0])
    assert (box.text(), box.field.caret()) == ("entity:", 7)
    box.popup.chosen.emit(Completion("entity:Tobruk", 0, 7, "Tobruk", "place", "entity"))
    assert box.text() == "entity:Tobruk "
    assert [c.value for _, c in box.field.pieces().chips()] == ["Tobruk"]


def test_taking_a_row_is_typing_and_can_be_undone(box: SearchBox, qtbot: QtBot) -> None:
    offering(box)
    typed(box, "en")
    with qtbot.waitSignal(box.typed) as told:
        box.popup.chosen.emit(OFFERS[2])
    assert told.args == ["entire "]
    box.field.undo()
    assert box.text() == "en"


def test_a_click_takes_a_row(box: SearchBox) -> None:
    offering(box)
    typed(box, "en")
    place = QPoint(60, ROW // 2 + 2 * ROW)
    QTest.mouseClick(box.popup.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert box.text() == "entire "
    assert box.field.hasFocus()


def test_escape_closes_it_and_leaves_the_text(box: SearchBox, qtbot: QtBot) -> None:
    offering(box)
    typed(box, "en")
    with qtbot.assertNotEmitted(box.left):
        press(box, Qt.Key.Key_Escape)
    assert (box.popup.isVisible(), box.text()) == (False, "en")
    with qtbot.waitSignal(box.left):
        press(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_a_late_answer_opens_nothing(box: SearchBox) -> None:
    typed(box, "en")
    box.show_completions("e", 1, OFFERS)
    assert not box.popup.isVisible()
    box.show_completions("en", 1, OFFERS)
    assert not box.popup.isVisible()
    press(box, Qt.Key.Key_Return)
    box.show_completions("en", 2, OFFERS)
    assert not box.popup.isVisible()


def test_it_does_not_open_for_a_text_that_was_put_in(box: SearchBox) -> None:
    box.field.setFocus()
    box.set_text("en")
    box.show_completions("en", 2, OFFERS)
    assert not box.popup.isVisible()


def test_it_closes_when_the_focus_goes(box: SearchBox) -> None:
    offering(box)
    typed(box, "en")
    box.other.setFocus()
    assert not box.popup.isVisible()


def test_what_is_there_already_is_not_offered(box: SearchBox) -> None:
    offering(box, (Completion("en", 0, 2, "en", "", "word"),))
    typed(box, "en")
    assert not box.popup.isVisible()


def test_the_values_of_a_field_are_listed_behind_its_colon(box: SearchBox) -> None:
    values = (Completion("Tobruk", 7, 7, "Tobruk", "place", "entity"),)
    offering(box, values)
    typed(box, "entity:")
    assert box.popup.isVisible()
    assert labels(box) == ["Tobruk"]
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert box.text() == "entity:Tobruk "


def test_a_field_whose_values_are_on_offer_is_not_called_wrong_yet(box: SearchBox) -> None:
    offering(box, (Completion("Tobruk", 7, 7, "Tobruk", "place", "entity"),))
    typed(box, "entity:")
    calm = framed(box)
    box.show_error("entity: needs its word.", "entity:", 0)
    assert box.popup.problem.isHidden()
    assert framed(box) == calm
    press(box, Qt.Key.Key_Escape)
    assert box.hint.isVisible()
    assert framed(box) == LIGHT.bad


def framed(box: SearchBox) -> QColor:
    """The colour of the line around the box."""
    return box.grab().toImage().pixelColor(box.width() // 2, 3)


def test_everything_there_is_opens_only_when_asked_for(box: SearchBox) -> None:
    offering(box, (Completion("entity:", 3, 3, "entity:", "", "field"),))
    typed(box, "en ")
    assert not box.popup.isVisible()
    press(box, Qt.Key.Key_Down)
    assert labels(box) == ["entity:"]


def test_what_is_wrong_is_said_in_it_and_with_the_place_once_it_is_closed(box: SearchBox) -> None:
    offering(box)
    typed(box, "en(")
    box.show_error("This bracket is never closed.", "en(", 2)
    assert box.popup.problem.text() == "This bracket is never closed."
    assert box.popup.problem.isVisible()
    assert not box.hint.isVisible()
    press(box, Qt.Key.Key_Escape)
    assert box.hint.isVisible()
    assert box.text() == "en("


# searches of before


def test_the_empty_box_offers_the_searches_of_before_when_the_user_comes_to_it(
    box: SearchBox,
) -> None:
    box.set_recent(["haftar", '"air defence"'])
    box.focus()
    assert labels(box) == ["haftar", '"air defence"']
    assert box.popup.clear.isVisible()


def test_without_any_it_says_what_can_be_written(box: SearchBox) -> None:
    box.focus()
    assert box.popup.isVisible()
    assert "filter" in box.popup.title.text()
    assert not box.popup.clear.isVisible()


def test_it_stays_closed_when_only_the_window_comes_back(box: SearchBox) -> None:
    box.field.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert not box.popup.isVisible()


def test_choosing_one_of_before_runs_it(box: SearchBox, qtbot: QtBot) -> None:
    box.set_recent(["haftar", "derna"])
    box.focus()
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.entered) as entered:
        press(box, Qt.Key.Key_Return)
    assert (entered.args, box.text()) == (["derna"], "derna")
    assert not box.popup.isVisible()


def test_one_of_before_is_taken_off_with_its_cross_or_delete(box: SearchBox) -> None:
    removed: list[str] = []
    box.recent_removed.connect(removed.append)
    box.set_recent(["haftar", "derna"])
    box.focus()
    rows = box.popup.rows
    place = QPoint(rows.viewport().width() - 22, ROW + ROW // 2)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    box.set_recent(["haftar"])
    press(box, Qt.Key.Key_Down, Qt.Key.Key_Delete)
    assert removed == ["derna", "haftar"]
    assert box.text() == ""


def test_all_of_before_are_forgotten_with_one_button(box: SearchBox, qtbot: QtBot) -> None:
    box.set_recent(["haftar"])
    box.focus()
    with qtbot.waitSignal(box.recent_cleared):
        box.popup.clear.click()
    box.set_recent([])
    assert labels(box) == []


def test_typing_takes_the_place_of_the_searches_of_before(box: SearchBox) -> None:
    offering(box)
    box.set_recent(["haftar"])
    box.focus()
    typed(box, "en")
    assert "haftar" not in labels(box)
    press(box, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert labels(box) == ["haftar"]


def test_escape_leaves_the_empty_box_at_once(box: SearchBox, qtbot: QtBot) -> None:
    box.focus()
    with qtbot.waitSignal(box.left):
        press(box, Qt.Key.Key_Escape)
    assert not box.popup.isVisible()


def test_its_foot_leads_to_the_form_and_the_help(box: SearchBox, qtbot: QtBot) -> None:
    box.focus()
    with qtbot.waitSignal(box.form_wanted):
        box.popup.form.click()
    box.focus()
    with qtbot.waitSignal(box.help_wanted):
        box.popup.help.click()
    assert not box.popup.isVisible()
    with qtbot.waitSignal(box.help_wanted):
        press(box, Qt.Key.Key_F1)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_its_rows_are_painted_in_both_schemes(box: SearchBox, theme: object) -> None:
    offering(box)
    box.set_theme(theme)
    typed(box, "en")
    press(box, Qt.Key.Key_Down)
    picture = box.popup.grab().toImage()
    colours = {picture.pixelColor(x, 20).name() for x in range(0, picture.width(), 2)}
    assert len(colours) > 4
    assert theme.selection.name() in colours


def test_a_narrow_window_holds_it(box: SearchBox) -> None:
    box.popup.move_under(QRectF(0, 0, 200, 40))
    offering(box)
    box.window_.resize(460, 500)
    typed(box, "en")
    assert box.window_.rect().contains(box.popup.geometry())
