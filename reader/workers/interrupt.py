"""Ctrl+C and a polite kill as a wish to stop, while an event loop runs."""

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def interruptible(stop: Callable[[], None]) -> Iterator[None]:
    """Inside, both signals call `stop` instead of tearing the work apart."""
    loop = asyncio.get_running_loop()
    mine = threading.current_thread() is threading.main_thread()
    for number in _SIGNALS if mine else ():
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in _SIGNALS if mine else ():
            loop.remove_signal_handler(number)
