"""Passages of stored articles around a place, for judging a name by how it is used."""

from collections.abc import Mapping

from reader.domain.workshop import Sample
from reader.store.store import Store

_BEFORE, _AFTER = 70, 110
"""Characters of the passage on either side of the name, at most."""
_CUT = "…"

Place = tuple[str, int, int]
"""A text of the article ("title", "lead", "body"), and from where to where in it."""


def samples_at(store: Store, places: Mapping[int, Place]) -> tuple[Sample, ...]:
    """One for each article that is still there, in the order of `places`."""
    texts = store.articles.texts(places)
    found = []
    for line in store.lists.lines(list(places)):
        if line.id in texts:
            field, start, end = places[line.id]
            passage, first, last = passage_at(texts[line.id].get(field), start, end)
            found.append(
                Sample(
                    line.id, line.title, line.source, line.sorted_at, field, passage, first, last
                )
            )
    return tuple(found)


def passage_at(text: str, start: int, end: int) -> tuple[str, int, int]:
    """What stands around `text[start:end]`, with … where it was cut, and the place in it.

    White space is folded, but not inside of the place.
    """
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    if start > _BEFORE:
        before = _CUT + before.partition(" ")[2]
    if end + _AFTER < len(text):
        after = after.rpartition(" ")[0] + _CUT
    before, after = _folded(before, at_start=True), _folded(after, at_start=False)
    name = text[start:end]
    return before + name + after, len(before), len(before) + len(name)


def _folded(text: str, *, at_start: bool) -> str:
    """White space as single spaces, also where it meets the name; none at the passage's end."""
    folded = " ".join(text.split())
    if at_start:
        return folded + " " if folded and text[-1:].isspace() else folded
    return " " + folded if folded and text[:1].isspace() else folded
