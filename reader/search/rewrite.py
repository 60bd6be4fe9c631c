"""Queries that ask for a little more than a given one does, each by one change of its tree.

Nothing here knows whether a change helps: whoever asks tries them on articles.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from reader.errors import QueryError
from reader.search.language import Query, parse
from reader.search.syntax import And, Near, Node, Not, Or, Sentence, Text, both, either

How = Literal["without", "title", "near", "sentence", "form", "case"]
BETWEEN = (25, 10, 3)
"""Words between that are tried for two clauses that have to stand near each other; what does the
same with more between is the safer."""
_PAIRS = 6
"""Clauses of an AND of which each two are tried: more take too long, and say too little."""

_Put = Callable[[Node], Node]


@dataclass(frozen=True, slots=True)
class Stricter:
    """`query`: the whole, as the printer prints it; `parts`: the clauses changed, as written.

    "without": an alternative of an OR is left out; "title": stands in the title; "near": the two
    stand within `between` words; "sentence": in one sentence; "form": this very form; "case":
    with these capitals.
    """

    how: How
    parts: tuple[str, ...]
    query: str
    between: int = 0


def stricter(query: Query) -> Iterator[Stricter]:
    """Every one can be parsed; no excluded clause is changed."""
    for found in _changes(query.root, lambda node: node):
        if _can_be_run(found.query):
            yield found


def excluding(query: Query, clause: str) -> str:
    """The query that is false wherever `clause` is true, printed."""
    return str(both([query.root, Not(parse(clause).root)]))


def _can_be_run(text: str) -> bool:
    try:
        parse(text)
    except QueryError:
        return False
    return True


def _changes(node: Node, put: _Put) -> Iterator[Stricter]:
    """`put`: the whole query with something else in the place of the node."""
    if isinstance(node, Or):
        yield from _fewer(node, put)
    elif isinstance(node, And):
        yield from _closer(node, put)
    elif isinstance(node, Near):
        for between in BETWEEN:
            if between < node.between:
                closer = put(replace(node, between=between))
                yield Stricter("near", (str(node.left), str(node.right)), str(closer), between)
    elif isinstance(node, Text) and not node.field:
        yield from _limited(node, put)


def _fewer(node: Or, put: _Put) -> Iterator[Stricter]:
    for at, part in enumerate(node.parts):
        rest = [*node.parts[:at], *node.parts[at + 1 :]]
        yield Stricter("without", (str(part),), str(put(either(rest))))
    if all(isinstance(part, Text) and not part.field for part in node.parts):
        titled = either([_titled(part) for part in node.parts if isinstance(part, Text)])
        yield Stricter("title", (str(node),), str(put(titled)))
    yield from _inside(node.parts, lambda parts: put(either(parts)))


def _closer(node: And, put: _Put) -> Iterator[Stricter]:
    """Each two of the clauses brought together."""
    placed = [at for at, part in enumerate(node.parts) if isinstance(part, Text | Or | Near)]
    for one, two in combinations(placed[:_PAIRS], 2):
        left, right = node.parts[one], node.parts[two]
        rest = [part for at, part in enumerate(node.parts) if at not in (one, two)]
        written = (str(left), str(right))
        for between in BETWEEN:
            near = put(both([Near(left, right, between, ordered=False), *rest]))
            yield Stricter("near", written, str(near), between)
        sentence = put(both([Sentence(left, right), *rest]))
        yield Stricter("sentence", written, str(sentence))
    yield from _inside(node.parts, lambda parts: put(both(parts)))


def _inside(parts: Sequence[Node], put: Callable[[list[Node]], Node]) -> Iterator[Stricter]:
    for at, part in enumerate(parts):

        def put_here(new: Node, at: int = at) -> Node:
            return put([*parts[:at], new, *parts[at + 1 :]])

        yield from _changes(part, put_here)


def _limited(node: Text, put: _Put) -> Iterator[Stricter]:
    written = node.surface
    yield Stricter("title", (written,), str(put(_titled(node))))
    if all(slot.kind == "word" for slot in node.slots):
        slots = tuple(slot._replace(kind="exact") for slot in node.slots)
        exact = replace(node, slots=slots, surface=f"={written}")
        yield Stricter("form", (written,), str(put(exact)))
        if written != written.lower():
            cased = replace(node, surface=f"case:{written}")
            yield Stricter("case", (written,), str(put(cased)))


def _titled(node: Text) -> Text:
    return replace(node, field="title")
