"""One window per library: a second one asks the first to come to the front, and leaves."""

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 300
"""Milliseconds to wait for the first window's answer."""


class Single(QObject):
    raise_wanted = Signal()

    def __init__(self, library: Path) -> None:
        super().__init__()
        digest = hashlib.blake2b(str(library.resolve()).encode(), digest_size=8).hexdigest()
        owner = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
        self._name = f"media-reader-{owner}-{digest}"
        self._server: QLocalServer | None = None

    def raised_other(self) -> bool:
        """True when another window has the library and was asked to show itself."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE):
            socket.write(b"raise\n")
            socket.waitForBytesWritten(_PATIENCE)
            socket.disconnectFromServer()
            return True
        self._listen()
        return False

    def _listen(self) -> None:
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._knocked)
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)  # left behind by a window that was killed
            self._server.listen(self._name)

    def _knocked(self) -> None:
        if self._server is not None:
            connection = self._server.nextPendingConnection()
            connection.disconnected.connect(connection.deleteLater)
            self.raise_wanted.emit()

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
