"""Brings the pictures of the article on show, where the user has allowed them for its feed."""

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage

from reader.domain.article import ArticleDetail
from reader.gui.jobs import Jobs
from reader.gui.ports import CollectorLink
from reader.gui.views.article_view import ArticleView

_MOST = 40
"""Pictures of one article that are fetched."""
_KEPT = 60
"""Pictures kept in memory, so that going back to an article asks nobody again."""
_WIDEST = 1600


class PicturesPresenter(QObject):
    """Fetched by the collector, decoded on the reading thread; late ones are dropped."""

    def __init__(self, jobs: Jobs, collector: CollectorLink, view: ArticleView) -> None:
        super().__init__(view)
        self._jobs, self._collector, self._view = jobs, collector, view
        self._shown = 0
        self._kept: OrderedDict[str, QImage] = OrderedDict()
        view.offer_images(offer=True)

    def show(self, detail: ArticleDetail | None) -> None:
        self._shown = detail.line.id if detail else 0
        if detail is None or not detail.images_allowed:
            return
        for url in self._view.picture_urls()[:_MOST]:
            if url in self._kept:
                self._kept.move_to_end(url)
                self._view.set_picture(url, self._kept[url])
            else:
                self._collector.picture(url, partial(self._came, self._shown, url))

    def _came(self, article_id: int, url: str, data: bytes) -> None:
        done = partial(self._decoded, article_id, url)
        self._jobs.run(lambda _library: _decoded(data), self, done)

    def _decoded(self, article_id: int, url: str, image: QImage) -> None:
        if image.isNull():
            return
        self._kept[url] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if article_id == self._shown:
            self._view.set_picture(url, image)


def _decoded(data: bytes) -> QImage:
    image = QImage.fromData(data)
    if image.width() > _WIDEST:
        return image.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
    return image
