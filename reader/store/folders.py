"""The tree of folders in SQLite, by path. A path is split as `reader.domain.folders` says."""

import sqlite3

from reader.domain import folders
from reader.errors import NotFoundError, TakenError, UsageError
from reader.store.database import Connection, transaction


class FolderTree:
    """Small enough to be read whole; the feeds' own part of the tree is a column of `feed`."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def paths(self) -> dict[int, str]:
        """The path of every folder, by id."""
        return {folder_id: folders.join(names) for folder_id, names in self._names().items()}

    def find(self, path: str) -> int | None:
        found: int | None = None
        for name in folders.split(path):
            found = self._child(found, name)
            if found is None:
                return None
        return found

    def ensure(self, path: str) -> int | None:
        """The folder's id, made with all that lead to it when missing; None for the top."""
        found: int | None = None
        for name in folders.split(path):
            found = self._child(found, name) or self._make(found, name)
        return found

    def rename(self, path: str, name: str) -> None:
        """NotFoundError when there is no such folder, TakenError for a name taken beside it."""
        folder_id = self._existing(path)
        parts = folders.split(name)
        if len(parts) != 1:
            raise UsageError(f'"{name}" is not a name for a folder; give one name.')
        try:
            self._db.execute("UPDATE folder SET name = ? WHERE id = ?", (parts[0], folder_id))
        except sqlite3.IntegrityError:
            raise TakenError(
                f'There is already a folder "{parts[0]}" here; choose another name.'
            ) from None

    def remove(self, path: str) -> None:
        """What is in it moves up; a folder met there under the same name takes it in."""
        folder_id = self._existing(path)
        with transaction(self._db):
            (parent,) = self._db.execute(
                "SELECT parent_id FROM folder WHERE id = ?", (folder_id,)
            ).fetchone()
            self._dissolve(folder_id, parent)

    def _dissolve(self, folder_id: int, into: int | None) -> None:
        self._db.execute("UPDATE feed SET folder_id = ? WHERE folder_id = ?", (into, folder_id))
        children = self._db.execute("SELECT id, name FROM folder WHERE parent_id = ?", (folder_id,))
        for child, name in children.fetchall():
            there = self._child(into, name)
            if there is None or there == folder_id:
                # It may bear the name of the folder that is about to go.
                self._db.execute("UPDATE folder SET name = '' WHERE id = ?", (folder_id,))
                self._db.execute("UPDATE folder SET parent_id = ? WHERE id = ?", (into, child))
            else:
                self._dissolve(child, there)
        self._db.execute("DELETE FROM folder WHERE id = ?", (folder_id,))

    def _existing(self, path: str) -> int:
        folder_id = self.find(path)
        if folder_id is None:
            raise NotFoundError(f'There is no folder "{path}".')
        return folder_id

    def _child(self, parent: int | None, name: str) -> int | None:
        row = self._db.execute(
            "SELECT id FROM folder WHERE coalesce(parent_id, 0) = ? AND name = ? COLLATE NOCASE",
            (parent or 0, name),
        ).fetchone()
        return row[0] if row else None

    def _make(self, parent: int | None, name: str) -> int:
        values = (parent, name)
        made = self._db.execute("INSERT INTO folder (parent_id, name) VALUES (?, ?)", values)
        return int(made.lastrowid or 0)

    def _names(self) -> dict[int, tuple[str, ...]]:
        rows = self._db.execute("SELECT id, parent_id, name FROM folder").fetchall()
        parents = {folder_id: parent for folder_id, parent, _ in rows}
        own = {folder_id: name for folder_id, _, name in rows}
        named: dict[int, tuple[str, ...]] = {}
        for folder_id in own:
            chain, step = [], folder_id
            while step is not None:
                chain.append(own[step])
                step = parents[step]
            named[folder_id] = tuple(reversed(chain))
        return named
