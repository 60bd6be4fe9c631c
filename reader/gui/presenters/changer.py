"""Carries out the user's small changes and tells every screen what they touched."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from reader.domain.library import Changes
from reader.errors import ReaderError
from reader.gui.jobs import Jobs
from reader.gui.ports import Changing

Work = Callable[[Changing], Changes]


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

    def undo(self) -> None:
        def arrived(answer: tuple[str, Changes]) -> None:
            self.changed.emit(answer[1])
            self.undone.emit(answer[0])

        self._jobs.run(_undo, self, arrived, self.problem.emit, change=True)


def _undo(library: Changing) -> tuple[str, Changes]:
    return library.undo()
