"""Taking a part out of a query's text, so that what is left still says what it said before."""

from collections.abc import Sequence

from reader.domain.search import Clause

_NONE, _IMPLIED, _TIGHT = 0, 2, 4
_BINDING = {"OR": 1, "AND": 3}
"""How tightly operators hold two parts together. Nothing between them is AND; others bind more."""


def cut(query: str, clauses: Sequence[Clause], number: int) -> str:
    """The query without its clause `number`, the minus or NOT before it, and what joined it.

    Brackets that would be left empty, or around all that is left, go too. `clauses` are those of
    exactly this text.
    """
    first, last = number, number
    while True:
        first = _with_prefixes(clauses, first)
        before, after = _binding(clauses, first - 1), _binding(clauses, last + 1, ahead=True)
        if before >= after and _joins(clauses, first - 1):
            first -= 1
        elif _joins(clauses, last + 1) and after > before:
            last += 1
        if not _emptied(clauses, first, last):
            return _unwrapped(_without(query, clauses[first], clauses[last]))
        first, last = first - 1, last + 1


def _with_prefixes(clauses: Sequence[Clause], first: int) -> int:
    """NOT, a minus, FIRST/n and ATLEAST/n belong to what follows them."""
    while first and clauses[first - 1].kind == "operator" and _prefixes(clauses[first - 1]):
        first -= 1
    return first


def _prefixes(clause: Clause) -> bool:
    name = clause.value.partition("/")[0]
    return name in ("NOT", "-", "FIRST", "ATLEAST")


def _joins(clauses: Sequence[Clause], at: int) -> bool:
    return 0 <= at < len(clauses) and clauses[at].kind == "operator" and not _prefixes(clauses[at])


def _binding(clauses: Sequence[Clause], at: int, *, ahead: bool = False) -> int:
    """How tightly the neighbour at a place holds on to the clause."""
    if not 0 <= at < len(clauses):
        return _NONE
    if _joins(clauses, at):
        return _BINDING.get(clauses[at].value.partition("/")[0], _TIGHT)
    edge = clauses[at].kind == "bracket" and clauses[at].value.endswith(")" if ahead else "(")
    return _NONE if edge else _IMPLIED


def _emptied(clauses: Sequence[Clause], first: int, last: int) -> bool:
    """Whether nothing would be left between the brackets around the part."""
    if first == 0 or last + 1 >= len(clauses):
        return False
    before, after = clauses[first - 1], clauses[last + 1]
    brackets = before.kind == after.kind == "bracket"
    return brackets and before.value.endswith("(") and after.value.startswith(")")


def _without(query: str, first: Clause, last: Clause) -> str:
    left = query[: first.start].rstrip()
    if first.excluded and left.endswith("-") and left == query[: first.start]:
        left = left[:-1].rstrip()  # the minus, where it is no clause of its own
    right = query[last.end :].lstrip()
    glue = "" if not left or not right or left.endswith("(") or right.startswith(")") else " "
    return left + glue + right


def _unwrapped(text: str) -> str:
    """Without brackets around the whole of it."""
    depth, quoted = 0, False
    for at, char in enumerate(text):
        quoted ^= char == '"'
        depth += {"(": 1, ")": -1}.get(char, 0) * (not quoted)
        if depth == 0 and at < len(text) - 1:
            return text
    whole = text.startswith("(") and text.endswith(")") and depth == 0
    return _unwrapped(text[1:-1].strip()) if whole else text
