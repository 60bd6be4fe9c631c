"""Commands that mark articles: read, starred, tagged, with a note."""

import argparse
from collections.abc import Callable, Sequence

from reader.cli.arguments import number
from reader.cli.command import DONE, Command, Context
from reader.domain.library import Changes
from reader.errors import NotFoundError, UsageError


def _tag_arguments(parser: argparse.ArgumentParser) -> None:
    parser.usage = "%(prog)s [-h] [--remove] ID [ID ...] TAG"
    said = "the numbers of articles, then the tag"
    parser.add_argument("words", nargs="+", metavar="ID… TAG", help=said)
    parser.add_argument("--remove", action="store_true", help="take it away")


def _tag(context: Context, arguments: argparse.Namespace) -> int:
    *ids, name = arguments.words
    if not ids:
        raise UsageError("Give the numbers of the articles, then the tag.")
    return _changed(
        context,
        _known(context, ids),
        lambda known: context.core.library.tag(known, name, remove=arguments.remove),
    )


def _note_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", type=number)
    parser.add_argument("text", metavar="TEXT", help='"" removes the note')


def _note(context: Context, arguments: argparse.Namespace) -> int:
    return _changed(
        context,
        _known(context, [arguments.id]),
        lambda known: context.core.library.note(known[0], arguments.text),
    )


def _mark_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID")
    read = parser.add_mutually_exclusive_group()
    read.add_argument("--read", dest="read", action="store_const", const=True)
    read.add_argument("--unread", dest="read", action="store_const", const=False)
    star = parser.add_mutually_exclusive_group()
    star.add_argument("--starred", dest="starred", action="store_const", const=True)
    star.add_argument("--unstarred", dest="starred", action="store_const", const=False)


def _mark(context: Context, arguments: argparse.Namespace) -> int:
    if arguments.read is None and arguments.starred is None:
        raise UsageError("Say how to mark: --read, --unread, --starred or --unstarred.")
    return _changed(
        context,
        _known(context, arguments.ids),
        lambda known: context.core.library.mark(
            known, read=arguments.read, starred=arguments.starred
        ),
    )


def _known(context: Context, ids: Sequence[str | int]) -> list[int]:
    """NotFoundError for the first that is no article; nothing is changed then."""
    try:
        numbers = [number(str(one)) for one in ids]
    except argparse.ArgumentTypeError as problem:
        raise UsageError(f"{problem}; nothing was changed.") from problem
    present = {line.id for line in context.core.store.lists.lines(numbers)}
    for one in numbers:
        if one not in present:
            raise NotFoundError(f"There is no article {one}; nothing was changed.")
    return numbers


def _changed(context: Context, ids: list[int], change: Callable[[list[int]], Changes]) -> int:
    changed = len(change(ids).articles)
    context.emit({"changed": changed}, [f"{changed} of {len(set(ids))} changed."])
    return DONE


COMMANDS = (
    Command("tag", "tag articles, or take a tag away", _tag, _tag_arguments),
    Command("note", "write a note on an article", _note, _note_arguments),
    Command("mark", "mark articles read, unread, starred or unstarred", _mark, _mark_arguments),
)
