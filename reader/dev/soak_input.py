"""A long proof that whatever is typed gives results or a sentence: never an error of another kind,
never a silent empty list.

Half of what is typed is thrown together from everything the language has a meaning for, the rest
are real queries with some letters changed, and plain noise.
"""

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.dev import libraries, soak_kills
from reader.dev.newsroom import NEWEST, Story
from reader.dev.promise import SoakError
from reader.errors import QueryError
from reader.paths import LibraryPaths
from reader.search.language import parse
from reader.services.find import Finder
from reader.workers.desk import Desk

_EACH = 50
"""Inputs for each try."""
_ARTICLES = 40
_MOST_HITS = 5
REAL = (
    "haftar tobruk", "air OR missile defence", '"air defence"~3 -drill', "haftar NEAR/5 wagner",
    "(haftar OR hifter) ONEAR/5 (wagner OR group)", "air* h?ftar", "/s-?[34]00/", "haftar~ tobrk~2",
    "=defences case:WHO", "army SENT tobruk", "FIRST/50 army", "ATLEAST/3 army", "title:haftar",
    'lead:"air defence" body:army', "author:reuters url:example", 'feed:wire folder:"A/B"',
    "outlet:reuters lang:en", "tag:libya/east note:call", 'entity:"Khalifa Haftar" type:weapon',
    "watchlist:libya is:unread", "has:note has:revision -is:starred", "date:2024-12-16",
    "date:2024-12-01..2024-12-18 last:7d seen:24h", 'entity:"Khalifa Haftar" NEAR/5 wagner',
    "covid-19 S-400 C++ AT&T don't", "Élysée straße Северсталь حفتر 東京", "NOT army tobruk",
)  # fmt: skip
PIECES = (
    "AND", "OR", "NOT", "NEAR", "NEAR/5", "NEAR/0", "ONEAR/2", "SENT", "FIRST/3", "FIRST",
    "FIRST/", "ATLEAST/2", "ATLEAST/0", "NEAR/99999999999999999999", "(", ")", "((", "))",
    '"', '""', "“", "”", "-", "--", "~", "~1", "~2", "~9", "*", "**", "?", "/", "//", "/a/",
    "/[/", "/(a|b)*c/", r"/\d+/", "/.*/", "=", "==", ":", "::", "|", "&", "[", "]", "{",
    "}", "..", "^", "+", "\\", "title:", "body:", "lead:", "author:", "url:", "feed:",
    "folder:", "outlet:", "lang:", "tag:", "note:", "entity:", "type:", "watchlist:", "is:",
    "has:", "date:", "last:", "seen:", "case:", "nosuch:", "is:unread", "is:nothing",
    "last:7d", "last:999999999d", "last:-1h", "date:2024-02-30", "date:..", "date:0000",
    "date:2024-12-18..2024-12-01", "haftar", "army", "air", "defence", "a", "the", "F-16",
    "s400", "don't", "C++", "AT&T", "WHO", "haf*", "h?ftar", "*tar", "?", "haftar~", "東京",
    "حفتر", "وحفتر", "Северсталь", "ſtraße", "İstanbul", "e\u0301", "\u00ad", "\u200f",
    "\ufeff", "\x00", "\x02", "\ud800", "🛰️", "1", "0", "-1", "1e999", "٣", "½", " ", "  ",
    "\t", "\n", "\u3000", "\u00a0",
)  # fmt: skip
_NOISE = (
    (0x20, 0x7F), (0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x400, 0x530), (0x590, 0x700),
    (0xE00, 0xE60), (0x2000, 0x2070), (0x3000, 0x3100), (0x4E00, 0x4F00), (0x1F300, 0x1F650),
)  # fmt: skip
_BODY = (
    "Khalifa Haftar met Wagner fighters in Tobruk. The army showed an S-400 air defence system. "
    "Two F-16 jets flew over Élysée Street. حفتر قال. Хафтар сказал. 東京都の発表。 "
)


def anything(folder: Path, tries: int, seed: int) -> str:
    """Types so many times `_EACH` inputs."""
    paths = LibraryPaths(folder / "library")
    counts = {"found": 0, "hint": 0, "refused": 0}
    slowest = 0.0, ""
    libraries.track(paths)
    with soak_kills.desk(paths) as desk:
        _furnish(desk)
        for number in range(tries * _EACH):
            text = typed(random.Random(f"{seed}/{number}"))
            began = time.perf_counter()
            counts[_answer(desk.finder, text, f"seed {seed}, input {number}")] += 1
            slowest = max(slowest, (time.perf_counter() - began, text))
    told = f"{counts['found']} found something, {counts['hint']} gave a hint"
    return (
        f"{tries * _EACH} inputs: {told}, {counts['refused']} were refused with a sentence; "
        f"the slowest took {slowest[0] * 1e3:.0f} ms ({slowest[1][:60]!r})"
    )


def _answer(finder: Finder, text: str, where: str) -> str:
    try:
        found = finder.found(text, limit=_MOST_HITS)
        query = parse(text)
        again = parse(str(query), query.now)
    except QueryError as problem:
        if not str(problem).strip() or not 0 <= problem.position <= len(text):
            raise SoakError(
                f"{where}: {text!r} is refused without a sentence: {problem!r}"
            ) from None
        return "refused"
    except Exception as problem:
        raise SoakError(f"{where}: {text!r} ends in {problem!r}") from problem
    if again != query:
        raise SoakError(f"{where}: {text!r} prints as {str(query)!r}, which says something else.")
    if not found.total and not found.hint:
        raise SoakError(f"{where}: {text!r} finds nothing, and nobody says why.")
    return "found" if found.total else "hint"


def _furnish(desk: Desk) -> None:
    """Articles with names in them, tags and a note; everything is scanned and indexed."""
    store = desk.store
    with store.transaction():
        feed = libraries.invented_feed(store, 0)
        ids = [libraries.add(store, feed, number, _story(number)) for number in range(_ARTICLES)]
        store.marks.tag(ids[:9], "libya/east")
        store.marks.note(ids[0], "call them", NEWEST)
        store.queue.push(ids)
    while desk.upkeep.some() is not None:
        pass


def _story(number: int) -> Story:
    title = f"WHO reports covid-19 case {number} to the army"
    return Story(number, title, "Reuters", (_BODY * (1 + number % 3),), NEWEST)


# -- what is typed


def typed(chance: random.Random) -> str:
    """What somebody might type, or a cat walking over the keys."""
    return chance.choice(_WAYS)(chance)


def _soup(chance: random.Random) -> str:
    between = chance.choice((" ", " ", ""))
    return between.join(chance.choices(PIECES, k=chance.randint(1, 6)))


def _changed(chance: random.Random) -> str:
    """A real query, or two run together, with some letters left out, doubled, moved or new."""
    letters = list(" ".join(chance.choices(REAL, k=chance.randint(1, 2))))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(letters))
        match chance.randrange(5):
            case 0:
                del letters[at : at + chance.randint(1, 4)]
            case 1:
                letters[at:at] = letters[at : at + chance.randint(1, 6)]
            case 2:
                letters[at] = chance.choice(PIECES)
            case 3:
                letters.insert(at, _character(chance))
            case _:
                letters = letters[:at] or letters
        letters = letters or ["a"]
    return "".join(letters)


def _noise(chance: random.Random) -> str:
    return "".join(_character(chance) for _ in range(chance.randint(0, 25)))


def _character(chance: random.Random) -> str:
    return chr(chance.randrange(*chance.choice(_NOISE)))


def _long(chance: random.Random) -> str:
    """Far more than anybody types."""
    piece = chance.choice((*PIECES, "word ", "(a OR b) ", "a OR ", "-", "NOT ", "(", '"a b" '))
    return piece * chance.choice((50, 500, 3_000))


_WAYS: Sequence[Callable[[random.Random], str]] = (
    *[_soup] * 10, *[_changed] * 7, *[_noise] * 4,
    lambda chance: chance.choice(REAL), _long,
)  # fmt: skip
