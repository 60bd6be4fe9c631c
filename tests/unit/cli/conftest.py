"""The command line on a library of its own; the news come from 127.0.0.1."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.paths import LibraryPaths
from tests.helpers.web import WebServer
from tests.unit.cli.command_line import CommandLine, Line, News, fill


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """The program sets its log up anew with every run; other tests must not see it."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    yield
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
        handler.close()
    for name in [name for name in root.manager.loggerDict if name.startswith("reader")]:
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.captureWarnings(capture=False)


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """On a library that does not exist yet."""
    return CommandLine(tmp_path / "library", capsys)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> News:
    return fill(tmp_path_factory.mktemp("news"))


@pytest.fixture
def news(filled: News, cli: CommandLine) -> News:
    """A copy of the filled library in the place where `cli` looks; its feeds answer no more."""
    shutil.copytree(filled.folder, cli.library)
    return News(cli.library, filled.coast, filled.world)


@pytest.fixture
def line(news: News, capsys: pytest.CaptureFixture[str]) -> Line:
    """Single commands on the library with the news."""
    return Line(LibraryPaths(news.folder), capsys)
