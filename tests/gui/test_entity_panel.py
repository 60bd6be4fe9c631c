"""The entity panel and its chart: what they list, and what the user does there."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reading_world import HAFTAR, LIBYAN, LNA, S400, TOBRUK, article

from reader.domain.entity import Entity, EntityLine
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.entity_panel import NOTHING, EntityPanel
from reader.gui.views.entity_rows import heading, rows
from reader.gui.views.history_chart import HistoryChart, Series

# Qt's offscreen platform says so of every window with a smallest size, and of tool tips.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DAYS = [(date(2026, 11, 1) + timedelta(days=k), (k % 4, 1)) for k in range(30)]
SERIES = (Series("Tobruk", "place"), Series("Benghazi", "place"))
MANY = tuple((20 + k, f"Unit {k:02}", "organisation", (f"Unit {k:02}",)) for k in range(40))


@pytest.fixture
def panel(shown: Callable[..., QWidget]) -> EntityPanel:
    made = EntityPanel()
    shown(made, 244, 700)
    return made


def middle_of(panel: EntityPanel, name: str) -> QPoint:
    model = panel.list.rows
    [item] = model.findItems(name)
    return panel.list.visualRect(item.index()).center()


def test_entities_are_grouped_by_type_with_the_most_named_first() -> None:
    ship = (7, "Medusa", "ship", ("third",))
    found = rows(article(tracked=(ship, S400, TOBRUK, HAFTAR, LNA)).mentions)
    assert [(row.text, row.count) for row in found] == [
        ("People", 0), ("Khalifa Haftar", 3), ("Organisations", 0), ("Libyan National Army", 1),
        ("Places", 0), ("Tobruk", 3), ("Weapons", 0), ("S-400", 1), ("Ship", 0), ("Medusa", 1),
    ]  # fmt: skip


def test_mentions_inside_longer_ones_count_too() -> None:
    found = {row.text: row.count for row in rows(article(tracked=(LNA, LIBYAN)).mentions)}
    assert found["Libyan"] == 1


def test_namesakes_tell_their_watchlists(panel: EntityPanel) -> None:
    tracked = ((2, "Tobruk", "libya"), (9, "Tobruk", "sea"), (1, "Khalifa Haftar", "libya"))
    known = [EntityLine(Entity(name, "other", where, id=n), 1, 1) for n, name, where in tracked]
    panel.show_article(article(tracked=((9, "Tobruk", "place", ("third",)), TOBRUK, HAFTAR)))
    entities = [row for row in panel.top(9) if row.text == "Tobruk"]
    assert {row.full for row in entities} == {"Tobruk"}
    panel.set_tracked(known)
    assert {row.full for row in panel.top(9)} == {
        "Tobruk (libya)",
        "Tobruk (sea)",
        "Khalifa Haftar",
    }
    texts = [panel.list.rows.item(n).toolTip() for n in range(panel.list.rows.rowCount())]
    assert sum("watchlist sea" in text for text in texts) == 1


@pytest.mark.parametrize(
    ("kind", "words"), [("person", "People"), ("other", "Other"), ("корабль", "Корабль"), ("", "")]
)
def test_headings(kind: str, words: str) -> None:
    assert heading(kind) == words


def test_a_click_chooses_and_the_arrow_leads_to_the_text(panel: EntityPanel, qtbot: QtBot) -> None:
    panel.show_article(article())
    place, viewport = middle_of(panel, "Tobruk"), panel.list.viewport()
    with qtbot.waitSignal(panel.entity_chosen) as chosen:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    place.setX(viewport.width() - 24)
    with qtbot.waitSignal(panel.mention_wanted) as wanted:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == wanted.args == [2]


def test_a_heading_does_nothing(panel: EntityPanel, qtbot: QtBot) -> None:
    panel.show_article(article())
    with qtbot.assertNotEmitted(panel.entity_chosen, wait=20):
        qtbot.mouseClick(
            panel.list.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(panel, "Places")
        )


def test_the_keyboard_goes_over_headings(panel: EntityPanel, qtbot: QtBot) -> None:
    panel.show_article(article())
    panel.list.setFocus()
    qtbot.waitUntil(panel.list.hasFocus)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.entity_chosen) as chosen:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert chosen.args == [4]
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.mention_wanted) as wanted:
        qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert wanted.args == [2]


def test_the_menu_leads_to_text_list_and_editor(panel: EntityPanel, qtbot: QtBot) -> None:
    panel.show_article(article())
    menu = panel.menu(panel.top(1)[0])
    labels = {action.text(): action for action in menu.actions()}
    for label, signal in (
        ("Next mention in the text", panel.mention_wanted),
        ("Articles about Khalifa Haftar", panel.entity_chosen),
        ("Edit Khalifa Haftar…", panel.edit_requested),
    ):
        with qtbot.waitSignal(signal) as told:
            labels[label].trigger()
        assert told.args == [1]
    menu.deleteLater()


def test_an_article_without_entities_says_how_to_track_one(panel: EntityPanel) -> None:
    panel.show_article(article(tracked=()))
    assert panel.accessibleDescription() == NOTHING
    assert panel.list.isHidden()
    assert panel.chart.isHidden()


def test_rows_are_read_out_with_type_and_count(panel: EntityPanel) -> None:
    panel.show_article(article())
    face = QAccessible.queryAccessibleInterface(panel.list)
    names = [face.child(k).text(QAccessible.Text.Name) for k in range(face.childCount())]
    assert "Tobruk, place, 3 times" in names
    assert "S-400, weapon, once" in names


def test_many_entities_scroll_and_leave_the_chart_in_view(panel: EntityPanel) -> None:
    text = " ".join(name for _, name, _, _ in MANY)
    panel.show_article(article(paragraphs=(text,), tracked=MANY))
    panel.set_history(panel.top(2), DAYS)
    panel.resize(244, 620)
    panel.layout().activate()
    assert panel.list.verticalScrollBar().maximum() > 0
    assert panel.chart.geometry().bottom() <= panel.height()


def test_a_new_article_forgets_the_history_of_the_last(panel: EntityPanel) -> None:
    panel.show_article(article())
    panel.set_history(panel.top(2), DAYS)
    assert panel.chart.isVisible()
    panel.show_article(article(2))
    assert panel.chart.isHidden()


@pytest.fixture
def chart(shown: Callable[..., QWidget]) -> HistoryChart:
    made = HistoryChart()
    shown(made, 244, 240)
    made.show_history(SERIES, DAYS)
    return made


def test_the_chart_is_also_a_table(chart: HistoryChart) -> None:
    chart.copy_table()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "day\tTobruk\tBenghazi"
    assert lines[4] == "2026-11-04\t3\t1"
    assert len(lines) == 31


def test_the_chart_can_be_read_out(chart: HistoryChart) -> None:
    said = chart.accessibleDescription()
    assert "Tobruk: 43 articles in 30 days, most on 4 Nov (3)." in said
    assert "Benghazi: 30 articles" in said


def test_a_day_tells_its_figures(chart: HistoryChart) -> None:
    assert chart.tip(19) == "1 Nov\nTobruk: 0\nBenghazi: 1"
    assert chart.tip(244 - 19).startswith("30 Nov")
    assert chart.tip(3) == ""
    assert chart.tip(243) == ""


def test_two_places_are_told_apart_by_shade(chart: HistoryChart) -> None:
    for theme in (LIGHT, DARK):
        chart.set_theme(theme)
        picture = chart.grab().toImage()
        seen = {
            picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(44, 140)
        }
        first, second = chart._colours()
        assert first != second
        assert {first.name(), second.name()} <= seen


def test_an_empty_chart_paints(shown: Callable[..., QWidget]) -> None:
    made = HistoryChart()
    shown(made, 244, 240)
    made.show_history(SERIES, [(day, (0, 0)) for day, _ in DAYS])
    assert not made.grab().isNull()
    made.show_history((), ())
    assert made.empty
    assert made.accessibleDescription() == "Nothing to show"
