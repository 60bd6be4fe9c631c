"""Which chunks of an article a slot asks for, by their forms and stems."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reader.search.analysis import CASE, JOIN, Kind, Token, small, tokens
from reader.search.seen import plain, seen_in
from reader.search.stems import stem
from reader.search.syntax import Slot, compiled

_ONLY = (0,)


class Listing:
    """The distinct chunks of an article; inflected as in `language`, "" for not at all."""

    def __init__(self, distinct: set[str], language: str) -> None:
        self._distinct = distinct
        self._language = language
        self.seen = seen_in(distinct, language)

    @cached_property
    def forms(self) -> set[str]:
        """Every form of the kind "word"."""
        return set().union(*map(self.seen.forms.__getitem__, self._distinct))

    @cached_property
    def handles(self) -> set[str]:
        """Every form, and every stem."""
        return set().union(*map(self.seen.handles.__getitem__, self._distinct))

    def holds(self, slot: Slot) -> bool:
        if JOIN not in slot.text and slot.kind in ("word", "exact"):
            if slot.kind == "exact":
                return slot.text in self.forms
            return not self._distinct.isdisjoint(self._having(slot.text))
        return bool(self.asked(slot))

    def firsts(self, chunks: Sequence[str]) -> Sequence[int]:
        """How many words stand before each chunk of a text; last, how many there are."""
        return self.seen.firsts(chunks)

    @cached_property
    def compounds(self) -> set[str]:
        return self._distinct & self.seen.compounds

    def asked(self, slot: Slot) -> dict[str, tuple[Token, ...]]:
        """The chunks with words of which the slot is true, and the forms that make it so."""
        found = {}
        for chunk in self._distinct.intersection(self._candidates(slot)):
            forms = making_true(slot, chunk, self._language)
            if forms:
                found[chunk] = forms
        return found

    def words(self, slot: Slot) -> dict[str, Collection[int]]:
        """The same chunks, and the numbers of those words in them: mostly of the only one."""
        simple = slot.kind in ("word", "exact") and _kind(slot) == "word"
        found: dict[str, Collection[int]] = {}
        for chunk in self._distinct.intersection(self._candidates(slot)):
            if simple and self.seen.words(chunk) == 1:
                if slot.kind == "word" or slot.text in self.seen.forms[chunk]:
                    found[chunk] = _ONLY
            elif forms := making_true(slot, chunk, self._language):
                found[chunk] = {form.position for form in forms}
        return found

    def _candidates(self, slot: Slot) -> Iterable[str]:
        """At least those of which the slot is true, and others that are not in the article."""
        if slot.kind in ("word", "exact", "cased"):
            text = small(slot.text) if slot.kind == "cased" else slot.text
            if JOIN not in text:
                return self._having(text)
            first, _, _ = text.partition(JOIN)
            return self.compounds.intersection(self._having(first)) if self.compounds else ()
        if _kind(slot) == "pair":
            return self.compounds
        forms = self._near(slot) if slot.kind == "fuzzy" else self._alike(slot)
        return [chunk for form in forms for chunk in self._having(form)]

    def _having(self, form: str) -> Sequence[str]:
        """The chunks with a form of the same stem."""
        return self.seen.by_stem.get(self.seen.stem(form), ())

    def _near(self, slot: Slot) -> Sequence[str]:
        found = process.extract(
            slot.text, list(self.forms), scorer=OSA.distance, score_cutoff=slot.edits, limit=None
        )
        return [form for form, _edits, _index in found]

    def _alike(self, slot: Slot) -> Sequence[str]:
        """One search over all forms, a line each, tells more quickly than many."""
        return [found.group() for found in _line(slot).finditer(self._lines)]

    @cached_property
    def _lines(self) -> str:
        return "\n".join(self.forms)


@lru_cache(maxsize=32_768)
def making_true(slot: Slot, chunk: str, language: str) -> tuple[Token, ...]:
    """The forms in a chunk that make the slot true; `position` and offsets count from its start."""
    kind, accepts = accepting(slot, language)
    core = plain(chunk)
    if core and kind == "word" and slot.kind != "cased":
        form, start = core.lower(), chunk.index(core)
        return (Token(form, 0, start, start + len(core), kind),) if accepts(form) else ()
    found = [*tokens(chunk)]
    hidden = _capitals(slot, found) if slot.kind == "cased" and kind == "word" else ()
    return tuple(
        token
        for token in found
        if token.kind == kind and accepts(token.text) and token.position not in hidden
    )


def _capitals(slot: Slot, found: Iterable[Token]) -> set[int]:
    """The words that have the slot's letters in capitals."""
    start = slot.text + CASE
    return {t.position for t in found if t.kind == "cased" and t.text.startswith(start)}


def accepting(slot: Slot, language: str) -> tuple[Kind, Callable[[str], object]]:
    """The kind of the forms that a slot asks for, and which of them it accepts."""
    kind = _kind(slot)
    if slot.kind == "word":
        shared = stem(slot.text, language)
        return kind, lambda form: stem(form, language) == shared
    if slot.kind == "cased":
        plain = small(slot.text)
        wanted = slot.text if plain == slot.text else plain + CASE + slot.text
        return "word" if plain == slot.text else "cased", wanted.__eq__
    if slot.kind == "fuzzy":
        return kind, lambda form: OSA.distance(slot.text, form) <= slot.edits
    return kind, slot.text.__eq__ if slot.kind == "exact" else _line(slot).search


def _kind(slot: Slot) -> Kind:
    return "pair" if JOIN in slot.text and slot.kind in ("word", "exact", "glob") else "word"


def _line(slot: Slot) -> Any:
    return compiled(f"(?m)^(?:{slot.expression})$")
