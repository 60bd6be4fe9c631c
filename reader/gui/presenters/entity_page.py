"""Keeps the page of an entity showing what was asked for: figures, company, sentences."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.domain.profile import (
    MOST_COMPARED,
    Companion,
    Comparison,
    Profile,
    Question,
    SentenceKey,
    SentencePage,
    since,
)
from reader.domain.profile_columns import Unit
from reader.gui.models.sentences import SentenceModel
from reader.gui.ports import AnalystLink

REST = 1_500
"""Milliseconds after a change of the library before the figures are taken again."""
FIRST_PERIOD = "90d"


class EntityPagePresenter(QObject):
    """One for the window; `begin` opens it on an entity, `end` when the page is closed.

    Answers to what is no longer asked are never shown.
    """

    asked = Signal()
    """Figures are on their way; those on show are of something else."""
    profiled = Signal(object)
    """The `Profile`."""
    compared = Signal(object)
    """The `Comparison`, or None when the entity is alone."""
    company_found = Signal(object, bool)
    """A tuple of `Companion`, and whether their sentences are still being counted."""
    progressed = Signal(int, int)
    """How many articles of how many have been read for that."""
    quoted = Signal(bool)
    """The list of sentences has been filled, or (False) is being filled."""
    failed = Signal(object)
    """A `ReaderError`: why there are no figures."""
    problem = Signal(object)
    """A `ReaderError`: why a part of the page is missing."""

    def __init__(
        self, link: AnalystLink, today: Callable[[], date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link, self._today = link, today
        self._numbers: dict[str, int] = {}
        self._after: SentenceKey | None = None
        self.entity: Entity | None = None
        self.others: tuple[Entity, ...] = ()
        self.other: Entity | None = None
        """Whose sentences with the entity are listed; None: all of the entity's."""
        self.period = FIRST_PERIOD
        self.question = Question()
        self.model = SentenceModel(self)
        self.model.more_wanted.connect(self._quote)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._count)

    # what the user does

    def begin(self, entity: Entity) -> None:
        """Period and units stay as they were; nothing is compared."""
        self.end()
        self.entity, self.others, self.other = entity, (), None
        self._ask_all()

    def end(self) -> None:
        """What is on its way is no longer wanted."""
        self._rest.stop()
        for kind in [*self._numbers]:
            self._stop(kind)
        self.entity = None

    def set_period(self, period: str) -> None:
        """ "30d", "1y" or "all"."""
        self.period = period
        self._ask_all()

    def set_unit(self, unit: Unit) -> None:
        self.question = replace(self.question, unit=unit)
        self._count()

    def set_collapse(self, *, on: bool) -> None:
        self.question = replace(self.question, collapse=on)
        self._ask_all()

    def compare(self, others: Sequence[Entity]) -> None:
        """With these, at most four; none: the entity alone."""
        self.others = tuple(others)[: MOST_COMPARED - 1]
        if self.others:
            self._compare()
        else:
            self._stop("compare")
            self.compared.emit(None)

    def quote_with(self, other: Entity | None) -> None:
        """Only the sentences that name this one, too."""
        if other != self.other:
            self.other = other
            self._quote_anew()

    def stop_reading(self) -> None:
        """Sentences are counted no further."""
        self._stop("reading")

    def apply(self, changes: Changes) -> None:
        """The library has changed: figures are taken again once it rests. What is read stays."""
        if self.entity is not None and (changes.lists or changes.entities):
            self._rest.start()

    # inside

    def _ask_all(self) -> None:
        if self.entity is not None:
            self._quote_anew()
            self._count()

    def _count(self) -> None:
        """Profile first; whom it appears with is asked when that is there."""
        if self.entity is None:
            return
        self.question = replace(self.question, since=since(self.period, self._today()))
        for kind in ("company", "reading"):
            self._stop(kind)
        self.asked.emit()
        self._ask("profile", self._link.profile, self._profiled, self.entity, self.question)
        if self.others:
            self._compare()

    def _profiled(self, found: Profile) -> None:
        self.profiled.emit(found)
        if found.articles and self.entity is not None:
            self._ask("company", self._link.company, self._met, self.entity, self.question)
        else:
            self.company_found.emit((), False)

    def _met(self, found: tuple[Companion, ...]) -> None:
        self.company_found.emit(found, bool(found))
        if found and self.entity is not None:
            self._stop("reading")
            self._numbers["reading"] = self._link.company(
                self.entity, self.question, self._read, self.problem.emit, self.progressed.emit
            )

    def _read(self, found: tuple[Companion, ...]) -> None:
        self.company_found.emit(found, False)

    def _compare(self) -> None:
        if self.entity is not None:
            whom = (self.entity, *self.others)
            self._ask("compare", self._link.compare, self._compared, whom, self.question)

    def _compared(self, found: Comparison) -> None:
        self.compared.emit(found)

    def _quote_anew(self) -> None:
        self._after = None
        self.question = replace(self.question, since=since(self.period, self._today()))
        self.model.clear()
        self.quoted.emit(False)
        self._quote()

    def _quote(self) -> None:
        if self.entity is not None:
            done = partial(self._quoted, self._after)
            self._stop("quote")
            self._numbers["quote"] = self._link.quote(
                self.entity, self.question, self._after, self.other, done, self.problem.emit
            )

    def _quoted(self, after: SentenceKey | None, page: SentencePage) -> None:
        if after == self._after:
            self._after = page.after
            self.model.append(page.sentences, more=page.after is not None)
            self.quoted.emit(True)

    def _ask(
        self, kind: str, ask: Callable[..., int], done: Callable[[Any], object], *what: object
    ) -> None:
        self._stop(kind)
        failed = self.failed if kind == "profile" else self.problem
        self._numbers[kind] = ask(*what, done, failed.emit)

    def _stop(self, kind: str) -> None:
        self._link.stop(self._numbers.pop(kind, 0))
