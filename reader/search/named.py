"""Where tracked entities stand in the documents of segments, as those tell who found them."""

import numpy as np
from numpy.typing import NDArray

from reader.search import nodes, spans
from reader.search.sources import Docs, Documents, Mentions
from reader.search.spans import SHIFT, Spans

_REGIONS = ("title", "lead", "body")


def mentioned(
    segment: Documents, mentions: Mentions, node: nodes.Filter, field: str, docs: Docs
) -> Spans:
    """The places in `docs` that mention what the filter names; of deleted ones nobody is asked."""
    docs = docs if segment.live is None else docs[segment.live[docs]]
    ids = segment.column("id")[docs]
    order = np.argsort(ids)
    ids, held = ids[order], docs[order].astype(np.int64)
    if not len(ids):
        return spans.single(spans.NO_KEYS)
    told = mentions(node, ids)
    at = np.minimum(np.searchsorted(ids, told.ids), len(ids) - 1)
    known = ids[at] == told.ids
    if field in _REGIONS:
        known &= told.regions == _REGIONS.index(field)
    doc, regions = held[at[known]], told.regions[known]
    base = (doc << SHIFT) + _begins(segment, doc)[regions, np.arange(len(doc))]
    return spans.either(
        [spans.single(spans.NO_KEYS), Spans(base + told.first[known], base + told.last[known])]
    )


def _begins(segment: Documents, docs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where title, lead and body begin, a row for each."""
    lead, body = segment.lead_at[docs], segment.body_at[docs]
    return np.stack([np.zeros(len(docs), np.int64), lead, body]).astype(np.int64)
