"""How fast and how big: benchmarks on the program as it is used, with reproducible input.

Each prints what was measured, on which commit, and the command that measures it again. Numbers
from a busy machine are worth little; the load at the start is printed with them.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.dev import bench_engine, bench_feeds, bench_window
from reader.dev.figures import Circumstances, Figure, as_json, table
from reader.errors import FileError

Benchmark = Callable[[argparse.Namespace], list[Figure]]
BENCHMARKS: dict[str, tuple[Benchmark, str]] = {
    "demo": (bench_feeds.demo, "the demo without a window: time and peak memory"),
    "start": (bench_window.start, "from the start of the process to rows on the screen"),
    "stalls": (bench_window.stalls, "how late the window's loop is, idle and while refreshing"),
    "refresh": (bench_feeds.refresh, "fetching generated feeds, against merely downloading them"),
    "match": (bench_engine.match, "looking for tracked names in text"),
    "search": (bench_engine.search, "indexing and searching generated articles"),
}


def main(words: Sequence[str]) -> int:
    arguments = _parser().parse_args(words)
    about = Circumstances.now(words)
    figures: list[Figure] = []
    for name in arguments.names or BENCHMARKS:
        figures += BENCHMARKS[name][0](arguments)
    print(table(figures, about))
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
    parser.add_argument("--tries", type=int, default=5, help="of what is measured as a whole")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--feeds", type=int, default=100, help="refresh: how many feeds")
    parser.add_argument("--items", type=int, default=30, help="refresh: articles of each feed")
    parser.add_argument("--articles", type=int, default=20_000, help="search: how many")
    parser.add_argument("--rows", type=int, default=300_000, help="start: the big library")
    parser.add_argument("--seconds", type=float, default=20.0, help="stalls: of each phase")
    return parser
