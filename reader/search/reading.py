"""The words of one article, placed as the index places them, for many questions.

Title, lead and body share one space of positions with a `GAP` between them; the author and the
address are texts of their own. Where words are not asked to stand to each other they are not
counted: finding them is a look-up in what is known of the chunks of all texts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from reader.search.analysis import GAP, Token
from reader.search.listing import Listing, making_true
from reader.search.needles import needle
from reader.search.region import Region
from reader.search.stems import has
from reader.search.syntax import Slot


class Mark(NamedTuple):
    """`start`, `end`: code points in the text of the region."""

    region: str
    start: int
    end: int


class Reading:
    """`texts` by the names of their regions, in order; words are inflected as in `language`."""

    def __init__(self, texts: Sequence[tuple[str, str]], language: str = "") -> None:
        self.language = language if has(language) else ""
        """The one in which words are inflected, "" for none."""
        self._regions = {name: Region(text) for name, text in texts}
        self._names = [*self._regions]
        self._asked: dict[Slot, dict[str, tuple[Token, ...]]] = {}
        self._found: dict[Slot, list[int]] = {}

    @property
    def forms(self) -> set[str]:
        return self._listing.forms

    @property
    def handles(self) -> set[str]:
        """Every form and every stem: what the needs of a query are compared with."""
        return self._listing.handles

    def has_stem(self, stem: str) -> bool:
        """Whether a form has it; without a language it is the form itself."""
        return self._listing.has_stem(stem)

    @property
    def has_compounds(self) -> bool:
        """Whether any chunk has neighbouring parts."""
        return bool(self._listing.compounds)

    def holds(self, slot: Slot, region: str = "") -> bool:
        """Whether the slot is true anywhere, or in a region."""
        asked = self._chunks(slot)
        return not self._regions[region].distinct.isdisjoint(asked) if region else bool(asked)

    def all_marks(self, slot: Slot, region: str = "") -> Iterator[Mark]:
        """The characters that make the slot true, wherever it is."""
        # A listing is made for many questions: then it is the quicker way.
        sure = "" if "_listing" in self.__dict__ else needle(slot, self.language)
        for name in [region] if region else self._names:
            found = self._regions[name].around(sure) if sure else None
            if found is None:
                yield from self._listed_marks(slot, name)
            else:
                for start, chunk in found.items():
                    for form in making_true(slot, chunk, self.language):
                        yield Mark(name, start + form.start, start + form.end)

    def _listed_marks(self, slot: Slot, name: str) -> Iterator[Mark]:
        region = self._regions[name]
        for chunk, forms in self._chunks(slot).items():
            if chunk in region.distinct:
                for start in region.starts(chunk):
                    for form in forms:
                        yield Mark(name, start + form.start, start + form.end)

    # -- positions

    def positions(self, slot: Slot, region: str = "") -> list[int]:
        """Where the slot is true, ascending; without a region anywhere."""
        found = self._found.get(slot)
        if found is None:
            found = self._found[slot] = sorted(self._positions(slot))
        if not region:
            return found
        number = self._names.index(region)
        end = self.begins[number] + self._firsts[number][-1]
        return found[bisect_left(found, self.begins[number]) : bisect_left(found, end)]

    def marks(self, slot: Slot, position: int) -> Iterator[Mark]:
        """The characters that make the slot true at the position."""
        number = bisect_right(self.begins, position) - 1
        firsts = self._firsts[number]
        inside = position - self.begins[number]
        index = bisect_right(firsts, inside) - 1
        region = self._regions[self._names[number]]
        chunk = region.chunks[index]
        start = region.starts(chunk)[bisect_left(region.indexes(chunk), index)]
        for token in making_true(slot, chunk, self.language):
            if token.position == inside - firsts[index]:
                yield Mark(self._names[number], start + token.start, start + token.end)

    def words(self, region: str, start: int, end: int) -> tuple[int, int] | None:
        """The first and last position of the words that some characters overlap."""
        offsets = self._regions[region].offsets
        first = bisect_right(offsets, start, key=lambda span: span[1])
        last = bisect_left(offsets, end, key=lambda span: span[0]) - 1
        if first > last:
            return None
        begin = self.begins[self._names.index(region)]
        return begin + first, begin + last

    def offsets(self, region: str) -> list[tuple[int, int]]:
        """Where each word of a region stands in its text, in code points."""
        return self._regions[region].offsets

    @cached_property
    def begins(self) -> list[int]:
        """The first position of each region."""
        sizes = [firsts[-1] + GAP for firsts in self._firsts]
        return [*accumulate(sizes[:-1], initial=0)]

    @cached_property
    def sentences(self) -> list[int]:
        """The positions of the words that begin a sentence, ascending."""
        return [
            begin + start
            for begin, region in zip(self.begins, self._regions.values(), strict=True)
            for start in region.cut.sentences
        ]

    @cached_property
    def _firsts(self) -> list[Sequence[int]]:
        seen = self._listing.seen
        return [seen.firsts(region.chunks) for region in self._regions.values()]

    @cached_property
    def _listing(self) -> Listing:
        return Listing(self._distinct, self.language)

    @cached_property
    def _distinct(self) -> set[str]:
        return set().union(*(region.distinct for region in self._regions.values()))

    def _chunks(self, slot: Slot) -> dict[str, tuple[Token, ...]]:
        asked = self._asked.get(slot)
        if asked is None:
            asked = self._asked[slot] = self._listing.asked(slot)
        return asked

    def _positions(self, slot: Slot) -> Iterator[int]:
        regions = zip(self.begins, self._firsts, self._regions.values(), strict=True)
        asked = self._listing.words(slot).items()
        for begin, firsts, region in regions if asked else ():
            for chunk, words in asked:
                for index in region.indexes(chunk):
                    for word in words:
                        yield begin + firsts[index] + word
