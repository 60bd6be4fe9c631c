"""Passwords: in the keyring when there is one, else in a file for its owner alone."""

import json
import logging
import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from reader.errors import FileError
from reader.store.secrets import FILE_NAME, Secrets, SystemRing


class Ring(KeyringBackend):
    """A keyring in memory that can be locked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _open(self) -> dict[tuple[str, str], str]:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._open().pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture
def ring():
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_keyring_is_used_and_no_file_is_made(tmp_path: Path, ring: Ring) -> None:
    secrets = Secrets.open(tmp_path)
    secrets.set("feed", "pässword")
    assert ring.kept == {("media-reader", "feed"): "pässword"}
    assert secrets.get("feed") == "pässword"
    secrets.delete("feed")
    secrets.delete("feed")
    assert secrets.get("feed") is None
    assert list(tmp_path.iterdir()) == []


def test_without_keyring_a_private_file_is_used_and_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = Secrets(tmp_path, None)
    secrets.set("a", "one")
    secrets.set("b", "two")
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert FILE_NAME in warnings[0].getMessage()
    assert "one" not in caplog.text
    again = Secrets(tmp_path, None)
    assert (again.get("a"), again.get("b"), again.get("c")) == ("one", "two", None)
    again.delete("a")
    again.delete("a")
    assert (again.get("a"), again.get("b")) == (None, "two")


def test_locked_keyring_falls_back_to_the_file_and_recovers(tmp_path: Path, ring: Ring) -> None:
    secrets = Secrets.open(tmp_path)
    ring.locked = True
    secrets.set("feed", "one")
    assert secrets.get("feed") == "one"
    ring.locked = False
    secrets.set("feed", "two")
    assert secrets.get("feed") == "two"
    assert json.loads((tmp_path / FILE_NAME).read_text()) == {}, "no copy stays in the file"


def test_deleted_secret_is_gone_from_both_places(tmp_path: Path, ring: Ring) -> None:
    secrets = Secrets.open(tmp_path)
    ring.locked = True
    secrets.set("feed", "one")
    ring.locked = False
    ring.kept["media-reader", "feed"] = "two"
    secrets.delete("feed")
    assert secrets.get("feed") is None


def test_keyring_that_keeps_nothing_is_not_used(ring: Ring, monkeypatch) -> None:
    monkeypatch.setattr(Ring, "priority", 0)
    assert SystemRing.find() is None


@pytest.mark.parametrize("content", ["[1]", "not json", '"text"'])
def test_unreadable_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(FileError, match=r"secrets\.json cannot be read"):
        Secrets(tmp_path, None).get("a")


def test_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"secrets\.json cannot be written"):
        Secrets(tmp_path / "missing", None).set("a", "one")


def test_system_errors_are_all_os_errors(ring: Ring) -> None:
    system = SystemRing.find()
    assert system is not None
    ring.locked = True
    for attempt in (
        lambda: system.get("a"),
        lambda: system.set("a", "b"),
        lambda: system.delete("a"),
    ):
        with pytest.raises(OSError, match="locked") as caught:
            attempt()
        assert isinstance(caught.value.__cause__, KeyringError)
