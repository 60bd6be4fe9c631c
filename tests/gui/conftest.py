"""The window's tests: no screen, no network, and nothing left behind."""

import os
import socket
import threading
from collections.abc import Callable, Generator, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

import pytest
from gui_world import Analyst, Collector, Library, Search
from patience import Patient
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_steps import loaded, reread

from reader.gui import fonts
from reader.gui.jobs import Jobs
from reader.gui.main_window import MainWindow
from reader.gui.state import WindowState
from reader.gui.theme import LIGHT, palette, style_sheet
from reader.settings import Window as Defaults

_NO_SCREEN = (
    "does not support (propagateSizeHints|raise|grabbing the keyboard)",
    "systemTrayWindowChanged",
)
"""What Qt's platform without a screen cannot do, and says each time; no fault of ours."""


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.qt_log_ignore(*_NO_SCREEN))


_AWAY = QPoint(20_000, 20_000)
"""Where the pointer rests: on no window."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds what was open, and where pointer and focus were."""
    report: pytest.TestReport = yield
    if report.failed and _app():
        report.sections.append(("The screen", _screen()))
    return report


def _screen() -> str:
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    lines = [f"pointer {QCursor.pos().toTuple()}, focus {QApplication.focusWidget()}"]
    return "\n".join(lines + [f"{w.geometry().getRect()} {w}" for w in windows])


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and not str(host).startswith("127."):
            pytest.fail(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A window, a running timer or a thread that outlives its test fails it."""
    before = set(threading.enumerate())
    yield
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    threads = [t for t in threading.enumerate() if t not in before and t.is_alive()]
    assert not threads, f"threads are still alive: {threads}"


@pytest.fixture(autouse=True)
def _windows_left(_nothing_left: None) -> Iterator[None]:
    """After qtbot has closed what it was given."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in QApplication.topLevelWidgets() if w.isVisible()] if _app() else []
    running = [t for w in left for t in w.findChildren(QTimer) if t.isActive()]
    assert not left, f"windows are still open: {left}, with {len(running)} running timers"


def _app() -> bool:
    return QApplication.instance() is not None


@pytest.fixture(autouse=True)
def _mouse_at_rest(qapp: QApplication) -> None:
    """All tests of a process have one mouse: what another one pressed is let go, and it is taken
    off the window. (A double click of QTest never lets go.)"""
    for button in Qt.MouseButton:
        if button != Qt.MouseButton.NoButton and button & QGuiApplication.mouseButtons():
            QTest.mouseRelease(QWidget(), button)
    if QCursor.pos() != _AWAY:
        QCursor.setPos(_AWAY)
        QCoreApplication.processEvents()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return Patient(request)


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> QApplication:
    """Fonts, palette and style sheet as the program sets them, whatever another test has set."""
    fonts.load()
    qapp.setStyle("Fusion")
    qapp.setFont(fonts.ui(13))
    qapp.setPalette(palette(LIGHT))
    qapp.setStyleSheet(style_sheet(LIGHT))
    return qapp


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def searcher() -> Search:
    return Search()


@pytest.fixture
def collector() -> Collector:
    return Collector()


@pytest.fixture
def jobs(qapp: QApplication, library: Library) -> Iterator[Jobs]:
    made = Jobs(lambda: library, lambda: library)
    yield made
    made.close()


@pytest.fixture
def analyst() -> Analyst:
    return Analyst()


@pytest.fixture
def shown(qtbot: QtBot, styled: QApplication) -> Callable[[QWidget], QWidget]:
    """Shows a widget and closes it after the test."""

    def show(widget: QWidget, width: int = 400, height: int = 700) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def opened(
    qtbot: QtBot, jobs: Jobs, searcher: Search, collector: Collector, analyst: Analyst
) -> Iterator[Callable[..., MainWindow]]:
    windows: list[MainWindow] = []

    def open_one(
        width: int = 1440, state: WindowState | None = None, defaults: Defaults | None = None
    ) -> MainWindow:
        window = MainWindow(jobs, searcher, collector, analyst, state, defaults or Defaults())
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(width, 860)
        with qtbot.waitExposed(window):
            window.show()
        window.start()
        qtbot.waitUntil(lambda: window.articles.model.generation > 0)
        reread(window, qtbot)
        return window

    yield open_one
    for window in windows:
        window.close()


@pytest.fixture
def window(opened: Callable[..., MainWindow], qtbot: QtBot) -> MainWindow:
    made = opened()
    loaded(made, qtbot)
    return made
