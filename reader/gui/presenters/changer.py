"""Carries out the user's small changes and tells every screen what they touched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.domain.library import Changes
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.ports import Changing

Work = Callable[[Changing], Changes]


@dataclass(frozen=True, slots=True)
class _Group:
    """Changes that were one to the user: how many entries of the journal, called `what` there."""

    what: str
    articles: frozenset[int]
    steps: int


class Changer(QObject):
    changed = Signal(object)
    """`Changes` that are in the library now."""
    undone = Signal(str)
    """What was taken back, in a few words."""
    problem = Signal(object)
    """A `ReaderError`; nothing was changed."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._groups: list[_Group] = []  # the writer's thread alone touches it

    def run(
        self, work: Work, done: Callable[[], object] | None = None,
        failed: Callable[[ReaderError], object] | None = None,
    ) -> None:  # fmt: skip
        """`done` and `failed` are called besides the signals, for the screen that asked."""

        def arrived(changes: Changes) -> None:
            self.changed.emit(changes)
            if done is not None:
                done()

        def refused(problem: ReaderError) -> None:
            if failed is not None:
                failed(problem)
            self.problem.emit(problem)

        self._jobs.run(work, self, arrived, refused, change=True)

    def run_together(
        self, what: str, works: Sequence[Work], failed: Callable[[ReaderError], object]
    ) -> None:
        """Several changes of one kind that `undo` takes back at once.

        `what`: how the journal calls each of them. Those before one that fails are done.
        """

        def work(library: Changing) -> Changes:
            made = [one for one in [each(library) for each in works] if one.articles]
            changes = _together(made)
            if len(made) > 1:
                self._groups.append(_Group(what, changes.articles, len(made)))
            return changes

        self.run(work, failed=failed)

    def undo(self) -> None:
        def arrived(answer: tuple[str, Changes]) -> None:
            self.changed.emit(answer[1])
            self.undone.emit(answer[0])

        self._jobs.run(self._undo, self, arrived, self.problem.emit, change=True)

    def _undo(self, library: Any) -> tuple[str, Changes]:
        """The latest change; the whole of a group when it was the last part of that."""
        what, changes = library.undo()
        group = self._groups[-1] if self._groups else None
        if group is not None and group.what == what and changes.articles <= group.articles:
            self._groups.pop()
            for _ in range(group.steps - 1):
                changes |= library.undo()[1]
        return what, changes


def _together(made: Sequence[Changes]) -> Changes:
    changes = Changes()
    for one in made:
        changes |= one
    return changes
