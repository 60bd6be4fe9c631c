"""Copies of the database: made while others read and write, checked before they count."""

import os
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

from reader.errors import FileError
from reader.store.database import Connection, check_file


def copy(connection: Connection, to: Path) -> None:
    """A whole, checked copy of the database as one file at `to`, which is replaced if it exists.

    Made under another name beside it and renamed at the end: `to` is never half a copy.
    FileError when it cannot be written, StoreError when the database is found to be damaged.
    """
    part = to.with_name(f".{to.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            transfer(connection, target)
            target.execute("PRAGMA journal_mode = DELETE")
        check_file(part)
        sync(part)
        part.replace(to)
        sync(to.parent)
    except (sqlite3.Error, OSError) as problem:
        raise FileError(
            f"The copy {to} could not be written ({problem}); choose another place, or free "
            "some space there."
        ) from problem
    finally:
        for leftover in (part, part.with_name(part.name + "-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def transfer(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Makes `target` the same as `source`, in one step.

    Python would ask a locked database again for ever; the connections' own time to wait is enough.
    """

    def give_up(status: int, _left: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            problem = sqlite3.OperationalError("database is locked")
            problem.sqlite_errorcode = status
            raise problem

    source.backup(target, progress=give_up)


def sync(path: Path) -> None:
    """Makes a file, or the names in a folder, survive a loss of power."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
