"""The rows as they are laid out, painted and moved among."""

from array import array
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from gui_world import NOW, line
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.domain.article import ArticleLine, Chip, Marked
from reader.gui.actions import Actions
from reader.gui.models.articles import ArticleModel
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.article_list import ArticleList
from reader.gui.views.article_row import (
    COMFORTABLE,
    COMPACT,
    LEFT,
    RIGHT,
    flat,
    lay_out,
    title_font,
)

WIDTH = 380
LONG = "Transport planes land at the eastern base as air defences change hands once more today"


def texts(row: object) -> list[str]:
    return [text.layout.text() for text in row.texts]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("styled")
class TestRow:
    def test_a_short_title_leaves_its_room_to_the_snippet(self) -> None:
        snippet = "The port authority declined to comment on the cargo or on who had paid for it."
        chips = (Chip(1, "Haftar", "person"),)
        short = lay_out(line(1, title="Short", snippet=snippet, chips=chips), None, WIDTH,
                        COMFORTABLE)  # fmt: skip
        long = lay_out(line(1, title=LONG, snippet=snippet, chips=chips), None, WIDTH, COMFORTABLE)
        assert [text.role for text in short.texts] == ["text", "text2", "text2"]
        assert [text.role for text in long.texts] == ["text", "text", "text2"]

    def test_nothing_reaches_over_the_edge_of_the_row(self) -> None:
        many = tuple(Chip(n, f"Entity number {n}", "place") for n in range(20))
        for density in (COMFORTABLE, COMPACT):
            for title in (LONG * 3, "電" * 200, "حفتر " * 60, "x" * 400):
                row = lay_out(line(1, title=title, chips=many), None, WIDTH, density)
                assert all(t.top + 20 <= density.height for t in row.texts)
                for text in row.texts:
                    assert text.layout.lineAt(0).naturalTextWidth() <= WIDTH - LEFT - RIGHT + 1
                for chip in row.chips:
                    assert chip.box.left() >= LEFT
                    assert chip.box.right() <= WIDTH - RIGHT + 0.5

    def test_what_is_cut_off_ends_in_an_ellipsis(self) -> None:
        row = lay_out(line(1, title=LONG * 3, snippet=""), None, WIDTH, COMFORTABLE)
        assert texts(row)[1].endswith("…")
        assert (LONG * 3).startswith(texts(row)[0])

    def test_chips_that_do_not_fit_are_counted(self) -> None:
        many = tuple(Chip(n, f"Entity number {n}", "place") for n in range(20))
        row = lay_out(line(1, chips=many), None, WIDTH, COMFORTABLE)
        assert row.more == f"+{20 - len(row.chips)}"
        assert len(row.chips) >= 2


def test_a_name_of_several_watchlists_is_one_chip(qapp: QApplication) -> None:
    twice = (Chip(1, "Derna", "place"), Chip(9, "Derna", "place"), Chip(2, "Derna", "person"))
    row = lay_out(line(1, chips=twice), None, WIDTH, COMFORTABLE)
    assert [(chip.label, chip.type) for chip in row.chips] == [
        ("Derna", "place"), ("Derna", "person"),
    ]  # fmt: skip
    assert not row.more

    def test_a_hit_is_marked_where_it_stands(self) -> None:
        title = "😀 Haftar in Tobruk"
        marked = Marked(1, ((2, 8),), "seen in Tobruk", ((8, 14),))
        row = lay_out(line(1, title=title), marked, WIDTH, COMFORTABLE)
        mark, snippet = row.texts[0].marks[0], row.texts[1].marks[0]
        first = row.texts[0].layout.lineAt(0)
        assert mark.left() == pytest.approx(LEFT + first.cursorToX(3)[0] - 1.5)
        assert mark.right() == pytest.approx(LEFT + first.cursorToX(9)[0] + 1.5)
        assert texts(row)[1] == "seen in Tobruk"
        assert snippet.left() > LEFT

    def test_a_hit_over_the_end_of_a_line_is_marked_in_both(self) -> None:
        row = lay_out(line(1, title=LONG), Marked(1, ((0, 80),), "", ()), WIDTH, COMFORTABLE)
        assert [len(text.marks) for text in row.texts[:2]] == [1, 1]

    def test_a_hit_in_what_was_cut_off_is_not_marked(self) -> None:
        title = LONG * 3
        marked = Marked(1, ((len(title) - 5, len(title)),), "", ())
        row = lay_out(line(1, title=title), marked, WIDTH, COMFORTABLE)
        assert all(not text.marks for text in row.texts)

    def test_a_row_from_right_to_left_begins_at_the_right(self) -> None:
        chips = (Chip(1, "Haftar", "person"),)
        row = lay_out(line(1, title="حفتر في طبرق", chips=chips), None, WIDTH, COMFORTABLE)
        first = row.texts[0].layout.lineAt(0)
        assert row.rtl
        assert first.x() + first.naturalTextRect().right() > WIDTH - LEFT - RIGHT - 3
        assert row.chips[0].box.right() == pytest.approx(WIDTH - RIGHT)

    def test_a_latin_hit_in_arabic_is_marked_over_all_its_letters(self) -> None:
        title = "سفينة تحمل S-400"  # at the end of the line, where places of a cursor mislead
        marked = Marked(1, ((11, 16),), "", ())
        row = lay_out(line(1, title=title), marked, WIDTH, COMFORTABLE)
        (mark,) = row.texts[0].marks
        wide = QFontMetricsF(title_font(unread=True)).horizontalAdvance("S-400")
        assert mark.width() == pytest.approx(wide + 3, abs=2)

    def test_a_title_that_is_missing_is_said_so(self) -> None:
        row = lay_out(line(1, title=""), None, WIDTH, COMFORTABLE)
        assert (texts(row)[0], row.texts[0].role) == ("Untitled", "text3")

    def test_line_breaks_in_feeds_do_not_move_offsets(self) -> None:
        assert flat("a\nb\tc\u2028d") == "a b c d"


@pytest.fixture
def pane(shown: Callable[..., QWidget], qtbot: QtBot) -> Iterator[ArticleList]:
    model = ArticleModel()
    window = QWidget()
    made = ArticleList(model, Actions(window), window)
    model.setParent(made)
    made.resize(WIDTH, 700)
    shown(window, WIDTH, 700)
    made.set_theme(LIGHT)
    yield made
    window.close()


def fill(pane: ArticleList, lines: list[ArticleLine]) -> None:
    model = pane.table.rows
    model.set_ids(array("q", [each.id for each in lines]), keep=False)
    model.line(0)
    model.set_page(model.generation, 0, lines)
    QApplication.processEvents()


def many(count: int) -> list[ArticleLine]:
    return [line(1000 - n) for n in range(count)]


def test_choosing_a_row_says_which_article(pane: ArticleList, qtbot: QtBot) -> None:
    fill(pane, many(20))
    place = QPoint(100, COMFORTABLE.height + 20)
    with qtbot.waitSignal(pane.table.chosen) as chosen:
        QTest.mouseClick(pane.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [999]
    with qtbot.waitSignal(pane.table.chosen) as chosen:
        QTest.keyClick(pane.table, Qt.Key.Key_Down)
    assert chosen.args == [998]


def test_several_rows_can_be_selected(pane: ArticleList) -> None:
    fill(pane, many(20))
    pane.table.choose(2)
    for _ in range(2):
        QTest.keyClick(pane.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert pane.table.selected_ids() == [998, 997, 996]


def test_a_list_grown_younger_keeps_the_chosen_article_without_opening_it_again(
    pane: ArticleList, qtbot: QtBot
) -> None:
    fill(pane, many(20))
    pane.table.choose(3)
    with qtbot.assertNotEmitted(pane.table.chosen):
        pane.table.rows.set_ids(array("q", [2000, *(1000 - n for n in range(20))]))
    assert pane.table.current_row() == 4
    assert pane.table.selected_ids() == [997]


def test_another_list_begins_at_the_top_with_nothing_chosen(pane: ArticleList) -> None:
    fill(pane, many(60))
    pane.table.choose(50)
    assert pane.table.verticalScrollBar().value() > 0
    pane.table.rows.set_ids(array("q", [1000 - n for n in range(60)]), keep=False)
    assert pane.table.current_row() == -1
    assert pane.table.verticalScrollBar().value() == 0


def test_visible_ids_are_those_on_show(pane: ArticleList) -> None:
    fill(pane, many(60))
    assert pane.table.visible_ids()[0] == 1000
    assert 4 <= len(pane.table.visible_ids()) <= 6
    pane.table.scrollToBottom()
    assert pane.table.visible_ids()[-1] == 941


def test_a_change_of_density_keeps_the_place(pane: ArticleList) -> None:
    fill(pane, many(100))
    pane.table.verticalScrollBar().setValue(COMFORTABLE.height * 40)
    top = pane.table.visible_ids()[0]
    pane.set_compact(on=True)
    assert pane.table.visible_ids()[0] == top
    assert pane.table.rowHeight(0) == COMPACT.height


def test_a_million_rows_scroll_without_being_laid_out(pane: ArticleList) -> None:
    pane.table.rows.set_ids(array("q", range(1_000_000, 0, -1)))
    pane.table.scrollToBottom()
    QApplication.processEvents()
    assert pane.table.visible_ids()[-1] == 1


def test_the_day_floats_over_the_rows(pane: ArticleList) -> None:
    old = [line(n, published=NOW - timedelta(days=400), sorted_at=NOW - timedelta(days=400))
           for n in range(9, 0, -1)]  # fmt: skip
    fill(pane, old)
    assert pane.table.viewport().y() > 20
    pane.table.set_by_day(on=False)
    assert pane.table.viewport().y() == 0


def test_a_chosen_row_keeps_clear_of_the_day_that_begins_at_its_edge(pane: ArticleList) -> None:
    days = (0, 400, 401)
    fill(pane, [line(9 - n, published=NOW - timedelta(days=d), sorted_at=NOW - timedelta(days=d))
                for n, d in enumerate(days)])  # fmt: skip
    pane.table.choose(1)
    image = pane.table.viewport().grab().toImage()
    high, middle = COMFORTABLE.height, pane.table.viewport().width() // 2
    chosen = [y for y in range(3 * high)
              if image.pixelColor(middle, y).name() == LIGHT.selection.name()]  # fmt: skip
    assert chosen[0] >= high + 9
    assert chosen[-1] < 2 * high - 9


def picture(pane: ArticleList) -> QImage:
    return pane.grab().toImage()


def has(image: QImage, colour: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == colour
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_rows_are_painted_in_the_colours_of_the_scheme(pane: ArticleList) -> None:
    fill(pane, [line(1, chips=(Chip(1, "Haftar", "person"),), starred=True)])
    pane.table.choose(0)
    for theme in (LIGHT, DARK):
        pane.set_theme(theme)
        image = picture(pane)
        assert has(image, theme.selection.name())
        assert has(image, theme.list.name()) or theme is DARK  # the ground is the style sheet's


def test_hits_are_painted(pane: ArticleList) -> None:
    fill(pane, [line(1, title="Haftar in Tobruk")])
    assert not has(picture(pane), LIGHT.match.name())
    pane.table.rows.set_marks([Marked(1, ((0, 6),), "x", ())])
    assert has(picture(pane), LIGHT.match.name())


def test_rows_that_are_still_read_are_painted_as_placeholders(pane: ArticleList) -> None:
    pane.table.rows.set_ids(array("q", range(100, 0, -1)))
    assert has(picture(pane), LIGHT.line2.name())


def test_waiting_articles_are_announced_and_can_be_asked_for(
    pane: ArticleList, qtbot: QtBot
) -> None:
    fill(pane, many(9))
    pane.show_news(12)
    assert pane.news() == 12
    pill = pane.table.findChild(QWidget, "news")
    assert isinstance(pill, QWidget)
    assert pill.accessibleName() == "12 new articles"
    with qtbot.waitSignal(pane.news_wanted):
        QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    pane.show_news(0)
    assert not pill.isVisible()


def test_where_nothing_is_listed_it_says_why_and_what_to_do(
    pane: ArticleList, qtbot: QtBot
) -> None:
    actions = pane.header.unread.actions()
    pane.show_empty("rss", "No feeds yet", "Add one.", actions)
    assert pane.is_empty()
    assert pane.empty.sentence() == "Add one."
    with qtbot.waitSignal(actions[0].triggered):
        pane.empty.buttons()[0].click()
    pane.show_rows()
    assert not pane.is_empty()


def test_the_menu_of_a_row_is_made_from_the_registry(pane: ArticleList, qtbot: QtBot) -> None:
    fill(pane, many(9))
    menu = pane.row_menu()
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert {"open", "toggle_read", "star", "tag", "note"} <= set(names)
