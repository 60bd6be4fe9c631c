"""The demo command: a throw-away library, whatever `--library` says."""

import argparse
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from reader.cli.arguments import size
from reader.cli.command import DONE, Command, Context
from reader.cli.feeds import progress
from reader.paths import LibraryPaths
from reader.services.demo import DemoServer
from reader.settings import Settings
from reader.workers.demo import fill


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-window", action="store_true", help="print what came in, and exit")
    parser.add_argument("--screenshot", metavar="FILE", type=Path, help="a PNG of the window")
    parser.add_argument("--scheme", choices=("light", "dark"), help="colours of the window")
    parser.add_argument("--size", type=size, metavar="WxH", help="of the window, in pixels")


def _demo(context: Context, arguments: argparse.Namespace) -> int:
    wanted = replace(
        context.window, scheme=arguments.scheme, size=arguments.size, picture=arguments.screenshot
    )
    if not arguments.no_window:
        wanted.check()
    with (
        tempfile.TemporaryDirectory(prefix="media-reader-demo-") as folder,
        DemoServer() as server,
    ):
        paths = LibraryPaths(Path(folder) / "library")
        settings = Settings()
        settings = replace(settings, fetch=replace(settings.fetch, spacing_s=0.0, per_host=8))
        summary = fill(paths, settings, server, progress(context))
        if arguments.no_window:
            value = asdict(summary)
            context.emit(value, (f"{name:<15} {one}" for name, one in value.items()))
            return DONE
        if arguments.screenshot is None:
            context.tell("The demo's library is thrown away when the window closes.")
        return wanted.open(paths)


COMMANDS = (
    Command("demo", "try the program with sample feeds", _demo, _arguments, needs_library=False),
)
