"""Work away from the window's thread, on its two database threads.

Reading (pages, details, the overview) and changing (read, star, tag, …) each have one thread that
opens and owns its library, so a long read never delays a star. A job is a function of that
library; its answer arrives on the window's thread, and never inside `run`.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from reader.errors import ReaderError

L = TypeVar("L")
T = TypeVar("T")
Done = Callable[[T], object]
Failed = Callable[[ReaderError], object]

_log = logging.getLogger(__name__)


class _Line(Generic[L]):
    """One thread with a library of its own, opened by the thread and closed by it.

    `ready`: opened at once, and not when the first work is there.

    Ordinary work is done in order. Work marked `urgent` goes before it, newest first: rows on
    show are wanted sooner than rows that have scrolled away.
    """

    def __init__(self, name: str, factory: Callable[[], L], *, ready: bool) -> None:
        self._factory = factory
        self._urgent: list[tuple[Future[Any], Callable[[L], Any]]] = []
        self._ordinary: deque[tuple[Future[Any], Callable[[L], Any]]] = deque()
        self._wake = threading.Condition()
        self._open, self._ready = True, ready
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[L], T], *, urgent: bool) -> Future[T]:
        future: Future[T] = Future()
        with self._wake:
            if not self._open:
                future.cancel()
                return future
            (self._urgent if urgent else self._ordinary).append((future, work))
            self._wake.notify()
        return future

    def close(self) -> None:
        """Finishes what was ordered, then closes the library; urgent work is given up."""
        with self._wake:
            self._open = False
            for future, _ in self._urgent:
                future.cancel()
            self._urgent.clear()
            self._wake.notify()
        self._thread.join()

    def _next(self) -> tuple[Future[Any], Callable[[L], Any]] | None:
        with self._wake:
            while True:
                if self._urgent:
                    return self._urgent.pop()
                if self._ordinary:
                    return self._ordinary.popleft()
                if not self._open:
                    return None
                self._wake.wait()

    def _readied(self) -> L | None:
        """None when it cannot be opened: the first work will meet that again, and tell."""
        with suppress(ReaderError):
            return self._factory()
        return None

    def _loop(self) -> None:
        library = self._readied() if self._ready else None
        while (job := self._next()) is not None:
            future, work = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                if library is None:
                    library = self._factory()  # tried again with each job until it can be opened
                future.set_result(work(library))
            except BaseException as problem:  # noqa: BLE001 - handed on to whoever asked
                future.set_exception(problem)
        if library is not None and hasattr(library, "close"):
            library.close()


class Jobs(QObject):
    """Made once, on the window's thread; outlives every screen.

    `reader` and `writer` open a library; each is called on the thread that will use it.
    """

    _finished = Signal(object, object)
    failed = Signal(object)
    """An error that nobody asked to hear of: `ReaderError`."""

    def __init__(self, reader: Callable[[], Any], writer: Callable[[], Any]) -> None:
        super().__init__()
        self._reading = _Line("library-reader", reader, ready=True)
        self._changing = _Line("library-writer", writer, ready=False)
        self._closed = False
        # Queued even when the work is already over: an answer never arrives inside `run`.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Any], T],
        owner: QObject,
        done: Done[T],
        failed: Failed | None = None,
        *,
        change: bool = False,
        urgent: bool = False,
    ) -> Future[T]:
        """Do `work(library)`, then call `done` or `failed`, unless cancelled or `owner` is gone.

        `change`: on the writer's thread. `urgent`: before all other reading, newest first.
        Without `failed`, errors come by the signal of that name.
        """
        line = self._changing if change else self._reading
        future = line.submit(work, urgent=urgent)
        reply = (owner, done, failed or self.failed.emit)
        future.add_done_callback(lambda over: self._announce(over, reply))
        return future

    def close(self) -> None:
        """Waits for what was ordered; changes are never lost. Nothing is delivered any more."""
        self._closed = True
        self._reading.close()
        self._changing.close()

    def _announce(self, over: Future[Any], reply: tuple[QObject, Done[Any], Failed]) -> None:
        if isValid(self):  # answers may come in while the program is going away
            self._finished.emit(over, reply)

    @Slot(object, object)
    def _deliver(self, over: Future[Any], reply: tuple[QObject, Done[Any], Failed]) -> None:
        owner, done, failed = reply
        if self._closed or over.cancelled() or not isValid(owner):
            return
        try:
            answer = over.result()
        except ReaderError as problem:
            _log.info("a job failed: %s", problem)
            failed(problem)
        else:
            done(answer)  # anything else was a bug, and has gone to the excepthook
