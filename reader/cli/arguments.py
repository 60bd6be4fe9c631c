"""The words of the command line, and one sentence when they are wrong.

Global options may stand anywhere and options may stand between the words of a command
(`tag 1 2 --remove urgent`), which `argparse` sub-commands do not allow; so the command is picked
out first and its own parser reads the rest, options and words intermixed.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from reader import __version__
from reader.cli.command import Command
from reader.errors import UsageError

PROGRAM = "media-reader"

GROUPS = {
    "saved": ("add", "edit", "run", "remove"),
    "entities": ("add", "edit", "remove"),
    "index": ("status", "rebuild", "check"),
    "library": ("info", "check", "backup", "restore"),
}
"""Commands with a second word; `saved` and `entities` alone list."""


@dataclass(frozen=True, slots=True)
class Globals:
    library: str | None
    json: bool
    log: str
    trace_sql: bool


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]} (see {self.prog} --help).")


def parse(
    argv: Sequence[str], commands: Mapping[str, Command]
) -> tuple[Command | None, argparse.Namespace, Globals]:
    """The command (None: the window), its arguments, and the global options.

    UsageError for wrong words. `--help` and `--version` print and raise SystemExit.
    """
    everywhere, rest = _globals(argv)
    if not rest:
        return None, argparse.Namespace(), everywhere
    if rest[0] in {"-h", "--help", "help", "--version"}:
        _overview(commands).parse_args(["--version" if rest[0] == "--version" else "--help"])
    name, words = _pick(rest, commands)
    parser = _Parser(prog=f"{PROGRAM} {name}", description=commands[name].says, allow_abbrev=False)
    commands[name].arguments(parser)
    return commands[name], parser.parse_intermixed_args(words), everywhere


def _globals(argv: Sequence[str]) -> tuple[Globals, list[str]]:
    parser = _Parser(prog=PROGRAM, add_help=False, allow_abbrev=False)
    parser.add_argument("--library")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--log", default="")
    parser.add_argument("--trace-sql", action="store_true")
    end = list(argv).index("--") if "--" in argv else len(argv)
    found, rest = parser.parse_known_args(argv[:end])
    return (
        Globals(found.library, found.json, found.log, found.trace_sql),
        [*rest, *argv[end:]],
    )


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
        raise UsageError(f"There is no command {first!r}: see {PROGRAM} --help.")
    return first, rest


def _overview(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:<16} {command.says}" for name, command in commands.items())
    parser = _Parser(
        prog=PROGRAM,
        description="Follow feeds, search them at once, track names in every spelling. "
        "Without a command, the window opens.",
        epilog=f"commands:\n{lines}\n\n{PROGRAM} COMMAND --help tells more of each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("--library", metavar="DIR", help="the library folder to use")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--log", metavar="TOPICS", help="log these topics, such as store,feeds.fetch"
    )
    parser.add_argument("--trace-sql", action="store_true", help="log each SQL statement")
    return parser


def number(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an article number") from None
    if not 0 < value < 2**63:
        raise argparse.ArgumentTypeError(f"{text!r} is not an article number")
    return value


def limit(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"--limit takes a number, not {text!r}") from None
    if value < 0:
        raise argparse.ArgumentTypeError("--limit takes a number of 0 or more")
    return value


def size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 320 <= int(width) <= 10000
            and 240 <= int(height) <= 10000):  # fmt: skip
        raise argparse.ArgumentTypeError(f"--size takes WIDTHxHEIGHT in pixels, not {text!r}")
    return int(width), int(height)
