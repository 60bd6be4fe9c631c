"""Carries out the user's small changes and tells every screen what they touched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.domain.library import Changes
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.ports import Changing

Work = Callable[[Changing], Changes]


@dataclass(frozen=True, slots=True)
class _Step:
    """Something done lately. `what`: several changes that are one to the user, `entries` in the
    journal, which calls each of them so; "": an article was looked at, and so is read."""

    articles: frozenset[int]
    what: str = ""
    entries: int = 1


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
        self._steps: list[_Step] = []  # known to the writer's thread alone

    def run(
        self, work: Work, done: Callable[[], object] | None = None,
        failed: Callable[[ReaderError], object] | None = None, *, passing: bool = False,
    ) -> None:  # fmt: skip
        """`done` and `failed` are called besides the signals, for the screen that asked.

        `passing`: an article was only looked at; that does not stand between what was done
        together before and the wish to take it back.
        """

        def noted(library: Changing) -> Changes:
            changes = work(library)
            if not passing and changes != Changes(counts=True):
                self._steps.clear()
            elif changes.articles and self._steps:
                self._steps.append(_Step(changes.articles))
            return changes

        self._run(noted, done, failed)

    def run_together(
        self, what: str, works: Sequence[Work], failed: Callable[[ReaderError], object]
    ) -> None:
        """Several changes of one kind that `undo` takes back at once.

        `what`: how the journal calls each of them. Those before one that fails are done.
        """

        def noted(library: Changing) -> Changes:
            before, self._steps = self._steps, []
            made = [one for one in [work(library) for work in works] if one.articles]
            changes = Changes()
            for one in made:
                changes |= one
            step = [_Step(changes.articles, what, len(made))] if made else []
            self._steps = [*before, *step]
            return changes

        self._run(noted, None, failed)

    def undo(self) -> None:
        def arrived(answer: tuple[str, Changes]) -> None:
            self.changed.emit(answer[1])
            self.undone.emit(answer[0])

        self._jobs.run(self._undo, self, arrived, self.problem.emit, change=True)

    def _run(
        self, work: Work, done: Callable[[], object] | None,
        failed: Callable[[ReaderError], object] | None,
    ) -> None:  # fmt: skip
        def arrived(changes: Changes) -> None:
            self.changed.emit(changes)
            if done is not None:
                done()

        def refused(problem: ReaderError) -> None:
            if failed is not None:
                failed(problem)
            self.problem.emit(problem)

        self._jobs.run(work, self, arrived, refused, change=True)

    def _undo(self, library: Any) -> tuple[str, Changes]:
        """The latest change. What was done together is taken back from under the articles that
        were looked at since: those stay read."""
        since = [*takewhile(lambda step: not step.what, reversed(self._steps))]
        below = self._steps[: len(self._steps) - len(since)]
        if not below:
            self._steps.clear()
            answer: tuple[str, Changes] = library.undo()
            return answer
        self._steps = []  # whatever fails now: nothing is known any more
        for _ in since:
            library.undo()
        what, changes = library.undo()
        for _ in range(below[-1].entries - 1):
            changes |= library.undo()[1]
        for step in reversed(since):
            library.mark([*step.articles], read=True)
        self._steps = [*below[:-1], *reversed(since)]
        return what, changes
