"""python -m reader: reads the command line and hands over to it, or to the window."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from reader.paths import LibraryPaths


def main() -> int:
    _steady_streams()
    try:
        # Here, so that Ctrl+C during start-up is answered like any other.
        from reader.cli.program import run
        from reader.cli.window import Window

        return run(sys.argv[1:], Window(_open_window, _lacking, _hidden))
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 1


def _steady_streams() -> None:
    """UTF-8 whatever the locale says, and somewhere to write even when started without."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
            setattr(sys, name, nowhere)
        getattr(sys, name).reconfigure(encoding="utf-8", errors="replace")


def _lacking(only_rendered: bool) -> str:
    """Looks for Qt's libraries without importing Qt, which would abort."""
    from reader.gui.preflight import problem

    # A display is taken for granted: whether there is one is another question.
    return problem({"DISPLAY": ":0", **_environment(only_rendered=only_rendered)})


def _hidden() -> str:
    """Asked when no library is lacking; what is left to be missing is the display."""
    from reader.gui.preflight import problem

    return problem(os.environ)


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
    gc.disable()  # until the window is there: what its start makes is no garbage
    os.environ.update(_environment(only_rendered=picture is not None))
    from reader.gui.application import open_window

    return open_window(paths, scheme=scheme, size=size, picture=picture, topics=topics)


if __name__ == "__main__":
    sys.exit(main())
