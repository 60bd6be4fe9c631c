"""The same text from several outlets: its sign in the list, and who else has it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from gui_world import Library, line
from PySide6.QtCore import QPoint, QRectF, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_steps import loaded

from reader.domain.article import ArticleDetail, Chip, Copy, Texts
from reader.domain.scope import Scope
from reader.gui.main_window import MainWindow
from reader.gui.models.articles import spoken
from reader.gui.theme import LIGHT
from reader.gui.views.article_footer import also_in, append_footer, target
from reader.gui.views.article_look import Look
from reader.gui.views.article_row import CHIP, COMFORTABLE, COMPACT, LEFT, LINE, RIGHT, lay_out

WIDTH = 380
MANY = tuple(Chip(n, f"Entity number {n}", "place") for n in range(9))
ARABIC = "طائرات نقل تهبط في القاعدة الشرقية بعد تغيير في منظومات الدفاع الجوي"


@pytest.mark.usefixtures("styled")
@pytest.mark.parametrize("density", [COMFORTABLE, COMPACT], ids=lambda d: d.name)
@pytest.mark.parametrize("title", ["Planes land", ARABIC])
@pytest.mark.parametrize("chips", [(), MANY])
class TestSign:
    def test_it_stands_clear_of_everything_in_the_row(
        self, density: object, title: str, chips: tuple[Chip, ...]
    ) -> None:
        snippet = " ".join([title] * 9)
        made = line(1, title=title, snippet=snippet, chips=chips, copies=1_204)
        row = lay_out(made, None, WIDTH, density)
        assert row.copies is not None
        sign = row.copies.box
        assert row.copies.label == "×1,204"
        assert sign.left() >= LEFT - 1
        assert sign.right() <= WIDTH - RIGHT + 1
        assert sign.bottom() <= density.height
        assert sign.height() == CHIP
        assert not any(chip.box.intersects(sign) for chip in row.chips)
        for text in row.texts:
            found = text.layout.lineAt(0).naturalTextRect()
            left = LEFT + text.shift + found.left()
            assert not QRectF(left, text.top + 1, found.width(), LINE - 1).intersects(sign)

    def test_an_article_of_its_own_has_none_and_loses_no_room(
        self, density: object, title: str, chips: tuple[Chip, ...]
    ) -> None:
        row = lay_out(line(1, title=title, chips=chips), None, WIDTH, density)
        assert row.copies is None
        assert all(text.shift == 0 for text in row.texts)


def detail(*copies: Copy, first_seen: datetime) -> ArticleDetail:
    one = line(1, published=first_seen)
    return ArticleDetail(one, Texts("T"), "<p>x</p>", "Harbour", first_seen, (one.feed,),
                         copies=copies)  # fmt: skip


NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


def copy(number: int, minutes: int, outlet: str = "Reuters") -> Copy:
    seen = (NOON + timedelta(minutes=minutes)).astimezone(UTC)
    return Copy(number, "T", f"{outlet} feed", outlet, None, seen, 0.9)


def test_who_was_first_is_said() -> None:
    heading, items = also_in(
        detail(copy(7, -58), copy(8, 5, "AP"), first_seen=NOON.astimezone(UTC))
    )
    assert heading == "Also in"
    assert [text for text, _ in items] == ["Reuters 11:02 (first)", "AP 12:05"]
    assert [target(href) for _, href in items] == [("article", "7"), ("article", "8")]
    heading, items = also_in(detail(copy(8, 5, "AP"), first_seen=NOON.astimezone(UTC)))
    assert heading == "Also in (this one was first)"
    assert [text for text, _ in items] == ["AP 12:05"]


def test_another_day_is_named_and_very_many_are_counted() -> None:
    day = 24 * 60
    many = [copy(n, n * day) for n in range(1, 21)]
    _, items = also_in(detail(*many, first_seen=NOON.astimezone(UTC)))
    next_day = NOON + timedelta(days=1)
    assert items[0][0] == f"Reuters {next_day.day} {next_day:%b}, 12:00"
    assert items[-1][0] == "and 8 more"
    assert target(items[-1][1]) == ("copies", "1")


def test_they_stand_below_the_article(styled: QApplication) -> None:
    document = QTextDocument()
    told = detail(copy(7, -58), first_seen=NOON.astimezone(UTC))
    append_footer(document, told, Look(LIGHT), versions=False)
    assert "Also in\nReuters 11:02 (first)" in document.toPlainText()


def test_a_screen_reader_says_how_many_there_are() -> None:
    assert "4 outlets carry this text" in spoken(line(1, copies=4))
    assert "carry" not in spoken(line(1))


# the window


@pytest.fixture
def copied(opened: Callable[..., MainWindow], library: Library, qtbot: QtBot) -> MainWindow:
    """The first row has copies."""
    newest = max(library.articles)
    library.articles[newest] = replace(library.articles[newest], copies=4, title="Planes land")
    window = opened()
    loaded(window, qtbot)
    return window


def press_sign(window: MainWindow) -> None:
    table = window.list.table
    box = QRectF(table.visualRect(table.rows.index(0, 0)))
    row = lay_out(table.rows.known(table.rows.ids[0]), None, int(box.width()), table.density())
    assert row.copies is not None
    at = row.copies.box.center() + box.topLeft()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())


def test_a_click_on_the_sign_lists_all_that_carry_the_text(
    copied: MainWindow, qtbot: QtBot
) -> None:
    number = copied.articles.model.ids[0]
    press_sign(copied)
    qtbot.waitUntil(lambda: copied.articles.shown.scope == Scope(copies_of=number))
    qtbot.waitUntil(lambda: copied.list.header.title.text() == "Reports of “Planes land”")


def test_a_click_beside_it_only_chooses_the_row(copied: MainWindow, qtbot: QtBot) -> None:
    table = copied.list.table
    with qtbot.assertNotEmitted(table.copies_pressed):
        where = table.visualRect(table.rows.index(0, 0)).topLeft() + QPoint(60, 45)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.current_row() == 0


def test_the_action_lists_them_or_says_that_there_are_none(
    copied: MainWindow, qtbot: QtBot
) -> None:
    copied.list.table.choose(1)
    copied.actions_["copies"].trigger()
    assert copied.status.message.text() == "No other article carries this text."
    copied.list.table.choose(0)
    number = copied.articles.model.ids[0]
    copied.actions_["copies"].trigger()
    qtbot.waitUntil(lambda: copied.articles.shown.scope.copies_of == number)


def test_a_link_below_the_article_opens_the_other_one(copied: MainWindow, qtbot: QtBot) -> None:
    other = int(copied.articles.model.ids[2])
    copied.list.table.choose(0)
    qtbot.waitUntil(lambda: copied.article.detail is not None)
    copied.view._follow(QUrl(f"reader:article/{other}"))
    qtbot.waitUntil(lambda: copied.article.detail.line.id == other)
    assert copied.list.table.current_row() == 2


def test_the_sign_is_painted(
    copied: MainWindow, library: Library, shown: Callable[..., QWidget]
) -> None:
    def look() -> QImage:
        return copied.list.table.viewport().grab().toImage()

    before = look()
    known = copied.articles.model.known(copied.articles.model.ids[0])
    copied.articles.model.update_lines([replace(known, copies=1)])
    assert look() != before
