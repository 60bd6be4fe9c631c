"""What to ask instead, when a query finds nothing: only queries that do find something."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from reader.domain.fold import fold_key
from reader.errors import QueryError
from reader.search.narrow import conditions, without_parts, written
from reader.search.syntax import OTHER_TEXT_FIELDS, TEXT_FIELDS
from reader.search.typed import Part, parts
from reader.services.catalog import Named, near, words_key

MOST = 5
_WORDS, _QUERIES = 12, 24
"""How many words, and queries in all, are counted."""
_LONGEST = 600
"""Characters of a query that is worth taking to pieces: nobody reads longer ones again."""
_BETWEEN = ("NEAR", "ONEAR", "SENT")
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"(?<!\S)[^\W\d_]{3,}(?![\w*?~])")
_EDITS = ((8, 2), (4, 1))
"""Letters from which so many typing errors are allowed in a word."""
_NAMING = (*TEXT_FIELDS, *OTHER_TEXT_FIELDS, "entity")

Spellings = Callable[[str, int], Sequence[tuple[str, int]]]
"""Words of the library that are so many typing errors away at most, with their articles."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    query: str
    count: int


def suggestions(
    text: str, count: Callable[[str], int], spellings: Spellings, entities: Sequence[Named]
) -> tuple[Suggestion, ...]:
    """Other spellings first, then with less asked for, the most articles first."""
    if len(text) > _LONGEST:
        return ()
    counts = _Counts(count)
    spelt = counts.of(_respelt(text, counts, spellings, entities))
    less = [counts.of(query) for query in islice(_loosened(text), _QUERIES)]
    if spelt.query != text and not spelt.count:
        less += [counts.of(query) for query in islice(_loosened(spelt.query), _QUERIES)]
    found = [*_best([spelt]), *_best(less)]
    return tuple(dict.fromkeys(one for one in found if one.query != text.strip()))[:MOST]


class _Counts:
    """Counts each query once, and of all only so many as are worth the user's time."""

    def __init__(self, count: Callable[[str], int]) -> None:
        self._count = count
        self._known: dict[str, int] = {}

    def of(self, query: str) -> Suggestion:
        """0 for a query that cannot be run, and for one too many."""
        return Suggestion(query, self._look(query, _QUERIES) or 0)

    def lacks(self, query: str) -> bool:
        """Whether it finds nothing; not known of one too many."""
        return self._look(query, _WORDS) == 0

    def _look(self, query: str, most: int) -> int | None:
        if query not in self._known and len(self._known) < most:
            try:
                self._known[query] = self._count(query)
            except QueryError:
                self._known[query] = 0
        return self._known.get(query)


def _best(found: Sequence[Suggestion]) -> list[Suggestion]:
    return sorted((one for one in found if one.count), key=lambda one: -one.count)


def _respelt(text: str, counts: _Counts, spellings: Spellings, entities: Sequence[Named]) -> str:
    """With each word and entity that is nowhere in the library written as the nearest that is."""
    changed = text
    for part in reversed(parts(text)):
        if part.field == "entity" and part.kind == "filter" and not part.excluded:
            start, instead = part.start, _renamed(part, counts, entities)
            changed = changed[:start] + instead + changed[part.end :] if instead else changed
        for start, word in _words(part):
            nearest = _nearest(word, spellings) if counts.lacks(word) else ""
            if nearest:
                changed = changed[:start] + nearest + changed[start + len(word) :]
    return changed.strip()


def _renamed(part: Part, counts: _Counts, entities: Sequence[Named]) -> str:
    """The entity whose name is spelled nearly so, as it is written; "" when there is none."""
    if not counts.lacks(written("entity", part.value)):
        return ""
    key = words_key(part.value)
    named = {name: one for one in entities for name in one.keys}
    for edits in range(1, _allowed(key) + 1):
        found = [named[name] for name in near(key, named, edits)]
        if found:
            return written("entity", max(found, key=lambda one: one.articles).value)
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
        found = [(count, form) for form, count in spellings(word, edits) if fold_key(form) != key]
        if found:
            return max(found)[1]
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
    if any(_between(part) for part in parts(text)):
        yield _apart(text)
    for part in parts(text):
        yield from _anywhere(text, part)
        yield from _inflected(text, part)
        if part.kind == "phrase" and not part.excluded and " " in part.value.strip():
            yield f"{text[: part.start]}({part.value}){text[part.end :]}".strip()
    words = [part for part in parts(text) if _can_go(part)]
    named = [part for part in held if part.field in _NAMING and not part.excluded]
    if len(words) + len(named) > 1:  # a language or a feed alone would find far too much
        for part in words:
            yield without_parts(text, [part])


def _anywhere(text: str, part: Part) -> Iterator[str]:
    """`title:x` as `x`."""
    if part.own and part.field in (*TEXT_FIELDS, *OTHER_TEXT_FIELDS) and not part.excluded:
        colon = text.index(":", part.start)
        yield f"{text[: part.start]}{text[colon + 1 :]}".strip()


def _between(part: Part) -> bool:
    return part.kind == "operator" and part.value.split("/")[0] in _BETWEEN


def _apart(text: str) -> str:
    """`a NEAR/5 b` as `(a AND b)`: both, wherever they stand."""
    apart = text
    for part in reversed(parts(text)):
        if _between(part):
            apart = f"{apart[: part.start]}AND{apart[part.end :]}"
    return apart.strip()


def _inflected(text: str, part: Part) -> Iterator[str]:
    """An exact word as a plain one, a plain one with any ending, an address where it is kept."""
    if part.excluded or part.broken:
        return
    before, after = text[: part.start], text[part.end :]
    if part.field == "case" and part.own:
        yield f"{before}{text[text.index(':', part.start) + 1 : part.end]}{after}".strip()
    elif part.kind != "word":
        return
    elif text[part.start] in "=＝":
        yield f"{before}{text[part.start + 1 : part.end]}{after}".strip()
    elif _ADDRESS.fullmatch(part.value):
        yield f"{before}url:{part.value}{after}".strip()
    elif _WORD.fullmatch(part.value):
        yield f"{text[: part.end]}*{after}".strip()


def _can_go(part: Part) -> bool:
    return part.kind in ("word", "phrase") and not (part.depth or part.beside or part.excluded)
