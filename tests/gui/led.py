"""Links to workers that the test answers for."""

from multiprocessing.connection import Connection
from pathlib import Path

from reader.gui.analyst_link import AnalystsLink
from reader.gui.searcher_link import SearcherLink
from reader.paths import LibraryPaths
from reader.workers.messages import Answer, Ask
from tests.helpers.process import Process


class Led:
    """Mixed into a link: the processes it starts are the test's, and the newest is spoken for."""

    def __init__(self, folder: Path, *more: object) -> None:
        super().__init__(LibraryPaths(folder), *more)
        self.processes: list[Process] = []
        self._start_worker = self._begin_process

    def _begin_process(self) -> Process:
        self.processes.append(Process())
        return self.processes[-1]

    @property
    def theirs(self) -> Connection:
        return self.processes[-1].theirs

    def asked(self) -> Ask:
        """The next that the worker is asked."""
        found = self.theirs.recv()
        assert isinstance(found, Ask)
        return found

    def answer(self, asked: Ask, value: object) -> None:
        self.theirs.send(Answer(asked.number, value))


class LedAnalyst(Led, AnalystsLink):
    pass


class LedSearcher(Led, SearcherLink):
    """With an analyst that is led as well."""

    def __init__(self, folder: Path) -> None:
        self.analyst = LedAnalyst(folder)
        super().__init__(folder, self.analyst)

    def close(self) -> None:
        super().close()
        self.analyst.close()
