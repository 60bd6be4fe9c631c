"""Starter watchlists in the window: offered where nothing is tracked, undone as one."""

import subprocess
import sys

from gui_world import Library
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from test_light_start import HEAVY
from window_steps import press

from reader.domain.library import Overview
from reader.errors import FileError
from reader.gui.main_window import MainWindow
from reader.gui.models.places import sections
from reader.gui.views.dialogs.starters import StarterQuestion


def asked(window: MainWindow, qtbot: QtBot) -> StarterQuestion:
    press(window, "starter")
    dialog = window.commands.lists.question
    assert isinstance(dialog, StarterQuestion)
    qtbot.waitUntil(lambda: dialog.list.count() > 0)
    return dialog


def test_a_starter_is_offered_where_nothing_is_tracked_yet(library: Library) -> None:
    def acts(overview: Overview) -> list[str]:
        found = next(row for row in sections(overview) if row.key == "section:entities")
        return [row.addable for row in found.below if row.kind == "act"]

    assert acts(Overview()) == ["starter"]
    assert "starter" not in acts(library.overview())


def test_what_is_in_it_is_told_before_it_is_added(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog = asked(window, qtbot)
    assert "5 names: people and places. 2 are tracked already" in dialog.told.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("track_starter", "libya") in library.calls)
    qtbot.waitUntil(lambda: "3 names more of libya" in window.status.message.text())


def test_one_that_is_tracked_as_a_whole_cannot_be_added_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = asked(window, qtbot)
    dialog.list.setCurrentIndex(1)
    assert "already" in dialog.told.text()
    assert not dialog.main.isEnabled()
    dialog.reject()


def test_one_that_cannot_be_read_says_why(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.refuse = FileError("It cannot be read.")
    press(window, "starter")
    dialog = window.commands.lists.question
    assert isinstance(dialog, StarterQuestion)
    qtbot.waitUntil(lambda: dialog.problem.text() == "It cannot be read.")
    assert not dialog.main.isEnabled()
    dialog.reject()


def test_looking_at_starters_imports_nothing_heavy() -> None:
    code = (
        "import sys; from reader.services import starter; starter.entities('libya-syria');"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
