"""A query as the fields of a form, and the text that a form writes. `query_reading` reads it back.

Pure values. The form holds conditions that must all be true; what goes beyond that (an OR of
different things, brackets in brackets, a field the form has not) stays in `rest` as it was written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from reader.domain.quoting import plain_marks, quoted

WHERE = ("title", "lead", "body")
NAMED = ("feed", "folder", "lang", "entity", "tag")
STATES = ("is:unread", "is:read", "is:starred", "has:note", "has:revision")
OPERATOR = re.compile(r"(AND|OR|NOT|SENT|NEAR|ONEAR|FIRST|ATLEAST)(/\d*)?")
_PLAIN = re.compile(r"=?[\w*?][^\s()|\":“”„«»,]*|/(?:[^/\s\\]|\\.)+/")
_TOKEN = re.compile(r'"(?:[^"]|"")*"(?!")|[^\s,"]+')


class Near(NamedTuple):
    left: str = ""
    right: str = ""
    words: int = 5
    """Between them, at most."""


NOT_NEAR = Near()


@dataclass(frozen=True, slots=True)
class Parts:
    """Words are as written: also `air*`, `haftar~` and, in quotation marks, a phrase.

    `since` and `until` are dates of the language; `last` is an age ("7d"). `named` are values of
    `NAMED` by field. `whole`: nothing but `rest` could be read, and it may have an OR in it.
    """

    every: tuple[str, ...] = ()
    phrase: str = ""
    some: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    near: Near = NOT_NEAR
    where: str = ""
    named: tuple[tuple[str, str], ...] = ()
    last: str = ""
    since: str = ""
    until: str = ""
    state: str = ""
    rest: str = ""
    whole: bool = False


def tokens(text: str) -> tuple[str, ...]:
    """What was written into a field for words, each as the language needs it."""
    return tuple(filter(None, map(_word, _TOKEN.findall(plain_marks(text)))))


def write(parts: Parts) -> str:
    """The query; "" for an empty form."""
    sought = [*parts.every]
    if phrase := _quoted(parts.phrase):
        sought.append(phrase)
    if parts.some:
        sought.append(parts.some[0] if len(parts.some) == 1 else f"({' OR '.join(parts.some)})")
    near = parts.near
    if near.left and near.right:
        sought.append(f"{near.left} NEAR/{near.words} {near.right}")
    said = [*_in(parts.where, sought), *(f"-{word}" for word in parts.none)]
    said += [f"{field}:{quoted(value.strip())}" for field, value in parts.named if value.strip()]
    said += [*_times(parts), *filter(None, [parts.state])]
    if parts.whole and parts.rest and said:
        return " ".join([f"({parts.rest})", *said])
    return " ".join(filter(None, [*said, parts.rest]))


def _word(token: str) -> str:
    """As it is where the language takes it for a word, else in quotation marks."""
    if not any(map(str.isalnum, token)):
        return ""
    if token.startswith('"'):
        return _quoted(token)
    if _PLAIN.fullmatch(token) and not OPERATOR.fullmatch(token):
        return token
    return _quoted(token)


def _quoted(text: str) -> str:
    plain = " ".join(plain_marks(text).replace('"', " ").split())
    return f'"{plain}"' if plain else ""


def _in(field: str, sought: list[str]) -> Iterable[str]:
    """The words of one field: `title:port`, `title:(port ship)`."""
    if not field or not sought:
        return sought
    one = len(sought) == 1 and " NEAR/" not in sought[0]
    return [f"{field}:{sought[0]}" if one else f"{field}:({' '.join(sought)})"]


def _times(parts: Parts) -> Iterable[str]:
    if parts.last:
        return [f"last:{parts.last}"]
    since, until = parts.since.strip(), parts.until.strip()
    if not since and not until:
        return []
    return [f"date:{since}" if since == until else f"date:{since}..{until}"]
