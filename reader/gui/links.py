"""The window's ends of its worker processes: asks go out, answers come in as calls and signals.

A worker that dies is seen at once and started again, a little later each time. What it had been
asked is answered with an error, or asked once more where asking twice does no harm. Reading from a
pipe never takes longer than a few milliseconds of the window's time.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from reader.domain.alert import Backtest, Suggestion
from reader.domain.library import Changes
from reader.domain.reports import ImportReport, RefreshSummary
from reader.domain.search import Clause, Completion, Facet, Hits
from reader.domain.subscribe import SubscribeReport
from reader.errors import BusyError, ReaderError
from reader.gui.ports import Failed
from reader.paths import LibraryPaths
from reader.workers.messages import (
    Answer,
    Ask,
    CatchUp,
    Clauses,
    Complete,
    DeliverNow,
    Explain,
    Facets,
    FetchPicture,
    ImportFile,
    Instead,
    Mark,
    Narrow,
    News,
    Progress,
    RebuildIndex,
    Refresh,
    Refusal,
    Search,
    StopWork,
    Subscribe,
    Suggest,
    TryChannel,
    TryOut,
)
from reader.workers.process import Worker

logger = logging.getLogger(__name__)

SEARCHER, COLLECTOR = "reader.workers.searcher:main", "reader.workers.serve:main"
"""Named, for what they import would double the window's start."""
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


class SearcherLink(Link):
    """Implements `ports.SearchLink`."""

    asks_again = True  # it only reads, and the user still waits

    def __init__(self, paths: LibraryPaths, topics: tuple[str, ...] = ()) -> None:
        super().__init__("The search", partial(Worker, "searcher", SEARCHER, paths, topics))
        self._newest: dict[type, int] = {}

    def search(self, query: str, sort: str, done: Callable[[Hits], None], failed: Failed) -> None:
        self._ask_newest(Search(query, sort), done, failed)

    def mark(self, query: str, ids: Sequence[int], done: Callable[[Any], None]) -> None:
        self.ask(Mark(query, tuple(ids)), done)

    def spans(self, query: str, article_id: int, done: Callable[[Any], None]) -> None:
        self.ask(Explain(query, article_id), done)

    def facets(self, query: str, done: Callable[[tuple[Facet, ...]], None]) -> None:
        self._ask_newest(Facets(query), done)

    def clauses(self, query: str, done: Callable[[tuple[Clause, ...]], None]) -> None:
        self.ask(Clauses(query), done)

    def complete(
        self, query: str, cursor: int, done: Callable[[tuple[Completion, ...]], None]
    ) -> None:
        self._ask_newest(Complete(query, cursor), done)

    def narrowed(
        self, query: str, field: str, value: str, done: Callable[[str], None], *, without: bool
    ) -> None:
        self.ask(Narrow(query, field, value, without), done)

    def instead(self, query: str, done: Callable[[tuple[str, ...]], None]) -> None:
        self._ask_newest(Instead(query), done)

    def backtest(self, query: str, done: Callable[[Backtest], None], failed: Failed) -> None:
        self._ask_newest(TryOut(query), done, failed)

    def suggestions(self, name: str, done: Callable[[tuple[Suggestion, ...]], None]) -> None:
        self._ask_newest(Suggest(name), done)

    def _ask_newest(
        self, request: object, done: Callable[[Any], object], failed: Failed | None = None
    ) -> None:
        """What was asked of this kind before is no longer wanted."""
        self.forget(self._newest.get(type(request), 0))
        self._newest[type(request)] = self.ask(request, done, failed)


class CollectorsLink(Link):
    """Implements `ports.CollectorLink`; its news are the signals below."""

    progress = Signal(int, int, int, str)
    """done, total, failed, label"""
    changed = Signal(object)
    """Changes"""
    finished = Signal(str)
    """What a refresh gave, in a sentence; "" when it was no refresh."""
    alerted = Signal(int)
    """How many alerts fired."""
    due = Signal()
    """Alerts are newly due on the desktop."""
    delivered = Signal(str)
    """What a person should know of the channels, in a sentence: one has failed, or works again."""

    def __init__(self, paths: LibraryPaths, topics: tuple[str, ...] = ()) -> None:
        worker = partial(Worker, "collector", COLLECTOR, paths, topics)
        super().__init__("The collector", worker)
        self.told.connect(self._told)
        self._running: set[int] = set()
        """Numbers of what shows progress; 0 is what the collector does of itself."""
        self._catching_up = QTimer(self, singleShot=True, interval=400)
        self._catching_up.timeout.connect(lambda: self.ask(CatchUp(), lambda _: None))

    def refresh(self, urls: Sequence[str] | None = None) -> None:
        self._begin(Refresh(None if urls is None else tuple(urls), everything=urls is None))

    def stop(self) -> None:
        self.ask(StopWork(), lambda _: None)

    def subscribe(
        self, url: str, folder: str, done: Callable[[SubscribeReport], None], failed: Failed
    ) -> None:
        def answered(reports: list[SubscribeReport]) -> None:
            done(reports[0])

        self.ask(Subscribe((url,), folder), answered, failed)

    def import_file(self, path: str, done: Callable[[str], None], failed: Failed) -> None:
        def answered(report: ImportReport) -> None:
            done(report.sentence())

        self.ask(ImportFile(Path(path)), answered, failed)

    def picture(self, url: str, done: Callable[[bytes], None]) -> None:
        """Nothing is called for one that cannot be had: its place stays empty."""
        self.ask(FetchPicture(url), done, lambda _problem: None)

    def try_channel(self, channel: str, done: Callable[[], object], failed: Failed) -> None:
        self.ask(TryChannel(channel), lambda _: done(), failed)

    def deliver_now(self, done: Callable[[], object]) -> None:
        self.ask(DeliverNow(), lambda _: done())

    def rebuild_index(self) -> None:
        self._begin(RebuildIndex())

    def catch_up(self, changes: Changes) -> None:
        """After a change of the user's: what rests on it is worked out anew, once he pauses."""
        if changes.entities or changes.saved or changes.counts or changes.feeds:
            self._catching_up.start()

    def _begin(self, request: object) -> None:
        """Shows that something goes on before the collector says so."""
        self.progress.emit(0, 0, 0, "")
        self._running.add(self.ask(request, lambda _: None))

    def _told(self, message: object) -> None:
        match message:
            case Progress(number, done, total, failed, label):
                self._running.add(number)
                self.progress.emit(done, total, failed, label)
            case News(changes, alerts, due, told):
                self.changed.emit(changes)
                if alerts:
                    self.alerted.emit(alerts)
                if due:
                    self.due.emit()
                if told:
                    self.delivered.emit(told)

    def _handle(self, message: object) -> None:
        super()._handle(message)
        if isinstance(message, Answer):
            self._over(message.number, message.value)
        elif isinstance(message, Refusal):
            self._over(message.number, None)

    def _over(self, number: int, value: object) -> None:
        """Whatever the answer was to: its progress is not shown any longer."""
        known = number in self._running
        self._running.discard(number)
        if isinstance(value, RefreshSummary):
            self.finished.emit(value.sentence())
        elif known and not self._running:
            self.finished.emit("")

    def _died(self) -> None:
        running, self._running = bool(self._running), set()
        super()._died()
        if running:
            self.finished.emit("")
