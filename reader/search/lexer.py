"""A typed query as a row of lexemes. Only this module knows how operators and fields are spelled.

Quotation marks of other languages and full-width forms work like their ASCII relatives. Each
lexeme carries its offset in what was typed, so that a refusal can point at it.
"""

import re
from difflib import get_close_matches
from typing import NamedTuple

from reader.domain.quoting import kept_apart, plain_marks, unmarked
from reader.errors import QueryError
from reader.search.syntax import OTHER_TEXT_FIELDS, TEXT_FIELDS, shown

NAMES = ("feed", "folder", "outlet", "lang", "tag", "note", "entity", "type", "watchlist")
STATES = {"is": ("unread", "read", "starred"), "has": ("note", "revision")}
TIMES = ("date", "last", "seen")
FIELDS = (*TEXT_FIELDS, *OTHER_TEXT_FIELDS, *NAMES, *STATES, *TIMES)

_TEXTS = (*TEXT_FIELDS, *OTHER_TEXT_FIELDS)

MOST_CHARACTERS = 50_000
MOST_LEXEMES = 4_000

_ALSO = {
    "source": "feed", "site": "url", "host": "url", "domain": "url", "from": "feed", "by": "author",
    "headline": "title", "intitle": "title", "summary": "lead", "text": "body", "content": "body",
    "language": "lang", "label": "tag", "person": "entity", "before": "date", "after": "date",
    "since": "date", "published": "date", "list": "watchlist", "publisher": "outlet",
    "hd": "title", "hlp": "lead", "la": "lang", "sn": "outlet",
}  # fmt: skip
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_PLAIN = {code: value for code, value in _WIDE.items() if code not in (0xFF07, 0xFF0D)}

_SPACE = re.compile(r"\s+")
_END = r"(?=[\s()\"]|$)"
_OPERATOR = re.compile(
    rf"(AND|OR|NOT|SENT|&&|\|\|){_END}"
    rf"|(NEAR|ONEAR|FIRST|ATLEAST)(?:/(\d+))?{_END}|((?i:o?near))/(\d+){_END}"
)
_SIGNS = {"&&": "AND", "||": "OR"}
_ELSEWHERE = re.compile(rf"(?i:(w|pre|within)/(\d+)|(near|adj|atleast)/?(\d+)){_END}|(ADJ){_END}")
_EQUALS = re.compile(r"([A-Za-z]{2,12})=(?=[\w\"(])")
_UNNUMBERED = re.compile(r"(O?NEAR|ATLEAST|FIRST(?=/(?:[^\w]|\d|$)))/[^\s()\"]*")
_NEGATED = re.compile(r"!+(?=[\w\"(])")
_BAR = re.compile(r"[^\s()\"|]*\|+(?=\s*[\w\"(*?])")
_SPACED_PATTERN = re.compile(r"/[^/\s()\"]+(?: [^/\s()\"]+)*? [^/\s()\"]+/(?=[\s()]|$)")
_FIELD = re.compile(r"([A-Za-z]+):(?!//)(?=(\S?))")
_PHRASE = re.compile(r'"((?:[^"]|"")*)"(?!")(?:~(\d*))?')
_PATTERN = re.compile(rf"/((?:[^/\s\\]|\\[^\s])+)/{_END}")
_WORD = re.compile(r'[^\s()"]+')
_FUZZY = re.compile(r"(.*\w)~(\d*)", re.DOTALL)


class Lexeme(NamedTuple):
    """`kind`: "(", ")", "-", "field", "case", "phrase", "word", "exact", "regex", or an operator.

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
    text = readable(typed)
    found: list[Lexeme] = []
    position = 0
    while position < len(text):
        space = _SPACE.match(text, position)
        if space:
            position = space.end()
            continue
        position = read(text, position, found)
        if len(found) > MOST_LEXEMES:
            raise too_many()
    return found


def too_many() -> QueryError:
    return QueryError(
        "This search has more than 1,000 words. Put the names into a watchlist and search for "
        "watchlist:NAME, or split it into several saved searches."
    )


def readable(typed: str) -> str:
    """What `read` reads of a query, character for character."""
    return plain(kept_apart(typed))


def plain(typed: str) -> str:
    """The same text, character for character, with ASCII quotation marks, colons and brackets."""
    return plain_marks(typed).translate(_PLAIN)


def read(text: str, position: int, found: list[Lexeme]) -> int:
    """Reads one lexeme (a field brings its value along); returns where the next may begin.

    `text` is plain, and has no white space at `position`.
    """
    operator = _OPERATOR.match(text, position)
    if operator and not (operator[2] in ("FIRST", "ATLEAST") and operator[3] is None):
        found.append(_operator(operator))
        return operator.end()
    if text[position] == "-" and re.match(r"-[^\s\-)]", text[position : position + 2]):
        found.append(Lexeme("-", "-", position))
        return position + 1
    field = _FIELD.match(text, position)
    if field and _is_field(field, position):
        return _field(text, field, found)
    _refuse_others(text, position)
    return _modified(text, position, found)


def _operator(found: re.Match[str]) -> Lexeme:
    digits = found[3] or found[5]
    name = found[1] or found[2] or found[4].upper()
    number = int(digits[:9]) if digits else None
    return Lexeme(_SIGNS.get(name, name), found.group(), found.start(), number)


def _field(text: str, found: re.Match[str], lexemes: list[Lexeme]) -> int:
    name = found[1].lower()
    if name not in TIMES and re.match(r"-+[\w\"(]", text[found.end() : found.end() + 9]):
        raise QueryError(
            f"To exclude, the - stands before the field: -{name}:. To search for it, put the word "
            "in quotation marks.",
            found.end(),
        )
    lexemes.append(Lexeme("case" if name == "case" else "field", name, found.start()))
    if name in _TEXTS or name == "case":
        _refuse_signs(text, found.end())
        return _modified(text, found.end(), lexemes)
    return _value(text, found.end(), lexemes)


def _modified(text: str, position: int, found: list[Lexeme]) -> int:
    """A value in the texts, which may be exact, cased, or a regular expression."""
    pattern = _PATTERN.match(text, position)
    if pattern:
        found.append(Lexeme("regex", pattern[1], position))
        return pattern.end()
    inner = _FIELD.match(text, position)
    before = found[-1].kind if found else ""
    if inner and inner[1].lower() in (_TEXTS if before == "case" else ("case",)):
        _is_field(inner, position)
        return _field(text, inner, found)
    if text[position] != "=":
        return _value(text, position, found)
    if text[position + 1 : position + 2] == "(":
        raise QueryError("= belongs to one word: write =a =b, or quote the words.", position)
    if text[position + 1 : position + 2] == '"':
        return _value(text, position + 1, found)  # a phrase is exact as it is
    end = _word(text, position, found)
    last = found[-1]
    if last.kind == "word" and len(last.text) > 1:
        found[-1] = last._replace(kind="exact", text=last.text[1:])
    return end


def _is_field(found: re.Match[str], position: int) -> bool:
    name, value = found[1].lower(), found[2]
    if name in FIELDS or name == "case":
        if value in ("", ")"):
            raise QueryError(f"{name}: needs its word right after the colon.", position)
        return True
    if not value or found[1] != name:
        return False  # "Libya: …" or "Reuters:Libya" is text
    near = _ALSO.get(name) or next(iter(get_close_matches(name, FIELDS, 1, 0.6)), "")
    hint = f"Did you mean {near}:? " if near else ""
    raise QueryError(
        f"There is no field {shown(name)}:. {hint}To search for it as text, put it in quotation "
        "marks.",
        position,
    )


def _refuse_others(text: str, position: int) -> None:
    """Spellings of other programs that would silently mean something else here."""
    found = _ELSEWHERE.match(text, position)
    if found:
        raise QueryError(_translated(found), position)
    _refuse_signs(text, position)
    equals = _EQUALS.match(text, position)
    if equals:
        name = equals[1].lower()
        name = name if name in FIELDS else _ALSO.get(name, "")
        if name:
            raise QueryError(
                f"{equals.group()} is written {name}: here. To search for it as text, put it in "
                "quotation marks.",
                position,
            )


def _refuse_signs(text: str, position: int) -> None:
    """Signs that exclude, join or count elsewhere, and here would be passed over."""
    unnumbered = _UNNUMBERED.match(text, position)
    if unnumbered:
        raise QueryError(
            f"After {unnumbered[1]}/ stands a number and then a space, as in {unnumbered[1]}/5.",
            position,
        )
    negated = _NEGATED.match(text, position)
    if negated:
        raise QueryError(f"{negated.group()} before a word is written - here.", position)
    if _PATTERN.match(text, position):
        return
    if _BAR.match(text, position):
        raise QueryError(
            "| between words is written OR here. To search for it as text, put it in quotation "
            "marks.",
            position,
        )
    if _SPACED_PATTERN.match(text, position):
        raise QueryError(
            "A regular expression is compared with one word and holds no space: search for "
            "several, as in /a.*/ ONEAR/0 /b.*/.",
            position,
        )


def _translated(found: re.Match[str]) -> str:
    name, number = (found[1] or found[3] or "adj").lower(), found[2] or found[4] or "0"
    if name == "atleast":
        return f"{found.group()} is written ATLEAST/{number} here."
    if name == "near":
        return f"{found.group()} is written NEAR/{number} here."
    return (
        f"{found.group()} is written ONEAR/{number} (in this order) or NEAR/{number} (in any "
        "order) here."
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
    found.append(Lexeme("phrase", unmarked(phrase[1]), position, number))
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
