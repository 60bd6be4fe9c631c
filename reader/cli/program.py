"""From the words of the command line to an exit code."""

import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from reader import log, paths
from reader.cli import articles, care, demo, entities, feeds, marks, saved, search
from reader.cli.arguments import Globals, parse
from reader.cli.command import DONE, FAILED, WRONG, Command, Context
from reader.cli.window import Window
from reader.core import Core
from reader.errors import ReaderError, UsageError

logger = logging.getLogger(__name__)

COMMANDS: dict[str, Command] = {
    command.name: command
    for module in (demo, feeds, articles, search, marks, saved, entities, care)
    for command in module.COMMANDS
}

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
    sys.stderr.write(" ".join(str(problem).split("\n")) + "\n")
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
    command, arguments, everywhere = parse(argv, COMMANDS)
    place = paths.library(everywhere.library)
    _set_up_log(place, everywhere, own_library=command is None or command.needs_library)
    window = replace(window, topics=_topics(everywhere))
    if command is None:
        window.check()
        return window.open(place)
    with Core(place) as core:
        return command.run(Context(core, everywhere.json, window), arguments)


def _topics(everywhere: Globals) -> tuple[str, ...]:
    named = tuple(topic for topic in everywhere.log.split(",") if topic.strip())
    return (*named, "store.sql") if everywhere.trace_sql else named


def _set_up_log(place: paths.LibraryPaths, everywhere: Globals, *, own_library: bool) -> None:
    """The log lies in the library, once there is one."""
    path = place.log if own_library and place.root.is_dir() else None
    log.setup(path, topics=_topics(everywhere))
