"""Brings alerts to the desktop, and carries out what is chosen there.

The library names what is due in batches; one is over only when the desktop has taken all of it,
and what was taken is not shown again however often a batch is tried.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.alert import Alert, Notice
from reader.domain.library import Changes
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.models.toasts import INBOX, OPEN, Toast, article_of, by_article, toasts_of
from reader.gui.ports import Changing
from reader.gui.presenters.changer import Changer
from reader.gui.state import WindowState

_WAITS = (1, 5, 15)
"""Minutes to the next try, after so many failures."""
_SHOWN, _PAUSED = "notice_shown", "notices_paused"
_LONGEST = timedelta(hours=20)
"""One timer; a longer pause takes several."""


class Shows(Protocol):
    def show(
        self, toast: Toast, taken: Callable[[], object], failed: Callable[[str], object]
    ) -> None:
        """Exactly one of the two is called, later or at once; `failed` with a sentence."""


class NoticesPresenter(QObject):
    """Idle until it has a `desktop` to show things on."""

    article_wanted = Signal(int)
    inbox_wanted = Signal()
    window_wanted = Signal()
    said = Signal(str)
    """What was done, in a sentence."""
    state_changed = Signal()
    """`trouble` or `paused_until` is another."""

    def __init__(
        self, jobs: Jobs, changer: Changer, state: WindowState,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC), parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._changer = jobs, changer
        self.desktop: Shows | None = None
        self._state, self._clock = state, clock
        self._alerts: dict[int, tuple[Alert, ...]] = {}
        self._busy = self._again = False
        self._failures = 0
        self._taken: set[tuple[str, str]] = set()
        self._ended: set[str] = set()
        """Batches that the library has been told are over."""
        self.trouble = ""
        """Why nothing can be shown, or ""."""
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.check)

    @property
    def paused_until(self) -> datetime | None:
        try:
            until = datetime.fromisoformat(self._state.text(_PAUSED))
        except ValueError:
            return None
        return until if until.tzinfo and until > self._clock() else None

    def pause(self, until: datetime | None) -> None:
        """Nothing is shown until then; None: from now on again. It is kept over a restart."""
        self._state.put(_PAUSED, until.isoformat() if until else "")
        self.state_changed.emit()
        self.check()

    def retry(self) -> None:
        """Now, however long a failure was to be waited out."""
        self._failures = 0
        self.check()

    def check(self) -> None:
        """Shows what is due; asked for in the middle of that, once more afterwards."""
        self._later.stop()
        if self.desktop is None:
            return
        until = self.paused_until
        if until is not None:
            rest = min(until - self._clock(), _LONGEST)
            self._later.start(max(1_000, round(rest.total_seconds() * 1000) + 500))
        elif self._busy:
            self._again = True
        else:
            self._busy = True
            self._jobs.run(_notices, self, self._arrived, self._not_read, change=True)

    def act(self, key: str, action: str) -> None:
        """What was chosen on a notification."""
        article = article_of(key)
        if article is None:
            (self.inbox_wanted if key == INBOX else self.window_wanted).emit()
        elif action == OPEN:
            self.article_wanted.emit(article)
        elif action == "read":
            self._changer.run(lambda library: library.mark([article], read=True))
            self.said.emit("Marked read.")
        elif action in ("keep", "noise"):
            self._judge(article, kept=action == "keep")

    def _judge(self, article: int, *, kept: bool) -> None:
        names = [a.saved_search for a in self._alerts.get(article, ()) if a.saved_id is not None]
        if names:
            self._changer.run(partial(_judged, tuple(dict.fromkeys(names)), article, kept))
            self.said.emit("Judged worth keeping." if kept else "Judged as noise.")

    # showing

    def _not_read(self, problem: ReaderError) -> None:
        self._failed(str(problem))

    def _arrived(self, notices: Sequence[Notice]) -> None:
        fresh = [notice for notice in notices if notice.batch not in self._ended]
        if fresh:
            self._show(fresh[0])
        else:
            self._over()

    def _show(self, notice: Notice) -> None:
        """One batch; its toasts one after the other, so that they stand in order."""
        shown_before = self._state.text(_SHOWN) == notice.batch
        toasts = [] if shown_before else list(toasts_of(notice))
        groups = by_article(notice.alerts)
        self._alerts = {**dict(list(self._alerts.items())[-500:]), **groups}
        self._next(notice.batch, [t for t in toasts if (notice.batch, t.key) not in self._taken])

    def _next(self, batch: str, toasts: list[Toast]) -> None:
        if not toasts:
            self._state.put(_SHOWN, batch)
            over = partial(self._delivered, batch)
            self._jobs.run(partial(_delivered, batch), self, over, self._not_read, change=True)
            return

        def taken() -> None:
            self._taken.add((batch, toasts[0].key))
            self._next(batch, toasts[1:])

        assert self.desktop is not None  # noqa: S101 - `check` has looked
        self.desktop.show(toasts[0], taken, self._failed)

    def _delivered(self, batch: str, changes: Changes) -> None:
        self._ended.add(batch)
        self._taken.clear()
        self._failures = 0
        self._tell("")
        self._changer.changed.emit(changes)
        self._again = True  # there may be another batch
        self._over()

    def _failed(self, why: str) -> None:
        self._busy = self._again = False
        wait = _WAITS[min(self._failures, len(_WAITS) - 1)]
        self._failures += 1
        self._later.start(wait * 60_000)
        self._tell(why)

    def _over(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.check()

    def _tell(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self.state_changed.emit()


def _notices(library: Changing) -> list[Notice]:
    return library.notices()


def _delivered(batch: str, library: Changing) -> Changes:
    return library.delivered(batch)


def _judged(names: Sequence[str], article: int, kept: bool, library: Changing) -> Changes:
    return library.judge_for({name: [article] for name in names}, kept)
