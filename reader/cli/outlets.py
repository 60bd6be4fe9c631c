"""The command about the outlets the program knows."""

import argparse

from reader.cli.command import DONE, Command, Context, table


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "text", nargs="?", default="", metavar="TEXT", help="in a name, host, country or owner"
    )


def _outlets(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.outlets import gazetteer

    found = gazetteer().find(arguments.text)
    rows = [
        {
            "name": one.name,
            "short": list(one.short),
            "hosts": list(one.hosts),
            "country": one.country or None,
            "owner": one.owner or None,
            "kind": one.kind,
        }
        for one in found
    ]
    if not rows:
        context.tell(f"No known outlet has “{arguments.text}” in a name, host, country or owner.")
    cells = [[one.country, one.kind, one.name, one.owner, ", ".join(one.hosts)] for one in found]
    head = ("country", "kind", "name", "owner", "hosts")
    context.emit(rows, table(cells, head) if rows else ())
    return DONE


COMMANDS = (
    Command(
        "outlets", "list the outlets the program knows", _outlets, _arguments, needs_library=False
    ),
)
