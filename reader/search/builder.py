"""Articles to one segment, with whole arrays: Python touches written words, never postings.

A segment consists of these arrays, besides those of its inverted lists (see `lists`):

    id, sorted_at, first_seen   int64 a document; times in ms UTC, UNKNOWN where there is none
    languages, language         a list of codes (JSON), as the articles have them; a document's row
    lead_at, body_at, end       where the texts of a document begin and end
    sentences/at, /positions    of each document, the words that begin a sentence
"""

import json
from array import array
from pathlib import Path

import numpy as np

from reader.domain.article import SearchDocument
from reader.search import lists
from reader.search.analysis import GAP, cut
from reader.search.dates import to_ms
from reader.search.pack import Array, Memory, PackWriter, narrowed
from reader.search.segment import COLUMNS, UNKNOWN, Segment
from reader.search.vocabulary import MOST, Vocabulary, numbers_in

_REGIONS = ("title", "lead", "body")
_GROUPS = {"text": _REGIONS, "author": ("author",), "url": ("url",)}


class Builder:
    """Collects articles until they are asked for as a segment, and then begins anew.

    Some 20,000 at a time need about 300 MB. Worth keeping: it remembers the words it has seen.
    """

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._begin()

    def __len__(self) -> int:
        return len(self._columns["id"])

    def add(self, document: SearchDocument) -> None:
        """One more article; its id is not in the segment yet."""
        number = self._vocabulary.__getitem__
        for group, fields in _GROUPS.items():
            for field in fields:
                words = self._sentences(_text(document, field), field)
                self._words[group].extend(map(number, words))
                self._counts[group].append(len(words))
        for name, value in zip(COLUMNS, _values(document), strict=True):
            self._columns[name].append(value)
        row = self._languages.setdefault(document.language, len(self._languages))
        self._language.append(row)

    def write(self, path: Path) -> None:
        """One file; OSError when it cannot be written, and then nothing is there."""
        arrays = self.arrays()
        with PackWriter(path) as pack:
            for name, values in arrays.items():
                pack.put(name, values, np.int64 if name in COLUMNS else None)
            pack.finish()

    def segment(self) -> Segment:
        """One that lives in memory, for articles that were just fetched."""
        return Segment(self.arrays())

    def arrays(self) -> Memory:
        """All of the segment."""
        found = Memory({name: numbers_in(values) for name, values in self._columns.items()})
        codes = json.dumps(list(self._languages)).encode()
        found["languages"] = np.frombuffer(codes, np.uint8)
        found["language"] = numbers_in(self._language)
        for part in (self._texts(), self._other("author"), self._other("url")):
            found.update(part)
        self._begin()
        return Memory({n: v if n in COLUMNS else narrowed(v) for n, v in found.items()})

    def _begin(self) -> None:
        self._words = {group: array("I") for group in _GROUPS}
        self._counts = {group: array("q") for group in _GROUPS}
        self._columns = {name: array("q") for name in COLUMNS}
        self._languages: dict[str, int] = {}
        self._language = array("q")
        self._starts, self._starts_at = array("q"), array("q")
        if len(self._vocabulary) > MOST:
            self._vocabulary = Vocabulary()

    def _sentences(self, text: str, field: str) -> list[str]:
        """The words; of one of `_REGIONS` it is put down where its sentences begin."""
        words, begins = cut(text)
        if field in _REGIONS:
            self._starts.extend(begins)
            self._starts_at.append(len(begins))
        return words

    def _texts(self) -> Memory:
        counts = numbers_in(self._counts["text"]).reshape(-1, len(_REGIONS))
        begins = np.zeros_like(counts)
        begins[:, 1:] = np.cumsum(counts[:, :-1] + GAP, axis=1)
        end = begins[:, -1] + counts[:, -1]
        found = Memory(lead_at=begins[:, 1], body_at=begins[:, 2], end=end)
        per_region = numbers_in(self._starts_at)
        found["sentences/at"] = _offsets(per_region.reshape(-1, len(_REGIONS)).sum(axis=1))
        found["sentences/positions"] = numbers_in(self._starts) + np.repeat(
            begins.ravel(), per_region
        )
        words = lists.Words(numbers_in(self._words["text"]), counts, begins)
        found.update(lists.texts(words, self._vocabulary, self._tongues()))
        return found

    def _tongues(self) -> tuple[list[str], Array]:
        """Every language, and a row of that list for each document."""
        return list(self._languages), numbers_in(self._language)

    def _other(self, group: str) -> Memory:
        counts = numbers_in(self._counts[group]).reshape(-1, 1)
        words = lists.Words(numbers_in(self._words[group]), counts, np.zeros_like(counts))
        return lists.plain(group, words, self._vocabulary)


def _text(document: SearchDocument, field: str) -> str:
    if field in _REGIONS:
        return document.texts.get(field)
    return document.author if field == "author" else document.url


def _values(document: SearchDocument) -> tuple[int, ...]:
    dates = (document.sorted_at, document.first_seen)
    return (document.id, *(UNKNOWN if date is None else to_ms(date) for date in dates))


def _offsets(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts)])
