"""Words without which a query cannot be true: the cheap question before the real one."""

from collections.abc import Iterator

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
    joined,
)
from reader.search.tree import compounds

Anchor = frozenset[Slot]
"""An article whose texts have none of these cannot match."""


def needs(node: Node) -> tuple[Anchor, ...]:
    """An article must have one word of each; none when nothing can be said: filters, dates, …

    The first has few words rather than many, and long ones, which are rare, rather than short.
    """
    return tuple(sorted(set(_needs(node)), key=_rarity))


def suffice(node: Node) -> bool:
    """Whether an article that has what the query needs matches."""
    if isinstance(node, And):
        return all(map(_is_choice, node.parts))
    return _is_choice(node)


def asked(node: Node) -> Iterator[Slot]:
    """Every word that is looked for in the texts, or excluded there."""
    for each in node.walk():
        if isinstance(each, Text) and each.field not in OTHER_TEXT_FIELDS:
            yield from each.slots
            yield from filter(None, map(joined, each.slots, each.slots[1:]))
        elif isinstance(each, Near | Sentence):
            yield from compounds(each)


def _is_choice(node: Node) -> bool:
    """One word, or any of several, anywhere in the texts."""
    if isinstance(node, Or):
        return all(map(_is_choice, node.parts))
    return isinstance(node, Text) and len(node.slots) == 1 and not node.field


def _needs(node: Node) -> list[Anchor]:
    if isinstance(node, Text):
        return [] if node.field in OTHER_TEXT_FIELDS else [Anchor([slot]) for slot in node.slots]
    if isinstance(node, And | Near | Sentence):
        return [words for part in node.children() for words in _needs(part)]
    if isinstance(node, Or):
        parts = [_needs(part) for part in node.parts]
        best = [min(part, key=_rarity) for part in parts if part]
        return [Anchor().union(*best)] if len(best) == len(parts) else []
    return _needs(node.child) if isinstance(node, First | AtLeast) else []


def _rarity(words: Anchor) -> tuple[int, int, list[Slot]]:
    return len(words), -max(len(slot.text) for slot in words), sorted(words)
