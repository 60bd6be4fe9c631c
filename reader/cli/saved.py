"""Commands about saved searches."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from reader.cli.arguments import limit
from reader.cli.articles import span, spoken
from reader.cli.command import DONE, Command, Context, table
from reader.cli.search import AT_WORK, catch_up, check, scored, tell_of_more
from reader.domain.search import DEFAULT_LIMIT
from reader.errors import BusyError, FileError, UsageError
from reader.workers.messages import CatchUp

NO_SEARCHES = "No saved searches yet: media-reader saved add NAME QUERY."


def _saved(context: Context, _arguments: argparse.Namespace) -> int:
    _derive(context)
    lines = context.core.store.saved.lines()
    rows = [
        {
            "name": line.saved.name,
            "query": line.saved.query,
            "total": line.total,
            "unread": line.unread,
            "alert": line.saved.alert,
        }
        for line in lines
    ]
    for line in lines:
        if line.saved.broken:
            context.tell(f"“{line.saved.name}” cannot be run: {line.saved.broken}")
    if not rows:
        context.tell(NO_SEARCHES)
    head = ("total", "unread", "alert", "name", "query")
    cells = [
        [one["total"], one["unread"], "alert" if one["alert"] else "", one["name"], one["query"]]
        for one in rows
    ]
    context.emit(rows, table(cells, head) if rows else ())
    return DONE


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


def _add(context: Context, arguments: argparse.Namespace) -> int:
    check(arguments.query)
    context.core.library.save_search(arguments.name, arguments.query, alert=arguments.alert)
    return _report(context, arguments.name)


def _report(context: Context, name: str) -> int:
    _derive(context)
    line = next(
        x for x in context.core.store.saved.lines() if x.saved.name == " ".join(name.split())
    )
    saved = line.saved
    context.emit(
        {"name": saved.name, "query": saved.query, "total": line.total, "unread": line.unread,
         "alert": saved.alert},
        [f"“{saved.name}”: {line.total} article{'s' * (line.total != 1)}, {line.unread} unread."],
    )  # fmt: skip
    return DONE


def _edit_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("new_query", nargs="?", metavar="QUERY", help="the new query")
    parser.add_argument("--query", help="the new query")
    parser.add_argument("--name", dest="new_name", metavar="NEW", help="the new name")
    parser.add_argument("--alert", action=argparse.BooleanOptionalAction)


def _edit(context: Context, arguments: argparse.Namespace) -> int:
    query = arguments.query if arguments.query is not None else arguments.new_query
    if query is None and arguments.new_name is None and arguments.alert is None:
        raise UsageError("Say what to change: --query, --name, --alert or --no-alert.")
    if query is not None:
        check(query)
    context.core.library.edit_search(
        arguments.name, query=query, alert=arguments.alert, new_name=arguments.new_name
    )
    return _report(context, arguments.new_name or context.core.library.saved(arguments.name).name)


def _run_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--sort", choices=("date", "score"), default="date")
    parser.add_argument("--limit", type=limit, default=DEFAULT_LIMIT, metavar="N")


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
    context.core.library.remove_search(arguments.name)
    context.emit({"removed": arguments.name}, [f"Removed “{arguments.name}”."])
    return DONE


def _percolate_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="-", help="articles as JSON lines on standard input")


def _percolate(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.percolate import Percolator

    if arguments.source != "-":
        raise UsageError("Give the articles on standard input: media-reader percolate - < FILE.")
    percolator = Percolator(context.core.store)
    results: list[dict[str, Any]] = []
    read = 0
    for number, article in _lines():
        read += 1
        for saved, spans in percolator.hits(article["title"], article["text"], article["language"]):
            results.append(
                {"line": number, "saved_search": saved, "why": [span(one) for one in spans]}
            )
    if not results:
        context.tell(_nothing(context, read))
    texts = (f"{r['line']:>6}  {r['saved_search']}" for r in results)
    context.emit(results, texts)
    return DONE


def _nothing(context: Context, read: int) -> str:
    if not context.core.store.saved.all():
        return NO_SEARCHES
    if not read:
        return "There is no article on standard input: one JSON object {title, text} on each line."
    return "No saved search matches any of these articles."


def _lines() -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield number, _article(number, line)


def _article(number: int, line: bytes) -> dict[str, str]:
    where = f"Line {number} of standard input"
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise FileError(f"{where} is not JSON ({problem}).") from problem
    if not isinstance(value, dict):
        raise FileError(f"{where} is not an object with “title” and “text”.")
    article = {name: value.get(name) or "" for name in ("title", "text", "language")}
    for name, content in article.items():
        if not isinstance(content, str):
            raise FileError(f"{where}: “{name}” must be a text.")
    return article


COMMANDS = (
    Command("saved", "list the saved searches with their counts", _saved),
    Command("saved add", "save a search", _add, _add_arguments),
    Command("saved edit", "change a saved search", _edit, _edit_arguments),
    Command("saved run", "list what a saved search matches", _run, _run_arguments),
    Command("saved remove", "forget a saved search", _remove, _name_argument),
    Command("percolate", "match articles from elsewhere", _percolate, _percolate_arguments),
)
