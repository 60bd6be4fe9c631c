"""Leads the real window through a script, from inside its process and without changing it.

A script is a generator over the `MainWindow`. What it yields it waits for: a function that is to
become true, or a number of seconds. The window runs its own event loop all the while; the script
is looked at by a timer. When the script ends, the window is closed as a user closes it.

    def script(window):
        yield lambda: window.list.table.rows.rowCount() > 0
        window.search_for("tobruk")
        yield lambda: window.search.query == "tobruk"

    drive(lambda: open_window(paths), script)
"""

import sys
import time
from collections.abc import Callable, Generator
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from reader.errors import ReaderError
from reader.gui.main_window import MainWindow

T = TypeVar("T")
Step = Callable[[], object] | float
Steps = Generator[Step, None, None]
Script = Callable[[MainWindow], Steps]

PATIENCE = 30.0
"""Seconds a script waits for one thing."""
_LOOK_EVERY = 5


class ScriptError(ReaderError):
    """What was waited for did not come, or the script itself raised (as the cause)."""


def drive(run: Callable[[], T], script: Script, *, patience: float = PATIENCE) -> T:
    """Calls `run`, which opens the window and runs its loop, and leads that window.

    Returns what `run` returns; ScriptError when the script did not come to its end.
    """
    QApplication.setQuitOnLastWindowClosed(True)
    application = QApplication.instance() or QApplication(["media-reader"])
    driver = _Driver(script, patience)
    try:
        result = run()
    finally:
        driver.stop()
        sys.excepthook = sys.__excepthook__  # the window's own would open a box that waits
    if driver.problem is not None:
        raise ScriptError(f"The script failed: {driver.problem}") from driver.problem
    if not driver.over:
        raise ScriptError("The window was closed before the script came to its end.")
    assert application is not None  # noqa: S101 - kept alive until here
    return result


class _Driver(QObject):
    def __init__(self, script: Script, patience: float) -> None:
        super().__init__()
        self.problem: Exception | None = None
        self.over = False
        self._script, self._patience = script, patience
        self._steps: Steps | None = None
        self._window: MainWindow | None = None
        self._ready: Callable[[], object] = lambda: True
        self._since = 0.0
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        try:
            self._go_on()
        except StopIteration:
            self.over = True
            self._leave()
        except Exception as problem:  # noqa: BLE001 - `drive` raises it in its caller
            self.problem = problem
            self._leave()

    def _go_on(self) -> None:
        if self._steps is None:
            self._window = _window()
            if self._window is None:
                return
            self._steps = self._script(self._window)
        elif not self._ready():
            if time.monotonic() - self._since > self._patience:
                self._steps.throw(TimeoutError(f"it did not happen in {self._patience:.0f} s"))
            return
        self._wait_for(next(self._steps))

    def _wait_for(self, step: Step) -> None:
        self._since = time.monotonic()
        if isinstance(step, int | float):
            until = self._since + step
            self._ready = lambda: time.monotonic() >= until
        else:
            self._ready = step

    def _leave(self) -> None:
        self._timer.stop()
        for widget in QApplication.topLevelWidgets():
            widget.close()
        QApplication.exit(1 if self.problem else 0)


def _window() -> MainWindow | None:
    """The main window, once it is on show."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow) and widget.isVisible():
            return widget
    return None


def rows_on_show(window: MainWindow) -> bool:
    """Whether the list holds rows and every one on show has arrived."""
    table = window.list.table
    rows = table.visible_rows()
    return table.rows.rowCount() > 0 and all(table.rows.at_hand(row) for row in rows)
