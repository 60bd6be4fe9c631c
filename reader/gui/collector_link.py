"""The window's end of the collector: its requests, and its news and progress as signals."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from reader.domain.library import Changes
from reader.domain.reports import ImportReport, RefreshSummary
from reader.domain.subscribe import SubscribeReport
from reader.gui.link import Link
from reader.gui.ports import Failed
from reader.paths import LibraryPaths
from reader.workers.messages import (
    Answer,
    CatchUp,
    DeliverNow,
    FetchPicture,
    ImportFile,
    News,
    Progress,
    Refresh,
    Refusal,
    StopWork,
    Subscribe,
    TryChannel,
)
from reader.workers.process import Worker

COLLECTOR = "reader.workers.serve:main"
"""Named, for what it imports would double the window's start."""


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

    def import_file(self, path: str, done: Callable[[ImportReport], None], failed: Failed) -> None:
        self.ask(ImportFile(Path(path)), done, failed)

    def picture(self, url: str, done: Callable[[bytes], None]) -> None:
        """Nothing is called for one that cannot be had: its place stays empty."""
        self.ask(FetchPicture(url), done, lambda _problem: None)

    def try_channel(self, channel: str, done: Callable[[], object], failed: Failed) -> None:
        self.ask(TryChannel(channel), lambda _: done(), failed)

    def deliver_now(self, done: Callable[[], object]) -> None:
        self.ask(DeliverNow(), lambda _: done())

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
