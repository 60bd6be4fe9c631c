"""The studio in the window: from where it opens, and what becomes of what was said in it."""

from array import array
from collections.abc import Iterator
from datetime import date

import pytest
from gui_world import Library, Search
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_steps import ask, closed, press, saving, studio

from reader.domain.alert import AlertRule, Backtest, ChannelState
from reader.domain.search import SavedSearch
from reader.errors import StoreError
from reader.gui.main_window import MainWindow
from reader.gui.views.dialogs.channels import ChannelsDialog
from reader.gui.views.dialogs.query_form import QueryForm
from reader.gui.views.dialogs.studio import Studio
from reader.gui.views.dialogs.studio_reader import SampleReader
from reader.gui.views.search_help import SearchHelp


@pytest.fixture(autouse=True)
def _tried(searcher: Search) -> None:
    days = ((date(2026, 11, 22), 9),)
    searcher.tested = Backtest("", 9, days, 0.9, (1000, 999, 998), measured=10)
    searcher.auto = array("q", [1000, 999])


@pytest.fixture(autouse=True)
def _closed(window: MainWindow) -> Iterator[None]:
    yield
    dialog = window.commands.desk.open
    if dialog is not None and isValid(dialog):
        dialog.done(0)


# from where it opens


def test_the_search_on_show_is_tried_out_at_once(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    dialog = saving(window, "haftar tobruk")
    assert searcher.tried == ["haftar tobruk"]
    assert dialog.search() == SavedSearch(0, "haftar tobruk", "haftar tobruk")
    qtbot.waitUntil(lambda: dialog.trial.samples.samples.at_hand(0) is not None)
    assert dialog.query.field.clauses(), "it is drawn in parts"


def test_an_open_studio_follows_the_scheme(window: MainWindow) -> None:
    window.set_scheme("light")
    dialog = saving(window, "haftar")
    before = dialog.styleSheet()
    window.set_scheme("dark")
    assert window.theme.bad.name() in dialog.trial.flood.styleSheet()
    assert window.theme.bad.name() in dialog.styleSheet()
    assert dialog.styleSheet() != before


def test_an_alert_for_what_is_searched_for(window: MainWindow) -> None:
    window.search_for("haftar")
    press(window, "new_alert")
    assert studio(window).search() == SavedSearch(0, "haftar", "haftar", alert=True)


def test_an_alert_for_an_entity_of_the_sidebar(window: MainWindow) -> None:
    place = window.places.model.place(window.places.model.find("entity:1"))
    window.sidebar.asked.emit("new_alert", place)
    found = studio(window).search()
    assert found == SavedSearch(0, "Khalifa Haftar", 'entity:"Khalifa Haftar"', alert=True)


def test_an_alert_for_the_entity_that_is_chosen(window: MainWindow) -> None:
    window.go_to("entity:4")
    press(window, "new_alert")
    assert studio(window).search().query == 'entity:"S-400"'


def test_an_alert_for_an_entity_of_the_article(window: MainWindow) -> None:
    window.panel.alert_requested.emit(3)
    assert studio(window).search().name == "Tobruk"


def test_an_alert_for_something_yet_to_be_written(window: MainWindow, searcher: Search) -> None:
    window.go_to("all")
    press(window, "new_alert")
    dialog = studio(window)
    assert dialog.search() == SavedSearch(0, "", "", alert=True)
    assert dialog.trial.empty.title() == "Nothing to try out yet"
    assert searcher.tried == []


def test_a_saved_search_opens_with_all_it_has(window: MainWindow, library: Library) -> None:
    place = window.places.model.place(window.places.model.find("saved:1"))
    window.sidebar.asked.emit("edit", place)
    assert studio(window).search() == library.saved[0]


def test_a_suggestion_opens_the_search_with_its_query(window: MainWindow) -> None:
    window.commands.desk.improve_search("Haftar", "haftar -football")
    dialog = studio(window)
    assert (dialog.search().id, dialog.search().query) == (2, "haftar -football")
    window.commands.desk.improve_search("Nobody", "x")
    assert window.commands.desk.open is dialog


# what becomes of it


def test_a_new_search_is_saved_with_its_rule_folder_and_judgements(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    dialog.folder.setCurrentText("Libya")
    dialog.rule.when.setCurrentIndex(dialog.rule.when.findData("daily"))
    qtbot.waitUntil(lambda: bool(dialog.rule.notes["webhook"].text()))
    for key in (Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_K):
        qtbot.keyClick(dialog.trial.samples, key)
    assert dialog.trial.precision.text().startswith("2 of 3 kept: 67 %")
    dialog.confirm()
    qtbot.waitUntil(lambda: closed(dialog))
    found = library.saved[-1]
    assert (found.alert, found.folder, found.rule) == (True, "Libya", AlertRule("daily"))
    said = [call for call in library.calls if call[0] in ("save_search", "judge")]
    assert said == [("save_search", "tobruk", "tobruk", True)]
    verdicts = {1000: True, 999: False, 998: True}
    assert library.judged == {("tobruk", number): kept for number, kept in verdicts.items()}
    assert "raise an alert" in window.status.message.text()


def test_channels_can_be_set_up_from_the_studio(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    qtbot.waitUntil(lambda: not dialog.rule.channels["webhook"].isEnabled())
    dialog.rule.when.setCurrentIndex(1)
    dialog.rule.set_up.click()
    other = window.findChild(ChannelsDialog)
    assert isinstance(other, ChannelsDialog)
    assert other.isVisible()
    library.states = [ChannelState("webhook", configured=True)]
    window.channels.reload()
    qtbot.waitUntil(dialog.rule.channels["webhook"].isEnabled)
    other.reject()
    assert dialog.isVisible()


def test_judgements_are_thrown_away_with_the_search(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    qtbot.keyClick(dialog.trial.samples, Qt.Key.Key_K)
    dialog.reject()
    dialog.reject()
    assert closed(dialog)
    again = ask(window, "save_search")
    assert isinstance(again, Studio)
    assert again.trial.precision.text() == ""
    assert "judge" not in library.names()


def test_an_edit_is_stored_under_the_former_name(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.commands.desk.improve_search("Haftar", "hifter")
    dialog = studio(window)
    qtbot.keyClick(dialog.trial.samples, Qt.Key.Key_N)
    dialog.name.setText("The general")
    dialog.confirm()
    qtbot.waitUntil(lambda: closed(dialog))
    said = [call for call in library.calls if call[0] in ("edit_search", "judge")]
    assert said == [("edit_search", "Haftar", "hifter", False, "The general")]
    assert library.judged == {("Haftar", 1000): False}
    assert library.saved[1].name == "The general"


def test_what_the_library_refuses_is_said_in_the_studio(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    library.refuse = StoreError("The disk is full.")
    dialog.confirm()
    qtbot.waitUntil(lambda: dialog.problem.text() == "The disk is full.")
    library.refuse = None
    dialog.confirm()
    qtbot.waitUntil(lambda: closed(dialog))


def test_writing_on_tries_out_what_is_written(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    dialog.query.field.setFocus()
    dialog.query.field.selectAll()
    qtbot.keyClicks(dialog.query.field, 'a "b')
    qtbot.keyClick(dialog.query.field, Qt.Key.Key_Return)
    assert searcher.tried == ["tobruk", 'a "b']
    assert dialog.trial.empty.title() == "This cannot be searched for"
    assert window.top.search.text() == "tobruk", "the window's own search is left alone"


def test_an_answer_after_the_studio_was_closed_finds_nobody(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    searcher.held = []
    dialog = saving(window, "tobruk")
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    for answer in searcher.held:
        answer()
    assert window.commands.desk.studio.presenter.model.rowCount() == 0


# in full


def test_samples_are_read_in_full_one_after_the_other(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    desk = window.commands.desk.studio

    def reading(number: int) -> bool:
        reader = desk.reader
        return reader is not None and isValid(reader) and reader.article_id == number

    dialog.trial.samples.setFocus()
    qtbot.waitUntil(dialog.trial.samples.hasFocus)
    qtbot.keyClick(dialog.trial.samples, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reading(1000))
    reader = desk.reader
    assert isinstance(reader, SampleReader)
    qtbot.keyClick(reader.view.page, Qt.Key.Key_N)
    reader.keep.click()  # too soon: the next article is not there yet
    qtbot.waitUntil(lambda: reading(999))
    assert desk.presenter.model.verdicts() == {1000: False}
    assert desk.reader is reader, "it stays open"
    reader.keep.click()
    qtbot.waitUntil(lambda: reading(998))
    assert desk.presenter.model.verdicts() == {1000: False, 999: True}
    qtbot.keyClick(reader.view.page, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: not isValid(reader) or not reader.isVisible())
    assert dialog.isVisible()
    assert dialog.trial.precision.text().startswith("2 of 3 kept")
    assert not library.names(), "nothing is marked read, nothing is stored"


def test_escape_leads_from_the_article_back_to_the_samples(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    dialog.trial.samples.opened.emit(999)
    desk = window.commands.desk.studio
    qtbot.waitUntil(lambda: desk.reader is not None and desk.reader.article_id == 999)
    assert desk.reader is not None
    qtbot.keyClick(desk.reader, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert desk.presenter.model.verdicts() == {}


# what opens from the query


def test_help_and_the_form_write_into_the_studio(
    window: MainWindow, searcher: Search, qtbot: QtBot
) -> None:
    dialog = saving(window, "tobruk")
    dialog.query.help_wanted.emit()
    page = dialog.findChild(SearchHelp)
    assert isinstance(page, SearchHelp)
    page.examples()[0].click()
    assert dialog.query.text() == page.examples()[0].accessibleName()
    dialog.query.form_wanted.emit()
    form = dialog.findChild(QueryForm)
    assert isinstance(form, QueryForm)
    form.wanted.emit("tobruk port")
    form.reject()
    assert searcher.tried[-1] == dialog.query.text() == "tobruk port"
    dialog.trial.meant.emit("tobruk (ports")
    assert searcher.tried[-1] == "tobruk (ports"
    assert dialog.name.text() == "tobruk ports", "it is called after its query"
