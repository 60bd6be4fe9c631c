"""What was written before, step by step, for a field that draws its text anew all the time.

A step is what a person would take back at once: a run of letters, a word that was deleted, a
token, what was pasted.
"""

from typing import NamedTuple

LONGEST = 200


class State(NamedTuple):
    text: str
    caret: int


class EditHistory:
    def __init__(self) -> None:
        self._past: list[State] = []
        self._future: list[State] = []
        self._run = ""
        self._now = State("", 0)

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def note(self, text: str, caret: int, *, alone: bool = False) -> None:
        """The text is this now. `alone`: a step of its own, whatever came before it."""
        old, self._now = self._now, State(text, caret)
        if text == old.text:
            return
        run = "" if alone else _kind(old, self._now)
        if not run or run != self._run:
            self._past.append(old)
            del self._past[:-LONGEST]
        self._run = run
        self._future.clear()

    def moved(self, caret: int) -> None:
        """The caret went elsewhere: what is written there is a step of its own."""
        if caret != self._now.caret:
            self._now = self._now._replace(caret=caret)
            self._run = ""

    def undo(self) -> State:
        return self._step(self._past, self._future)

    def redo(self) -> State:
        return self._step(self._future, self._past)

    def _step(self, source: list[State], other: list[State]) -> State:
        if source:
            other.append(self._now)
            self._now = source.pop()
            self._run = ""
        return self._now


def _kind(old: State, new: State) -> str:
    """ "typed" or "deleted" for one letter of a run, "" for a step of its own."""
    grown = len(new.text) - len(old.text)
    if grown == 1 and not new.text[new.caret - 1 : new.caret].isspace():
        return "typed"
    return "deleted" if grown == -1 else ""
