import time
from array import array
from dataclasses import replace

import pytest
from gui_world import line
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.article import Marked
from reader.gui.models.articles import KEPT, PAGE, ArticleModel, Role
from reader.gui.models.difference import news


@pytest.fixture
def model(qapp: QApplication) -> ArticleModel:
    return ArticleModel()


def asked(model: ArticleModel) -> list[tuple[int, int, list[int]]]:
    """Collects what the model asks for."""
    pages: list[tuple[int, int, list[int]]] = []
    model.page_wanted.connect(lambda gen, page, ids: pages.append((gen, page, list(ids))))
    return pages


def filled(model: ArticleModel, *numbers: int) -> ArticleModel:
    model.set_ids(array("q", numbers))
    model.line(0)
    model.set_page(model.generation, 0, [line(n) for n in numbers])
    return model


def test_it_is_a_proper_model_through_all_its_changes(model: ArticleModel) -> None:
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Warning
    )  # its warnings fail the test
    filled(model, 5, 4, 3)
    model.update_lines([line(4, title="new")])
    model.set_marks([Marked(3, ((0, 1),), "x", ())])
    model.clear_marks()
    model.set_ids(array("q", [9, 8]))
    model.set_ids(array("q"))
    assert tester.model() is model


def test_rows_below_the_top_are_added_without_a_reset(model: ArticleModel, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(model)
    model.set_top([line(9), line(8)])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted) as told:
        model.grow(array("q", [9, 8, 7, 6]))
    assert told.args[1:] == [2, 3]
    with qtbot.assertNotEmitted(model.modelReset):
        model.grow(array("q", [9, 8, 7, 6]))
    assert model.ids.tolist() == [9, 8, 7, 6]
    assert tester.model() is model


def test_a_list_whose_top_has_changed_meanwhile_is_set_anew(model: ArticleModel) -> None:
    model.set_top([line(9), line(8)])
    model.grow(array("q", [10, 9, 8, 7]))
    assert model.ids.tolist() == [10, 9, 8, 7]
    assert model.keeping


def test_a_row_without_a_line_asks_for_its_page_once(model: ArticleModel) -> None:
    pages = asked(model)
    model.set_ids(array("q", range(1000, 0, -1)))
    for row in (0, 1, 127, 128):
        assert model.index(row, 0).data(Role.LINE) is None
    assert [(page, len(ids)) for _, page, ids in pages] == [(0, PAGE), (1, PAGE)]
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Loading"


def test_a_page_changes_its_rows_without_a_reset(model: ArticleModel, qtbot: QtBot) -> None:
    model.set_ids(array("q", [3, 2, 1]))
    model.line(0)
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.waitSignal(model.dataChanged) as changed,
    ):
        model.set_page(model.generation, 0, [line(3), line(2), line(1)])
    assert [index.row() for index in changed.args[:2]] == [0, 2]
    assert model.index(1, 0).data() == line(2).title


def test_of_a_page_of_an_earlier_list_only_the_lines_are_kept(model: ArticleModel) -> None:
    model.set_ids(array("q", [3, 2, 1]))
    model.line(0)
    before = model.generation
    model.set_ids(array("q", [9, 8, 3]))
    newer = line(3, read=True)
    model.set_page(model.generation, 0, [newer])
    model.set_page(before, 0, [line(3, read=False), line(2), line(1)])
    assert model.known(2) == line(2)
    assert model.known(3) is newer  # a late answer does not undo what is known since
    model.set_ids(array("q", [9, 8, 2]))
    model.set_page(before, 0, [])
    assert not model.is_gone(2)


def test_an_article_that_is_gone_is_not_asked_for_again(model: ArticleModel) -> None:
    model.set_ids(array("q", [3, 2, 1]))
    model.line(0)
    model.set_page(model.generation, 0, [line(3), line(1)])
    pages = asked(model)
    assert model.line(1) is None
    assert (pages, model.is_gone(1), model.is_gone(0)) == ([], True, False)
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Gone"


def test_a_page_that_failed_is_asked_for_again(model: ArticleModel) -> None:
    pages = asked(model)
    model.set_ids(array("q", [1]))
    model.line(0)
    model.page_failed(model.generation, 0)
    model.line(0)
    assert len(pages) == 2


def test_lines_at_hand_survive_a_new_list(model: ArticleModel) -> None:
    filled(model, 3, 2, 1)
    pages = asked(model)
    model.set_ids(array("q", [2]))
    assert model.line(0) == line(2)
    assert pages == []


def test_a_changed_line_changes_its_row_only(model: ArticleModel, qtbot: QtBot) -> None:
    filled(model, 5, 4, 3)
    for row in range(3):
        model.line(row)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.update_lines([replace(line(4), read=True), line(77)])
    assert [index.row() for index in changed.args[:2]] == [1, 1]
    assert model.known(77) is None


def test_marks_belong_to_articles_and_go_away_again(model: ArticleModel) -> None:
    filled(model, 5, 4, 3)
    mark = Marked(4, ((0, 3),), "hit", ((0, 3),))
    model.set_marks([mark])
    assert model.index(1, 0).data(Role.MARKED) is mark
    assert model.index(0, 0).data(Role.MARKED) is None
    model.clear_marks()
    assert model.index(1, 0).data(Role.MARKED) is None


def test_a_row_is_spoken_in_full(model: ArticleModel) -> None:
    filled(model, 997)
    model.update_lines([line(997, read=False, starred=True, title="Ships")])
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Unread. Starred. Ships. ")


def test_it_keeps_only_so_many_lines(model: ArticleModel) -> None:
    ids = array("q", range(1, KEPT + 3 * PAGE + 1))
    model.set_ids(ids)
    for page in range(len(ids) // PAGE):
        part = ids[page * PAGE : (page + 1) * PAGE]
        model.line(page * PAGE)
        model.set_page(model.generation, page, [line(1, id=n) for n in part])
    assert model.known(1) is None
    assert sum(model.known(n) is not None for n in ids) == KEPT


def test_a_million_rows_cost_next_to_nothing(model: ArticleModel) -> None:
    ids = array("q", range(1_000_000, 0, -1))
    begun = time.process_time()
    model.set_ids(ids)
    assert model.rowCount() == 1_000_000
    assert model.index(999_999, 0).data(Role.ID) == 1
    assert model.rowCount(model.index(0, 0)) == 0
    assert time.process_time() - begun < 0.5
    assert model.row_of(500_000) == 500_000
    assert model.row_of(-1) == -1


def test_an_index_that_is_not_there_has_no_data(model: ArticleModel) -> None:
    assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None
    assert not model.index(3, 0).isValid()


ids = st.lists(st.integers(0, 30), unique=True, max_size=20)


@given(ids, ids)
def test_news_are_what_the_old_list_did_not_hold(old: list[int], new: list[int]) -> None:
    assert news(array("q", old), array("q", new)) == len(set(new) - set(old))


def test_news_of_a_million_are_found_at_once() -> None:
    old = array("q", range(1_000_000, 0, -1))
    new = array("q", [1_000_002, 1_000_001]) + old[:500_000] + old[500_001:]
    begun = time.process_time()
    assert news(old, new) == 2
    assert time.process_time() - begun < 2
