"""The words of a query, cut exactly as the words of a text are."""

import re

from reader.errors import QueryError
from reader.search.analysis import is_single, pieces
from reader.search.lexer import Lexeme
from reader.search.syntax import Slot, Text

_STAR, _MARK = "ꀀ", "ꀁ"
"""Two letters that stand in for * and ? while a word is cut; nobody writes them in news."""

_SHORTEST = {1: 3, 2: 5}
"""Letters that a word needs for so many typing errors."""


def clause(head: Lexeme, field: str, farthest: int) -> Text | None:
    """The words of one lexeme in `field` ("": the texts); None when it holds no word."""
    if head.kind == "phrase":
        return _phrase(head, field, farthest)
    if head.number is not None:
        return _fuzzy(head, field)
    slots = _slots(head, head.text)
    return Text(tuple(slots), 0, field, head.text) if slots else None


def _phrase(head: Lexeme, field: str, farthest: int) -> Text | None:
    between = head.number or 0
    if between > farthest:
        raise QueryError(f"~{between}: {farthest} words between are the most.", head.position)
    # Question marks end questions here, and an asterisk counts only behind the beginning of a word.
    slots = _slots(head, re.sub(r"(?<!\w)\*|\?", " ", head.text))
    if not slots:
        return None
    surface = f'"{head.text}"' + (f"~{between}" if between else "")
    return Text(tuple(slots), between if len(slots) > 1 else 0, field, surface)


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


def _slots(head: Lexeme, text: str) -> list[Slot]:
    if "*" not in text and "?" not in text:
        return [Slot("word", piece) for piece in pieces(text)]
    found = pieces(text.replace("*", _STAR).replace("?", _MARK))
    plain = [piece.replace(_STAR, "*").replace(_MARK, "?") for piece in found]
    if len(plain) > 1 and not plain[-1].strip("*") and is_single(plain[-2][0]):
        del plain[-1]  # 東京*: a run of such characters is found inside longer ones anyway
    for piece in plain:
        _check(head, piece, plain)
    return [Slot("glob" if set(piece) & set("*?") else "word", piece) for piece in plain]


def _check(head: Lexeme, piece: str, plain: list[str]) -> None:
    letters = re.sub(r"[*?]", "", piece)
    before = "".join(plain).split("*", 1)[0]
    if not letters and any(is_single(other[0]) for other in plain):
        raise QueryError(
            "In scripts without spaces each character is a word: "
            'instead of * or ? write "東 京"~3 for up to three characters between.',
            head.position,
        )
    if not letters or ("*" in piece and len(before.replace("?", "")) < 2):
        raise QueryError(
            f"“{head.text}” needs at least two letters before the asterisk.", head.position
        )
    if len("".join(plain).strip("*?")) < 2 or len(letters) + len(before) < 2:
        raise QueryError(f"“{head.text}” needs at least two letters.", head.position)
