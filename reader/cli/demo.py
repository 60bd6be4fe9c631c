"""The demo command: a throw-away library, whatever `--library` says."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.arguments import size
from reader.cli.command import DONE, Command, Context
from reader.cli.progress import Progress
from reader.cli.window import Window
from reader.errors import FileError, UsageError
from reader.paths import LibraryPaths

if TYPE_CHECKING:
    from reader.services.demo import DemoServer
    from reader.workers.demo import DemoSummary


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-window", action="store_true", help="print what came in, and exit")
    parser.add_argument("--screenshot", metavar="FILE", type=Path, help="a PNG of the window")
    parser.add_argument("--scheme", choices=("light", "dark"), help="colours of the window")
    parser.add_argument("--size", type=size, metavar="WxH", help="of the window, in pixels")


def _demo(context: Context, arguments: argparse.Namespace) -> int:
    window = _window(context, arguments)
    with tempfile.TemporaryDirectory(prefix="media-reader-demo-") as folder:
        paths = LibraryPaths(Path(folder) / "library")
        if window is not None and window.picture is None:
            context.tell("The demo's library is thrown away when the window closes.")
        return _run(context, paths, window, told=arguments.no_window)


def _run(context: Context, paths: LibraryPaths, window: Window | None, *, told: bool) -> int:
    """The server lives as long as the window: its refresh button works."""
    from reader.services.demo import DemoServer

    with DemoServer() as server:
        value = asdict(_fill(paths, server))
        if context.json or window is None or told:
            context.emit(value, (f"{name:<15} {one}" for name, one in value.items()))
            sys.stdout.flush()
        return DONE if window is None else window.open(paths)


def _window(context: Context, arguments: argparse.Namespace) -> Window | None:
    """The window that is wanted, or None to go without; refused before any work is done."""
    window = replace(
        context.window, scheme=arguments.scheme, size=arguments.size, picture=arguments.screenshot
    )
    if arguments.no_window and window.picture is None:
        if window.scheme or window.size:
            raise UsageError("--no-window leaves nothing for --scheme and --size.")
        return None
    window.check_libraries()
    if window.picture is not None:
        _refuse_unwritable(window.picture)
    elif hidden := window.hidden():
        context.tell(f"No window was opened: {hidden[:1].lower()}{hidden[1:]}")
        return None
    return window


def _refuse_unwritable(picture: Path) -> None:
    if picture.is_dir():
        raise FileError(f"{picture} is a folder: name a file for the picture.")
    if not picture.absolute().parent.is_dir():
        raise FileError(f"There is no folder {picture.absolute().parent}: make it first.")


def _fill(paths: LibraryPaths, server: DemoServer) -> DemoSummary:
    from reader.settings import Settings
    from reader.workers.demo import fill

    settings = Settings()
    settings = replace(settings, fetch=replace(settings.fetch, spacing_s=0.0, per_host=8))
    with Progress() as progress:
        return fill(paths, settings, server, progress)


COMMANDS = (
    Command("demo", "try the program with sample feeds", _demo, _arguments, needs_library=False),
)
