"""A program of the user's, given alerts as JSON on its standard input.

No shell is between: what an article says is never part of a command line. Leaving with 0 means
delivered; what the program said is kept when it leaves otherwise.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path

from reader.delivery.compose import clean
from reader.delivery.message import Message, document
from reader.errors import DeliveryError
from reader.settings import Command as CommandSettings

logger = logging.getLogger(__name__)

_KEPT = 4_000
"""Bytes of what it said last."""
_SAID = 160
_LAST_WORDS = 0.5
"""Seconds to hear the end of what a program said that has left: its children may go on."""


class Command:
    def __init__(self, settings: CommandSettings) -> None:
        self._settings = settings

    async def send(self, told: Message) -> None:
        """DeliveryError when it cannot be started, takes too long, or leaves with another code."""
        given = json.dumps(document(told), ensure_ascii=False).encode() + b"\n"
        try:
            process = await asyncio.create_subprocess_exec(
                *self._settings.argv, stdin=PIPE, stdout=PIPE, stderr=STDOUT, start_new_session=True
            )
        except (OSError, ValueError) as problem:
            why = getattr(problem, "strerror", None) or str(problem)
            raise self._failed(f"cannot be started ({why}); see command.argv") from problem
        said = bytearray()
        try:
            async with asyncio.timeout(self._settings.deadline_s):
                code = await _run(process, given, said)
        except TimeoutError as problem:
            seconds = f"{self._settings.deadline_s:g}"
            raise self._failed(f"took longer than {seconds} s and was ended", said) from problem
        finally:
            await _end(process)
        if code:
            raise self._failed(_left(code), said)

    def _failed(self, what: str, said: bytes | bytearray = b"") -> DeliveryError:
        program = Path(self._settings.argv[0]).name or "(without a name)"
        words = said.decode(errors="replace").strip()
        if words:
            logger.warning("The command %s said: %s", program, words)
        line = clean(words.rpartition("\n")[2])
        line = line if len(line) <= _SAID else line[: _SAID - 1] + "…"
        return DeliveryError(f"The command {program} {what}{': ' + line if line else '.'}")


async def _run(process: Process, given: bytes, said: bytearray) -> int:
    """Its exit code; `said` holds the end of what it said, also when this is cancelled."""
    listening = asyncio.create_task(_listen(process, said))
    try:
        await _give(process, given)
        code = await process.wait()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS):
                await asyncio.shield(listening)
        return code
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def _give(process: Process, given: bytes) -> None:
    """A program may leave without having read everything."""
    assert process.stdin is not None  # noqa: S101 - it was asked for
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(given)
        await process.stdin.drain()
    process.stdin.close()


async def _listen(process: Process, said: bytearray) -> None:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    while piece := await process.stdout.read(_KEPT):
        said += piece
        del said[:-_KEPT]


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
