"""The analyst process: long questions, answered from read-only snapshots of index and database.

Started for the first question, and gone when nobody has asked anything for a while. A question
that is given up, or overtaken by a newer one of its kind, is left where it stands, without an
answer; one that keeps a more urgent one waiting is begun again after it.

To add a question: a message, a case in `Analyst.answer` and, where it is not the most urgent, its
place in `questions.PATIENCE`. Whatever takes long calls `step(done, total)` now and then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property, partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from reader import log
from reader.domain.entity import Entity
from reader.domain.profile import Companion, Question
from reader.paths import LibraryPaths
from reader.services.company import Company, with_sentences
from reader.services.profile import Profiler
from reader.services.sentences import Sentences
from reader.store.store import Store
from reader.workers.answering import reply
from reader.workers.messages import (
    CompareEntities,
    DiscoverNames,
    FindCompany,
    PreviewEntity,
    ProfileEntity,
    QuoteEntity,
    Suggest,
    SuggestAliases,
    TryOut,
)
from reader.workers.questions import Questions, Step

if TYPE_CHECKING:
    from reader.search.index import Index
    from reader.services.aliases import AliasAdviser
    from reader.services.backtest import Backtester
    from reader.services.discover import Discovery
    from reader.services.find import Finder
    from reader.services.preview import Previewer
    from reader.services.verdicts import Verdicts

logger = logging.getLogger(__name__)

IDLE = 300.0
"""Seconds without a question after which it leaves."""
BUG = "Something went wrong inside the analysis; the details are in the library's reader.log."


class Analyst:
    """Knows who answers what; each is made when it is asked for the first time, and what it needs
    is imported then: figures about an entity need no index."""

    def __init__(self, store: Store, open_index: Callable[[], Index]) -> None:
        self._store, self._open_index = store, open_index
        self._stack = ExitStack()

    def answer(self, request: object, step: Step) -> object:
        match request:
            case PreviewEntity(entity, patience):
                return self._previewer.run(entity, step, patience)
            case SuggestAliases(entity):
                return self._adviser.suggest(entity, step)
            case DiscoverNames(days, most):
                return self._discovery.run(days, most, step)
            case ProfileEntity(entity, question):
                return Profiler(self._store).profile(entity, question)
            case CompareEntities(entities, question):
                return Profiler(self._store).compare(entities, question)
            case QuoteEntity(entity, question, after, most, other):
                return Sentences(self._store).page(entity, question, after, most, other=other)
            case FindCompany(entity, question, reading):
                return self._company(entity, question, step if reading else None)
            case TryOut(query):
                return self._backtester.run(query, step)
            case Suggest(name):
                return self._verdicts.suggestions(name, step)
        raise TypeError(f"The analyst does not know {type(request).__name__}.")

    def _company(
        self, entity: Entity, question: Question, step: Step | None
    ) -> tuple[Companion, ...]:
        """`step` None: without reading any sentence."""
        company = Company(self._store)
        found = company.companions(entity, question)
        if step is None:
            return found
        return with_sentences(found, company.sentences(entity, question, step))

    def close(self) -> None:
        self._stack.close()

    @cached_property
    def _finder(self) -> Finder:
        from reader.services.find import Finder

        finder = Finder(self._store, self._open_index)
        self._stack.callback(finder.close)
        return finder

    @cached_property
    def _backtester(self) -> Backtester:
        from reader.services.backtest import Backtester

        return Backtester(self._store, self._finder, self._open_index)

    @cached_property
    def _verdicts(self) -> Verdicts:
        from reader.services.verdicts import Verdicts

        return Verdicts(self._store, self._finder)

    @cached_property
    def _previewer(self) -> Previewer:
        from reader.services.preview import Previewer

        return Previewer(self._store, self._open_index)

    @cached_property
    def _adviser(self) -> AliasAdviser:
        from reader.services.aliases import AliasAdviser

        return AliasAdviser(self._store, self._open_index)

    @cached_property
    def _discovery(self) -> Discovery:
        from reader.services.discover import Discovery

        return Discovery(self._store, self._open_index)


def main(
    connection: Connection, paths: LibraryPaths, topics: tuple[str, ...], idle: float = IDLE
) -> None:
    """Serve until the pipe closes, or nothing has been asked for `idle` seconds."""
    log.setup(paths.log, topics=topics)
    with ExitStack() as stack:
        store = stack.enter_context(Store.open(paths, read_only=True))
        analyst = Analyst(store, partial(_open_index, paths))
        stack.callback(analyst.close)
        questions = Questions(connection)
        try:
            while (ask := questions.next(idle)) is not None:
                reply(connection, ask, partial(analyst.answer, step=questions.step), BUG)
        except (EOFError, OSError):
            logger.info("The window is gone; leaving.")


def _open_index(paths: LibraryPaths) -> Index:
    from reader.search.index import Index

    return Index.open(paths.index)
