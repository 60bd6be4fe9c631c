"""Puts a backup in the library's place, keeping what was there."""

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from reader.errors import FileError, StoreError
from reader.paths import LibraryPaths
from reader.store import migrate
from reader.store.backup import copy, transfer
from reader.store.database import BUSY_SECONDS, check_file, connect, is_damage, translated


def restore(paths: LibraryPaths, source: Path, *, timeout: float = BUSY_SECONDS) -> Path | None:
    """The library becomes what `source` holds, in one step: a kill leaves the old one or the new.

    Returns where the old database was kept, or None when there was none. The search index must be
    built anew afterwards. FileError when `source` is no sound backup, StoreError when another
    program keeps writing for `timeout` seconds; the library is as it was then.
    """
    _check(source)
    paths.root.mkdir(parents=True, exist_ok=True)
    kept = _keep(paths)
    with (
        closing(connect(source, read_only=True)) as backup,
        closing(connect(paths.database, timeout=timeout)) as library,
    ):
        try:
            transfer(backup, library)
        except sqlite3.Error as problem:
            raise translated(problem, paths.database) or problem from problem
    return kept


def _check(source: Path) -> None:
    if not source.is_file():
        raise FileError(f"{source} does not exist; name a file made by `library backup`.")
    try:
        check_file(source)
        with closing(connect(source, read_only=True)) as connection:
            migrate.refuse_newer(connection, migrate.steps())
    except StoreError as problem:
        raise FileError(f"Nothing was restored: {problem}") from problem


def _keep(paths: LibraryPaths) -> Path | None:
    """A copy of the present database in `backups`; one too damaged to be copied is moved there."""
    if not paths.database.exists():
        return None
    paths.backups.mkdir(exist_ok=True)
    names = (paths.backups / f"replaced-{number}.db" for number in count(1))
    kept = next(name for name in names if not name.exists())
    try:
        with closing(connect(paths.database)) as connection:
            copy(connection, kept)
    except StoreError as problem:
        if not is_damage(problem):
            raise
        _move(paths.database, kept)
    return kept


def _move(database: Path, to: Path) -> None:
    """The log of its last writes goes along, or it would be taken for the next database's."""
    for ending in ("", "-wal", "-shm"):
        part = database.with_name(database.name + ending)
        if part.exists():
            part.replace(to.with_name(to.name + ending))
