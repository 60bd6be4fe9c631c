"""What a query says, as values that print back to the words of the query language.

Two queries are equal when they say the same; how they were written is kept only for printing.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import re2

from reader.domain.quoting import quoted

TEXT_FIELDS = ("title", "lead", "body")
"""Where a word without a field is looked for, all together the field "text" of a tree."""
OTHER_TEXT_FIELDS = ("author", "url")
ENTITY_FIELDS = ("entity", "type", "watchlist")
"""Filters that have places in the texts: their mentions."""
_SHOWN = 60
PATTERN_MEMORY = 2 << 20
"""Bytes that a compiled pattern may take."""


Kind = Literal["word", "exact", "glob", "fuzzy", "regex", "cased"]


class Slot(NamedTuple):
    """One word asked for. A `text` with a space is two neighbouring parts of one compound.

    "word": in any inflection of the document's language. "exact": this very form. "glob": with
    * and ?. "fuzzy": with up to `edits` typing errors. "regex": an RE2 pattern over one whole
    form. "cased": with these capitals, or with none when there are none.
    """

    kind: Kind
    text: str
    edits: int = 0

    @property
    def beginning(self) -> str:
        """Every form it accepts begins so; only for "exact" and "glob" is it ever something."""
        if self.kind == "glob":
            return re.split(r"[*?]", self.text, maxsplit=1)[0]
        return self.text if self.kind == "exact" else ""

    @property
    def expression(self) -> str:
        """What an RE2 engine must match over a whole form, for "glob" and "regex"."""
        if self.kind == "regex":
            return self.text
        # An asterisk never reaches over the space between two parts of a compound.
        kinds = {"*": "[^ ]*", "?": "[^ ]"}
        return "".join(kinds.get(c) or re2.escape(c) for c in re.sub(r"\*+", "*", self.text))


def joined(left: Slot, right: Slot) -> Slot | None:
    """How the two stand in one compound (`air-defence`), None when that cannot be said.

    Beside a pattern or an exact word, a word is taken exactly, too.
    """
    kinds = {left.kind, right.kind}
    if not kinds <= {"word", "exact", "glob"}:
        return None
    kind: Kind = "glob" if "glob" in kinds else "exact" if "exact" in kinds else "word"
    return Slot(kind, f"{left.text} {right.text}")


@lru_cache(maxsize=2_000)
def compiled(expression: str) -> Any:
    """The RE2 pattern; `re2.error` for what RE2 refuses, or what would take too much memory."""
    options = re2.Options()
    options.max_mem = PATTERN_MEMORY
    options.log_errors = False
    options.never_nl = True  # many forms, each on a line, can be searched at once
    return re2.compile(expression, options)


class Node:
    """A clause. `tight` says how tightly it binds, for brackets: 4 never needs them."""

    tight = 4

    def children(self) -> tuple["Node", ...]:
        return ()

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children():
            yield from child.walk()

    def inside(self, tight: int) -> str:
        return str(self) if self.tight >= tight else f"({self})"


@dataclass(frozen=True)
class Text(Node):
    """Words in this order, up to `between` others between neighbours; no field: all the texts."""

    slots: tuple[Slot, ...]
    between: int = 0
    field: str = ""
    surface: str = dataclasses.field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.field}:{self.surface}" if self.field else self.surface


@dataclass(frozen=True)
class Where(Node):
    """A property of the article that is not text: `tag:libya`."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{quoted(self.value)}"


@dataclass(frozen=True)
class When(Node):
    """`date:`, `last:` or `seen:` as written; what it means depends on now and the zone."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"


@dataclass(frozen=True)
class Near(Node):
    left: Node
    right: Node
    between: int
    ordered: bool

    tight = 3

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def __str__(self) -> str:
        name = "ONEAR" if self.ordered else "NEAR"
        return f"{self.left.inside(3)} {name}/{self.between} {self.right.inside(4)}"


@dataclass(frozen=True)
class Sentence(Node):
    """Both in one sentence."""

    left: Node
    right: Node

    tight = 3

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def __str__(self) -> str:
        return f"{self.left.inside(3)} SENT {self.right.inside(4)}"


@dataclass(frozen=True)
class First(Node):
    """Within the first `words` words of a field."""

    words: int
    child: Node

    def children(self) -> tuple[Node, ...]:
        return (self.child,)

    def __str__(self) -> str:
        return f"FIRST/{self.words} {self.child.inside(4)}"


@dataclass(frozen=True)
class AtLeast(Node):
    """At least so many times, all fields together."""

    times: int
    child: Node

    def children(self) -> tuple[Node, ...]:
        return (self.child,)

    def __str__(self) -> str:
        return f"ATLEAST/{self.times} {self.child.inside(4)}"


@dataclass(frozen=True)
class Not(Node):
    child: Node

    tight = 2

    def children(self) -> tuple[Node, ...]:
        return (self.child,)

    def __str__(self) -> str:
        return f"NOT {self.child.inside(3)}"


@dataclass(frozen=True)
class And(Node):
    parts: tuple[Node, ...]

    tight = 1

    def children(self) -> tuple[Node, ...]:
        return self.parts

    def __str__(self) -> str:
        return " ".join(part.inside(2) for part in self.parts)


@dataclass(frozen=True)
class Or(Node):
    parts: tuple[Node, ...]

    tight = 0

    def children(self) -> tuple[Node, ...]:
        return self.parts

    def __str__(self) -> str:
        return " OR ".join(part.inside(1) for part in self.parts)


def shown(text: str) -> str:
    """As a sentence about a query quotes it: nobody reads the rest."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def both(parts: list[Node]) -> Node:
    """All of `parts` (at least one), flat."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(parts: list[Node]) -> Node:
    """Any of `parts` (at least one), flat."""
    flat = [p for part in parts for p in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negated(part: Node) -> Node:
    return part.child if isinstance(part, Not) else Not(part)


def finds(node: Node) -> bool:
    """Whether it says what to look for, and not only what to leave out."""
    if isinstance(node, Not):
        return False
    if isinstance(node, Or):
        return all(finds(part) for part in node.parts)
    return not isinstance(node, And) or any(finds(part) for part in node.parts)


def sought(node: Node) -> Iterator[Node]:
    """Every clause that can make it true; never what is only excluded."""
    if isinstance(node, Not):
        return
    yield node
    for child in node.children():
        yield from sought(child)
