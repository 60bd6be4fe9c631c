"""Saved searches as JSON: what is written is read again, and so is what the command line lists."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reader.domain.alert import AS_USUAL
from reader.domain.reports import ImportReport, Rejected
from reader.domain.rules import RULE_PARTS, rule_from, rule_values
from reader.domain.search import SavedSearch
from reader.errors import FileError, QueryError, UsageError
from reader.search.language import parse
from reader.services.library import Library
from reader.store.scopes import tag_key
from reader.store.store import Store

_SAVED = frozenset({"name", "query", "alert", "folder", "rule"})
_TOLD = frozenset({"total", "unread", "kept", "noise", "broken"})
"""What the command line lists of a saved search, and nobody can import."""


@dataclass(frozen=True, slots=True)
class _Row:
    """None, or a part that the rule lacks: the file says nothing of it. `broken`: why the query
    cannot be run, of one that was so when it was written down."""

    name: str
    query: str
    alert: bool | None
    folder: str | None
    rule: dict[str, Any]
    broken: str


def write(searches: Iterable[SavedSearch]) -> bytes:
    rows = [
        {
            "name": saved.name,
            "query": saved.query,
            "alert": saved.alert,
            "folder": saved.folder,
            "rule": rule_values(saved.rule),
            **({"broken": saved.broken} if saved.broken else {}),
        }
        for saved in searches
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def take_over(store: Store, path: Path, data: bytes) -> ImportReport:
    """FileError, and nothing is taken over, when anything in the file is wrong."""
    rows = [_row(path, number, row) for number, row in enumerate(_rows(path, data), 1)]
    library, names = Library(store), {row.name for row in rows}
    kept_back = [(n, _kept_back(_present(store, r, names), r)) for n, r in enumerate(rows, 1)]
    rejected = tuple(Rejected(n, reason, "saved search") for n, reason in kept_back if reason)
    with store.transaction():
        taken = [_take_over(library, _present(store, row, names), row) for row in rows]
    known = sum(not new and not why for new, (_, why) in zip(taken, kept_back, strict=True))
    return ImportReport("saved", sum(taken), known, (), rejected)


def _present(store: Store, row: _Row, names: Collection[str]) -> SavedSearch | None:
    """The saved search a row is about. Case does not count, unless the file has both: `names`."""
    found = store.saved.by_name(row.name)
    if found is not None and found.name != row.name and found.name in names:
        return None
    return found


def _kept_back(present: SavedSearch | None, row: _Row) -> str:
    """What is said of a query that cannot be run, where there is one that shall not make way."""
    if not row.broken or present is None or present.query == row.query:
        return ""
    return f"The query of “{row.name}” cannot be run ({row.broken}): yours stays."


def _take_over(library: Library, present: SavedSearch | None, row: _Row) -> bool:
    """Whether the library is another now. What a file says nothing of stays as it is."""
    rule = rule_from({**rule_values(present.rule if present else AS_USUAL), **row.rule})
    if present is None:
        alert, folder = bool(row.alert), row.folder or ""
        library.save_search(
            row.name, row.query, alert=alert, folder=folder, rule=rule, broken=row.broken
        )
        return True
    told = replace(
        present,
        query=present.query if row.broken else row.query,
        alert=present.alert if row.alert is None else row.alert,
        folder=present.folder if _same_folder(present.folder, row.folder) else row.folder or "",
        rule=rule,
    )
    if told == present:
        return False
    query = None if row.broken else told.query
    library.edit_search(row.name, query=query, alert=told.alert, folder=told.folder, rule=rule)
    return True


def _rows(path: Path, data: bytes) -> list[Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise FileError(f"{path} is not valid JSON ({problem}); nothing was imported.") from problem
    if isinstance(value, dict):
        value = value.get("saved_searches")
    if not isinstance(value, list):
        raise FileError(
            f"{path} holds neither a watchlist nor saved searches: a list of objects with "
            '"name" and "query" was expected; nothing was imported.'
        )
    return value


def _same_folder(present: str, told: str | None) -> bool:
    return told is None or tag_key(told) == tag_key(present)


def _row(path: Path, number: int, row: Any) -> _Row:
    """As it was exported, or as the command line lists it, with the rule's parts in the row."""
    where = f"{path}, saved search {number}"
    if not isinstance(row, dict):
        raise FileError(f"{where}: an object with “name” and “query” was expected.")
    extra = set(row) - _SAVED - _TOLD - set(RULE_PARTS)
    if extra:
        allowed = ", ".join((*sorted(_SAVED), *RULE_PARTS))
        raise FileError(f"{where}: the field “{min(extra)}” is unknown; allowed are {allowed}.")
    name, query, alert, folder = (row.get(each) for each in ("name", "query", "alert", "folder"))
    if not isinstance(name, str) or not name.strip():
        raise FileError(f"{where}: “name” must be a text that is not empty.")
    where = f"{where} ({name})"
    if not isinstance(query, str) or not isinstance(alert, bool | None):
        raise FileError(f"{where}: “query” must be a text and “alert” true or false.")
    if not isinstance(folder, str | None):
        raise FileError(f"{where}: “folder” must be a text.")
    try:
        broken = _broken(query, bool(row.get("broken")))
        return _Row(" ".join(name.split()), query, alert, folder, _rule(row), broken)
    except UsageError as problem:
        raise FileError(f"{where}: {problem}") from problem


def _broken(query: str, known: bool) -> str:
    """Why it cannot be run, or "". UsageError when that is not `known`: it is a mistake then."""
    try:
        parse(query)
    except QueryError as problem:
        if known:
            return str(problem)
        raise
    return ""


def _rule(row: dict[str, Any]) -> dict[str, Any]:
    """UsageError when a part of it is not possible."""
    whole = row.get("rule", {})
    if not isinstance(whole, dict):
        raise UsageError(f"“rule” must be an object with {', '.join(RULE_PARTS)}.")
    told = {**whole, **{name: row[name] for name in RULE_PARTS if name in row}}
    rule_from(told)
    return told
