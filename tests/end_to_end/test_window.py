"""The real window in a process of its own, used by its keys, and what becomes of its processes.

Where Xvfb is installed it is shown on a screen, and where xdotool is too, the keys are pressed
outside of it; elsewhere the same is done without a screen.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from reader.dev.processes import Process, alive, end, family
from reader.paths import LibraryPaths
from reader.services.demo import DemoServer

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
pytestmark = pytest.mark.slow


# in the window's process


def child(script: str, words: Sequence[str]) -> None:
    """Runs the program with these words, and leads its window by the script of that name."""
    from reader.__main__ import main
    from reader.dev.driver import drive

    sys.argv = ["media-reader", *words]
    sys.exit(drive(main, SCRIPTS[script], patience=PATIENCE))


def tell(what: str, value: object = None) -> None:
    sys.stdout.write(json.dumps({what: value}) + "\n")
    sys.stdout.flush()


def pids() -> list[int]:
    return [one.pid for one in family(os.getpid())]


_NAMES_OF_X = {"Ctrl+K": "ctrl+k", "Ctrl+.": "ctrl+period", "J": "j", "M": "m", "S": "s"}


class Keys:
    """Presses keys in the window that has the focus."""

    def __init__(self, window: Any) -> None:
        from PySide6.QtWidgets import QApplication

        self._outside = QApplication.platformName() == "xcb" and bool(shutil.which("xdotool"))
        self._application = QApplication
        window.activateWindow()
        if self._outside:  # without a window manager nobody else gives it the focus
            self._do("windowfocus", "--sync", str(int(window.winId())))
        tell("keys", "xdotool" if self._outside else "QTest")

    def press(self, keys: str) -> None:
        """Such as "Ctrl+K"."""
        if self._outside:
            self._do("key", _NAMES_OF_X.get(keys, keys))
            return
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        key = QKeySequence(keys)[0]
        QTest.keyClick(self._application.focusWidget(), key.key(), key.keyboardModifiers())

    def write(self, text: str) -> None:
        if self._outside:
            self._do("type", text)
            return
        from PySide6.QtTest import QTest

        QTest.keyClicks(self._application.focusWidget(), text)

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True, timeout=PATIENCE)


Steps = Generator[Callable[[], object] | float, None, None]


def read_a_little(window: Any) -> Steps:
    """Search, read, go to a mention, star, refresh, stop: by keys alone."""
    from PySide6.QtWidgets import QApplication

    from reader.dev.driver import rows_on_show

    table, rows = window.list.table, window.list.table.rows
    yield lambda: rows_on_show(window)
    keys = Keys(window)
    yield table.hasFocus
    tell("articles", rows.rowCount())
    keys.press("Ctrl+K")
    yield window.top.search.field.hasFocus
    keys.write("tobruk")
    keys.press("Return")
    yield lambda: window.articles.shown.query == "tobruk" and rows_on_show(window)
    yield table.hasFocus
    yield lambda: all(rows.has_marks(number) for number in table.visible_ids())
    tell("hits", [window.top.search.info(), rows.rowCount()])
    keys.press("J")
    yield lambda: window.article.detail is not None
    detail = window.article.detail
    tell("opened", [detail.texts.title, "tobruk" in f"{detail.texts}".lower()])
    passed: list[int] = []
    window.view.current_changed.connect(passed.append)
    keys.press("M")
    yield lambda: passed
    keys.press("S")
    yield lambda: rows.known(detail.line.id).starred and rows.known(detail.line.id).read
    refresh, stop = window.actions_["refresh"], window.actions_["stop"]
    yield refresh.isEnabled
    keys.press("F5")
    yield stop.isEnabled
    keys.press("Ctrl+.")
    yield refresh.isEnabled
    tell("family", pids())
    assert QApplication.activeWindow() is window


def come_back(window: Any) -> Steps:
    """Searcher and collector are killed and come back; then the window waits to be killed too."""
    from reader.dev.driver import rows_on_show
    from reader.workers.messages import RebuildIndex

    searcher, collector = window.search._link, window.link
    yield lambda: rows_on_show(window)
    for link in (searcher, collector):
        yield lambda link=link: link.pid
        old = link.pid
        os.kill(old, signal.SIGKILL)
        yield lambda link=link, old=old: link.pid not in {0, old}
    window.search_for("derna")
    yield lambda: window.articles.shown.query == "derna" and rows_on_show(window)
    finished: list[str] = []
    collector.finished.connect(finished.append)
    collector.refresh()
    yield lambda: any("unchanged" in sentence for sentence in finished)
    tell("came back", finished[-1])
    collector.ask(RebuildIndex(), lambda _: None)  # so that it dies in the middle of work
    tell("family", pids())
    yield lambda: False


def wait_to_be_raised(window: Any) -> Steps:
    from reader.dev.driver import rows_on_show

    yield lambda: rows_on_show(window)
    window.showMinimized()
    yield window.isMinimized
    tell("minimized")
    yield lambda: not window.isMinimized()
    tell("raised", window.isVisible())


SCRIPTS = {one.__name__: one for one in (read_a_little, come_back, wait_to_be_raised)}


# in the test's process


class Window:
    """The process started by `opened`."""

    def __init__(self, script: str, words: Sequence[str], environment: dict[str, str]) -> None:
        code = f"import test_window; test_window.child({script!r}, {list(words)!r})"
        self.process = start(["-c", code], environment)
        self.told: dict[str, Any] = {}

    def wait_for(self, what: str) -> Any:
        """What the script tells under that name; fails when it ends without having told it."""
        assert self.process.stdout is not None
        while what not in self.told:
            line = self.process.stdout.readline()
            if not line:
                pytest.fail(f"The window never told {what!r}:\n{self.errors()}")
            self.told |= json.loads(line)
        return self.told[what]

    def errors(self) -> str:
        return self.process.communicate()[1][-3000:]


def start(words: Sequence[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    return subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env={**environment, "PYTHONPATH": path}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@contextlib.contextmanager
def opened(script: str, words: Sequence[str], environment: dict[str, str]) -> Iterator[Window]:
    window = Window(script, words, environment)
    try:
        yield window
    finally:
        end(family(window.process.pid))
        window.process.communicate()


def soon(true: Callable[[], object]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.02)
    return False


def nobody_left(processes: Sequence[Process]) -> bool:
    return soon(lambda: not alive(processes))


@pytest.fixture(scope="module")
def offscreen() -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    return {**environment, "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture(scope="module")
def screen(offscreen: dict[str, str]) -> Iterator[dict[str, str]]:
    """A screen of our own where Xvfb is installed, else none."""
    if not shutil.which("Xvfb"):
        yield offscreen
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield {**offscreen, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture(scope="module")
def library(server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> LibraryPaths:
    """Three of the demo's feeds, fetched."""
    from reader.dev import libraries
    from reader.settings import Settings
    from reader.workers.messages import Refresh
    from reader.workers.serve import ask

    paths = LibraryPaths(tmp_path_factory.mktemp("window") / "library")
    libraries.subscribe(paths, [feed.url for feed in server.feeds()[:3]])
    ask(paths, Settings(), Refresh(everything=True), lambda *_: None)
    return paths


@pytest.fixture
def copied(library: LibraryPaths, tmp_path: Path) -> str:
    return str(shutil.copytree(library.root, tmp_path / "library"))


def test_the_demo_is_read_by_keys_and_leaves_nothing_behind(
    screen: dict[str, str], tmp_path: Path
) -> None:
    with opened("read_a_little", ["demo"], {**screen, "TMPDIR": str(tmp_path)}) as window:
        assert window.wait_for("articles") >= 150
        info, hits = window.wait_for("hits")
        assert hits > 1
        assert info.startswith(f"{hits} results in ")
        assert window.wait_for("opened")[1], "the article opened does not hold the word"
        window.wait_for("family")
        processes = family(window.process.pid)
        assert len(processes) > 2, "the window should have workers"
        assert window.process.wait(PATIENCE) == 0, window.errors()
        assert nobody_left(processes)
    assert not list(tmp_path.glob("media-reader-demo-*")), "the throw-away library is still there"


def test_killed_workers_come_back_and_a_killed_window_leaves_no_orphan(
    offscreen: dict[str, str], copied: str
) -> None:
    with opened("come_back", ["--library", copied], offscreen) as window:
        assert "0 new" in window.wait_for("came back")
        window.wait_for("family")
        processes = family(window.process.pid)
        assert len(processes) > 2
        window.process.kill()
        assert nobody_left(processes), alive(processes)


def test_a_second_window_on_the_same_library_raises_the_first(
    offscreen: dict[str, str], copied: str
) -> None:
    with opened("wait_to_be_raised", ["--library", copied], offscreen) as window:
        window.wait_for("minimized")
        second = start(["-m", "reader", "--library", copied], offscreen)
        out, err = second.communicate(timeout=PATIENCE)
        assert (second.returncode, out) == (0, "")
        assert "already open" in err
        assert window.wait_for("raised")
        assert window.process.wait(PATIENCE) == 0, window.errors()
