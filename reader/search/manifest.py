"""Which files make up an index: `index.json`, and the bitmaps of what is deleted from a segment.

The manifest is the one thing that counts: a file it does not name is none of the index. It is
replaced in one step, after everything it names has reached the disk, so whoever is killed or loses
power leaves the generation before or the one after, whole.
"""

import hashlib
import json
import os
import re
import secrets
import time
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reader.errors import IndexFailure
from reader.search import analysis

Mask = NDArray[np.bool_]

FORMAT = 2
NAME = "index.json"
LOCK = "write.lock"
PROGRAM = "media-reader"
REBUILD = "Build it again with: media-reader index rebuild"

_KEYS = {"program", "format", "schema", "generation", "segments", "sum"}
_SEGMENT = re.compile(r"[0-9a-f]{16}")
_BITMAP = re.compile(r"[0-9a-f]{16}\.[0-9]+\.deleted")
_FILE = re.compile(r"[0-9a-f]{16}\.|index\.json\.tmp$")
_MAGIC = b"MRBITS1\n"
_PATIENCE = 40
"""Times 25 ms."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment: `documents` counts the deleted ones too; `deleted` is the file that names them."""

    name: str
    documents: int
    deleted: str | None = None

    @property
    def file(self) -> str:
        return f"{self.name}.segment"


@dataclass(frozen=True, slots=True)
class Manifest:
    generation: int = 0
    segments: tuple[Entry, ...] = ()

    @property
    def files(self) -> set[str]:
        """The names of everything in the folder that belongs to this generation."""
        named = {entry.file for entry in self.segments}
        return named | {entry.deleted for entry in self.segments if entry.deleted}


def new_name() -> str:
    """For a segment; never used before, also not in another folder that may be swapped in."""
    return secrets.token_hex(8)


def read(folder: Path) -> Manifest:
    """IndexFailure when another version or program wrote it; ValueError when it is damaged."""
    raw = (folder / NAME).read_bytes()
    found = json.loads(raw)
    try:
        _check_version(folder, found)
        _check_whole(raw, found)
        return Manifest(_natural(found["generation"]), tuple(map(_entry, found["segments"])))
    except (AttributeError, LookupError, TypeError) as problem:
        raise ValueError("the manifest is of another shape") from problem


def write(folder: Path, manifest: Manifest) -> None:
    """Makes `manifest` the one that counts. OSError when it cannot; the old one counts then.

    What it names must have been written and synced before, but for the folder.
    """
    content: dict[str, Any] = {
        "program": PROGRAM,
        "format": FORMAT,
        "schema": fingerprint(),
        "generation": manifest.generation,
        "segments": [asdict(entry) for entry in manifest.segments],
    }
    content["sum"] = zlib.crc32(_dumped(content))
    sync_folder(folder)
    temporary = folder / f"{NAME}.tmp"
    write_synced(temporary, _dumped(content))
    _replace(temporary, folder / NAME)
    sync_folder(folder)


def sweep(folder: Path, keep: Collection[str] = ()) -> None:
    """Removes our files that the manifest does not name; `keep`: segments still being written.

    Only for the holder of the lock. What cannot be removed now, for a reader has it open, is left
    to the next sweep; without a manifest that can be read nothing is removed.
    """
    with suppress(OSError, ValueError, IndexFailure):
        listed = read(folder).files
        for entry in folder.iterdir():
            ours = _FILE.match(entry.name) and entry.name not in listed
            if ours and entry.name.partition(".")[0] not in keep:
                with suppress(OSError):
                    entry.unlink()


def write_deleted(folder: Path, entry: Entry, generation: int, deleted: Mask) -> str:
    """Returns the name of a new, synced file that says which of the documents are deleted."""
    name = f"{entry.name}.{generation}.deleted"
    bits = np.packbits(deleted).tobytes()
    head = len(deleted).to_bytes(4, "little") + zlib.crc32(bits).to_bytes(4, "little")
    write_synced(folder / name, _MAGIC + head + bits)
    return name


def read_deleted(folder: Path, entry: Entry) -> Mask:
    """Beside each document of the segment whether it is deleted. ValueError when damaged."""
    if entry.deleted is None:
        return np.zeros(entry.documents, dtype=np.bool_)
    content = (folder / entry.deleted).read_bytes()
    size, crc, bits = content[8:12], content[12:16], content[16:]
    if (
        content[:8] != _MAGIC
        or int.from_bytes(size, "little") != entry.documents
        or len(bits) != (entry.documents + 7) // 8
        or int.from_bytes(crc, "little") != zlib.crc32(bits)
    ):
        raise ValueError(f"{entry.deleted} is damaged")
    packed = np.frombuffer(bits, dtype=np.uint8)
    return np.unpackbits(packed, count=entry.documents).view(np.bool_)


@cache
def fingerprint() -> str:
    """Another one whenever the same articles would be written as other words or stems."""
    words = (analysis.VERSION, analysis.LONGEST, analysis.GAP, version("PyStemmer"))
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes sure that the names in it, old and new, outlive a loss of power."""
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(source: Path, target: Path) -> None:
    """Waits where a file that somebody is just reading cannot be replaced."""
    for _ in range(_PATIENCE if os.name == "nt" else 0):
        with suppress(PermissionError):
            source.replace(target)
            return
        time.sleep(0.025)
    source.replace(target)


def _check_version(folder: Path, found: dict[str, Any]) -> None:
    if found.get("program") != PROGRAM:
        raise foreign(folder)
    written = found.get("format")
    if not isinstance(written, int) or written > FORMAT:
        raise IndexFailure(
            f"The search index in {folder} was written by a newer version of Media Reader. "
            "Update the program, or build it again with: media-reader index rebuild"
        )
    if written < FORMAT or found.get("schema") != fingerprint():
        raise older(folder)


def _check_whole(raw: bytes, found: dict[str, Any]) -> None:
    """Every byte counts. The first indexes of this format have no sum."""
    known = {key: value for key, value in found.items() if key != "sum"}
    whole = raw == _dumped(found) and found.keys() <= _KEYS
    if not whole or found.get("sum") not in (None, zlib.crc32(_dumped(known))):
        raise ValueError("the manifest has changed")


def _dumped(content: dict[str, Any]) -> bytes:
    return json.dumps(content, indent=1).encode() + b"\n"


def foreign(folder: Path) -> IndexFailure:
    return IndexFailure(
        f"{folder} holds something else than a search index of Media Reader. "
        "Choose another library folder, or move those files away."
    )


def older(folder: Path) -> IndexFailure:
    return IndexFailure(
        f"The search index in {folder} was written by an older version of Media Reader. {REBUILD}"
    )


def _entry(found: dict[str, Any]) -> Entry:
    """Names are checked, for they become paths."""
    entry = Entry(found["name"], _natural(found["documents"]), found["deleted"])
    named = entry.deleted
    if not _SEGMENT.fullmatch(entry.name) or not (named is None or _BITMAP.fullmatch(named)):
        raise ValueError("the manifest names a file that is not ours")
    return entry


def _natural(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("the manifest holds no number where one must be")
    return value
