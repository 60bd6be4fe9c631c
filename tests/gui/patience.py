"""Waiting as long as a loaded machine needs: who waits for what comes does not wait longer."""

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

PATIENCE = 30_000
"""Milliseconds, for whatever surely happens."""


class Patient(QtBot):
    """Gives up after `PATIENCE`, unless told when."""

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)


def on_window(widget: QWidget, place: QPoint) -> tuple[QWindow, QPoint]:
    """The open window that a widget is in, and the place in its measures.

    What is moved over the window itself arrives there: which of two windows at the same place the
    pointer of a platform without a screen is on, nobody knows.
    """
    handle = widget.window().windowHandle()
    assert handle is not None
    return handle, widget.mapTo(widget.window(), place)


def point_at(widget: QWidget, place: QPoint) -> None:
    """Moves the pointer there, from somewhere else."""
    handle, there = on_window(widget, place)
    QTest.mouseMove(handle, QPoint(1, 1))
    QTest.mouseMove(handle, there)
