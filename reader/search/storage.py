"""The folder of an index: whose it is, how it is opened, and how it is replaced as a whole.

The manifest in it says which program and which format wrote it. What goes wrong with files is
turned here into sentences that say what to do.
"""

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from reader.errors import IndexFailure
from reader.search import manifest
from reader.search.manifest import FORMAT, LOCK, NAME, PROGRAM, REBUILD, Manifest

__all__ = ["FORMAT", "create", "damage", "open_folder", "recover", "remove", "size", "swap"]

FORMER_MARKER = "media-reader-index.json"
"""Stands in an index of format 1, beside Whoosh's own files."""
_PATIENCE = 20
"""Times 50 ms."""
_SWAPS = 5
"""That may come between looking for a folder and opening it."""
_OWN_FILE = re.compile(
    r"index\.json|write\.lock|[0-9a-f]{16}\.|media-reader-index\.json|_?MAIN_|MAIN\.tmp"
)
_EMPTY = {LOCK, f"{NAME}.tmp"}
"""Files that hold nothing: with these alone, an index was never finished."""
_DAMAGE = (OSError, EOFError, ValueError, LookupError, ArithmeticError, MemoryError)


def create(folder: Path) -> Manifest:
    """An empty index in an empty or missing folder."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        manifest.write(folder, Manifest())
        return Manifest()


def open_folder(folder: Path, *, write: bool) -> Manifest:
    """What is in the index; made when missing and `write`. IndexFailure says what to do."""
    for _ in range(_SWAPS):
        recover(folder) if write else _await(folder)
        with damage(folder):
            if (folder / NAME).exists():
                return manifest.read(folder)
        if folder.is_dir() or not _parked(folder).exists():
            break
    if folder.is_dir() and any(entry.name not in _EMPTY for entry in folder.iterdir()):
        raise _without_manifest(folder)
    if write:
        return create(folder)
    raise IndexFailure(f"There is no search index in {folder} yet. {REBUILD}")


@contextmanager
def damage(folder: Path) -> Iterator[None]:
    """Whatever goes wrong while files of the index are read means that they are broken."""
    try:
        yield
    except PermissionError as problem:
        raise IndexFailure(
            f"The search index in {folder} cannot be read: check its permissions."
        ) from problem
    except _DAMAGE as problem:
        what = "a file is missing" if isinstance(problem, FileNotFoundError) else "unreadable"
        raise IndexFailure(
            f"The search index in {folder} is damaged ({what}). {REBUILD}"
        ) from problem


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """A full disk or a folder that is not writable, while something is being written."""
    with _translated(folder, f"The search index in {folder} cannot be written"):
        yield


def swap(folder: Path, new: Path) -> None:
    """Puts `new`, a finished index beside it, in the place of `folder`; both must be closed.

    Killed at any moment, the next `open_folder` finds one of the two whole. Readers in other
    processes go on with what they have open and find the new one when they refresh.
    """
    parked = _parked(folder)
    with _translated(folder, f"The new search index cannot be moved to {folder}"):
        recover(folder)
        if folder.exists():
            folder.rename(parked)
        new.rename(folder)
        manifest.sync_folder(folder.parent)
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


def remove(folder: Path) -> None:
    """Removes an index that is no longer wanted; refuses a folder of somebody else's files."""
    if folder.is_dir() and any(folder.iterdir()):
        if not _ours(folder):
            raise manifest.foreign(folder)
        with _translated(folder, f"The old search index in {folder} cannot be removed"):
            shutil.rmtree(folder)


def size(folder: Path) -> int:
    """Bytes of all its files."""
    total = 0
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # a commit elsewhere removes what it replaced
            total += file.stat().st_size
    return total


def stamp(folder: Path) -> tuple[int, ...]:
    """Another one after every commit and swap, unless two follow within a tick of the clock.

    FileNotFoundError while the folder is being swapped.
    """
    found = os.stat(folder / NAME)  # noqa: PTH116 - asked before every search: Path is slower
    return found.st_ino, found.st_mtime_ns, found.st_size


def _await(folder: Path) -> None:
    """A reader waits while somebody else swaps; who was killed there is helped out."""
    for _ in range(_PATIENCE):
        if folder.exists() or not _parked(folder).exists():
            return
        time.sleep(0.05)
    recover(folder)


def _parked(folder: Path) -> Path:
    return folder.with_name(folder.name + ".old")


def _without_manifest(folder: Path) -> IndexFailure:
    if _program(folder / FORMER_MARKER) == PROGRAM:
        return manifest.older(folder)
    if not _ours(folder):
        return manifest.foreign(folder)
    return IndexFailure(f"The search index in {folder} is damaged (no {NAME}). {REBUILD}")


def _ours(folder: Path) -> bool:
    """By its manifest; without one (a removal was interrupted) by the names of all its files."""
    programs = {_program(folder / name) for name in (NAME, FORMER_MARKER)} - {None}
    if programs:
        return programs == {PROGRAM}
    return all(_OWN_FILE.match(entry.name) for entry in folder.iterdir())


def _program(file: Path) -> Any:
    """Who wrote this manifest; None when it is missing or cannot be read."""
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return found.get("program") if isinstance(found, dict) else None


@contextmanager
def _translated(folder: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise IndexFailure(
            f"{what}: {reason}. Check the free space and the permissions of {folder.parent}."
        ) from problem
