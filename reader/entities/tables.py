"""Watchlists as rows: CSV with a header of ours, and the TSV in which the JRC shares names.

CSV: `watchlist,name,type,aliases,case,note`; "|" stands between aliases (written "\\|" inside
one); rows of the same watchlist and name are one entity. Tolerated: a byte order mark, ";" as
separator, columns in any order, all but `name` missing.

TSV: key, id, type, variant, no header. Rows of one id are one entity, whose name is the first
variant. Also read: the order id, type, language, variant, and "+" for spaces, when the file has
no space in any name.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from reader.domain.entity import TYPES, Alias, Entity
from reader.domain.fold import fold_key
from reader.errors import FileError

COLUMNS = ("watchlist", "name", "type", "aliases", "case", "note")
_CASES: dict[str, bool | None] = {"": None, "true": True, "false": False}
_LETTERS = {
    "p": "person", "o": "organisation", "t": "topic", "e": "event", "w": "weapon",
    "l": "place", "g": "place", "u": "other",
}  # fmt: skip
_LETTER_OF = {kind: letter for letter, kind in reversed(_LETTERS.items())}
_PLUS = re.compile(r"(?<=[^\s+])\+(?=[^\s+])")
_BETWEEN = re.compile(r"(?<!\\)\|")


def decode(data: bytes, name: str) -> str:
    """Text of UTF-8 or UTF-16 bytes, without the byte order mark."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise FileError(f"{name} is not UTF-8 text; save it as UTF-8 and try again.") from problem


def known_type(word: str) -> str:
    """The word, or the type every library knows that differs from it only in capitals."""
    return word.lower() if word.lower() in TYPES else word


def is_csv(text: str) -> bool:
    header = _header(text)
    return "name" in header and len(set(header) & set(COLUMNS)) >= min(2, len(header))


def is_tsv(text: str) -> bool:
    """Judged by the first line that is not empty."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    cells = first.split("\t")
    return len(cells) == 4 and all(cell.strip() for cell in cells[1:])


def read_csv(text: str, name: str) -> list[Entity]:
    header = _header(text)
    for column in header:
        if column not in COLUMNS:
            raise FileError(
                f'{name} was not imported: it has the unknown column "{column}"; '
                f"allowed are {', '.join(COLUMNS)}."
            )
    found: dict[tuple[str, str], Entity] = {}
    for number, row in enumerate(_rows(text, name), start=1):
        if number > 1 and any(cell.strip() for cell in row):
            entity = _from_row(dict(zip(header, _fitting(row, header, number, name), strict=True)),
                               number, name)  # fmt: skip
            key = (entity.watchlist, entity.name)
            found[key] = _merged(found[key], entity) if key in found else entity
    return list(found.values())


def write_csv(entities: Iterable[Entity]) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for entity in entities:
        aliases = "|".join(alias.text.replace("|", "\\|") for alias in entity.aliases)
        case = "" if entity.case is None else str(entity.case).lower()
        rows.writerow((entity.watchlist, entity.name, entity.type, aliases, case, entity.note))
    return out.getvalue().encode()


def read_tsv(text: str, name: str) -> tuple[list[Entity], list[str]]:
    """The entities, and sentences on what was dropped. The watchlist is called like the file."""
    lines = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines()]
    rows = [cells for cells in lines if len(cells) == 4 and any(map(str.isalnum, cells[3]))]
    foreign = all(cells[0].isdigit() and cells[1].lower() in _LETTERS for cells in rows)
    if foreign:
        rows = [[cells[2], cells[0], cells[1], cells[3]] for cells in rows]
    if not any(" " in cells[3] for cells in rows):
        rows = [[*cells[:3], _PLUS.sub(" ", cells[3])] for cells in rows]
    groups = list(_groups(rows, PurePath(name).stem.strip() or "default"))
    entities: dict[str, Entity] = {}
    for one in groups:
        entities[one.name] = _merged(entities[one.name], one) if one.name in entities else one
    repeated = len(rows) - sum(len(one.spellings()) for one in groups)
    dropped = (
        (len([cells for cells in lines if any(cells)]) - len(rows),
         "without a name in the fourth of four columns (key, id, type, variant)"),
        (repeated, "that repeat a variant of the same id"),
        (len(rows) if foreign else 0, "whose language was not kept"),
        (len(groups) - len(entities), "starting an id whose name another id has: joined with it"),
    )  # fmt: skip
    sentences = [f"{count} line{'s' * (count > 1)} {what}." for count, what in dropped if count]
    return list(entities.values()), sentences


def write_tsv(entities: Iterable[Entity]) -> bytes:
    lines = []
    for number, entity in enumerate(entities, start=1):
        kind = _LETTER_OF.get(entity.type, entity.type)
        lines += [
            f"{fold_key(alias.text)}\t{number}\t{kind}\t{alias.text}\n"
            for alias in entity.spellings()
        ]
    return "".join(lines).encode()


def _header(text: str) -> list[str]:
    first = next(iter(text.splitlines()), "")
    cells = next(iter(csv.reader([first], delimiter=_separator(first))), [])
    return [cell.strip().lower() for cell in cells]


def _separator(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","


def _rows(text: str, name: str) -> Iterator[list[str]]:
    separator = _separator(next(iter(text.splitlines()), ""))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as problem:
        raise FileError(
            f"{name} was not imported: it is not well-formed CSV ({problem})."
        ) from problem


def _fitting(row: list[str], header: list[str], number: int, name: str) -> list[str]:
    """Missing cells at the end are empty; more cells than columns are a mistake."""
    while len(row) > len(header) and not row[-1].strip():
        row = row[:-1]
    if len(row) > len(header):
        raise FileError(
            f"{name} was not imported: row {number} has {len(row)} cells for {len(header)} "
            "columns; put quotes around a text that contains the separator."
        )
    return row + [""] * (len(header) - len(row))


def _from_row(cells: dict[str, str], number: int, name: str) -> Entity:
    called = cells["name"].strip()
    case = cells.get("case", "").strip().lower()
    if not called:
        raise FileError(f"{name} was not imported: row {number} has no name.")
    if case not in _CASES:
        raise FileError(
            f'{name} was not imported: the entity "{called}" has a wrong "case"; '
            "it must be true, false or empty."
        )
    parts = _BETWEEN.split(cells.get("aliases", ""))
    aliases = [part.strip().replace("\\|", "|") for part in parts if part.strip()]
    return Entity(
        name=called,
        type=known_type(cells.get("type", "").strip() or "other"),
        watchlist=cells.get("watchlist", "").strip() or "default",
        aliases=_unlike(called, aliases),
        case=_CASES[case],
        note=cells.get("note", ""),
    )


def _merged(one: Entity, other: Entity) -> Entity:
    aliases = [alias.text for alias in (*one.aliases, *other.aliases)]
    return replace(one, aliases=_unlike(one.name, aliases), note=one.note or other.note)


def _unlike(name: str, aliases: Iterable[str]) -> tuple[Alias, ...]:
    """Each alias once, and never the name."""
    return tuple(Alias(text) for text in dict.fromkeys(aliases) if text != name)


def _groups(rows: list[list[str]], watchlist: str) -> Iterator[Entity]:
    groups: dict[str, list[list[str]]] = {}
    for row in rows:
        groups.setdefault(row[1], []).append(row)
    for group in groups.values():
        kind, name = group[0][2], group[0][3]
        yield Entity(
            name=name,
            type=_LETTERS.get(kind.lower(), known_type(kind) if len(kind) > 1 else "other"),
            watchlist=watchlist,
            aliases=_unlike(name, (row[3] for row in group[1:])),
        )
