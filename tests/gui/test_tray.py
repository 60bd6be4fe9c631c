"""The tray, and the program without its window on show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from desktop_world import Memory
from gui_world import NOW, Library
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from window_steps import loaded, reread

from reader.domain.alert import Alert
from reader.gui.actions import Actions
from reader.gui.background import GOES_ON, Background
from reader.gui.commands import tomorrow
from reader.gui.main_window import MainWindow
from reader.gui.state import WindowState
from reader.gui.tray import Tray, badged
from reader.settings import Window as Defaults


@dataclass
class Behind:
    """A window with what goes on behind it."""

    window: MainWindow
    background: Background
    desktop: Memory

    @property
    def tray(self) -> Tray:
        assert self.background.tray is not None
        return self.background.tray


Open = Callable[..., Behind]


@pytest.fixture
def behind(opened: Callable[..., MainWindow], qtbot: QtBot) -> Iterator[Open]:
    made: list[Behind] = []

    def one(*, tray: bool = True, keep: bool = True, state: WindowState | None = None) -> Behind:
        close = "keep running" if keep else "quit"
        window = opened(state=state, defaults=replace(Defaults(), on_close=close))
        loaded(window, qtbot)
        desktop = Memory()
        made.append(Behind(window, Background(window, desktop, lambda: tray), desktop))
        made[-1].background.start()
        return made[-1]

    yield one
    for each in made:
        each.window.leaving = True
        each.background.close()
        each.background.deleteLater()
    QApplication.setQuitOnLastWindowClosed(True)


def shown(window: MainWindow) -> int:
    """The article on show, or 0."""
    return window.article.detail.line.id if window.article.detail else 0


def pixels(icon: QIcon, size: int) -> bytes:
    image = icon.pixmap(size, size).toImage()
    return bytes(image.constBits())


@pytest.mark.parametrize("size", [16, 22, 24, 48])
def test_the_icon_shows_how_many_alerts_are_new(qapp: QApplication, size: int) -> None:
    looks = [pixels(badged(count), size) for count in (0, 3, 100, 5_000)]
    paused = pixels(badged(0, paused=True), size)
    assert looks[0] != looks[1]
    assert looks[2] == looks[3]  # "99+"
    assert paused != looks[0]


def test_the_menu_says_what_is_new_and_offers_to_pause_or_to_go_on(window: MainWindow) -> None:
    tray = Tray(window.actions_)
    tray.show_state(1_204, None)
    assert tray.inbox.text() == "Inbox (1,204)"
    assert "1,204 new alerts" in tray.icon.toolTip()
    assert tray.pause.menuAction().isVisible()
    assert not window.actions_["resume"].isVisible()
    tray.show_state(0, datetime.now(UTC) + timedelta(hours=1))
    assert tray.inbox.text() == "Inbox"
    assert "paused until" in tray.icon.toolTip()
    assert not tray.pause.menuAction().isVisible()
    assert window.actions_["resume"].isVisible()
    shown = [action.text() for action in tray.menu.actions() if action.isVisible()]
    assert shown[-1] == "Quit"
    tray.close()


def test_without_a_tray_nothing_of_it_is_offered_and_closing_closes(
    behind: Open, qtbot: QtBot
) -> None:
    there = behind(tray=False)
    window = there.window
    assert there.background.tray is None
    assert not window.actions_["keep_running"].isVisible()
    window.close()
    assert not window.isVisible()
    assert QApplication.quitOnLastWindowClosed()


def test_closing_puts_the_window_away_and_says_so_once(behind: Open, qtbot: QtBot) -> None:
    there = behind()
    window, desktop = there.window, there.desktop
    for _ in range(2):
        window.close()
        assert not window.isVisible()
        assert not QApplication.quitOnLastWindowClosed()
        qtbot.waitUntil(lambda: bool(desktop.shown))
        there.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        assert window.isVisible()
        assert QApplication.quitOnLastWindowClosed()
    assert [body[3] for body in desktop.shown] == [GOES_ON.title]


def test_closing_ends_the_program_unless_it_is_to_go_on(behind: Open, qtbot: QtBot) -> None:
    there = behind(keep=False)
    there.window.close()
    assert QApplication.quitOnLastWindowClosed()
    assert there.desktop.shown == []


def test_the_choice_is_kept(behind: Open, qtbot: QtBot) -> None:
    state = WindowState()
    behind(keep=False, state=state).window.actions_["keep_running"].trigger()
    again = behind(keep=False, state=state)
    assert again.window.actions_["keep_running"].isChecked()


def test_quit_ends_it_from_the_window_and_from_the_tray(
    behind: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    quits: list[int] = []
    monkeypatch.setattr(QApplication, "quit", lambda: quits.append(1))
    there = behind()
    window = there.window
    window.close()
    window.actions_["quit"].trigger()  # from the tray, while the window is away
    qtbot.waitUntil(lambda: quits == [1])
    assert window.state.bytes("geometry")  # what the window remembers was saved
    assert QApplication.quitOnLastWindowClosed()


def test_the_end_of_the_session_is_not_kept_waiting(behind: Open) -> None:
    there = behind()
    there.background.session_ends()
    there.window.close()
    assert QApplication.quitOnLastWindowClosed()


def test_a_notification_opens_its_article_in_the_inbox(
    behind: Open, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = behind()
    window = there.window
    window.close()
    inbox = next(n for n in window.articles.model.ids if n % 10 == 0)
    fired = [Alert(inbox, "A title", "Haftar", (), NOW, id=1)]
    monkeypatch.setattr(library, "alerts", lambda: fired)
    window.notices.act(str(inbox), "default")
    qtbot.waitUntil(lambda: shown(window) == inbox)
    assert window.isVisible()
    assert window.articles.shown.scope.alerts
    qtbot.waitUntil(lambda: window.list.table.selected_ids() == [inbox])


def test_an_article_that_the_list_does_not_hold_is_opened_beside_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    number = int(window.articles.model.ids[3])
    window.go_to("starred")
    qtbot.waitUntil(lambda: all(n % 7 == 0 for n in window.articles.model.ids))
    other = next(n for n in (number, number + 1) if n % 7)
    window.crossings.show_article(other)
    qtbot.waitUntil(lambda: shown(window) == other)
    assert window.list.table.current_row() < 0


def test_the_badge_follows_the_library(behind: Open, library: Library, qtbot: QtBot) -> None:
    there = behind()
    library.unseen = 7
    reread(there.window, qtbot)
    assert there.tray.inbox.text() == "Inbox (7)"


def test_pausing_from_the_palette_shows_in_the_tray(behind: Open) -> None:
    there = behind()
    window = there.window
    window.actions_["pause_day"].trigger()
    assert window.notices.paused_until is not None
    assert "paused" in there.tray.icon.toolTip()
    assert "No notifications until" in window.status.message.text()
    window.actions_["resume"].trigger()
    assert window.notices.paused_until is None
    assert "paused" not in there.tray.icon.toolTip()
    window.actions_["pause_hour"].trigger()
    until = window.notices.paused_until
    assert until is not None
    assert timedelta(minutes=58) < until - datetime.now(UTC) <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "day"), [("2026-11-22T23:50", 23), ("2026-11-23T02:00", 23), ("2026-11-23T07:00", 24)]
)
def test_tomorrow_is_the_morning_after_the_next_night(now: str, day: int) -> None:
    until = tomorrow(datetime.fromisoformat(now).astimezone())
    assert (until.day, until.hour, until.minute) == (day, 8, 0)


def test_the_tray_is_made_of_actions_of_the_registry(window: MainWindow) -> None:
    tray = Tray(window.actions_)
    assert isinstance(window.actions_, Actions)
    assert window.actions_["quit"] in tray.menu.actions()
    assert window.actions_["refresh"] in tray.menu.actions()
    tray.close()
