"""Finding wanted words in an article without cutting it: by letters that are in all their forms.

One automaton passes over the text; only the chunks it stops at are looked up in what the sieve
knows. So an article costs what it has of the words, and not what it has to say.
"""

from collections.abc import Mapping, Sequence

from ahocorasick_rs import BytesAhoCorasick, Implementation

from reader.search.needles import needles
from reader.search.reading import Reading
from reader.search.region import FOREIGN, FOREIGN_AT_MOST
from reader.search.seen import LONGEST_CHUNK
from reader.search.sieve import Held, Sieve
from reader.search.spotted import Spot, Spotted
from reader.search.syntax import Slot

KNOWN_AT_MOST = 1_000_000
"""Characters of all chunks that are remembered."""
_FEW = 5_000
"""Needles for which the quickest automaton is worth its memory: some 5 MB for so many."""
_SPACE = ord(" ")
_LETTERS = bytes(c if chr(c).isalnum() and c < 128 else _SPACE for c in range(256)).lower()
"""Small letters and digits; spaces for all else."""
_SPACES = bytes(_SPACE if chr(c).isspace() and c < 128 else c for c in range(256))
"""Every white space as a space."""


class Spotter:
    """For the words of a sieve, in its language."""

    def __init__(self, sieve: Sieve) -> None:
        self._sieve = sieve
        every = [needles(slot, sieve.language) for slot in sieve.wanted]
        sure = [some for some in every if some is not None]
        self._automaton = _automaton(frozenset().union(*sure)) if sure == every else None
        self._known: dict[str, Held] = {}
        self._size = 0

    def reading(self, texts: Sequence[tuple[str, str]]) -> Reading:
        """Of `texts` by the names of their regions; where the words are is known already."""
        whole = "\n".join(["", *(text for _name, text in texts)])
        foreign = {} if whole.isascii() else _foreign(whole)
        spots = None if foreign is None else self._spots(whole, foreign)
        if foreign is None or spots is None:
            return Reading(texts, self._sieve.language, self._sieve)
        return Spotted(texts, whole, foreign, self._sieve, spots)

    def _spots(self, text: str, foreign: Mapping[int, str]) -> dict[Slot, list[Spot]] | None:
        """All that is wanted and true, and where; None for a text that is to be cut instead.

        `text` begins with white space. Of that beyond ASCII nothing is known here: two words with
        such between them are one chunk, as good as any.
        """
        if self._automaton is None:
            return None
        spots: dict[Slot, list[Spot]] = {}
        for start, chunk in foreign.items():
            for slot, forms in self._held(chunk):
                spots.setdefault(slot, []).append((start, forms))
        plain = text.encode("ascii", "replace")
        spaced = plain.translate(_SPACES) + b" "
        known = self._known
        end = 0
        for _n, first, stop in self._automaton.find_matches_as_indexes(plain.translate(_LETTERS)):
            if stop <= end:
                continue
            start = spaced.rfind(_SPACE, 0, first + 1) + 1
            end = spaced.find(_SPACE, stop)
            chunk = text[start:end]
            held = known.get(chunk)
            if held is None:
                if len(chunk) > LONGEST_CHUNK:
                    return None
                held = self._held(chunk)
            if start in foreign:
                continue
            for slot, forms in held:
                if slot in spots:
                    spots[slot].append((start, forms))
                else:
                    spots[slot] = [(start, forms)]
        return spots

    def _held(self, chunk: str) -> Held:
        if self._size > KNOWN_AT_MOST:
            self._known.clear()
            self._size = 0
        if chunk not in self._known:
            self._known[chunk] = self._sieve.held(chunk)
            self._size += len(chunk)
        return self._known[chunk]


def _automaton(needles: frozenset[str]) -> BytesAhoCorasick:
    few = len(needles) <= _FEW
    kind = Implementation.DFA if few else Implementation.ContiguousNFA
    return BytesAhoCorasick([needle.encode() for needle in sorted(needles)], implementation=kind)


def _foreign(text: str) -> dict[int, str] | None:
    """By where they start, the chunks of which plain letters say nothing; None for too many."""
    found: dict[int, str] = {}
    spaced, last = text.encode("ascii", "replace").translate(_SPACES), len(text)
    end = 0
    while character := FOREIGN.search(text, end):
        begin = spaced.rfind(_SPACE, 0, character.start()) + 1
        end = spaced.find(_SPACE, begin)
        if end < 0:
            end = last
        if end - begin > LONGEST_CHUNK or len(found) == FOREIGN_AT_MOST:
            return None
        found[begin] = text[begin:end]
    return found
