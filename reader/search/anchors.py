"""Words without which a query cannot be true: the cheap question before the real one."""

from reader.search.analysis import small
from reader.search.stems import stem
from reader.search.syntax import (
    OTHER_TEXT_FIELDS,
    And,
    AtLeast,
    First,
    Near,
    Node,
    Or,
    Sentence,
    Slot,
    Text,
)

Anchor = frozenset[str]
"""An article whose texts have none of these, as a folded form or as a stem, cannot match."""


def anchor(node: Node, language: str) -> Anchor | None:
    """For articles in `language`; None when nothing can be said: filters, dates, patterns, …"""
    if isinstance(node, Text):
        return _text(node, language)
    if isinstance(node, And | Near | Sentence):
        return _best([anchor(part, language) for part in node.children()])
    if isinstance(node, Or):
        parts = [anchor(part, language) for part in node.parts]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    return anchor(node.child, language) if isinstance(node, First | AtLeast) else None


def _text(node: Text, language: str) -> Anchor | None:
    if node.field in OTHER_TEXT_FIELDS:
        return None
    return _best([_slot(slot, language) for slot in node.slots])


def _slot(slot: Slot, language: str) -> Anchor | None:
    if slot.kind == "exact":
        return Anchor([slot.text])
    if slot.kind == "cased":
        return Anchor([small(slot.text)])
    return Anchor([stem(slot.text, language)]) if slot.kind == "word" else None


def _best(parts: list[Anchor | None]) -> Anchor | None:
    """Few words rather than many, and long ones, which are rare, rather than short ones."""
    known = [part for part in parts if part is not None]
    return min(known, key=lambda words: (len(words), -max(map(len, words)))) if known else None
