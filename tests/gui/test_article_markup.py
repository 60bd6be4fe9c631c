"""Tables that would take forever to lay out are calmed without losing a word."""

import re
import time
from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from reading_world import article

from reader.gui.align import align
from reader.gui.views.article_markup import DEEPEST, bounded
from reader.gui.views.article_view import ArticleView

# Qt's offscreen platform says so of every window with a smallest size, and of tool tips.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CELL = '<table><tbody><tr><td title="a > b">before '
END = " after</td></tr></tbody></table>"
HOSTILE = {
    "nested tables": CELL * 60 + "inside" + END * 60,
    "wide cells": "<table><tr><td colspan='20000'>x</td></tr></table>".replace("'", '"'),
    "pictures": '<img src="http://x.test/a.png" width="30" height="30">' * 1500,
    "nested quotes": "<blockquote>" * 200 + "x" + "</blockquote>" * 200,
    "nested lists": "<ul><li>" * 150 + "x" + "</li></ul>" * 150,
    "long code": "<pre>" + "y" * 30_000 + "\n" * 2_000 + "</pre>",
}


def words(html: str) -> list[str]:
    return re.sub(r"<[^>\"]*(\"[^\"]*\"[^>\"]*)*>", " ", html).split()


@pytest.mark.parametrize("levels", [1, DEEPEST, DEEPEST + 1, 12])
def test_no_word_is_lost_and_no_table_lies_too_deep(levels: int) -> None:
    html = "<p>one</p>" + CELL * levels + "two" + END * levels + CELL + "three" + END
    calm = bounded(html)
    assert words(calm) == words(html)
    assert calm.count("<table") == min(levels, DEEPEST) + 1
    assert calm.count("<div>") == calm.count("</div>")


def test_ordinary_markup_is_left_alone() -> None:
    html = '<p>a</p><table><tr><th colspan="2">b</th></tr></table>'
    assert bounded(html) == html


@pytest.mark.parametrize("span", ["101", "99999999999999999999"])
def test_spans_are_capped(span: str) -> None:
    assert bounded(f'<table><tr><td rowspan="{span}">x') == '<table><tr><td rowspan="100">x'


def test_unbalanced_tables_are_not_miscounted() -> None:
    html = "</table>" * 5 + CELL * DEEPEST
    assert bounded(html) == html


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_on_show_in_a_moment(name: str, shown: Callable[..., QWidget]) -> None:
    view = ArticleView()
    shown(view, 700, 500)
    began = time.process_time()
    view.show_article(article(html=HOSTILE[name], paragraphs=("x",), tracked=()))
    QApplication.processEvents()
    assert time.process_time() - began < 8


def test_words_of_calmed_tables_come_in_the_same_order(qapp: QApplication) -> None:
    document = QTextDocument()
    document.setHtml(bounded(CELL * 6 + "inside" + END * 6))
    text = " ".join(words(CELL * 6 + "inside" + END * 6))
    assert align(text, document.toRawText()).complete
