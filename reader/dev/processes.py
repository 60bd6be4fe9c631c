"""Processes as Linux tells of them in /proc: who descends from whom, and how much memory they take.

Memory is PSS: what several processes share is counted once, divided among them, so that the sum
over a family is what the machine really gives for it.
"""

import contextlib
import os
import signal
import threading
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Process:
    """`born` tells it from a later process with the same number."""

    pid: int
    parent: int
    born: int
    name: str


def running() -> dict[int, Process]:
    """Every process there is but the dead who wait to be buried."""
    found = (_read(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    return {process.pid: process for process in found if process is not None}


def family(pid: int) -> list[Process]:
    """The process and all its descendants, ancestors first; empty when it is gone."""
    known = running()
    found = [known[pid]] if pid in known else []
    for one in found:
        found += [child for child in known.values() if child.parent == one.pid]
    return found


def alive(processes: Collection[Process]) -> list[Process]:
    """Those that still run."""
    now = running()
    return [one for one in processes if one.pid in now and now[one.pid].born == one.born]


def end(processes: Collection[Process]) -> None:
    """Kills those that still run."""
    for one in alive(processes):
        with contextlib.suppress(ProcessLookupError):
            os.kill(one.pid, signal.SIGKILL)


def memory(pid: int) -> int:
    """The PSS of a process in bytes; 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


class PeakMemory:
    """The most memory a family of processes took at once, while entered. `bytes` tells it."""

    def __init__(self, pid: int, *, every: float = 0.05) -> None:
        self.bytes = 0
        self._pid, self._every = pid, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            self.bytes = max(self.bytes, sum(memory(one.pid) for one in family(self._pid)))
            if self._over.wait(self._every):
                return


def _read(pid: int) -> Process | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    head, _, rest = text.rpartition(")")  # the name may hold anything, also brackets
    state, parent, *fields = rest.split()
    if state in {"Z", "X"}:
        return None
    return Process(pid, int(parent), int(fields[17]), head.partition("(")[2])
