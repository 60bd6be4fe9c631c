"""Segments behind Whoosh's codec API: its own searcher reads them, its own writer writes them.

What the evaluator does not know is asked of Whoosh through this, over the very same arrays. The
fields are those of `Segment`: "text" and its regions, "author", "url".
"""

from pathlib import Path
from typing import Any

import numpy as np
from whoosh import columns, fields
from whoosh.codec import base
from whoosh.reading import SegmentReader
from whoosh.searching import Searcher

from reader.search.analysis import WordAnalyzer
from reader.search.codec_reading import GROUPS, Documents, Terms
from reader.search.codec_writing import DocumentWriter, ListWriter
from reader.search.inverted import Docs
from reader.search.pack import Pack
from reader.search.segment import COLUMNS, REGIONS, UNKNOWN, Segment

EXTENSION = ".pack"


def schema() -> Any:
    """What a Whoosh writer has to be given to write such segments."""
    texts = {
        name: fields.TEXT(analyzer=WordAnalyzer(), phrase=True, stored=False)
        for name in (*GROUPS, *REGIONS)
    }
    numbers = {name: fields.COLUMN(columns.NumericColumn("q", UNKNOWN)) for name in COLUMNS}
    return fields.Schema(**texts, **numbers)


def stock_docs(segment: Segment, tree: Any) -> Docs:
    """What Whoosh's own searcher finds, ascending, without deleted documents."""
    reader = SegmentReader(None, schema(), Stored.loaded(segment), codec=ArrayCodec())
    found = np.fromiter(tree.docs(Searcher(reader)), dtype=np.uint32)
    return np.unique(found)


class Stored(base.Segment):  # type: ignore[misc] # Whoosh has no types
    """What Whoosh knows of a segment; its arrays are read when somebody asks for them."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted: set[int] = set()
        self._loaded: Segment | None = None
        self.written = DocumentWriter()

    @classmethod
    def loaded(cls, segment: Segment) -> "Stored":
        """One that is open already."""
        found = cls("")
        found._loaded, found._count = segment, segment.count
        if segment.live is not None:
            found._deleted = set(np.flatnonzero(~segment.live).tolist())
        return found

    def arrays(self, storage: Any) -> Segment:
        if self._loaded is None:
            self._loaded = Segment(Pack(self.path(storage)))
        return self._loaded

    def path(self, storage: Any) -> Path:
        name: str = self.make_filename(EXTENSION)
        return Path(storage.folder) / name

    def codec(self) -> "ArrayCodec":
        return ArrayCodec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, doccount: int) -> None:
        self._count = doccount

    def doc_count_all(self) -> int:
        return self._count

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_loaded": None, "written": None}


class ArrayCodec(base.Codec):  # type: ignore[misc]
    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> Stored:  # noqa: ARG002
        return Stored(indexname)

    def per_document_writer(self, storage: Any, segment: Stored) -> DocumentWriter:  # noqa: ARG002
        return segment.written

    def field_writer(self, storage: Any, segment: Stored) -> ListWriter:
        return ListWriter(segment.path(storage), segment.written)

    def terms_reader(self, storage: Any, segment: Stored) -> Terms:
        return Terms(segment.arrays(storage))

    def per_document_reader(self, storage: Any, segment: Stored) -> Documents:
        return Documents(segment.arrays(storage), segment.deleted_docs())
