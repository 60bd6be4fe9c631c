"""A query with one condition more. Pure text: what cannot be read yet is kept as it is."""

from collections.abc import Iterable

from reader.domain.fold import fold_key
from reader.domain.quoting import quoted
from reader.search import lexer
from reader.search.typed import Part, parts

_DATES = ("date", "last")


def narrowed(text: str, field: str, value: str, without: bool = False) -> str:
    """The query that also asks for `field:value`, or excludes it with `without`.

    A time takes the place of the one there was; what is asked for already is not asked for again,
    and what was asked for the other way round is turned. A value that cannot be written ("")
    changes nothing. `field` may be "day", which is written date:.
    """
    field = "date" if field == "day" else field
    clause = written(field, value)
    if not clause:
        return text
    clause = f"-{clause}" if without else clause
    typed = _closed(text.strip())
    if any(p.kind == "operator" and p.value == "OR" and not p.depth for p in parts(typed)):
        return f"({typed}) {clause}"
    known = conditions(typed)
    wanted = fold_key(_writable(value))
    same = [p for p in known if p.field == field and fold_key(p.value) == wanted]
    if any(part.excluded == without for part in same):
        return typed
    if not without and field in _DATES:
        same += [p for p in known if p.field in _DATES and not p.excluded and p not in same]
    return f"{without_parts(typed, same)} {clause}".strip()


def written(field: str, value: str) -> str:
    """`field:value` as the language has it, in quotation marks where needed; "" for no value.

    Without a field the value alone, as it stands within `field:( … )`.
    """
    plain = _writable(value)
    if not plain:
        return ""
    return f"{field}:{quoted(plain)}" if field else quoted(plain)


def _writable(value: str) -> str:
    """As it is read back."""
    return " ".join(lexer.plain(value).split())


def conditions(text: str) -> list[Part]:
    """The filters that hold for the whole query, unless there is an OR in it."""
    return [p for p in parts(text) if p.kind == "filter" and p.own and not p.depth and not p.beside]


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


def _closed(text: str) -> str:
    """With the quotation mark and brackets that are still missing at its end."""
    found = parts(text)
    text += '"' if found and found[-1].open else ""
    missing = sum({"(": 1, ")": -1}.get(p.value, 0) for p in found if p.kind == "bracket")
    return text + ")" * max(0, missing)
