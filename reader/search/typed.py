"""What stands in a search box, also while it cannot be run yet: nothing here ever raises.

Read with the same lexer as a query that is run. What that refuses (an open quotation mark, a field
without a value) becomes one part, so that it can be shown and completed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from reader.domain.search import Clause
from reader.errors import QueryError
from reader.search import lexer
from reader.search.lexer import Lexeme
from reader.search.syntax import OTHER_TEXT_FIELDS, TEXT_FIELDS

_PREFIX = re.compile(r"=?(?:([A-Za-z]+):(?!//))?")
_BROKEN = re.compile(r"[^\s()\"]+|.", re.DOTALL)
_BINDING = ("NEAR", "ONEAR", "SENT", "FIRST", "ATLEAST")
_FIELDS = frozenset((*lexer.FIELDS, "case"))


@dataclass(frozen=True, slots=True)
class Part:
    """`text[start:end]`, with a minus before it. `field`: its own, or that of a bracket around it.

    `kind`: as of a `Clause`. `value_at`: where the value begins, behind a field and a quotation
    mark; `own`: whether the field is written here. `depth`: the brackets around it. `beside`: an
    operator such as NEAR binds it, so that it is no condition of its own. `open`: its quotation
    mark is never closed. `broken`: it cannot be read yet.
    """

    start: int
    end: int
    kind: str
    value: str
    value_at: int
    field: str = ""
    own: bool = False
    excluded: bool = False
    depth: int = 0
    beside: bool = False
    open: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What is being typed: `typed` of it stands before the cursor; `start`, `end` to replace it.

    A "field" name; the "value" of `field`, with its quotation marks; or a "word" of the text, which
    `quoted` says is inside a phrase, and which a text field such as `title` may limit.
    """

    kind: Literal["field", "value", "word"]
    typed: str
    start: int
    end: int
    field: str = ""
    quoted: bool = False


def clauses(text: str) -> tuple[Clause, ...]:
    """The parts of a query as typed, in order; what cannot be read yet is a "word"."""
    return tuple(
        Clause(p.start, p.end, "word", text[p.start : p.end], "", p.excluded)
        if p.broken
        else Clause(p.start, p.end, p.kind, p.value, p.field, p.excluded)
        for p in parts(text)
    )


def context(text: str, cursor: int) -> Context:
    """What could be completed at the cursor, an offset in code points."""
    at = max(0, min(cursor, len(text)))
    found = parts(text)
    part = next((p for p in found if p.start < at <= p.end), None)
    if part is None or part.kind in ("bracket", "operator"):
        return _nothing(found, text, at)
    start = part.start + (text[part.start] == "-")
    if part.own and at < part.value_at and text[start:at].isalpha():
        return Context("field", text[start:at], start, text.index(":", start) + 1)
    if part.field in lexer.FIELDS and not _is_text(part.field):
        begin = text.index(":", start) + 1 if part.own else start
        return Context("value", text[part.value_at : at], begin, part.end, part.field, part.open)
    return _word(part, text, at)


def parts(text: str) -> list[Part]:
    """In order; what is between them is white space."""
    plain = lexer.readable(text)
    found = [*_Reading().read(_pieces(plain))]
    for at, part in enumerate(found):
        before = found[at - 1].value if at else ""
        after = found[at + 1].value if at + 1 < len(found) else ""
        if part.kind != "operator" and (_binds(before) or (_binds(after) and before != ")")):
            found[at] = replace(part, beside=True)
    return found


def _binds(value: str) -> bool:
    return value.partition("/")[0] in _BINDING


def _is_text(field: str) -> bool:
    return field in (*TEXT_FIELDS, *OTHER_TEXT_FIELDS)


def _nothing(found: list[Part], text: str, at: int) -> Context:
    """Between two parts: only brackets that are still open say what could stand here."""
    around = [""]
    for part in found:
        if part.kind == "bracket" and part.end <= at:
            if text[part.end - 1] in "(（":
                around.append(part.field)
            elif len(around) > 1:
                around.pop()
    field = around[-1]
    kind: Literal["value", "word"] = "value" if field and not _is_text(field) else "word"
    return Context(kind, "", at, at, field)


def _word(part: Part, text: str, at: int) -> Context:
    start, end = part.value_at, part.end
    quoted = part.open or part.kind == "phrase" or text[start - 1 : start] == '"'
    if quoted:
        start = max(start, *(text.rfind(space, start, at) + 1 for space in " \t\n"))
        end = next((i for i in range(at, end) if text[i].isspace() or text[i] == '"'), end)
    return Context("word", text[start:at], min(start, at), end, part.field, quoted)


def _pieces(text: str) -> Iterator[Part]:
    """Parts that do not know yet what is around them; a minus is a part of its own."""
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        found: list[Lexeme] = []
        try:
            end = lexer.read(text, position, found)
        except QueryError:
            part = _unread(text, position)
        else:
            part = _piece(text, found, position, end)
        yield part
        position = part.end


def _unread(text: str, start: int) -> Part:
    prefix = _PREFIX.match(text, start)
    name = prefix[1].lower() if prefix and prefix[1] else ""
    known = name in _FIELDS
    value_at = prefix.end() if prefix and (known or not name) else start
    opened = text[value_at : value_at + 1] == '"'
    broken = _BROKEN.match(text, start)
    end = len(text) if opened or broken is None else broken.end()
    value_at += opened
    return Part(
        start, end, "word", text[value_at:end], value_at, name if known else "", known,
        open=opened, broken=True,
    )  # fmt: skip


def _piece(text: str, found: list[Lexeme], start: int, end: int) -> Part:
    last = found[-1]
    field = next((one.text for one in found if one.kind in ("field", "case")), "")
    if last.kind in ("(", ")"):
        return Part(start, end, "bracket", last.text, last.position, field, bool(field))
    if last.kind == "-":
        return Part(start, end, "minus", "-", start)
    if last.kind not in ("word", "phrase", "exact", "regex"):
        name = last.kind if last.number is None else f"{last.kind}/{last.number}"
        return Part(start, end, "operator", name, start)
    phrase = last.kind == "phrase"
    value = last.text if phrase else text[last.position : end]
    kind = "filter" if field else "phrase" if phrase else "word"
    value_at = last.position + (phrase or last.kind == "exact")
    return Part(start, end, kind, value, value_at, field, bool(field))


class _Reading:
    """Adds to each piece what the pieces before it say about it."""

    def __init__(self) -> None:
        self._around: list[tuple[str, bool]] = [("", False)]
        self._minus = -1
        self._negated = self._before = False

    def read(self, pieces: Iterator[Part]) -> Iterator[Part]:
        for piece in pieces:
            if piece.kind == "minus":
                self._minus, self._negated = piece.start, not self._negated
            elif piece.kind == "operator":
                yield self._operator(piece)
            elif piece.kind == "bracket" and piece.value == ")":
                yield self._close(piece)
            else:
                yield self._leaf(piece)
        if self._minus >= 0:
            yield Part(self._minus, self._minus + 1, "word", "-", self._minus, broken=True)

    def _operator(self, piece: Part) -> Part:
        name = piece.value.split("/")[0]
        if name == "NOT":
            self._negated = not self._negated
        elif name in ("AND", "OR"):
            self._negated = False
        elif name in ("NEAR", "ONEAR", "SENT"):
            self._negated = self._before  # NOT binds all that NEAR joins
        return replace(piece, depth=len(self._around) - 1)

    def _close(self, piece: Part) -> Part:
        field, excluded = self._around.pop() if len(self._around) > 1 else self._around[0]
        self._negated, self._before = False, excluded != self._around[-1][1]
        return replace(piece, field=field, excluded=excluded, depth=len(self._around) - 1)

    def _leaf(self, piece: Part) -> Part:
        field, excluded = self._around[-1]
        made = replace(
            piece,
            start=piece.start if self._minus < 0 else self._minus,
            kind="filter" if field and piece.kind in ("word", "phrase") else piece.kind,
            field=piece.field or field,
            excluded=excluded != self._negated,
            depth=len(self._around) - 1,
        )
        if piece.kind == "bracket":
            self._around.append((made.field, made.excluded))
        self._minus, self._before, self._negated = -1, self._negated, False
        return made
