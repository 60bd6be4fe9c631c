"""What judgements say of the saved search that is looked at: how good it is, what may help."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.alert import Precision, Suggestion
from reader.gui.jobs import Jobs
from reader.gui.ports import Reading, SearchLink

_SOON = 400
"""Milliseconds after the last judgement, before suggestions are made of it."""


class InboxAdvice(QObject):
    """`looked_at`: the name of the saved search that is meant now, or "" for none.

    Answers for one that was left meanwhile are dropped.
    """

    precision_known = Signal(object)
    """The `Precision` of the saved search that is looked at, or None."""
    suggested = Signal(object)
    """A `Suggestion` for it, or None."""
    problem = Signal(object)

    def __init__(
        self, jobs: Jobs, search: SearchLink, looked_at: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._search, self._looked_at = jobs, search, looked_at
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._ask)

    def begin(self) -> None:
        """Another saved search is looked at."""
        self.precision_known.emit(None)
        self.suggested.emit(None)
        self._ask()

    def renew(self) -> None:
        """It was judged, or changed."""
        self._soon.start()

    def _ask(self) -> None:
        if name := self._looked_at():
            done = partial(self._precision_arrived, name)
            self._jobs.run(partial(_precision, name), self, done, self.problem.emit)

    def _precision_arrived(self, name: str, found: Precision) -> None:
        if name != self._looked_at():
            return
        self.precision_known.emit(found)
        if found.noise:
            self._search.suggestions(name, partial(self._suggestions_arrived, name))
        else:
            self.suggested.emit(None)

    def _suggestions_arrived(self, name: str, found: tuple[Suggestion, ...]) -> None:
        if name == self._looked_at():
            self.suggested.emit(found[0] if found else None)


def _precision(name: str, library: Reading) -> Precision:
    return library.precision(name)
