"""The library's database, opened: one object per group of tables, used by one thread."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from reader.domain.library import Totals
from reader.errors import StoreError
from reader.paths import LibraryPaths
from reader.store import check, migrate
from reader.store.alerts import Alerts
from reader.store.articles import Articles
from reader.store.backup import copy
from reader.store.copies import Copies
from reader.store.database import Connection, connect, from_ms_or_none, transaction
from reader.store.entities import Entities
from reader.store.feeds import Feeds
from reader.store.imprints import Imprints
from reader.store.journal import Journal
from reader.store.judgements import Judgements
from reader.store.lists import Lists
from reader.store.marks import Marks
from reader.store.meta import Meta
from reader.store.outbox import Outbox
from reader.store.publications import Publications
from reader.store.queue import IndexQueue
from reader.store.saved import Saved
from reader.store.selection import Selection
from reader.store.watchlists import Types, Watchlists

_TOTALS = """
    SELECT articles, unread, starred,
        (SELECT count(*) FROM feed WHERE removed IS NULL),
        (SELECT count(*) FROM feed WHERE removed IS NULL AND error <> ''),
        (SELECT count(*) FROM index_queue),
        (SELECT max(last_fetched) FROM feed WHERE removed IS NULL)
    FROM library_tally
"""


class Store:
    """Changes by several methods belong in one `transaction()`; each method alone is atomic."""

    def __init__(self, paths: LibraryPaths, connection: Connection) -> None:
        self._paths = paths
        self.connection = connection
        self.feeds = Feeds(connection)
        self.articles = Articles(connection)
        self.imprints = Imprints(connection)
        self.copies = Copies(connection)
        self.lists = Lists(connection)
        self.marks = Marks(connection)
        self.entities = Entities(connection)
        self.watchlists = Watchlists(connection)
        self.types = Types(connection)
        self.saved = Saved(connection)
        self.alerts = Alerts(connection)
        self.outbox = Outbox(connection)
        self.judgements = Judgements(connection)
        self.publications = Publications(connection)
        self.queue = IndexQueue(connection)
        self.journal = Journal(connection)
        self.selection = Selection(connection)
        self.meta = Meta(connection)

    @classmethod
    def open(cls, paths: LibraryPaths, *, read_only: bool = False) -> Self:
        """Makes the folder and the database when they are missing, unless `read_only`, and brings
        an older database up to date. StoreError says what to do when that cannot be."""
        if not read_only:
            _make_folder(paths.root)
        elif not paths.database.exists():
            raise StoreError(f"There is no library in {paths.root}; open it once to make it.")
        connection = connect(paths.database, read_only=read_only)
        try:
            if read_only:
                migrate.refuse_other(connection, migrate.steps())
            else:
                migrate.migrate(connection, paths.backups)
        except BaseException:
            connection.close()
            raise
        return cls(paths, connection)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, safe on disk at its end. May be nested."""
        return transaction(self.connection)

    def totals(self) -> Totals:
        articles, unread, starred, feeds, failing, to_index, last = self.connection.execute(
            _TOTALS
        ).fetchone()
        return Totals(
            articles=articles,
            unread=unread,
            starred=starred,
            feeds=feeds,
            failing=failing,
            alerts_unseen=self.alerts.unseen(),
            to_index=to_index,
            bytes_on_disk=self.size(),
            last_refresh=from_ms_or_none(last),
        )

    def backup(self, to: Path) -> None:
        """A whole, checked copy as one file, made while others go on. FileError when it cannot."""
        copy(self.connection, to)

    def check(self) -> list[str]:
        """One sentence for everything that is wrong; reads the whole database."""
        return check.problems(self.connection)

    def size(self) -> int:
        """Bytes on disk, of the database with its log."""
        log = self._paths.database.with_name(self._paths.database.name + "-wal")
        return sum(path.stat().st_size for path in (self._paths.database, log) if path.exists())


def _make_folder(root: Path) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StoreError(
            f"The library folder {root} cannot be made ({problem.strerror}); choose another with "
            "--library, or make it writable."
        ) from problem
