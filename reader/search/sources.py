"""What evaluation asks of storage, and of those who know where entities are mentioned."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from reader.search import nodes
from reader.search.lookup import Sought
from reader.search.spans import Keys
from reader.search.syntax import Slot

Docs = NDArray[np.uint32]
Floats = NDArray[np.float32]


class Unsupported(Exception):  # noqa: N818 - not an error: stock Whoosh can answer instead
    """A node, or a way to use it, that the evaluator does not know."""


class Documents(Protocol):
    """What the evaluator knows of documents, words and places; no array is ever changed.

    Documents are numbered from 0, and sets of them ascend; deleted ones are still among them.
    Fields are "text" with its regions "title", "lead" and "body", which share one space of
    positions, "author" and "url". Places ascend, each once.
    """

    @property
    def count(self) -> int: ...

    @property
    def live(self) -> NDArray[np.bool_] | None: ...

    @property
    def end(self) -> NDArray[Any]: ...

    @property
    def newest(self) -> Docs:
        """The first documents of all in a list by date, in its order; the deleted ones too."""

    def column(self, name: str) -> NDArray[np.int64]: ...

    def frequency(self, field: str, slot: Slot) -> int: ...

    def docs(self, field: str, slot: Slot) -> Docs: ...

    def marks(self, field: str, slot: Slot) -> NDArray[np.bool_]:
        """Of every document whether it holds the slot; the caller may change them."""

    def weighed(self, field: str, slot: Slot) -> tuple[Docs, Floats]:
        """Where the slot is, and how much it weighs there, which is never 0."""

    def holding(self, field: str, slot: Slot, docs: Docs) -> NDArray[np.bool_]:
        """Which of `docs` hold the slot."""

    def weights(self, field: str, slot: Slot, docs: Docs) -> Floats:
        """How much the slot weighs in each of `docs`; 0 where it is not."""

    def spread(self, field: str, slot: Slot) -> Floats:
        """How much the slot weighs in every document; 0 where it is not."""

    @property
    def lead_at(self) -> NDArray[Any]: ...

    @property
    def body_at(self) -> NDArray[Any]: ...

    def keys(self, field: str, slot: Slot, docs: Docs | None = None) -> Keys: ...

    def sought(self, field: str, slot: Slot) -> Sequence[Sought] | None:
        """The forms that the slot asks for, in each segment; None when only `keys` tells places."""

    def sentences(self, docs: Docs) -> Keys: ...

    def begun(self, keys: Keys) -> Keys:
        """The words that begin the sentences in which those of the texts stand."""


class Mentioned(NamedTuple):
    """Where entities are mentioned, one element of each array for each mention, in any order.

    `ids`: the article. `regions`: 0 title, 1 lead, 2 body. `first`, `last`: the words that the
    mention covers, both included, counted from 0 within its region.
    """

    ids: NDArray[np.int64]
    regions: NDArray[np.uint8]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


Mentions = Callable[[nodes.Filter, NDArray[np.int64]], Mentioned]
"""Where those of the articles (ids, ascending) mention what the filter names."""
