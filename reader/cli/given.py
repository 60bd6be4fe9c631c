"""Articles from elsewhere as JSON lines: one object a line, in UTF-8.

Whatever stands on a line, it is an article or a sentence that names the line and says what is
wrong with it; the lines after it can still be read.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

from reader.domain.article import ParsedItem, Texts
from reader.errors import FileError

LONGEST = 10_000_000
"""Bytes of a line; what is longer is passed over without being held in memory."""
_GIVEN = ("title", "lead", "text", "language", "url", "author", "published")
"""What may be told of an article from elsewhere."""
_TEXTS = ("title", "lead", "text")
_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can say and nothing can print."""


def articles(source: IO[bytes]) -> Iterator[tuple[int, ParsedItem | FileError]]:
    """Number of the line, and what stands there or why it is no article; empty lines are passed
    over. Each is given as soon as its line has come."""
    number = 0
    while line := source.readline(LONGEST + 1):
        number += 1
        where = f"Line {number} of standard input"
        if len(line) > LONGEST:
            while line and not line.endswith(b"\n"):
                line = source.readline(LONGEST)
            yield number, FileError(f"{where} is longer than {LONGEST // 1_000_000} MB.")
        elif line.strip():
            try:
                yield number, _article(where, line)
            except FileError as problem:
                yield number, problem


def _article(where: str, line: bytes) -> ParsedItem:
    value = _value(where, line)
    if not isinstance(value, dict):
        raise FileError(f"{where} is not an object with “title” and “text”.")
    told = {name: value[name] for name in _GIVEN if value.get(name) is not None}
    for name, content in told.items():
        if not isinstance(content, str):
            raise FileError(f"{where}: “{name}” must be a text.")
    if not any(name in told for name in _TEXTS):
        raise FileError(f"{where} has neither “title” nor “text”.")
    title, lead, text, language, url, author, published = (
        _HALF.sub("\ufffd", told.get(name, "")) for name in _GIVEN
    )
    return ParsedItem(
        guid="",
        url=url,
        texts=Texts(title, lead, text),
        html="",
        author=author,
        published=_moment(where, published),
        language=language,
    )


def _value(where: str, line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise FileError(f"{where} is not UTF-8 text: convert it, as with iconv.") from problem
    except (ValueError, RecursionError) as problem:
        raise FileError(f"{where} is not JSON ({problem}).") from problem


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
