"""From the words of the command line to an exit code."""

import contextlib
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reader import log, paths
from reader.cli.arguments import parse
from reader.cli.command import DONE, FAILED, WRONG, Command, Context, tell
from reader.cli.window import Window
from reader.core import Core
from reader.errors import ReaderError, StoreError, UsageError

logger = logging.getLogger(__name__)

BUG = (
    "Something went wrong inside the program; the details are in the library's reader.log. "
    "Please report this."
)


def run(argv: Sequence[str], window: Window) -> int:
    """The exit code. Never raises for what a user did or met: one sentence goes to stderr."""
    try:
        code = _run(argv, window)
        sys.stdout.flush()
    except UsageError as problem:
        code = _refused(problem, WRONG)
    except ReaderError as problem:
        code = _refused(problem, FAILED)
    except KeyboardInterrupt:
        code = _refused("Stopped.", FAILED)
    except SystemExit as over:  # --help and --version have printed what was asked for
        code = over.code if isinstance(over.code, int) else DONE
    except BrokenPipeError:
        _discard_output()  # whoever read it has enough
        code = DONE
    except UnicodeEncodeError:
        code = _refused("The command line holds bytes that are not UTF-8 text.", WRONG)
    except OSError as problem:
        code = _out_of_reach(problem)
    except Exception:
        logger.exception(BUG)  # in full in the library's log, in one line on standard error
        code = FAILED
    return code


def _refused(problem: object, code: int) -> int:
    tell(str(problem))
    return code


def _out_of_reach(problem: OSError) -> int:
    """The system refused something: most likely our output, or room for a temporary file."""
    logger.info("The system refused something.", exc_info=problem)
    _discard_output()
    what = problem.filename or "the output or a temporary file"
    return _refused(
        f"{what} cannot be read or written ({problem.strerror or problem}): check the disk's free "
        "space and the permissions.",
        FAILED,
    )


def _discard_output() -> None:
    """Python flushes at exit, and must not complain again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: Sequence[str], window: Window) -> int:
    log.setup(None)
    command, arguments, everywhere = parse(argv, _commands)
    place = _place(everywhere.library)
    own_library = command is None or command.needs_library
    if own_library and place.root.exists() and not place.root.is_dir():
        raise StoreError(f"{place.root} is not a folder: choose another with --library.")
    # The log lies in the library, once there is one: not in just any folder that was named.
    log.setup(
        place.log if own_library and place.database.exists() else None, topics=everywhere.topics
    )
    window = replace(window, topics=everywhere.topics)
    if command is None:
        window.check()
        return window.open(place)
    with Core(place) as core:
        return command.run(Context(core, everywhere.json, window), arguments)


def _commands() -> Mapping[str, Command]:
    """Imported when there is one to look up: the window is to be there at once."""
    from reader.cli.commands import COMMANDS

    return COMMANDS


def _place(choice: str | None) -> paths.LibraryPaths:
    try:
        return paths.library(choice)
    except RuntimeError as problem:  # "~somebody" of whom the system knows nothing
        raise UsageError(f"The library folder cannot be found ({problem}).") from problem
