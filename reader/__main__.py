"""python -m reader: reads the command line and hands over to it, or to the window."""

import os
import sys
from pathlib import Path

from reader.cli.program import run
from reader.cli.window import Window
from reader.paths import LibraryPaths


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    return run(sys.argv[1:], Window(_open_window, _window_problem))


def _window_problem(only_rendered: bool) -> str:
    """Looks for Qt's libraries without importing Qt, which would abort."""
    from reader.gui.preflight import problem

    return problem(_environment(only_rendered=only_rendered))


def _environment(*, only_rendered: bool) -> dict[str, str]:
    return {**os.environ, **({"QT_QPA_PLATFORM": "offscreen"} if only_rendered else {})}


def _open_window(
    paths: LibraryPaths,
    *,
    scheme: str | None,
    size: tuple[int, int] | None,
    picture: Path | None,
    topics: tuple[str, ...],
) -> int:
    os.environ.update(_environment(only_rendered=picture is not None))
    from reader.gui.application import open_window

    return open_window(paths, scheme=scheme, size=size, picture=picture, topics=topics)


if __name__ == "__main__":
    sys.exit(main())
