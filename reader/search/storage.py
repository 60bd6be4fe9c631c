"""The folder of an index: what is in it, whose it is, and how it is replaced as a whole.

A marker file says which program and which format wrote it. Whoosh's own files lie beside it.
"""

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from pickle import UnpicklingError
from struct import error as StructError  # noqa: N812
from typing import Any
from zlib import error as ZlibError  # noqa: N812

from whoosh import columns, fields
from whoosh import index as whoosh_index
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import LockError

from reader.errors import IndexFailure
from reader.search import analysis
from reader.search.analysis import WordAnalyzer
from reader.search.segment import COLUMNS, UNKNOWN
from reader.search.syntax import OTHER_TEXT_FIELDS, TEXT_FIELDS

FORMAT = 1
MARKER = "media-reader-index.json"
REBUILD = "Build it again with: media-reader index rebuild"
_PATIENCE = 20
"""Times 50 ms."""
_OWN_FILE = re.compile(r"_?MAIN_|MAIN\.tmp|media-reader-index\.json")

_DAMAGE = (
    OSError, EOFError, ValueError, KeyError, IndexError, AttributeError, TypeError, ImportError,
    AssertionError, MemoryError, UnpicklingError, StructError, ZlibError, whoosh_index.IndexError,
    FileFormatError,
)  # fmt: skip


def schema() -> Any:
    texts = {
        name: fields.TEXT(analyzer=WordAnalyzer(), phrase=True, stored=False)
        for name in (*TEXT_FIELDS, *OTHER_TEXT_FIELDS)
    }
    numbers = {name: fields.COLUMN(columns.NumericColumn("q", UNKNOWN)) for name in COLUMNS}
    return fields.Schema(**texts, **numbers)


def create(folder: Path) -> Any:
    """An empty index in an empty or missing folder. The marker comes first: see `open_folder`."""
    with _translated(folder, f"The search index cannot be written in {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        _write_marker(folder)
        return whoosh_index.create_in(str(folder), schema())


def open_folder(folder: Path, *, write: bool) -> Any:
    """The Whoosh index in `folder`; made when missing and `write`. IndexFailure says what to do."""
    recover(folder) if write else _await(folder)
    if not folder.is_dir() or not any(folder.iterdir()):
        if write:
            return create(folder)
        raise IndexFailure(f"There is no search index in {folder} yet. {REBUILD}")
    _check_marker(folder)
    with damage(folder):
        if whoosh_index.exists_in(str(folder)):
            return whoosh_index.open_dir(str(folder))
    if write:  # killed between the marker and the first table of contents
        return create(folder)
    raise IndexFailure(f"There is no search index in {folder} yet. {REBUILD}")


@contextmanager
def damage(folder: Path) -> Iterator[None]:
    """Whatever goes wrong while reading Whoosh's files means that they are broken."""
    try:
        yield
    except LockError as problem:
        raise IndexFailure(
            f"Another program is writing the search index in {folder}. Wait until it is done."
        ) from problem
    except Exception as problem:
        # Whoosh raises even bare Exceptions when it meets bytes that it did not write.
        if not (isinstance(problem, _DAMAGE) or type(problem) is Exception):
            raise
        raise IndexFailure(
            f"The search index in {folder} is damaged ({type(problem).__name__}). {REBUILD}"
        ) from problem


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """A full disk or a folder that is not writable, while something is being written."""
    with damage(folder), _translated(folder, f"The search index in {folder} cannot be written"):
        yield


def swap(folder: Path, new: Path) -> None:
    """Puts `new`, a finished index beside it, in the place of `folder`; both must be closed.

    Killed at any moment, the next `open_folder` finds one of the two whole. Readers in other
    processes go on with what they have open and find the new one when they refresh.
    """
    parked = _parked(folder)
    with _translated(folder, f"The new search index cannot be moved to {folder}"):
        recover(folder)
        _sync(new)
        if folder.exists():
            folder.rename(parked)
        new.rename(folder)
        _sync_folder(folder.parent)
    shutil.rmtree(parked, ignore_errors=True)


def recover(folder: Path) -> None:
    """Finishes what a killed `swap` left behind."""
    parked = _parked(folder)
    if not parked.exists():
        return
    if folder.exists():
        shutil.rmtree(parked, ignore_errors=True)
    else:
        parked.rename(folder)


def _await(folder: Path) -> None:
    """A reader waits while somebody else swaps; who was killed there is helped out."""
    for _ in range(_PATIENCE):
        if folder.exists() or not _parked(folder).exists():
            return
        time.sleep(0.05)
    recover(folder)


def remove(folder: Path) -> None:
    """Removes an index that is no longer wanted; refuses a folder of somebody else's files."""
    if folder.is_dir() and any(folder.iterdir()):
        if not _ours(folder):
            raise _foreign(folder)
        with _translated(folder, f"The old search index in {folder} cannot be removed"):
            shutil.rmtree(folder)


def size(folder: Path) -> int:
    """Bytes of all its files."""
    total = 0
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # a commit elsewhere removes what it replaced
            total += file.stat().st_size
    return total


def _parked(folder: Path) -> Path:
    return folder.with_name(folder.name + ".old")


def _fingerprint() -> str:
    names = (*TEXT_FIELDS, *OTHER_TEXT_FIELDS, *COLUMNS)
    words = " ".join((*names, str(analysis.VERSION), str(analysis.LONGEST)))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _write_marker(folder: Path) -> None:
    content = {"program": "media-reader", "format": FORMAT, "schema": _fingerprint()}
    temporary = folder / (MARKER + ".tmp")
    temporary.write_text(json.dumps(content) + "\n", encoding="utf-8")
    temporary.replace(folder / MARKER)


def _check_marker(folder: Path) -> None:
    if not _ours(folder):
        raise _foreign(folder)
    found = _marker(folder)
    if not found:
        raise IndexFailure(f"The search index in {folder} is damaged (no marker). {REBUILD}")
    written = found.get("format")
    if not isinstance(written, int) or written > FORMAT:
        raise IndexFailure(
            f"The search index in {folder} was written by a newer version of Media Reader. "
            f"Update the program, or build it again with: media-reader index rebuild"
        )
    if written < FORMAT or found.get("schema") != _fingerprint():
        raise IndexFailure(
            f"The search index in {folder} was written by an older version of Media Reader. "
            f"{REBUILD}"
        )


def _ours(folder: Path) -> bool:
    """By its marker; without one (a removal was interrupted) by the names of all its files."""
    found = _marker(folder)
    if found:
        return found.get("program") == "media-reader"
    return all(_OWN_FILE.match(entry.name) for entry in folder.iterdir())


def _foreign(folder: Path) -> IndexFailure:
    return IndexFailure(
        f"{folder} holds something else than a search index of Media Reader. "
        "Choose another library folder, or move those files away."
    )


def _marker(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def _translated(folder: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise IndexFailure(
            f"{what}: {reason}. Check the free space and the permissions of {folder.parent}."
        ) from problem


def _sync(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_file():
            with entry.open("rb+") as file:
                os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
