"""The window's end of the analyst, which is started for a question and leaves when idle."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reader.domain.entity import Entity
from reader.domain.profile import (
    Companion,
    Comparison,
    Profile,
    Question,
    SentenceKey,
    SentencePage,
)
from reader.domain.workshop import AliasSuggestion, Discovered, Preview
from reader.gui.link import Link
from reader.gui.ports import Failed, Progressing
from reader.paths import LibraryPaths
from reader.workers.messages import (
    CompareEntities,
    DiscoverNames,
    FindCompany,
    GiveUp,
    PreviewEntity,
    ProfileEntity,
    Progress,
    QuoteEntity,
    SuggestAliases,
)
from reader.workers.process import Worker
from reader.workers.questions import OVERTAKEN

ANALYST = "reader.workers.analyst:main"
PAGE = 60
"""Sentences asked for at once."""


class AnalystsLink(Link):
    """Implements `ports.AnalystLink`."""

    asks_again = True  # it only reads, and the user still waits

    def __init__(self, paths: LibraryPaths, topics: tuple[str, ...] = ()) -> None:
        super().__init__("The analysis", partial(Worker, "analyst", ANALYST, paths, topics))
        self.told.connect(self._told)
        self._progress: dict[int, Progressing] = {}
        self._newest: dict[type, int] = {}

    def preview(
        self, entity: Entity, patience: float | None, done: Callable[[Preview], object],
        failed: Failed, progress: Progressing,
    ) -> int:  # fmt: skip
        return self.question(PreviewEntity(entity, patience), done, failed, progress)

    def suggest_aliases(
        self, entity: Entity, done: Callable[[tuple[AliasSuggestion, ...]], object], failed: Failed
    ) -> int:
        return self.question(SuggestAliases(entity), done, failed)

    def discover(
        self, days: int, most: int, done: Callable[[tuple[Discovered, ...]], object],
        failed: Failed, progress: Progressing,
    ) -> int:  # fmt: skip
        return self.question(DiscoverNames(days, most), done, failed, progress)

    def profile(
        self, entity: Entity, question: Question, done: Callable[[Profile], object], failed: Failed
    ) -> int:
        return self.question(ProfileEntity(entity, question), done, failed)

    def compare(
        self, entities: Sequence[Entity], question: Question,
        done: Callable[[Comparison], object], failed: Failed,
    ) -> int:  # fmt: skip
        return self.question(CompareEntities(tuple(entities), question), done, failed)

    def quote(
        self, entity: Entity, question: Question, after: SentenceKey | None, other: Entity | None,
        done: Callable[[SentencePage], object], failed: Failed,
    ) -> int:  # fmt: skip
        return self.question(QuoteEntity(entity, question, after, PAGE, other), done, failed)

    def company(
        self, entity: Entity, question: Question, done: Callable[[tuple[Companion, ...]], object],
        failed: Failed, progress: Progressing | None = None,
    ) -> int:  # fmt: skip
        asked = FindCompany(entity, question, progress is not None)
        return self.question(asked, done, failed, progress)

    def question(
        self,
        request: object,
        done: Callable[[Any], object],
        failed: Failed | None,
        progress: Progressing | None = None,
    ) -> int:
        """Asks it, starting the worker where there is none; the number is for `stop`.

        Of a kind that is OVERTAKEN, the one asked before is forgotten.
        """
        kind = type(request)
        if kind in OVERTAKEN:
            self.forget(self._newest.get(kind, 0))
        number = self._newest[kind] = self.ask(request, done, failed)
        if progress is not None:
            self._progress[number] = progress
        self.start()
        return number

    def stop(self, number: int) -> None:
        """The question is given up: nobody is called for it any more. 0 is none."""
        if number not in self._waiting:
            return
        self.forget(number)
        if self._worker is not None:
            self._send(GiveUp(number))

    def forget(self, number: int) -> None:
        super().forget(number)
        self._progress.pop(number, None)

    def _told(self, message: object) -> None:
        match message:
            case Progress(number, done, total) if number in self._waiting:
                if report := self._progress.get(number):
                    report(done, total)

    def _handle(self, message: object) -> None:
        super()._handle(message)
        self._tidy()

    def _died(self) -> None:
        """With nothing to answer it may leave; the next question starts another."""
        if self._waiting:
            super()._died()
            self._tidy()
        else:
            self._let_go().close(patience=0.5)

    def _tidy(self) -> None:
        """Nobody is told how an answer comes along that is there, or will not be."""
        self._progress = {n: one for n, one in self._progress.items() if n in self._waiting}
