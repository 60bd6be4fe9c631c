"""The panel of a search's results: what it lists, and what a click or a key in it asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from gui_world import Library
from patience import on_window
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot
from query_words import clauses_of

from reader.domain.entity import Alias
from reader.domain.search import Facet
from reader.gui.models.facets import CHOSEN, EXCLUDED, Facets, Names, facets, language
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.day_chart import DayChart
from reader.gui.views.facet_panel import WHY, FacetPanel
from reader.gui.views.facet_rows import MORE, ROW, Row, rows

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
DAYS = tuple(((date(2026, 11, 1) + timedelta(days=n)).isoformat(), n + 1) for n in range(10))
ENTITIES = (("Tobruk", 30), ("Khalifa Haftar", 12), *((f"Unit {n:02}", 9) for n in range(9)))
COUNTED = (
    Facet("feed", (("http://two.test/rss", 40), ("http://one.test/feed", 11), ("http://x.y/", 4))),
    Facet("day", DAYS),
    Facet("lang", (("ru", 30), ("en", 21), ("", 4))),
    Facet("entity", ENTITIES),
)  # fmt: skip


def shown_for(query: str = "base") -> Facets:
    return facets(COUNTED, clauses_of(query), Names(Library().overview()))


@pytest.fixture
def panel(shown: Callable[..., QWidget]) -> FacetPanel:
    made = FacetPanel()
    shown(made, 240, 900)
    made.show_facets(shown_for())
    return made


def texts(panel: FacetPanel) -> list[str]:
    return [panel.list.rows.item(n).text() for n in range(panel.list.rows.rowCount())]


def place_of(panel: FacetPanel, name: str) -> QPoint:
    [item] = panel.list.rows.findItems(name)
    return panel.list.visualRect(item.index()).center()


def click(panel: FacetPanel, name: str, keys: Qt.KeyboardModifier | None = None) -> None:
    modifiers = keys or Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(
        panel.list.viewport(), Qt.MouseButton.LeftButton, modifiers, place_of(panel, name)
    )


# what is listed


def test_values_have_names_counts_and_types_biggest_first() -> None:
    listed = dict(shown_for().values)
    assert [(v.label, v.count) for v in listed["feed"]] == [
        ("Defence Weekly Bulletin", 40), ("Harbour Review", 11), ("x.y", 4),
    ]  # fmt: skip
    assert [v.label for v in listed["lang"]] == ["Russian", "English", "Unknown"]
    assert [(v.label, v.type) for v in listed["entity"]][:3] == [
        ("Tobruk", "place"), ("Khalifa Haftar", "person"), ("Unit 00", "other"),
    ]  # fmt: skip


def test_types_and_watchlists_are_listed_and_chosen_like_anything_else() -> None:
    counted = (Facet("type", (("person", 9), ("ship", 2))), Facet("watchlist", (("Libya", 9),)))
    query = "base type:PERSON -watchlist:libya"
    listed = dict(facets(counted, clauses_of(query), Names(Library().overview())).values)
    assert [(v.label, v.type, v.state) for v in listed["type"]] == [
        ("Person", "person", CHOSEN), ("Ship", "ship", ""),
    ]  # fmt: skip
    assert [(v.label, v.state) for v in listed["watchlist"]] == [("Libya", EXCLUDED)]


def test_a_watchlist_that_all_entities_are_of_is_no_choice() -> None:
    def headings(*lists: tuple[str, int], query: str = "base") -> list[str]:
        counted = (Facet("watchlist", lists),)
        shown = facets(counted, clauses_of(query), Names(Library().overview()))
        return [row.text for row in rows(shown, ())]

    assert headings(("Libya", 9)) == []
    assert headings(("Libya", 9), ("Ports", 2)) == ["Watchlists", "Libya", "Ports"]
    assert headings(("Libya", 9), query="base watchlist:Libya") == ["Watchlists", "Libya"]


def test_what_the_query_asks_for_comes_first_even_where_nothing_has_it() -> None:
    query = 'base -entity:Tobruk feed:http://one.test/feed lang:de entity:"Khalifa Haftar"'
    listed = dict(shown_for(query).values)
    feed, language = listed["feed"][0], listed["lang"][0]
    assert (feed.label, feed.state) == ("Harbour Review", CHOSEN)
    assert (language.label, language.state, language.count) == ("German", CHOSEN, -1)
    assert [(v.label, v.state) for v in listed["entity"]][:2] == [
        ("Khalifa Haftar", CHOSEN), ("Tobruk", EXCLUDED),
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["feed:harbour", "lang:RU", 'entity:"hifter"', "entity:HIFTER"])
def test_what_the_query_means_is_chosen_however_it_says_it(query: str) -> None:
    library = Library()
    library.entities[0] = replace(library.entities[0], aliases=(Alias("Hifter"),))
    listed = facets(COUNTED, clauses_of(query), Names(library.overview()))
    chosen = [value.label for _, values in listed.values for value in values if value.state]
    assert chosen in (["Harbour Review"], ["Russian"], ["Khalifa Haftar"])


@pytest.mark.parametrize(
    ("code", "name"), [("ru", "Russian"), ("zh", "Chinese"), ("", "Unknown"), ("q!", "q!")]
)
def test_languages_have_names(code: str, name: str) -> None:
    assert language(code) == name


@pytest.mark.parametrize(
    ("query", "time"),
    [
        ("a date:2024-12-16", "16 Dec 2024"), ("a date:2024-12", "2024-12"),
        ("last:7d", "last 7 days"),
        ("last:1w a", "last 1 week"), ("a -date:2024", ""), ("a", ""),
        ("date:2024-12-01..2024-12-03", "1 – 3 Dec 2024"),
    ],
)  # fmt: skip
def test_the_time_of_the_query_is_said(query: str, time: str) -> None:
    assert shown_for(query).time == time


def test_the_biggest_are_listed_and_the_rest_on_request(panel: FacetPanel) -> None:
    assert texts(panel)[-2:] == ["Unit 05", "Show all 11"]
    click(panel, "Show all 11")
    assert texts(panel)[-2:] == ["Unit 08", "Show fewer"]
    panel.show_facets(shown_for("base lang:ru"))
    assert texts(panel)[-1] == "Show fewer"  # of the same search it stays open
    panel.forget_opened()
    panel.show_facets(shown_for())
    assert texts(panel)[-1] == "Show all 11"


def test_one_more_than_a_few_needs_no_button() -> None:
    seven = tuple((f"http://{n}.test/", 1) for n in range(7))
    listed = rows(facets((Facet("feed", seven),), (), Names()), ())
    assert [row.kind for row in listed].count(MORE) == 0
    assert len(listed) == 8


def test_nothing_found_is_explained_and_nothing_known_is_not(panel: FacetPanel) -> None:
    panel.show_facets(Facets())
    assert panel.accessibleDescription() == WHY
    assert panel.list.isHidden()
    panel.show_facets(None)
    assert panel.accessibleDescription() == ""


def test_a_row_that_came_under_the_pressed_pointer_is_not_taken(
    panel: FacetPanel, qtbot: QtBot
) -> None:
    left, place = Qt.MouseButton.LeftButton, place_of(panel, "Harbour Review")
    QTest.mousePress(panel.list.viewport(), left, pos=place)
    panel.show_facets(facets((COUNTED[3], COUNTED[1]), (), Names()))
    with qtbot.assertNotEmitted(panel.narrow_wanted, wait=20):
        QTest.mouseRelease(panel.list.viewport(), left, pos=place)


# what is asked for


def test_a_click_narrows_and_with_ctrl_or_alt_excludes(panel: FacetPanel, qtbot: QtBot) -> None:
    for keys, without in ((None, False), (CTRL, True), (ALT, True)):
        with qtbot.waitSignal(panel.narrow_wanted) as wanted:
            click(panel, "Defence Weekly Bulletin", keys)
        assert wanted.args == ["feed", "http://two.test/rss", without]


def test_a_click_on_what_is_chosen_or_excluded_takes_it_out(
    panel: FacetPanel, qtbot: QtBot
) -> None:
    panel.show_facets(shown_for("base lang:ru -entity:Tobruk"))
    for name, value in (("Russian", ["lang", "ru"]), ("Tobruk", ["entity", "Tobruk"])):
        with qtbot.waitSignal(panel.widen_wanted) as wanted:
            click(panel, name)
        assert wanted.args == value
    with qtbot.waitSignal(panel.narrow_wanted) as wanted:
        click(panel, "Russian", CTRL)
    assert wanted.args == ["lang", "ru", True]


def test_an_unknown_language_cannot_be_asked_for(panel: FacetPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.narrow_wanted, wait=20):
        click(panel, "Unknown")


def test_the_keyboard_does_what_the_mouse_does(panel: FacetPanel, qtbot: QtBot) -> None:
    panel.list.setFocus()
    qtbot.waitUntil(panel.list.hasFocus)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    for key, keys, without in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_Return, CTRL, True),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, True),
    ):
        with qtbot.waitSignal(panel.narrow_wanted) as wanted:
            QTest.keyClick(panel.list, key, keys)
        assert wanted.args == ["feed", "http://one.test/feed", without]


def test_newer_counts_leave_the_keyboard_where_it_is(panel: FacetPanel, qtbot: QtBot) -> None:
    panel.list.setCurrentIndex(panel.list.rows.findItems("Russian")[0].index())
    panel.show_facets(shown_for("base -entity:Tobruk"))
    row: Row = panel.list.currentIndex().data(ROW)
    assert row.text == "Russian"


def test_menus_name_what_they_do_and_copy_a_table(panel: FacetPanel, qtbot: QtBot) -> None:
    panel.show_facets(shown_for("base lang:ru"))
    found = {row.text: row for row in rows(shown_for("base lang:ru"), ())}
    chosen, other = labels(panel.menu(found["Russian"])), labels(panel.menu(found["English"]))
    assert chosen == ["Take Russian out of the search", "Without Russian", "", "Copy as table"]
    assert other == ["Only English", "Without English", "", "Copy as table"]
    panel.copy_table("lang")
    assert QGuiApplication.clipboard().text() == (
        "language\tarticles\nRussian\t30\nEnglish\t21\nUnknown\t4"
    )


def labels(menu: QMenu) -> list[str]:
    found = [action.text() for action in menu.actions()]
    menu.deleteLater()
    return found


def test_rows_are_read_out_with_what_they_are_and_what_the_query_says(panel: FacetPanel) -> None:
    panel.show_facets(shown_for("base lang:ru -entity:Tobruk"))
    face = QAccessible.queryAccessibleInterface(panel.list)
    names = [face.child(k).text(QAccessible.Text.Name) for k in range(face.childCount())]
    assert "Russian, language, 30 articles, chosen" in names
    assert "Tobruk, place, 30 articles, excluded" in names
    assert "Show all 11, Entities" in names


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_is_painted_in_both_schemes_and_long_names_leave_room_for_counts(
    panel: FacetPanel, theme: object
) -> None:
    panel.set_theme(theme)  # type: ignore[arg-type]
    before = panel.grab().toImage()
    long = Facet("entity", (("A very long name of a very long organisation of them all", 1234),))
    panel.show_facets(facets((long, COUNTED[1]), (), Names()))
    panel.set_faded(on=True)
    assert panel.grab().toImage() != before


# days


@pytest.fixture
def chart(panel: FacetPanel) -> DayChart:
    return panel.chart


def x_of(chart: DayChart, number: int) -> QPoint:
    step = (chart.width() - 36) / len(chart._bars)
    return QPoint(round(18 + (number + 0.5) * step), 60)


def test_a_bar_narrows_to_its_day_and_a_drag_to_all_between(
    panel: FacetPanel, chart: DayChart, qtbot: QtBot
) -> None:
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(panel.narrow_wanted) as wanted:
        QTest.mouseClick(chart, left, pos=x_of(chart, 3))
    assert wanted.args == ["date", "2026-11-04", False]
    (window, sixth), (_, second) = (on_window(chart, x_of(chart, n)) for n in (6, 2))
    QTest.mousePress(window, left, pos=sixth)
    QTest.mouseMove(window, second)
    qtbot.waitUntil(lambda: chart.span is not None and chart.span[0] == chart._bars[2])
    with qtbot.waitSignal(panel.narrow_wanted) as wanted:
        QTest.mouseRelease(window, left, CTRL, second)
    assert wanted.args == ["date", "2026-11-03..2026-11-07", True]


def test_a_drag_past_the_edge_ends_at_the_edge(chart: DayChart) -> None:
    assert (chart.bar_at(-500), chart.bar_at(5000)) == (0, len(chart._bars) - 1)


def test_days_are_chosen_with_the_keyboard(
    panel: FacetPanel, chart: DayChart, qtbot: QtBot
) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription() == "10 Nov 2026: 10 articles"
    QTest.keyClick(chart, Qt.Key.Key_Left, shift)
    assert chart.accessibleDescription() == "9 – 10 Nov 2026: 19 articles"
    with qtbot.waitSignal(panel.narrow_wanted) as wanted:
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert wanted.args == ["date", "2026-11-09..2026-11-10", False]
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.span is None
    assert chart.accessibleDescription().startswith("55 articles in 1 – 10 Nov 2026, most in ")


def test_the_time_of_the_query_is_shown_and_taken_out(panel: FacetPanel, qtbot: QtBot) -> None:
    assert panel.chart.time.isHidden()
    panel.show_facets(shown_for("base last:7d"))
    assert panel.chart.time.text() == "last 7 days"
    with qtbot.waitSignal(panel.time_cleared):
        QTest.mouseClick(panel.chart.time, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.time_cleared):
        QTest.keyClick(panel.chart, Qt.Key.Key_Delete)


def test_the_menu_of_the_days_is_about_the_bar_or_the_span(chart: DayChart) -> None:
    assert labels(chart.menu(3)) == [
        "Only 4 Nov 2026", "Without 4 Nov 2026", "", "Copy as table",
    ]  # fmt: skip
    chart.copy_table()
    assert QGuiApplication.clipboard().text().startswith("date\tarticles\n2026-11-01\t1\n")


def test_without_days_nothing_can_be_chosen(chart: DayChart, qtbot: QtBot) -> None:
    chart.show_days((), "")
    with qtbot.assertNotEmitted(chart.wanted, wait=20):
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
        QTest.keyClick(chart, Qt.Key.Key_Left)
        QTest.keyClick(chart, Qt.Key.Key_Return)
    assert chart.accessibleDescription() == "Nothing to show"
