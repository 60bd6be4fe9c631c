"""Watchlists as files: our JSON (keeps everything), CSV and the four-column TSV of the JRC.

A file is told apart by its content, never by its name. What is right in it comes in; what is wrong
is named by its line in one sentence that says what is allowed.
"""

import json
from collections.abc import Iterable

from reader.domain.entity import Entity
from reader.domain.looks import EntityType
from reader.domain.watchlist import Watchlist
from reader.entities import list_json, options, tables
from reader.entities.encoding import decode
from reader.entities.rows import WatchlistFile
from reader.errors import FileError

JSON, CSV, TSV = "watchlist-json", "watchlist-csv", "watchlist-tsv"


def looks_like(data: bytes) -> str:
    """ "watchlist-json", "watchlist-csv", "watchlist-tsv", or "" for any other file."""
    try:
        text, _ = decode(data, "")
    except FileError:
        return ""
    if tables.is_csv(text):
        return CSV
    if tables.is_tsv(text):
        return TSV
    return JSON if text.lstrip()[:1] in ("{", "[") and _is_watchlist(text) else ""


def read(data: bytes, name: str) -> WatchlistFile:
    """`name` is the file's, for sentences. FileError when nothing in it can be taken."""
    text, told = decode(data, name)
    if tables.is_csv(text):
        found = tables.read_csv(text, name)
    elif tables.is_tsv(text):
        found = tables.read_tsv(text, name)
    elif text.lstrip()[:1] in ("{", "["):
        found = list_json.read(text, name)
    else:
        raise FileError(
            f"{name} is not a watchlist; give JSON with a list of entities, CSV with the header "
            f"{','.join(tables.COLUMNS)}, or a TSV with the columns key, id, type, variant."
        )
    if found.rejected and not found.entities:
        first = min(found.rejected, key=lambda one: one.line)
        raise FileError(f"{name} was not imported: nothing in it can be taken over; line "
                        f"{first.line}: {first.reason}")  # fmt: skip
    found.dropped += [told] if told else []
    return found.whole()


def write_json(
    entities: Iterable[Entity],
    lists: Iterable[Watchlist] = (),
    types: Iterable[EntityType] = (),
) -> bytes:
    """Keeps everything but ids; entities in the order given, those of one list together."""
    return list_json.write(entities, lists, types)


def write_csv(entities: Iterable[Entity]) -> bytes:
    """Loses what `losses` says: the options of aliases, and of names all but `case`."""
    return tables.write_csv(entities)


def write_tsv(entities: Iterable[Entity]) -> bytes:
    """Loses what `losses` says: watchlists, notes and all options."""
    return tables.write_tsv(entities)


def losses(
    entities: Iterable[Entity],
    kind: str,
    lists: Iterable[Watchlist] = (),
    types: Iterable[EntityType] = (),
) -> tuple[str, ...]:
    """Sentences on what a file of this kind (JSON, CSV or TSV) cannot keep."""
    if kind == JSON:
        return ()
    kept = options.losses(tuple(entities), csv=kind == CSV)
    return (*kept, *options.list_losses(tuple(lists), tuple(types)))


def _is_watchlist(text: str) -> bool:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return '"entities"' in text  # ours, broken: the reader says where
    lists = content if isinstance(content, list) else [content]
    return bool(lists) and all(isinstance(one, dict) and "entities" in one for one in lists)
