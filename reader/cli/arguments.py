"""The words of the command line, and one sentence when they are wrong.

Global options may stand anywhere and options may stand between the words of a command
(`tag 1 2 --remove urgent`), which `argparse` sub-commands do not allow; so the command is picked
out first and its own parser reads the rest, options and words intermixed.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, NoReturn

from reader import __version__
from reader.cli.command import Command
from reader.errors import UsageError

PROGRAM = "media-reader"

GROUPS = {
    "saved": (
        *("add", "edit", "run", "backtest", "judge", "precision", "suggest"),
        *("publish", "unpublish", "remove"),
    ),
    "alerts": ("keep", "noise", "seen", "channels", "test", "deliver", "retry", "drop", "secret"),
    "entities": (
        *("add", "edit", "remove", "suggest", "preview", "discover"),
        *("show", "compare", "sentences", "merge", "split"),
    ),
    "watchlists": ("add", "rename", "note", "enable", "disable", "remove"),
    "types": ("add", "edit", "remove"),
    "starters": ("add",),
    "index": ("status", "rebuild", "check"),
    "library": ("info", "check", "backup", "restore"),
}
"""Commands with a second word; all but `index` and `library` list when they stand alone."""

LONGEST_NUMBER = 18
"""Digits: every such number fits into SQLite's 64 bits."""


@dataclass(frozen=True, slots=True)
class Globals:
    library: str | None
    json: bool
    topics: tuple[str, ...]
    """What is to be logged in full, such as "store" or "feeds.fetch"."""


class _Word(str):
    """Stood after `--`: never an option."""

    __slots__ = ()


class _Parser(argparse.ArgumentParser):
    """Raises UsageError instead of printing and leaving; knows long options only, and -h."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]} (see {self.prog} --help).")

    def _parse_optional(self, arg_string: str) -> Any:
        # A query may begin with "-word", which excludes the word.
        if isinstance(arg_string, _Word) or (arg_string[:2] != "--" and arg_string != "-h"):
            return None
        return super()._parse_optional(arg_string)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """In words of ours: argparse puts it differently in each version of Python."""
        if action.choices is not None and value not in action.choices:
            possible = ", ".join(map(str, action.choices))
            said = f"{value!r} is not possible; use one of {possible}"
            raise argparse.ArgumentError(action, said)


def parse(
    argv: Sequence[str], all_commands: Callable[[], Mapping[str, Command]]
) -> tuple[Command | None, argparse.Namespace, Globals]:
    """The command (None: the window), its arguments, and the global options.

    `all_commands` is not called for the window.
    UsageError for wrong words. `--help` and `--version` print and raise SystemExit.
    """
    everywhere, rest = _globals(argv)
    if not rest:
        return None, argparse.Namespace(), everywhere
    commands = all_commands()
    if rest[0] in {"-h", "--help", "help", "--version"}:
        _overview(commands).parse_args(["--version" if rest[0] == "--version" else "--help"])
    name, words = _pick(rest, commands)
    parser = parser_of(commands[name])
    return commands[name], parser.parse_intermixed_args(words), everywhere


def parser_of(command: Command) -> argparse.ArgumentParser:
    """The parser of a command's own words, without the global options."""
    parser = _Parser(
        prog=f"{PROGRAM} {command.name}",
        description=f"{command.says[:1].upper()}{command.says[1:]}.",
        epilog=f"--library DIR, --json and the other options that stand anywhere: {PROGRAM} --help",
        allow_abbrev=False,
    )
    command.arguments(parser)
    return parser


def _globals(argv: Sequence[str]) -> tuple[Globals, list[str]]:
    """Takes the global options out, wherever they stand before `--`."""
    parser = _Parser(prog=PROGRAM, add_help=False, allow_abbrev=False)
    _global_options(parser)
    end = list(argv).index("--") if "--" in argv else len(argv)
    found, rest = parser.parse_known_args(argv[:end])
    topics = (topic.strip() for topic in found.log.split(",") if topic.strip())
    return (
        Globals(found.library, found.json, (*topics, *(["store.sql"] if found.trace_sql else []))),
        [*rest, *map(_Word, argv[end + 1 :])],
    )


def _global_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--library", metavar="DIR", help="the library folder to use")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--log", default="", metavar="TOPICS", help="log these topics, such as store,feeds.fetch"
    )
    parser.add_argument("--trace-sql", action="store_true", help="log each SQL statement")


def _pick(words: list[str], commands: Mapping[str, Command]) -> tuple[str, list[str]]:
    first, rest = words[0], words[1:]
    if first in GROUPS and rest and rest[0] in GROUPS[first]:
        return f"{first} {rest[0]}", rest[1:]
    if first in GROUPS and rest and not rest[0].startswith("-"):
        raise UsageError(
            f"There is no command “{first} {rest[0]}”: use one of {', '.join(GROUPS[first])}."
        )
    if first in GROUPS and first not in commands:
        raise UsageError(f"Say what to do with the {first}: {', '.join(GROUPS[first])}.")
    if first not in commands:
        near = get_close_matches(first, commands, n=1)
        hint = f"did you mean {near[0]}? All are in" if near else "see"
        raise UsageError(f"There is no command “{first}”: {hint} {PROGRAM} --help.")
    return first, rest


def _overview(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:<19} {command.says}" for name, command in commands.items())
    parser = _Parser(
        prog=PROGRAM,
        description="Follow feeds, search them at once, track names in every spelling. "
        "Without a command, the window opens.",
        epilog=f"commands:\n{lines}\n\n{PROGRAM} COMMAND --help tells more of each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    _global_options(parser)
    return parser


def number(text: str) -> int:
    """The number of an article, as SQLite can hold it."""
    if not _is_whole(text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not an article number")
    return int(text)


def amount(text: str) -> int:
    if not _is_whole(text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"a number of 1 or more is needed, not {text!r}")
    return int(text)


def add_limit(parser: argparse.ArgumentParser, default: int) -> None:
    """`--limit N`, for commands that list."""
    said = f"at most so many ({default})"
    parser.add_argument("--limit", type=limit, default=default, metavar="N", help=said)


def limit(text: str) -> int:
    if not _is_whole(text):
        raise argparse.ArgumentTypeError(f"a number of 0 or more is needed, not {text!r}")
    return int(text)


def size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (_is_whole(width) and _is_whole(height) and _shown(int(width), int(height))):
        raise argparse.ArgumentTypeError(f"320x240 to 10000x10000 is possible, not {text!r}")
    return int(width), int(height)


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


def _shown(width: int, height: int) -> bool:
    return 320 <= width <= 10_000 and 240 <= height <= 10_000
