"""What a query is made of and what could come next. Answers that come late are dropped."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.search import Clause, Completion
from reader.gui.ports import SearchLink

REST = 60
"""Milliseconds after a key before completions are asked for; parts are asked for at once."""
LONGEST = 5_000
"""Characters of a query that is still shown in parts; what is longer was not written by hand."""


class SearchWords(QObject):
    parsed = Signal(str, object)
    """A text and its `Clause`s."""
    completed = Signal(str, int, object)
    """A text, the place in it, and the `Completion`s for there."""

    def __init__(self, link: SearchLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._parsing = self._completing = 0
        self._asked = ("", 0)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._complete)

    def parse(self, text: str) -> None:
        self._parsing += 1
        if text.strip() and len(text) <= LONGEST:
            self._link.clauses(text, partial(self._parsed, self._parsing, text))
        else:
            self.parsed.emit(text, ())

    def complete(self, text: str, caret: int) -> None:
        """Asks once the keys rest; nothing is asked about a text that is longer than `LONGEST`."""
        self._completing += 1
        self._asked = (text, caret)
        if len(text) <= LONGEST:
            self._rest.start()

    def _complete(self) -> None:
        text, caret = self._asked
        done = partial(self._completed, self._completing, text, caret)
        self._link.complete(text, caret, done)

    def _parsed(self, ticket: int, text: str, clauses: tuple[Clause, ...]) -> None:
        if ticket == self._parsing:
            self.parsed.emit(text, clauses)

    def _completed(
        self, ticket: int, text: str, caret: int, offers: tuple[Completion, ...]
    ) -> None:
        if ticket == self._completing:
            self.completed.emit(text, caret, offers)
