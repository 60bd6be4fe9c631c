"""What a person should know of a query before it is asked for years: which of its parts take
long, are true of nearly anything, or mean something else tomorrow. One plain sentence for each.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from reader.search import dates
from reader.search.language import Query
from reader.search.syntax import (
    OTHER_TEXT_FIELDS,
    And,
    AtLeast,
    First,
    Near,
    Node,
    Not,
    Or,
    Sentence,
    Slot,
    Text,
    When,
    Where,
    shown,
)

FEW_LETTERS = 3
"""Letters from which a wildcard or a regular expression stands for few enough words."""
FAR = 50
"""Words between from which two words stand near each other in nearly any article."""
MANY_FORMS = 1_000
BROAD = 0.2
"""The share of all articles from which a word says little about one of them."""

_WORDS = 60
"""Words that are counted in the archive: of more, a person reads no list."""
_UNBOUNDED = re.compile(r"[^\\](?:[*+]|\{\d*,\})|^[*+]")
_UNFIXED = re.compile(r"\[[^\]]*\]?|\\[pP](?:\{[^}]*\}?|.)|\\.|\W")
_MARKS = ("is:read", "is:starred", "has:note")
"""What only the user makes true, beside tags and notes."""


class Archive(Protocol):
    """What is asked about all articles that there are."""

    articles: int

    def having(self, clause: str) -> int:
        """How many of them match."""

    def beginning(self, prefix: str, most: int) -> int:
        """How many words of their texts begin so, `most` at most."""


def remarks(query: Query, archive: Archive, total: int) -> tuple[str, ...]:
    """In the order of the parts in the query, none twice. `total`: articles that match."""
    found = [sentence for node in query.root.walk() for sentence in _of(node, archive)]
    broad = [_broad(text, archive) for text in islice(_free(query.root), _WORDS)]
    dated = [_dated(node) for node in query.root.walk() if isinstance(node, When)]
    marked = [_marked(node) for node in _sought(query.root) if isinstance(node, Where)]
    whole = "" if isinstance(query.root, Text) else _whole(total, archive)
    return tuple(dict.fromkeys(filter(None, [*found, *broad, whole, *dated, *marked])))


def _of(node: Node, archive: Archive) -> Iterator[str]:
    """What a clause says of itself, wherever it stands."""
    if isinstance(node, Near) and node.between > FAR:
        yield (
            f"“{shown(str(node))}” lets {node.between} words stand between: that is nearly "
            f"anywhere in an article. Allow {FAR} at most, or write AND."
        )
    elif isinstance(node, Text) and node.between > FAR:
        yield (
            f"“{shown(str(node))}” lets {node.between} words stand between each two: allow {FAR} "
            "at most, or write AND."
        )
    if isinstance(node, Text):
        for slot in node.slots:
            yield from _pattern(node, slot, archive)


def _pattern(text: Text, slot: Slot, archive: Archive) -> Iterator[str]:
    if slot.kind == "glob" and len(re.sub(r"[*?]", "", slot.text)) < FEW_LETTERS:
        yield (
            f"“{shown(str(text))}” has fewer than {FEW_LETTERS} letters beside its wildcard: it "
            "takes long and stands for very many words. Give it more letters."
        )
    elif is_open(slot.text) if slot.kind == "regex" else slot.kind == "glob" and not slot.beginning:
        yield _anything(text)
    elif slot.kind == "glob" and _many(text, slot, archive):
        yield (
            f"“{shown(str(text))}” stands for more than {MANY_FORMS:,} words, which takes long: "
            "give it more letters."
        )


def _anything(text: Text) -> str:
    return (
        f"“{shown(str(text))}” may begin with anything: every word of the archive is compared "
        f"with it, which takes long. Begin it with {FEW_LETTERS} letters."
    )


def _many(text: Text, slot: Slot, archive: Archive) -> bool:
    if text.field in OTHER_TEXT_FIELDS or len(text.slots) > 1:
        return False
    if slot.text.rstrip("*") != slot.beginning:
        return False  # what stands behind the asterisk leaves few
    return archive.beginning(slot.beginning, MANY_FORMS + 1) > MANY_FORMS


def is_open(expression: str) -> bool:
    """Whether too few letters stand before the first place where any length will do."""
    unbounded = _UNBOUNDED.search(expression)
    if unbounded is None:
        return False
    letters = _UNFIXED.sub("", expression[: unbounded.start()])
    return len(letters) < FEW_LETTERS


def _broad(text: Text, archive: Archive) -> str:
    having = archive.having(str(text))
    if having <= BROAD * archive.articles:
        return ""
    return (
        f"“{shown(str(text))}” is in {_of_all(having, archive)}: it tells hardly one of them from "
        "another."
    )


def _whole(total: int, archive: Archive) -> str:
    if total <= BROAD * archive.articles:
        return ""
    return (
        f"The whole finds {_of_all(total, archive)}: ask for more, or it tells of nearly anything."
    )


def _of_all(count: int, archive: Archive) -> str:
    return f"{count:,} of {archive.articles:,} articles ({count / max(1, archive.articles):.0%})"


def _free(node: Node) -> Iterator[Text]:
    """Single words that are true or not by themselves, and are looked for."""
    if isinstance(node, Text) and len(node.slots) == 1:
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _free(part)


def _sought(node: Node) -> Iterator[Node]:
    if not isinstance(node, Not | Near | Sentence | First | AtLeast):
        yield node
        for child in node.children():
            yield from _sought(child)


def _dated(node: When) -> str:
    if not dates.is_relative(node.field, node.value):
        return ""
    return (
        f"“{node}” counts from now: what it finds today it no longer finds later. An alert "
        "asks it once, when the article arrives."
    )


def _marked(node: Where) -> str:
    """About a filter that is true or not by what the user does."""
    if str(node) == "is:unread":
        return f"“{node}” is true of every article that arrives, and of none that you have read."
    if node.field in ("tag", "note") or str(node) in _MARKS:
        return (
            f"“{node}” is never true of an article that has just arrived: only what you mark "
            "later makes it so, and no alert tells of it."
        )
    return ""
