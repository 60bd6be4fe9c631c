"""Leading the window: what is waited for, and what happens when it does not come."""

import os
from collections.abc import Callable, Generator
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from reader.dev import driver

Steps = Generator[Any, None, None]


@pytest.fixture(autouse=True)
def plain_window(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any widget on show stands for the main window."""
    monkeypatch.setattr(driver, "MainWindow", QWidget)


def shows_a_widget() -> int:
    widget = QWidget()
    widget.setObjectName("window")
    widget.show()
    code = QApplication.exec()
    assert not widget.isVisible(), "the script's end closes the window"
    return code


def drive(script: Callable[[QWidget], Steps], patience: float = 60.0) -> int:
    try:
        return driver.drive(shows_a_widget, script, patience=patience)
    finally:
        forget_quitting()


def forget_quitting() -> None:
    """A quit that comes when no loop runs any more would end every later loop at once."""
    QCoreApplication.processEvents()
    QTimer.singleShot(0, QApplication.quit)
    QApplication.exec()


def test_the_script_waits_for_what_it_yields_and_then_the_window_is_closed() -> None:
    passed: list[str] = []

    def script(window: QWidget) -> Steps:
        passed.append(window.objectName())
        looks = iter([False, False, True])
        yield lambda: next(looks)
        passed.append("after three looks")
        yield 0.01
        passed.append("after a while")

    assert drive(script) == 0
    assert passed == ["window", "after three looks", "after a while"]


def test_what_never_comes_ends_the_script_at_the_place_that_waits() -> None:
    places: list[str] = []

    def script(_window: QWidget) -> Steps:
        try:
            yield lambda: False
        except TimeoutError:
            places.append("here")
            raise

    with pytest.raises(driver.ScriptError, match="did not happen"):
        drive(script, patience=0.05)
    assert places == ["here"]


def test_a_script_that_raises_is_told_as_the_cause() -> None:
    def script(_window: QWidget) -> Steps:
        yield 0.0
        raise ValueError("broken")

    with pytest.raises(driver.ScriptError) as told:
        drive(script)
    assert isinstance(told.value.__cause__, ValueError)


def test_a_window_closed_too_early_is_an_error() -> None:
    def script(window: QWidget) -> Steps:
        window.close()
        QApplication.exit(0)
        yield lambda: False

    with pytest.raises(driver.ScriptError, match="before the script"):
        drive(script)
