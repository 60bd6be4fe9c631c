"""The words of a query, cut exactly as the words of a text are."""

import re
from dataclasses import replace

from reader.domain.quoting import in_marks
from reader.errors import QueryError
from reader.search import patterns
from reader.search.analysis import is_single, pieces, wholes
from reader.search.lexer import Lexeme
from reader.search.syntax import Kind, Slot, Text, shown

_STAR, _MARK = "ꀀ", "ꀁ"
"""Two letters that stand in for * and ? while a word is cut; nobody writes them in news."""

_ADDRESS = re.compile(r"[a-z]+://", re.IGNORECASE)
_ALONE = re.compile(r"(?<=\w\s)\*(?=\s\w)")
_SHORTEST = {1: 3, 2: 5}
"""Letters that a word needs for so many typing errors."""


def clause(head: Lexeme, field: str, farthest: int, *, cased: bool = False) -> Text | None:
    """The words of one lexeme in `field` ("": the texts); None when it holds no word."""
    if cased:
        return _cased(head, field, farthest)
    if head.kind == "regex":
        slot = Slot("regex", patterns.folded(head.text, head.position))
        return Text((slot,), 0, field, f"/{head.text}/")
    if head.kind == "phrase":
        return _phrase(head, field, farthest, _slots(head, _quoted(head), "exact"))
    if head.number is not None:
        return _fuzzy(head, field)
    exact = head.kind == "exact"
    text = head.text.replace("?", " ") if _ADDRESS.match(head.text) else head.text
    slots = _slots(head, text, "exact" if exact else "word")
    return Text(tuple(slots), 0, field, "=" * exact + head.text) if slots else None


def _quoted(head: Lexeme) -> str:
    """A question mark counts only inside a word, for elsewhere it ends a question; of asterisks one
    beside a word."""
    alone = _ALONE.search(head.text)
    if alone:
        raise QueryError(
            "* stands for letters of a word. For any one word between, write the phrase without it "
            'and ~1 behind it: "a b"~1.',
            head.position + 1 + alone.start(),
        )
    question = r"\?" if _ADDRESS.match(head.text) else r"(?<!\w)\?|\?(?!\w)"
    return re.sub(rf"(?<!\w)(?:\*(?!\w)|(?<=\*)\*)|{question}", " ", head.text)


def _phrase(head: Lexeme, field: str, farthest: int, slots: list[Slot]) -> Text | None:
    between = head.number or 0
    if between > farthest:
        raise QueryError(f"~{between}: {farthest} words between are the most.", head.position)
    if not slots:
        return None
    surface = in_marks(head.text) + (f"~{between}" if between else "")
    return Text(tuple(slots), between if len(slots) > 1 else 0, field, surface)


def _cased(head: Lexeme, field: str, farthest: int) -> Text | None:
    """A compound is one word here, as it is written."""
    if head.kind == "regex" or (head.kind != "phrase" and head.number is not None):
        raise QueryError("case: takes words as they are: no ~ and no /…/.", head.position)
    if re.search(r"\w[*?]|[*?]\w", head.text) and head.kind != "phrase":
        raise QueryError("case: takes words as they are: no * and ?.", head.position)
    slots = [
        Slot("exact" if folded == folded.upper() else "cased", written)
        for folded, written in wholes(head.text)
    ]
    if head.kind == "phrase":
        found = _phrase(head, field, farthest, slots)
    else:
        found = Text(tuple(slots), 0, field, head.text) if slots else None
    return found and replace(found, surface=f"case:{found.surface}")


def _fuzzy(head: Lexeme, field: str) -> Text:
    edits, found = head.number or 0, pieces(head.text)
    if edits not in _SHORTEST:
        raise QueryError("The tilde after a word allows 1 or 2 typing errors: word~ or word~2.",
                         head.position)  # fmt: skip
    if len(found) != 1 or "*" in head.text or "?" in head.text:
        raise QueryError(
            "The tilde works on one plain word, without hyphens or * and ?.", head.position
        )
    if len(found[0]) < _SHORTEST[edits]:
        raise QueryError(
            f"“{head.text}” is too short for ~{edits}: it needs {_SHORTEST[edits]} letters.",
            head.position,
        )
    return Text((Slot("fuzzy", found[0], edits),), 0, field, f"{head.text}~{edits}")


def _slots(head: Lexeme, text: str, kind: Kind) -> list[Slot]:
    if "*" not in text and "?" not in text:
        return [Slot(kind, piece) for piece in pieces(text)]
    found = pieces(text.replace("*", _STAR).replace("?", _MARK))
    plain = [piece.replace(_STAR, "*").replace(_MARK, "?") for piece in found]
    if len(plain) > 1 and not plain[-1].strip("*") and is_single(plain[-2][0]):
        del plain[-1]  # 東京*: a run of such characters is found inside longer ones anyway
    for piece in plain:
        _check(head, piece, plain)
    # Beside a pattern every word of the same compound is exact, as it is inside the compound.
    return [Slot("glob" if set(piece) & set("*?") else "exact", piece) for piece in plain]


def _check(head: Lexeme, piece: str, plain: list[str]) -> None:
    letters = re.sub(r"[*?]", "", piece)
    if not letters and any(is_single(other[0]) for other in plain):
        raise QueryError(
            "In scripts without spaces each character is a word: "
            'instead of * or ? write "東 京"~3 for up to three characters between.',
            head.position,
        )
    if not letters or len(re.sub(r"[*?]", "", "".join(plain))) < 2:
        raise QueryError(f"“{shown(head.text)}” needs at least two letters.", head.position)
