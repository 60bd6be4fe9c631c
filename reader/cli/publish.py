"""Commands that keep saved searches current as feed files for other programs."""

import argparse
from pathlib import Path
from typing import Any

from reader.cli.command import DONE, Command, Context, table
from reader.cli.feeds import refuse_own
from reader.cli.search import catch_up
from reader.errors import UsageError
from reader.store.publications import Publication


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="without it, what is published")
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help=".atom, .xml or .json")


def _publish(context: Context, arguments: argparse.Namespace) -> int:
    if arguments.name is None:
        return _list(context)
    if arguments.file is None:
        raise UsageError("Name the file too: it ends in .atom, .xml or .json.")
    path = arguments.file.absolute()
    refuse_own(context, path)
    context.core.library.saved(arguments.name)  # before anything is worked out
    catch_up(context)
    context.core.library.publish_search(arguments.name, str(path))
    made = next(one for one in context.core.store.publications.all() if one.path == str(path))
    context.emit(_row(made), [f"“{made.saved_search}” is published to {made.path}."])
    return DONE


def _list(context: Context) -> int:
    published = context.core.store.publications.all()
    if not published:
        context.tell("Nothing is published yet: media-reader saved publish NAME FILE.")
    rows = [_row(one) for one in published]
    cells = [[one.saved_search, one.path, one.error] for one in published]
    context.emit(rows, table(cells, ("name", "file", "error")) if rows else ())
    return DONE


def _row(one: Publication) -> dict[str, Any]:
    return {"name": one.saved_search, "file": one.path, "error": one.error or None}


def _unpublish_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("file", nargs="?", metavar="FILE", type=Path, help="only this one")


def _unpublish(context: Context, arguments: argparse.Namespace) -> int:
    store = context.core.store
    before = [one.path for one in store.publications.all()]
    path = str(arguments.file.absolute()) if arguments.file else ""
    context.core.library.unpublish_search(arguments.name, path)
    left = {one.path for one in store.publications.all()}
    gone = [one for one in before if one not in left]
    context.emit({"unpublished": gone}, [f"{one} is no longer kept current." for one in gone])
    return DONE


COMMANDS = (
    Command("saved publish", "keep a feed file of it current", _publish, _publish_arguments),
    Command("saved unpublish", "leave such a file as it is", _unpublish, _unpublish_arguments),
)
