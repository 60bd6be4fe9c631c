"""Watchlists and types in the window: switched, changed, merged, coloured; grouped at the left."""

from pathlib import Path

import pytest
from gui_world import Library
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from window_steps import ask

from reader.domain.entity import Alias, Entity, EntityLine
from reader.domain.library import Overview
from reader.domain.looks import EntityType
from reader.domain.reports import ImportReport, Rejected
from reader.domain.watchlist import Watchlist
from reader.errors import TakenError
from reader.gui import icons, type_looks
from reader.gui.exporting import export, losses
from reader.gui.main_window import MainWindow
from reader.gui.models.places import TOP_ENTITIES, sections
from reader.gui.theme import LIGHT
from reader.gui.views.dialogs.import_report import ImportReportDialog
from reader.gui.views.dialogs.joining import MergeQuestion, SplitQuestion
from reader.gui.views.dialogs.watchlists import WatchlistsDialog


@pytest.fixture(autouse=True)
def usual() -> object:
    yield
    type_looks.show(())


@pytest.fixture
def dialog(window: MainWindow, library: Library, qtbot: QtBot) -> WatchlistsDialog:
    library.lists.append(Watchlist("sea", "ships", enabled=False))
    library.entities.append(
        Entity("HMS Dragon", "ship", "sea", (Alias("Dragon"), Alias("D35")), id=7)
    )
    window.places.reload()
    qtbot.waitUntil(lambda: window.places.model.find("list:sea").isValid())
    window.actions_["lists"].trigger()
    made = window.commands.lists.dialog
    assert made is not None
    qtbot.waitUntil(lambda: made.lists.rows.index(0, 2).data() == "12")
    return made


def called(library: Library, name: str) -> list[tuple[object, ...]]:
    return [call[1:] for call in library.calls if call[0] == name]


def choose(dialog: WatchlistsDialog, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows:
        index = dialog.lists.names.index(row, 0)
        dialog.lists.inside.selectionModel().select(index, flags)


def press(dialog: WatchlistsDialog, text: str) -> None:
    page: QWidget = dialog.pages.currentWidget()
    next(b for b in page.findChildren(QPushButton) if b.text() == text).click()


def test_a_box_switches_a_list_and_says_so(
    dialog: WatchlistsDialog, library: Library, qtbot: QtBot
) -> None:
    rows = dialog.lists.rows
    assert rows.setData(
        rows.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole
    )
    qtbot.waitUntil(lambda: "default is switched off" in dialog.told.text())
    assert called(library, "switch_watchlist") == [("default", False)]
    off = Qt.CheckState.Unchecked
    qtbot.waitUntil(lambda: rows.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == off)


def test_names_of_the_chosen_list_can_be_filtered_by_alias(dialog: WatchlistsDialog) -> None:
    assert dialog.lists.names.rowCount() == 6
    dialog.lists.choose("sea")
    assert dialog.lists.names.rowCount() == 1
    dialog.lists.words.setText("d35")
    assert dialog.lists.names.rowCount() == 1
    dialog.lists.words.setText("zz")
    assert dialog.lists.names.rowCount() == 0
    assert "these letters" in dialog.lists.empty.text()


def test_lists_are_made_renamed_noted_and_removed(
    dialog: WatchlistsDialog, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    for button, answer in (("&New…", "ports"), ("&Rename…", "People"), ("N&ote…", "who is who")):
        press(dialog, button)
        question = window.commands.lists.question
        question.field.setText(answer)
        question.confirm()
    press(dialog, "Remo&ve")
    qtbot.waitUntil(lambda: bool(called(library, "remove_watchlist")))
    assert called(library, "add_watchlist") == [("ports",)]
    assert called(library, "rename_watchlist") == [("default", "People")]
    assert called(library, "note_watchlist") == [("default", "who is who")]
    assert called(library, "remove_watchlist") == [("default",)]


def test_several_names_are_merged_moved_and_removed(
    dialog: WatchlistsDialog, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    choose(dialog, 1, 3)
    press(dialog, "Mer&ge…")
    question = window.commands.lists.question
    assert isinstance(question, MergeQuestion)
    question.into.setCurrentIndex(1)
    question.confirm()
    qtbot.waitUntil(lambda: "ports" in dialog.told.text())
    (ids, into) = called(library, "merge_entities")[0]
    assert into == ids[1]
    choose(dialog, 1, 3)
    press(dialog, "&Move to…")
    window.commands.lists.question.field.setText("sea")
    window.commands.lists.question.confirm()
    press(dialog, "Remove names")
    qtbot.waitUntil(lambda: bool(called(library, "untrack_all")))
    assert called(library, "move_entities")[0][1] == "sea"
    assert called(library, "untrack_all") == [(ids,)]


def test_splitting_asks_for_aliases_and_a_name(
    dialog: WatchlistsDialog, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog.lists.choose("sea")
    choose(dialog, 0)
    press(dialog, "&Split…")
    question = window.commands.lists.question
    assert isinstance(question, SplitQuestion)
    question.confirm()
    assert "Tick the aliases" in question.problem.text()
    question.aliases.item(0).setCheckState(Qt.CheckState.Checked)
    assert question.name.text() == "Dragon"
    question.confirm()
    qtbot.waitUntil(lambda: bool(called(library, "split_entity")))
    assert called(library, "split_entity") == [(7, ("Dragon",), "Dragon")]


def test_a_refusal_is_shown_and_the_next_word_takes_it_away(
    dialog: WatchlistsDialog, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.refuse = TakenError("There is a watchlist “sea” already.")
    press(dialog, "&New…")
    window.commands.lists.question.field.setText("sea")
    window.commands.lists.question.confirm()
    qtbot.waitUntil(lambda: "already" in dialog.problem.text())
    library.refuse = None
    dialog.say("Done.")
    assert dialog.problem.text() == ""


def test_a_type_gets_a_colour_and_an_icon_and_everything_shows_them(
    dialog: WatchlistsDialog, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog.tabs.setCurrentIndex(1)
    names = [dialog.types.rows.row(n)[0].name for n in range(dialog.types.rows.rowCount())]
    dialog.types.table.selectRow(names.index("ship"))
    dialog.types.colours["cyan"].click()
    qtbot.waitUntil(lambda: dialog.types.current() == EntityType("ship", "cyan", "tag"))
    assert LIGHT.entity("ship") == type_looks.colours(LIGHT, "cyan")
    dialog.types.icons["star"].click()
    qtbot.waitUntil(lambda: icons.entity_icon("ship") == "star")
    assert called(library, "edit_type") == [("ship", "cyan", None), ("ship", None, "star")]


def test_a_report_names_the_rows_and_can_be_saved(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    rejected = tuple(Rejected(n, "It has no name.") for n in range(2, 1500))
    window.commands.desk._imported("x.csv", ImportReport("watchlist", 5, 0, (), rejected))
    dialog = window.commands.desk.open
    assert isinstance(dialog, ImportReportDialog)
    assert "and 498 more" in dialog.rows.toPlainText()
    dialog.confirm()
    window.commands.desk.open.fileSelected.emit(str(tmp_path / "r.txt"))
    qtbot.waitUntil(lambda: (tmp_path / "r.txt").exists())
    assert "Line 1499: It has no name." in (tmp_path / "r.txt").read_text()
    dialog.close()


def test_exporting_a_table_asks_first_and_json_keeps_the_lists(tmp_path: Path) -> None:
    overview = Overview(
        entities=(
            EntityLine(Entity("B", "ship", "two", note="n"), 9, 9),
            EntityLine(Entity("A", "ship", "one"), 5, 5),
            EntityLine(Entity("C", "ship", "two"), 1, 1),
        ),
        watchlists=(Watchlist("one"), Watchlist("two", "note", False)),
        types=(EntityType("person", "amber", "user-round"), EntityType("ship", "cyan", "tag")),
    )
    assert losses(tmp_path / "x.json", overview) == losses(tmp_path / "x.opml", overview) == ()
    assert len(losses(tmp_path / "x.csv", overview)) == 3
    export(tmp_path / "x.json", overview)
    written = (tmp_path / "x.json").read_text()
    assert written.count('"watchlist"') == 2
    assert '"colour": "cyan"' in written
    assert "amber" not in written


def test_export_of_a_table_goes_on_only_after_the_question(
    window: MainWindow, library: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    library.lists[0] = Watchlist("default", "a note")
    dialog = ask(window, "export")
    dialog.fileSelected.emit(str(tmp_path / "x.csv"))
    qtbot.waitUntil(lambda: window.commands.desk.open is not dialog)
    question = window.commands.desk.open
    assert not (tmp_path / "x.csv").exists()
    question.confirm()
    qtbot.waitUntil(lambda: (tmp_path / "x.csv").exists())
    dialog.close()


def test_names_stand_by_list_as_soon_as_there_are_two() -> None:
    names = [Entity(f"N{n:02}", "topic", "libya", id=n + 1) for n in range(TOP_ENTITIES + 2)]
    lines = tuple(EntityLine(one, 50 - one.id, 1) for one in names)
    far = EntityLine(Entity("Far", "topic", "syria", id=90), 0, 0, enabled=False)
    lists = (Watchlist("libya"), Watchlist("syria", enabled=False), Watchlist("empty"))

    def rows(overview: Overview, **more: bool) -> list[tuple[str, int, bool]]:
        section = next(s for s in sections(overview, **more) if s.key == "section:entities")
        return [(row.title, len(row.below), row.off) for row in section.below]

    grouped = Overview(entities=(*lines, far), watchlists=lists)
    assert rows(grouped) == [
        ("empty", 0, False), ("libya", TOP_ENTITIES + 1, False), ("syria", 0, True),
    ]  # fmt: skip
    assert rows(grouped, all_entities=True)[1] == ("libya", TOP_ENTITIES + 3, False)
    alone = Overview(entities=lines, watchlists=lists[:1])
    assert rows(alone)[0] == ("N00", 0, False)


def test_the_sidebar_searches_and_switches_a_list(
    dialog: WatchlistsDialog, window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    dialog.close()
    place = window.places.model.place(window.places.model.find("list:sea"))
    window.sidebar.asked.emit("switch", place)
    qtbot.waitUntil(lambda: called(library, "switch_watchlist") == [("sea", True)])
    window.sidebar.asked.emit("search_list", place)
    assert window.top.search.text() == 'watchlist:"sea"'


def test_chosen_names_stay_chosen_when_the_lists_are_shown_again(
    dialog: WatchlistsDialog, window: MainWindow
) -> None:
    choose(dialog, 0, 1, 4)
    before = dialog.lists.chosen()
    entities = window.places.overview.entities
    dialog.show_lists([dialog.lists.rows.row(0)], entities)
    assert dialog.lists.chosen() == before
    assert len(before) == 3


def test_no_button_is_narrower_than_its_words(dialog: WatchlistsDialog, qtbot: QtBot) -> None:
    dialog.resize(dialog.minimumSize())
    for page in (0, 1):
        dialog.tabs.setCurrentIndex(page)
        qtbot.waitUntil(dialog.pages.widget(page).isVisible)
        for button in dialog.findChildren(QPushButton):
            if button.isVisible() and button.text():
                assert button.width() >= button.sizeHint().width(), button.text()
    dialog.reject()


def test_the_keyboard_begins_with_the_lists(dialog: WatchlistsDialog) -> None:
    assert dialog.focusWidget() is dialog.lists.table
    dialog.reject()
