"""What is marked in an article: mentions, hits and labels, as spans of the document.

A `Mark` knows what it stands for; `Marks` finds those in view without looking at all of them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.domain.article import FIELDS, ArticleDetail, Explained, Mention
from reader.gui.align import Alignment, align, aligning
from reader.gui.models.highlights import Highlights
from reader.gui.views.article_document import Layout

ENTITY, HIT, CHIP = "entity", "hit", "chip"


class Mark(NamedTuple):
    """`start`, `end`: UTF-16 units in the document. `shown` False: painted only when current."""

    start: int
    end: int
    kind: str
    type: str = ""
    entity_id: int = 0
    name: str = ""
    alias: str = ""
    shown: bool = True


class Marks:
    """Marks in reading order, a longer one before those inside it."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self.all = sorted(marks, key=lambda mark: (mark.start, -mark.end))
        self._starts = [mark.start for mark in self.all]

    def between(self, start: int, end: int) -> list[Mark]:
        """Those that begin in a stretch of the document."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, position: int) -> Mark | None:
        """The innermost mark that holds a place, mentions before hits."""
        near = self.between(position - 400, position + 1)
        around = [mark for mark in near if mark.end > position and mark.shown]
        around.sort(key=lambda mark: (mark.kind != ENTITY, mark.end - mark.start))
        return around[0] if around else None


def lit(mentions: Sequence[Mark], highlights: Highlights) -> list[Mark]:
    """The mentions, in reading order, `shown` where they are to be painted.

    One inside a longer one is shown when the longer one is not: what is left is seen.
    """
    found, reach = [], 0
    for mark in mentions:
        wanted = highlights.shows(mark.type, mark.entity_id)
        shown = wanted and (mark.shown or mark.start >= reach)
        if shown:
            reach = max(reach, mark.end)
        found.append(mark if shown == mark.shown else mark._replace(shown=shown))
    return found


class Placer:
    """Leads spans of an article's texts to the document that shows them.

    `shown` is the document's raw text. A field is aligned when it is first asked for.
    """

    def __init__(self, detail: ArticleDetail, layout: Layout, shown: str) -> None:
        self._texts, self._places = detail.texts, layout.places
        self._units = shown.encode("utf-16-le", "surrogatepass")
        self._known: dict[str, Alignment] = {}

    def prepare(self) -> Iterator[None]:
        """Aligns all fields, in short steps: then `place` answers at once."""
        for field in self._places:
            if field in FIELDS:
                self._known[field] = yield from aligning(self._texts.get(field), self._part(field))

    def place(self, field: str, start: int, end: int) -> tuple[int, int] | None:
        if field not in FIELDS or field not in self._places:
            return None
        if field not in self._known:
            self._known[field] = align(self._texts.get(field), self._part(field))
        begin, span = self._places[field][0], self._known[field].span(start, end)
        return (begin + span[0], begin + span[1]) if span else None

    def _part(self, field: str) -> str:
        begin, stop = self._places[field]
        return self._units[2 * begin : 2 * stop].decode("utf-16-le", "surrogatepass")

    def mentions(self, mentions: Iterable[Mention]) -> list[Mark]:
        return [
            Mark(*span, ENTITY, m.type, m.entity_id, m.entity, m.alias, m.shown)
            for m in mentions
            if (span := self.place(m.field, m.start, m.end))
        ]

    def hits(self, explained: Explained | None) -> list[Mark]:
        places = {self.place(s.field, s.start, s.end) for s in explained.spans} if explained else ()
        return [Mark(*span, HIT) for span in places if span]
