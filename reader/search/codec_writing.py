"""What a Whoosh writer hands over, posting by posting, as a segment of arrays.

Slow as such writers are; `builder` is how the program itself writes. Whoosh knows one text where
we know three: it goes to the body. Pairs, capitals, sentences and inflection stay unknown.
"""

from array import array
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base

from reader.errors import IndexFailure
from reader.search.analysis import GAP
from reader.search.dictionary import fingerprints, packed
from reader.search.pack import Memory, PackWriter
from reader.search.segment import COLUMNS, UNKNOWN

_GROUPS = ("text", "author", "url")
_BODY_AT = 2 * GAP
"""Where the body of a text without title and lead begins."""


class DocumentWriter(base.PerDocumentWriter):  # type: ignore[misc] # Whoosh has no types
    """Keeps the columns and lengths for the `ListWriter`, which writes the file."""

    def __init__(self) -> None:
        self.is_closed = False
        self.columns = {name: array("q") for name in COLUMNS}
        self.lengths = array("q")

    def start_doc(self, docnum: int) -> None:  # noqa: ARG002 - they come in order
        for values in self.columns.values():
            values.append(UNKNOWN)
        self.lengths.append(0)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:  # noqa: ARG002
        if value is not None:
            raise IndexFailure(f"A segment stores no fields; {fieldname} asks to be stored.")
        if fieldname == "text":
            self.lengths[-1] = length

    def add_column_value(self, fieldname: str, column: Any, value: int) -> None:  # noqa: ARG002
        self.columns[fieldname][-1] = value

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:  # noqa: ARG002
        raise IndexFailure(f"A segment stores no vectors; {fieldname} asks for them.")

    def cancel_doc(self) -> None:
        for values in (*self.columns.values(), self.lengths):
            values.pop()

    def close(self) -> None:
        self.is_closed = True


class _List:
    """The postings of one field as they come: by form, then by document."""

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.posts, self.places = array("q", [0]), array("q", [0])
        self.docs, self.times, self.positions = array("q"), array("q"), array("q")

    def finish_form(self) -> None:
        self.posts.append(len(self.docs))
        self.places.append(len(self.positions))

    def arrays(self, group: str, kind: str = "words") -> Memory:
        blob, starts = packed(self.forms)
        found = Memory(blob=blob, starts=starts)
        found["letters"], found["lengths"] = fingerprints(blob)
        for part in ("posts", "places", "docs", "times", "positions"):
            found[part] = np.array(getattr(self, part), np.int64)
        return Memory({f"{group}/{kind}/{part}": values for part, values in found.items()})


class ListWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the whole segment to `path` when it is closed, if there is anything to write."""

    def __init__(self, path: Path, documents: DocumentWriter) -> None:
        self.is_closed = False
        self._path = path
        self._documents = documents
        self._lists = {name: _List() for name in _GROUPS}
        self._list, self._base, self._format = self._lists["text"], 0, None

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        if fieldname not in self._lists:
            raise IndexFailure(f"A segment has no field {fieldname} to write; use text.")
        self._list, self._format = self._lists[fieldname], fieldobj.format
        self._base = _BODY_AT if fieldname == "text" else 0

    def start_term(self, text: bytes) -> None:
        self._list.forms.append(text.decode())

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:  # noqa: ARG002
        positions = self._format.decode_positions(vbytes)  # type: ignore[attr-defined]
        self._list.docs.append(docnum)
        self._list.times.append(len(positions))
        self._list.positions.extend(self._base + at for at in positions)

    def finish_term(self) -> None:
        self._list.finish_form()

    def close(self) -> None:
        self.is_closed = True
        if not self._documents.lengths:
            return
        with PackWriter(self._path) as pack:
            for name, values in self._arrays().items():
                pack.put(name, values, np.int64 if name in COLUMNS else None)
            pack.finish()

    def _arrays(self) -> Memory:
        count = len(self._documents.lengths)
        found = Memory({n: np.array(v, np.int64) for n, v in self._documents.columns.items()})
        found["languages"] = np.frombuffer(b'[""]', np.uint8)
        found["language"] = np.zeros(count, np.uint8)
        found["lead_at"], found["body_at"] = np.full(count, GAP), np.full(count, _BODY_AT)
        found["end"] = _BODY_AT + np.array(self._documents.lengths, np.int64)
        found["sentences/at"] = np.zeros(count + 1, np.uint8)
        found["sentences/positions"] = np.empty(0, np.uint8)
        for group, made in self._lists.items():
            found.update(made.arrays(group))
            found.update(_List().arrays(group, "pairs") | _List().arrays(group, "cased"))
        found["text/words/weights"] = 2 * found["text/words/times"]
        return found
