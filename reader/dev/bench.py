"""How fast and how big: benchmarks on the program as it is used, with reproducible input.

Each prints what was measured, on which commit, and the command that measures it again. Numbers
from a busy machine are worth little; the load at the start is printed with them.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.dev import (
    bench_alerts,
    bench_copies,
    bench_entities,
    bench_feeds,
    bench_highlights,
    bench_profile,
    bench_search,
    bench_window,
    bench_workshop,
)
from reader.dev.figures import Circumstances, Figure, as_json, table
from reader.errors import FileError

Benchmark = Callable[[argparse.Namespace], list[Figure]]
BENCHMARKS: dict[str, tuple[Benchmark, str]] = {
    "demo": (bench_feeds.demo, "the demo without a window: time and peak memory"),
    "start": (bench_window.start, "from the start of the process to rows on the screen"),
    "stalls": (bench_window.stalls, "how late the window's loop is, idle and while refreshing"),
    "highlights": (bench_highlights.highlights, "rows with names, and an article full of them"),
    "refresh": (bench_feeds.refresh, "fetching generated feeds, against merely downloading them"),
    "entities": (
        bench_entities.entities,
        "looking for tracked names in text, against other engines",
    ),
    "copies": (bench_copies.copies, "looking for articles that repeat another's text"),
    "alerts": (bench_alerts.alerts, "asking saved searches about arriving articles"),
    "profile": (bench_profile.profile, "what the page of an entity asks of a large library"),
    "workshop": (bench_workshop.workshop, "previews, suggestions and discovery in an archive"),
    "search": (bench_search.search, "indexing and searching, against other engines"),
}
_TRIES = 5
_TRIES_OF = {"search": 1}


def main(words: Sequence[str]) -> int:
    arguments = _parser().parse_args(words)
    about = Circumstances.now(words)
    figures: list[Figure] = []
    for name in arguments.names or BENCHMARKS:
        tries = arguments.tries or _TRIES_OF.get(name, _TRIES)
        figures += BENCHMARKS[name][0](argparse.Namespace(**{**vars(arguments), "tries": tries}))
    timings = [figure for figure in figures if isinstance(figure, bench_search.Timing)]
    print(table([figure for figure in figures if figure not in timings], about))
    if timings:
        print("", bench_search.side_by_side(timings), sep="\n")
    if arguments.json is not None:
        try:
            arguments.json.write_text(as_json(figures, about))
        except OSError as problem:
            raise FileError(f"{arguments.json} cannot be written: {problem.strerror}.") from problem
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reader.dev bench",
        description=__doc__,
        epilog="; ".join(f"{name}: {says}" for name, (_, says) in BENCHMARKS.items()),
    )
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--tries",
        type=int,
        help=f"of what is measured as a whole ({_TRIES}); search: times 60 queries a class (1)",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--feeds", type=int, default=100, help="refresh, alerts: how many feeds")
    parser.add_argument(
        "--items", type=int, default=30, help="refresh, alerts: articles of each feed"
    )
    parser.add_argument("--articles", type=int, default=20_000, help="search: how many")
    parser.add_argument("--million", action="store_true", help="search: a million articles")
    parser.add_argument("--engines", default="", help="search: ours,tantivy,fts5,whoosh")
    parser.add_argument("--classes", default="", help="search: names or beginnings, with commas")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="search: build there once, then query again"
    )
    parser.add_argument("--rows", type=int, default=300_000, help="start: the big library")
    parser.add_argument("--seconds", type=float, default=20.0, help="stalls: of each phase")
    return parser
