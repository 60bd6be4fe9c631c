"""How lexemes make a query: binding, brackets, and every refusal that needs more than one lexeme.

Binding, tightest first: field and brackets, NEAR, ONEAR and SENT, NOT, AND (or nothing), OR.
"""

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import NamedTuple

from reader.errors import QueryError
from reader.search import dates, lexer, words
from reader.search.lexer import Lexeme
from reader.search.syntax import (
    ENTITY_FIELDS,
    OTHER_TEXT_FIELDS,
    AtLeast,
    First,
    Near,
    Node,
    Or,
    Sentence,
    Text,
    When,
    Where,
    both,
    either,
    negated,
    shown,
)

MOST_TERMS = 1_000
DEEPEST = 40
FARTHEST = 1_000
"""Words between, at most, in NEAR and in a loose phrase."""

_REPEATED = ("AND", "OR", "NEAR", "ONEAR", "SENT")


class Scope(NamedTuple):
    """What stands before the brackets around a clause: `title:`, `case:`."""

    field: str = ""
    cased: bool = False


class Parser:
    """Recursive descent. A method returns None for a clause that holds no word, as in `a & b`."""

    def __init__(
        self, found: list[Lexeme], length: int, now: datetime, zone: tzinfo | None
    ) -> None:
        self._lexemes = found
        self._at = 0
        self._length = length
        self._now = now
        self._zone = zone
        self._terms = 0
        self._depth = 0

    def query(self) -> Node:
        if not self._lexemes:
            raise QueryError("Nothing to search for yet: type a word.")
        root = self._any(Scope())
        left = self._peek()
        if left:
            raise QueryError("This closing bracket has no opening one.", left.position)
        if root is None:
            raise QueryError("There is no word in this search: only signs.", 0)
        return root

    def _any(self, scope: Scope) -> Node | None:
        return self._joined("OR", lambda: self._all(scope), either)

    def _joined(
        self, name: str, part: Callable[[], Node | None], join: Callable[[list[Node]], Node]
    ) -> Node | None:
        first = part()
        if not self._is(name):
            return first
        parts = [self._needed(first, name)]
        while self._is(name):
            self._take()
            parts.append(self._needed(part(), name))
        return join(parts)

    def _all(self, scope: Scope) -> Node | None:
        parts = [self._excluded(scope)]
        while (head := self._peek()) and head.kind not in (")", "OR"):
            if head.kind == "AND":
                self._take()
            parts.append(self._excluded(scope))
        real = [part for part in parts if part is not None]
        return both(real) if real else None

    def _excluded(self, scope: Scope) -> Node | None:
        head = self._peek()
        if not head or head.kind not in ("NOT", "-"):
            return self._near(scope)
        self._take()
        with self._deeper(head):
            return negated(self._needed(self._excluded(scope), head.text))

    def _near(self, scope: Scope) -> Node | None:
        left = self._atom(scope)
        while (head := self._peek()) and head.kind in ("NEAR", "ONEAR", "SENT"):
            self._take()
            left = self._close(head, left, self._atom(scope), scope)
        return left

    def _close(self, head: Lexeme, left: Node | None, right: Node | None, scope: Scope) -> Node:
        sentence = head.kind == "SENT"
        between = 0 if sentence else self._number(head, "NEAR/5: up to five words between")
        first, second = self._needed(left, head.text), self._needed(right, head.text)
        fields = _placed(first, head) | _placed(second, head)
        if len(fields) > 1:
            raise QueryError(
                f"Both sides of {head.kind} must look in the same field: title:(a {head.text} b).",
                head.position,
            )
        _check_mentions((first, second), fields, head, scope)
        if not sentence:
            return Near(first, second, between, head.kind == "ONEAR")
        if fields & set(OTHER_TEXT_FIELDS):
            raise QueryError("SENT works in title, lead and body only.", head.position)
        return Sentence(first, second)

    def _atom(self, scope: Scope) -> Node | None:
        head = self._take()
        if head is None:
            before = self._lexemes[-1]
            raise QueryError(f"There is nothing after {before.text}.", self._length)
        if head.kind == "(":
            return self._group(head, scope)
        if head.kind == "field":
            return self._atom(Scope(head.text, scope.cased))
        if head.kind == "case":
            return self._atom(Scope(scope.field, cased=True))
        if head.kind in ("FIRST", "ATLEAST"):
            return self._counted(head, scope)
        if head.kind in ("word", "phrase", "exact", "regex"):
            return self._leaf(head, scope)
        raise QueryError(_misplaced(head, self._at == 1), head.position)

    def _group(self, head: Lexeme, scope: Scope) -> Node | None:
        if self._is(")"):
            raise QueryError("There is nothing between these brackets.", head.position)
        if scope.field in lexer.TIMES:
            raise QueryError(f"{scope.field}: takes one value, no brackets.", head.position)
        with self._deeper(head):
            inside = self._any(scope)
        if not self._is(")"):
            raise QueryError("This bracket is never closed.", head.position)
        self._take()
        return inside

    def _counted(self, head: Lexeme, scope: Scope) -> Node:
        number = self._number(head, f"{head.kind}/3")
        with self._deeper(head):
            child = self._needed(self._atom(scope), head.text)
        if not number:
            raise QueryError(f"{head.text} can never be true: begin at 1.", head.position)
        if isinstance(child, AtLeast):
            raise QueryError(f"{head.kind} cannot count ATLEAST.", head.position)
        _check_mentions((child,), _placed(child, head), head, scope)
        return First(number, child) if head.kind == "FIRST" else AtLeast(number, child)

    def _leaf(self, head: Lexeme, scope: Scope) -> Node | None:
        field = scope.field
        if field in lexer.TIMES:
            node: Node | None = self._when(head, field)
        elif field in lexer.STATES or field in lexer.NAMES:
            node = _where(head, field)
        else:
            node = words.clause(head, field, FARTHEST, cased=scope.cased)
        self._terms += len(node.slots) if isinstance(node, Text) else 1
        if self._terms > MOST_TERMS:
            raise lexer.too_many()
        return node

    def _when(self, head: Lexeme, field: str) -> When:
        try:
            dates.resolve(field, head.text, self._now, self._zone)
        except QueryError as problem:
            raise QueryError(str(problem), head.position) from None
        return When(field, head.text)

    def _number(self, head: Lexeme, example: str) -> int:
        if head.number is None:
            raise QueryError(f"{head.kind} needs a number: {example}.", head.position)
        if head.number > FARTHEST:
            raise QueryError(f"{shown(head.text)}: {FARTHEST} is the most.", head.position)
        return head.number

    def _needed(self, part: Node | None, operator: str) -> Node:
        if part is not None:
            return part
        position = self._lexemes[max(0, self._at - 1)].position
        raise QueryError(f"{operator} needs a word on each side that it joins.", position)

    def _deeper(self, head: Lexeme) -> "_Depth":
        return _Depth(self, head)

    def _peek(self) -> Lexeme | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def _is(self, kind: str) -> bool:
        head = self._peek()
        return head is not None and head.kind == kind

    def _take(self) -> Lexeme | None:
        head = self._peek()
        self._at += head is not None
        return head

    def shift(self, by: int, head: Lexeme) -> None:
        self._depth += by
        if self._depth > DEEPEST:
            raise QueryError(
                f"Brackets and NOTs are nested more than {DEEPEST} deep: simplify this search.",
                head.position,
            )


class _Depth:
    def __init__(self, parser: Parser, head: Lexeme) -> None:
        self._parser = parser
        self._head = head

    def __enter__(self) -> None:
        self._parser.shift(1, self._head)

    def __exit__(self, *_: object) -> None:
        self._parser.shift(-1, self._head)


def _where(head: Lexeme, field: str) -> Where:
    value = " ".join(head.text.split())
    if head.number is not None:
        raise QueryError(f"{field}: takes a name as it is, without a tilde.", head.position)
    known = lexer.STATES.get(field)
    if known and value.lower() not in known:
        raise QueryError(f"{field}: knows {', '.join(known)}; not “{shown(value)}”.", head.position)
    if not value:
        raise QueryError(f"{field}: needs a name between the quotation marks.", head.position)
    if head.kind == "word" and "*" in value:
        raise QueryError(f"{field}: takes a whole name; * is for words of the text.", head.position)
    return Where(field, value.lower() if known else value)


def _placed(node: Node, head: Lexeme) -> set[str]:
    """The field in which `node` has places ("" for all texts), none for mentions alone."""
    if isinstance(node, Text):
        return {node.field}
    if isinstance(node, Or | Near | Sentence | First):
        found = {field for child in node.children() for field in _placed(child, head)}
        if len(found) <= 1:
            return found
        raise QueryError(f"{head.kind} cannot join different fields.", head.position)
    if isinstance(node, Where) and node.field in ENTITY_FIELDS:
        return set()
    raise QueryError(
        f"Beside {head.kind} stand words, phrases, entity:, and such joined by OR in brackets.",
        head.position,
    )


def _check_mentions(parts: tuple[Node, ...], fields: set[str], head: Lexeme, scope: Scope) -> None:
    """Mentions stand in title, lead and body, and only words say in which of them to look."""
    found = next((n for p in parts for n in p.walk() if isinstance(n, Where)), None)
    if found is None:
        return
    if fields & set(OTHER_TEXT_FIELDS):
        raise QueryError(
            f"{found.field}: has places in title, lead and body only, not in {min(fields)}:.",
            head.position,
        )
    if scope.field and not fields:
        raise QueryError(
            f"{scope.field}: limits words, not {found.field}:. Put a word beside {head.kind}, or "
            f"leave {scope.field}: out.",
            head.position,
        )


def _misplaced(head: Lexeme, first: bool) -> str:
    if head.kind == ")":
        return "There is a word missing before this bracket, or the bracket is one too many."
    if head.kind in _REPEATED:
        where = "" if first else ", between two operators"
        return (
            f"There is a word missing before {head.text}{where}. "
            f'To search for the word itself, write "{head.text}" in quotation marks.'
        )
    return f"{head.text} cannot stand here: it belongs before a word."
