"""Taking back the last change, whoever made it: the window, or a command."""

import argparse

from reader.cli.arguments import add_limit
from reader.cli.command import DONE, Command, Context, iso, table
from reader.cli.search import catch_up

_LISTED = 20


def _arguments(parser: argparse.ArgumentParser) -> None:
    said = "only tell what would be taken back, the next first"
    parser.add_argument("--list", action="store_true", dest="only_list", help=said)
    add_limit(parser, _LISTED)


def _undo(context: Context, arguments: argparse.Namespace) -> int:
    if arguments.only_list:
        return _list(context, arguments.limit)
    what, changes = context.core.library.undo()
    if changes.entities or changes.saved:
        catch_up(context)
    context.emit({"undone": what}, [f"Undone: {what}."])
    return DONE


def _list(context: Context, limit: int) -> int:
    rows = [{"change": what, "at": iso(at)} for what, at in context.core.library.done_last(limit)]
    if not rows:
        context.tell("There is nothing to undo.")
    cells = [[row["at"], row["change"]] for row in rows]
    context.emit(rows, table(cells, ("at", "change")) if rows else ())
    return DONE


COMMANDS = (Command("undo", "take back the last change", _undo, _arguments),)
