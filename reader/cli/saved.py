"""Commands about saved searches."""

import argparse
from typing import Any

from reader.cli.arguments import add_limit, number
from reader.cli.articles import spoken
from reader.cli.backtest import forewarn
from reader.cli.command import DONE, Command, Context, table
from reader.cli.rules import rule_arguments, rule_given
from reader.cli.search import AT_WORK, catch_up, check, scored, tell_of_more
from reader.domain.alert import AS_USUAL
from reader.domain.rules import rule_values
from reader.domain.search import DEFAULT_LIMIT, SavedLine, SavedSearch
from reader.errors import BusyError, NotFoundError, UsageError
from reader.workers.messages import CatchUp

NO_SEARCHES = "No saved searches yet: media-reader saved add NAME QUERY."


def _saved(context: Context, _arguments: argparse.Namespace) -> int:
    _derive(context)
    lines = context.core.store.saved.lines()
    rows = [_row(line) for line in lines]
    for line in lines:
        if line.saved.broken:
            context.tell(f"“{line.saved.name}” cannot be run: {line.saved.broken}")
    if not rows:
        context.tell(NO_SEARCHES)
    head = ("total", "unread", "alert", "folder", "name", "query")
    cells = [
        [line.total, line.unread, _when(line.saved), line.saved.folder, line.saved.name,
         line.saved.query]
        for line in lines
    ]  # fmt: skip
    context.emit(rows, table(cells, head) if rows else ())
    return DONE


def _row(line: SavedLine) -> dict[str, Any]:
    """`broken`: why the query cannot be run, or null; the rest is what an import takes in."""
    saved = line.saved
    return {
        "name": saved.name,
        "query": saved.query,
        "total": line.total,
        "unread": line.unread,
        "alert": saved.alert,
        "folder": saved.folder,
        **rule_values(saved.rule),
        "kept": line.kept,
        "noise": line.noise,
        "broken": saved.broken or None,
    }


def _when(saved: SavedSearch) -> str:
    return saved.rule.when if saved.alert else ""


def _derive(context: Context) -> None:
    """Counts come from stored hits; those that depend on time or marks are renewed."""
    if not context.core.library.has_volatile_searches():
        catch_up(context)
        return
    try:
        context.ask(CatchUp())
    except BusyError:
        context.tell(AT_WORK)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("--alert", action="store_true", help="tell when a new article matches")
    parser.add_argument("--folder", default="", help="where it stands among the saved searches")
    rule_arguments(parser, no=False)


def _add(context: Context, arguments: argparse.Namespace) -> int:
    check(arguments.query)
    rule = rule_given(arguments, AS_USUAL)
    context.core.library.save_search(
        arguments.name, arguments.query, alert=arguments.alert, folder=arguments.folder,
        rule=rule or AS_USUAL,
    )  # fmt: skip
    if rule and not arguments.alert:
        context.tell("Its alert is off: turn it on with --alert.")
    return _report(context, arguments.name, foretold=arguments.alert)


def _report(context: Context, name: str, *, foretold: bool) -> int:
    """`foretold`: its alert is new, or asks for something else."""
    _derive(context)
    line = _line(context, context.core.library.saved(" ".join(name.split())))
    if foretold and line.saved.alert:
        forewarn(context, line.saved)
    counted = f"{line.total} article{'s' * (line.total != 1)}, {line.unread} unread"
    context.emit(_row(line), [f"“{line.saved.name}”: {counted}."])
    return DONE


def _line(context: Context, saved: SavedSearch) -> SavedLine:
    return next(one for one in context.core.store.saved.lines() if one.saved.id == saved.id)


def _edit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("new_query", nargs="?", metavar="QUERY", help="the new query")
    parser.add_argument("--query", help="the new query")
    parser.add_argument("--name", dest="new_name", metavar="NEW", help="the new name")
    parser.add_argument("--alert", action=argparse.BooleanOptionalAction)
    folder = parser.add_mutually_exclusive_group()
    folder.add_argument("--folder", help="where it stands among the saved searches")
    folder.add_argument("--no-folder", dest="folder", action="store_const", const="")
    rule_arguments(parser, no=True)


def _edit(context: Context, arguments: argparse.Namespace) -> int:
    if None not in (arguments.query, arguments.new_query):
        raise UsageError("Give the new query once: as second word, or with --query.")
    query = arguments.query if arguments.query is not None else arguments.new_query
    changes = {
        "query": query,
        "alert": arguments.alert,
        "new_name": arguments.new_name,
        "folder": arguments.folder,
        "rule": rule_given(arguments, AS_USUAL),
    }
    if all(change is None for change in changes.values()):
        raise UsageError(
            "Say what to change: --query, --name, --folder, --alert or --no-alert, or how it "
            "alerts (see saved edit --help)."
        )
    if query is not None:
        check(query)
    library = context.core.library
    changes["rule"] = rule_given(arguments, library.saved(arguments.name).rule)
    library.edit_search(arguments.name, **changes)
    name = arguments.new_name or library.saved(arguments.name).name
    return _report(context, name, foretold=query is not None or bool(arguments.alert))


def _judge_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("ids", nargs="+", metavar="ID", type=number)
    verdict = parser.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--keep", dest="kept", action="store_const", const=True,
                         help="they were worth telling of")  # fmt: skip
    verdict.add_argument("--noise", dest="kept", action="store_const", const=False,
                         help="they were not")  # fmt: skip
    verdict.add_argument("--clear", dest="kept", action="store_const", const=None,
                         help="not judged")  # fmt: skip


def _judge(context: Context, arguments: argparse.Namespace) -> int:
    library = context.core.library
    saved = library.saved(arguments.name)
    present = {line.id for line in library.lines(arguments.ids)}
    for one in arguments.ids:
        if one not in present:
            raise NotFoundError(f"There is no article {one}; nothing was changed.")
    changed = len(library.judge(saved.name, arguments.ids, arguments.kept).articles)
    precision = library.precision(saved.name)
    value = {
        "saved_search": saved.name,
        "changed": changed,
        "kept": precision.kept,
        "noise": precision.noise,
        "precision": None if precision.share is None else round(precision.share, 3),
    }
    text = f"{changed} changed; {precision.kept} kept and {precision.noise} noise so far."
    context.emit(value, [f"“{saved.name}”: {text}"])
    return DONE


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--sort", choices=("date", "score"), default="date")
    add_limit(parser, DEFAULT_LIMIT)


def _run(context: Context, arguments: argparse.Namespace) -> int:
    saved = context.core.library.saved(arguments.name)
    catch_up(context, wait=False)
    found = context.core.finder.found(saved.query, sort=arguments.sort, limit=arguments.limit)
    if not found.total:
        context.tell(found.hint)
    rows = [scored(line, score) for line, score in found.lines]
    tell_of_more(context, len(rows), found.total)
    context.emit(rows, (text for line, _ in found.lines for text in spoken(line)))
    return DONE


def _name_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")


def _remove(context: Context, arguments: argparse.Namespace) -> int:
    saved = context.core.library.saved(arguments.name)
    files = [p.path for p in context.core.store.publications.all() if p.saved_id == saved.id]
    context.core.library.remove_search(arguments.name)
    for file in files:
        context.tell(f"{file} stays as it is, and is no longer kept current.")
    context.emit({"removed": arguments.name}, [f"Removed “{arguments.name}”."])
    return DONE


COMMANDS = (
    Command("saved", "list the saved searches with their counts", _saved),
    Command("saved add", "save a search", _add, _add_arguments),
    Command("saved edit", "change a saved search", _edit, _edit_arguments),
    Command("saved run", "list what a saved search matches", _run, _run_arguments),
    Command("saved judge", "say which hits were worth it", _judge, _judge_arguments),
    Command("saved remove", "forget a saved search", _remove, _name_argument),
)
