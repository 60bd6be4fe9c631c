"""Commands: real programs, given alerts on standard input, ended when they take too long."""

import asyncio
import json
import os
import signal
import stat
import sys
import time
from pathlib import Path

import pytest

from reader.delivery.command import Command
from reader.delivery.message import Message, document
from reader.errors import DeliveryError
from reader.settings import Command as Settings
from tests.unit.delivery.messages import alert, line, told

ONE = told(alert(1, "$(touch /tmp/x) `id`"), lines=(line(1, title="港 'quoted' ; rm"),))


@pytest.fixture
def program(tmp_path: Path) -> "Program":
    return Program(tmp_path)


class Program:
    """A Python script; what it writes to `kept` can be read."""

    def __init__(self, folder: Path) -> None:
        self.kept = folder / "kept"
        self._path = folder / "notify"

    def does(self, body: str) -> None:
        text = f"#!{sys.executable} -S\nimport os, sys\nkept = {str(self.kept)!r}\n{body}\n"
        self._path.write_text(text, encoding="utf-8")
        self._path.chmod(self._path.stat().st_mode | stat.S_IXUSR)

    def run(self, *arguments: str, message: Message = ONE, seconds: float = 20) -> None:
        settings = Settings((str(self._path), *arguments), seconds)
        asyncio.run(Command(settings).send(message))

    def fails(self, seconds: float = 20) -> str:
        with pytest.raises(DeliveryError) as caught:
            self.run(seconds=seconds)
        return str(caught.value)


def test_program_reads_the_alerts_and_its_own_arguments(program: Program) -> None:
    program.does("open(kept, 'w').write('|'.join(sys.argv[1:]) + '\\n' + sys.stdin.read())")
    program.run("--to", "a b; $HOME")
    first, _, rest = program.kept.read_text(encoding="utf-8").partition("\n")
    assert first == "--to|a b; $HOME", "no shell is between"
    assert json.loads(rest) == document(ONE)


def test_failure_keeps_what_the_program_said_last(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    program.does("print('first', flush=True); print('no such room', file=sys.stderr); sys.exit(3)")
    said = program.fails()
    assert said == "The command notify failed with exit code 3: no such room"
    assert "first" in caplog.text


def test_silent_failure_and_a_signal_are_told(program: Program) -> None:
    program.does("sys.exit(1)")
    assert program.fails() == "The command notify failed with exit code 1."
    program.does("os.kill(os.getpid(), 9)")
    assert program.fails() == "The command notify was ended by SIGKILL."


@pytest.mark.parametrize(
    ("code", "final", "sign"), [(1, False, "exit 1"), (65, True, "exit 65"), (75, False, "")]
)
def test_exit_code_says_whether_it_is_of_use_to_try_again(
    program: Program, code: int, final: bool, sign: str
) -> None:
    program.does(f"sys.exit({code})")
    with pytest.raises(DeliveryError) as caught:
        program.run()
    assert (caught.value.refused, caught.value.sign) == (final, sign)


def test_a_signal_is_no_sign_of_anything(program: Program) -> None:
    program.does("os.kill(os.getpid(), 9)")
    with pytest.raises(DeliveryError) as caught:
        program.run()
    assert caught.value.sign == ""


def test_program_that_takes_too_long_is_ended_with_its_children(program: Program) -> None:
    program.does(
        "print('waiting', flush=True)\n"
        "child = os.fork()\n"
        "if child: open(kept, 'w').write(str(child))\n"
        "import time; time.sleep(60)"
    )
    assert program.fails(2.0) == "The command notify took longer than 2 s and was ended: waiting"
    child = int(program.kept.read_text())
    for _ in range(6_000):
        if not _alive(child):
            return
        time.sleep(0.01)
    pytest.fail("its child lives on")


def _alive(pid: int) -> bool:
    """A child that has ended and was not waited for by anybody counts as gone."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def test_program_may_leave_without_reading_a_long_message(program: Program) -> None:
    program.does("sys.exit(0)")
    program.run(message=told(*(alert(n) for n in range(1, 3_000))))


def test_program_that_does_not_stop_talking_is_ended(program: Program) -> None:
    program.does("while True: print('x' * 1000)")
    said = program.fails(2.0)
    assert "took longer than 2 s" in said
    assert len(said) < 300


def test_what_a_program_leaves_running_is_not_waited_for(program: Program) -> None:
    program.does(
        "print('sent', flush=True)\n"
        "if not os.fork():\n"
        "    os.setsid(); open(kept, 'w').write(str(os.getpid())); import time; time.sleep(30)"
    )
    program.run(seconds=15.0)
    for _ in range(6_000):
        if program.kept.exists() and program.kept.read_text():
            break
        time.sleep(0.01)
    os.kill(int(program.kept.read_text()), signal.SIGKILL)


def test_missing_program_says_where_to_look(tmp_path: Path) -> None:
    for argv in ((str(tmp_path / "none"),), (str(tmp_path),), ("",)):
        with pytest.raises(DeliveryError, match=r"cannot be started .* see command\.argv"):
            asyncio.run(Command(Settings(argv)).send(ONE))


def test_stopping_ends_the_program(program: Program) -> None:
    program.does("open(kept, 'w').write(str(os.getpid())); import time; time.sleep(60)")

    async def stopped() -> None:
        settings = Settings((str(program._path),), 60.0)
        sending = asyncio.create_task(Command(settings).send(ONE))
        while not (program.kept.exists() and program.kept.read_text()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending

    asyncio.run(asyncio.wait_for(stopped(), 60))
    assert not _alive(int(program.kept.read_text()))
