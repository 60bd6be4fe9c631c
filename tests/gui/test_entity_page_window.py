"""The page of an entity in the window: from where it opens, and to where it leads."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from gui_world import ENTITIES, Analyst, Library
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from window_steps import choose, press

from reader.domain.library import Changes
from reader.domain.profile import Companion, Question, Sentence, SentencePage
from reader.domain.scope import Scope
from reader.errors import StoreError
from reader.gui.main_window import MainWindow
from reader.gui.models.places import Place
from reader.gui.views.dialogs.choose_entity import ChooseEntity
from reader.gui.views.entity_page import EntityPage
from tests.gui.test_entity_page_models import AT, by_the_hour, compared, profile

HAFTAR, TOBRUK = ENTITIES[0], ENTITIES[2]
MET = (
    Companion(3, "Tobruk", "place", "default", 4, 9, 12.0, 1.0),
    Companion(4, "S-400", "weapon", "default", 9, 30, 2.0, 0.5, 3),
)
TEXT = "Khalifa Haftar met\nofficers in Tobruk."


def said(number: int) -> Sentence:
    marks = ((0, 14, 1), (31, 37, 3))
    return Sentence(number, "T", "Harbour Review", AT, "en", "body", 0, TEXT, marks)


@pytest.fixture(autouse=True)
def _closed(window: MainWindow) -> Iterator[None]:
    yield
    window.entity_pages.close()
    if window.entity_pages.page is not None:
        window.entity_pages.page.deleteLater()


@pytest.fixture
def page(window: MainWindow, analyst: Analyst, qtbot: QtBot) -> EntityPage:
    """Of Haftar, with everything that can be known of him."""
    window.entity_pages.open(HAFTAR.id)
    made = shown(window)
    analyst.newest("quote").done(SentencePage((said(1000), said(999))))
    analyst.newest("profile").done(profile())
    analyst.newest("company").done(MET)
    return made


def shown(window: MainWindow) -> EntityPage:
    made = window.entity_pages.page
    assert made is not None
    assert made.isVisible()
    return made


def place(window: MainWindow, entity: int) -> Place:
    found = window.places.model.place(window.places.model.find(f"entity:{entity}"))
    assert found is not None
    return found


# from where it opens


def test_it_opens_from_the_sidebar_and_the_panel_and_the_card(
    window: MainWindow, analyst: Analyst
) -> None:
    window.commands.asked("page", place(window, 3))
    assert shown(window).head.name.text() == "Tobruk"
    window.panel.page_requested.emit(1)
    assert shown(window).head.name.text() == "Khalifa Haftar"
    window.cards.card.page_wanted.emit(3)
    assert analyst.newest("profile").said[0] == TOBRUK


def test_the_action_takes_the_chosen_entity_or_asks(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    press(window, "entity_page")
    dialog = window.commands.desk.open
    assert isinstance(dialog, ChooseEntity)
    dialog.confirm()
    assert "Type a name" in dialog.problem.text()
    dialog.name.setText("nobody")
    dialog.confirm()
    assert "“nobody”" in dialog.problem.text()
    dialog.name.setText("tob")
    dialog.confirm()
    assert shown(window).head.name.text() == "Tobruk"
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: bool(window.panel.top(1)))
    press(window, "entity_page")
    assert shown(window).head.name.text() == "Khalifa Haftar"
    window.actions_["entity_page"].setData(4)
    press(window, "entity_page")
    assert shown(window).head.name.text() == "S-400"
    assert window.actions_["entity_page"].data() is None


def test_it_says_that_it_counts_and_then_what(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    window.entity_pages.open(HAFTAR.id)
    made = shown(window)
    assert made.empty.title() == "Counting…"
    analyst.newest("profile").done(profile())
    assert made.body.currentIndex() == 0
    assert made.head.figures.text().startswith("10 articles, 23 mentions")
    assert "The A Wire" in made.head.figures.text()


# nothing


def test_an_entity_without_mentions_says_what_to_do(window: MainWindow, analyst: Analyst) -> None:
    window.entity_pages.open(HAFTAR.id)
    made = shown(window)
    analyst.newest("profile").done(profile(articles=0, columns=(), first=None, last=None))
    assert made.empty.title() == "No article mentions Khalifa Haftar"
    (button,) = made.empty.buttons()
    button.click()
    dialog = window.commands.desk.open
    assert dialog is not None
    dialog.reject()


def test_a_period_without_mentions_leads_to_all_time(window: MainWindow, analyst: Analyst) -> None:
    window.entity_pages.open(HAFTAR.id)
    made = shown(window)
    analyst.newest("profile").done(profile(articles=0, columns=()))
    assert "2026-03-01" in made.empty.sentence()
    (button,) = made.empty.buttons()
    button.click()
    assert analyst.newest("profile").said[1].since is None
    assert made.head.period.current() == "all"


def test_figures_that_cannot_be_taken_are_explained(window: MainWindow, analyst: Analyst) -> None:
    window.entity_pages.open(HAFTAR.id)
    analyst.newest("profile").failed(StoreError("The library is damaged."))
    assert shown(window).empty.sentence() == "The library is damaged."


# to where it leads


def test_a_column_leads_to_its_articles(page: EntityPage, window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(page.chart, Qt.Key.Key_Left)
    QTest.keyClick(page.chart, Qt.Key.Key_Left)
    assert "3 Mar 2026" in page.chart.accessibleDescription()
    QTest.keyClick(page.chart, Qt.Key.Key_Return)
    assert window.top.search.text() == 'entity:"Khalifa Haftar" date:2026-03-03'
    middle = page.chart.room().center().toPoint()
    right = QPoint(page.chart.width() - 14, middle.y())
    QTest.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=right)
    assert window.top.search.text().endswith("date:2026-03-04")
    page.time_table.chosen.emit(0)
    assert window.top.search.text().endswith("date:2026-03-01")


def test_an_hour_leads_to_its_articles(page: EntityPage, window: MainWindow) -> None:
    page.show_profile(by_the_hour(date(2026, 3, 1)))
    page.time_table.chosen.emit(14)
    assert window.top.search.text() == 'entity:"Khalifa Haftar" date:2026-03-01T14'


def test_outlets_and_languages_lead_to_their_articles(page: EntityPage, window: MainWindow) -> None:
    page.outlets.setCurrentIndex(page.outlets.rows.index(0, 0))
    QTest.keyClick(page.outlets, Qt.Key.Key_Return)
    assert window.top.search.text() == 'entity:"Khalifa Haftar" outlet:"The A Wire"'
    page.language_table.chosen.emit(0)
    assert window.top.search.text() == 'entity:"Khalifa Haftar" lang:"en"'
    page.language_table.chosen.emit(1)
    assert window.top.search.text().endswith('lang:"en"'), "nothing is known to search for"


def test_its_articles_an_alert_and_editing_are_one_press_away(
    page: EntityPage, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    page.head.articles.click()
    qtbot.waitUntil(lambda: ("ids", Scope(entity=1)) in library.calls)
    page.head.alert.click()
    assert window.commands.desk.open is not None
    window.commands.desk.open.done(0)
    page.head.edit.click()
    assert window.commands.desk.open is not None
    window.commands.desk.open.done(0)


def test_return_opens_the_article_of_a_sentence(
    page: EntityPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.quotes.list.setCurrentIndex(page.quotes.list.sentences.index(1, 0))
    QTest.keyClick(page.quotes.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.article.detail is not None)
    assert window.article.detail is not None
    assert window.article.detail.line.id == 999


def test_a_companion_leads_to_the_sentences_with_both_and_back(
    page: EntityPage, analyst: Analyst
) -> None:
    page.company.chosen.emit(0)
    assert analyst.newest("quote").said[3] == TOBRUK
    assert page.quotes.heading.title.text() == "Sentences with Tobruk"
    analyst.newest("quote").done(SentencePage())
    assert page.quotes.nothing.sentence() == "None of this period names both."
    page.quotes.without.click()
    assert analyst.newest("quote").said[3] is None
    assert page.quotes.heading.title.text() == "Sentences"


# what can be chosen


def test_company_is_sorted_by_any_of_its_numbers(page: EntityPage) -> None:
    page.parts.buttons["company"].click()
    assert [row[0] for row in page.table("below").rows] == ["Tobruk", "S-400"], "the surest first"
    page.company.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in page.table("below").rows] == ["S-400", "Tobruk"]
    page.company.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row[0] for row in page.table("company").rows] == ["Tobruk", "S-400"]


def test_counting_sentences_shows_how_far_it_is_and_can_be_stopped(
    page: EntityPage, analyst: Analyst
) -> None:
    page.parts.buttons["company"].click()
    analyst.newest("reading").progress(250, 20_000)
    assert page.reading.text() == "250 of 20,000 articles read"
    assert page.stop.isVisible()
    page.stop.click()
    assert analyst.newest("reading").number in analyst.stopped
    assert not page.stop.isVisible()


def test_four_more_are_compared_by_typing_their_names(page: EntityPage, analyst: Analyst) -> None:
    for name in ("tobruk", "S-400", "Libyan", "emb", "tobruk"):
        page.head.whom.setText(name)
        QTest.keyClick(page.head.whom, Qt.Key.Key_Return)
    assert [one.name for one in analyst.newest("compare").said[0]] == [
        "Khalifa Haftar", "Tobruk", "S-400", "Libyan National Army", "Arms embargo",
    ]  # fmt: skip
    assert not page.head.whom.isVisible(), "there is room for five"
    analyst.newest("compare").done(compared())
    assert page.shown().lines
    assert not page.split.isVisible()
    page.head.chips[0].click()
    assert len(analyst.newest("compare").said[0]) == 4
    for _ in range(3):
        page.head.chips[0].click()
    assert not page.shown().lines
    assert page.split.isVisible()


def test_an_unknown_name_is_not_compared(page: EntityPage, analyst: Analyst) -> None:
    page.head.whom.setText("Khalifa Haftar")
    QTest.keyClick(page.head.whom, Qt.Key.Key_Return)
    assert analyst.of_kind("compare") == []
    assert page.head.whom.selectedText() == "Khalifa Haftar"


def test_each_chart_is_a_table_too(page: EntityPage) -> None:
    page.time_as.click()
    assert page.time_table.isVisible()
    assert page.table("time").head == ("from", "to", "articles", "mentions")
    page.split.buttons["outlet"].click()
    assert page.table("time").head[-1] == "(others) (mentions)"
    page.below_as.click()
    assert page.outlet_table.isVisible()
    page.parts.buttons["languages"].click()
    assert page.language_table.isVisible()


def test_hours_and_short_periods_can_be_chosen(page: EntityPage, analyst: Analyst) -> None:
    page.head.unit.buttons["hour"].click()
    page.head.period.buttons["1d"].click()
    question = analyst.newest("profile").said[1]
    assert isinstance(question, Question)
    assert (question.unit, question.since) == ("hour", datetime.now().astimezone().date())


def test_a_period_too_long_for_hours_says_that_days_are_shown(page: EntityPage) -> None:
    page.show_profile(profile(question=Question(unit="hour")))
    told = "too long for hours, so counted in days"
    assert told in page.chart.accessibleDescription()
    assert page.shown().coarser == told
    page.show_profile(profile())
    assert page.shown().coarser == ""


def test_whom_it_is_compared_with_stands_in_a_line_of_its_own(
    page: EntityPage, window: MainWindow, analyst: Analyst
) -> None:
    page.resize(page.minimumSize())
    window.entity_pages.presenter.compare([TOBRUK])
    page.show_others([TOBRUK])
    chip = page.head.chips[0]
    assert chip.isVisible()
    assert page.head.whom.isVisible()
    below = chip.mapTo(page.head, QPoint()).y()
    assert below > page.head.whom.geometry().bottom()
    assert page.head.minimumSizeHint().width() <= page.minimumWidth()
    page.show_others([])
    assert page.head.chips == []


def test_the_chart_counts_mentions_as_well(page: EntityPage, analyst: Analyst) -> None:
    assert (page.measure.current(), page.time_heading.title.text()) == ("articles", "per day")
    page.measure.buttons["mentions"].click()
    assert page.shown().title == "Mentions per day"
    page.split.buttons["outlet"].click()
    assert page.shown().measure == "mentions"
    page.head.whom.setText("tobruk")
    QTest.keyClick(page.head.whom, Qt.Key.Key_Return)
    analyst.newest("compare").done(compared())
    assert (page.shown().lines, page.shown().measure) == (True, "mentions")
    assert page.measure.isVisible()


# files


def saved(window: MainWindow, path: Path, qtbot: QtBot) -> Path:
    dialog = window.entity_pages.files
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    qtbot.waitUntil(path.exists)
    dialog.reject()
    return path


def test_tables_are_saved_as_csv(
    page: EntityPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page.saving.emit("sentences", "csv")
    path = saved(window, tmp_path / "said.csv", qtbot)
    _, first, _ = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    assert first[:2] == ["2026-03-01T09:00:00Z", "Harbour Review"]
    assert first[-1] == "Khalifa Haftar met officers in Tobruk."


def test_the_chart_is_saved_as_a_picture(
    page: EntityPage, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page.saving.emit("time", "png")
    path = saved(window, tmp_path / "chart.png", qtbot)
    assert QImage(str(path)).width() == 1920


def test_menus_offer_what_there_is(page: EntityPage) -> None:
    offered = [
        [action.text() for action in page.menu(part).actions()]
        for part in ("time", "below", "sentences")
    ]
    assert offered == [
        ["Copy as table", "Save as CSV…", "Save as picture…"], ["Copy as table", "Save as CSV…"],
        ["Copy the 2 sentences listed", "Save the 2 sentences listed…"],
    ]  # fmt: skip


def test_the_keyboard_goes_from_part_to_part_and_shows_where_it_is(page: EntityPage) -> None:
    page.chart.setFocus()
    page.outlets.setFocus()
    assert page.outlets.selectionModel().hasSelection()
    page.quotes.list.setFocus()
    QTest.keyClick(page.quotes.list, Qt.Key.Key_Down)
    assert page.quotes.list.currentIndex().row() == 1


def test_it_opens_again_where_it_was(page: EntityPage, window: MainWindow) -> None:
    page.resize(1010, 640)
    page.close()
    assert window.state.bytes("entity_page") == page.saveGeometry()


# the library changes


def test_an_edited_entity_is_shown_anew_and_one_that_is_gone_no_more(
    page: EntityPage, window: MainWindow, library: Library, analyst: Analyst, qtbot: QtBot
) -> None:
    library.entities[0] = type(HAFTAR)("Field Marshal Haftar", "person", id=1)
    window.apply_changes(Changes(entities=True))
    qtbot.waitUntil(lambda: page.head.name.text() == "Field Marshal Haftar")
    del library.entities[0]
    window.apply_changes(Changes(entities=True))
    qtbot.waitUntil(lambda: not page.isVisible())


def test_it_closes_with_the_window_and_asks_no_more(
    page: EntityPage, window: MainWindow, analyst: Analyst
) -> None:
    page.close()
    assert analyst.newest("reading").number in analyst.stopped
    window.entity_pages.open(HAFTAR.id)
    window.close()
    assert not page.isVisible()


def test_it_follows_the_scheme(page: EntityPage, window: MainWindow) -> None:
    window.set_scheme("light")
    before = page.grab().toImage()
    window.set_scheme("dark")
    after = page.grab().toImage()
    low = page.height() - 12
    for at in (QPoint(300, 5), QPoint(200, low), QPoint(page.width() - 60, low)):
        assert before.pixelColor(at).lightness() > 200
        assert after.pixelColor(at).lightness() < 60


def test_long_sentences_are_shown_whole_at_any_width(page: EntityPage) -> None:
    model = page.quotes.list.sentences
    long = Sentence(5, "T", "S", AT, "ar", "body", 0, "قال " * 120, ((0, 3, 1),))
    model.append([long], more=False)
    page.resize(1500, 700)
    page.quotes.list.doItemsLayout()
    index = model.index(model.rowCount() - 1, 0)
    wide = page.quotes.list.sizeHintForIndex(index).height()
    page.resize(900, 700)
    page.quotes.list.doItemsLayout()
    assert page.quotes.list.delegate.width == page.quotes.list.viewport().width()
    assert page.quotes.list.sizeHintForIndex(index).height() > wide


def test_a_watchlist_that_is_off_is_why_nothing_is_shown(page: EntityPage) -> None:
    page.show_entity(HAFTAR, (), enabled=False)
    page.show_profile(profile(articles=0, columns=(), first=None, last=None))
    assert page.empty.title() == "Khalifa Haftar is not looked for"
    assert "“default” is switched off" in page.empty.sentence()
