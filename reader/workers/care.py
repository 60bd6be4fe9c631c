"""Work on a whole library that nobody else may be using meanwhile."""

import shutil
from pathlib import Path

from reader.errors import BusyError
from reader.paths import LibraryPaths
from reader.store.restore import restore
from reader.workers.lock import CollectorLock


def restore_backup(paths: LibraryPaths, source: Path) -> Path | None:
    """Put a backup in the library's place; the index is built anew from it.

    Returns where the database it replaced was kept. BusyError while a window or collector is open.
    """
    lock = CollectorLock.acquire(paths)
    if lock is None:
        raise BusyError("The library is open in another program: close it, then restore.")
    with lock:
        kept = restore(paths, source)
        shutil.rmtree(paths.index, ignore_errors=True)
        return kept
