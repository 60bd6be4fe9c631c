"""Who collects: one process per library, found through its lock file.

The holder of `collector.lock` is the only bulk writer of the database and the index. It answers on
a local socket that only the same user can reach: the socket lies in a private folder, and the
random key in a file of mode 0600 beside the lock. The operating system frees the lock when its
holder dies, so a stale address is never mistaken for a living collector.
"""

import contextlib
import fcntl
import json
import os
import secrets
import tempfile
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Self

from reader.errors import BusyError, StoreError
from reader.paths import LibraryPaths


class CollectorLock:
    """Held while collecting. `acquire` returns None when somebody else holds it."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        self._path = path

    @classmethod
    def acquire(cls, paths: LibraryPaths) -> Self | None:
        try:
            paths.root.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(paths.collector_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as problem:
            raise StoreError(
                f"The library folder {paths.root} cannot be written ({problem.strerror}): "
                "choose another with --library, or change its permissions."
            ) from problem
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        os.ftruncate(descriptor, 0)
        return cls(descriptor, paths.collector_lock)

    def announce(self, address: str, key: bytes) -> None:
        """Write where the holder answers, for `connect`."""
        text = json.dumps({"pid": os.getpid(), "address": address, "key": key.hex()})
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)

    def release(self) -> None:
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


class Doorway:
    """The socket on which the holder of the lock answers."""

    def __init__(self, lock: CollectorLock) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="media-reader-"))  # made with mode 0700
        self._key = secrets.token_bytes(32)
        address = str(self._folder / "collector")
        self._listener = Listener(address, family="AF_UNIX", authkey=self._key)
        lock.announce(address, self._key)

    def accept(self) -> Connection:
        """Wait for the next client; OSError once closed."""
        return self._listener.accept()

    def close(self) -> None:
        self._listener.close()
        with contextlib.suppress(OSError):
            self._folder.rmdir()


def connect(paths: LibraryPaths) -> Connection:
    """A connection to whoever holds the lock; BusyError when it does not answer."""
    try:
        told = json.loads(paths.collector_lock.read_text())
        return Client(told["address"], family="AF_UNIX", authkey=bytes.fromhex(told["key"]))
    except (OSError, ValueError, KeyError, EOFError) as problem:
        raise BusyError(
            f"Another program is working on the library {paths.root} and does not answer: "
            "wait until it is done, or close it."
        ) from problem
