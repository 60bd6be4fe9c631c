"""The command that matches articles from elsewhere by the library's saved searches."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from reader.cli.command import DONE, Command, Context
from reader.cli.saved import NO_SEARCHES
from reader.domain.article import ParsedItem, Texts
from reader.domain.plain import span_values
from reader.errors import FileError, UsageError

_GIVEN = ("title", "lead", "text", "language", "url", "author", "published")
"""What may be told of an article from elsewhere."""


def _percolate_arguments(parser: argparse.ArgumentParser) -> None:
    said = "articles as JSON lines on standard input"
    parser.add_argument("source", nargs="?", metavar="-", help=said)


def _percolate(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.percolate import Percolator

    if arguments.source != "-":
        raise UsageError("Give the articles on standard input: media-reader percolate - < FILE.")
    percolator = Percolator(context.core.store)
    results: list[dict[str, Any]] = []
    read = 0
    for number, article in _lines():
        read += 1
        for saved, why in percolator.hits(article):
            places = [span_values(one) for one in why.spans]
            results.append({"line": number, "saved_search": saved, "why": places, "more": why.more})
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


def _lines() -> Iterator[tuple[int, ParsedItem]]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            yield number, _article(f"Line {number} of standard input", line)


def _article(where: str, line: bytes) -> ParsedItem:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise FileError(f"{where} is not JSON ({problem}).") from problem
    if not isinstance(value, dict):
        raise FileError(f"{where} is not an object with “title” and “text”.")
    told = {name: value[name] for name in _GIVEN if value.get(name) is not None}
    for name, content in told.items():
        if not isinstance(content, str):
            raise FileError(f"{where}: “{name}” must be a text.")
    title, lead, text, language, url, author, published = (told.get(name, "") for name in _GIVEN)
    return ParsedItem(
        guid="",
        url=url,
        texts=Texts(title, lead, text),
        html="",
        author=author,
        published=_moment(where, published),
        language=language,
    )


def _moment(where: str, text: str) -> datetime | None:
    """Without a zone it is UTC, as everything here that is printed."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise FileError(
            f"{where}: “published” must be a time such as 2024-12-16T08:00:00Z."
        ) from problem


COMMANDS = (
    Command("percolate", "match articles from elsewhere", _percolate, _percolate_arguments),
)
