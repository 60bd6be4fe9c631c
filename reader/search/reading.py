"""The words of one article, placed as the index places them, for many questions.

Title, lead and body share one space of positions with a `GAP` between them; the author and the
address are texts of their own. Words are cut once; what a slot asks for is looked up once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reader.search.analysis import CASE, GAP, JOIN, Kind, cut, forms, small, spans
from reader.search.stems import has, stem, stemming
from reader.search.syntax import Slot, compiled


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
        kind, accepted = self._accepted(slot)
        region = self.region(position)
        start = self._offsets(region)[position - self.regions[region].start][0]
        for form in forms(self._written[position]):
            if form.kind == kind and form.text in accepted:
                yield Mark(region, start + form.start, start + form.end)

    def region(self, position: int) -> str:
        return next(n for n, region in self.regions.items() if position < region.end)

    def words(self, region: str, start: int, end: int) -> tuple[int, int] | None:
        """The first and last position of the words that some characters overlap."""
        offsets = self._offsets(region)
        first = bisect_right(offsets, start, key=lambda span: span[1])
        last = bisect_left(offsets, end, key=lambda span: span[0]) - 1
        if first > last:
            return None
        return self.regions[region].start + first, self.regions[region].start + last

    @cached_property
    def handles(self) -> set[str]:
        """Every form and every stem: what the anchor of a query is compared with."""
        return self._listed["word"].keys() | self._stems.keys()

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
    def _listed(self) -> dict[Kind, dict[str, list[str]]]:
        """The forms of each kind, and as which words each of them is written."""
        listed: dict[Kind, dict[str, list[str]]] = {"word": {}, "pair": {}, "cased": {}}
        for word in self._places:
            for text, _start, _end, kind in forms(word):
                known = listed[kind]
                if text in known:
                    known[text].append(word)
                else:
                    known[text] = [word]
        return listed

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        """The words that share each stem."""
        found: dict[str, list[str]] = {}
        if self._language:
            stems = stemming(self._language)
            for form in self._listed["word"]:
                found.setdefault(stems[form], []).append(form)
        return found

    @cached_property
    def _paired(self) -> dict[str, list[str]]:
        """The pairs that share each stem."""
        found: dict[str, list[str]] = {}
        for form in self._listed["pair"] if self._language else ():
            found.setdefault(stem(form, self._language), []).append(form)
        return found

    @cached_property
    def _lines(self) -> dict[Kind, str]:
        return {kind: "\n".join(known) for kind, known in self._listed.items()}

    def _positions(self, slot: Slot) -> list[int]:
        kind, accepted = self._accepted(slot)
        found = self._standing(kind, accepted)
        if slot.kind == "cased" and kind == "word":
            start = slot.text + CASE
            capitals = [form for form in self._listed["cased"] if form.startswith(start)]
            found = sorted(set(found) - set(self._standing("cased", capitals)))
        return found

    def _standing(self, kind: Kind, accepted: Iterable[str]) -> list[int]:
        listed = self._listed[kind]
        words = {word for form in accepted for word in listed[form]}
        if len(words) == 1:
            return self._places[words.pop()]
        return sorted(position for word in words for position in self._places[word])

    def _accepted(self, slot: Slot) -> tuple[Kind, Sequence[str]]:
        """The forms that the slot asks for, of the kind among which they are looked up."""
        if slot.kind == "cased":
            return self._capitals(slot.text)
        paired = JOIN in slot.text and slot.kind in ("word", "exact", "glob")
        kind: Kind = "pair" if paired else "word"
        known = self._listed[kind]
        if slot.kind == "exact":
            return kind, (slot.text,) if slot.text in known else ()
        if slot.kind == "word":
            return kind, self._inflected(kind, slot.text)
        if slot.kind == "fuzzy":
            near = process.extract(
                slot.text, list(known), scorer=OSA.distance, score_cutoff=slot.edits, limit=None
            )
            return kind, [form for form, _edits, _index in near]
        return kind, self._alike(kind, slot)

    def _alike(self, kind: Kind, slot: Slot) -> Sequence[str]:
        """One search over all forms, a line each, tells more quickly than many."""
        lines = compiled(f"(?m)^(?:{slot.expression})$")
        return [found.group() for found in lines.finditer(self._lines[kind])]

    def _inflected(self, kind: Kind, text: str) -> Sequence[str]:
        stems = self._paired if kind == "pair" else self._stems
        found = stems.get(stem(text, self._language), ()) if self._language else ()
        return found or ((text,) if text in self._listed[kind] else ())

    def _capitals(self, text: str) -> tuple[Kind, Sequence[str]]:
        plain = small(text)
        if plain == text:
            return "word", (text,) if text in self._listed["word"] else ()
        wanted = plain + CASE + text
        return "cased", (wanted,) if wanted in self._listed["cased"] else ()

    def _offsets(self, region: str) -> list[tuple[int, int]]:
        known = self._spans.get(region)
        if known is None:
            known = self._spans[region] = spans(self.regions[region].text)
        return known
