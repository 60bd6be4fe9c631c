"""The search command, and bringing the index up to date before anything is asked of it."""

import argparse
from typing import Any

from reader.cli.arguments import add_limit
from reader.cli.articles import row, spoken
from reader.cli.command import DONE, Command, Context
from reader.domain.article import ArticleLine
from reader.domain.plain import more_places, span_values
from reader.domain.search import DEFAULT_LIMIT, FACETS
from reader.errors import BusyError, IndexFailure, QueryError, StoreError, UsageError
from reader.workers.messages import CatchUp

_SHOWN = 40
"""Characters of a query that are shown to say where it went wrong."""
AT_WORK = "Another program is at work on this library: what it has not finished is left out."


def catch_up(context: Context, *, wait: bool = True) -> None:
    """Bring index, mentions and hits up to date where something is still to be done.

    Another program that collects does that itself: with `wait` until it has, else what there is
    must do, and a sentence says so.
    """
    if has_index(context) and not context.core.library.pending():
        return
    if not wait and somebody_collects(context):
        context.tell(AT_WORK)
        return
    try:
        context.ask(CatchUp())
    except BusyError:
        context.tell(AT_WORK)
    except (StoreError, IndexFailure) as problem:
        if wait or not has_index(context):
            raise
        context.tell(f"{problem} What could not be indexed is left out.")


def has_index(context: Context) -> bool:
    folder = context.core.paths.index
    return folder.is_dir() and any(folder.iterdir())


def somebody_collects(context: Context) -> bool:
    from reader.workers.lock import CollectorLock

    lock = CollectorLock.acquire(context.core.paths)
    if lock is not None:
        lock.release()
    return lock is None


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY", help="in quotation marks of the shell")
    parser.add_argument("--sort", choices=("date", "score"), default="date", help="date is default")
    add_limit(parser, DEFAULT_LIMIT)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--count", action="store_true", help="only how many there are")
    output.add_argument("--facet", choices=FACETS, help="count by this instead of listing")
    output.add_argument("--explain", action="store_true", help="say where each article matches")


def _search(context: Context, arguments: argparse.Namespace) -> int:
    query = _one_query(arguments.query)
    check(query)  # refused before any work is done for it
    catch_up(context, wait=False)
    if arguments.count:
        _count(context, query)
    elif arguments.facet:
        _facet(context, query, arguments.facet)
    else:
        _rows(context, query, arguments)
    return DONE


def check(query: str) -> None:
    """A refusal says where, for nobody can mark the place on a command line."""
    from reader.search.language import parse

    try:
        parse(query)
    except QueryError as problem:
        at = problem.position
        rest = " ".join(query[at:].split())
        if not at or not rest:
            raise
        shown = rest if len(rest) <= _SHOWN else f"{rest[:_SHOWN]}…"
        raise QueryError(f"{problem} (At character {at + 1}: {shown})", at) from problem


def _one_query(words: list[str]) -> str:
    """The shell has taken away the quotation marks of a phrase, so we must not guess."""
    if len(words) > 1:
        raise UsageError(
            f"Put the whole query between quotation marks: media-reader search '{' '.join(words)}'"
        )
    return words[0]


def _count(context: Context, query: str) -> None:
    count = context.core.finder.count(query)
    _hint(context, query, count)
    context.emit({"count": count}, [str(count)])


def _facet(context: Context, query: str, name: str) -> None:
    finder = context.core.finder
    facet = finder.facet(query, name)
    if not facet.values:
        count = finder.count(query)
        _hint(context, query, count)
        if count:
            context.tell(f"None of the {count} matching articles has a value for {name}.")
    values = [{"value": value, "count": count} for value, count in facet.values]
    lines = (f"{count:>8}  {value or '(unknown)'}" for value, count in facet.values)
    context.emit({"facet": facet.name, "values": values}, lines)


def _rows(context: Context, query: str, arguments: argparse.Namespace) -> None:
    found = context.core.finder.found(query, sort=arguments.sort, limit=arguments.limit)
    if not found.total:
        context.tell(found.hint)
    rows, lines = [], []
    for line, score in found.lines:
        shown = scored(line, score)
        lines.extend(spoken(line))
        if arguments.explain:
            why, clauses, more = _explained(context, query, line.id)
            shown |= {"why": why, "clauses": clauses, "more": more}
            lines.extend(f"          {clause}" for clause in clauses)
            lines.extend(
                f"          {one['field']} {one['start']}–{one['end']}: {one['text']}"
                for one in why
            )
            lines.extend([f"          … and {more_places(more)}"] if more else [])
        rows.append(shown)
    tell_of_more(context, len(rows), found.total)
    context.emit(rows, lines)


def scored(line: ArticleLine, score: float) -> dict[str, Any]:
    return {**row(line), "score": round(score, 4)}


def tell_of_more(context: Context, shown: int, total: int) -> None:
    if total > shown:
        context.tell(f"{shown} of {total} articles; more with --limit.")


def _explained(
    context: Context, query: str, article: int
) -> tuple[list[dict[str, Any]], list[str], int]:
    why = context.core.finder.explained(query, article)
    return [span_values(one) for one in why.spans], list(why.clauses), why.more


def _hint(context: Context, query: str, count: int) -> None:
    if not count:
        context.tell(context.core.finder.hint(query))


COMMANDS = (Command("search", "find articles, by one query", _search, _search_arguments),)
