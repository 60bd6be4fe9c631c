"""Mentions as a row of a list shows them: in the title, and in the passage below it.

The passage (`snippet`) is a part of the article's lead or body with its white space folded and
perhaps cut, so places in it are not places in the article. They are found by going through both
together: what is not letter for letter the same is not marked.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reader.domain.article import Mention, Texts

CUT = "…"
"""Stands where a passage was cut out of its text."""
_BEGINNING = 8
"""Words by which the place of a passage is found in its text."""


class Named(NamedTuple):
    """A tracked entity's name in a line of text, in code points."""

    start: int
    end: int
    type: str
    entity_id: int
    within: tuple[str, int] | None = None
    """Type and entity of the longer name it lies in: it is seen where that one is not."""


@dataclass(frozen=True, slots=True)
class RowMentions:
    """What is named in an article's title, and in the passage `of` it that a row shows."""

    article_id: int
    of: str
    title: tuple[Named, ...] = ()
    snippet: tuple[Named, ...] = ()


def row_mentions(
    article_id: int, snippet: str, texts: Texts, mentions: Iterable[Mention]
) -> RowMentions:
    """`mentions`: in reading order, of two that begin together the longer first; `texts` may be
    cut, mentions beyond are left out."""
    found: dict[str, list[Named]] = {"title": [], "lead": [], "body": []}
    over: Mention | None = None
    for one in mentions:
        within = None
        if one.shown:
            over = one
        elif over is not None and over.field == one.field and over.end > one.start:
            within = (over.type, over.entity_id)
        found[one.field].append(Named(one.start, one.end, one.type, one.entity_id, within))
    named: tuple[Named, ...] = ()
    for field in ("lead", "body"):
        places = letters(snippet, texts.get(field)) if found[field] else []
        named = named or tuple(_moved(found[field], places))
    return RowMentions(article_id, snippet, tuple(found["title"]), named)


def letters(snippet: str, text: str) -> list[tuple[int, int]]:
    """(place in the snippet, place in the text) of every letter they share, in order.

    Empty where the text does not hold the passage.
    """
    first = len(CUT) if snippet.startswith(CUT) else 0
    inside = snippet[first:].removesuffix(CUT)
    words = inside.split()[:_BEGINNING]
    if not words:
        return []
    beginning = re.compile(r"\s+".join(map(re.escape, words)))
    tried = (_together(inside, first, text, found.start()) for found in beginning.finditer(text))
    return next(filter(None, tried), [])


def _together(inside: str, first: int, text: str, at: int) -> list[tuple[int, int]]:
    """Nothing unless all of it is the same from there on."""
    pairs: list[tuple[int, int]] = []
    for place, letter in enumerate(inside, first):
        if letter.isspace():
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text) or text[at] != letter:
            return []
        pairs.append((place, at))
        at += 1
    return pairs


def _moved(found: Iterable[Named], places: Sequence[tuple[int, int]]) -> Iterable[Named]:
    """Those that are seen whole."""
    here = [there for _, there in places]
    for one in found:
        first, last = bisect_left(here, one.start), bisect_left(here, one.end) - 1
        if first <= last and (here[first], here[last]) == (one.start, one.end - 1):
            yield one._replace(start=places[first][0], end=places[last][0] + 1)
