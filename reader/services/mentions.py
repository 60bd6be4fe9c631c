"""Where articles mention tracked entities, in words, for `entity:X NEAR/5 wagner`."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from reader.domain.article import FIELDS, Mention, SearchDocument
from reader.domain.filters import entity_matches, same_name
from reader.search.analysis import tokens
from reader.search.evaluate import Mentioned
from reader.services.arrays import Ids

_AT_ONCE = 500
"""Articles whose texts are in memory together."""


class Documents(Protocol):
    def documents(self, ids: Iterable[int]) -> list[SearchDocument]:
        """An id that is gone is left out."""


def mentioned(documents: Documents, field: str, value: str, ids: Ids) -> Mentioned:
    """Where those of the articles mention what the filter names.

    `field`: "entity", "type" or "watchlist". All mentions count, also those inside longer ones;
    one that covers no word is nowhere.
    """
    rows = [
        (document.id, FIELDS.index(mention.field), first, last)
        for start in range(0, len(ids), _AT_ONCE)
        for document in documents.documents(ids[start : start + _AT_ONCE].tolist())
        for mention, first, last in _placed(document, field, value)
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return Mentioned(table[:, 0], table[:, 1].astype(np.uint8), table[:, 2], table[:, 3])


def _placed(document: SearchDocument, field: str, value: str) -> Iterator[tuple[Mention, int, int]]:
    names = set(_names(document, field, value))
    meant = [mention for mention in document.entity_spans if mention.entity in names]
    for region in {mention.field for mention in meant}:
        words = _Words(document.texts.get(region))
        for mention in meant:
            found = words.covered(mention.start, mention.end) if mention.field == region else None
            if found:
                yield mention, *found


def _names(document: SearchDocument, field: str, value: str) -> Iterator[str]:
    """The article's entities that the filter is about, as a search for it alone finds them."""
    for index, (name, type_, watchlist) in enumerate(document.entities):
        aliases: Sequence[str] = document.aliases[index] if index < len(document.aliases) else ()
        if field == "entity":
            meant = entity_matches(value, name, aliases)
        else:
            meant = same_name(value, type_ if field == "type" else watchlist)
        if meant:
            yield name


class _Words:
    """From where to where in a text each of its words stands; a compound is one word."""

    def __init__(self, text: str) -> None:
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        for token in tokens(text):
            at = token.position
            starts[at] = min(starts.get(at, token.start), token.start)
            ends[at] = max(ends.get(at, token.end), token.end)
        self._starts = [starts[at] for at in range(len(starts))]
        self._ends = [ends[at] for at in range(len(ends))]

    def covered(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last word of which `text[start:end]` has a letter."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        return (first, last) if first <= last else None
