"""Whether an index is whole: every byte as it was written, every table in itself right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from reader.errors import IndexFailure
from reader.search import storage
from reader.search.dictionary import END
from reader.search.manifest import REBUILD
from reader.search.pack import Array, Pack
from reader.search.snapshot import Part, Snapshot

_AT_ONCE = 1 << 22
"""Array elements in hand."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How the index differs from what should be in it; `problem` when it cannot be read."""

    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()
    problem: str = ""

    @property
    def good(self) -> bool:
        return not (self.missing or self.extra or self.twice or self.problem)


def check(folder: Path, snapshot: Snapshot, expected: Iterable[int]) -> Checked:
    """Reads everything; `expected`: the ids of the articles that should be there."""
    try:
        with storage.damage(folder):
            for part in snapshot.parts:
                part.pack.verify()
                for fault in _faults(part):
                    return Checked(problem=_damaged(folder, part, fault))
            ids = [part.segment.column("id")[~part.deleted] for part in snapshot.parts]
    except IndexFailure as problem:
        return Checked(problem=str(problem))
    wanted = np.unique(np.fromiter(expected, dtype=np.int64))
    unique, counts = np.unique(np.concatenate([np.empty(0, np.int64), *ids]), return_counts=True)
    return Checked(
        missing=tuple(np.setdiff1d(wanted, unique).tolist()),
        extra=tuple(np.setdiff1d(unique, wanted).tolist()),
        twice=tuple(unique[counts > 1].tolist()),
    )


def _damaged(folder: Path, part: Part, fault: str) -> str:
    return f"The search index in {folder} is damaged ({part.entry.file}: {fault}). {REBUILD}"


def _faults(part: Part) -> Iterator[str]:
    """What is wrong although the bytes are those that were written."""
    pack, count = part.pack, part.entry.documents
    for name in ("sorted_at", "first_seen", "language", "lead_at", "body_at", "end"):
        if len(pack.array(name)) != count:
            yield f"{name} is not of {count} documents"
    for name in _named(pack, "/docs"):
        yield from _list_faults(pack, name, count)
    for name in _named(pack, "/at"):
        if f"{name}/forms" in pack:
            kind = name.rpartition("/")[2]
            yield from _stem_faults(pack, name, len(pack.array(f"text/{kind}/starts")))
    yield from _steps(pack, "sentences", "at", count, len(pack.array("sentences/positions")))


def _named(pack: Pack, ending: str) -> list[str]:
    return [name.removesuffix(ending) for name in pack.names() if name.endswith(ending)]


def _list_faults(pack: Pack, name: str, count: int) -> Iterator[str]:
    forms = len(pack.array(f"{name}/starts"))
    docs, times = pack.array(f"{name}/docs"), pack.array(f"{name}/times")
    positions = pack.array(f"{name}/positions")
    yield from _form_faults(pack, name)
    yield from _steps(pack, name, "posts", forms, len(docs))
    yield from _steps(pack, name, "places", forms, len(positions))
    if len(docs) and int(docs.max()) >= count:
        yield f"{name} names a document that there is not"
    if len(times) != len(docs) or int(times.sum(dtype=np.int64)) != len(positions):
        yield f"{name} counts other positions than it holds"
        return
    if name.startswith("text/"):
        yield from _position_faults(name, docs, times, positions, pack.array("end"))
    if not _ascending_within(docs, pack.array(f"{name}/posts")):
        yield f"{name} holds documents out of order"


def _form_faults(pack: Pack, name: str) -> Iterator[str]:
    blob, starts = pack.array(f"{name}/blob"), pack.array(f"{name}/starts")
    before: bytes | None = None
    for first in range(0, len(starts), 1 << 16):
        upto = first + (1 << 16)
        end = int(starts[upto]) if upto < len(starts) else len(blob)
        forms = blob[int(starts[first]) : end].tobytes().split(END)[:-1]
        known = forms if before is None else [before, *forms]
        if len(forms) != min(upto, len(starts)) - first or any(
            left >= right for left, right in pairwise(known)
        ):
            yield f"the words of {name} are out of order"
            return
        before = forms[-1]


def _stem_faults(pack: Pack, name: str, words: int) -> Iterator[str]:
    members = pack.array(f"{name}/forms")
    yield from _form_faults(pack, name)
    yield from _steps(pack, name, "at", len(pack.array(f"{name}/starts")), len(members))
    if len(members) and int(members.max()) >= words:
        yield f"{name} names a word that there is not"


def _steps(pack: Pack, name: str, part: str, count: int, total: int) -> Iterator[str]:
    at = pack.array(f"{name}/{part}").astype(np.int64)
    if len(at) != count + 1 or at[0] != 0 or at[-1] != total or (at[1:] < at[:-1]).any():
        yield f"{name}/{part} does not divide {total} into {count}"


def _position_faults(
    name: str, docs: Array, times: Array, positions: Array, ends: Array
) -> Iterator[str]:
    """A piece at a time, for a large list takes much memory otherwise."""
    place = 0
    for first in range(0, len(docs), _AT_ONCE // 4):
        rows = slice(first, first + _AT_ONCE // 4)
        count = int(times[rows].sum(dtype=np.int64))
        within = np.repeat(ends[docs[rows]], times[rows])
        if (positions[place : place + count] >= within).any():
            yield f"{name} holds a position behind the end of its document"
            return
        place += count


def _ascending_within(values: Array, at: Array) -> bool:
    """Whether the values ascend within each of the stretches that begin at `at`."""
    falls = np.flatnonzero(values[1:] <= values[:-1]) + 1
    return bool(np.isin(falls, at).all())
