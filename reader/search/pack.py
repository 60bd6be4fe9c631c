"""One file of named arrays, written once and then mapped: the form in which a segment is stored.

    magic · arrays, each at a multiple of 64 bytes · table (JSON) · its length · its crc32 · magic

The table names each array with [dtype, offset, count, crc32]. Nothing is pickled, so a file from
elsewhere can be wrong but cannot run anything. Whole numbers are stored in the narrowest unsigned
type that holds the largest of them, unless a type is asked for.
"""

import json
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Protocol, Self

import numpy as np
from numpy.typing import DTypeLike, NDArray

from reader.errors import IndexFailure

MAGIC = b"MRPACK1\n"
_ALIGNED = 64
_FOOTER = struct.Struct("<QI8s")
_IN_MEMORY = 1 << 16
"""Bytes of a stream that are kept in memory before they go to a temporary file."""
_PIECE = 1 << 22
"""Bytes that are copied or checked at a time."""

Array = NDArray[Any]


class Arrays(Protocol):
    """Where a segment reads its arrays from: a `Pack`, or memory."""

    def array(self, name: str) -> Array:
        """KeyError when there is none of that name."""

    def __contains__(self, name: object) -> bool: ...


class Memory(dict[str, Array]):
    """Arrays that were never written."""

    def array(self, name: str) -> Array:
        return self[name]


def narrowest(largest: int) -> np.dtype[Any]:
    """The smallest unsigned type that holds `largest`."""
    return np.min_scalar_type(max(largest, 0))


def narrowed(values: Array) -> Array:
    """The same whole numbers, none of them below 0, in the narrowest type."""
    return values.astype(narrowest(int(values.max(initial=0))), copy=False)


class Appender:
    """An array that grows piece by piece; made by `PackWriter.array`."""

    def __init__(self, folder: Path, dtype: np.dtype[Any] | None) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115
        self._fixed = dtype
        self._runs: list[tuple[np.dtype[Any], int]] = []
        self.count = 0

    def append(self, values: Array) -> None:
        """Adds `values` behind what is there. Without a dtype: whole numbers from 0 up."""
        stored = narrowed(values) if self._fixed is None else values.astype(self._fixed, copy=False)
        self._file.write(_bytes(stored))
        self.count += len(stored)
        if self._runs and self._runs[-1][0] == stored.dtype:
            self._runs[-1] = (stored.dtype, self._runs[-1][1] + len(stored))
        else:
            self._runs.append((stored.dtype, len(stored)))

    @property
    def dtype(self) -> np.dtype[Any]:
        """That of the whole, as far as it is known by now."""
        widest = self._fixed or np.dtype(np.uint8)
        return max((kind for kind, _count in self._runs), key=lambda d: d.itemsize, default=widest)

    def pieces(self) -> Iterator[Array]:
        """Everything appended, in order, in `dtype`; to be read once, at the end."""
        self._file.seek(0)
        for kind, count in self._runs:
            most = _PIECE // kind.itemsize
            for done in range(0, count, most):
                raw = self._file.read(min(most, count - done) * kind.itemsize)
                yield np.frombuffer(raw, kind).astype(self.dtype, copy=False)

    def close(self) -> None:
        self._file.close()


class PackWriter:
    """Writes beside `path` under another name; the file is there, whole and synced, or not at all.

    Use it as a context: what is not finished is removed at the end. OSError when the disk is full
    or the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = path.with_name(path.name + ".tmp")
        self._table: dict[str, tuple[str, int, int, int]] = {}
        self._streams: dict[str, Appender] = {}
        self._file = self._temporary.open("wb")
        self._file.write(MAGIC)

    def put(self, name: str, values: Array, dtype: DTypeLike | None = None) -> None:
        """Writes a whole array at once."""
        stored = narrowed(values) if dtype is None else values.astype(dtype, copy=False)
        self._write(name, stored.dtype, iter([stored]))

    def array(self, name: str, dtype: DTypeLike | None = None) -> Appender:
        """An array to be appended to until `finish`; several may grow side by side."""
        kind = None if dtype is None else np.dtype(dtype)
        stream = self._streams[name] = Appender(self._path.parent, kind)
        return stream

    def finish(self) -> None:
        """Puts the file in its place. The folder itself is for the caller to sync."""
        for name, stream in self._streams.items():
            self._write(name, stream.dtype, stream.pieces())
        table = json.dumps(self._table, separators=(",", ":")).encode()
        self._file.write(table + _FOOTER.pack(len(table), zlib.crc32(table), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._temporary.replace(self._path)
        self.close()

    def close(self) -> None:
        """Gives up what is not finished, and leaves nothing behind."""
        for stream in self._streams.values():
            stream.close()
        self._file.close()
        self._temporary.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, name: str, dtype: np.dtype[Any], pieces: Iterator[Array]) -> None:
        self._file.write(bytes(-self._file.tell() % _ALIGNED))
        offset, count, crc = self._file.tell(), 0, 0
        for piece in pieces:
            raw = _bytes(piece)
            self._file.write(raw)
            crc, count = zlib.crc32(raw, crc), count + len(piece)
        self._table[name] = (dtype.newbyteorder("<").str, offset, count, crc)


class Pack:
    """A finished file, mapped read-only; its arrays keep the mapping open as long as they live."""

    def __init__(self, path: Path) -> None:
        """FileNotFoundError when it is gone; IndexFailure when it is not what was written."""
        self._path = path
        with path.open("rb") as file:
            self.size = os.fstat(file.fileno()).st_size
            if self.size < len(MAGIC) + _FOOTER.size:
                raise self._damaged("it is cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._table = self._read_table()

    def names(self) -> list[str]:
        """In the order in which the arrays lie."""
        return list(self._table)

    def __contains__(self, name: object) -> bool:
        return name in self._table

    def array(self, name: str) -> Array:
        """KeyError when there is none of that name."""
        dtype, offset, count, _crc = self._table[name]
        return np.frombuffer(self._map, dtype, count, offset)

    def release(self) -> None:
        """Gives back the memory of what was read; what is read again comes from the file again."""
        if hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
            self._map.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> None:
        """Reads every byte; IndexFailure names the first array that is not as it was written."""
        end = len(MAGIC)
        for name, (_dtype, offset, _count, crc) in self._table.items():
            if any(self._map[end:offset]):
                raise self._damaged(f"what stands before {name} has changed")
            raw, found = _bytes(self.array(name)), 0
            for start in range(0, len(raw), _PIECE):
                found = zlib.crc32(raw[start : start + _PIECE], found)
                self.release()
            if found != crc:
                raise self._damaged(f"{name} has changed")
            end = offset + len(raw)

    def _read_table(self) -> dict[str, tuple[str, int, int, int]]:
        length, crc, magic = _FOOTER.unpack(self._map[-_FOOTER.size :])
        end = self.size - _FOOTER.size
        if magic != MAGIC or self._map[: len(MAGIC)] != MAGIC:
            raise self._damaged("it is cut short or something else")
        raw = self._map[max(0, end - length) : end]
        if len(raw) != length or zlib.crc32(raw) != crc:
            raise self._damaged("its table has changed")
        return {name: tuple(entry) for name, entry in json.loads(raw).items()}

    def _damaged(self, why: str) -> IndexFailure:
        return IndexFailure(
            f"The search index is damaged ({self._path.name}: {why}). "
            "Build it again with: media-reader index rebuild"
        )


def _bytes(values: Array) -> memoryview:
    """Without a copy, in little-endian order on every machine."""
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return np.ascontiguousarray(little).view(np.uint8).data
