"""Which written words a slot asks for, by their forms: of all words of an article, or of one.

Many questions about one article are answered from a list of its forms; one plain question about
many articles from what is remembered of each written word.
"""

from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reader.search.analysis import CASE, JOIN, Form, Kind, forms, small
from reader.search.stems import stem, stemming
from reader.search.syntax import Slot, compiled

_KNOWN_AT_MOST = 50_000


class Listing:
    """The forms of some written words; inflected as in `language`, "" for not at all."""

    def __init__(self, words: Iterable[str], language: str) -> None:
        self._words = words
        self._language = language

    @property
    def handles(self) -> set[str]:
        """Every form and every stem."""
        return self._listed["word"].keys() | self._stems.keys()

    def words(self, slot: Slot) -> set[str]:
        """Those of which the slot is true."""
        kind, accepted = self.accepted(slot)
        found = self._written(kind, accepted)
        if slot.kind == "cased" and kind == "word" and found:
            start = slot.text + CASE
            found -= self._written(
                "cased", [f for f in self._listed["cased"] if f.startswith(start)]
            )
        return found

    def accepted(self, slot: Slot) -> tuple[Kind, Sequence[str]]:
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

    @cached_property
    def _listed(self) -> dict[Kind, dict[str, list[str]]]:
        """The forms of each kind, and as which words each of them is written."""
        listed: dict[Kind, dict[str, list[str]]] = {"word": {}, "pair": {}, "cased": {}}
        for word in self._words:
            for text, _start, _end, kind in forms(word):
                known = listed[kind]
                if text in known:
                    known[text].append(word)
                else:
                    known[text] = [word]
        return listed

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        """The forms that share each stem."""
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

    def _written(self, kind: Kind, accepted: Iterable[str]) -> set[str]:
        listed = self._listed[kind]
        return {word for form in accepted for word in listed[form]}

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


class Handles(dict[str, frozenset[str]]):
    """By written word, in one language: what its inflections of one kind share, else its forms."""

    def __init__(self, kind: Kind, language: str) -> None:
        super().__init__()
        self._kind, self._language = kind, language

    def __missing__(self, word: str) -> frozenset[str]:
        if len(self) >= _KNOWN_AT_MOST:
            self.clear()
        texts = [form.text for form in forms(word) if form.kind == self._kind]
        found = self[word] = frozenset(stem(text, self._language) for text in texts)
        return found


@cache
def _handles(kind: Kind, language: str) -> Handles:
    return Handles(kind, language)


def holding(words: Iterable[str], slot: Slot, language: str) -> list[str] | None:
    """Those of which the slot is true; None for a slot that only a `Listing` understands."""
    if slot.kind not in ("word", "exact"):
        return None
    inflected = language if slot.kind == "word" else ""
    known = _handles("pair" if JOIN in slot.text else "word", inflected)
    wanted = stem(slot.text, inflected)
    return [word for word in words if wanted in known[word]]


@lru_cache(maxsize=4_096)
def forms_for(slot: Slot, word: str, language: str) -> tuple[Form, ...]:
    """The forms of a written word that make the slot true."""
    kind, accepted = Listing((word,), language).accepted(slot)
    return tuple(form for form in forms(word) if form.kind == kind and form.text in accepted)
