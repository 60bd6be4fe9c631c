"""Reads a query into the fields of a form: what the form cannot hold stays as it was written."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.domain.search import Clause
from reader.gui.query_parts import NAMED, OPERATOR, STATES, WHERE, Near, Parts

_NEAR = re.compile(r"NEAR/(\d+)")


def read(text: str, clauses: Sequence[Clause]) -> Parts:
    """The form that writes this query; `clauses` are those of exactly this text."""
    whole = Parts(rest=text.strip(), whole=True)
    covered = "".join(text[c.start : c.end] for c in clauses)
    if "".join(covered.split()) != "".join(text.split()):
        return whole
    try:
        return _read([text[c.start : c.end] for c in clauses], clauses)
    except _TooMuchError:
        return whole


class _TooMuchError(Exception):
    """The query has a shape that the form cannot hold."""


def _read(raw: Sequence[str], clauses: Sequence[Clause]) -> Parts:
    """`raw` is what was written for each clause."""
    joined_by_or = len(raw) > 2 and len(raw) % 2 == 1 and set(raw[1::2]) == {"OR"}
    if joined_by_or and all(map(_alternative, clauses[::2])):
        return Parts(some=tuple(raw[::2]))
    return _Reading(raw, clauses).parts()


class _Reading:
    def __init__(self, raw: Sequence[str], clauses: Sequence[Clause]) -> None:
        self._raw, self._clauses = raw, clauses
        self._parts = Parts()
        self._rest: list[str] = []
        self._fields: set[str] = set()
        self._at = 0

    def parts(self) -> Parts:
        while self._at < len(self._clauses):
            self._one()
        if len(self._fields) > 1:
            raise _TooMuchError
        where = next(iter(self._fields), "")
        return replace(self._parts, where=where, rest=" ".join(self._rest))

    def _one(self) -> None:
        clause, raw = self._clauses[self._at], self._raw[self._at]
        after = self._raw[self._at + 1] if self._at + 1 < len(self._raw) else ""
        self._at += 1
        if clause.kind == "operator":
            self._operator(raw, after)
        elif clause.kind == "bracket":
            self._bracket(clause, raw)
        elif OPERATOR.fullmatch(after) and after not in ("AND", "NOT"):
            self._near(clause, raw, after)
        else:
            self._leaf(clause, raw)

    def _operator(self, raw: str, after: str) -> None:
        """AND is understood; NOT before a word is the minus that the form writes."""
        between = 1 < self._at < len(self._clauses)
        if raw == "NOT" and self._at < len(self._clauses):
            clause = self._clauses[self._at]
            if clause.kind not in ("bracket", "operator") and not after.startswith("-"):
                return
        if raw != "AND" or not between or after in ("AND", "OR", ")"):
            raise _TooMuchError

    def _bracket(self, clause: Clause, raw: str) -> None:
        """`(a OR b)` is "any of these"; `title:(…)` holds words of that field."""
        if raw == "(" and not clause.field and not self._parts.some:
            self._parts = replace(self._parts, some=self._alternatives())
            self._fields.add("")
        elif clause.field in WHERE and raw == f"{clause.field}:(" and not self._sought():
            self._within(clause.field)
        else:
            raise _TooMuchError

    def _alternatives(self) -> tuple[str, ...]:
        found = []
        while self._at + 1 < len(self._raw):
            clause, raw, sign = self._clauses[self._at], *self._raw[self._at : self._at + 2]
            self._at += 2
            if not _alternative(clause):
                break
            found.append(raw)
            if sign == ")" and len(found) > 1:
                return tuple(found)
            if sign != "OR":
                break
        raise _TooMuchError

    def _within(self, field: str) -> None:
        """Reads up to the closing bracket, as if it were the whole query."""
        depth, end = 1, self._at
        while end < len(self._raw) and depth:
            depth += {"(": 1, ")": -1}.get(self._raw[end][-1:], 0) * (
                self._clauses[end].kind == "bracket"
            )
            end += 1
        inside = [
            replace(c, field="", kind=c.kind if c.kind in ("operator", "bracket") else _kind(raw))
            for c, raw in zip(
                self._clauses[self._at : end - 1], self._raw[self._at :], strict=False
            )
        ]
        if depth or any(c.excluded for c in inside):
            raise _TooMuchError
        found = _read(self._raw[self._at : end - 1], inside)
        if found.rest or found.named or found.where:
            raise _TooMuchError
        p = self._parts
        self._parts = replace(
            p, every=found.every, phrase=found.phrase, some=found.some, near=found.near
        )
        self._fields.add(field)
        self._at = end

    def _near(self, clause: Clause, raw: str, operator: str) -> None:
        found = _NEAR.fullmatch(operator)
        end = self._at + 2
        right = self._clauses[self._at + 1] if end <= len(self._clauses) else None
        more = self._raw[end] if end < len(self._raw) else ""
        if (
            found is None or right is None or self._parts.near.left
            or {clause.kind, right.kind} - {"word", "phrase"} or clause.excluded
            or right.excluded or (OPERATOR.fullmatch(more) and more not in ("AND", "NOT"))
        ):  # fmt: skip
            raise _TooMuchError
        near = Near(raw, self._raw[self._at + 1], int(found[1]))
        self._parts = replace(self._parts, near=near)
        self._fields.add("")
        self._at = end

    def _leaf(self, clause: Clause, raw: str) -> None:
        own = raw.lstrip("-")
        if clause.kind == "filter" and clause.field not in WHERE:
            self._filter(clause, raw)
        elif clause.kind == "filter" and clause.excluded:
            self._leave(raw)
        elif clause.kind == "filter" and not own.startswith(f"{clause.field}:"):
            raise _TooMuchError
        elif clause.excluded:
            self._parts = replace(self._parts, none=(*self._parts.none, own))
        elif clause.kind == "filter":
            self._fields.add(clause.field)
            self._word(own.partition(":")[2])
        else:
            self._fields.add("")
            self._word(own)

    def _word(self, raw: str) -> None:
        p = self._parts
        plain = raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] == '"' else ""
        if plain.strip() and not p.phrase:
            self._parts = replace(p, phrase=plain)
        else:
            self._parts = replace(p, every=(*p.every, raw))

    def _filter(self, clause: Clause, raw: str) -> None:
        p, field, value = self._parts, clause.field, clause.value
        first, _, last = value.partition("..")
        known = f"{field}:{value.lower()}"
        if clause.excluded:
            self._leave(raw)
        elif field in NAMED and field not in dict(p.named) and value:
            self._parts = replace(p, named=(*p.named, (field, value)))
        elif known in STATES and not p.state:
            self._parts = replace(p, state=known)
        elif field == "last" and not (p.last or p.since or p.until):
            self._parts = replace(p, last=value)
        elif field == "date" and not (p.last or p.since or p.until):
            self._parts = replace(p, since=first, until=last if ".." in value else first)
        else:
            self._rest.append(raw)

    def _leave(self, raw: str) -> None:
        """Excluded, and no word: the form has no field for it."""
        before = self._raw[self._at - 2] if self._at > 1 else ""
        self._rest.append(f"NOT {raw}" if before == "NOT" else raw)

    def _sought(self) -> bool:
        p = self._parts
        return bool(p.every or p.phrase or p.some or p.near.left)


def _alternative(clause: Clause) -> bool:
    """Whether it can be one of "any of these": a word or phrase of no field."""
    return clause.kind in ("word", "phrase") and not clause.excluded


def _kind(raw: str) -> str:
    return "phrase" if raw.startswith('"') else "word"
