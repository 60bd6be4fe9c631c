"""The manifest names what counts; whatever befalls it, an old or a new generation is whole."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from reader.errors import IndexFailure
from reader.search import manifest, storage
from reader.search.manifest import Entry, Manifest

ONE = Entry("0" * 16, 3)
TWO = Entry("1" * 16, 10, "1" * 16 + ".4.deleted")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    written = Manifest(7, (ONE, TWO))
    manifest.write(tmp_path, written)
    assert manifest.read(tmp_path) == written
    assert [entry.name for entry in tmp_path.iterdir()] == ["index.json"]


@pytest.mark.parametrize("count", [0, 1, 8, 13, 1000])
def test_deleted_documents_are_read_as_written(tmp_path: Path, count: int) -> None:
    deleted = np.random.default_rng(count).random(count) < 0.3
    name = manifest.write_deleted(tmp_path, Entry("a" * 16, count), 5, deleted)
    read = manifest.read_deleted(tmp_path, Entry("a" * 16, count, name))
    assert read.tolist() == deleted.tolist()


def test_without_a_file_nothing_is_deleted(tmp_path: Path) -> None:
    assert manifest.read_deleted(tmp_path, ONE).tolist() == [False] * 3


@pytest.mark.parametrize("at", range(18))
def test_no_changed_byte_of_a_bitmap_goes_unseen(tmp_path: Path, at: int) -> None:
    entry = Entry("a" * 16, 10)
    file = tmp_path / manifest.write_deleted(tmp_path, entry, 1, np.arange(10) < 4)
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    with pytest.raises(ValueError, match="is damaged"):
        manifest.read_deleted(tmp_path, Entry(entry.name, 10, file.name))


@pytest.mark.parametrize("name", ["../../../etc/passwd", "index", "0" * 15, "G" * 16, ""])
def test_a_manifest_cannot_name_a_file_elsewhere(tmp_path: Path, name: str) -> None:
    for entry in (Entry(name, 1), Entry("0" * 16, 1, name or "x")):
        manifest.write(tmp_path, Manifest(1, (entry,)))
        with pytest.raises(ValueError, match="not ours"):
            manifest.read(tmp_path)
        with pytest.raises(IndexFailure, match="damaged"):
            storage.open_folder(tmp_path, write=True)


def rewrite(folder: Path, change: dict[str, object]) -> None:
    """As it was written before there was a sum."""
    file = folder / manifest.NAME
    content = json.loads(file.read_text()) | change
    del content["sum"]
    file.write_text(json.dumps(content, indent=1) + "\n")


def test_no_changed_byte_of_a_manifest_goes_unseen(tmp_path: Path) -> None:
    manifest.write(tmp_path, Manifest(7, (ONE, TWO)))
    file = tmp_path / manifest.NAME
    whole = file.read_bytes()
    for at in range(len(whole)):
        for other in (whole[at] ^ 1, whole[at] ^ 0x2A):
            file.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
            with pytest.raises((ValueError, IndexFailure)):
                manifest.read(tmp_path)


def test_a_manifest_without_a_sum_is_read_all_the_same(tmp_path: Path) -> None:
    manifest.write(tmp_path, Manifest(7, (ONE, TWO)))
    rewrite(tmp_path, {})
    assert manifest.read(tmp_path) == Manifest(7, (ONE, TWO))


@pytest.mark.parametrize(
    "change",
    [
        {"segments": 3},
        {"segments": None},
        {"segments": [1]},
        {"segments": [{"name": 7, "documents": 1, "deleted": None}]},
        {"segments": [{"name": "0" * 16, "documents": -1, "deleted": None}]},
        {"segments": [{"name": "0" * 16}]},
        {"generation": "seven"},
    ],
)
def test_a_manifest_of_another_shape_is_damaged(tmp_path: Path, change: dict[str, object]) -> None:
    manifest.write(tmp_path, Manifest(1, (ONE,)))
    rewrite(tmp_path, change)
    for write in (False, True):
        with pytest.raises(IndexFailure, match="is damaged"):
            storage.open_folder(tmp_path, write=write)


def test_only_our_files_that_are_not_named_are_swept(tmp_path: Path) -> None:
    manifest.write(tmp_path, Manifest(4, (ONE, TWO)))
    stay = {
        ONE.file,
        TWO.file,
        str(TWO.deleted),
        "index.json",
        "letter.txt",
        "b" * 16 + ".segment.tmp",
    }
    go = {
        "2" * 16 + ".segment",
        "2" * 16 + ".segment.tmp",
        ONE.name + ".3.deleted",
        "index.json.tmp",
    }
    for name in (stay | go) - {"index.json"}:
        (tmp_path / name).touch()
    manifest.sweep(tmp_path, keep=["b" * 16])
    assert {entry.name for entry in tmp_path.iterdir()} == stay


def test_nothing_is_swept_without_a_manifest(tmp_path: Path) -> None:
    (tmp_path / ONE.file).touch()
    manifest.sweep(tmp_path)
    assert (tmp_path / ONE.file).exists()


def test_a_manifest_that_cannot_be_replaced_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest.write(tmp_path, Manifest(1, (ONE,)))

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            manifest.write(tmp_path, Manifest(2, (ONE, TWO)))
    assert manifest.read(tmp_path) == Manifest(1, (ONE,))


def test_a_name_is_never_given_twice() -> None:
    assert len({manifest.new_name() for _ in range(1000)}) == 1000
