"""What tests do in the whole window, and what they look at."""

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reader.gui.main_window import MainWindow


def loaded(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.articles.model.at_hand(0) is not None)


def choose(window: MainWindow, qtbot: QtBot, row: int) -> int:
    window.list.table.choose(row)
    number = window.articles.model.ids[row]
    qtbot.waitUntil(lambda: on_show(window) == number)
    return number


def on_show(window: MainWindow) -> int:
    return window.article.detail.line.id if window.article.detail else 0


def press(window: MainWindow, name: str) -> None:
    window.actions_[name].trigger()


def ask(window: MainWindow, name: str) -> QDialog:
    """The question an action asks."""
    press(window, name)
    dialog = window.commands.desk.open
    assert dialog is not None
    return dialog
