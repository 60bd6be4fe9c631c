"""Saved searches in the sidebar: folders, a month at a glance, what is broken, what is asked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gui_world import Library
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDropEvent, QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from window_steps import reread

from reader.domain.alert import AlertRule
from reader.domain.library import FolderLine, Overview, Totals
from reader.domain.scope import Scope
from reader.domain.search import SavedLine, SavedSearch
from reader.errors import FileError
from reader.gui.main_window import MainWindow
from reader.gui.models.places import Place
from reader.gui.models.sidebar import SEARCH, SidebarModel
from reader.gui.views import paint
from reader.gui.views.sidebar import Sidebar
from reader.gui.views.sidebar_delegate import EDGE, ROW
from reader.gui.views.sparkline import WIDTH, paint_sparkline, points

Show = Callable[..., Sidebar]
DAYS = tuple(n % 5 for n in range(30))


def saved(number: int, name: str, folder: str = "", **more: object) -> SavedLine:
    total, unread = int(str(more.pop("total", 40))), int(str(more.pop("unread", 0)))
    search = SavedSearch(number, name, f"q{number}", folder=folder, **more)
    return SavedLine(search, total, unread, DAYS, kept=3, noise=1)


OVERVIEW = Overview(
    Totals(articles=10),
    saved=(
        saved(1, "Air defence", "Libya", alert=True, total=1_284, unread=12),
        saved(2, "Tobruk", "Libya"),
        saved(3, "Elections", "africa", broken="There is no entity called “Haftar”."),
        saved(4, "Ports"),
    ),
    saved_folders=(FolderLine("Libya", 1_300, 12), FolderLine("africa", 9, 0)),
)


@pytest.fixture
def model() -> SidebarModel:
    made = SidebarModel()
    made.set_overview(OVERVIEW)
    return made


@pytest.fixture
def sidebar(model: SidebarModel, shown: Callable[..., QWidget]) -> Sidebar:
    made = shown(Sidebar(model), 300, 700)
    assert isinstance(made, Sidebar)
    return made


def below(model: SidebarModel, key: str) -> list[str]:
    index = model.find(key)
    return [model.index(row, 0, index).data() for row in range(model.rowCount(index))]


def place(model: SidebarModel, key: str) -> Place:
    found = model.place(model.find(key))
    assert found is not None
    return found


# folders


def test_searches_stand_in_their_folders_and_these_first(model: SidebarModel) -> None:
    assert below(model, "section:saved") == ["africa", "Libya", "Ports"]
    assert below(model, "shelf:Libya") == ["Air defence", "Tobruk"]
    folder = place(model, "shelf:Libya")
    assert (folder.count, folder.unread, folder.scope) == (1_300, 12, Scope(saved_folder="Libya"))


def test_the_tree_stays_sound_while_searches_move_between_folders(model: SidebarModel) -> None:
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning, None
    )
    moved = tuple(
        replace(line, saved=replace(line.saved, folder=folder))
        for line, folder in zip(OVERVIEW.saved, ("", "africa", "new", "new"), strict=True)
    )
    model.set_overview(replace(OVERVIEW, saved=moved, saved_folders=()))
    assert below(model, "section:saved") == ["africa", "new", "Air defence"]
    model.set_overview(OVERVIEW)
    assert below(model, "shelf:Libya") == ["Air defence", "Tobruk"]
    del tester


def test_a_folder_is_folded_by_its_chevron_and_stays_so(sidebar: Sidebar) -> None:
    index = sidebar.places.find("shelf:Libya")
    assert sidebar.isExpanded(index)
    box = QRectF(sidebar.visualRect(index))
    at = QPoint(EDGE + 4, round(box.center().y()))
    QTest.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not sidebar.isExpanded(index)
    assert sidebar.closed() == ["shelf:Libya"]
    sidebar.places.set_overview(replace(OVERVIEW, totals=Totals(articles=11)))
    assert not sidebar.isExpanded(sidebar.places.find("shelf:Libya"))


# what a row tells


def test_a_broken_search_says_why_and_that_nothing_is_lost(model: SidebarModel) -> None:
    broken = place(model, "saved:3")
    assert broken.problem == "There is no entity called “Haftar”."
    assert broken.problem in broken.tip
    assert "is kept" in broken.tip


def test_the_tip_tells_the_alert_and_how_good_it_is() -> None:
    rule = AlertRule(when="daily", channels=("desktop", "email"))
    line = replace(saved(1, "A", alert=True), saved=SavedSearch(1, "A", "q", True, rule=rule))
    model = SidebarModel()
    model.set_overview(Overview(saved=(line,)))
    tip = place(model, "saved:1").tip
    assert "Alert: daily, on the desktop, by e-mail" in tip
    assert "3 kept · 1 noise · 75 %" in tip
    assert f"{sum(DAYS)} in the last 30 days" in tip


def test_a_screen_reader_hears_what_the_line_shows(model: SidebarModel) -> None:
    said = model.find("saved:1").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == f"Air defence, 12 unread, 1,284 articles, {sum(DAYS)} in the last 30 days"


def test_trouble_with_channels_stands_beside_the_alerts(model: SidebarModel) -> None:
    model.set_trouble("E-mail: the server cannot be reached.")
    assert place(model, "alerts").problem == "E-mail: the server cannot be reached."
    model.set_overview(OVERVIEW)
    assert place(model, "alerts").problem
    model.set_trouble("")
    assert not place(model, "alerts").problem


# a month at a glance


def test_a_sparkline_rises_with_its_days_and_lies_flat_without_hits() -> None:
    box = QRectF(10, 20, 29, 10)
    line = points(box, (0, 5, 10))
    assert [(p.x(), p.y()) for p in line] == [(10, 30), (24.5, 25), (39, 20)]
    assert {p.y() for p in points(box, (0,) * 30)} == {30}
    assert len(points(box, DAYS)) == 30


@pytest.mark.parametrize(
    ("days", "ink"), [(DAYS, True), ((0,) * 30, True), ((), False), ((4,), False)]
)
def test_nothing_is_drawn_for_less_than_two_days(days: Sequence[int], ink: bool) -> None:
    image = QImage(40, 16, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_sparkline(painter, QRectF(2, 2, 34, 12), days, QColor("#333333"))
    painter.end()
    assert any(image.pixel(x, y) for x in range(40) for y in range(16)) == ink


@pytest.mark.parametrize("width", range(150, 330, 15))
def test_sparklines_end_in_one_column_and_give_way_to_names(
    sidebar: Sidebar, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """A name is cut only where it is too long by itself."""
    boxes: list[QRectF] = []
    names: dict[str, tuple[float, float]] = {}
    text = paint.line_of_text

    def line_of_text(painter: QPainter, box: QRectF, said: str, *more: Any) -> None:
        names[said] = (QFontMetricsF(more[0]).horizontalAdvance(said), box.width())
        text(painter, box, said, *more)

    monkeypatch.setattr("reader.gui.views.sidebar_delegate.paint.line_of_text", line_of_text)
    monkeypatch.setattr(
        "reader.gui.views.sidebar_delegate.paint_sparkline",
        lambda _painter, box, _days, _ink: boxes.append(box),
    )
    sidebar.resize(width, 700)
    sidebar.grab()
    assert len({box.right() for box in boxes}) <= 1
    assert all(16 <= box.width() <= WIDTH and box.height() < ROW for box in boxes)
    assert boxes if width >= 225 else width > 165 or not boxes
    for name in ("Air defence", "Tobruk", "Ports"):
        wide, room = names[name]
        assert wide <= room or width < 210, name


def test_a_published_search_shows_it_and_says_where(sidebar: Sidebar) -> None:
    before = sidebar.grab().toImage()
    lines = (replace(OVERVIEW.saved[0], files=("/srv/libya.atom",)), *OVERVIEW.saved[1:])
    sidebar.places.set_overview(replace(OVERVIEW, saved=lines))
    assert sidebar.grab().toImage() != before
    there = place(sidebar.places, "saved:1")
    assert "Published to /srv/libya.atom" in there.tip
    assert there.tip.splitlines()[0] == "Air defence"
    verbs = [action.text() for action in sidebar.menu_for(there).actions()]
    assert "Stop publishing" in verbs


def test_publishing_is_stopped_and_said_to_leave_the_file(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    there = place(window.places.model, "saved:1")
    line = replace(there.item, files=("/srv/libya.atom",))
    window.commands.asked("unpublish", replace(there, item=line))
    qtbot.waitUntil(lambda: ("unpublish_search", there.title) in library.calls)
    qtbot.waitUntil(lambda: "libya.atom" in window.status.message.text())


def test_removing_a_published_search_is_said_to_leave_the_file(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    there = place(window.places.model, "saved:1")
    window.commands.asked("remove", replace(there, published=True))
    qtbot.waitUntil(lambda: ("remove_search", there.title) in library.calls)
    assert "Its feed file stays as it was" in window.status.message.text()


# what is asked


def test_the_menus_offer_what_can_be_done(sidebar: Sidebar) -> None:
    menus = {
        key: [a.text() for a in sidebar.menu_for(place(sidebar.places, key)).actions() if a.text()]
        for key in ("saved:1", "shelf:Libya", "alerts")
    }
    assert menus["saved:1"] == [
        "Search again", "Mark all read", "Edit…", "Alert", "Judge what it fired",
        "Publish as feed file…", "Move to folder…", "Remove",
    ]  # fmt: skip
    assert menus["alerts"] == ["Mark all read", "Alert channels…"]
    assert menus["shelf:Libya"] == ["Mark all read", "Rename…", "Take out of the folder"]


def drop(sidebar: Sidebar, key: str, onto: str) -> bool:
    """Whether it was taken."""
    model = sidebar.places
    data = model.mimeData([model.find(key)])
    at = QPointF(sidebar.visualRect(model.find(onto)).center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(at, Qt.DropAction.MoveAction, data, buttons, keys)
    sidebar.dropEvent(event)
    return event.isAccepted()


@pytest.mark.parametrize(
    ("onto", "folder"),
    [("shelf:Libya", "Libya"), ("saved:1", "Libya"), ("saved:4", ""), ("section:saved", "")],
)
def test_a_search_is_dragged_into_a_folder_or_out_of_it(
    sidebar: Sidebar, qtbot: QtBot, onto: str, folder: str
) -> None:
    with qtbot.waitSignal(sidebar.dropped) as told:
        assert drop(sidebar, "saved:3", onto)
    assert told.args == ["Elections", folder]


def test_nothing_else_is_dragged_and_nowhere_else_takes_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    model = sidebar.places
    draggable = Qt.ItemFlag.ItemIsDragEnabled
    assert model.flags(model.find("saved:1")) & draggable
    for key in ("shelf:Libya", "all", "section:saved"):
        assert not model.flags(model.find(key)) & draggable
        assert model.mimeData([model.find(key)]).data(SEARCH).isEmpty()
    with qtbot.assertNotEmitted(sidebar.dropped):
        assert not drop(sidebar, "saved:3", "all")
    foreign = QMimeData()
    foreign.setText("x")
    assert model.folder_for(QModelIndex()) is None


def settled(window: MainWindow, library: Library, qtbot: QtBot, folder: str = "Libya") -> None:
    """The first search is in a folder."""
    library.saved[0] = replace(library.saved[0], folder=folder)
    reread(window, qtbot)


def edited(library: Library) -> list[tuple[object, ...]]:
    return [call for call in library.calls if call[0] == "edit_search"]


def test_a_search_moves_to_the_folder_that_is_named(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    settled(window, library, qtbot)
    window.commands.asked("move", place(window.places.model, "saved:2"))
    dialog = window.commands.shelves.open
    dialog.field.setText("Libya")
    dialog.confirm()
    qtbot.waitUntil(lambda: library.saved[1].folder == "Libya")


def test_a_folder_is_renamed_and_taken_apart_with_all_that_is_in_it(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    settled(window, library, qtbot)
    window.commands.asked("rename", place(window.places.model, "shelf:Libya"))
    window.commands.shelves.open.field.setText("North Africa")
    window.commands.shelves.open.confirm()
    qtbot.waitUntil(lambda: window.places.model.find("shelf:North Africa").isValid())
    assert library.saved[0].folder == "North Africa"
    window.commands.asked("dissolve", place(window.places.model, "shelf:North Africa"))
    qtbot.waitUntil(lambda: library.saved[0].folder == "")


def test_dropping_where_it_is_already_changes_nothing(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.sidebar.dropped.emit("Haftar", "")
    window.sidebar.dropped.emit("Nobody", "Libya")
    window.sidebar.dropped.emit("Haftar", "Libya")
    qtbot.waitUntil(lambda: len(edited(library)) == 1)


def test_judging_leads_to_the_inbox_with_this_search_alone(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.commands.asked("judge", place(window.places.model, "saved:1"))
    qtbot.waitUntil(lambda: window.articles.shown.scope.alerts)
    assert window.inbox.presenter.filter.saved == 1


def test_publishing_asks_where_and_says_what_was_refused(
    window: MainWindow, library: Library, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    window.commands.asked("publish", place(window.places.model, "saved:1"))
    dialog = window.commands.shelves.open
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "libya.atom"))
    dialog.close()
    qtbot.waitUntil(
        lambda: ("publish_search", "Air defence to Libya") in [c[:2] for c in library.calls]
    )
    qtbot.waitUntil(lambda: "libya.atom" in window.status.message.text())
    library.refuse = FileError("libya.atom is there already, and is no file of ours.")
    window.commands.shelves._publish("Air defence to Libya", str(tmp_path / "libya.atom"))
    qtbot.waitUntil(lambda: "is no file of ours" in window.status.message.text())
    library.refuse = None
