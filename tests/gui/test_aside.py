"""Samples opened in the main window: the dialog waits as it is, and is not lost."""

from gui_world import Analyst
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from window_steps import loaded, on_show, press
from workshop_world import discovered, preview, sample

from reader.gui.main_window import MainWindow
from reader.gui.views.dialogs.entity import EntityDialog


def workshop(window: MainWindow, analyst: Analyst, qtbot: QtBot) -> EntityDialog:
    """With a sample of an article that is in the library."""
    loaded(window, qtbot)
    window.commands.desk.edit_entity(1)
    qtbot.waitUntil(lambda: len(analyst.asked) == 2)
    analyst.newest("preview").done(preview(samples=(sample(970), sample(971))))
    dialog = window.commands.desk.workshop.dialog
    assert dialog is not None
    return dialog


def test_a_key_opens_the_article_of_a_sample_and_another_leads_back(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    dialog = workshop(window, analyst, qtbot)
    dialog.name.setText("Somebody")
    qtbot.keyClick(dialog.findings.samples, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_show(window) == 970)
    assert not dialog.isVisible()
    assert window.focusWidget() is window.list.table
    assert window.status.waiting.isVisible()
    assert "Khalifa Haftar" in window.status.waiting.text()
    press(window, "back")
    assert dialog.isVisible()
    assert dialog.name.text() == "Somebody"
    assert not window.status.waiting.isVisible()
    assert not window.actions_["back"].isEnabled()
    dialog.reject()
    dialog.reject()


def test_a_double_click_opens_a_sample_but_not_on_its_buttons(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    dialog = workshop(window, analyst, qtbot)
    samples = dialog.findings.samples
    box = samples.visualRect(samples.samples.index(1, 0))
    left = Qt.MouseButton.LeftButton
    at = box.topRight() + QPoint(-30, 20)
    qtbot.mouseDClick(samples.viewport(), left, pos=at)
    assert dialog.isVisible()
    qtbot.mouseDClick(samples.viewport(), left, pos=box.topLeft() + QPoint(30, 20))
    qtbot.waitUntil(lambda: on_show(window) == 971)
    window.status.waiting.click()
    assert dialog.isVisible()
    dialog.reject()
    dialog.reject()


def test_who_edits_another_name_is_led_back_to_the_one_that_waits(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    dialog = workshop(window, analyst, qtbot)
    window.aside.read(970)
    press(window, "track")
    assert window.commands.desk.workshop.dialog is dialog
    assert dialog.isVisible()
    dialog.reject()


def test_the_window_does_not_close_over_changes_that_wait(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    dialog = workshop(window, analyst, qtbot)
    dialog.name.setText("Somebody")
    window.aside.read(970)
    assert not window.close()
    assert dialog.isVisible()
    assert "without saving" in dialog.problem.text()
    dialog.reject()


def test_the_window_closes_when_nothing_that_waits_was_changed(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    dialog = workshop(window, analyst, qtbot)
    window.aside.read(970)
    assert window.close()
    dialog.reject()


def test_the_article_of_a_name_that_nobody_tracks_is_opened(
    window: MainWindow, analyst: Analyst, qtbot: QtBot
) -> None:
    loaded(window, qtbot)
    press(window, "discover")
    dialog = window.commands.desk.discovery.dialog
    assert dialog is not None
    found = (sample(972, "Irisov", ""), sample(973, "Irisov", ""))
    analyst.newest("discover").done((discovered("Gleb Irisov", samples=found),))
    qtbot.keyClick(dialog.list, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: on_show(window) == 972)
    press(window, "discover")
    assert window.commands.desk.discovery.dialog is dialog
    assert dialog.isVisible()
    dialog.detail.samples[1].setFocus()
    qtbot.waitUntil(dialog.detail.samples[1].hasFocus)
    qtbot.keyClick(dialog.detail.samples[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_show(window) == 973)
    press(window, "back")
    qtbot.mouseDClick(dialog.detail.samples[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: on_show(window) == 972)
    press(window, "back")
    dialog.reject()
