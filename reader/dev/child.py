"""A function of ours in a process of its own: it is told lines, tells lines, and may be killed.

What it writes to standard error is seen as it is.
"""

import os
import select
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Self

from reader.dev.figures import ROOT


class Child:
    """Runs `function` of `module` with these arguments; killed when it is left."""

    def __init__(
        self, module: str, function: str, *arguments: object, also: Mapping[str, str] | None = None
    ) -> None:
        """`also`: variables of its environment besides our own."""
        words = ", ".join(map(repr, arguments))
        code = f"from {module} import {function}; {function}({words})"
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-c", code],
            cwd=ROOT, env={**os.environ, **(also or {})}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdin is not None  # noqa: S101 - asked for
        assert self._process.stdout is not None  # noqa: S101 - asked for
        self._in, self._out = self._process.stdin, self._process.stdout

    @property
    def pid(self) -> int:
        return self._process.pid

    def tell(self, line: str) -> None:
        self._in.write(f"{line}\n")
        self._in.flush()

    def hear(self) -> str:
        """The next line; "" when there will be none."""
        return self._out.readline().removesuffix("\n")

    def says_within(self, seconds: float) -> bool:
        """Whether `hear` has something to return by then, be it that it has ended."""
        return bool(select.select([self._out], [], [], seconds)[0])

    def ended(self) -> bool:
        return self._process.poll() is not None

    def rest(self) -> str:
        """All that it still says until it ends by itself; it is told nothing more."""
        with suppress(BrokenPipeError):
            self._in.close()
        # Not by `communicate`: what was read ahead with the last line would be lost.
        said = "" if self._out.closed else self._out.read()
        self._out.close()
        self._process.wait()
        return said

    def failed(self) -> bool:
        """For one that has ended."""
        return self._process.returncode != 0

    def kill(self) -> str:
        """Returns what it had said and nobody had heard."""
        self._process.kill()
        return self.rest()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
