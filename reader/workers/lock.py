"""Who collects: one process per library, found through its lock file.

The holder of `collector.lock` is the only bulk writer of the database and the index. It answers on
a local socket that only the same user can reach: the socket lies in a private folder, and the
random key in a file of mode 0600 beside the lock. The operating system frees the lock when its
holder dies, so a stale address is never mistaken for a living collector.
"""

import contextlib
import fcntl
import json
import logging
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Self

from reader.errors import BusyError, StoreError
from reader.paths import LibraryPaths

logger = logging.getLogger(__name__)

_PREFIX = "media-reader-"
_LONGEST = 4096
_AFTER_A_STRANGER = 0.1


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
        _sweep(os.pread(descriptor, _LONGEST, 0))
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
        self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # made with mode 0700
        key = secrets.token_bytes(32)
        self._address = str(self._folder / "collector")
        self._listener = Listener(self._address, family="AF_UNIX", authkey=key)
        self._closed = False
        lock.announce(self._address, key)

    def visitors(self) -> Iterator[Connection]:
        """Everybody who knocks with the right key, until `close`; waits for each."""
        while not self._closed:
            try:
                visitor = self._listener.accept()
            except (OSError, EOFError, AuthenticationError) as problem:
                if not self._closed:
                    logger.warning("Somebody knocked and was not let in: %r", problem)
                    time.sleep(_AFTER_A_STRANGER)
            else:
                yield visitor

    def close(self) -> None:
        self._closed = True
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as knock:
            knock.connect(self._address)  # closing alone does not wake the one who waits
        self._listener.close()
        with contextlib.suppress(OSError):
            self._folder.rmdir()


def _sweep(told: bytes) -> None:
    """Removes the socket of a holder that was killed: having the lock, we know that it is dead."""
    with contextlib.suppress(ValueError, KeyError, TypeError, OSError):
        address = Path(json.loads(told)["address"])
        if address.parent.name.startswith(_PREFIX) and address.is_socket():
            address.unlink()
            address.parent.rmdir()


def connect(paths: LibraryPaths) -> Connection:
    """A connection to whoever holds the lock; BusyError when it does not answer."""
    try:
        told = json.loads(paths.collector_lock.read_text())
        return Client(told["address"], family="AF_UNIX", authkey=bytes.fromhex(told["key"]))
    except (OSError, ValueError, KeyError, EOFError, AuthenticationError) as problem:
        raise BusyError(
            f"Another program is working on the library {paths.root} and does not answer: "
            "wait until it is done, or close it."
        ) from problem
