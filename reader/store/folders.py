"""The tree of folders in SQLite, by path. A path is split as `reader.domain.folders` says."""

from reader.domain import folders
from reader.store.database import Connection


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
