"""A file of arrays gives back what was put in it, or says that it cannot."""

import errno
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import IndexFailure
from reader.search import pack
from reader.search.pack import Pack, PackWriter, narrowed, narrowest

KINDS = (np.int64, np.uint64, np.float32, np.uint8, np.bool_)


def written(path: Path, **arrays: np.ndarray) -> Pack:
    with PackWriter(path) as writer:
        for name, values in arrays.items():
            writer.put(name, values, values.dtype)
        writer.finish()
    return Pack(path)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 1, 1000])
def test_arrays_come_back_as_they_were(tmp_path: Path, kind: type, count: int) -> None:
    values = np.random.default_rng(1).integers(0, 2, count).astype(kind)
    other = np.arange(3, dtype=np.uint16)
    opened = written(tmp_path / "a", first=values, second=other)
    assert opened.array("first").dtype == values.dtype
    assert opened.array("first").tolist() == values.tolist()
    assert opened.array("second").tolist() == [0, 1, 2]
    assert opened.names() == ["first", "second"]
    opened.verify()


def test_arrays_cannot_be_changed_and_lie_on_even_addresses(tmp_path: Path) -> None:
    opened = written(tmp_path / "a", first=np.arange(5), second=np.arange(7, dtype=np.uint8))
    for name in opened.names():
        values = opened.array(name)
        assert not values.flags.writeable
        assert values.ctypes.data % 64 == 0


def test_an_array_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    opened = written(tmp_path / "a", first=np.arange(5))
    assert "first" in opened
    assert "second" not in opened
    with pytest.raises(KeyError):
        opened.array("second")


@given(st.integers(0, 2**64 - 1))
def test_the_narrowest_type_is_the_first_that_holds_the_number(largest: int) -> None:
    kinds = (np.uint8, np.uint16, np.uint32, np.uint64)
    expected = next(kind for kind in kinds if largest <= np.iinfo(kind).max)
    assert narrowest(largest) == expected
    assert narrowed(np.array([0, largest], np.uint64)).tolist() == [0, largest]


def test_streams_grow_side_by_side_and_are_as_wide_as_their_largest_number(tmp_path: Path) -> None:
    chance = random.Random(3)
    expected: dict[str, list[int]] = {"a": [], "b": [], "c": [], "empty": []}
    most = {"a": 200, "b": 2**40, "c": 60_000}
    with PackWriter(tmp_path / "a") as writer:
        streams = {name: writer.array(name) for name in expected}
        for _ in range(200):
            name = chance.choice("abc")
            piece = [chance.randrange(most[name]) for _ in range(chance.randrange(4000))]
            expected[name] += piece
            streams[name].append(np.array(piece, np.int64))
        assert streams["a"].count == len(expected["a"])
        writer.finish()
    opened = Pack(tmp_path / "a")
    opened.verify()
    assert {name: opened.array(name).tolist() for name in expected} == expected
    kinds = [opened.array(name).dtype for name in expected]
    assert kinds == [np.uint8, np.uint64, np.uint16, np.uint8]


def test_a_stream_keeps_the_type_that_was_asked_for(tmp_path: Path) -> None:
    with PackWriter(tmp_path / "a") as writer:
        stream = writer.array("times", np.int64)
        stream.append(np.array([-5], np.int64))
        stream.append(np.array([3], np.uint8))
        writer.array("none", np.float32)
        writer.finish()
    opened = Pack(tmp_path / "a")
    assert opened.array("times").tolist() == [-5, 3]
    assert (opened.array("times").dtype, opened.array("none").dtype) == (np.int64, np.float32)


def test_nothing_is_left_of_a_file_that_is_given_up(tmp_path: Path) -> None:
    with PackWriter(tmp_path / "a") as writer:
        writer.put("first", np.arange(10))
        writer.array("second").append(np.arange(10))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = written(tmp_path / "a", first=np.arange(3))
    monkeypatch.setattr(pack.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        written(tmp_path / "a", first=np.arange(10))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert Pack(tmp_path / "a").array("first").tolist() == before.array("first").tolist()


def test_an_open_file_can_be_read_after_it_was_replaced_or_removed(tmp_path: Path) -> None:
    opened = written(tmp_path / "a", first=np.arange(1000))
    written(tmp_path / "a", first=np.zeros(1000, np.int64))
    (tmp_path / "a").unlink()
    assert opened.array("first").tolist() == list(range(1000))


def test_a_missing_file_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Pack(tmp_path / "a")


def test_every_changed_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a"
    written(path, first=np.arange(20, dtype=np.uint8), second=np.arange(3))
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        with pytest.raises(IndexFailure, match="index rebuild"):
            Pack(path).verify()


def test_what_was_read_and_given_back_is_there_when_it_is_asked_for_again(tmp_path: Path) -> None:
    opened = written(tmp_path / "a", first=np.arange(100_000))
    values = opened.array("first")
    assert values.sum() == 100_000 * 99_999 // 2
    opened.release()
    assert values.tolist() == list(range(100_000))


def test_every_cut_off_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a"
    written(path, first=np.arange(20, dtype=np.uint8))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(IndexFailure, match="damaged"):
            Pack(path)


def test_the_sentence_names_the_file_and_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.segment"
    written(path, first=np.arange(20, dtype=np.uint8))
    raw = bytearray(path.read_bytes())
    raw[64] = 99
    path.write_bytes(raw)
    with pytest.raises(IndexFailure, match=r"a\.segment: first has changed"):
        Pack(path).verify()
