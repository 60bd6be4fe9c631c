"""A small stand-in for the searcher's view of a query: enough of the language for the box."""

import re

from reader.domain.search import Clause

_PART = re.compile(
    r"(?P<bracket>\(|\))|(?P<operator>(?:AND|OR|NOT|ONEAR/\d+|NEAR/\d+)(?=[\s()]|$))"
    r'|(?P<filter>-?[a-z]+:(?:"[^"]*"|[^\s()"]*))|(?P<phrase>-?"[^"]*"?)|(?P<word>[^\s()"]+)'
)
TYPES = {"Nordwind Energie": "organisation", "Rostock": "place", "حفتر": "person"}


def clauses_of(text: str) -> tuple[Clause, ...]:
    found: list[Clause] = []
    for part in _PART.finditer(text):
        kind, raw = str(part.lastgroup), part.group()
        excluded = raw.startswith("-") or bool(found and text[found[-1].start :][:4] == "NOT ")
        field, _, value = raw.lstrip("-").partition(":") if kind == "filter" else ("", "", raw)
        value = value.lstrip("-").strip('"')
        type_ = TYPES.get(value, "") if field == "entity" else ""
        excluded = excluded and kind in ("word", "phrase", "filter")
        found.append(Clause(part.start(), part.end(), kind, value, field, excluded, type_))
    return tuple(found)
