"""Work of the window's own thread that is too long for one go: done in turns with all the rest."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

TURN = 0.004
"""Seconds of work before the window has its turn."""


class Turns(QObject):
    """Goes through the steps of one piece of work; each should be shorter than a turn."""

    over = Signal()
    """All steps were done."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    @property
    def busy(self) -> bool:
        return self._steps is not None

    def take(self, steps: Iterator[None]) -> None:
        """Begins with this; what was not done of something else is given up."""
        self._steps = steps
        self._timer.start()

    def finish(self) -> None:
        """Does what is left at once."""
        while self._steps is not None:
            self._step(self._steps)

    def give_up(self) -> None:
        self._steps = None
        self._timer.stop()

    def _turn(self) -> None:
        end = time.perf_counter() + TURN
        while self._steps is not None and time.perf_counter() < end:
            self._step(self._steps)

    def _step(self, steps: Iterator[None]) -> None:
        if next(steps, self) is self:
            self.give_up()
            self.over.emit()
