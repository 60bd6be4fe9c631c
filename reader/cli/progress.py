"""Progress of long jobs on standard error, kept calm.

On a terminal one line that is written over; elsewhere (a log, a pipe) a plain line every few
seconds, and always the first and the last of a job.
"""

import contextlib
import shutil
import sys
import time
from collections.abc import Callable
from typing import Self, TextIO

TERMINAL_EVERY = 0.1
LINES_EVERY = 2.0
"""Seconds between two reports."""


class Progress:
    """Use as a context manager: the line on a terminal is gone at its end."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._terminal = self._stream.isatty()
        self._clock = clock
        self._next = float("-inf")
        self._written = False

    def __call__(self, done: int, total: int, failed: int, label: str) -> None:
        """`failed` of the `done` out of `total` did not succeed; `label` says what is at hand."""
        last = done == total
        if total < 2 or (self._clock() < self._next and not (last or done == 0)):
            return
        problems = f", {failed} failed" if failed else ""
        self._write(f"{done}/{total}{problems}  {label}")
        self._next = self._clock() + (TERMINAL_EVERY if self._terminal else LINES_EVERY)

    def _write(self, text: str) -> None:
        if self._terminal:
            text = "\r\x1b[2K" + text[: shutil.get_terminal_size().columns - 1]
        else:
            text += "\n"
        self._put(text)
        self._written = True

    def close(self) -> None:
        if self._terminal and self._written:
            self._put("\r\x1b[2K")
            self._written = False

    def _put(self, text: str) -> None:
        with contextlib.suppress(OSError):  # nobody can read it; the work goes on
            self._stream.write(text)
            self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
