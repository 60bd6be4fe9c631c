"""Keeps the workshop supplied: what the entity would find, and other spellings of it.

The archive is looked into once the keys rest, for a short time; where that was not enough, what
is known is shown, and the rest is looked into while the user goes on.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.entity import Entity
from reader.domain.workshop import AliasSuggestion, Preview
from reader.errors import ReaderError, UsageError
from reader.gui.models.workshop import Advice, Tried, worth
from reader.gui.ports import AnalystLink

REST, ADVICE_REST = 350, 900
"""Milliseconds after a change before the archive is asked, and before advice is."""
HURRY = 1.2
"""Seconds for a first answer."""


class WorkshopPresenter(QObject):
    """One for the window; `begin` before each use. Answers about what was left are dropped."""

    tried_changed = Signal(object)
    """A `Tried`."""
    advice_changed = Signal(object)
    """An `Advice`."""

    def __init__(self, analyst: AnalystLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._analyst = analyst
        self._entity: Entity | None = None
        self._advised: tuple[object, ...] = ()
        self._trying = self._advising = self._ticket = 0
        self.tried, self.advice = Tried(), Advice()
        self._rest = self._timer(REST, self._try)
        self._pause = self._timer(ADVICE_REST, self._advise)

    def begin(self, entity: Entity) -> None:
        self.end()
        self.tried, self.advice, self._advised = Tried(), Advice(), ()
        self.put(entity, at_once=True)

    def end(self) -> None:
        """What is on its way is no longer wanted."""
        self._ticket += 1
        self._entity = None
        self._rest.stop()
        self._pause.stop()
        self._give_up()
        self._analyst.stop(self._advising)

    def put(self, entity: Entity, *, at_once: bool = False) -> None:
        """The entity as it is now."""
        if entity == self._entity:
            return
        self._entity = entity
        self._ticket += 1
        self._give_up()
        if not worth(entity):
            self._rest.stop()
            self._pause.stop()
            self._show(Tried())
            return
        self._show(Tried("trying", self.tried.preview))
        self._rest.start(0 if at_once else REST)
        if _about(entity) != self._advised:
            self._pause.start(0 if at_once else ADVICE_REST)

    def stop(self) -> None:
        """What is known stays; the rest is not looked into."""
        self._ticket += 1
        self._rest.stop()
        self._give_up()
        self._show(replace(self.tried, state="stopped"))

    def again(self) -> None:
        """After it was stopped, or could not be done."""
        entity, self._entity = self._entity, None
        if entity is not None:
            self.put(entity, at_once=True)

    # inside

    def _timer(self, wait: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=wait)
        timer.timeout.connect(do)
        return timer

    def _give_up(self) -> None:
        self._analyst.stop(self._trying)
        self._trying = 0

    def _try(self, patience: float | None = HURRY) -> None:
        entity, ticket = self._entity, self._ticket
        if entity is not None:
            arrived, failed = partial(self._arrived, ticket), partial(self._failed, ticket)
            step = partial(self._stepped, ticket)
            self._trying = self._analyst.preview(entity, patience, arrived, failed, step)

    def _stepped(self, ticket: int, done: int, total: int) -> None:
        if ticket == self._ticket:
            self._show(replace(self.tried, done=done, total=total))

    def _arrived(self, ticket: int, preview: Preview) -> None:
        if ticket != self._ticket:
            return  # the user has changed it since
        self._trying = 0
        if preview.partial:
            self._show(Tried("trying", preview, "", preview.read, preview.candidates))
            self._try(None)
        else:
            self._show(Tried("done", preview))

    def _failed(self, ticket: int, problem: ReaderError) -> None:
        if ticket == self._ticket:
            self._trying = 0
            refused = isinstance(problem, UsageError)
            self._show(Tried("refused" if refused else "failed", None, str(problem)))

    def _show(self, tried: Tried) -> None:
        self.tried = tried
        self.tried_changed.emit(tried)

    def _advise(self) -> None:
        entity = self._entity
        if entity is None:
            return
        self._advised = _about(entity)
        self._give(replace(self.advice, state="looking"))
        told = partial(self._advised_of, self._advised)
        refused = partial(self._not_advised, self._advised)
        self._advising = self._analyst.suggest_aliases(entity, told, refused)

    def _advised_of(
        self, about: tuple[object, ...], suggestions: tuple[AliasSuggestion, ...]
    ) -> None:
        if about == self._advised and self._entity is not None:
            self._give(Advice("done", suggestions))

    def _not_advised(self, about: tuple[object, ...], problem: ReaderError) -> None:
        if about == self._advised and self._entity is not None:
            self._give(Advice("failed", (), str(problem)))

    def _give(self, advice: Advice) -> None:
        self.advice = advice
        self.advice_changed.emit(advice)


def _about(entity: Entity) -> tuple[object, ...]:
    """What suggestions depend on."""
    return (entity.id, entity.type, *(alias.text for alias in entity.spellings()))
