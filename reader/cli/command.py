"""A command: its name, what it says of itself, its arguments, and what it does."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reader.cli.progress import Progress
from reader.cli.window import Window
from reader.core import Core
from reader.domain import plain

DONE, FAILED, WRONG = 0, 1, 2
"""Exit codes: done (no hits is done), failed, wrong usage or a refused query."""


_CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord("\t"), ord("\n")}, "\ufffd")
"""A terminal obeys them; they may come from anywhere, as in the names of an imported file."""


def spoken(line: str) -> str:
    """As it may be shown on a terminal."""
    return line.translate(_CONTROLS)


def tell(sentence: str) -> None:
    """One line on standard error; when nobody can read it, the work goes on all the same."""
    with contextlib.suppress(OSError):
        sys.stderr.write(spoken(" ".join(sentence.splitlines())) + "\n")
        sys.stderr.flush()


PATIENCE = 30.0
"""Seconds to wait for another command that works on the same library."""


@dataclass(frozen=True, slots=True)
class Context:
    core: Core
    json: bool
    window: Window

    def emit(self, value: object, lines: Iterable[str]) -> None:
        """Print the value as one JSON document, or the lines for a person."""
        if self.json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
            return
        for line in lines:
            sys.stdout.write(spoken(line) + "\n")

    def tell(self, sentence: str) -> None:
        """Hints and messages go to standard error, one line each."""
        tell(sentence)

    def ask(self, request: object) -> Any:
        """What the library's one collector answers, with progress on standard error.

        Waits for another command that is at work; BusyError when it takes longer than PATIENCE.
        """
        with Progress() as progress:
            return self.core.ask_collector(request, progress, patience=PATIENCE)


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    says: str
    run: Callable[[Context, argparse.Namespace], int]
    arguments: Callable[[argparse.ArgumentParser], None] = no_arguments
    needs_library: bool = True


def iso(time: datetime | None) -> str | None:
    return plain.iso(time) if time else None


def table(rows: Sequence[Sequence[Any]], head: Sequence[str]) -> list[str]:
    """Columns as wide as they need, the last as it is; numbers to the right."""
    texts = [list(head), *[["" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in texts) for i in range(len(head) - 1)]
    numeric = [bool(rows) and isinstance(rows[0][i], int) for i in range(len(widths))]
    lines = []
    for row in texts:
        cells = [
            row[i].rjust(width) if numeric[i] else row[i].ljust(width)
            for i, width in enumerate(widths)
        ]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return lines
