"""Writing a file as a whole."""

import os
import stat
from pathlib import Path

import pytest

from reader.files import write_whole


def test_a_file_is_replaced_as_a_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "page.xml"
    write_whole(path, b"old\r\n")
    write_whole(path, b"new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_there_stays_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "page.xml"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_program_that_was_killed_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / f".page.xml.{os.getpid()}.part").write_bytes(b"a longer half of something")
    path = tmp_path / "page.xml"
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="there it is the folder that says who may read")
def test_a_private_file_is_its_owners_alone_whatever_was_there(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_bytes(b"{}")
    path.chmod(0o644)
    write_whole(path, b"{}", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
