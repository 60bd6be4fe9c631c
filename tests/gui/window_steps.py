"""What tests do in the whole window, and what they look at."""

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reader.gui.main_window import MainWindow
from reader.gui.views.dialogs.studio import Studio


def loaded(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.articles.model.at_hand(0) is not None)


def reread(window: MainWindow, qtbot: QtBot) -> None:
    """The window knows what the library holds by now: older answers have come before this one."""
    come: list[object] = []
    window.places.reload()
    window.places._jobs.run(lambda _library: None, window, come.append)
    qtbot.waitUntil(lambda: come != [])


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


def studio(window: MainWindow) -> Studio:
    """The one that is open."""
    dialog = window.commands.desk.open
    assert isinstance(dialog, Studio)
    assert dialog.isVisible()
    return dialog


def saving(window: MainWindow, query: str) -> Studio:
    """The studio, opened to save what is searched for."""
    window.search_for(query)
    press(window, "save_search")
    return studio(window)


def closed(dialog: Studio) -> bool:
    return not isValid(dialog) or not dialog.isVisible()
