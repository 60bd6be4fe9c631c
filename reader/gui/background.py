"""The program without its window on show: the tray, notifications, and what leads back.

Where the desktop has a tray and the user wants it so, closing the window hides it, collecting
goes on, and Quit ends it. Where there is none, nothing of this is offered.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from reader.gui.main_window import MainWindow
from reader.gui.models.toasts import WINDOW, Toast
from reader.gui.notifications import Bus, Desktop
from reader.gui.tray import Tray

KEEP = "keep_running"
_TOLD = "told_of_background"
_TRAY_LATE = (5_000, 30_000)
"""Milliseconds: at log-in a desktop's tray may come after us."""
GOES_ON = Toast(
    WINDOW,
    "Media Reader goes on collecting",
    "Its window is in the tray; Quit there ends it. The menu of the window has the setting.",
)


class Background(QObject):
    """For one window. `start` once that is on show; `close` before it goes."""

    def __init__(
        self, window: MainWindow, bus: Bus,
        there_is_a_tray: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:  # fmt: skip
        super().__init__()
        self._window, self._bus, self._there_is_a_tray = window, bus, there_is_a_tray
        self.tray: Tray | None = None
        self._desktop: Desktop | None = None
        self._wanted = 0  # the article to be shown once the list is there
        self._offer(on=False)
        window.installEventFilter(self)
        window.notices.article_wanted.connect(self._show_article)
        window.notices.inbox_wanted.connect(self._show_inbox)
        window.articles.filled.connect(self._listed)
        window.articles.emptied.connect(lambda _empty: self._listed())
        window.notices.window_wanted.connect(self.show_window)
        window.notices.state_changed.connect(self._show_state)
        window.places.overview_changed.connect(lambda _overview: self._show_state())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.commitDataRequest.connect(lambda _session: self.session_ends())

    def start(self) -> None:
        """Shows what is due, that which was missed first."""
        self._look_for_tray()
        for wait in _TRAY_LATE:
            QTimer.singleShot(wait, self, self._look_for_tray)
        if self._desktop is None:
            self._use(Desktop(self._bus, None, self))
        self._window.notices.check()

    def close(self) -> None:
        self._window.removeEventFilter(self)
        self._window.notices.desktop = None
        if self.tray is not None:
            self.tray.close()

    def show_window(self) -> None:
        window = self._window
        QApplication.setQuitOnLastWindowClosed(True)
        window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def session_ends(self) -> None:
        """Nothing is to keep it waiting."""
        self._window.leaving = True

    # the tray

    def _look_for_tray(self) -> None:
        if self.tray is not None or not self._there_is_a_tray():
            return
        self.tray = Tray(self._window.actions_, self)
        self.tray.open_wanted.connect(self.show_window)
        self.tray.inbox_wanted.connect(self._show_inbox)
        self.tray.icon.show()
        self._offer(on=True)
        self._use(Desktop(self._bus, self.tray.icon, self))
        self._show_state()

    def _use(self, desktop: Desktop) -> None:
        desktop.acted.connect(self._window.notices.act)
        self._desktop = self._window.notices.desktop = desktop

    def _offer(self, *, on: bool) -> None:
        action = self._window.actions_[KEEP]
        action.setVisible(on)
        action.setEnabled(on)

    def _show_state(self) -> None:
        if self.tray is not None:
            unseen = self._window.places.overview.totals.alerts_unseen
            self.tray.show_state(unseen, self._window.notices.paused_until)

    # the window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Close:
            return self._closing(event)
        return super().eventFilter(watched, event)

    def _closing(self, event: QEvent) -> bool:
        """True when the window is only put away."""
        stays = self.tray is not None and self._window.actions_[KEEP].isChecked()
        if not stays or self._window.leaving:
            QApplication.setQuitOnLastWindowClosed(True)
            if not self._window.isVisible():
                QTimer.singleShot(0, QApplication.quit)  # Qt quits when one on show is closed
            return False
        event.ignore()
        QApplication.setQuitOnLastWindowClosed(False)  # a dialog may be the last on show
        self._window.hide()
        self._tell_once()
        return True

    def _tell_once(self) -> None:
        state = self._window.state
        if self._desktop is None or state.flag(_TOLD, default=False):
            return
        state.put(_TOLD, True)
        self._desktop.show(GOES_ON, lambda: None, lambda _why: None)

    def _show_inbox(self) -> None:
        self.show_window()
        self._window.go_to("alerts")

    def _show_article(self, article_id: int) -> None:
        self._show_inbox()
        self._wanted = article_id

    def _listed(self) -> None:
        article_id, self._wanted = self._wanted, 0
        if article_id:
            self._window.crossings.show_article(article_id)
