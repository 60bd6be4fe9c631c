"""Which of the mentions in an article are shown, where several stand in one place."""

from collections.abc import Iterable
from dataclasses import replace

from reader.domain.article import FIELDS, Mention


def shown_anew(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """In reading order, with `shown` as a matcher of all their entities would say: not where a
    longer or earlier one covers the place."""
    ordered = sorted(mentions, key=lambda one: (FIELDS.index(one.field), one.start, -one.end))
    result = []
    field, covered, last = "", 0, (-1, -1)
    for one in ordered:
        if one.field != field:
            field, covered, last = one.field, 0, (-1, -1)
        place = (one.start, one.end)
        shown = one.start >= covered or place == last
        if shown:
            covered, last = one.end, place
        result.append(replace(one, shown=shown))
    return tuple(result)
