"""The states of the inbox, the alert studio and the channels, for the gallery."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.dev.camera import QUIET, Camera, dialogs, pose_dialog
from reader.dev.driver import Steps, rows_on_show
from reader.gui.main_window import MainWindow
from reader.gui.models.places import Place
from reader.gui.views.dialogs.channels import ChannelsDialog

_STUDIOS = (
    ("studio-new", "derna OR درنة"),
    ("studio-empty", ""),
    ("studio-none", "tobrukk zeppelinn"),
    ("studio-refused", 'title:"unfinished AND ('),
)
_VERDICTS = (Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_K, Qt.Key.Key_N)


def alerts(window: MainWindow, camera: Camera) -> Steps:
    yield lambda: rows_on_show(window)
    yield QUIET
    yield from _inbox(window, camera)
    yield from _places(window, camera)
    yield from _studio(window, camera)
    yield from pose_dialog(window, camera, "channels", "dialog-channels-refused")
    yield from _failing_channel(window, camera)


def _failing_channel(window: MainWindow, camera: Camera) -> Steps:
    window.actions_["channels"].trigger()
    yield lambda: bool(dialogs())
    for dialog in dialogs():
        if isinstance(dialog, ChannelsDialog):
            dialog.choose("webhook")
    yield QUIET
    camera.take(window, "dialog-channels-failing")
    for dialog in reversed(dialogs()):
        dialog.reject()
    yield lambda: not dialogs()


def _inbox(window: MainWindow, camera: Camera) -> Steps:
    """As it is found, an alert with its words, several judged, and each filter's empty list."""
    window.actions_["alerts"].trigger()
    yield lambda: window.inbox.on_show and rows_on_show(window)
    yield QUIET
    camera.take(window, "inbox")
    table = window.list.table
    table.choose(0)
    yield QUIET * 1.5
    camera.take(window, "inbox-alert")
    table.setFocus()
    for key in _VERDICTS:
        QTest.keyClick(table, key)
        yield 0.3
    yield QUIET
    camera.take(window, "inbox-judged")
    window.inbox.filter_by(_saved(window, "Derna").item.saved.id)
    yield QUIET * 1.5
    camera.take(window, "inbox-one")
    window.actions_["inbox_noise"].trigger()
    yield QUIET
    camera.take(window, "inbox-noise")
    window.inbox.filter_by(_saved(window, "Nothing yet").item.saved.id)
    yield QUIET
    camera.take(window, "inbox-empty")
    window.actions_["inbox_clear"].trigger()
    yield QUIET


def _places(window: MainWindow, camera: Camera) -> Steps:
    """A saved search, one that is broken, a folder of them, and the copies of one article."""
    for name, key in (("saved", "Derna"), ("saved-broken", "Half a phrase")):
        window.go_to(_saved(window, key).key)
        yield QUIET * 1.5
        camera.take(window, name)
    window.go_to("shelf:Libya")
    yield QUIET * 1.5
    camera.take(window, "saved-folder")
    yield from _copies(window, camera)


def _copies(window: MainWindow, camera: Camera) -> Steps:
    window.go_to("all")
    yield lambda: rows_on_show(window)
    rows = window.list.table.rows
    lines = [rows.known(number) for number in rows.ids[:256]]
    copied = [line for line in lines if line is not None and line.copies > 1]
    if not copied:
        return
    window.list.table.choose(rows.row_of(copied[0].id))
    yield QUIET
    camera.take(window, "copied")
    page = window.view.page.verticalScrollBar()
    page.setValue(page.maximum())
    yield QUIET
    camera.take(window, "copied-end")
    window.actions_["copies"].trigger()
    yield QUIET * 1.5
    camera.take(window, "copies")


def _studio(window: MainWindow, camera: Camera) -> Steps:
    desk = window.commands.desk
    for name, query in _STUDIOS:
        desk.save_search(query, alert=True)
        yield from _open_studio(window, camera, name)
    desk.edit_search(_saved(window, "خفر السواحل والدفاع الجوي في درنة"))
    yield from _open_studio(window, camera, "studio-edit")
    desk.edit_search(_saved(window, "Half a phrase"))
    yield from _open_studio(window, camera, "studio-broken")


def _open_studio(window: MainWindow, camera: Camera, name: str) -> Steps:
    """With what it has found, two samples judged and one in full, and closed again."""
    yield lambda: bool(dialogs())
    yield lambda: window.commands.desk.studio.presenter.trial.state != "trying"
    yield QUIET * 3
    camera.take(window, name)
    studio = window.commands.desk.studio.dialog
    if studio is not None and name == "studio-new":
        samples = studio.trial.samples
        samples.setFocus()
        for key in (Qt.Key.Key_K, Qt.Key.Key_N):
            QTest.keyClick(samples, key)
            yield 0.2
        camera.take(window, "studio-judged")
        QTest.keyClick(samples, Qt.Key.Key_Return)
        yield QUIET
        camera.take(window, "studio-sample")
    for dialog in reversed(dialogs()):
        dialog.reject()
        if dialog.isVisible():
            dialog.reject()
    yield lambda: not dialogs()


def _saved(window: MainWindow, name: str) -> Place:
    line = next(one for one in window.places.overview.saved if one.saved.name == name)
    model = window.places.model
    place = model.place(model.find(f"saved:{line.saved.id}"))
    assert place is not None  # noqa: S101 - every saved search stands in the sidebar
    return place
