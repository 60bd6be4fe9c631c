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


def needs(node: Node, language: str) -> tuple[Anchor, ...]:
    """An article in `language` must have one word of each; none when nothing can be said:
    filters, dates, patterns, …

    The first has few words rather than many, and long ones, which are rare, rather than short.
    """
    return tuple(sorted(set(_needs(node, language)), key=_rarity))


def _needs(node: Node, language: str) -> list[Anchor]:
    if isinstance(node, Text):
        slots = () if node.field in OTHER_TEXT_FIELDS else node.slots
        found = [_slot(slot, language) for slot in slots]
        return [words for words in found if words is not None]
    if isinstance(node, And | Near | Sentence):
        return [words for part in node.children() for words in _needs(part, language)]
    if isinstance(node, Or):
        parts = [_needs(part, language) for part in node.parts]
        best = [min(part, key=_rarity) for part in parts if part]
        return [Anchor().union(*best)] if len(best) == len(parts) else []
    return _needs(node.child, language) if isinstance(node, First | AtLeast) else []


def _slot(slot: Slot, language: str) -> Anchor | None:
    if slot.kind == "exact":
        return Anchor([slot.text])
    if slot.kind == "cased":
        return Anchor([small(slot.text)])
    return Anchor([stem(slot.text, language)]) if slot.kind == "word" else None


def _rarity(words: Anchor) -> tuple[int, int, list[str]]:
    return len(words), -max(map(len, words)), sorted(words)
