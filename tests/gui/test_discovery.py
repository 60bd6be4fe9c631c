"""Names nobody tracks yet: asked for once, kept at hand, filtered, tracked, dismissed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from gui_world import Analyst, Library
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from workshop_world import NOON, discovered

from reader.domain.entity import Alias, Entity
from reader.domain.library import Changes
from reader.errors import IndexFailure
from reader.gui.main_window import MainWindow
from reader.gui.models import discovery
from reader.gui.models.discovery import Found, as_entity
from reader.gui.presenters.discovery import MOST, DiscoveryPresenter
from reader.gui.views.dialogs.discovery import DiscoveryDialog

IRISOV = discovered("Gleb Irisov", spellings=("Irisov", "GLEB IRISOV"))
TANK = discovered("T-90M", type="weapon", former=0, burst=9.0)
OMAR = discovered("Nadia Omar", burst=1.1)
NAMES = (IRISOV, TANK, OMAR)


# the presenter


@pytest.fixture
def presenter(qapp: QApplication, analyst: Analyst) -> Iterator[DiscoveryPresenter]:
    made = DiscoveryPresenter(analyst)
    yield made
    made.end()


def test_the_second_time_the_last_answer_is_there_at_once(
    presenter: DiscoveryPresenter, analyst: Analyst
) -> None:
    presenter.begin()
    assert analyst.newest("discover").said == (14, MOST)
    analyst.newest("discover").progress(20, 90)
    assert (presenter.found.done, presenter.found.total) == (20, 90)
    analyst.newest("discover").done(NAMES)
    assert presenter.found == Found("done", NAMES, 14)
    presenter.end()
    presenter.begin()
    assert presenter.found == Found("looking", NAMES, 14)
    analyst.newest("discover").done(NAMES[:1])
    assert presenter.found.names == NAMES[:1]


def test_an_answer_about_another_period_is_dropped(
    presenter: DiscoveryPresenter, analyst: Analyst
) -> None:
    presenter.begin()
    late = analyst.newest("discover")
    presenter.begin(30)
    assert late.number in analyst.stopped
    late.done(NAMES)
    late.failed(IndexFailure("late"))
    assert presenter.found == Found("looking", None, 30)
    presenter.end()
    presenter.begin()
    assert analyst.newest("discover").said == (30, MOST), "the period stays as it was"


def test_stopping_keeps_what_is_known_and_a_failure_says_why(
    presenter: DiscoveryPresenter, analyst: Analyst
) -> None:
    presenter.begin()
    analyst.newest("discover").done(NAMES)
    presenter.begin()
    presenter.stop()
    assert (presenter.found.state, presenter.found.names) == ("stopped", NAMES)
    presenter.begin()
    analyst.newest("discover").failed(IndexFailure("There is no index yet."))
    assert presenter.found.state == "failed"
    assert discovery.basis(presenter.found) == "There is no index yet."


def test_what_is_dropped_goes_at_once_and_stays_away(
    presenter: DiscoveryPresenter, analyst: Analyst
) -> None:
    presenter.begin()
    analyst.newest("discover").done(NAMES)
    presenter.drop("T-90M")
    assert presenter.found.names == (IRISOV, OMAR)
    presenter.end()
    presenter.begin()
    assert presenter.found.names == (IRISOV, OMAR)


def test_other_tracked_names_are_asked_about_only_while_it_is_open(
    presenter: DiscoveryPresenter, analyst: Analyst
) -> None:
    presenter.apply(Changes(entities=True))
    assert analyst.asked == []
    presenter.begin()
    presenter.apply(Changes(counts=True))
    assert len(analyst.asked) == 1
    presenter.apply(Changes(entities=True))
    assert len(analyst.asked) == 2


# the words


def test_how_often_is_said_without_more_than_is_known() -> None:
    assert discovery.numbers(IRISOV) == "7 articles · 3 outlets"
    assert discovery.rise(IRISOV) == "4.2× as often as before"
    assert discovery.rise(TANK) == "not seen before"
    assert discovery.rise(OMAR) == ""
    assert discovery.rise(discovered("x", former=0, burst=1.0)) == "", "nothing to compare with"
    assert discovery.seen(OMAR, NOON + timedelta(hours=3)) == "First seen 3 h ago, last 3 h ago"


def test_a_name_becomes_an_entity_with_its_other_spellings() -> None:
    assert as_entity(IRISOV, "libya") == Entity("Gleb Irisov", "other", "libya", (Alias("Irisov"),))
    assert as_entity(IRISOV, "libya", spellings=False).aliases == ()
    assert as_entity(TANK, "arms").type == "weapon"


def test_filters_go_by_kind_and_by_words_in_any_spelling() -> None:
    assert discovery.kept(NAMES, "weapon", "") == (TANK,)
    assert discovery.kept(NAMES, "", "iris gleb") == (IRISOV,)
    assert discovery.kept(NAMES, "", "") == NAMES


# the dialog


@pytest.fixture
def dialog(qtbot: QtBot, styled: object) -> DiscoveryDialog:
    made = DiscoveryDialog(None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    made.show_found(Found("done", NAMES))
    return made


def test_each_deed_has_a_key(dialog: DiscoveryDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.track_wanted) as asked:
        qtbot.keyClick(dialog.list, Qt.Key.Key_T)
    assert asked.args == [IRISOV, False]
    with qtbot.waitSignal(dialog.track_wanted) as asked:
        qtbot.keyClick(dialog.list, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args == [IRISOV, True]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.unwanted) as unwanted:
        qtbot.keyClick(dialog.list, Qt.Key.Key_D)
    assert unwanted.args == [TANK]


def test_the_chosen_name_is_shown_in_full_and_its_place_is_kept(
    dialog: DiscoveryDialog, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.detail.title.text() == "T-90M"
    dialog.show_found(Found("done", (OMAR, TANK)))
    assert dialog.detail.title.text() == "T-90M"
    dialog.show_found(Found("done", (IRISOV, OMAR)))
    assert dialog.detail.title.text() == "Nadia Omar", "what has come into its place"


def test_filters_narrow_the_list_and_say_when_nothing_is_left(dialog: DiscoveryDialog) -> None:
    dialog.kind.setCurrentIndex(1)
    assert dialog.list.names.rows == (TANK,)
    dialog.words.setText("omar")
    assert dialog.list.names.rows == ()
    assert dialog.empty.title() == "No names of this kind"
    assert not dialog.main.isEnabled()


def test_progress_can_be_stopped_and_taken_up_again(dialog: DiscoveryDialog, qtbot: QtBot) -> None:
    dialog.show_found(Found("looking", None, 14, "", 300, 5_000))
    assert dialog.basis.text() == "Reading 300 of 5,000 new articles…"
    with qtbot.waitSignal(dialog.stop_wanted):
        dialog.stop.click()
    dialog.show_found(Found("stopped", None, 14, "", 300, 5_000))
    assert not dialog.stop.isVisible()
    with qtbot.waitSignal(dialog.period_wanted) as wanted:
        dialog.again.click()
    assert wanted.args == [14]


# in the window


def test_it_opens_from_the_sidebar_and_tracks_dismisses_and_takes_back(
    window: MainWindow, analyst: Analyst, library: Library, qtbot: QtBot
) -> None:
    index = window.places.model.find("act:discover")
    window.sidebar.setFocus()
    window.sidebar.setCurrentIndex(index)
    qtbot.keyClick(window.sidebar, Qt.Key.Key_Return)
    desk = window.commands.desk
    dialog = desk.discovery.dialog
    analyst.newest("discover").done(NAMES)
    qtbot.keyClick(dialog.list, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: dialog.list.names.rows == (TANK, OMAR))
    qtbot.keyClick(dialog.list, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: dialog.list.names.rows == (OMAR,))
    assert library.names()[-2:] == ["dismiss_name", "track"]
    assert library.entities[-1].name == "T-90M"
    with qtbot.waitSignal(window.changer.undone):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    dialog.reject()


def test_a_name_is_tracked_through_the_workshop_that_opens_over_the_list(
    window: MainWindow, analyst: Analyst, library: Library, qtbot: QtBot
) -> None:
    window.actions_["discover"].trigger()
    desk = window.commands.desk
    analyst.newest("discover").done(NAMES)
    desk.discovery.dialog.main.click()
    workshop = desk.workshop.dialog
    assert workshop.parentWidget() is desk.discovery.dialog
    assert workshop.entity().aliases == (Alias("Irisov"),)
    workshop.main.click()
    qtbot.waitUntil(lambda: desk.discovery.dialog.list.names.rows == (TANK, OMAR))
    assert library.entities[-1].name == "Gleb Irisov"
    desk.discovery.dialog.reject()
