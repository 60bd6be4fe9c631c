"""One worker process and our end of the pipe to it; no Qt, no loop.

Spawned, never forked: the window has threads, and a fork would copy their locks. A worker leaves
when its pipe closes, so that even a killed window leaves no orphan.
"""

import atexit
import signal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class Worker:
    """A started process. `target`, "module:function", takes the pipe and then `args`.

    It is named and not handed over, so that who starts it need not import what it imports.
    """

    def __init__(self, name: str, target: str, *args: Any) -> None:
        from multiprocessing import get_context  # here: a window is there before its workers are

        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_run, args=(target, theirs, args), name=name, daemon=False
        )
        self._process.start()
        theirs.close()
        self.connection: Connection = ours
        # Python waits for its child processes when it ends; this one waits for the pipe to close.
        atexit.register(ours.close)

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that killed it."""
        return self._process.exitcode

    def close(self, patience: float = 3.0) -> None:
        """Ask it to leave by closing the pipe; end it when it does not."""
        self.connection.close()
        atexit.unregister(self.connection.close)
        self._process.join(patience)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(1.0)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _run(target: str, connection: Any, args: tuple[Any, ...]) -> None:
    # Ctrl+C in a terminal reaches the whole group; leaving is the parent's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    module, _, function = target.partition(":")
    getattr(import_module(module), function)(connection, *args)
