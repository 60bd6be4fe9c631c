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
from reader.search.seen import LONGEST_CHUNK
from reader.search.sieve import Sieve, Sifted
from reader.search.stems import has
from reader.search.syntax import Slot


class Mark(NamedTuple):
    """`start`, `end`: code points in the text of the region; regions count from 0."""

    region: int
    start: int
    end: int


class Reading:
    """`texts` by the names of their regions, in order; words are inflected as in `language`.

    `sieve`: one of that language, for the words that are asked for most.
    """

    def __init__(
        self, texts: Sequence[tuple[str, str]], language: str = "", sieve: Sieve | None = None
    ) -> None:
        self.language = language if has(language) else ""
        """The one in which words are inflected, "" for none."""
        self._regions = [Region(text) for _name, text in texts]
        self._numbers = {name: number for number, (name, _text) in enumerate(texts)}
        self._sieve = sieve
        self._asked: dict[Slot, dict[str, tuple[Token, ...]]] = {}
        self._found: dict[Slot, list[int]] = {}
        self._marked: dict[Slot, list[Mark]] = {}

    @property
    def sifted(self) -> set[Slot]:
        """Of the words in the sieve those that are true; of a text that has one."""
        return self._listing.slots if isinstance(self._listing, Sifted) else set()

    @property
    def has_compounds(self) -> bool:
        """Whether any chunk has neighbouring parts, as far as that is cheap to tell."""
        return isinstance(self._listing, Sifted) or bool(self._listing.compounds)

    def holds(self, slot: Slot, region: str = "") -> bool:
        """Whether the slot is true anywhere, or in a region."""
        if not region:
            return self._listing.holds(slot)
        return not self._region(region).distinct.isdisjoint(self._chunks(slot))

    def all_marks(self, slot: Slot, region: str = "") -> Sequence[Mark]:
        """The characters that make the slot true, wherever it is."""
        found = self._marked.get(slot)
        if found is None:
            found = self._marked[slot] = [*self._marks(slot)]
        if not region:
            return found
        number = self._numbers[region]
        return [mark for mark in found if mark.region == number]

    def _marks(self, slot: Slot) -> Iterator[Mark]:
        # A listing is made for many questions: then it is the quicker way.
        listed = self._sieve is not None or "_listing" in self.__dict__
        sure = "" if listed else needle(slot, self.language)
        for number, region in enumerate(self._regions):
            found = region.around(sure) if sure else None
            for start, chunk in self._standing(slot, region) if found is None else found.items():
                for form in making_true(slot, chunk, self.language):
                    yield Mark(number, start + form.start, start + form.end)

    def _standing(self, slot: Slot, region: Region) -> Iterator[tuple[int, str]]:
        """Where the chunks stand in which the slot is true."""
        for chunk in self._chunks(slot):
            for start in region.starts(chunk):
                yield start, chunk

    def _region(self, name: str) -> Region:
        return self._regions[self._numbers[name]]

    # -- positions

    def positions(self, slot: Slot, region: str = "") -> list[int]:
        """Where the slot is true, ascending; without a region anywhere."""
        found = self._found.get(slot)
        if found is None:
            found = self._found[slot] = self._positions(slot)
        if not region:
            return found
        number = self._numbers[region]
        end = self.begins[number] + self._counts[number]
        return found[bisect_left(found, self.begins[number]) : bisect_left(found, end)]

    def marks(self, slot: Slot, position: int) -> Iterator[Mark]:
        """The characters that make the slot true at the position."""
        number = bisect_right(self.begins, position) - 1
        firsts = self._firsts[number]
        inside = position - self.begins[number]
        index = bisect_right(firsts, inside) - 1
        region = self._regions[number]
        chunk = region.chunks[index]
        start = region.starts(chunk)[bisect_left(region.indexes(chunk), index)]
        for token in making_true(slot, chunk, self.language):
            if token.position == inside - firsts[index]:
                yield Mark(number, start + token.start, start + token.end)

    def words(self, region: str, start: int, end: int) -> tuple[int, int] | None:
        """The first and last position of the words that some characters overlap."""
        offsets = self._region(region).offsets
        first = bisect_right(offsets, start, key=lambda span: span[1])
        last = bisect_left(offsets, end, key=lambda span: span[0]) - 1
        if first > last:
            return None
        begin = self.begins[self._numbers[region]]
        return begin + first, begin + last

    def offsets(self, region: str) -> list[tuple[int, int]]:
        """Where each word of a region stands in its text, in code points."""
        return self._region(region).offsets

    @cached_property
    def begins(self) -> list[int]:
        """The first position of each region."""
        sizes = [count + GAP for count in self._counts]
        return [*accumulate(sizes[:-1], initial=0)]

    @cached_property
    def _counts(self) -> list[int]:
        """The words of each region."""
        return [firsts[-1] for firsts in self._firsts]

    @cached_property
    def sentences(self) -> list[int]:
        """The positions of the words that begin a sentence, ascending."""
        return [
            begin + start
            for begin, firsts, region in self._placed
            for start in region.sentences(firsts)
        ]

    @cached_property
    def _firsts(self) -> list[Sequence[int]]:
        return [self._listing.firsts(region.chunks) for region in self._regions]

    @cached_property
    def _listing(self) -> Listing | Sifted:
        if self._sieve is None:
            return Listing(self._distinct, self.language)
        return self._sifted(self._sieve)

    def _sifted(self, sieve: Sieve) -> Sifted:
        distinct = set().union(*(region.split for region in self._regions))
        new = sieve.new(distinct)
        if max(map(len, new), default=0) > LONGEST_CHUNK:
            distinct = self._distinct
            new = sieve.new(distinct)
        else:
            for region in self._regions:
                region.spaced = True
        found = Sifted(distinct, sieve, sieve.meet(new))
        for region in self._regions:
            region.wanted = found.chunks
        return found

    @cached_property
    def _distinct(self) -> set[str]:
        return set().union(*(region.distinct for region in self._regions))

    def _chunks(self, slot: Slot) -> dict[str, tuple[Token, ...]]:
        asked = self._asked.get(slot)
        if asked is None:
            asked = self._asked[slot] = self._listing.asked(slot)
        return asked

    def _positions(self, slot: Slot) -> list[int]:
        found: list[int] = []
        asked = self._listing.words(slot).items()
        for begin, firsts, region in self._placed if asked else ():
            for chunk, words in asked:
                for index in region.indexes(chunk):
                    first = begin + firsts[index]
                    found += [first + word for word in words]
        found.sort()
        return found

    @cached_property
    def _placed(self) -> list[tuple[int, Sequence[int], Region]]:
        """The regions with their first positions, and the words before each of their chunks."""
        return [*zip(self.begins, self._firsts, self._regions, strict=True)]
