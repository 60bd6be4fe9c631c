"""What to ask instead, when a query finds nothing: only queries that do find something."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reader.domain.fold import fold_key
from reader.errors import QueryError
from reader.search.syntax import OTHER_TEXT_FIELDS, TEXT_FIELDS, within
from reader.services.catalog import Named, words_key
from reader.services.narrow import conditions, without_parts, written
from reader.services.typed import Part, parts

MOST = 5
_LOOKED_AT = 12
"""Words, and queries, that are tried; a long query is not worth more of the user's time."""
_WORD = re.compile(r"(?<!\S)[^\W\d_]{3,}(?![\w*?~])")
_EDITS = ((8, 2), (4, 1))
"""Letters from which so many typing errors are allowed in a word."""

Spellings = Callable[[str, int], Iterable[tuple[str, int]]]
"""Words of the library that are so many typing errors away at most, with their articles."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    query: str
    count: int


def suggestions(
    text: str, count: Callable[[str], int], spellings: Spellings, entities: Sequence[Named]
) -> tuple[Suggestion, ...]:
    """Other spellings first, then with less asked for, the most articles first."""
    counts = _Counts(count)
    spelt = [counts.of(query) for query in _respelt(text, counts, spellings, entities)]
    less = [counts.of(query) for query in _loosened(text)]
    found = [*_best(spelt), *_best(less)]
    return tuple(dict.fromkeys(one for one in found if one.query != text.strip()))[:MOST]


def names_like(names: Iterable[Named], word: str, edits: int) -> Iterator[tuple[str, int]]:
    """Words of the names that are near, with the articles of the name: a `Spellings`."""
    key = words_key(word)
    for one in names:
        for spelling, folded in zip(one.spellings, one.keys, strict=True):
            if spelling.count(" ") == folded.count(" "):
                for written, plain in zip(spelling.split(" "), folded.split(" "), strict=True):
                    if within(key, plain, edits):
                        yield written, one.articles


class _Counts:
    """Counts each query once, and not more than `_LOOKED_AT` of them after the first."""

    def __init__(self, count: Callable[[str], int]) -> None:
        self._count = count
        self._known: dict[str, int] = {}

    def of(self, query: str) -> Suggestion:
        """0 for a query that cannot be run, and for what is not worth looking at any more."""
        if query not in self._known:
            self._known[query] = self._try(query) if len(self._known) < 2 * _LOOKED_AT else 0
        return Suggestion(query, self._known[query])

    def _try(self, query: str) -> int:
        try:
            return self._count(query)
        except QueryError:
            return 0


def _best(found: Sequence[Suggestion]) -> list[Suggestion]:
    return sorted((one for one in found if one.count), key=lambda one: -one.count)


def _respelt(
    text: str, counts: _Counts, spellings: Spellings, entities: Sequence[Named]
) -> Iterator[str]:
    """With each word and entity that is nowhere in the library written as the nearest that is."""
    changed = text
    for part in reversed(parts(text)):
        if part.field == "entity" and part.kind == "filter" and not part.excluded:
            start, instead = part.start, _renamed(part, counts, entities)
            changed = changed[:start] + instead + changed[part.end :] if instead else changed
        for start, word in _words(part):
            nearest = "" if counts.of(word).count else _nearest(word, spellings)
            if nearest:
                changed = changed[:start] + nearest + changed[start + len(word) :]
    if changed != text:
        yield changed.strip()


def _renamed(part: Part, counts: _Counts, entities: Sequence[Named]) -> str:
    """The entity whose name is spelled nearly so, as it is written; "" when there is none."""
    key = words_key(part.value)
    if counts.of(written("entity", part.value)).count:
        return ""
    for edits in range(1, _allowed(key) + 1):
        near = [one for one in entities if any(within(key, name, edits) for name in one.keys)]
        if near:
            return written("entity", max(near, key=lambda one: one.articles).value)
    return ""


def _words(part: Part) -> Iterator[tuple[int, str]]:
    """(where, word) of each plain word that is looked for, the last first."""
    in_text = part.kind in ("word", "phrase") or part.field in TEXT_FIELDS
    if in_text and part.kind != "bracket" and not part.excluded:
        for found in reversed([*_WORD.finditer(part.value)]):
            yield part.value_at + found.start(), found.group()


def _nearest(word: str, spellings: Spellings) -> str:
    """By typing errors, then by how many articles have it; "" when nothing is near."""
    key = fold_key(word)
    for edits in range(1, _allowed(word) + 1):
        near = [(count, form) for form, count in spellings(word, edits) if fold_key(form) != key]
        if near:
            return max(near)[1]
    return ""


def _allowed(word: str) -> int:
    return next((edits for letters, edits in _EDITS if len(word) >= letters), 0)


def _loosened(text: str) -> Iterator[str]:
    """With one condition less, or less strict."""
    held = conditions(text)
    for part in held:
        yield without_parts(text, [part])
    if len(held) > 1:
        yield without_parts(text, held)
    for part in parts(text):
        yield from _anywhere(text, part)
        if part.kind == "phrase" and not part.excluded and " " in part.value.strip():
            yield f"{text[: part.start]}({part.value}){text[part.end :]}".strip()
    words = [part for part in parts(text) if _can_go(part)]
    if len(words) > 1:
        for part in words:
            yield without_parts(text, [part])


def _anywhere(text: str, part: Part) -> Iterator[str]:
    """`title:x` as `x`."""
    in_text = part.field in (*TEXT_FIELDS, *OTHER_TEXT_FIELDS)
    own = text[part.start :].lstrip("-").lower().startswith(f"{part.field}:")
    if in_text and own and not part.excluded:
        colon = text.index(":", part.start)
        yield f"{text[: part.start]}{text[colon + 1 :]}".strip()


def _can_go(part: Part) -> bool:
    return part.kind in ("word", "phrase") and not (part.depth or part.beside or part.excluded)
