"""Commands about the watchlists that the program brings along."""

import argparse
from dataclasses import asdict

from reader.cli.command import DONE, Command, Context, table
from reader.cli.search import catch_up
from reader.domain.reports import ImportReport


def _starters(context: Context, _arguments: argparse.Namespace) -> int:
    from reader.services import starter

    rows = []
    for one in starter.STARTERS:
        count = len(starter.entities(one.name))
        tracked = count - len(starter.missing(context.core.store, one.name))
        row = {"name": one.name, "entities": count, "tracked": tracked, "says": one.says}
        rows.append(row)
    cells = [list(row.values()) for row in rows]
    context.emit(rows, table(cells, ("name", "entities", "tracked", "says")))
    return DONE


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="of a bundled watchlist")


def _add(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services import starter

    name = arguments.name
    new, whole = len(starter.missing(context.core.store, name)), len(starter.entities(name))
    context.core.library.track_starter(name)
    catch_up(context)
    report = ImportReport("watchlist", new, whole - new)
    context.emit(asdict(report), [report.sentence()])
    return DONE


COMMANDS = (
    Command("starters", "list the watchlists that the program brings along", _starters),
    Command("starters add", "track what is in a bundled watchlist", _add, _add_arguments),
)
