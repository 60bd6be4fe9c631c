"""Passwords and tokens: in the system's keyring, or in a file only its owner can read.

The one place that knows where secrets are. They are never in the database, the settings, a backup
or the log.
"""

import json
import logging
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from reader.errors import FileError
from reader.files import write_whole

logger = logging.getLogger(__name__)

SERVICE = "media-reader"
FILE_NAME = "secrets.json"


class Ring(Protocol):
    """The part of the `keyring` package that is used; its own errors are OSErrors here."""

    def get(self, name: str) -> str | None: ...
    def set(self, name: str, value: str) -> None: ...
    def delete(self, name: str) -> None: ...


class SystemRing:
    """The keyring of the system. Raises OSError when it is locked or fails."""

    def __init__(self) -> None:
        import keyring  # only here: looking for back ends takes a while
        import keyring.errors

        self._keyring = keyring
        self._failed = keyring.errors.KeyringError

    @classmethod
    def find(cls) -> "SystemRing | None":
        """None where there is no keyring that could keep anything."""
        ring = cls()
        with suppress(ring._failed, OSError):
            if ring._keyring.get_keyring().priority > 0:
                return ring
        return None

    def get(self, name: str) -> str | None:
        try:
            return self._keyring.get_password(SERVICE, name)
        except self._failed as problem:
            raise OSError(str(problem)) from problem

    def set(self, name: str, value: str) -> None:
        try:
            self._keyring.set_password(SERVICE, name, value)
        except self._failed as problem:
            raise OSError(str(problem)) from problem

    def delete(self, name: str) -> None:
        """No error when there is none of that name."""
        if self.get(name) is None:
            return
        try:
            self._keyring.delete_password(SERVICE, name)
        except self._failed as problem:
            raise OSError(str(problem)) from problem


class Secrets:
    """`folder`: where the file is kept if there is no usable `ring`."""

    def __init__(self, folder: Path, ring: Ring | None) -> None:
        self._file = folder / FILE_NAME
        self._ring = ring
        self._warned = False

    @classmethod
    def open(cls, folder: Path) -> "Secrets":
        return cls(folder, SystemRing.find())

    def get(self, name: str) -> str | None:
        """None when there is none of that name."""
        with suppress(OSError):
            found = self._ring.get(name) if self._ring else None
            if found is not None:
                return found
        return self._read().get(name)

    def set(self, name: str, value: str) -> None:
        """FileError when it could be kept nowhere."""
        if self._ring:
            try:
                self._ring.set(name, value)
            except OSError as problem:
                logger.info("the keyring refused: %s", problem)
            else:
                self._forget(name)
                return
        self._warn()
        self._write({**self._read(), name: value})

    def delete(self, name: str) -> None:
        """From wherever it is kept; no error when there is none."""
        if self._ring:
            with suppress(OSError):
                self._ring.delete(name)
        self._forget(name)

    def _forget(self, name: str) -> None:
        kept = self._read()
        if kept.pop(name, None) is not None:
            self._write(kept)

    def _warn(self) -> None:
        if not self._warned:
            logger.warning(
                "This system has no usable keyring: passwords are kept in %s, for your eyes only.",
                self._file,
            )
        self._warned = True

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as problem:
            raise FileError(
                f"{self._file} cannot be read ({problem}); mend it, or delete it and enter the "
                "passwords again."
            ) from problem

    def _write(self, secrets: dict[str, str]) -> None:
        content = json.dumps(secrets, ensure_ascii=False).encode()
        try:
            write_whole(self._file, content, private=True)
        except OSError as problem:
            raise FileError(
                f"{self._file} cannot be written ({problem.strerror}); check the disk and its "
                "permissions."
            ) from problem
