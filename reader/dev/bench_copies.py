"""The benchmarks of copies: how many articles a second are looked at, and in how much memory.

One in five articles is a copy of another of the last ones, cut, edited or under a new beginning, so
that what is found can be compared with what was made.
"""

import argparse
import random
import time
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.dev.corpus import Corpus
from reader.dev.figures import Figure
from reader.domain.article import Texts
from reader.stories.copies import Copies, Entry
from reader.stories.other_news import other_news
from reader.stories.sketch import Sketch, sketches

ARTICLES = 20_000
_OUTLETS = 400
_BATCH = 200
_SHARE, _BACK = 0.2, 500
_BETWEEN = 86_400_000 // 1_500
"""Milliseconds between two articles, at 1,500 a day."""


def copies(arguments: argparse.Namespace) -> list[Figure]:
    """`arguments`: `seed`."""
    window, tally = Copies(), _Tally()
    entered: list[tuple[Entry, int | None]] = []
    texts: dict[int, Texts] = {}
    for batch in _batches(arguments.seed):
        began = time.process_time()
        drawn = sketches([one for one, _ in batch])
        half = time.process_time()
        for (one, copied), sketch in zip(batch, drawn, strict=True):
            number = len(entered) + 1
            like = _likest(window, sketch, one, texts)
            entry = Entry(number, number % _OUTLETS, number * _BETWEEN, sketch)
            window.add(entry, like)
            texts[number] = one
            entered.append((entry, like))
            tally.count(copied, like is not None)
        tally.sketching += half - began
        tally.asking += time.process_time() - half
    return _figures(tally, _memory(entered))


@dataclass
class _Tally:
    found: int = 0
    missed: int = 0
    false: int = 0
    sketching: float = 0.0
    asking: float = 0.0

    def count(self, copied: bool, found: bool) -> None:
        self.found += copied and found
        self.missed += copied and not found
        self.false += found and not copied


def _likest(window: Copies, sketch: Sketch, one: Texts, texts: Mapping[int, Texts]) -> int | None:
    for match in window.resembling(sketch):
        if not other_news(one, texts[match.article_id]):
            return match.article_id
    return None


def _figures(tally: _Tally, size: int) -> list[Figure]:
    made = tally.found + tally.missed
    note = f"{made} copies among {ARTICLES}: {tally.missed} missed, {tally.false} false"
    speed = ARTICLES / (tally.sketching + tally.asking)
    return [
        Figure("copies", "articles looked at", speed, "/CPU s", 1, note),
        Figure("copies", "sketching, an article", tally.sketching / ARTICLES * 1e6, "µs"),
        Figure("copies", "asking and adding, an article", tally.asking / ARTICLES * 1e6, "µs"),
        Figure("copies", "copies found", 100 * tally.found / made, "%"),
        Figure("copies", f"memory of {ARTICLES} articles", size / 1e6, "MB"),
    ]


def _memory(entered: Sequence[tuple[Entry, int | None]]) -> int:
    """Bytes of a window with these, as after a start of the program."""
    tracemalloc.start()
    window = Copies()
    window.fill((_again(entry), like) for entry, like in entered)
    size, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size


def _again(entry: Entry) -> Entry:
    old = entry.sketch
    sketch = Sketch.of(old.to_bytes(), old.words, old.complete, old.whole)
    return Entry(entry.article_id, entry.outlet, entry.seen, sketch)


def _batches(seed: int) -> Iterator[list[tuple[Texts, bool]]]:
    """(article, whether it is a copy of one of those just before)."""
    rnd = random.Random(seed)
    batch: list[tuple[Texts, bool]] = []
    last: list[Texts] = []
    for document in Corpus(ARTICLES, seed).documents():
        copied = bool(last) and rnd.random() < _SHARE
        one = _copy(rnd, rnd.choice(last), document.texts) if copied else document.texts
        if not copied:
            last = [*last[-_BACK:], one]
        batch.append((one, copied))
        if len(batch) == _BATCH:
            yield batch
            batch = []


def _copy(rnd: random.Random, original: Texts, stranger: Texts) -> Texts:
    """Under a stranger's headline."""
    words = f"{original.lead} {original.body}".split()
    match rnd.randrange(5):
        case 0:
            words = words[: max(30, len(words) // 3)]
        case 1:
            words = [*words[:30], "…"]
        case 2:
            words = [*stranger.body.split()[:20], *words]
        case 3:
            words = [rnd.choice(words) if rnd.random() < 0.05 else word for word in words]
    return Texts(stranger.title, "", " ".join(words))
