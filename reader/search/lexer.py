"""A typed query as a row of lexemes. Only this module knows how operators and fields are spelled.

Quotation marks of other languages and full-width forms work like their ASCII relatives. Each
lexeme carries its offset in what was typed, so that a refusal can point at it.
"""

import re
from difflib import get_close_matches
from typing import NamedTuple

from reader.errors import QueryError
from reader.search.syntax import OTHER_TEXT_FIELDS, TEXT_FIELDS

NAMES = ("feed", "folder", "outlet", "lang", "tag", "note", "entity", "type", "watchlist")
STATES = {"is": ("unread", "read", "starred"), "has": ("note", "revision")}
TIMES = ("date", "last", "seen")
FIELDS = (*TEXT_FIELDS, *OTHER_TEXT_FIELDS, *NAMES, *STATES, *TIMES)

MOST_CHARACTERS = 50_000
MOST_LEXEMES = 4_000

_ALSO = {
    "source": "feed", "site": "url", "host": "url", "domain": "url", "from": "feed", "by": "author",
    "headline": "title", "intitle": "title", "summary": "lead", "text": "body", "content": "body",
    "language": "lang", "label": "tag", "person": "entity", "before": "date", "after": "date",
    "since": "date", "published": "date", "list": "watchlist", "publisher": "outlet",
}  # fmt: skip
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»‹›「」『』〝〞〟"), '"')
_PLAIN = {code: value for code, value in _WIDE.items() if code not in (0xFF07, 0xFF0D)} | _QUOTES

_SPACE = re.compile(r"\s+")
_END = r"(?=[\s()\"]|$)"
_OPERATOR = re.compile(rf"(AND|OR|NOT|SENT){_END}|(NEAR|ONEAR|FIRST|ATLEAST)(?:/(\d+))?{_END}")
_FIELD = re.compile(r"([A-Za-z]+):(?!//)(?=(\S?))")
_PHRASE = re.compile(r'"([^"]*)"(?:~(\d*))?')
_PATTERN = re.compile(rf"/(?:[^/\s\\]|\\.)+/{_END}")
_WORD = re.compile(r'[^\s()"]+')
_FUZZY = re.compile(r"(.*\w)~(\d*)", re.DOTALL)


class Lexeme(NamedTuple):
    """`kind`: "(", ")", "-", "field", "phrase", "word", or an operator's name.

    `number` is what follows a slash or a tilde, None without one; 1 for a tilde alone.
    """

    kind: str
    text: str
    position: int
    number: int | None = None


def lexemes(typed: str) -> list[Lexeme]:
    """QueryError for what can never be read: open quotes, unknown fields, far too much."""
    if len(typed) > MOST_CHARACTERS:
        raise QueryError(
            f"This search has {len(typed):,} characters; {MOST_CHARACTERS:,} are the most. "
            "Split it into several saved searches."
        )
    text = typed.translate(_PLAIN)
    found: list[Lexeme] = []
    position = 0
    while position < len(text):
        space = _SPACE.match(text, position)
        if space:
            position = space.end()
            continue
        position = _next(text, position, found)
        if len(found) > MOST_LEXEMES:
            raise too_many()
    return found


def too_many() -> QueryError:
    return QueryError(
        "This search has more than 1,000 words. Put the names into a watchlist and search for "
        "watchlist:NAME, or split it into several saved searches."
    )


def _next(text: str, position: int, found: list[Lexeme]) -> int:
    """Reads one lexeme (a field brings its value along); returns where the next may begin."""
    operator = _OPERATOR.match(text, position)
    if operator and not (operator[2] in ("FIRST", "ATLEAST") and operator[3] is None):
        found.append(_operator(operator))
        return operator.end()
    if text[position] == "-" and re.match(r"-[^\s\-)]", text[position : position + 2]):
        found.append(Lexeme("-", "-", position))
        return position + 1
    field = _FIELD.match(text, position)
    if field and _is_field(field, position):
        found.append(Lexeme("field", field[1].lower(), position))
        if text[field.end()] in '("':
            return _value(text, field.end(), found)
        return _word(text, field.end(), found)
    _refuse_later(text, position)
    return _value(text, position, found)


def _operator(found: re.Match[str]) -> Lexeme:
    number = int(found[3][:9]) if found[3] else None
    return Lexeme(found[1] or found[2], found.group(), found.start(), number)


def _is_field(found: re.Match[str], position: int) -> bool:
    name, value = found[1].lower(), found[2]
    if name in FIELDS:
        if value in ("", ")"):
            raise QueryError(f"{name}: needs its word right after the colon.", position)
        return True
    if name == "case" and value:
        raise QueryError("case: is not available yet: leave it out to search.", position)
    if not value or found[1] != name:
        return False  # "Libya: …" or "Reuters:Libya" is text
    near = _ALSO.get(name) or next(iter(get_close_matches(name, FIELDS, 1, 0.6)), "")
    hint = f"Did you mean {near}:? " if near else ""
    raise QueryError(
        f"There is no field {name}:. {hint}To search for it as text, put it in quotation marks.",
        position,
    )


def _refuse_later(text: str, position: int) -> None:
    """What the language will have; `=word` it has already, for every word means its very form."""
    if _PATTERN.match(text, position):
        raise QueryError(
            "Regular expressions (/…/) are not available yet: use * and ? in words.", position
        )


def _value(text: str, position: int, found: list[Lexeme]) -> int:
    if text[position] in "()":
        found.append(Lexeme(text[position], text[position], position))
        return position + 1
    if text[position] != '"':
        return _word(text, position, found)
    phrase = _PHRASE.match(text, position)
    if not phrase:
        raise QueryError("This quotation mark is never closed.", position)
    number = _tilde(phrase[2], position + len(phrase[1]) + 2, "a phrase", 'as in "a b"~3')
    found.append(Lexeme("phrase", phrase[1], position, number))
    return phrase.end()


def _word(text: str, position: int, found: list[Lexeme]) -> int:
    word = _WORD.match(text, position)
    if not word:  # a bracket or quotation mark right after a field's colon
        return _value(text, position, found)
    fuzzy = _FUZZY.fullmatch(word.group())
    if fuzzy:
        found.append(Lexeme("word", fuzzy[1], position, int(fuzzy[2][:9] or 1)))
    else:
        found.append(Lexeme("word", word.group(), position))
    return word.end()


def _tilde(digits: str | None, position: int, what: str, example: str) -> int | None:
    if digits is None:
        return None
    if not digits:
        raise QueryError(f"The tilde after {what} needs a number, {example}.", position)
    return int(digits[:9])
