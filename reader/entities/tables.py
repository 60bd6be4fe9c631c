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
from typing import NamedTuple

from reader.domain.entity import TYPES, Alias, Entity
from reader.domain.fold import fold_key
from reader.domain.watchlist import DEFAULT
from reader.entities.rows import Gathered, WrongRowError, checked
from reader.errors import FileError

_TSV = ("key", "id", "type", "variant")
COLUMNS = ("watchlist", "name", "type", "aliases", "case", "note")
_CASES: dict[str, bool | None] = {"": None, "true": True, "false": False}
_LETTERS = {
    "p": "person", "o": "organisation", "t": "topic", "e": "event", "w": "weapon",
    "l": "place", "g": "place", "u": "other",
}  # fmt: skip
_LETTER_OF = {kind: letter for letter, kind in reversed(_LETTERS.items())}
_PLUS = re.compile(r"(?<=[^\s+])\+(?=[^\s+])")
_BETWEEN = re.compile(r"(?<!\\)\|")


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


def read_csv(text: str, name: str) -> Gathered:
    """FileError for a column that we do not know."""
    header = _header(text)
    for column in header:
        if column not in COLUMNS:
            raise FileError(
                f'{name} was not imported: it has the unknown column "{column}"; '
                f"allowed are {', '.join(COLUMNS)}."
            )
    gathered, found = Gathered(), dict[tuple[str, str], Entity]()
    for line, row in _records(text, header, gathered):
        try:
            entity = _from_row(row)
            key = (entity.watchlist, entity.name)
            found[key] = checked(_merged(found[key], entity) if key in found else entity)
        except WrongRowError as problem:
            gathered.reject(line, str(problem))
    gathered.entities = list(found.values())
    return gathered


def write_csv(entities: Iterable[Entity]) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for entity in entities:
        aliases = "|".join(alias.text.replace("|", "\\|") for alias in entity.aliases)
        case = "" if entity.case is None else str(entity.case).lower()
        rows.writerow((entity.watchlist, entity.name, entity.type, aliases, case, entity.note))
    return out.getvalue().encode()


def read_tsv(text: str, name: str) -> Gathered:
    """`dropped` says what had no place. The watchlist is called like the file."""
    gathered = Gathered()
    rows = list(_tsv_rows(text, gathered))
    foreign = all(row.cells[0].isdigit() and row.cells[1].lower() in _LETTERS for row in rows)
    if foreign:
        rows = [_Row(row.line, [row.cells[i] for i in (2, 0, 1, 3)]) for row in rows]
    if not any(" " in row.cells[3] for row in rows):
        rows = [_Row(r.line, [*r.cells[:3], _PLUS.sub(" ", r.cells[3])]) for r in rows]
    groups = list(_groups(rows, PurePath(name).stem.strip() or DEFAULT))
    entities: dict[str, Entity] = {}
    repeated = joined = 0
    for line, count, one in groups:
        repeated += count - len(one.spellings())
        joined += one.name in entities
        try:
            known = entities.get(one.name)
            entities[one.name] = checked(_merged(known, one) if known else one)
        except WrongRowError as problem:
            gathered.reject(line, str(problem))
    dropped = (
        (repeated, "that repeat a variant of the same id"),
        (len(rows) if foreign else 0, "whose language was not kept"),
        (joined, "starting an id whose name another id has: joined with it"),
    )
    gathered.dropped += (f"{n} line{'s' * (n > 1)} {what}." for n, what in dropped if n)
    gathered.entities = list(entities.values())
    return gathered


class _Row(NamedTuple):
    line: int
    cells: list[str]


def _tsv_rows(text: str, gathered: Gathered) -> Iterator[_Row]:
    for line, whole in enumerate(io.StringIO(text), start=1):
        cells = [cell.strip() for cell in whole.split("\t")]
        if len(cells) == len(_TSV) and any(map(str.isalnum, cells[3])):
            yield _Row(line, cells)
        elif any(cells):
            gathered.reject(line, f"It has no name in the fourth of the columns {', '.join(_TSV)}.")


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


def _records(
    text: str, header: list[str], gathered: Gathered
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row below the header with its line and its cells by column.

    What is no CSV is rejected. A quotation mark that is open swallows the rows below it: these are
    read again, each for itself.
    """
    lines = list(io.StringIO(text, newline=""))
    separator, start = _separator(lines[0]), 1
    while start < len(lines):
        rest = map(lines.__getitem__, range(start, len(lines)))
        reader = csv.reader(rest, delimiter=separator, strict=True)
        first = 0
        try:
            for row in reader:
                line = start + first + 1
                if any(cell.strip() for cell in row):
                    yield line, _cells(row, header, several=reader.line_num - first > 1)
                first = reader.line_num
            start = len(lines)
        except (csv.Error, WrongRowError) as problem:
            gathered.reject(start + first + 1, _why(problem))
            start += first + 1


def _why(problem: Exception) -> str:
    if isinstance(problem, WrongRowError):
        return str(problem)
    return f"It is not well-formed CSV ({problem}): look for a quotation mark."


def _cells(row: list[str], header: list[str], *, several: bool) -> dict[str, str]:
    """Missing cells at the end are empty; more cells than columns are a mistake, and so is a line
    break outside of a note. `several`: the row has more than one line."""
    while len(row) > len(header) and not row[-1].strip():
        row = row[:-1]
    if len(row) > len(header):
        raise WrongRowError(
            f"It has {len(row)} cells for {len(header)} columns; put quotes around a text that "
            "contains the separator."
        )
    cells = dict(zip(header, row + [""] * (len(header) - len(row)), strict=True))
    if several and any("\n" in cell.strip() for name, cell in cells.items() if name != "note"):
        raise WrongRowError("A quotation mark is open, or a name holds a line break.")
    return cells


def _from_row(cells: dict[str, str]) -> Entity:
    called = cells["name"].strip()
    case = cells.get("case", "").strip().lower()
    if not called:
        raise WrongRowError("It has no name.")
    if case not in _CASES:
        raise WrongRowError(
            f'The entity "{called}" has a wrong "case"; it must be true, false or empty.'
        )
    parts = _BETWEEN.split(cells.get("aliases", ""))
    aliases = [part.strip().replace("\\|", "|") for part in parts if part.strip()]
    return Entity(
        name=called,
        type=known_type(cells.get("type", "").strip() or "other"),
        watchlist=cells.get("watchlist", "").strip() or DEFAULT,
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


def _groups(rows: list[_Row], watchlist: str) -> Iterator[tuple[int, int, Entity]]:
    """(its first line, how many lines, the entity) of each id."""
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row.cells[1], []).append(row)
    for group in groups.values():
        _, _, kind, name = group[0].cells
        entity = Entity(
            name=name,
            type=_LETTERS.get(kind.lower(), known_type(kind) if len(kind) > 1 else "other"),
            watchlist=watchlist,
            aliases=_unlike(name, (row.cells[3] for row in group[1:])),
        )
        yield group[0].line, len(group), entity
