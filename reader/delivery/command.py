"""A program of the user's, given alerts as JSON on its standard input.

No shell is between: what an article says is never part of a command line. Leaving with 0 means
delivered; what the program said is kept when it leaves otherwise. As usual among programs, 65
means that it will never take this, and 75 that it may be tried for as long as it takes.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
from asyncio.subprocess import STDOUT, Process
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Self

from reader.delivery.compose import clean
from reader.delivery.message import Message, document
from reader.errors import DeliveryError
from reader.settings import Command as CommandSettings

logger = logging.getLogger(__name__)

_KEPT = 4_000
"""Bytes of what it said last."""
_SAID = 160
_NEVER, _LATER = 65, 75
"""EX_DATAERR and EX_TEMPFAIL of sysexits.h, which not every system has."""
_LAST_WORDS = 0.5
"""Seconds to hear the end of what a program said that has left: its children may go on."""


class Command:
    def __init__(self, settings: CommandSettings) -> None:
        self._settings = settings

    async def send(self, told: Message) -> None:
        """DeliveryError when it cannot be started, takes too long, or leaves with another code."""
        with _Hearing() as hearing, TemporaryFile() as given:
            given.write(json.dumps(document(told), ensure_ascii=False).encode() + b"\n")
            given.seek(0)
            process = await self._start(given, hearing)
            try:
                async with asyncio.timeout(self._settings.deadline_s):
                    code = await process.wait()
                    await hearing.end()
            except TimeoutError as problem:
                what = f"took longer than {self._settings.deadline_s:g} s and was ended"
                raise self._failed(what, hearing.said) from problem
            finally:
                await _end(process)
            if code:
                sign = f"exit {code}" if code > 0 and code != _LATER else ""
                raise self._failed(_left(code), hearing.said, code == _NEVER, sign)

    async def _start(self, given: IO[bytes], hearing: "_Hearing") -> Process:
        # WORKAROUND: with pipes of asyncio's own, `wait` waits for those who inherited them too:
        # https://github.com/python/cpython/issues/119710
        try:
            return await asyncio.create_subprocess_exec(
                *self._settings.argv,
                stdin=given,
                stdout=hearing.ear,
                stderr=STDOUT,
                start_new_session=True,
            )
        except (OSError, ValueError) as problem:
            why = getattr(problem, "strerror", None) or str(problem)
            raise self._failed(f"cannot be started ({why}); see command.argv") from problem
        finally:
            hearing.began()

    def _failed(
        self, what: str, said: bytes | bytearray = b"", refused: bool = False, sign: str = ""
    ) -> DeliveryError:
        program = Path(self._settings.argv[0]).name or "(without a name)"
        words = said.decode(errors="replace").strip()
        if words:
            logger.warning("The command %s said: %s", program, words)
        line = clean(words.rpartition("\n")[2])
        line = line if len(line) <= _SAID else line[: _SAID - 1] + "…"
        sentence = f"The command {program} {what}{': ' + line if line else '.'}"
        return DeliveryError(sentence, refused=refused, sign=sign)


class _Hearing:
    """What a program says: its last words are kept, however much it says.

    `ear` is for the program; `began` closes our copy of it.
    """

    def __init__(self) -> None:
        self.said = bytearray()
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()

    def __enter__(self) -> Self:
        self._ours, self.ear = os.pipe()
        os.set_blocking(self._ours, False)
        self._loop.add_reader(self._ours, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.remove_reader(self._ours)
        os.close(self._ours)

    def began(self) -> None:
        os.close(self.ear)

    async def end(self) -> None:
        """When nobody can say any more, or soon: what a program started may go on without it."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS):
                await self._over.wait()

    def _hear(self) -> None:
        piece = os.read(self._ours, 65_536)
        self.said += piece
        del self.said[:-_KEPT]
        if not piece:
            self._loop.remove_reader(self._ours)
            self._over.set()


async def _end(process: Process) -> None:
    """With the children it may have; nothing when it has left."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _left(code: int) -> str:
    if code > 0:
        return f"failed with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
