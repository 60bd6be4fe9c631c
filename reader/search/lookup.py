"""Which forms of which list a slot asks for, and in documents of which languages."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.analysis import CASE, JOIN, small
from reader.search.dictionary import Dictionary, Ordinals
from reader.search.inverted import Inverted, Mask
from reader.search.pack import Array, Arrays
from reader.search.recent import Recent
from reader.search.stems import has, primary, stems_in
from reader.search.syntax import Slot

TEXT = "text"
Key = tuple[str, str, str, int]
_SLOTS = 512


def key(field: str, slot: Slot) -> Key:
    """What is asked for, under which answers are kept; quicker to look up than the slot."""
    return field, slot.kind, slot.text, slot.edits


class Part(NamedTuple):
    """Forms of a list, in the documents that `only` marks (None: in all)."""

    forms: Ordinals
    only: Mask | None = None


class Found(NamedTuple):
    """What a slot asks for: `parts` of one list (at least one), but not where `without` stands."""

    listed: Inverted
    parts: tuple[Part, ...]
    without: "Found | None"
    size: int
    """Postings, those in other languages too."""

    @property
    def single(self) -> bool:
        """Whether it is one form at most, everywhere."""
        return len(self.parts) == 1 and len(self.parts[0].forms) < 2 and not self.without


class Sought(NamedTuple):
    """What a slot asks for in a segment whose documents, `extent` of them, count from `base`."""

    base: int
    extent: int
    found: Found


class _Stems(NamedTuple):
    dictionary: Dictionary
    at: Any
    forms: Array


class Lookup:
    """`languages` are codes, `language` is a row of them for each document."""

    def __init__(self, arrays: Arrays, languages: tuple[str, ...], language: Array) -> None:
        self._arrays = arrays
        self._languages = np.array([primary(code) for code in languages], dtype=np.str_)
        self._tongues = tuple(sorted(set(self._languages.tolist())))
        self._language = language
        self._lists: dict[str, Inverted] = {}
        self._stems: dict[str, list[_Stems | None]] = {}
        self._spoken: dict[str, Mask | None] = {}
        self._recent: Recent[Key, Found] = Recent(_SLOTS)

    def find(self, group: str, slot: Slot) -> Found:
        """`group`: "text", "author" or "url". Inflection is known of texts only."""
        asked = key(group, slot)
        known = self._recent.get(asked)
        if known is None:
            known = self._find(group, slot)
            self._recent.put(asked, known)
        return known

    def inverted(self, name: str) -> Inverted:
        if name not in self._lists:
            self._lists[name] = Inverted(self._arrays, name)
        return self._lists[name]

    def _find(self, group: str, slot: Slot) -> Found:
        if slot.kind == "cased":
            return self._cased(group, slot.text)
        paired = JOIN in slot.text and slot.kind in ("word", "exact", "glob")
        kind = "pairs" if paired else "words"
        listed = self.inverted(f"{group}/{kind}")
        parts = [Part(_forms(listed.forms, slot))]
        if slot.kind == "word" and group == TEXT:
            parts += self._inflected(kind, slot.text, parts[0].forms.tolist())
        return _found(listed, *parts)

    def _cased(self, group: str, text: str) -> Found:
        """With these capitals; with none, wherever the word stands but not with a capital."""
        plain = small(text)
        cased = self.inverted(f"{group}/cased")
        if plain != text:
            return _found(cased, Part(cased.forms.find(plain + CASE + text)))
        words = self.inverted(f"{group}/words")
        without = _found(cased, Part(cased.forms.beginning(plain + CASE)))
        return _found(words, Part(words.forms.find(plain)), without=without)

    def _inflected(self, kind: str, text: str, exact: list[int]) -> list[Part]:
        """The other forms that share its stem, each alone, language by language."""
        parts = []
        known = self._stems_of(kind)
        for (language, shared), stems in zip(stems_in(text, self._tongues), known, strict=True):
            at = None if stems is None else stems.dictionary.ordinal(shared)
            if stems is None or at is None:
                continue
            shared_by = stems.forms[stems.at[at] : stems.at[at + 1]].tolist()
            only = self._speaking(language)
            parts += [Part(np.array([form]), only) for form in shared_by if form not in exact]
        return parts

    def _stems_of(self, kind: str) -> list[_Stems | None]:
        """Of each language that has a stemmer, in the order of `stems_in`."""
        if kind not in self._stems:
            names = [f"stems/{language}/{kind}" for language in self._tongues if has(language)]
            self._stems[kind] = [
                self._read_stems(name) if f"{name}/blob" in self._arrays else None for name in names
            ]
        return self._stems[kind]

    def _read_stems(self, name: str) -> _Stems:
        blob, starts, at, forms = (
            self._arrays.array(f"{name}/{part}") for part in ("blob", "starts", "at", "forms")
        )
        return _Stems(Dictionary(blob, starts), at.data, forms)

    def _speaking(self, language: str) -> Mask | None:
        """The documents in a language; None when all are."""
        if language not in self._spoken:
            rows: NDArray[np.bool_] = self._languages == language
            self._spoken[language] = None if rows.all() else rows[self._language]
        return self._spoken[language]


def _found(listed: Inverted, *parts: Part, without: Found | None = None) -> Found:
    size = sum(listed.size(part.forms) for part in parts if len(part.forms))
    return Found(listed, parts, without, size)


def _forms(dictionary: Dictionary, slot: Slot) -> Ordinals:
    if slot.kind == "glob":
        return dictionary.like(slot.text)
    if slot.kind == "fuzzy":
        return dictionary.near(slot.text, slot.edits)
    if slot.kind == "regex":
        return dictionary.matching(slot.text)
    return dictionary.find(slot.text)
