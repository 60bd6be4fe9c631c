"""From the words of the command line to an exit code."""

import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from reader import log, paths
from reader.cli import articles, care, demo, entities, feeds, saved
from reader.cli.arguments import Globals, parse
from reader.cli.command import DONE, FAILED, WRONG, Command, Context
from reader.cli.window import Window
from reader.core import Core
from reader.errors import ReaderError, UsageError

logger = logging.getLogger(__name__)

COMMANDS: dict[str, Command] = {
    command.name: command
    for module in (demo, feeds, articles, saved, entities, care)
    for command in module.COMMANDS
}


def run(argv: Sequence[str], window: Window) -> int:
    """Never raises for what a user did or met: one sentence goes to standard error."""
    try:
        return _run(argv, window)
    except UsageError as problem:
        return _refused(problem, WRONG)
    except ReaderError as problem:
        return _refused(problem, FAILED)
    except KeyboardInterrupt:
        return _refused("Stopped.", FAILED)
    except BrokenPipeError:
        # Whoever read our output has enough; Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:
        logger.exception("A bug.")
        return _refused(
            "Something went wrong inside the program; the details are in the library's "
            "reader.log (or run it with --log cli).",
            FAILED,
        )


def _refused(problem: object, code: int) -> int:
    sys.stdout.flush()
    sys.stderr.write(f"{problem}\n")
    return code


def _run(argv: Sequence[str], window: Window) -> int:
    command, arguments, everywhere = parse(argv, COMMANDS)
    place = paths.library(everywhere.library)
    _set_up_log(place, everywhere, own_library=command is None or command.needs_library)
    window = replace(window, topics=_topics(everywhere))
    if command is None:
        window.check()
        return window.open(place)
    with Core(place) as core:
        code = command.run(Context(core, everywhere.json, window), arguments)
        sys.stdout.flush()
        return code


def _topics(everywhere: Globals) -> tuple[str, ...]:
    named = tuple(topic for topic in everywhere.log.split(",") if topic.strip())
    return (*named, "store.sql") if everywhere.trace_sql else named


def _set_up_log(place: paths.LibraryPaths, everywhere: Globals, *, own_library: bool) -> None:
    """The log lies in the library, once there is one."""
    path = place.log if own_library and place.root.is_dir() else None
    log.setup(path, topics=_topics(everywhere))
