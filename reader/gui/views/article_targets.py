"""What "next mention" goes through: the chosen entity's mentions, the query's hits, or all."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.gui.views.article_marks import Mark


class Targets:
    """A place in a round trip through marks; nothing is current until the first step.

    A chosen entity comes first, then the hits of a query, then all mentions. Mentions inside
    longer ones are visited only when their entity is chosen.
    """

    def __init__(self, mentions: Sequence[Mark] = (), hits: Sequence[Mark] = ()) -> None:
        self._mentions, self._hits = mentions, sorted(hits)
        self._entity: int | None = None
        self._all = False
        self._at: int | None = None
        self.marks: list[Mark] = []
        self._collect()

    @property
    def entity(self) -> int | None:
        return self._entity

    @property
    def on_hits(self) -> bool:
        return self._entity is None and bool(self._hits) and not self._all

    @property
    def hits(self) -> Sequence[Mark]:
        return self._hits

    @property
    def mentions(self) -> Sequence[Mark]:
        return self._mentions

    @property
    def current(self) -> Mark | None:
        return self.marks[self._at] if self._at is not None else None

    @property
    def number(self) -> int:
        """Of the current one, from 1; 0 before the first step."""
        return 0 if self._at is None else self._at + 1

    def choose(self, entity: int | None, *, everything: bool = False) -> None:
        """`everything`: all mentions, though there are hits."""
        self._entity, self._all, self._at = entity, everything, None
        self._collect()

    def step(self, by: int, around: int) -> Mark | None:
        """The next (1) or previous (-1), at first seen from a place of the document."""
        if not self.marks:
            return None
        if self._at is None:
            starts = [mark.start for mark in self.marks]
            here = bisect_left(starts, around) if by > 0 else bisect_right(starts, around) - 1
            self._at = here % len(self.marks)
        else:
            self._at = (self._at + by) % len(self.marks)
        return self.current

    def step_on(self, by: int, around: int) -> Mark | None:
        """The same among the query's hits alone, and None past the last one of that direction."""
        if not self.on_hits:
            return None
        if self._at is None:
            starts = [mark.start for mark in self.marks]
            at = bisect_left(starts, around) if by > 0 else bisect_right(starts, around) - 1
        else:
            at = self._at + by
        if not 0 <= at < len(self.marks):
            return None
        self._at = at
        return self.current

    def end(self, by: int) -> Mark | None:
        """The first hit (1) or the last one (-1); None without hits."""
        if not self.on_hits:
            return None
        self._at = 0 if by > 0 else len(self.marks) - 1
        return self.current

    def jump(self, mark: Mark) -> None:
        """Makes a mark the current one, if it is among those gone through."""
        self._at = self.marks.index(mark) if mark in self.marks else None

    def return_to(self, mark: Mark) -> None:
        """Makes it current again after marks were shown or hidden, if it is still gone to."""
        same = (n for n, one in enumerate(self.marks) if one[:5] == mark[:5])
        self._at = next(same, None)

    def _collect(self) -> None:
        if self._entity is not None:
            found = [mark for mark in self._mentions if mark.entity_id == self._entity]
        elif self.on_hits:
            found = list(self._hits)
        else:
            found = [mark for mark in self._mentions if mark.shown]
        self.marks = sorted(found, key=lambda mark: (mark.start, -mark.end))
