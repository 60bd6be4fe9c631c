"""Pictures come only where they are allowed, and only into the article they belong to."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from reading_world import article

from reader.gui.jobs import Jobs
from reader.gui.presenters.pictures import PicturesPresenter
from reader.gui.views.article_view import ArticleView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
HTML = '<p>Before</p><p><img src="https://pictures.test/a.png"></p><p>After</p>'
URL = "https://pictures.test/a.png"


class Web:
    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[bytes], None]]] = []

    def picture(self, url: str, done: Callable[[bytes], None]) -> None:
        self.asked.append((url, done))


def png() -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.fixture
def view(qtbot: QtBot) -> ArticleView:
    widget = ArticleView()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def pictures(jobs: Jobs, web: Web, view: ArticleView) -> PicturesPresenter:
    return PicturesPresenter(jobs, web, view)  # type: ignore[arg-type]


def test_nothing_is_asked_for_while_pictures_are_not_allowed(
    pictures: PicturesPresenter, web: Web, view: ArticleView
) -> None:
    detail = article(1, html=HTML)
    view.show_article(detail)
    pictures.show(detail)
    assert view.picture_urls() == (URL,)
    assert web.asked == []


def test_an_allowed_picture_is_fetched_decoded_and_shown_once(
    pictures: PicturesPresenter, web: Web, view: ArticleView, qtbot: QtBot
) -> None:
    detail = article(1, html=HTML, images_allowed=True)
    view.show_article(detail)
    pictures.show(detail)
    (asked,) = web.asked
    assert asked[0] == URL
    asked[1](png())
    qtbot.waitUntil(lambda: URL in view.page.layer.loaded)
    pictures.show(detail)
    assert len(web.asked) == 1


def test_a_picture_that_comes_late_does_not_go_into_another_article(
    pictures: PicturesPresenter, web: Web, view: ArticleView, qtbot: QtBot
) -> None:
    detail = article(1, html=HTML, images_allowed=True)
    view.show_article(detail)
    pictures.show(detail)
    other = article(2, html=HTML)
    view.show_article(other)
    pictures.show(other)
    web.asked[0][1](png())
    qtbot.waitUntil(lambda: URL in pictures._kept)
    assert URL not in view.page.layer.loaded


def test_what_is_no_picture_leaves_the_place_empty(
    pictures: PicturesPresenter, web: Web, view: ArticleView, jobs: Jobs, qtbot: QtBot
) -> None:
    detail = article(1, html=HTML, images_allowed=True)
    view.show_article(detail)
    pictures.show(detail)
    web.asked[0][1](b"<html>no such picture</html>")
    after: list[int] = []
    jobs.run(lambda _library: 1, view, after.append)
    qtbot.waitUntil(lambda: after == [1])
    assert URL not in view.page.layer.loaded
