"""What stands in a search box, in parts: also while it cannot be run yet. Never raises.

The lexer of `reader.search` refuses what is unfinished; this reads the same words, and takes an
open quotation mark, a bracket or a field without a value for what it will probably become.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reader.search.lexer import FIELDS

QUOTES = "“”„‟«»‹›「」『』〝〞〟＂"
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in (0xFF07, 0xFF0D)} | {
    0x3000: " ",
    **dict.fromkeys(map(ord, QUOTES), '"'),
}

_END = r"(?=[\s()\"]|$)"
_PIECE = re.compile(
    rf"""
    (?P<operator> (?:AND|OR|NOT|SENT){_END} | (?:NEAR|ONEAR)(?:/\d+)?{_END}
        | (?:FIRST|ATLEAST)/\d+{_END} )
    | (?P<minus> -(?=[^\s\-)]) )
    | (?P<bracket> [()] )
    | (?P<field> [A-Za-z]+ ) : (?!//)
    | (?P<phrase> "[^"]*(?:"(?:~\d*)?|$) )
    | (?P<word> [^\s()"]+ )
    """,
    re.VERBOSE,
)
_VALUE = re.compile(r'(?P<phrase> "[^"]*(?:"(?:~\d*)?|$) ) | (?P<word> [^\s()"]* )', re.VERBOSE)
_KNOWN = frozenset((*FIELDS, "case"))


@dataclass(frozen=True, slots=True)
class Part:
    """`text[start:end]`, with the minus before it. `field` is that of a bracket around it, too.

    `kind`: "word", "phrase", "filter", "operator" or "bracket". `value` begins at `value_at`,
    without quotation marks. `depth` counts the brackets around it. `beside`: an operator such as
    NEAR or FIRST binds it, so that it is no condition of its own. `open`: its quotation mark is
    never closed.
    """

    start: int
    end: int
    kind: str
    value: str
    value_at: int
    field: str = ""
    excluded: bool = False
    depth: int = 0
    beside: bool = False
    open: bool = False


def parts(text: str) -> list[Part]:
    """In order; what is between them is white space."""
    found = [*_Reading().read(_pieces(text.translate(_PLAIN)))]
    for at, part in enumerate(found):
        before = found[at - 1].value if at else ""
        after = found[at + 1].value if at + 1 < len(found) else ""
        if part.kind != "operator" and (binds(before) or (binds(after) and before != ")")):
            found[at] = replace(part, beside=True)
    return found


def binds(value: str) -> bool:
    """Whether an operator makes one condition of what stands beside it."""
    return value.split("/")[0] in ("NEAR", "ONEAR", "SENT", "FIRST", "ATLEAST")


def _pieces(text: str) -> Iterator[Part]:
    """Parts that do not know yet what is around them; a minus is a part of its own."""
    position = 0
    while (piece := _PIECE.search(text, position)) is not None:
        kind = str(piece.lastgroup)
        if kind == "field" and piece["field"].lower() not in _KNOWN:
            word = _VALUE.match(text, piece.start())
            assert word is not None  # noqa: S101 - it matches anything, also nothing
            yield _leaf(piece.start(), word, "")
            position = max(word.end(), piece.end("field") + 1)
        elif kind == "field":
            made = _field(text, piece)
            yield made
            position = made.end
        elif kind in ("word", "phrase"):
            yield _leaf(piece.start(), piece, "")
            position = piece.end()
        else:
            yield Part(piece.start(), piece.end(), kind, piece.group(), piece.start())
            position = piece.end()


def _field(text: str, piece: re.Match[str]) -> Part:
    name, at = piece["field"].lower(), piece.end()
    if text[at : at + 1] == "(":
        return Part(piece.start(), at + 1, "bracket", "(", at, name)
    value = _VALUE.match(text, at)
    assert value is not None  # noqa: S101 - it matches anything, also nothing
    return _leaf(piece.start(), value, name)


def _leaf(start: int, value: re.Match[str], field: str) -> Part:
    quoted = value.lastgroup == "phrase"
    inside = re.sub(r'^"|"(?:~\d*)?$', "", value.group()) if quoted else value.group()
    kind = "filter" if field else ("phrase" if quoted else "word")
    unclosed = quoted and (value.group() == '"' or not re.search(r'"(~\d*)?$', value.group()[1:]))
    at = value.start() + quoted
    return Part(start, value.end(), kind, inside, at, field, open=unclosed)


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
            elif piece.value == ")" and piece.kind == "bracket":
                yield self._close(piece)
            else:
                yield self._leaf(piece)

    def _operator(self, piece: Part) -> Part:
        if piece.value == "NOT":
            self._negated = not self._negated
        elif piece.value in ("AND", "OR"):
            self._negated = False
        elif piece.value.split("/")[0] not in ("FIRST", "ATLEAST"):
            self._negated = self._before  # what is left of NEAR was not the whole of it
        start = piece.start if self._minus < 0 else self._minus
        self._minus = -1
        return replace(piece, start=start, depth=len(self._around) - 1)

    def _close(self, piece: Part) -> Part:
        field, excluded = self._around.pop() if len(self._around) > 1 else self._around[0]
        self._negated = False
        self._before = excluded != self._around[-1][1]
        return replace(piece, field=field, excluded=excluded, depth=len(self._around) - 1)

    def _leaf(self, piece: Part) -> Part:
        field, excluded = self._around[-1]
        start = piece.start if self._minus < 0 else self._minus
        made = replace(
            piece,
            start=start,
            kind="filter" if field and piece.kind in ("word", "phrase") else piece.kind,
            field=piece.field or field,
            excluded=excluded != self._negated,
            depth=len(self._around) - 1,
        )
        if piece.kind == "bracket":
            self._around.append((made.field, made.excluded))
        self._minus, self._before, self._negated = -1, self._negated, False
        return made
