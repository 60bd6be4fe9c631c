"""Keeps the watchlists on show as the library has them, and has changes made that answer back."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from reader.domain.library import Changes
from reader.domain.watchlist import Merged, WatchlistLine
from reader.gui.jobs import Jobs
from reader.gui.ports import Changing, Reading
from reader.gui.presenters.changer import Changer, Work

_TOUCHED = Changes(entities=True, counts=True, lists=True)


class WatchlistsPresenter(QObject):
    shown = Signal(object)
    """A list of `WatchlistLine`, by name."""
    done = Signal(str)
    """What was done, in a sentence."""
    problem = Signal(object)

    def __init__(self, jobs: Jobs, changer: Changer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._changer = jobs, changer
        self._asked = 0

    def load(self) -> None:
        """Only the answer to the latest asking is shown."""
        self._asked += 1
        self._jobs.run(_lines, self, partial(self._arrived, self._asked), self.problem.emit)

    def change(self, work: Work, said: str) -> None:
        self._changer.run(work, lambda: self.done.emit(said), self.problem.emit)

    def merge(self, ids: Sequence[int], into: int) -> None:
        self._join(lambda library: library.merge_entities(ids, into), "Merged into {}.")

    def split(self, entity_id: int, aliases: Sequence[str], name: str) -> None:
        self._join(lambda library: library.split_entity(entity_id, aliases, name), "{} is new.")

    def _join(self, work: Callable[[Changing], Merged], said: str) -> None:
        answers: list[Merged] = []

        def run(library: Changing) -> Changes:
            answers.append(work(library))
            return _TOUCHED

        def told() -> None:
            (answer,) = answers
            self.done.emit(_told(answer, said))

        self._changer.run(run, told, self.problem.emit)

    def _arrived(self, asked: int, lines: Sequence[WatchlistLine]) -> None:
        if asked == self._asked:
            self.shown.emit(list(lines))


def _lines(library: Reading) -> list[WatchlistLine]:
    return library.watchlists()


def _told(answer: Merged, said: str) -> str:
    sentences = [said.format(answer.entity), *answer.notes]
    if answer.searches:
        searches = ", ".join(answer.searches)
        sentences.append(f"These saved searches name it and find “{answer.entity}”: {searches}.")
    return " ".join(sentences)
