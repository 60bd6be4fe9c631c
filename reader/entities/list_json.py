"""Our JSON of watchlists: keeps everything, and is read entity by entity.

{"watchlist": "libya", "note": "…", "enabled": false, "entities": [{"name": …}, …],
 "types": [{"name": "ship", "colour": "teal", "icon": "star"}]}

Several lists are an array of such objects; what a person told of types stands in the first. An
entity that is wrong, or no JSON at all, is left out and named with its line; the others come in.
"""

import json
from collections.abc import Iterable, Sequence
from json.decoder import JSONDecodeError
from typing import Any

from reader.domain.entity import Alias, Entity
from reader.domain.looks import EntityType, colour_of, icon_of
from reader.domain.watchlist import DEFAULT, Watchlist
from reader.entities import json_walk, options
from reader.entities.check import check_type
from reader.entities.json_walk import Element
from reader.entities.rows import Gathered, Lines, ToldList, WrongRowError, checked
from reader.entities.tables import known_type
from reader.errors import FileError, UsageError

_LIST_FIELDS = ("watchlist", "note", "enabled", "entities", "types")
_ENTITY_FIELDS = ("name", "type", "aliases", *options.FIELDS, "note")
_ALIAS_FIELDS = ("text", *options.FIELDS)
_TYPE_FIELDS = ("name", "colour", "icon")


def read(text: str, name: str) -> Gathered:
    """FileError when the file as a whole cannot be understood."""
    found, lines = Gathered(), Lines(text)
    try:
        for fields, elements in json_walk.lists(text):
            _take_list(found, fields, elements, lines)
    except WrongRowError as problem:
        raise FileError(f"{name} was not imported: {problem}") from problem
    except JSONDecodeError as problem:
        raise FileError(
            f"{name} is not valid JSON: {problem.msg} in line {problem.lineno}; correct it there."
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise FileError(f"{name} is not JSON that a watchlist could have.") from problem
    return found


def write(
    entities: Iterable[Entity],
    lists: Iterable[Watchlist] = (),
    types: Iterable[EntityType] = (),
) -> bytes:
    """Entities in the order given, list by list; `lists` that have none come along empty."""
    by_name: dict[str, list[Any]] = {}
    for entity in entities:
        by_name.setdefault(entity.watchlist, []).append(_entity_out(entity))
    told = {one.name: one for one in lists}
    names = sorted({*by_name, *told}) if told else [*by_name]
    out = [_list_out(told.get(n, Watchlist(n)), by_name.get(n, [])) for n in names or [DEFAULT]]
    looks = [_type_out(one) for one in types]
    if looks:
        out[0]["types"] = looks
    whole = out[0] if len(out) == 1 else out
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


# -- one list, one entity


def _take_list(
    found: Gathered, fields: Any, elements: Sequence[Element] | None, lines: Lines
) -> None:
    fields = _fields(fields, _LIST_FIELDS, "a watchlist")
    if elements is None:
        raise _wrong("a watchlist", "entities", "a list of entities")
    watchlist = _text(fields, "watchlist", "a watchlist", DEFAULT)
    about = f'the watchlist "{watchlist}"'
    enabled = fields.get("enabled")
    if not isinstance(enabled, bool | None):
        raise _wrong(about, "enabled", "true or false")
    note = _text(fields, "note", about) if "note" in fields else None
    if note is not None or enabled is not None or not elements:
        found.lists.append(ToldList(watchlist, note, enabled))
    found.types += (_type(one) for one in _array(fields.get("types", []), about, "types"))
    seen = {(one.watchlist.casefold(), one.name) for one in found.entities}
    for offset, content in elements:
        try:
            entity = checked(_entity(content, watchlist))
        except WrongRowError as problem:
            found.reject(lines.at(offset), str(problem))
            continue
        key = (watchlist.casefold(), entity.name)
        if key in seen:
            told = f"{about} holds “{entity.name}” twice; the first one is taken."
            found.reject(lines.at(offset), told)
        else:
            seen.add(key)
            found.entities.append(entity)


def _entity(content: Any, watchlist: str) -> Entity:
    if isinstance(content, JSONDecodeError):
        raise WrongRowError(f"It is not valid JSON: {content.msg} in line {content.lineno}.")
    about = _called(content)
    fields = _fields(content, _ENTITY_FIELDS, about)
    if "name" not in fields:
        raise _wrong(about, "name", "its name, which is missing")
    called = _text(fields, "name", about)
    spellings: dict[str, Alias] = {}
    for alias in _array(fields.get("aliases", []), about, "aliases"):
        spelling = _alias(alias, about)
        spellings.setdefault(spelling.text, spelling)
    spellings.pop(called, None)
    return Entity(
        name=called,
        type=known_type(_text(fields, "type", about, "other")),
        watchlist=watchlist,
        aliases=tuple(spellings.values()),
        note=_text(fields, "note", about, ""),
        **_options(fields, about),
    )


def _alias(content: Any, about: str) -> Alias:
    if isinstance(content, str):
        return Alias(content.strip())
    fields = _fields(content, _ALIAS_FIELDS, f"an alias of {about}")
    return Alias(_text(fields, "text", about, ""), **_options(fields, about))


def _type(content: Any) -> EntityType:
    fields = _fields(content, _TYPE_FIELDS, "a type")
    name, colour, icon = (_text(fields, field, "a type", "") for field in _TYPE_FIELDS)
    try:
        check_type(name)
        return EntityType(name, colour_of(colour), icon_of(icon))
    except UsageError as problem:
        raise WrongRowError(str(problem)) from problem


def _options(fields: dict[str, Any], about: str) -> dict[str, Any]:
    try:
        return options.read(fields)
    except options.WrongOptionError as wrong:
        raise _wrong(about, wrong.field, wrong.allowed) from None


def _fields(content: Any, allowed: tuple[str, ...], about: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise WrongRowError(
            f"{about} must be an object with {', '.join(allowed)}, not {json.dumps(content)[:40]}."
        )
    for field in content:
        if field not in allowed:
            raise WrongRowError(
                f'{about} has the unknown field "{field}"; allowed are {", ".join(allowed)}.'
            )
    return content


def _text(fields: dict[str, Any], field: str, about: str, missing: str | None = None) -> str:
    value = fields.get(field, missing)
    if not isinstance(value, str):
        raise _wrong(about, field, "a text")
    return value if field == "note" else value.strip()


def _array(value: Any, about: str, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(about, field, _ARRAYS[field])
    return value


_ARRAYS = {
    "aliases": 'a list of texts or {"text", "case", "inflect", …}',
    "types": 'a list of {"name", "colour", "icon"}',
}


def _called(content: Any) -> str:
    called = content.get("name") if isinstance(content, dict) else None
    return f'the entity "{called}"' if isinstance(called, str) and called else "an entity"


def _wrong(about: str, field: str, allowed: str) -> WrongRowError:
    return WrongRowError(f'{about} has a wrong "{field}"; it must be {allowed}.')


# -- out


def _list_out(watchlist: Watchlist, entities: list[Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"watchlist": watchlist.name}
    out |= {"note": watchlist.note} if watchlist.note else {}
    out |= {} if watchlist.enabled else {"enabled": False}
    return {**out, "entities": entities}


def _type_out(one: EntityType) -> dict[str, str]:
    values = {"name": one.name, "colour": one.colour, "icon": one.icon}
    return {field: value for field, value in values.items() if value}


def _entity_out(entity: Entity) -> dict[str, Any]:
    out: dict[str, Any] = {"name": entity.name, "type": entity.type}
    if entity.aliases:
        out["aliases"] = [_alias_out(alias) for alias in entity.aliases]
    out |= options.write(entity)
    return out | ({"note": entity.note} if entity.note else {})


def _alias_out(alias: Alias) -> str | dict[str, Any]:
    chosen = options.write(alias)
    return {"text": alias.text, **chosen} if chosen else alias.text
