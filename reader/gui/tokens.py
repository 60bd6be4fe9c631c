"""How a query is shown as tokens: which parts become chips, and what stands on them.

The text is the truth; chips are a way to look at it. Pure values, no widgets. Offsets into the
text count code points; places in Qt's document count UTF-16 units, and a chip is one of them.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from reader.domain.languages import language_name
from reader.domain.search import Clause
from reader.gui import words

MOST = 60
"""Chips at most; what is longer than a person reads stays text."""
_QUOTES = '"”“„‟»«›」』〞＂'


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the query: a chip, or (without `clause`) text that is being written."""

    text: str
    clause: Clause | None = None

    @property
    def units(self) -> int:
        """How much of Qt's document it takes."""
        return 1 if self.clause else words.units(self.text, len(self.text))


class Pieces(tuple[Piece, ...]):
    """A whole query in order."""

    __slots__ = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self)

    def place(self, offset: int) -> int:
        """Where in the document an offset into the text is; inside a chip: behind it."""
        place = 0
        for piece in self:
            if offset <= 0:
                break
            inside = piece.clause is None and offset < len(piece.text)
            place += words.units(piece.text, offset) if inside else piece.units
            offset -= len(piece.text)
        return place

    def offset(self, place: int) -> int:
        """The offset into the text of a place in the document; `place(offset(p))` is p."""
        offset = 0
        for piece in self:
            if place < piece.units:
                return offset + _points(piece.text, place)
            place -= piece.units
            offset += len(piece.text)
        return offset

    def chips(self) -> list[tuple[int, Clause]]:
        """Every chip with its place in the document."""
        found, place = [], 0
        for piece in self:
            if piece.clause:
                found.append((place, piece.clause))
            place += piece.units
        return found


def pieces(text: str, chips: Iterable[Clause]) -> Pieces:
    """`text` with these clauses, which must not overlap, as chips."""
    found: list[Piece] = []
    at = 0
    for clause in sorted(chips, key=lambda c: c.start):
        if clause.start > at:
            found.append(Piece(text[at : clause.start]))
        found.append(Piece(text[clause.start : clause.end], clause))
        at = clause.end
    if at < len(text):
        found.append(Piece(text[at:]))
    return Pieces(found)


def is_token(clause: Clause, text: str) -> bool:
    """Whether it is finished and worth a chip: a phrase, or a field with its value.

    Plain words stay text: they are what is written and changed most.
    """
    raw = text[clause.start : clause.end]
    if not clause.value.strip() or sum(char in _QUOTES for char in raw) % 2:
        return False
    own = raw.lstrip("-").lower().startswith(f"{clause.field}:")  # and not that of a bracket
    return clause.kind == "phrase" or (clause.kind == "filter" and own)


def folded(
    text: str, clauses: Sequence[Clause], caret: int | None, kept: Collection[tuple[int, int]]
) -> Pieces:
    """The query as it is shown: what the caret touches stays text unless it is a chip already.

    `caret` None: nothing is being written. `kept`: (start, end) of those that are chips now.
    """
    tokens = [clause for clause in clauses if is_token(clause, text)]
    if len(tokens) > MOST:
        return pieces(text, ())

    def touched(clause: Clause) -> bool:
        return caret is not None and clause.start <= caret <= clause.end

    return pieces(text, (c for c in tokens if (c.start, c.end) in kept or not touched(c)))


def moved(clauses: Sequence[Clause], old: str, new: str) -> tuple[Clause, ...]:
    """The clauses of `old` that are surely still in `new`: those beside what was changed."""
    before = _common(old, new)
    after = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - before)
    shift = len(new) - len(old)
    kept = []
    for clause in clauses:
        if clause.end <= before:
            kept.append(clause)
        elif clause.start >= len(old) - after:
            kept.append(replace(clause, start=clause.start + shift, end=clause.end + shift))
    return tuple(kept)


def caption(
    clause: Clause, raw: str, label: Callable[[str, str], str] = lambda _field, value: value
) -> tuple[str, str]:
    """What stands on a chip: a small word for what it is, and what it says. `raw`: as written.

    `label(field, value)` is what the library calls a value.
    """
    name = clause.type if clause.field == "entity" and clause.type else clause.field
    value = " ".join(clause.value.split())
    if clause.kind == "phrase":
        slop = raw.rpartition("~")[2] if raw[-1:].isdigit() else ""
        value = f"“{value}”" + (f" ~{slop}" if slop else "")
    elif clause.field == "feed" and "://" in value:
        value = label("feed", value)  # of an address a person makes little
    elif clause.field in _SAID:
        value = _SAID[clause.field](value)
    name = _NAMES.get(name, name)
    minus = clause.excluded and raw.startswith("-")  # else a NOT before it says so
    return (f"not {name}".strip() if minus else name), value


def _age(value: str) -> str:
    """ "30d" is "30 days"."""
    found = re.fullmatch(r"(\d+)([a-z]+)", value)
    unit = _UNITS.get(found[2], "") if found else ""
    return words.counted(int(found[1]), unit) if found and unit else value


_NAMES = {"lang": "language", "url": "address", "seen": "first seen"}
_UNITS = {"min": "minute", "h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}
_SAID: dict[str, Callable[[str], str]] = {
    "last": _age,
    "seen": _age,
    "lang": language_name,
    "date": lambda value: value.replace("..", " – ").strip(),
}


def _common(a: str, b: str) -> int:
    """How many characters both begin with; by halves, for a query can be very long."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _points(text: str, units: int) -> int:
    """Code points in the first `units` UTF-16 units."""
    if text.isascii():
        return units
    seen = 0
    for count, char in enumerate(text):
        if seen >= units:
            return count
        seen += 2 if ord(char) > 0xFFFF else 1
    return len(text)
