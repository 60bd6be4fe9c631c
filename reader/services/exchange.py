"""Files in and out: feeds as OPML, watchlists as JSON, CSV or TSV, saved searches as JSON.

What a file holds is told by its content, never by its name. Taking a file over twice changes
nothing. Of watchlists, rows that are wrong are left out and named; all else is taken over whole or
not at all.
"""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reader.domain.address import typed_address, without_password
from reader.domain.alert import AS_USUAL
from reader.domain.reports import ImportReport, Rejected
from reader.domain.rules import RULE_PARTS, rule_from, rule_values
from reader.domain.search import SavedSearch
from reader.entities import interchange
from reader.errors import FileError, QueryError, UsageError
from reader.feeds import opml
from reader.feeds.links import is_web
from reader.files import write_whole
from reader.search.language import parse
from reader.services.clock import utc_now
from reader.services.library import Library
from reader.services.tracking import Told
from reader.store.scopes import tag_key
from reader.store.store import Store

LARGEST_FILE = 64_000_000
_OTHER_SCHEME = re.compile(r"\s*(?!feed:)[a-z][a-z0-9+.-]*:(?!\d|//)", re.IGNORECASE)
"""`mailto:`, `javascript:` …; what stands before a port is a host."""
KINDS = ("feeds", "watchlists", "saved")
_SAVED = frozenset({"name", "query", "alert", "folder", "rule"})
_TOLD = frozenset({"total", "unread", "kept", "noise", "broken"})
"""What the command line lists of a saved search, and nobody can import."""


def read_file(path: Path) -> bytes:
    """FileError when it cannot be read or is too large to be what it should be."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileError(f"{path} is larger than 64 MB: that is no list this program can read.")
        return path.read_bytes()
    except OSError as problem:
        raise FileError(
            f"{path} cannot be read ({problem.strerror}): check the name and its permissions."
        ) from problem


def import_file(
    store: Store,
    path: Path,
    keep_password: Callable[[str], None] | None = None,
    told: Told | None = None,
) -> ImportReport:
    """`keep_password` is given each address that may hold one; without it they are dropped.

    `told`: hears how far the names of a watchlist are; what it raises stops them.
    """
    data = read_file(path)
    if interchange.looks_like(data):
        return Library(store).import_names(interchange.read(data, path.name), told)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in {b"[", b"{"}:
        return _import_saved(store, path, data)
    if (
        start[:1] == b"<"
        or b"<opml" in data[:4096].lower()
        or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    ):
        return _import_opml(store, data, keep_password)
    raise _unknown(path, data)


def _unknown(path: Path, data: bytes) -> FileError:
    if not data.strip():
        return FileError(f"{path} is empty; nothing was imported.")
    kinds = "OPML, a watchlist (JSON, CSV, TSV) or saved searches (JSON)"
    advice = " If it is one of these, save it as UTF-8." if _is_odd_text(data) else ""
    return FileError(f"{path} is none of the files that can be imported: {kinds}.{advice}")


def _is_odd_text(data: bytes) -> bool:
    """Whether it may be text, but in an encoding that is not known."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"\x00" not in data
    return False


def _import_opml(
    store: Store, data: bytes, keep_password: Callable[[str], None] | None
) -> ImportReport:
    """Addresses from a file do not count as typed: private networks stay closed to them."""
    read = opml.read(data)
    outlines = [replace(o, url=typed_address(o.url)) for o in read if _may_be_fetched(o.url)]
    rejected = tuple(
        Rejected(o.line, f"{without_password(o.url)} is no web address.")
        for o in read
        if not _may_be_fetched(o.url)
    )
    if keep_password is not None:  # a keyring may ask the user: not while the library is locked
        for outline in outlines:
            keep_password(outline.url)
    added = 0
    with store.transaction():
        for outline in outlines:
            url = without_password(outline.url)
            if store.feeds.by_url(url) is None:
                added += 1
                store.feeds.add(
                    url,
                    now=utc_now(),
                    title=outline.title,
                    folder=outline.folder,
                    site_url=outline.site_url,
                )
    return ImportReport("opml", added, len(outlines) - added, (), rejected)


def _may_be_fetched(url: str) -> bool:
    """Old lists hold scripts, mail and other things nobody can subscribe to."""
    return not _OTHER_SCHEME.match(url) and is_web(typed_address(url))


def _import_saved(store: Store, path: Path, data: bytes) -> ImportReport:
    rows = [_saved_row(path, number, row) for number, row in enumerate(_rows(path, data), 1)]
    library, names = Library(store), {row.name for row in rows}
    kept_back = [(n, _kept_back(_present(store, r, names), r)) for n, r in enumerate(rows, 1)]
    rejected = tuple(Rejected(n, reason, "saved search") for n, reason in kept_back if reason)
    with store.transaction():
        taken = [_take_over(library, _present(store, row, names), row) for row in rows]
    known = sum(not new and not why for new, (_, why) in zip(taken, kept_back, strict=True))
    return ImportReport("saved", sum(taken), known, (), rejected)


def _present(store: Store, row: "_SavedRow", names: Collection[str]) -> SavedSearch | None:
    """The saved search a row is about. Case does not count, unless the file has both: `names`."""
    found = store.saved.by_name(row.name)
    if found is not None and found.name != row.name and found.name in names:
        return None
    return found


def _kept_back(present: SavedSearch | None, row: "_SavedRow") -> str:
    """What is said of a query that cannot be run, where there is one that shall not make way."""
    if not row.broken or present is None or present.query == row.query:
        return ""
    return f"The query of “{row.name}” cannot be run ({row.broken}): yours stays."


def _take_over(library: Library, present: SavedSearch | None, row: "_SavedRow") -> bool:
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


@dataclass(frozen=True, slots=True)
class _SavedRow:
    """None, or a part that the rule lacks: the file says nothing of it. `broken`: why the query
    cannot be run, of one that was so when it was written down."""

    name: str
    query: str
    alert: bool | None
    folder: str | None
    rule: dict[str, Any]
    broken: str


def _saved_row(path: Path, number: int, row: Any) -> _SavedRow:
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
        return _SavedRow(" ".join(name.split()), query, alert, folder, _rule(row), broken)
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


def export_file(store: Store, path: Path, kind: str | None = None) -> tuple[str, int]:
    """Write feeds, watchlists or saved searches; returns what and how many.

    Without `kind` the name decides: `.opml` and `.xml` feeds; `.csv` and `.tsv` watchlists;
    `.json` saved searches when "saved" or "search" stands in the name, else watchlists.
    """
    kind = kind or _kind_of(path)
    data, count = _exported(store, path, kind)
    write_file(path, data)
    return kind, count


def _kind_of(path: Path) -> str:
    name, ending = path.name.lower(), path.suffix.lower()
    if ending in {".opml", ".xml"}:
        return "feeds"
    if ending in {".csv", ".tsv"}:
        return "watchlists"
    if ending == ".json":
        return "saved" if "saved" in name or "search" in name else "watchlists"
    raise UsageError(
        f"{path.name} does not say what to write: end it in .opml, .csv, .tsv or .json, or use "
        f"--what {'|'.join(KINDS)}."
    )


def watchlist_format(path: Path) -> str:
    """What a watchlist is written as, by the ending of the file's name."""
    formats = {".csv": interchange.CSV, ".tsv": interchange.TSV}
    return formats.get(path.suffix.lower(), interchange.JSON)


def watchlist_losses(store: Store, path: Path) -> tuple[str, ...]:
    """Sentences on what a file of that name would not keep of the library's watchlists."""
    kind = watchlist_format(path)
    entities, lists = store.entities.all(), store.watchlists.all()
    return interchange.losses(entities, kind, lists, store.types.all())


def _exported_names(store: Store, kind: str) -> tuple[bytes, int]:
    entities = store.entities.all()
    if kind == interchange.JSON:
        lists, types = store.watchlists.all(), store.types.all()
        return interchange.write_json(entities, lists, types), len(entities)
    write = interchange.write_csv if kind == interchange.CSV else interchange.write_tsv
    return write(entities), len(entities)


def _exported(store: Store, path: Path, kind: str) -> tuple[bytes, int]:
    if kind == "feeds":
        outlines = [
            opml.Outline(feed.url, feed.title, feed.site_url, feed.folder)
            for feed in store.feeds.all()
        ]
        return opml.write(outlines, "Media Reader"), len(outlines)
    if kind == "watchlists":
        return _exported_names(store, watchlist_format(path))
    rows = [
        {
            "name": saved.name,
            "query": saved.query,
            "alert": saved.alert,
            "folder": saved.folder,
            "rule": rule_values(saved.rule),
            **({"broken": saved.broken} if saved.broken else {}),
        }
        for saved in store.saved.all()
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode(), len(rows)


def write_file(path: Path, data: bytes) -> None:
    """All of it or nothing: written beside and then put in place. FileError when it cannot be."""
    try:
        write_whole(path, data)
    except OSError as problem:
        raise FileError(
            f"{path} cannot be written ({problem.strerror}): check the folder and the free space."
        ) from problem
