"""The window's end of a worker process: asks go out, answers come in as calls and signals.

A worker that dies is seen at once and started again, a little later each time. What it had been
asked is answered with an error, or asked once more where asking twice does no harm. Reading from a
pipe never takes longer than a few milliseconds of the window's time.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from reader.errors import BusyError, ReaderError
from reader.workers.messages import (
    Answer,
    Ask,
    News,
    Progress,
    Refusal,
)
from reader.workers.process import Worker

logger = logging.getLogger(__name__)

_TURN = 0.004
"""Seconds of the window's time that one turn of reading may take."""
_BACK_OFF = (200, 1_000, 5_000, 30_000)
"""Milliseconds before a worker that died is started again; the last goes on for ever."""
_HEALTHY = 60.0
"""Seconds after which a worker that ran counts as never having died."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    request: object
    done: Callable[[Any], object]
    failed: Callable[[ReaderError], object]
    lost: bool = False
    """Asked once before, of a worker that died of it or with it."""


class Link(QObject):
    """One worker process. `start` once the window is on show; `close` waits for it to leave."""

    asks_again = False
    """Whether the next worker is asked what the one before it left open."""
    problem = Signal(object)
    """A ReaderError that belongs to nothing that was asked."""
    told = Signal(object)
    """A message that is no answer: Progress or News."""

    def __init__(self, name: str, start: Callable[[], Worker]) -> None:
        super().__init__()
        self._name, self._start_worker = name, start
        self._worker: Worker | None = None
        self._notifier: QSocketNotifier | None = None
        self._number = 0
        self._waiting: dict[int, _Waiting] = {}
        self._deaths = 0
        self._born = 0.0
        self._closed = False

    def start(self) -> None:
        if self._closed or self._worker is not None:
            return
        self._worker = self._start_worker()
        self._born = time.monotonic()
        self._notifier = QSocketNotifier(
            self._worker.connection.fileno(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)
        for number, waiting in self._waiting.items():  # asked before the worker was there
            self._send(Ask(number, waiting.request))

    @property
    def waiting(self) -> bool:
        """Whether something that was asked is not answered yet."""
        return bool(self._waiting)

    @property
    def pid(self) -> int:
        """0 while no worker runs."""
        return self._worker.pid if self._worker else 0

    def ask(
        self,
        request: object,
        done: Callable[[Any], object],
        failed: Callable[[ReaderError], object] | None = None,
    ) -> int:
        """Returns the number by which `forget` knows it."""
        self._number += 1
        self._waiting[self._number] = _Waiting(request, done, failed or self.problem.emit)
        if self._worker is not None:
            self._send(Ask(self._number, request))
        return self._number

    def forget(self, number: int) -> None:
        """Its answer is no longer wanted."""
        self._waiting.pop(number, None)

    def close(self) -> None:
        self._closed = True
        self._waiting.clear()
        if self._worker is not None:
            self._let_go().close()

    def _send(self, message: object) -> None:
        try:
            assert self._worker is not None  # noqa: S101 - callers have looked
            self._worker.connection.send(message)
        except (OSError, ValueError):
            logger.debug("%s is gone; its end of the pipe will tell.", self._name)

    def _read(self) -> None:
        began = time.perf_counter()
        try:
            while self._worker is not None and self._worker.connection.poll():
                self._handle(self._worker.connection.recv())
                if time.perf_counter() - began > _TURN:
                    return  # what is left wakes us again
        except (EOFError, OSError):
            self._died()

    def _handle(self, message: object) -> None:
        match message:
            case Answer(number, value) if number in self._waiting:
                self._waiting.pop(number).done(value)
            case Refusal(number, error) if number in self._waiting:
                self._waiting.pop(number).failed(error)
            case Refusal(0, error):
                self.problem.emit(error)
            case Progress() | News() | Answer(0):
                self.told.emit(message)

    def _let_go(self) -> Worker:
        assert self._worker is not None and self._notifier is not None  # noqa: S101, PT018
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        worker, self._worker, self._notifier = self._worker, None, None
        return worker

    def _died(self) -> None:
        worker = self._let_go()
        worker.close(patience=0.5)
        if time.monotonic() - self._born > _HEALTHY:
            self._deaths = 0
        wait = _BACK_OFF[min(self._deaths, len(_BACK_OFF) - 1)]
        self._deaths += 1
        logger.error("%s stopped unexpectedly; it is started again in %d ms.", self._name, wait)
        lost = [one for one in self._waiting.values() if one.lost or not self.asks_again]
        self._waiting = {
            number: replace(one, lost=True)
            for number, one in self._waiting.items()
            if self.asks_again and not one.lost
        }
        for waiting in lost:
            waiting.failed(
                BusyError(f"{self._name} stopped and is being started again; try once more.")
            )
        if not lost and self._deaths > 1:  # the first time nobody has missed it
            self.problem.emit(
                BusyError(f"{self._name} keeps stopping; reader.log in the library says why.")
            )
        QTimer.singleShot(wait, self, self.start)
