"""A `Reading` that was told where the wanted words are, and counts words only where it must."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from reader.search.analysis import GAP, Token, begins
from reader.search.reading import Mark, Reading
from reader.search.sieve import Sieve
from reader.search.syntax import Slot
from reader.search.wordstarts import word_starts

Spot = tuple[int, tuple[Token, ...]]
"""Where a chunk starts, and the forms in it that make a word true."""


class Spotted(Reading):
    """Of words that the sieve does not want it finds out itself."""

    def __init__(
        self,
        texts: Sequence[tuple[str, str]],
        whole: str,
        foreign: Mapping[int, str],
        sieve: Sieve,
        spots: Mapping[Slot, Sequence[Spot]],
    ) -> None:
        """`whole`: all texts, white space before each; `spots` are in it, and the chunks with
        letters beyond ASCII, by where they start."""
        super().__init__(texts, sieve.language)
        self._whole = whole
        self._foreign = foreign
        self._wanted = sieve.wanted
        self._spots = spots
        sizes = (len(text) + 1 for _name, text in texts)
        self._edges = [*accumulate(sizes, initial=1)]
        """Where each text starts in the whole; last, beyond its end."""
        self._by_position: dict[Slot, dict[int, list[Mark]]] = {}

    @property
    def sifted(self) -> set[Slot]:
        return set(self._spots)

    @property
    def has_compounds(self) -> bool:
        return True

    def holds(self, slot: Slot, region: str = "") -> bool:
        if slot not in self._spots:
            return slot not in self._wanted and super().holds(slot, region)
        if not region:
            return True
        number = self._numbers[region]
        start, end = self._edges[number], self._edges[number + 1]
        return any(start <= at < end for at, _forms in self._spots[slot])

    def marks(self, slot: Slot, position: int) -> Iterator[Mark]:
        if slot not in self._wanted:
            yield from super().marks(slot, position)
            return
        if slot not in self._by_position:
            self._by_position[slot] = self._marks_by_position(slot)
        yield from self._by_position[slot].get(position, ())

    def _marks_by_position(self, slot: Slot) -> dict[int, list[Mark]]:
        found: dict[int, list[Mark]] = {}
        for start, forms in self._spots.get(slot, ()):
            number, first = self._placed_at(start)
            for form in forms:
                found.setdefault(first + form.position, []).append(self._mark(number, start, form))
        return found

    def all_marks(self, slot: Slot, region: str = "") -> Sequence[Mark]:
        if slot not in self._spots and slot in self._wanted:
            return ()
        return super().all_marks(slot, region)

    def _marks(self, slot: Slot) -> Iterator[Mark]:
        if slot not in self._wanted:
            yield from super()._marks(slot)
            return
        for start, forms in self._spots[slot]:
            number = self._region_at(start)
            for form in forms:
                yield self._mark(number, start, form)

    def _mark(self, number: int, start: int, form: Token) -> Mark:
        begin = start - self._edges[number]
        return Mark(number, begin + form.start, begin + form.end)

    def _region_at(self, start: int) -> int:
        return bisect_right(self._edges, start) - 1

    # -- positions

    def _positions(self, slot: Slot) -> list[int]:
        if slot not in self._wanted:
            return super()._positions(slot)
        found: set[int] = set()
        for start, forms in self._spots.get(slot, ()):
            _number, first = self._placed_at(start)
            found.update(first + form.position for form in forms)
        return sorted(found)

    def _placed_at(self, start: int) -> tuple[int, int]:
        """The region of a chunk, and the position of its first word."""
        number = self._region_at(start)
        return number, bisect_left(self._starts, start) + number * GAP

    @cached_property
    def _counts(self) -> list[int]:
        before = [bisect_left(self._starts, edge) for edge in self._edges]
        return [end - begin for begin, end in pairwise(before)]

    @cached_property
    def _starts(self) -> list[int]:
        """Where words start in the whole."""
        return word_starts(self._whole, self._foreign)

    @cached_property
    def sentences(self) -> list[int]:
        found: list[int] = []
        for number, region in enumerate(self._regions):
            found += (
                self._plain_sentences(number, region.text)
                if region.text.isascii()
                else (self.begins[number] + start for start in region.cut.sentences)
            )
        return found

    def _plain_sentences(self, number: int, text: str) -> list[int]:
        edge, end = self._edges[number], bisect_left(self._starts, self._edges[number + 1])
        firsts = dict.fromkeys(bisect_left(self._starts, edge + at) for at in begins(text))
        return [first + number * GAP for first in firsts if first < end]
