"""What the benchmarks of the window run inside its process; each tells its figures as JSON.

Started as `python -m reader.dev probe …`, because worker processes do not import a main module of
that kind: the window measured has the same workers as one that a user opens.
"""

import json
import os
import sys
import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from reader.__main__ import main as program
from reader.dev.driver import Script, Steps, drive, rows_on_show
from reader.gui.main_window import MainWindow

_SCREENS = 60
TICK = 0.005
"""Seconds between two ticks of the timer whose lateness is measured."""


def main(words: Sequence[str]) -> int:
    """`words`: what to measure ("start", "stalls", "highlights"), the library, and the seconds of
    each phase."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    what, library, seconds = words
    sys.argv = ["media-reader", "--library", library]
    told: dict[str, object] = {}
    scripts = {
        "start": _start(told),
        "stalls": _stalls(told, float(seconds)),
        "highlights": _highlights(told, float(seconds)),
    }
    script = scripts[what]
    drive(program, script, patience=120.0)
    print(json.dumps(told))
    return 0


def _start(told: dict[str, object]) -> Script:
    """`usable`: the monotonic time when the list had been painted with its rows; `cpu`: seconds of
    processor that the window's own process had used by then."""

    def script(window: MainWindow) -> Steps:
        painted = _Painted(window)
        yield lambda: painted.at is not None
        told["usable"] = painted.at
        told["cpu"] = painted.cpu
        told["rows"] = window.list.table.rows.rowCount()

    return script


class _Painted(QObject):
    """Sees every painting of the list; one with all rows, or of the empty state, is what counts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.at: float | None = None
        self.cpu = 0.0
        self._window = window
        window.list.table.viewport().installEventFilter(self)
        window.list.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self.at is None:
            there = self._window.list.is_empty() or rows_on_show(self._window)
            if there:
                QTimer.singleShot(0, self, self._stamp)
        return super().eventFilter(watched, event)

    def _stamp(self) -> None:
        if self.at is None:
            self.at, self.cpu = time.monotonic(), time.process_time()


def _stalls(told: dict[str, object], seconds: float) -> Script:
    """How late each tick was, in milliseconds: `idle`, then `busy` while refreshing on and on."""

    def script(window: MainWindow) -> Steps:
        yield lambda: rows_on_show(window)
        yield 3.0  # the workers have started and done what was left to do
        clock = _Clock(window)
        yield seconds
        told["idle"] = clock.taken()
        rounds = 0
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            window.actions_["refresh"].trigger()
            yield lambda: not window.actions_["refresh"].isEnabled()
            yield lambda: window.actions_["refresh"].isEnabled() or time.monotonic() > until
            rounds += 1
        told["busy"] = clock.taken()
        told["rounds"] = rounds
        window.actions_["stop"].trigger()
        yield 1.0

    return script


def _highlights(told: dict[str, object], seconds: float) -> Script:
    """`plain`, `named`: milliseconds of processor for each screen of the list; `idle` and `opening`
    as in `_stalls`, while the article that was stored last is opened."""

    def script(window: MainWindow) -> Steps:
        yield lambda: rows_on_show(window)
        yield 3.0
        for row in range(_SCREENS):  # names are read, and rows laid out, before they are measured
            yield from _scrolled(window, row)
            yield 0.1
        for name in ("named", "plain"):
            taken = told[name] = list[float]()
            for row in range(_SCREENS):
                yield from _scrolled(window, row)
                taken.append(_painted(window))
            window.actions_["highlights"].trigger()
        clock = _Clock(window)
        yield seconds
        told["idle"] = clock.taken()
        window.crossings.show_article(max(window.articles.model.ids))
        strip = window.view.minimap
        yield lambda: "18,000" in strip.accessibleDescription()
        yield 1.0
        told["opening"] = clock.taken()
        told["article"] = f"2 MB, {strip.accessibleDescription()}"

    return script


def _scrolled(window: MainWindow, row: int) -> Steps:
    table = window.list.table
    table.verticalScrollBar().setValue(row * table.density().height)
    yield lambda: rows_on_show(window)


def _painted(window: MainWindow) -> float:
    began = time.process_time()
    window.list.table.viewport().grab()
    return (time.process_time() - began) * 1000


class _Clock(QObject):
    """A precise timer that notes by how much each tick came late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._late: list[float] = []
        self._last = time.perf_counter()
        timer = QTimer(self, interval=int(TICK * 1000))
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._tick)
        timer.start()

    def taken(self) -> list[float]:
        """In milliseconds, since the last call."""
        taken, self._late = self._late, []
        return taken

    def _tick(self) -> None:
        now = time.perf_counter()
        self._late.append(round(max(0.0, now - self._last - TICK) * 1000, 3))
        self._last = now
