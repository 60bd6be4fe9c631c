"""The states of the workshop, and of the names nobody tracks yet, for the gallery."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.dev.camera import QUIET, Camera, dialogs
from reader.dev.driver import Steps, rows_on_show
from reader.domain.entity import Alias
from reader.gui.main_window import MainWindow
from reader.gui.views.dialogs.entity import EntityDialog
from reader.gui.views.dialogs.entity_findings import SUGGESTIONS, WARNINGS

_PAUSE = 0.3


def workshop(window: MainWindow, camera: Camera) -> Steps:
    yield lambda: rows_on_show(window)
    yield QUIET
    yield from _new(window, camera)
    yield from _known(window, camera)
    yield from _discovery(window, camera)


def _new(window: MainWindow, camera: Camera) -> Steps:
    """Before there is a name, one that is nowhere, and one that cannot be saved so."""
    desk = window.commands.desk
    desk.track()
    yield QUIET
    camera.take(window, "workshop-empty")
    yield from _leave()
    desk.track("Zeppelin")
    yield lambda: _answered(window)
    yield QUIET
    camera.take(window, "workshop-nowhere")
    yield from _leave()
    desk.track("Derna")
    dialog = _dialog(window)
    dialog.aliases.add([Alias("…"), Alias("US"), Alias("port")])
    yield QUIET * 2
    camera.take(window, "workshop-refused")
    yield from _leave()


def _known(window: MainWindow, camera: Camera) -> Steps:
    """An entity with many spellings: one of them with conditions, samples judged, advice."""
    lines = window.places.overview.entities
    best = max(lines, key=lambda line: (len(line.entity.aliases) > 2, line.articles))
    window.commands.desk.edit_entity(best.entity.id)
    dialog = _dialog(window)
    yield lambda: _answered(window)
    yield QUIET
    camera.take(window, "workshop")
    dialog.aliases.setCurrentCell(1, 0)
    dialog.names.options.rules.add.click()
    dialog.names.options.rules.rows[0].words.setText("Libya, LNA")
    yield lambda: _answered(window)
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N):
        QTest.keyClick(dialog.findings.samples, key)
    dialog.names.note.setPlainText("A port, and the district around it.")
    yield QUIET
    camera.take(window, "workshop-conditions")
    dialog.findings.tabs.setCurrentIndex(SUGGESTIONS)
    yield _PAUSE
    camera.take(window, "workshop-suggestions")
    dialog.aliases.add([Alias("port"), Alias("X")])
    yield lambda: _answered(window)
    dialog.findings.tabs.setCurrentIndex(WARNINGS)
    dialog.names.tabs.setCurrentIndex(1)
    yield QUIET
    camera.take(window, "workshop-warnings")
    yield from _leave()


def _discovery(window: MainWindow, camera: Camera) -> Steps:
    """While it looks, what it has found, a name in the workshop, and a filter without names."""
    desk = window.commands.desk
    window.actions_["discover"].trigger()
    yield 0.05
    camera.take(window, "discover-looking")
    yield lambda: desk.discovery.presenter.found.state == "done"
    yield QUIET
    camera.take(window, "discover")
    dialog = desk.discovery.dialog
    assert dialog is not None  # noqa: S101 - it was opened above
    QTest.keyClick(dialog.list, Qt.Key.Key_T)
    yield lambda: _answered(window)
    yield QUIET
    camera.take(window, "discover-workshop")
    _dialog(window).reject()
    dialog.words.setText("zeppelin")
    yield _PAUSE
    camera.take(window, "discover-filtered")
    yield from _leave()


def _answered(window: MainWindow) -> bool:
    presenter = window.commands.desk.workshop.presenter
    return presenter.tried.state == "done" and presenter.advice.state == "done"


def _dialog(window: MainWindow) -> EntityDialog:
    dialog = window.commands.desk.workshop.dialog
    assert dialog is not None  # noqa: S101 - it was opened before
    return dialog


def _leave() -> Steps:
    """Twice where something was changed."""
    for dialog in reversed(dialogs()):
        dialog.reject()
        if dialog.isVisible():
            dialog.reject()
    yield lambda: not dialogs()
