"""python -m reader.dev: the tools of those who work on the program."""

import argparse
import sys
from collections.abc import Sequence

from reader.errors import ReaderError


def main(argv: Sequence[str]) -> int:
    """Each tool is imported only when it is asked for: `check` must start without Qt."""
    parser = argparse.ArgumentParser(prog="python -m reader.dev", description=__doc__)
    parser.add_argument(
        "tool", choices=("check", "bench", "evaluate", "soak", "gallery", "probe", "poses")
    )
    parser.add_argument("words", nargs=argparse.REMAINDER, help="see python -m reader.dev TOOL -h")
    arguments = parser.parse_args(argv)
    try:
        return _run(arguments.tool, arguments.words)
    except ReaderError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2


def _run(tool: str, words: Sequence[str]) -> int:
    match tool:
        case "check":
            from reader.dev import check

            return check.main(words)
        case "bench":
            from reader.dev import bench

            return bench.main(words)
        case "evaluate":
            from reader.dev import evaluate

            return evaluate.main(words)
        case "soak":
            from reader.dev import soak

            return soak.main(words)
        case "probe":  # what `bench` runs inside the window's process
            from reader.dev import probe

            return probe.main(words)
        case "poses":  # what `gallery` runs inside the window's process
            from reader.dev import poses

            return poses.main(words)
        case _:
            from reader.dev import gallery

            return gallery.main(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
