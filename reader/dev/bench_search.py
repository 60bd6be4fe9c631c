"""Searching: ours against other engines, on the same articles and the same queries.

The engines take turns on each query in one process, so that whatever else the machine does falls
on all of them alike. Every class is warmed by one query, and every query is asked once: nothing
is answered from memory. Preparing a query (parsing ours, building the trees of others) is not
measured; finding, ranking, counting all that match and fetching the ids is.
"""

import argparse
import tempfile
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from reader.dev import rivals
from reader.dev.asks import CLASSES, OWN, Ask, Asks
from reader.dev.bench_build import built, say
from reader.dev.corpus import BLOCK, Corpus
from reader.dev.figures import Figure, median, percentile
from reader.dev.rivals import OURS, Answer, Engine
from reader.domain.article import SearchDocument
from reader.errors import QueryError, UsageError

QUERIES = 60
"""Of each class."""
_MILLION = 1_000_000
_FEW = 250_000
"""Up to so many articles every engine takes part; above, only those that can."""
_LARGE = (OURS, "tantivy")
_BLOCKS = 200


@dataclass(frozen=True, slots=True)
class Timing(Figure):
    """A class of queries in one engine: `value` is the median, `p95` in milliseconds too."""

    asked: str = ""
    engine: str = ""
    p95: float = 0.0


def search(arguments: argparse.Namespace) -> list[Figure]:
    articles = _MILLION if arguments.million else arguments.articles
    engines = _engines(arguments.engines, articles)
    classes = _chosen(arguments.classes, tuple(CLASSES), "class")
    corpus = Corpus(articles, arguments.seed)
    figures: list[Figure] = []
    with _folder(arguments.keep) as folder:
        for engine in engines:
            figures += built(engine, folder, articles, arguments.seed).figures()
        say("Choosing queries.")
        asks = Asks(corpus, arguments.seed)
        with ExitStack() as stack:
            opened = {e: rivals.opened(e, folder / e, corpus, write=False) for e in engines}
            for one in opened.values():
                stack.callback(one.close)
            for name in classes:
                figures += _class(
                    name, asks.of(name, QUERIES * arguments.tries + 1), opened, corpus
                )
    return figures


def _engines(wanted: str, articles: int) -> list[str]:
    default = tuple(rivals.ENGINES) if articles <= _FEW else _LARGE
    found = []
    for engine in _chosen(wanted, tuple(rivals.ENGINES), "engine", default):
        problem = rivals.missing(engine)
        if problem:
            say(problem)
        else:
            found.append(engine)
    return found


def _chosen(
    wanted: str, known: Sequence[str], what: str, default: Sequence[str] | None = None
) -> Sequence[str]:
    """Those named, separated by commas; a name may be cut short."""
    if not wanted:
        return default or known
    found = []
    for word in wanted.split(","):
        meant = [name for name in known if name.startswith(word.strip())]
        if not meant:
            raise UsageError(f"There is no {what} {word.strip()}: {', '.join(known)}.")
        found += meant
    return list(dict.fromkeys(found))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="media-reader-bench-") as folder:
        yield Path(folder)


# -- asking


def _class(
    name: str, asks: Sequence[Ask], engines: Mapping[str, Engine], corpus: Corpus
) -> list[Figure]:
    """A figure for every engine that knows the class."""
    taking_part = [e for e in engines if name not in OWN or e == OURS]
    took: dict[str, list[float]] = {engine: [] for engine in taking_part}
    hits: dict[str, list[int]] = {engine: [] for engine in taking_part}
    texts = _Texts(corpus)
    for number, ask in enumerate(asks):
        turn = number % max(1, len(taking_part))
        for engine in taking_part[turn:] + taking_part[:turn]:
            try:
                measured = _ask(engines[engine], ask, texts)
            except QueryError as problem:
                say(f"{name} is left out: {problem}")
                return []
            except Exception as problem:
                if engine == OURS:
                    raise
                say(f"{engine} cannot answer {ask.typed}: {type(problem).__name__} {problem}")
                continue
            if measured is not None and number:  # the first one only warms
                took[engine].append(measured[0] * 1e3)
                hits[engine].append(measured[1].total)
    figures = [_timing(name, e, took[e], hits[e], took.get(OURS, [])) for e in took if took[e]]
    say(f"{name}: " + ", ".join(f"{f.engine} {f.value:.2f}/{f.p95:.2f} ms" for f in figures))
    return [*figures]


def _ask(engine: Engine, ask: Ask, texts: "_Texts") -> tuple[float, Answer] | None:
    """Seconds, and what was found; None when the engine has no such query."""
    run = engine.prepare(ask)
    if run is None:
        return None
    began = time.perf_counter()
    answer = run()
    took = time.perf_counter() - began
    if ask.want == "passages":
        mark = engine.passages(ask, [texts.of(article) for article in answer.ids])
        began = time.perf_counter()
        mark()
        took += time.perf_counter() - began
    return took, answer


def _timing(
    name: str, engine: str, took: Sequence[float], hits: Sequence[int], ours: Sequence[float]
) -> Timing:
    p50, p95 = median(took), percentile(took, 95)
    note = f"p95 {p95:.2f} ms; {median(hits):,.0f} hits"
    if engine != OURS and ours:
        note += f"; ours takes {median(ours) / p50:.2f} of it"
    what = f"{name}: {rivals.TITLES[engine]}"
    return Timing("search", what, p50, "ms (p50)", len(took), note, name, engine, p95)


class _Texts:
    """Articles by id, made again when they are wanted; the newest blocks are kept."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._blocks: OrderedDict[int, list[SearchDocument]] = OrderedDict()

    def of(self, article: int) -> SearchDocument:
        block, row = divmod(article - 1, BLOCK)
        if block not in self._blocks:
            start = block * BLOCK
            self._blocks[block] = list(self._corpus.documents(start, start + BLOCK))
            if len(self._blocks) > _BLOCKS:
                self._blocks.popitem(last=False)
        return self._blocks[block][row]


# -- showing


def side_by_side(timings: Sequence[Timing]) -> str:
    """A row for each class, a column for each engine: p50 / p95, and how ours compares."""
    engines = [e for e in rivals.ENGINES if any(t.engine == e for t in timings)]
    by = {(t.asked, t.engine): t for t in timings}
    others = [engine for engine in engines if engine != OURS]
    head = ["p50 / p95 in ms", *(rivals.TITLES[e] for e in engines)]
    head += [f"ours ÷ {rivals.TITLES[e]}" for e in others]
    rows = [head, ["---"] * len(head)]
    for name in dict.fromkeys(t.asked for t in timings):
        cells = [by.get((name, engine)) for engine in engines]
        row = [name, *(f"{c.value:.2f} / {c.p95:.2f}" if c else "–" for c in cells)]
        ours = by.get((name, OURS))
        rows.append([*row, *(_ratio(ours, by.get((name, other))) for other in others)])
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _ratio(ours: Timing | None, other: Timing | None) -> str:
    if ours is None or other is None:
        return "–"
    return f"{ours.value / other.value:.2f} / {ours.p95 / other.p95:.2f}"
