"""Connections to the library's database, and what their failures mean to a person.

The only module that opens SQLite. What SQLite reports about the world (locked, full, read-only,
damaged) becomes a `StoreError` with the file's path and what to do; a bug stays what it is.
"""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

from reader.errors import StoreError

logger = logging.getLogger(__name__)
sql_logger = logging.getLogger("reader.store.sql")
"""At DEBUG, connections opened from then on report every statement with its time."""

APPLICATION_ID = 0x4D526462
BUSY_SECONDS = 10.0
_SWITCH_TRIES = 50
_CACHE_KIB = 16_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)

T = TypeVar("T")

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "{path} is in use by another program; close it or try again in a moment.",
    sqlite3.SQLITE_LOCKED: "{path} is in use by another program; try again in a moment.",
    sqlite3.SQLITE_FULL: "The disk that holds {path} is full; free some space and try again.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written; check its permissions and its folder's.",
    sqlite3.SQLITE_PERM: "{path} cannot be opened; check its permissions.",
    sqlite3.SQLITE_AUTH: "{path} cannot be opened; check its permissions.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened; check that its folder exists and that you "
    "may write there.",
    sqlite3.SQLITE_NOTADB: "{path} is not a Media Reader library; choose another folder, or move "
    "this file away.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged; restore the latest backup of the library.",
    sqlite3.SQLITE_IOERR: "{path} could not be read or written: the disk reports an error; check "
    "the disk and its free space.",
}


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970 UTC, rounded down. `moment` must be aware."""
    return (moment - _EPOCH) // _MS


def from_ms(ms: int) -> datetime:
    return _EPOCH + ms * _MS


def to_ms_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else to_ms(moment)


def from_ms_or_none(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


class Cursor(sqlite3.Cursor):
    """A cursor whose failures are told to a person."""

    def execute(self, sql: str, values: Any = (), /) -> Self:
        return self._told(lambda: super(Cursor, self).execute(sql, values))

    def executemany(self, sql: str, rows: Any, /) -> Self:
        return self._told(lambda: super(Cursor, self).executemany(sql, rows))

    def fetchone(self) -> Any:
        return self._told(super().fetchone)

    def fetchall(self) -> list[Any]:
        return self._told(super().fetchall)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        return self._told(lambda: super(Cursor, self).fetchmany(size))

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.Error as problem:
            self._tell(problem)
            raise

    def _told(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as problem:
            self._tell(problem)
            raise

    def _tell(self, problem: sqlite3.Error) -> None:
        told = translated(problem, getattr(self.connection, "path", Path()))
        if told:
            raise told from problem


class TracingCursor(Cursor):
    """Reports each statement with its time until the last row was taken, in milliseconds."""

    def _told(self, work: Callable[[], T]) -> T:
        begun = time.perf_counter()
        try:
            return super()._told(work)
        finally:
            taken = (time.perf_counter() - begun) * 1000
            sql_logger.debug("%8.2f ms  %s", taken, getattr(self, "_statement", "(rows)"))

    def execute(self, sql: str, values: Any = (), /) -> Self:
        self._statement = " ".join(sql.split())
        return super().execute(sql, values)

    def executemany(self, sql: str, rows: Any, /) -> Self:
        self._statement = " ".join(sql.split())
        return super().executemany(sql, rows)


class Connection(sqlite3.Connection):
    """`path`: the file, for the sentences of its errors."""

    path = Path()
    _cursor_class: type[Cursor] = Cursor

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or self._cursor_class)

    # SQLite's own shortcuts would use its own cursors.
    def execute(self, sql: str, values: Any = (), /) -> Cursor:
        cursor: Cursor = self.cursor()
        return cursor.execute(sql, values)

    def executemany(self, sql: str, rows: Any, /) -> Cursor:
        cursor: Cursor = self.cursor()
        return cursor.executemany(sql, rows)


def connect(path: Path, *, read_only: bool = False, timeout: float = BUSY_SECONDS) -> Connection:
    """A checked connection, for one thread; autocommit but for `transaction`.

    A missing file is made, unless `read_only`. `timeout`: seconds to wait for another writer.
    A database of another program, or of a newer version of this one, is refused and not touched.
    """
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={'ro' if read_only else 'rwc'}",
            uri=True,
            timeout=timeout,
            isolation_level=None,
            factory=Connection,
        )
    except sqlite3.Error as problem:
        raise translated(problem, path) or problem from problem
    connection.path = path
    if sql_logger.isEnabledFor(logging.DEBUG):
        connection._cursor_class = TracingCursor  # noqa: SLF001 - of this module
    try:
        check_ours(connection)
        _configure(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def check_ours(connection: Connection) -> None:
    """StoreError unless the database is ours, or empty. Whether it is newer, `migrate` says."""
    application, version, tables = connection.execute(
        "SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_application_id AS a, pragma_user_version AS v"
    ).fetchone()
    if application != APPLICATION_ID and (application or version or tables):
        raise StoreError(_SENTENCES[sqlite3.SQLITE_NOTADB].format(path=connection.path))


def _configure(connection: Connection, *, read_only: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA temp_store = MEMORY")
    if not read_only:
        _switch_to_wal(connection)


def _switch_to_wal(connection: Connection) -> None:
    """SQLite does not wait when two connections switch a new file at once, so we do."""
    for left in reversed(range(_SWITCH_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except StoreError as problem:
            if not left or not is_busy(problem):
                raise
            time.sleep(0.02)
        else:
            return


def is_busy(problem: StoreError) -> bool:
    """Whether trying again later may help."""
    return _code(problem.__cause__) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_damage(problem: StoreError) -> bool:
    return _code(problem.__cause__) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _code(problem: BaseException | None) -> int:
    return int(getattr(problem, "sqlite_errorcode", 0)) & 0xFF


def translated(problem: sqlite3.Error, path: Path) -> StoreError | None:
    """What to tell a person, or None when the failure is a bug."""
    sentence = _SENTENCES.get(_code(problem))
    return StoreError(sentence.format(path=path)) if sentence else None


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing. Inside another transaction it is a part that can fail on its own."""
    nested = connection.in_transaction
    begin, commit, undo = _WORDS[nested]
    connection.execute(begin)
    try:
        yield
        connection.execute(commit)
    except BaseException:
        # A full disk makes SQLite roll back by itself; there is nothing left to undo then.
        if connection.in_transaction:
            for statement in undo:
                connection.execute(statement)
        raise


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """All or nothing, for what is done very often: inside another transaction it is no part of its
    own, so that one has to be given up when this fails."""
    if connection.in_transaction:
        yield
    else:
        with transaction(connection):
            yield


_WORDS = {
    False: ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)),
    True: ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part")),
}


def check_file(path: Path) -> None:
    """StoreError unless the file is a whole, undamaged library database."""
    with closing(connect(path, read_only=True)) as connection:
        answers = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        if answers != ["ok"]:
            raise StoreError(_SENTENCES[sqlite3.SQLITE_CORRUPT].format(path=path))
        if not connection.execute("PRAGMA application_id").fetchone()[0]:
            raise StoreError(_SENTENCES[sqlite3.SQLITE_NOTADB].format(path=path))
