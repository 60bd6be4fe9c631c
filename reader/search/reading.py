"""The words of one article, placed as the index places them, for many questions.

Title, lead and body share one space of positions with a `GAP` between them; the author and the
address are texts of their own. Words are cut once; what a slot asks for is looked up once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from reader.search.analysis import GAP, cut
from reader.search.listing import Listing, forms_for, holding
from reader.search.stems import has
from reader.search.syntax import Slot


class Region(NamedTuple):
    """A text whose words stand from `start` up to, not including, `end`."""

    text: str
    start: int
    end: int


class Mark(NamedTuple):
    """`start`, `end`: code points in the text of the region."""

    region: str
    start: int
    end: int


class Reading:
    """`texts` by the names of their regions, in order; words are inflected as in `language`."""

    def __init__(self, texts: Sequence[tuple[str, str]], language: str = "") -> None:
        self.regions: dict[str, Region] = {}
        self.sentences: list[int] = []
        """The positions of the words that begin a sentence, ascending."""
        self._language = language if has(language) else ""
        self._written: dict[int, str] = {}
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self._found: dict[Slot, list[int]] = {}
        start = 0
        for name, text in texts:
            words, sentences = cut(text)
            self.regions[name] = Region(text, start, start + len(words))
            self._written.update(enumerate(words, start))
            self.sentences += [start + sentence for sentence in sentences]
            start += len(words) + GAP

    def positions(self, slot: Slot, region: str = "") -> list[int]:
        """Where the slot is true, ascending; without a region anywhere."""
        found = self._found.get(slot)
        if found is None:
            found = self._found[slot] = self._positions(slot)
        if not region:
            return found
        _text, start, end = self.regions[region]
        return found[bisect_left(found, start) : bisect_left(found, end)]

    def marks(self, slot: Slot, position: int) -> Iterator[Mark]:
        """The characters that made the slot true at the position."""
        region = self.region(position)
        start = self.offsets(region)[position - self.regions[region].start][0]
        for form in forms_for(slot, self._written[position], self._language):
            yield Mark(region, start + form.start, start + form.end)

    def region(self, position: int) -> str:
        return next(n for n, region in self.regions.items() if position < region.end)

    def words(self, region: str, start: int, end: int) -> tuple[int, int] | None:
        """The first and last position of the words that some characters overlap."""
        offsets = self.offsets(region)
        first = bisect_right(offsets, start, key=lambda span: span[1])
        last = bisect_left(offsets, end, key=lambda span: span[0]) - 1
        if first > last:
            return None
        return self.regions[region].start + first, self.regions[region].start + last

    @cached_property
    def handles(self) -> set[str]:
        """Every form and every stem: what the anchor of a query is compared with."""
        return self._listing.handles

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for position, word in self._written.items():
            if word in found:
                found[word].append(position)
            else:
                found[word] = [position]
        return found

    @cached_property
    def _listing(self) -> Listing:
        return Listing(self._places, self._language)

    def _positions(self, slot: Slot) -> list[int]:
        words = None
        if "_listing" not in self.__dict__:  # it is made for many questions
            words = holding(self._places, slot, self._language)
        if words is None:
            words = list(self._listing.words(slot))
        if len(words) == 1:
            return self._places[words[0]]
        return sorted(position for word in words for position in self._places[word])

    def offsets(self, region: str) -> list[tuple[int, int]]:
        """Where each word of a region stands in its text, in code points."""
        known = self._spans.get(region)
        if known is None:
            known = self._spans[region] = list(self._find(self.regions[region]))
        return known

    def _find(self, region: Region) -> Iterator[tuple[int, int]]:
        """Between two words stands nothing that a word could be taken for."""
        end = 0
        for position in range(region.start, region.end):
            word = self._written[position]
            start = region.text.index(word, end)
            end = start + len(word)
            yield start, end
