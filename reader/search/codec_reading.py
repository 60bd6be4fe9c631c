"""What Whoosh's searcher asks of a segment: its words, their postings, its documents."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.reading import TermInfo

from reader.search.analysis import GAP
from reader.search.lookup import TEXT
from reader.search.segment import COLUMNS, REGIONS, Segment
from reader.search.spans import SHIFT
from reader.search.syntax import Slot

GROUPS = (TEXT, "author", "url")


class Matcher(ListMatcher):  # type: ignore[misc] # Whoosh has no types
    """One word in one field; `begins[i] : begins[i + 1]` of `positions` are those of `ids[i]`."""

    def __init__(
        self, docs: NDArray[Any], begins: NDArray[Any], positions: NDArray[Any], **stock: Any
    ) -> None:
        super().__init__(docs, np.diff(begins), **stock)
        self._begins, self._places, self._stock = begins, positions, stock

    def id(self) -> int:
        return int(self._ids[self._i])

    def weight(self) -> float:
        return float(self._weights[self._i])

    def skip_to(self, id: int) -> None:  # noqa: A002 - Whoosh calls it so
        self._i += int(np.searchsorted(self._ids[self._i :], id))

    def supports(self, astype: str) -> bool:
        return astype in ("positions", "frequency", "weight")

    def value_as(self, astype: str) -> Any:
        if astype != "positions":
            return self.weight()
        return self._places[self._begins[self._i] : self._begins[self._i + 1]].tolist()

    def supports_block_quality(self) -> bool:
        return False

    def block_max_weight(self) -> float:
        return float(self._weights.max())

    def copy(self) -> "Matcher":
        other = Matcher(self._ids, self._begins, self._places, **self._stock)
        other._i = self._i
        return other


class Terms(base.TermsReader):  # type: ignore[misc]
    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self._segment.docs(term[0], _slot(term[1]))) > 0

    def indexed_field_names(self) -> tuple[str, ...]:
        return (*GROUPS, *REGIONS)

    def cursor(self, fieldname: str, fieldobj: Any) -> "Cursor":  # noqa: ARG002
        return Cursor(self._segment.forms(fieldname))

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for name in sorted(self.indexed_field_names()):
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        cursor = Cursor(self._segment.forms(fieldname))
        text = cursor.find(prefix)
        while text is not None:
            yield fieldname, text.encode()
            text = cursor.next()

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for name, text in self.terms():
            yield (name, text), self.term_info(name, text)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        for name, text in self.terms_from(fieldname, prefix):
            yield (name, text), self.term_info(name, text)

    def term_info(self, fieldname: str, text: bytes) -> Any:
        docs, begins, _positions = self._postings(fieldname, text)
        if not len(docs):
            raise KeyError(f"{fieldname}:{text!r}")
        times, lengths = np.diff(begins), _lengths(self._segment, fieldname)[docs]
        return TermInfo(
            weight=float(times.sum()), df=len(docs), minlength=int(lengths.min()),
            maxlength=int(lengths.max()), maxweight=float(times.max()),
            minid=int(docs[0]), maxid=int(docs[-1]),
        )  # fmt: skip

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(len(self._segment.keys(fieldname, _slot(text))))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._segment.docs(fieldname, _slot(text)))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        docs, begins, positions = self._postings(fieldname, text)
        if not len(docs):
            return NullMatcher()
        return Matcher(
            docs, begins, positions, format=format_, scorer=scorer, term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )  # fmt: skip

    def _postings(
        self, fieldname: str, text: bytes
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Documents, where the positions of each begin, and all positions."""
        keys = self._segment.keys(fieldname, _slot(text))
        docs, first = np.unique(keys >> SHIFT, return_index=True)
        return docs, np.append(first, len(keys)), keys & ((1 << SHIFT) - 1)


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Over the forms of a field, in order."""

    def __init__(self, forms: Any) -> None:
        self._forms = forms
        self._at = 0

    def is_valid(self) -> bool:
        return self._at < len(self._forms)

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        self._at = self._forms.place(string if isinstance(string, bytes) else string.encode())
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._forms[self._at] if self.is_valid() else None

    term = text


class Documents(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, segment: Segment, deleted: set[int]) -> None:
        self._segment, self._deleted = segment, deleted

    def doc_count(self) -> int:
        return self._segment.count - len(self._deleted)

    def doc_count_all(self) -> int:
        return self._segment.count

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> set[int]:
        return self._deleted

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def column_reader(self, fieldname: str, column: Any) -> Any:  # noqa: ARG002
        return self._segment.column(fieldname)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        if fieldname not in (*GROUPS, *REGIONS):
            return default
        return int(_lengths(self._segment, fieldname)[docnum])

    def field_length(self, fieldname: str) -> int:
        return int(_lengths(self._segment, fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        return int(_lengths(self._segment, fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(_lengths(self._segment, fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:  # noqa: ARG002
        return {}


def _slot(text: bytes) -> Slot:
    return Slot("exact", text.decode())


def _lengths(segment: Segment, field: str) -> NDArray[np.int64]:
    """Words of a field in each document; of author and url nobody counts them, and one will do."""
    if field not in (TEXT, *REGIONS):
        return np.ones(segment.count, np.int64)
    begins = np.stack([np.zeros(segment.count), segment.lead_at, segment.body_at, segment.end])
    words = np.diff(begins.astype(np.int64), axis=0)
    words[:-1] -= GAP
    found: NDArray[np.int64] = words.sum(axis=0) if field == TEXT else words[REGIONS.index(field)]
    return found
