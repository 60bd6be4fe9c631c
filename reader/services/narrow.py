"""The parts of a query for a box that shows them, and the query with one condition more."""

import re
from collections.abc import Iterable

from reader.domain.fold import fold_key
from reader.domain.search import Clause
from reader.services.typed import QUOTES, Part, parts

_DATES = ("date", "last")
_PLAIN = re.compile(r'[^\s()"*=/-][^\s()"*]*(?<!~)(?<!~\d)')
_QUOTES = re.compile(f'[{QUOTES}"]')


def clauses(text: str) -> tuple[Clause, ...]:
    """What was typed, in order; never raises. `type` is left to whoever knows the entities."""
    return tuple(
        Clause(part.start, part.end, part.kind, part.value, part.field, part.excluded)
        for part in parts(text)
    )


def narrowed(text: str, field: str, value: str, *, without: bool = False) -> str:
    """The query that also asks for `field:value`, or with `without` excludes it.

    A day takes the place of the time there was; what is asked for already is not asked for again,
    and what is asked for the other way round is turned. A value that cannot be written, such as
    the language nobody knows, changes nothing.
    """
    field = "date" if field == "day" else field
    clause = written(field, value)
    if not clause:
        return text
    clause = f"-{clause}" if without else clause
    typed = _closed(text.strip())
    known = conditions(typed)
    if typed and _has_or(typed):
        return f"({typed}) {clause}"
    same = [p for p in known if p.field == field and fold_key(p.value) == fold_key(value)]
    if any(part.excluded == without for part in same):
        return typed
    if not without and field in _DATES:
        same += [p for p in known if p.field in _DATES and not p.excluded and p not in same]
    return f"{without_parts(typed, same)} {clause}".strip()


def written(field: str, value: str) -> str:
    """`field:value` in the query language, in quotation marks where it needs them; "" for none.

    Without a field, the value alone: within `field:( … )`.
    """
    plain = " ".join(_QUOTES.sub(" ", value).split())
    if not plain:
        return ""
    shown = plain if _PLAIN.fullmatch(plain) else f'"{plain}"'
    return f"{field}:{shown}" if field else shown


def without_parts(text: str, gone: Iterable[Part]) -> str:
    """The query without these of its parts, and without the operators that held them."""
    for part in sorted(gone, key=lambda one: -one.start):
        start, end = _with_operators(text, part)
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
    return text


def _with_operators(text: str, part: Part) -> tuple[int, int]:
    """NOT before it goes too, and one AND: that before it, else that behind it."""
    start, end = part.start, part.end
    before = [one for one in parts(text) if one.end <= start]
    while before and before[-1].value == "NOT" and before[-1].kind == "operator":
        start = before.pop().start
    if before and before[-1].value == "AND" and before[-1].kind == "operator":
        return before[-1].start, end
    after = next((one for one in parts(text) if one.start >= end), None)
    if after and after.value == "AND" and after.kind == "operator":
        end = after.end
    return start, end


def conditions(text: str) -> list[Part]:
    """The filters that hold for the whole query."""
    return [
        part for part in parts(text) if part.kind == "filter" and not part.depth and not part.beside
    ]


def _has_or(text: str) -> bool:
    return any(p.kind == "operator" and p.value == "OR" and not p.depth for p in parts(text))


def _closed(text: str) -> str:
    """With the quotation marks and brackets that are still missing at its end."""
    found = parts(text)
    text += '"' if found and found[-1].open else ""
    missing = sum({"(": 1, ")": -1}.get(p.value, 0) for p in found if p.kind == "bracket")
    return text + ")" * max(0, missing)
