"""The tools of those who work on the program."""

import argparse
import sys
from collections.abc import Sequence

from reader.errors import ReaderError

TOOLS = {
    "check": "everything that a commit has to pass",
    "bench": "how fast and how large the program is",
    "evaluate": "how well names are found, on passages that people have marked",
    "soak": "long proofs: kills at random moments, random queries, a month of alerts",
    "gallery": "pictures of the window in every state",
    "probe": "what bench runs inside the window's process",
    "poses": "what gallery runs inside the window's process",
}


def main(argv: Sequence[str]) -> int:
    """Each tool is imported only when it is asked for: `check` must start without Qt."""
    parser = argparse.ArgumentParser(
        prog="python -m reader.dev",
        description=__doc__,
        epilog="\n".join(f"{name:<9} {says}" for name, says in TOOLS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tool", metavar="TOOL", choices=tuple(TOOLS))
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
        case "probe":
            from reader.dev import probe

            return probe.main(words)
        case "poses":
            from reader.dev import poses

            return poses.main(words)
        case _:
            from reader.dev import gallery

            return gallery.main(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
