"""Brings a database to the present schema, one numbered step at a time.

A step is `migrations/NNNN_what.sql`; it runs in a transaction of its own together with the version
number and a check of all references, so a step that fails changes nothing. Before the first step a
copy of the database is put aside, when there is something to copy. A new database gets all its
steps in one transaction, so that nobody ever sees it half made.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import ReaderError, StoreError
from reader.store.backup import copy
from reader.store.database import APPLICATION_ID, Connection, transaction

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    path: Path


def steps(folder: Path = FOLDER) -> list[Step]:
    """In order, numbered from 1 without a gap."""
    found = [Step(int(path.name[:4]), path) for path in sorted(folder.glob("[0-9]*.sql"))]
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise LookupError(f"The migration steps in {folder} have a gap or a double number.")
    return found


def version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(connection: Connection, known: Sequence[Step]) -> None:
    if version(connection) > len(known):
        raise StoreError(
            f"{connection.path} was written by a newer version of Media Reader; "
            "update the program to open this library."
        )


def refuse_other(connection: Connection, known: Sequence[Step]) -> None:
    """StoreError unless the database is of the present version; for those who may not change it."""
    refuse_newer(connection, known)
    if version(connection) < len(known):
        raise StoreError(
            f"{connection.path} is of an older version; open the library once for writing to bring "
            "it up to date."
        )


def migrate(connection: Connection, backups: Path, folder: Path = FOLDER) -> None:
    """Runs the steps that are missing. The copy is `backups/before-version-N-….db`."""
    known = steps(folder)
    refuse_newer(connection, known)
    present = version(connection)
    missing = known[present:]
    if not present:
        _run(connection, missing)
        return
    if missing:
        _put_aside(connection, backups, missing[-1].number)
    for step in missing:
        _run(connection, [step])


def _put_aside(connection: Connection, backups: Path, target: int) -> None:
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    try:
        backups.mkdir(exist_ok=True)
        copy(connection, backups / f"before-version-{target}-{stamp}.db")
    except (OSError, ReaderError) as problem:
        raise StoreError(
            f"The library must be brought up to date, but no copy could be saved in {backups} "
            f"({problem}); nothing was changed. Free some space and start again."
        ) from problem


def _run(connection: Connection, together: Sequence[Step]) -> None:
    # References are off while tables are rebuilt and checked before the step counts; the switch
    # does nothing inside a transaction, so it stands outside.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection):
            for step in together:
                _apply(connection, step)
    except sqlite3.Error as problem:
        raise StoreError(
            f"{connection.path} could not be brought to version {together[-1].number} ({problem}); "
            "it was left as it is. Go on with the older program, and please report this."
        ) from problem
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    logger.info("database brought to version %d", version(connection))


def _apply(connection: Connection, step: Step) -> None:
    if version(connection) >= step.number:  # another process was faster
        return
    for statement in statements(step.path.read_text(encoding="utf-8")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {step.number}")
    _check_references(connection, step)


def _check_references(connection: Connection, step: Step) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise sqlite3.IntegrityError(f"a reference of {broken[0]} leads nowhere: {step.path.name}")


def statements(script: str) -> Iterator[str]:
    """The statements of a script, each ending at the end of a line."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""
    if gathered.strip():
        yield gathered
