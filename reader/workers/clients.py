"""Everybody who asks a collector: the window's pipe, and who comes through the doorway.

Reading happens on a thread for each, writing on the event loop.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from reader.workers.lock import Doorway
from reader.workers.messages import Ask


class Clients:
    """`asked` holds what has been asked and by whom, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.asked: asyncio.Queue[tuple[Connection, Ask]] = asyncio.Queue()
        self._all: set[Connection] = set()

    def admit(self, doorway: Doorway) -> None:
        """Let in everybody who knocks, on a thread, until the doorway is closed."""

        def stand() -> None:
            for visitor in doorway.visitors():
                with contextlib.suppress(RuntimeError):  # the loop is over
                    self._loop.call_soon_threadsafe(self.add, visitor)

        threading.Thread(target=stand, name="doorway", daemon=True).start()

    def add(self, connection: Connection, gone: Callable[[], None] | None = None) -> None:
        """`gone` is called on the loop when its other end closes."""
        self._all.add(connection)
        threading.Thread(
            target=self._read, args=(connection, gone), name="client", daemon=True
        ).start()

    def _read(self, connection: Connection, gone: Callable[[], None] | None) -> None:
        with contextlib.suppress(EOFError, OSError, RuntimeError):
            while True:
                asked = connection.recv()
                self._loop.call_soon_threadsafe(self.asked.put_nowait, (connection, asked))
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._all.discard, connection)
            if gone is not None:
                self._loop.call_soon_threadsafe(gone)

    def send(self, connection: Connection, message: object) -> None:
        with contextlib.suppress(OSError, ValueError):  # it has gone; its reader will notice
            connection.send(message)

    def tell_all(self, message: object) -> None:
        for connection in list(self._all):
            self.send(connection, message)
