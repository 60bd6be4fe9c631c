"""How the window looks, what it remembers of it, and how it is told to who cannot see it."""

from collections.abc import Callable
from pathlib import Path

from gui_world import Library
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_steps import choose, press

from reader.gui import fonts
from reader.gui.main_window import MainWindow
from reader.gui.panes import PANEL, SIDE
from reader.gui.state import WindowState
from reader.gui.theme import DARK, LIGHT


def test_schemes_reach_every_pane(window: MainWindow) -> None:
    for name, theme in (("dark", DARK), ("light", LIGHT)):
        press(window, name)
        image = window.grab().toImage()
        spots = {
            "side": window.sidebar, "list": window.list, "page": window.view.page,
        }  # fmt: skip
        assert window.theme is theme
        for colour, widget in spots.items():
            corner = widget.mapTo(window, widget.rect().bottomLeft())
            found = image.pixelColor(corner.x() + 3, corner.y() - 2).name()
            assert found == getattr(theme, colour).name(), (name, colour)


def test_narrow_windows_put_panes_away_and_wide_ones_bring_them_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    for width, side, panel in ((1440, True, True), (1100, True, False), (800, False, False)):
        window.resize(width, 800)
        qtbot.waitUntil(lambda w=width: window.panes.width() == w)
        assert (window.panes.is_shown(SIDE), window.panes.is_shown(PANEL)) == (side, panel)
        assert window.panes.sizes()[2] >= 320


def test_what_the_user_shows_stays_at_every_width(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.list.table, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not window.panes.is_shown(SIDE)
    assert not window.actions_["sidebar"].isChecked()
    window.resize(2000, 900)
    qtbot.waitUntil(lambda: window.panes.width() == 2000)
    assert not window.panes.is_shown(SIDE)


def test_text_size_has_limits_and_a_normal(window: MainWindow) -> None:
    press(window, "larger")
    assert window.view.text_size() == 18
    for _ in range(40):
        press(window, "smaller")
    assert window.view.text_size() == 12
    press(window, "normal")
    assert window.view.text_size() == 17


def test_it_remembers_itself(
    opened: Callable[..., MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    def state() -> WindowState:
        return WindowState(QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))

    first = opened(1300, state())
    press(first, "dark")
    press(first, "larger")
    press(first, "compact")
    press(first, "sidebar")
    first.sidebar.set_closed(["folder:Mediterranean"])
    first.close()
    second = opened(1300, state())
    assert second.theme is DARK
    assert second.view.text_size() == 18
    assert second.actions_["compact"].isChecked()
    assert not second.panes.is_shown(SIDE)
    assert second.sidebar.closed() == ["folder:Mediterranean"]


def test_remembered_nonsense_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "w.ini"
    file.write_text("[General]\ntext_size=huge\nscheme=3\npanes=a b\n")
    state = WindowState(QSettings(str(file), QSettings.Format.IniFormat))
    assert state.number("text_size", 17, 12, 30) == 17
    assert state.words("closed") == []
    assert state.bytes("geometry").isEmpty()


def test_everything_that_takes_the_focus_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    choose(window, qtbot, 0)
    window.show_progress(1, 2, 0, "Refreshing")
    nameless = [
        widget for widget in window.findChildren(QWidget)
        if widget.isVisible() and takes_focus(widget) and not name_of(widget)
    ]  # fmt: skip
    assert nameless == []


def takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def test_nothing_is_written_to_the_screen_of_a_closed_window(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    with library.lock:
        window.go_to("feed:1")
        window.close()
    qtbot.wait(20)
    assert not window.isVisible()


def test_every_text_of_the_window_is_set_in_the_bundled_font(
    opened: Callable[..., MainWindow], qapp: QApplication
) -> None:
    qapp.setFont(QFont("Sans Serif", 9))  # as a desktop has it
    window = opened()
    labels = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    assert labels
    assert {label.font().families()[0] for label in labels} == {fonts.SANS}
