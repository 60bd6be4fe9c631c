"""Several segments rewritten as one, without their deleted documents, in small steps.

The merged segment holds what a `Builder` would have written, given the same articles in the same
order. Memory is bounded: what grows with the segments is a few bytes for each document and each
form; everything else passes through in pieces.
"""

import json
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reader.search.merge_forms import GONE, Numbers, Stems, merge_stems
from reader.search.merge_lists import Documents, MergedList, Source
from reader.search.pack import Pack, PackWriter
from reader.search.segment import COLUMNS
from reader.search.stems import has, primary

Mask = NDArray[np.bool_]

_ROWS = 50_000
"""Documents in hand at once."""
_READ = 500_000
"""In the unit of `work`: read so much of the segments, and give the memory back."""
_REGION_ENDS = ("lead_at", "body_at", "end")
_STEMMED = ("words", "pairs")
_LIST_END = "/docs"
_PATIENCE = 0.04
"""Seconds that a step waits for the disk."""


class Part(NamedTuple):
    """A segment to be merged, and which of its documents are deleted."""

    pack: Pack
    deleted: Mask


class Merger:
    """Writes the segment `path`. Whatever goes wrong, or is not finished, leaves no file behind."""

    def __init__(self, parts: Sequence[Part], path: Path) -> None:
        self.path = path
        self._parts = parts
        self._codes = _codes(parts)
        self._languages = sorted({primary(code) for code in self._codes if has(code)})
        self.documents = _documents(parts, self._languages)
        self.count = sum(int((~part.deleted).sum()) for part in parts)
        self._lists = sorted(_lists(parts[0].pack))
        weights = (int(p.pack.array(f"{name}/places")[-1]) for p in parts for name in self._lists)
        self.total = max(1, sum(weights) + sum(len(part.deleted) for part in parts))
        """In the unit of `work`; what is left to do at its end (stems, the disk) is not counted."""
        self._writer = PackWriter(path)
        self._finishing: Future[None] | None = None

    def work(self) -> Generator[int, None, None]:
        """Does it, some milliseconds at a time; yields how much of `total` each of them was."""
        yield from self._columns()
        yield from self._sentences()
        read = 0
        for name in self._lists:
            for done in self._list(name):
                yield done
                read += done
                if read >= _READ:
                    self._release()
                    read = 0
        self._release()
        yield from self._finish()

    def _release(self) -> None:
        """What lies in the mapped files counts as memory of the program once it was read."""
        for part in self._parts:
            part.pack.release()

    def close(self) -> None:
        """Gives up what is not finished."""
        if self._finishing is not None:
            with suppress(Exception):
                self._finishing.result()
        with suppress(OSError):  # what is still buffered does not fit on a full disk
            self._writer.close()

    def _columns(self) -> Iterator[int]:
        codes = np.frombuffer(json.dumps(self._codes).encode(), np.uint8)
        self._writer.put("languages", codes)
        for name in COLUMNS:
            yield from self._column(name, np.dtype(np.int64))
        for name in _REGION_ENDS:
            yield from self._column(name, None)
        language = self._writer.array("language")
        row = {code: number for number, code in enumerate(self._codes)}
        for part in self._parts:
            rows = np.array([row.get(code, 0) for code in _codes_of(part.pack)], np.int64)
            language.append(rows[part.pack.array("language")[~part.deleted]])
            yield len(part.deleted)

    def _column(self, name: str, dtype: np.dtype[np.int64] | None) -> Iterator[int]:
        column = self._writer.array(name, dtype)
        for part in self._parts:
            column.append(part.pack.array(name)[~part.deleted])
            yield 0

    def _sentences(self) -> Iterator[int]:
        at, positions = (self._writer.array(f"sentences/{name}") for name in ("at", "positions"))
        at.append(np.zeros(1, np.int64))
        total = 0
        for part in self._parts:
            ends, begins = (part.pack.array(f"sentences/{name}") for name in ("at", "positions"))
            for first in range(0, len(part.deleted), _ROWS):
                keep = ~part.deleted[first : first + _ROWS]
                mine = ends[first : first + len(keep) + 1].astype(np.int64)
                counts = np.diff(mine)
                positions.append(begins[mine[0] : mine[-1]][np.repeat(keep, counts)])
                at.append(total + np.cumsum(counts[keep]))
                total += int(counts[keep].sum())
                yield 0

    def _list(self, name: str) -> Iterator[int]:
        pairs = zip(self._parts, self.documents, strict=True)
        sources = [Source(part.pack, name, documents) for part, documents in pairs]
        merged = MergedList(sources, name, self._writer, len(self._languages) + 1)
        yield from merged.work()
        group, kind = name.split("/")
        if group == "text" and kind in _STEMMED:
            for number, language in enumerate(self._languages):
                yield 0
                present = merged.languages[:, number]
                yield from self._stems(f"stems/{language}/{kind}", sources, present)

    def _stems(self, name: str, lists: Sequence[Source], present: Mask) -> Iterator[int]:
        pairs = zip(self._parts, lists, strict=True)
        known = [Stems(p.pack, name, s.ordinals) for p, s in pairs if f"{name}/at" in p.pack]
        for _words in merge_stems(known, name, self._writer, present):
            yield 0

    def _finish(self) -> Iterator[int]:
        """The disk takes seconds for a large file, so that part is done by a thread."""
        self._finishing = Future()
        thread = Thread(target=_into, args=(self._finishing, self._writer), name="merge")
        thread.start()
        while thread.is_alive():
            thread.join(_PATIENCE)
            yield 0
        self._finishing.result()


def _into(future: "Future[None]", writer: PackWriter) -> None:
    try:
        writer.finish()
    except BaseException as problem:  # noqa: BLE001 - raised where the result is asked for
        future.set_exception(problem)
    else:
        future.set_result(None)


def _lists(pack: Pack) -> list[str]:
    return [name.removesuffix(_LIST_END) for name in pack.names() if name.endswith(_LIST_END)]


def _codes(parts: Sequence[Part]) -> list[str]:
    """The languages of the documents that stay, in the order in which they come."""
    found: dict[str, None] = {}
    for part in parts:
        codes = _codes_of(part.pack)
        rows, first = np.unique(part.pack.array("language")[~part.deleted], return_index=True)
        found |= dict.fromkeys(codes[row] for row in rows[np.argsort(first)].tolist())
    return list(found)


def _codes_of(pack: Pack) -> list[str]:
    codes: list[str] = json.loads(pack.array("languages").tobytes())
    return codes


def _documents(parts: Sequence[Part], languages: Sequence[str]) -> list[Documents]:
    """What becomes of those of each part; see `Documents` for the rows of `languages`."""
    row = {language: number for number, language in enumerate(languages)}
    made, before = [], 0
    for part in parts:
        keep = ~part.deleted
        numbers: Numbers = np.where(keep, before + np.cumsum(keep) - 1, GONE)
        rows = [row.get(primary(code), len(row)) for code in _codes_of(part.pack)]
        tongues = np.array(rows, np.int64)[part.pack.array("language")]
        made.append(Documents(numbers, tongues, bool(keep.all())))
        before += int(keep.sum())
    return made
