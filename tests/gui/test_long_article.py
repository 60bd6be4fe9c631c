"""A text of many pages is shown at once, and its marks come in while it is read."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reading_world import TOBRUK, article, explained

from reader.domain.article import ArticleDetail
from reader.gui.theme import DARK
from reader.gui.views.article_document import LONG
from reader.gui.views.article_marks import ENTITY
from reader.gui.views.article_view import ArticleView

PARAGRAPHS = tuple(
    f"Paragraph {n} of a long report about Tobruk and its port, its piers and its cranes. " * 5
    for n in range(LONG // 380)
)
MENTIONS = 5 * len(PARAGRAPHS)


@pytest.fixture
def view(shown: Callable[..., QWidget]) -> ArticleView:
    made = ArticleView()
    shown(made, 700, 640)
    return made


@pytest.fixture(scope="module")
def detail() -> ArticleDetail:
    return article(title="A book", lead="", paragraphs=PARAGRAPHS, tracked=(TOBRUK,))


def marked(view: ArticleView) -> int:
    return sum(mark.kind == ENTITY for mark in view.page.layer.marks.all)


def in_view(view: ArticleView) -> bool:
    current = view.page.layer.current
    assert current is not None
    viewport = view.page.viewport()
    place = view.place_of(current)
    here = QRect(viewport.mapFromGlobal(place.topLeft()), place.size())
    return viewport.rect().contains(here)


def test_the_text_is_there_before_its_marks(
    view: ArticleView, detail: ArticleDetail, qtbot: QtBot
) -> None:
    view.show_article(detail)
    assert view.page.toPlainText().startswith("Harbour Review")
    assert marked(view) == 0
    qtbot.waitUntil(lambda: marked(view) == MENTIONS)
    said = f"{MENTIONS:,} mentions"
    qtbot.waitUntil(lambda: view.minimap.accessibleDescription() == said)


def test_the_last_paragraph_is_set_like_the_first(
    view: ArticleView, detail: ArticleDetail, qtbot: QtBot
) -> None:
    view.show_article(replace(detail, note="Read to the end."))
    document = view.page.document()
    texts = len(PARAGRAPHS)
    first, last = document.findBlockByNumber(3), document.findBlockByNumber(texts)
    note = document.lastBlock().text()
    assert last.text().startswith(f"Paragraph {texts - 2} ")
    wanted = first.blockFormat().lineHeight()
    qtbot.waitUntil(lambda: last.blockFormat().lineHeight() == wanted)
    assert document.lastBlock().text() == note, "what stands below is left as it was"
    assert last.charFormat().font().pixelSize() == first.charFormat().font().pixelSize()


def test_the_last_mention_is_found_though_nothing_below_was_laid_out(
    view: ArticleView, detail: ArticleDetail, qtbot: QtBot
) -> None:
    view.show_article(detail)
    qtbot.waitUntil(lambda: marked(view) == MENTIONS)
    view.previous_mention()
    qtbot.waitUntil(lambda: in_view(view))
    assert view.toolbar.pill.count.text() == f"{MENTIONS} / {MENTIONS}"


def test_hits_that_come_meanwhile_are_shown_with_the_marks(
    view: ArticleView, detail: ArticleDetail, qtbot: QtBot
) -> None:
    view.show_article(detail)
    view.set_marks(explained(detail, "Paragraph 7 "))
    qtbot.waitUntil(lambda: marked(view) == MENTIONS)
    assert len(view.page.layer.marks.all) == MENTIONS + 5


def test_another_article_ends_the_work_on_the_first(
    view: ArticleView, detail: ArticleDetail, qtbot: QtBot
) -> None:
    view.show_article(detail)
    other = article()
    view.show_article(other)
    qtbot.wait(200)
    assert marked(view) == len(other.mentions)
    view.show_article(detail)
    view.show_article(None)
    qtbot.wait(50)


def test_the_place_is_kept_when_the_colours_change(
    view: ArticleView, detail: ArticleDetail, qtbot: QtBot
) -> None:
    view.show_article(detail)
    view.page.lay_out()
    bar = view.page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 20_000)
    bar.setValue(20_000)
    view.set_theme(DARK)
    qtbot.waitUntil(lambda: bar.value() == 20_000)
    view.show_article(None)
