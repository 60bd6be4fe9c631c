"""A merge under way, done in steps between other work."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from reader.search import storage
from reader.search.manifest import Mask
from reader.search.merge import Merger
from reader.search.merge_forms import GONE

_STEP = 0.03
"""Seconds of work; then the next piece, of some milliseconds, waits for the next step."""


class Merging:
    """Between its steps the index may be added to, deleted from and committed."""

    def __init__(
        self,
        folder: Path,
        name: str,
        merger: Merger,
        install: Callable[[], None],
        sweep: Callable[[], None],
    ) -> None:
        """`install` puts the merged segment, once it is written, in the place of the others;
        `sweep` removes the files that are no longer, or will never be, of the index."""
        self.name = name
        self.closed = False
        self._folder = folder
        self._merger = merger
        self._work = merger.work()
        self._install = install
        self._sweep = sweep
        self._done = 0

    @property
    def total(self) -> int:
        """Articles, at least one."""
        return max(1, self._merger.count)

    @property
    def done(self) -> int:
        """Of these, before the last step."""
        return min(self.total * self._done // self._merger.total, self.total - 1)

    def step(self) -> tuple[int, int]:
        """Some 50 ms of work: (done, total) articles, equal when all of them are in the index.

        IndexFailure when it cannot be written; then it is given up, and the index is as it was.
        """
        if self.closed:
            return self.total, self.total
        try:
            with storage.damage(self._folder), storage.writing(self._folder):
                if self._write():
                    return self.done, self.total
                self._install()
        except BaseException:
            self.close()
            raise
        self.close()
        return self.total, self.total

    def close(self) -> None:
        """Gives up what is not finished, and leaves nothing behind."""
        if not self.closed:
            self.closed = True
            self._work.close()
            self._merger.close()
            self._sweep()

    def _write(self) -> bool:
        """Whether there is more to be written."""
        until = time.monotonic() + _STEP
        for done in self._work:
            self._done += done
            if time.monotonic() >= until:
                return True
        return False


def carried(merger: Merger, deleted: Sequence[Mask]) -> Mask:
    """What is deleted of the merged segment, when this is deleted of its sources."""
    found = np.zeros(merger.count, np.bool_)
    for documents, mask in zip(merger.documents, deleted, strict=True):
        numbers = documents.numbers[mask]
        found[numbers[numbers != GONE]] = True
    return found
