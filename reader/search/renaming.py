"""A query that goes on asking for the same thing after it got another name."""

import dataclasses
from typing import Any

from reader.domain.filters import same_name
from reader.search.language import parse
from reader.search.syntax import Node, Where


def renamed(query: str, field: str, name: str, new_name: str) -> str:
    """`field:name` is `field:new_name` wherever it stands. QueryError when it cannot be read.

    A query that does not name it comes back as it was typed.
    """
    root = parse(query).root
    changed = _renamed(root, Where(field, name), new_name)
    return query if changed == root else str(changed)


def _renamed(clause: Any, meant: Where, new_name: str) -> Any:
    """`clause`: a node, several in a tuple, or a value of one that is none."""
    if isinstance(clause, Where):
        same = clause.field == meant.field and same_name(clause.value, meant.value)
        return Where(clause.field, new_name) if same else clause
    if type(clause) is tuple:
        return tuple(_renamed(one, meant, new_name) for one in clause)
    if not isinstance(clause, Node):
        return clause
    whole: Any = clause  # every kind of node is a dataclass, which their common class cannot say
    names = (one.name for one in dataclasses.fields(whole))
    values = {name: _renamed(getattr(whole, name), meant, new_name) for name in names}
    return dataclasses.replace(whole, **values)
