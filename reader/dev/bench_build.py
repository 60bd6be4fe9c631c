"""Building an index with each engine in a process of its own, and what that takes.

CPU time and memory are the engine's: making the articles is measured beside it and taken off.
"""

import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reader.dev import rivals
from reader.dev.asks import Ask
from reader.dev.child import Child
from reader.dev.corpus import Corpus
from reader.dev.figures import Figure, median
from reader.dev.processes import PeakMemory
from reader.dev.rivals import MORE, Engine
from reader.domain.article import SearchDocument
from reader.errors import ReaderError

_BATCH = 1_000
_LOT = 50
_SAY_EVERY = 5.0


@dataclass(frozen=True)
class Built:
    """`cpu`, `wall`: seconds for the bulk. `size`, `peak`, `before`: bytes; `before` is what the
    process took when it had not yet been given an article. `added`: seconds to add 50 more and
    commit, `seen`: then until another reader has found one of them; a figure for each lot.
    """

    engine: str
    articles: int
    seed: int
    cpu: float
    wall: float
    size: int
    added: tuple[float, ...]
    seen: tuple[float, ...]
    peak: int = 0

    def figures(self) -> list[Figure]:
        name = rivals.TITLES[self.engine]
        rate = self.articles / self.cpu
        wall = f"{self.articles} articles; {self.articles / self.wall:,.0f} a second of the clock"
        lots = f"{_LOT} at a time, in an index of {self.articles}"
        texts = "the texts included" if self.engine == "fts5" else ""
        return [
            Figure("search", f"indexing: {name}", rate, "articles/CPU s", 1, wall),
            Figure("search", f"size of the index: {name}", self.size / 1e6, "MB", 1, texts),
            Figure("search", f"peak memory, indexing: {name}", self.peak / 1e6, "MB", 1,
                   "above what the process took without an article"),
            Figure("search", f"50 more, committed: {name}", median(self.added) * 1e3, "ms",
                   len(self.added), lots),
            Figure("search", f"then found by a reader: {name}", median(self.seen) * 1e3, "ms",
                   len(self.seen), "opening what is new, and one search"),
        ]  # fmt: skip


def built(engine: str, folder: Path, articles: int, seed: int) -> Built:
    """Builds `folder/engine`, unless it is there already, with the same articles."""
    about = folder / f"{engine}.json"
    if about.exists():
        known = json.loads(about.read_text())
        if (known["articles"], known["seed"]) != (articles, seed):
            raise ReaderError(
                f"{folder} holds an index of {known['articles']} other articles: choose another."
            )
        return Built(**known)
    if (folder / engine).exists():
        raise ReaderError(f"{folder / engine} was left unfinished: remove it, and try again.")
    known = _in_a_child(engine, folder, articles, seed)
    about.write_text(json.dumps(known) + "\n")
    return Built(**known)


def _in_a_child(engine: str, folder: Path, articles: int, seed: int) -> dict[str, Any]:
    with Child("reader.dev.bench_build", "build", engine, str(folder), articles, seed) as child:
        child.hear()  # everything is imported, and no article made
        with PeakMemory(child.pid) as memory:
            time.sleep(0.1)
            before = memory.bytes
            child.tell("go")
            child.hear()  # the bulk is done
        told = child.rest()
    if child.failed():
        raise ReaderError(f"Building with {engine} failed; what it said stands above.")
    return {**json.loads(told), "peak": memory.bytes - before}


def build(engine: str, folder: str, articles: int, seed: int) -> None:
    """What the child does: says that it is ready, waits, builds, and prints what it took."""
    corpus = Corpus(articles, seed)
    next(corpus.documents())  # the words are there before the measuring begins
    made = rivals.opened(engine, Path(folder) / engine, corpus, write=True)
    print("ready", flush=True)
    sys.stdin.readline()
    cpu, wall = _fill(made, corpus, engine)
    print("filled", flush=True)
    size = sum(file.stat().st_size for file in Path(folder, engine).rglob("*") if file.is_file())
    reader = rivals.opened(engine, Path(folder) / engine, corpus, write=False)
    lots = [_lot(made, reader, corpus, start) for start in range(0, MORE, _LOT)]
    reader.close()
    made.close()
    added, seen = zip(*lots, strict=True)
    print(json.dumps(asdict(Built(engine, articles, seed, cpu, wall, size, added, seen))))


def _fill(engine: Engine, corpus: Corpus, name: str) -> tuple[float, float]:
    """Seconds of the processor and of the clock, without those in which articles were made."""
    cpu, wall = time.process_time(), time.perf_counter()
    making_cpu, making_wall = 0.0, 0.0
    said = wall
    for start in range(0, corpus.articles, _BATCH):
        began = time.thread_time(), time.perf_counter()
        batch = list(corpus.documents(start, min(start + _BATCH, corpus.articles)))
        making_cpu += time.thread_time() - began[0]
        making_wall += time.perf_counter() - began[1]
        engine.add(batch)
        engine.tidy()
        if time.perf_counter() - said > _SAY_EVERY:
            said = time.perf_counter()
            rate = (start + len(batch)) / (said - wall - making_wall)
            say(f"{name}: {start + len(batch):,} of {corpus.articles:,}, {rate:,.0f} a second")
    engine.commit()
    engine.tidy()
    engine.settle()
    return time.process_time() - cpu - making_cpu, time.perf_counter() - wall - making_wall


def _lot(writer: Engine, reader: Engine, corpus: Corpus, start: int) -> tuple[float, float]:
    """Seconds until `writer` has committed 50 more, and then until `reader` has found them."""
    first = corpus.articles + start
    articles = list(corpus.documents(first, first + _LOT))
    find = reader.prepare(_about(articles))
    assert find is not None  # noqa: S101 - every engine can look for a word
    before = find().total
    began = time.perf_counter()
    writer.add(articles)
    writer.commit()
    committed = time.perf_counter()
    reader.refresh()
    after = find().total
    seen = time.perf_counter()
    if after <= before:
        raise ReaderError(f"{type(reader).__name__} does not see what was committed.")
    writer.tidy()
    return committed - began, seen - committed


def _about(articles: Sequence[SearchDocument]) -> Ask:
    """How many have the longest word of the first one in English."""
    text = next(article.texts.lead for article in articles if article.language == "en")
    word = max(re.findall(r"[a-z]+", text), key=len)
    return Ask(word, "all", (word,), "count")


def say(text: str) -> None:
    """To whoever waits: on standard error."""
    sys.stderr.write(text + "\n")
