"""What is asked of the analyst and not answered yet, and when to leave what is under way."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.workers.answering import Left
from reader.workers.messages import (
    Ask,
    CompareEntities,
    DiscoverNames,
    FindCompany,
    GiveUp,
    PreviewEntity,
    ProfileEntity,
    Progress,
    QuoteEntity,
    Suggest,
    SuggestAliases,
    TryOut,
)

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

OVERTAKEN = (
    PreviewEntity, SuggestAliases, DiscoverNames, ProfileEntity, CompareEntities, QuoteEntity,
    FindCompany, TryOut, Suggest,
)  # fmt: skip
"""Kinds of which only the newest is answered."""
PATIENCE = {
    ProfileEntity: 0, QuoteEntity: 1, CompareEntities: 1, PreviewEntity: 1, TryOut: 1,
    SuggestAliases: 2, Suggest: 2, FindCompany: 3, DiscoverNames: 3,
}  # fmt: skip
"""What is answered after what; all else comes first."""
PROGRESS_EVERY = 0.1

Step = Callable[[int, int], None]
"""Told how much of how much is done; raises `Left` when it is not to be gone on with."""


class Questions:
    """Reads the pipe between and during the answers; `next` and `step` are its two ways in.

    EOFError and OSError from them say that the other end is gone.
    """

    def __init__(
        self, connection: "Connection", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connection, self._clock = connection, clock
        self._waiting: list[Ask] = []
        self._current: Ask | None = None
        self._told_at = 0.0

    def next(self, patience: float) -> Ask | None:
        """The most urgent; None when none was asked for `patience` seconds."""
        self._current = None
        self._take_in()
        while not self._waiting:
            if not self._connection.poll(patience):
                return None
            self._take_in()
        self._waiting.sort(key=_urgency)  # equally urgent ones stay in the order of asking
        self._current = self._waiting.pop(0)
        self._told_at = self._clock()
        return self._current

    def step(self, done: int, total: int) -> None:
        """Tells how far the answer to the question under way is, now and then."""
        asked = self._current
        assert asked is not None  # noqa: S101 - only an answer under way takes steps
        self._take_in()
        if self._current is None:
            raise Left
        if any(_urgency(one) < _urgency(asked) for one in self._waiting):
            self._waiting.insert(0, asked)
            raise Left
        if self._clock() - self._told_at >= PROGRESS_EVERY:
            self._told_at = self._clock()
            self._connection.send(Progress(asked.number, done, total))

    def _take_in(self) -> None:
        while self._connection.poll():
            match self._connection.recv():
                case GiveUp(number):
                    self._drop({number})
                case Ask() as asked:
                    kind = type(asked.request)
                    if kind in OVERTAKEN:
                        self._drop({o.number for o in self._open() if type(o.request) is kind})
                    self._waiting.append(asked)

    def _open(self) -> list[Ask]:
        return [*self._waiting, *filter(None, [self._current])]

    def _drop(self, numbers: set[int]) -> None:
        self._waiting = [ask for ask in self._waiting if ask.number not in numbers]
        if self._current is not None and self._current.number in numbers:
            self._current = None


def _urgency(ask: Ask) -> int:
    return PATIENCE.get(type(ask.request), 0)
