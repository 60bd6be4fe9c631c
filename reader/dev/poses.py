"""The states of the window that the gallery shows, as scripts inside the window's process."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.dev import poses_alerts, poses_highlights, poses_profile, poses_workshop
from reader.dev.camera import QUIET, Camera, article, pose_dialog
from reader.dev.driver import Steps, drive, rows_on_show
from reader.gui.application import open_window
from reader.gui.main_window import MainWindow
from reader.paths import LibraryPaths

_LANGUAGES = {"english": "en", "arabic": "ar", "japanese": "ja", "russian": "ru"}
_QUERIES = (
    ("search-nothing", "zeppelin"),
    ("search-meant", "tobrukk"),
    ("search-error", 'title:"unfinished AND ('),
    ("search-arabic", 'درنة OR "الدفاع الجوي" lang:ar'),
    ("search-long", " OR ".join(f'"word {number}" lang:en' for number in range(250))),
)
_DIALOGS = (
    "tag", "note", "older_read", "track", "lists", "starter", "channels", "shortcuts",
    "palette", "about",
)  # fmt: skip
_PROGRESS = (7, 19, 1, "The Harbour Courier")


def main(words: Sequence[str]) -> int:
    """`words`: which states, the library, the scheme, the size as WxH, and the folder."""
    states, library, scheme, size, folder = words
    width, _, height = size.partition("x")
    camera = Camera(Path(folder), f"{scheme}-{size}")
    poses = {
        "empty": _empty, "failing": _failing, "demo": _demo, "alerts": poses_alerts.alerts,
        "workshop": poses_workshop.workshop,
    }[states]  # fmt: skip

    def opened() -> int:
        paths = LibraryPaths(Path(library))
        return open_window(paths, scheme=scheme, size=(int(width), int(height)))

    return drive(opened, lambda window: poses(window, camera), patience=60.0)


def _empty(window: MainWindow, camera: Camera) -> Steps:
    yield window.list.is_empty
    yield QUIET
    camera.take(window, "empty")
    yield from pose_dialog(window, camera, "add_feed", "dialog-add-feed-first")


def _failing(window: MainWindow, camera: Camera) -> Steps:
    yield lambda: rows_on_show(window)
    yield QUIET
    camera.take(window, "failing")
    yield from pose_dialog(window, camera, "problems", "failing-list")


def _demo(window: MainWindow, camera: Camera) -> Steps:
    yield lambda: rows_on_show(window)
    yield QUIET
    camera.take(window, "list")
    yield from _alerts(window, camera)
    for name, language in _LANGUAGES.items():
        yield from article(window, language)
        camera.take(window, name)
    yield from poses_highlights.highlights(window, camera)
    yield from _searches(window, camera)
    window.show_progress(*_PROGRESS)
    yield QUIET
    camera.take(window, "refreshing")
    window.show_finished("3 new, 1 updated, 205 unchanged.")
    yield from article(window, "en")
    window.actions_["star"].trigger()
    for action in _DIALOGS:
        yield from pose_dialog(window, camera, action, f"dialog-{action.replace('_', '-')}")
    window.go_to(f"entity:{window.places.overview.entities[0].entity.id}")
    yield lambda: rows_on_show(window)
    yield QUIET
    camera.take(window, "entity")
    yield from poses_profile.profile(window, camera)
    window.actions_["compact"].trigger()
    yield QUIET
    camera.take(window, "compact")
    window.actions_["compact"].trigger()


def _alerts(window: MainWindow, camera: Camera) -> Steps:
    """The inbox as most will know it: nothing is broken, nothing held up, two are judged."""
    window.go_to("alerts")
    yield lambda: window.inbox.on_show and rows_on_show(window)
    yield QUIET
    window.list.table.choose(0)
    for action in ("keep", "noise"):
        yield QUIET
        window.actions_[action].trigger()
    yield QUIET
    window.list.table.choose(0)
    yield QUIET
    camera.take(window, "alerts")
    window.go_to("all")
    yield lambda: not window.inbox.on_show and rows_on_show(window)


def _searches(window: MainWindow, camera: Camera) -> Steps:
    yield from _writing(window, camera)
    yield from _results(window, camera)
    for name, query in _QUERIES:
        yield from _search(window, query)
        camera.take(window, name)
    yield from pose_dialog(window, camera, "search_help", "dialog-search-help")
    window.go_to("all")
    yield QUIET


def _writing(window: MainWindow, camera: Camera) -> Steps:
    """What opens under the box before and while something is written."""
    box = window.top.search
    window.activateWindow()
    window.actions_["search"].trigger()
    yield QUIET
    camera.take(window, "search-before")
    for name, text in (("search-field", "f"), ("search-value", "derna entity:")):
        box.field.selectAll()
        box.field.insertPlainText(text)
        yield QUIET
        camera.take(window, name)
    QTest.keyClick(box.field, Qt.Key.Key_Escape)


def _results(window: MainWindow, camera: Camera) -> Steps:
    """A search, an article with its hits, the results narrowed, in another order and saved."""
    yield from _search(window, 'derna (S-300 OR "air defence") last:30d')
    camera.take(window, "search")
    yield from pose_dialog(window, camera, "save_search", "dialog-save-search")
    yield from pose_dialog(window, camera, "build_search", "dialog-search-form")
    yield from article(window, "en")
    window.actions_["next_hit"].trigger()
    yield QUIET
    camera.take(window, "search-hits")
    window.facets.narrow_wanted.emit("entity", "S-400", True)
    yield lambda: "S-400" in window.search.query
    window.facets.narrow_wanted.emit("lang", "en", False)
    yield lambda: "lang:" in window.search.query and rows_on_show(window)
    yield QUIET
    camera.take(window, "search-narrowed")
    window.actions_["sort_score"].trigger()
    yield QUIET * 1.5
    camera.take(window, "search-relevance")
    window.actions_["sort_date"].trigger()


def _search(window: MainWindow, query: str) -> Steps:
    window.search_for(query)
    window.search.keep(query)
    yield QUIET * 1.5
