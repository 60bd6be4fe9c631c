from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from gui_world import Library
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.domain.entity import Entity, EntityLine
from reader.domain.feed import Feed, FeedLine
from reader.domain.library import FolderLine, Overview, Totals
from reader.domain.scope import Scope
from reader.domain.search import SavedLine, SavedSearch
from reader.gui.models.places import TOP_ENTITIES, Place, sections
from reader.gui.models.sidebar import SidebarModel
from reader.gui.theme import DARK, LIGHT
from reader.gui.views.sidebar import MENUS, Sidebar

OVERVIEW = Library().overview()
PUBLISHED = replace(
    OVERVIEW, saved=tuple(replace(line, files=("/srv/one.xml",)) for line in OVERVIEW.saved)
)


def tree(model: SidebarModel, parent: QModelIndex | None = None) -> list[object]:
    """Titles, each with those below it."""
    rows: list[object] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        below = tree(model, index)
        rows.append((index.data(), below) if below else index.data())
    return rows


def section(overview: Overview, title: str) -> list[Place]:
    return list(next(place for place in sections(overview) if place.title == title).below)


def feed(number: int, title: str, folder: str = "", **more: str) -> FeedLine:
    return FeedLine(Feed(number, f"http://{number}.test", title, title, folder, **more), 9, 4)


def test_library_comes_first_with_its_counts() -> None:
    totals = Totals(articles=48_210, unread=1_284, starred=96, alerts_unseen=2)
    rows = section(Overview(totals), "Library")
    assert [(r.title, r.count, r.unread) for r in rows] == [
        ("All articles", 48_210, 0), ("Unread", 1_284, 0), ("Starred", 96, 0), ("Alerts", 0, 2),
    ]  # fmt: skip
    assert [r.scope for r in rows] == [
        Scope(), Scope(unread=True), Scope(starred=True), Scope(alerts=True),
    ]  # fmt: skip


def test_nobody_is_told_to_add_feeds_before_it_is_known_that_there_are_none() -> None:
    model = SidebarModel()
    assert not model.find("hint:feeds").isValid()
    model.set_overview(Overview())
    assert model.find("hint:feeds").isValid()


def test_feeds_stand_in_nested_folders_by_name() -> None:
    overview = Overview(
        folders=(FolderLine("B", 3, 1), FolderLine("A/Deep", 2, 2), FolderLine("A", 5, 2)),
        feeds=(feed(1, "zeta", "A/Deep"), feed(2, "Alpha", "A/Deep"), feed(3, "top"),
               feed(4, "in A", "A")),
    )  # fmt: skip
    model = SidebarModel()
    model.set_overview(overview)
    assert tree(model)[2] == (
        "Feeds",
        [("A", [("Deep", ["Alpha", "zeta"]), "in A"]), "B", "top"],
    )


def test_folders_only_named_by_feeds_are_there_too() -> None:
    rows = section(Overview(feeds=(feed(1, "x", "One/Two"),)), "Feeds")
    assert (rows[0].title, rows[0].below[0].title) == ("One", "Two")
    assert rows[0].below[0].scope == Scope(folder="One/Two")


def test_a_failing_feed_says_why() -> None:
    row = section(Overview(feeds=(feed(1, "x", error="Gone. Remove it."),)), "Feeds")[0]
    assert row.problem == "Gone. Remove it."
    assert "Gone. Remove it." in row.tip


def test_a_feed_without_a_title_is_named_by_its_address() -> None:
    assert section(Overview(feeds=(feed(7, ""),)), "Feeds")[0].title == "http://7.test"


def test_saved_searches_tell_total_unread_query_and_alert() -> None:
    saved = SavedSearch(3, "Air defence", "s-400 OR patriot", alert=True)
    row = section(Overview(saved=(SavedLine(saved, 1284, 37),)), "Saved searches")[0]
    assert (row.count, row.unread, row.icon, row.scope) == (1284, 37, "bell", Scope(saved=3))
    assert "s-400 OR patriot" in row.tip


def test_a_saved_search_that_cannot_be_run_says_why() -> None:
    saved = SavedSearch(3, "Old", "x", broken="The tag is gone.")
    row = section(Overview(saved=(SavedLine(saved, 0, 0),)), "Saved searches")[0]
    assert row.problem == "The tag is gone."


def test_entities_are_the_most_mentioned_ones_until_all_are_wanted() -> None:
    lines = tuple(EntityLine(Entity(f"E{n}", "place", id=n), n, n) for n in range(1, 40))
    model = SidebarModel()
    model.set_overview(Overview(entities=lines))
    entities = tree(model)[3]
    assert entities[1][0] == "E39"
    assert entities[1][-1] == "Show all 39"
    assert len(entities[1]) == TOP_ENTITIES + 1
    model.show_all_entities(show=True)
    assert len(tree(model)[3][1]) == 40
    assert tree(model)[3][1][-1] == "Show fewer"


def test_empty_sections_say_how_to_fill_them() -> None:
    for title in ("Saved searches", "Feeds", "Entities"):
        rows = section(Overview(), title)
        assert [row.kind for row in rows if row.kind != "act"] == ["hint"]
    assert "Tags" not in [place.title for place in sections(Overview())]


@pytest.fixture
def model(qapp: QApplication) -> Iterator[SidebarModel]:
    made = SidebarModel()
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning)
    made.set_overview(OVERVIEW)
    yield made
    assert tester.model() is made


def test_new_counts_change_rows_and_nothing_else(model: SidebarModel, qtbot: QtBot) -> None:
    totals = replace(OVERVIEW.totals, articles=99)
    with (
        qtbot.assertNotEmitted(model.rowsInserted),
        qtbot.assertNotEmitted(model.rowsRemoved),
        qtbot.assertNotEmitted(model.modelReset),
    ):
        model.set_overview(replace(OVERVIEW, totals=totals))
    assert model.place(model.find("all")).count == 99


def test_feeds_come_go_and_move(model: SidebarModel) -> None:
    fewer = [replace(line, feed=replace(line.feed, folder="New/Place")) for line in OVERVIEW.feeds]
    model.set_overview(replace(OVERVIEW, feeds=tuple(fewer[:2]), folders=()))
    assert tree(model)[2] == (
        "Feeds", [("New", [("Place", ["Defence Weekly Bulletin", "Harbour Review"])])]
    )  # fmt: skip
    model.set_overview(OVERVIEW)
    assert model.find("feed:5").data() == "海洋安全ジャーナル"


def test_an_order_that_changes_moves_rows_and_keeps_who_they_are(
    model: SidebarModel, qtbot: QtBot
) -> None:
    lines = [replace(line, articles=line.entity.id) for line in OVERVIEW.entities]
    with qtbot.waitSignal(model.rowsMoved), qtbot.assertNotEmitted(model.rowsInserted):
        model.set_overview(replace(OVERVIEW, entities=tuple(lines)))
    assert tree(model)[3][1][0] == "Berlin conference"


def test_the_new_value_is_at_hand_even_where_the_row_looks_the_same(model: SidebarModel) -> None:
    old = OVERVIEW.entities[0]
    line = replace(old, entity=replace(old.entity, note="commander"))
    model.set_overview(replace(OVERVIEW, entities=(line, *OVERVIEW.entities[1:])))
    assert model.place(model.find("entity:1")).item.entity.note == "commander"


def test_a_row_is_spoken_with_its_counts(model: SidebarModel) -> None:
    spoken = model.find("saved:1").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Air defence to Libya, 26 unread, 40 articles") or "unread" in spoken


@pytest.fixture
def sidebar(shown: Callable[..., QWidget]) -> Sidebar:
    model = SidebarModel()
    model.set_overview(PUBLISHED)
    made = Sidebar(model)
    model.setParent(made)
    shown(made, 264, 900)
    made.set_theme(LIGHT)
    return made


def click(sidebar: Sidebar, key: str, dx: int = 80) -> None:
    rect = sidebar.visualRect(sidebar.places.find(key))
    place = QPoint(dx, rect.center().y())
    QTest.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_chooses_a_place(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        click(sidebar, "entity:4")
    assert chosen.args[0].scope == Scope(entity=4)


def test_keys_move_over_headings_to_places(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.choose(sidebar.places.find("alerts"))
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        QTest.keyClick(sidebar, Qt.Key.Key_Down)
    assert chosen.args[0].key == "saved:1"


def test_choosing_for_the_user_says_nothing(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(sidebar.chosen):
        sidebar.choose(sidebar.places.find("unread"))
        assert sidebar.currentIndex().data() == "Unread"
        sidebar.choose(QModelIndex())
        assert not sidebar.selectionModel().hasSelection()


def test_the_chevron_closes_a_folder_without_choosing_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    index = sidebar.places.find("folder:Mediterranean")
    with qtbot.assertNotEmitted(sidebar.chosen):
        click(sidebar, "folder:Mediterranean", 24)
    assert not sidebar.isExpanded(index)
    assert sidebar.closed() == ["folder:Mediterranean"]


def test_a_closed_folder_stays_closed_when_counts_and_feeds_change(sidebar: Sidebar) -> None:
    sidebar.set_closed(["folder:Mediterranean"])
    sidebar.places.set_overview(replace(OVERVIEW, feeds=(*OVERVIEW.feeds, feed(9, "new"))))
    assert not sidebar.isExpanded(sidebar.places.find("folder:Mediterranean"))
    assert sidebar.isExpanded(sidebar.places.find("section:feeds"))


def test_a_new_folder_is_open(sidebar: Sidebar) -> None:
    line = feed(9, "new", "Fresh/Inner")
    sidebar.places.set_overview(replace(OVERVIEW, feeds=(*OVERVIEW.feeds, line)))
    assert sidebar.isExpanded(sidebar.places.find("folder:Fresh"))
    assert sidebar.isExpanded(sidebar.places.find("folder:Fresh/Inner"))


def test_sections_do_not_close(sidebar: Sidebar) -> None:
    index = sidebar.places.find("section:library")
    sidebar.collapse(index)
    assert sidebar.isExpanded(index)


@pytest.mark.parametrize(
    ("key", "action"),
    [("section:saved", "save_search"), ("section:feeds", "add_feed"),
     ("section:entities", "track")],
)  # fmt: skip
def test_the_plus_of_a_section_asks_for_its_action(
    sidebar: Sidebar, qtbot: QtBot, key: str, action: str
) -> None:
    rect = sidebar.visualRect(sidebar.places.find(key))
    place = QPoint(sidebar.viewport().width() - 24, rect.bottom() - 15)
    with qtbot.waitSignal(sidebar.add_wanted) as wanted:
        QTest.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [action]


@pytest.mark.parametrize("key", ["feed:1", "saved:2", "entity:3", "folder:Mediterranean", "all"])
def test_every_verb_of_a_menu_is_asked(sidebar: Sidebar, qtbot: QtBot, key: str) -> None:
    place = sidebar.places.place(sidebar.places.find(key))
    menu = sidebar.menu_for(place)
    asked: list[str] = []
    sidebar.asked.connect(lambda verb, _place: asked.append(verb))
    for action in menu.actions():
        action.trigger()
    assert asked == [verb for verb, _ in MENUS[place.kind] if verb]


def test_there_is_no_menu_where_nothing_can_be_done(sidebar: Sidebar) -> None:
    assert sidebar.menu_for(sidebar.places.place(sidebar.places.find("section:feeds"))) is None


def test_a_menu_does_not_go_to_the_place(sidebar: Sidebar, qtbot: QtBot) -> None:
    rect = sidebar.visualRect(sidebar.places.find("feed:1"))
    with qtbot.assertNotEmitted(sidebar.chosen):
        QTest.mousePress(sidebar.viewport(), Qt.MouseButton.RightButton, pos=rect.center())


def test_delete_asks_to_remove_what_can_be_removed(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.choose(sidebar.places.find("feed:1"))
    with qtbot.waitSignal(sidebar.asked) as asked:
        QTest.keyClick(sidebar, Qt.Key.Key_Delete)
    assert asked.args[0] == "remove"
    sidebar.choose(sidebar.places.find("all"))
    with qtbot.assertNotEmitted(sidebar.asked):
        QTest.keyClick(sidebar, Qt.Key.Key_Delete)


def test_it_is_painted_in_both_schemes(sidebar: Sidebar) -> None:
    sidebar.choose(sidebar.places.find("entity:1"))
    for theme in (LIGHT, DARK):
        sidebar.set_theme(theme)
        image = sidebar.grab().toImage()
        colours = {image.pixelColor(x, y).name() for x in range(0, 264, 2) for y in range(900)}
        assert {theme.selection.name(), theme.entity("person").tint.name()} <= colours
