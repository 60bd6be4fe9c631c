"""Articles to one segment, with whole arrays: Python touches chunks, never postings.

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
from reader.search.chunks import chunks
from reader.search.dates import to_ms
from reader.search.pack import Memory, PackWriter, narrowed
from reader.search.segment import COLUMNS, REGIONS, UNKNOWN, Segment
from reader.search.texts import Texts, placed, sentences
from reader.search.vocabulary import Vocabulary, numbers_in

_GROUPS = {"text": REGIONS, "author": ("author",), "url": ("url",)}


class Builder:
    """Collects articles until they are asked for as a segment, and then begins anew.

    A million chunks at a time, some 2,000 articles, need about 50 MB. Worth keeping: it remembers
    what it has seen of words.
    """

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._begin()

    def __len__(self) -> int:
        return len(self._columns["id"])

    @property
    def chunks(self) -> int:
        """How much there is in all its articles; see `chunks`."""
        return sum(map(len, self._chunks.values()))

    def add(self, document: SearchDocument) -> None:
        """One more article; its id is not in the segment yet."""
        number = self._vocabulary.__getitem__
        for group, fields in _GROUPS.items():
            for field in fields:
                found = chunks(_text(document, field))
                self._chunks[group].extend(map(number, found))
                self._counts[group].append(len(found))
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
        self._chunks = {group: array("I") for group in _GROUPS}
        self._counts = {group: array("q") for group in _GROUPS}
        self._columns = {name: array("q") for name in COLUMNS}
        self._languages: dict[str, int] = {}
        self._language = array("q")
        if self._vocabulary.full:
            self._vocabulary = Vocabulary()

    def _texts(self) -> Memory:
        texts = self._placed("text")
        begins = texts.begins
        found = Memory(lead_at=begins[:, 1], body_at=begins[:, 2])
        found["end"] = begins[:, -1] + texts.counts[:, -1]
        found["sentences/at"], found["sentences/positions"] = sentences(texts)
        tongues = list(self._languages), numbers_in(self._language)
        found.update(lists.of_texts(texts, self._vocabulary, tongues))
        return found

    def _other(self, group: str) -> Memory:
        return lists.plain(group, self._placed(group), self._vocabulary)

    def _placed(self, group: str) -> Texts:
        per_region = numbers_in(self._counts[group]).reshape(-1, len(_GROUPS[group]))
        return placed(numbers_in(self._chunks[group]), per_region, self._vocabulary)


def _text(document: SearchDocument, field: str) -> str:
    if field in REGIONS:
        return document.texts.get(field)
    return document.author if field == "author" else document.url


def _values(document: SearchDocument) -> tuple[int, ...]:
    dates = (document.sorted_at, document.first_seen)
    return (document.id, *(UNKNOWN if date is None else to_ms(date) for date in dates))
