"""The query language on one page: what can be written, and what it means. The only copy there is.

Every example can be run as it stands.
"""

from typing import NamedTuple


class Line(NamedTuple):
    examples: tuple[str, ...]
    meaning: str


class Section(NamedTuple):
    title: str
    lines: tuple[Line, ...]


WORDS = Section(
    "Words",
    (
        Line(("port tobruk",), "both words, anywhere in an article"),
        Line(('"air defence"',), "this phrase, word for word"),
        Line(('"air defence"~3',), "with up to 3 other words between"),
        Line(("air*", "h?ftar"), "a beginning; one letter left open"),
        Line(("haftar~", "haftar~2"), "one slip of spelling; two"),
        Line(("=defences", "case:WHO"), "this very form; in these capitals"),
        Line(("/s-?[34]00/",), "a regular expression for one whole word"),
    ),
)
TOGETHER = Section(
    "Together",
    (
        Line(("haftar OR hifter",), "one of them, or both"),
        Line(("port -football", "port NOT football"), "the first without the second"),
        Line(("port (ship OR vessel)",), "brackets keep words together"),
        Line(("haftar NEAR/5 wagner",), "up to 5 words between, in any order"),
        Line(("haftar ONEAR/5 wagner",), "up to 5 words between, in this order"),
        Line(("haftar SENT wagner",), "in one sentence"),
        Line(("FIRST/50 haftar",), "among the first 50 words"),
        Line(("ATLEAST/3 haftar",), "at least 3 times"),
    ),
)
WHERE = Section(
    "Where it stands",
    (
        Line(("title:port", "lead:port", "body:port"), "in the headline, the lead, the text"),
        Line(("author:smith", "url:reuters"), "who wrote it; its address"),
        Line(("title:(port OR ship)",), "brackets work here, too"),
    ),
)
SOURCE = Section(
    "Where it came from",
    (
        Line(("feed:reuters", "folder:europe"), "a feed by words of its name; a folder"),
        Line(("outlet:reuters", "lang:en"), "who published it; its language"),
    ),
)
TRACKED = Section(
    "What you track and add",
    (
        Line(('entity:"Khalifa Haftar"',), "a tracked entity, in all its spellings"),
        Line(("type:weapon", "watchlist:libya"), "any entity of a type, or of a watchlist"),
        Line(("tag:review", "note:call"), "your tags; words of your notes"),
        Line(("is:unread", "is:starred"), "not read yet; starred"),
        Line(("has:note", "has:revision"), "with a note; changed since"),
    ),
)
WHEN = Section(
    "When",
    (
        Line(("last:7d", "last:24h"), "in the last days or hours (h d w m y)"),
        Line(("date:2024-12-16", "date:2024-12"), "on a day; in a month"),
        Line(("date:2024-12-01..2024-12-18",), "from day to day, both included"),
        Line(("date:2024-12-16T14",), "in the hour that begins at 14:00"),
        Line(("seen:24h",), "first seen by this program"),
    ),
)
COLUMNS = ((WORDS, WHERE, SOURCE, WHEN), (TOGETHER, TRACKED))
BINDING = (
    "AND is understood between words. Operators are written in capitals; put them in quotation "
    "marks to search for the word itself. Tightest first: brackets and fields, NEAR, NOT, AND, OR."
)
EXAMPLES = tuple(
    example
    for column in COLUMNS
    for section in column
    for line in section.lines
    for example in line.examples
)
