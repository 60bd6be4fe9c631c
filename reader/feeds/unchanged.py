"""Items of a feed that were read before, recognised by how they are written and left out.

Most of what a feed says it has said before; reading it again would be most of the work. A document
is cut at its items without being parsed, and only when that is beyond doubt: otherwise everything
in it is read.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import feedparser
import nh3

from reader.feeds.items import MOST_ITEMS

RULES = 1
"""Raised with every change of what is read in a feed: what was read before is then read once more.
"""

_READ_BY = f"{RULES} {feedparser.__version__} {getattr(nh3, '__version__', '')}"
_PARTS = re.compile(
    r"<!\[CDATA\[[^\]]*(?:\](?!\]>)[^\]]*)*(?:\]\]>|\Z)|<!--[^-]*(?:-(?!->)[^-]*)*(?:-->|\Z)"
    r"|<(?P<closing>/?)(?P<name>(?:[\w-]+:)?(?:item|entry))(?=[\s/>])[^<>]*>"
)
_ROOT = re.compile(r"<[A-Za-z][^<>]*>")
_SCOPE = re.compile(r"\bxml(?::base|ns(?::[\w.-]+)?)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Reduced:
    """`document`: without the items in `known`, numbers that the caller knew. `written`: a number
    for each item that is left, in order, by which it will be known."""

    document: str
    written: tuple[int, ...] = ()
    known: tuple[int, ...] = ()


def reduced(document: str, url: str, known: Container[int]) -> Reduced:
    """The document without the items that are known; whole and without numbers when in doubt.

    An item keeps its number as long as it is written in exactly the same way in a feed of the same
    address, namespaces and base, and is read by the same rules. Of more items than are ever read
    the first count.
    """
    places = _places(document)
    if not places:
        return Reduced(document)
    numbers = _numbers(document, url, places)
    left: list[int] = []
    kept = [document[: places[0][0]]]
    for place, ((start, end), number) in enumerate(zip(places, numbers, strict=True)):
        if place < MOST_ITEMS and number not in known:
            left.append(number)
            kept.append(document[start:end])
        following = places[place + 1][0] if place + 1 < len(places) else len(document)
        kept.append(document[end:following])
    again = tuple(number for number in numbers[:MOST_ITEMS] if number in known)
    return Reduced("".join(kept), tuple(left), again)


def _places(document: str) -> list[tuple[int, int]]:
    """Where each item begins and ends; nothing when any of that is in doubt."""
    name, start = "", -1
    places: list[tuple[int, int]] = []
    for part in _PARTS.finditer(document):
        name = name or part["name"] or ""
        if not part["name"] or part["name"] != name:
            continue  # a comment, quoted text, or something else inside an item
        inside, closing = start >= 0, bool(part["closing"])
        if closing != inside or part[0].endswith("/>"):
            return []
        if closing:
            places.append((start, part.end()))
        start = -1 if closing else part.start()
    doubtful = start >= 0 or "<!ENTITY" in document
    return [] if doubtful else places


def _numbers(document: str, url: str, places: Sequence[tuple[int, int]]) -> list[int]:
    """With what decides how the items are read: who reads them, and what is around them."""
    root = _ROOT.search(document)
    around = [_READ_BY, url, root[0] if root else "", *_scopes(document, places)]
    begun = blake2b("\x1f".join(around).encode("utf-8", "surrogatepass"), digest_size=8)
    numbers = []
    for start, end in places:
        one = begun.copy()
        one.update(document[start:end].encode("utf-8", "surrogatepass"))
        numbers.append(int.from_bytes(one.digest(), "big", signed=True) or 1)
    return numbers


def _scopes(document: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Namespaces and bases that stand outside of the items, and may hold for them."""
    ends = [0, *(end for _, end in places)]
    starts = [*(start for start, _ in places), len(document)]
    return [
        scope
        for end, start in zip(ends, starts, strict=True)
        for scope in _SCOPE.findall(document, end, start)
    ]
