"""Keeps the list of names that nobody tracks: asks for it, and keeps the last answer at hand.

What was told before is on show at once, while what has come since is looked through.
"""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from reader.domain.library import Changes
from reader.domain.workshop import Discovered
from reader.errors import ReaderError
from reader.gui.models.discovery import DAYS, Found
from reader.gui.ports import AnalystLink

MOST = 100


class DiscoveryPresenter(QObject):
    """One for the window; `begin` when the list is opened, `end` when it is closed."""

    found_changed = Signal(object)
    """A `Found`."""

    def __init__(self, analyst: AnalystLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._analyst = analyst
        self._known: dict[int, tuple[Discovered, ...]] = {}
        """The latest answer by the days it is about."""
        self._asked = self._ticket = 0
        self._open = False
        self.found = Found()

    def begin(self, days: int = 0) -> None:
        """`days`: 0 is as it was last."""
        self._open = True
        days = days or self.found.days or DAYS
        self._show(Found("looking", self._known.get(days), days))
        self._ask()

    def end(self) -> None:
        self._open = False
        self._give_up()

    def stop(self) -> None:
        """What is known stays; what was read need not be read again."""
        self._give_up()
        self._show(replace(self.found, state="stopped"))

    def drop(self, name: str) -> None:
        """It is tracked or dismissed: it goes at once."""
        days = self.found.days
        left = tuple(one for one in self.found.names or () if one.name != name)
        self._known = {days: left}
        self._show(replace(self.found, names=left))

    def apply(self, changes: Changes) -> None:
        """Somebody tracks other names now, or something was taken back."""
        if changes.entities:
            self._known = {d: n for d, n in self._known.items() if d == self.found.days}
            if self._open:
                self.begin()

    # inside

    def _ask(self) -> None:
        self._give_up()
        ticket, days = self._ticket, self.found.days
        self._asked = self._analyst.discover(
            days, MOST, partial(self._arrived, ticket), partial(self._failed, ticket),
            partial(self._stepped, ticket),
        )  # fmt: skip

    def _give_up(self) -> None:
        self._ticket += 1
        self._analyst.stop(self._asked)
        self._asked = 0

    def _arrived(self, ticket: int, names: tuple[Discovered, ...]) -> None:
        if ticket == self._ticket:
            self._asked = 0
            self._known[self.found.days] = names
            self._show(Found("done", names, self.found.days))

    def _failed(self, ticket: int, problem: ReaderError) -> None:
        if ticket == self._ticket:
            self._asked = 0
            self._show(replace(self.found, state="failed", sentence=str(problem)))

    def _stepped(self, ticket: int, done: int, total: int) -> None:
        if ticket == self._ticket:
            self._show(replace(self.found, done=done, total=total))

    def _show(self, found: Found) -> None:
        self.found = found
        if self._open:
            self.found_changed.emit(found)
