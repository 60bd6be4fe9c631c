"""Logging, set up once per process: a file in the library, warnings on standard error.

Every line passes one formatter that hides passwords and tokens in addresses. The last lines are
kept in memory, for a report of what went wrong.
"""

import logging
import os
import re
import sys
import time
from collections import deque
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import TextIO

LARGEST = 2_000_000
"""Bytes after which the file becomes `….log.1` and a new one is begun."""
KEPT_LINES = 200

_SECRET_USER = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/?#\s@]+@")
_SECRET_VALUE = re.compile(r"(?i)([?&;](?:token|key|api_?key|auth|password|pass|secret)=)[^&#\s]+")
_NOTHING: AbstractContextManager[object] = nullcontext()

logger = logging.getLogger(__name__)
timing = logging.getLogger("reader.timing")


def setup(path: Path | None, topics: Iterable[str] = ()) -> None:
    """Replaces what an earlier call has set up. `path`: the file, None for none.

    `topics` such as "store" or "feeds.fetch" are logged in full, all others from INFO on.
    """
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _OURS)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(LastLines(KEPT_LINES))
    root.addHandler(Warnings(sys.stderr))
    logging.captureWarnings(capture=True)
    logging.getLogger("reader").setLevel(logging.INFO)
    for topic in topics:
        logging.getLogger(f"reader.{topic.strip()}").setLevel(logging.DEBUG)
    if path is not None:
        _add_file(root, path)


def last_lines() -> list[str]:
    """The last lines logged by this process, oldest first; empty before `setup`."""
    kept = [h for h in logging.getLogger().handlers if isinstance(h, LastLines)]
    return list(kept[0].lines) if kept else []


def hidden(text: str) -> str:
    """`text` without the passwords and tokens that addresses in it may carry."""
    return _SECRET_VALUE.sub(r"\1***", _SECRET_USER.sub(r"\1***@", text))


def timed(name: str) -> AbstractContextManager[object]:
    """Logs how long its block took, when the topic "timing" is on; else it costs nothing."""
    return _Timer(name) if timing.isEnabledFor(logging.DEBUG) else _NOTHING


class LogFile(WatchedFileHandler):
    """A file that several processes append to; whoever finds it too large begins a new one."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        super().__init__(path, encoding="utf-8")
        self._largest = largest
        self.setFormatter(Careful("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        # Another process may have begun a new file meanwhile: only the present one is put aside.
        with suppress(OSError):
            self.reopenIfNeeded()
            if Path(self.baseFilename).stat().st_size > self._largest:
                Path(self.baseFilename).replace(self.baseFilename + ".1")
                self.reopenIfNeeded()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's
        """A full disk must not fill the terminal with tracebacks."""


class Warnings(logging.StreamHandler[TextIO]):
    """Warnings and worse, one line each; where it happened is in the file."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.setLevel(logging.WARNING)

    def format(self, record: logging.LogRecord) -> str:
        words = hidden(record.getMessage()).split()
        return f"media-reader: {record.levelname.lower()}: {' '.join(words)}"

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's
        """Standard error may be closed."""


class LastLines(logging.Handler):
    """Keeps the last lines in memory."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=count)
        self.setFormatter(Careful("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Careful(logging.Formatter):
    """Also in tracebacks nothing secret is written."""

    def format(self, record: logging.LogRecord) -> str:
        return hidden(super().format(record))


_OURS = (LogFile, Warnings, LastLines)


class _Timer:
    def __init__(self, name: str) -> None:
        self._name = name
        self._begun = 0.0

    def __enter__(self) -> None:
        self._begun = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        timing.debug("%s: %.1f ms", self._name, (time.perf_counter() - self._begun) * 1000)


def _add_file(root: logging.Logger, path: Path) -> None:
    if not os.access(path.parent, os.W_OK):
        return  # a library on a read-only disk can still be read; whoever must write will say so
    try:
        root.addHandler(LogFile(path))
    except OSError as problem:
        logger.warning("The log %s cannot be written: %s", path, problem.strerror)
