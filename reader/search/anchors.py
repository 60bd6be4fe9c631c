"""Words without which a query cannot be true: the cheap question before the real one."""

from reader.search.syntax import OTHER_TEXT_FIELDS, And, AtLeast, First, Near, Node, Or, Text

Anchor = frozenset[str]
"""An article without any of these words in its texts cannot match."""


def anchor(node: Node) -> Anchor | None:
    """None when nothing can be said: filters, dates, patterns, exclusions, other fields."""
    if isinstance(node, Text):
        return _text(node)
    if isinstance(node, And | Near):
        return _best([anchor(part) for part in node.children()])
    if isinstance(node, Or):
        parts = [anchor(part) for part in node.parts]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    return anchor(node.child) if isinstance(node, First | AtLeast) else None


def _text(node: Text) -> Anchor | None:
    if node.field in OTHER_TEXT_FIELDS:
        return None
    return _best([Anchor([slot.text]) if slot.kind == "word" else None for slot in node.slots])


def _best(parts: list[Anchor | None]) -> Anchor | None:
    """Few words rather than many, and long ones, which are rare, rather than short ones."""
    known = [part for part in parts if part is not None]
    return min(known, key=lambda words: (len(words), -max(map(len, words)))) if known else None
