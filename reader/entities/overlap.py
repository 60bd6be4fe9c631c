"""Which of the mentions in an article count and are shown, where several stand in one place."""

from collections.abc import Iterable
from dataclasses import replace

from reader.domain.article import FIELDS, Mention


class Order:
    """Judges the mentions of one text in turn, by start and the longest first."""

    def __init__(self) -> None:
        self._covered = 0
        self._last = self._name = (-1, -1)

    def is_surname(self, kind: str, start: int, end: int) -> bool:
        """Whether it is but a part of the longer name of a person, and itself of type person:
        in "Saddam Haftar" nobody speaks of his father. Ask once for each mention."""
        if kind != "person":
            return False
        if end <= self._name[1] and (start, end) != self._name:
            return True
        self._name = (start, end)
        return False

    def shows(self, start: int, end: int) -> bool:
        """Not where a longer or earlier one covers the place; equal ones are shown together."""
        shown = start >= self._covered or (start, end) == self._last
        if shown:
            self._covered, self._last = end, (start, end)
        return shown


def shown_anew(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """In reading order, with `shown` as a matcher of all their entities would say; without those
    that are parts of another person's name."""
    ordered = sorted(mentions, key=lambda one: (FIELDS.index(one.field), one.start, -one.end))
    result = []
    field, order = "", Order()
    for one in ordered:
        if one.field != field:
            field, order = one.field, Order()
        if not order.is_surname(one.type, one.start, one.end):
            result.append(replace(one, shown=order.shows(one.start, one.end)))
    return tuple(result)
