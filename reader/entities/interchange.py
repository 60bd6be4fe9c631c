"""Watchlists as files: our JSON (keeps everything), CSV and the four-column TSV of the JRC.

A file is told apart by its content, never by its name. It is read whole or not at all: what is
wrong is said in one sentence that names the entity, the field and what is allowed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reader.domain.entity import Alias, Entity
from reader.entities import options, tables
from reader.entities.check import check
from reader.errors import FileError, ReaderError

JSON, CSV, TSV = "watchlist-json", "watchlist-csv", "watchlist-tsv"
_LIST_FIELDS = ("watchlist", "entities")
_ENTITY_FIELDS = ("name", "type", "aliases", *options.FIELDS, "note")
_ALIAS_FIELDS = ("text", *options.FIELDS)


@dataclass(frozen=True, slots=True)
class WatchlistFile:
    """`dropped`: sentences about what the file held and we have no place for."""

    entities: tuple[Entity, ...]
    dropped: tuple[str, ...] = ()


def looks_like(data: bytes) -> str:
    """ "watchlist-json", "watchlist-csv", "watchlist-tsv", or "" for any other file."""
    try:
        text = tables.decode(data, "")
    except FileError:
        return ""
    if tables.is_csv(text):
        return CSV
    if tables.is_tsv(text):
        return TSV
    return JSON if text.lstrip()[:1] in ("{", "[") and _is_watchlist(text) else ""


def read(data: bytes, name: str) -> WatchlistFile:
    """`name` is the file's, for sentences. Raises FileError; then nothing is to be imported."""
    text = tables.decode(data, name)
    dropped: list[str] = []
    if tables.is_csv(text):
        entities = tables.read_csv(text, name)
    elif tables.is_tsv(text):
        entities, dropped = tables.read_tsv(text, name)
    elif text.lstrip()[:1] in ("{", "["):
        entities = _read_json(text, name)
    else:
        raise FileError(
            f"{name} is not a watchlist; give JSON with a list of entities, CSV with the header "
            f"{','.join(tables.COLUMNS)}, or a TSV with the columns key, id, type, variant."
        )
    _check_all(entities, name)
    return WatchlistFile(tuple(entities), tuple(dropped))


def write_json(entities: Iterable[Entity]) -> bytes:
    """Keeps everything but ids, in the order given."""
    lists = [
        {"watchlist": name, "entities": [_entity_out(entity) for entity in group]}
        for name, group in groupby(entities, key=lambda entity: entity.watchlist)
    ] or [{"watchlist": "default", "entities": []}]
    whole = lists[0] if len(lists) == 1 else lists
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def write_csv(entities: Iterable[Entity]) -> bytes:
    """Loses what `losses` says: the options of aliases, and of names all but `case`."""
    return tables.write_csv(entities)


def write_tsv(entities: Iterable[Entity]) -> bytes:
    """Loses what `losses` says: watchlists, notes and all options."""
    return tables.write_tsv(entities)


def losses(entities: Iterable[Entity], kind: str) -> tuple[str, ...]:
    """Sentences on what a file of this kind (JSON, CSV or TSV) cannot keep of the entities."""
    return options.losses(tuple(entities), csv=kind == CSV) if kind != JSON else ()


def _check_all(entities: Iterable[Entity], name: str) -> None:
    seen = set()
    for entity in entities:
        try:
            check(entity)
        except ReaderError as problem:
            raise FileError(f"{name} was not imported: {problem}") from problem
        key = (entity.watchlist.casefold(), entity.name)
        if key in seen:
            raise FileError(
                f'{name} was not imported: the watchlist "{entity.watchlist}" holds '
                f'"{entity.name}" twice; make one entity of them.'
            )
        seen.add(key)


def _is_watchlist(text: str) -> bool:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return '"entities"' in text  # ours, broken: the reader says where
    lists = content if isinstance(content, list) else [content]
    return bool(lists) and all(isinstance(one, dict) and "entities" in one for one in lists)


def _read_json(text: str, name: str) -> list[Entity]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as problem:
        raise FileError(
            f"{name} is not valid JSON: {problem.msg} in line {problem.lineno}; correct it there."
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise FileError(f"{name} is not JSON that a watchlist could have.") from problem
    lists = content if isinstance(content, list) else [content]
    entities: list[Entity] = []
    for one in lists:
        entities += _read_list(one, name)
    return entities


def _read_list(content: Any, name: str) -> list[Entity]:
    fields = _fields(content, _LIST_FIELDS, name, "a watchlist")
    watchlist = _text(fields, "watchlist", name, "a watchlist", "default")
    about = f'the watchlist "{watchlist}"'
    entities = fields.get("entities")
    if not isinstance(entities, list):
        raise _wrong(name, about, "entities", "a list of entities")
    return [_read_entity(entity, watchlist, name) for entity in entities]


def _read_entity(content: Any, watchlist: str, name: str) -> Entity:
    about = _called(content)
    fields = _fields(content, _ENTITY_FIELDS, name, about)
    if "name" not in fields:
        raise _wrong(name, about, "name", "its name, which is missing")
    aliases = fields.get("aliases", [])
    if not isinstance(aliases, list):
        raise _wrong(name, about, "aliases", 'a list of texts or {"text", "case", "inflect", …}')
    called = _text(fields, "name", name, about)
    spellings: dict[str, Alias] = {}
    for alias in aliases:
        spelling = _alias(alias, name, about)
        spellings.setdefault(spelling.text, spelling)
    spellings.pop(called, None)
    return Entity(
        name=called,
        type=tables.known_type(_text(fields, "type", name, about, "other")),
        watchlist=watchlist,
        aliases=tuple(spellings.values()),
        note=_text(fields, "note", name, about, ""),
        **_options(fields, name, about),
    )


def _alias(content: Any, name: str, about: str) -> Alias:
    if isinstance(content, str):
        return Alias(content.strip())
    fields = _fields(content, _ALIAS_FIELDS, name, f"an alias of {about}")
    return Alias(_text(fields, "text", name, about, ""), **_options(fields, name, about))


def _options(fields: dict[str, Any], name: str, about: str) -> dict[str, Any]:
    try:
        return options.read(fields)
    except options.WrongOptionError as wrong:
        raise _wrong(name, about, wrong.field, wrong.allowed) from None


def _fields(content: Any, allowed: tuple[str, ...], name: str, about: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise FileError(
            f"{name} was not imported: {about} must be an object with "
            f"{', '.join(allowed)}, not {json.dumps(content)[:40]}."
        )
    for field in content:
        if field not in allowed:
            raise FileError(
                f"{name} was not imported: {about} has the unknown field "
                f'"{field}"; allowed are {", ".join(allowed)}.'
            )
    return content


def _text(
    fields: dict[str, Any], field: str, name: str, about: str, missing: str | None = None
) -> str:
    value = fields.get(field, missing)
    if not isinstance(value, str):
        raise _wrong(name, about, field, "a text")
    return value if field == "note" else value.strip()


def _called(content: Any) -> str:
    called = content.get("name") if isinstance(content, dict) else None
    return f'the entity "{called}"' if isinstance(called, str) and called else "an entity"


def _wrong(name: str, about: str, field: str, allowed: str) -> FileError:
    return FileError(
        f'{name} was not imported: {about} has a wrong "{field}"; it must be {allowed}.'
    )


def _entity_out(entity: Entity) -> dict[str, Any]:
    out: dict[str, Any] = {"name": entity.name, "type": entity.type}
    if entity.aliases:
        out["aliases"] = [_alias_out(alias) for alias in entity.aliases]
    out |= options.write(entity)
    return out | ({"note": entity.note} if entity.note else {})


def _alias_out(alias: Alias) -> str | dict[str, Any]:
    chosen = options.write(alias)
    return {"text": alias.text, **chosen} if chosen else alias.text
