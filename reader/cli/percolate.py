"""The command that matches articles from elsewhere by the library's saved searches.

For a person, and with `--lines` for a program, what is found of an article is said before the
next one is read, so that it can stand in a pipe that never ends. `--json` is one document: whole,
or none.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from reader.cli.command import DONE, FAILED, Command, Context, spoken
from reader.cli.given import articles
from reader.cli.saved import NO_SEARCHES
from reader.domain.article import Explained, ParsedItem
from reader.domain.plain import span_values
from reader.errors import FileError, UsageError

Row = dict[str, Any]


def _percolate_arguments(parser: argparse.ArgumentParser) -> None:
    said = "articles as JSON lines on standard input"
    parser.add_argument("source", nargs="?", metavar="-", help=said)
    parser.add_argument("--lines", action="store_true", help="a line of JSON for each hit, at once")


def _percolate(context: Context, arguments: argparse.Namespace) -> int:
    if arguments.source != "-":
        raise UsageError("Give the articles on standard input: media-reader percolate - < FILE.")
    if arguments.lines and context.json:
        raise UsageError("Give --json, one document at the end, or --lines, but not both.")
    run = _Run(context)
    if context.json:
        _document(context, run)
    else:
        _stream(context, run, lines=arguments.lines)
    if not run.found:
        context.tell(run.nothing())
    return FAILED if run.wrong else DONE


class _Run:
    """`read`, `wrong`, `found`: lines with an article, lines without, and hits so far."""

    def __init__(self, context: Context) -> None:
        from reader.services.percolate import Percolator

        self._percolator = Percolator(context.core.store)
        self._searches = len(context.core.store.saved.all())
        self.read = self.wrong = self.found = 0

    def results(self) -> Iterator[Row | FileError]:
        for number, article in articles(sys.stdin.buffer):
            if isinstance(article, FileError):
                self.wrong += 1
                yield article
            else:
                self.read += 1
                yield from self._rows(number, article)

    def _rows(self, number: int, article: ParsedItem) -> Iterator[Row]:
        for saved, why in self._percolator.hits(article):
            self.found += 1
            yield _row(number, saved, why)

    def nothing(self) -> str:
        if not self._searches:
            return NO_SEARCHES
        if not self.read and not self.wrong:
            return (
                "There is no article on standard input: one JSON object {title, text} on each line."
            )
        return f"No saved search matches any of the articles ({self.read} read)."


def _row(number: int, saved: str, why: Explained) -> Row:
    places = [span_values(one) for one in why.spans]
    return {"line": number, "saved_search": saved, "why": places, "more": why.more}


def _document(context: Context, run: _Run) -> None:
    rows: list[Row] = []
    for result in run.results():
        if isinstance(result, FileError):
            raise result
        rows.append(result)
    context.emit(rows, ())


def _stream(context: Context, run: _Run, *, lines: bool) -> None:
    for result in run.results():
        if isinstance(result, FileError):
            context.tell(str(result))
            continue
        text = json.dumps(result, ensure_ascii=False) if lines else spoken(_told(result))
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _told(row: Row) -> str:
    words = ", ".join(dict.fromkeys(" ".join(place["text"].split()) for place in row["why"]))
    return f"{row['line']:>6}  {row['saved_search']}" + (f": {words}" if words else "")


COMMANDS = (
    Command("percolate", "match articles from elsewhere", _percolate, _percolate_arguments),
)
