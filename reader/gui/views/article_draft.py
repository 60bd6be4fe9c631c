"""An article read into a document of its own, which nothing shows yet.

A text of many pages takes Qt a tenth of a second to read; it lets other threads go on meanwhile,
so such a draft is made on the thread that reads the library.
"""

from PySide6.QtCore import QByteArray, QCoreApplication, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument

from reader.domain.article import ArticleDetail
from reader.gui.views.article_document import LONG, fill
from reader.gui.views.article_look import MARGIN

IMAGE = QTextDocument.ResourceType.ImageResource.value


class Draft(QTextDocument):
    """Never opens anything: a picture is empty until it is given by `addResource`."""

    def __init__(self) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(MARGIN)

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, ARG002 - Qt's
        if type != IMAGE:
            return QByteArray()
        empty = QImage(1, 1, QImage.Format.Format_ARGB32)
        empty.fill(Qt.GlobalColor.transparent)
        return empty


def drafted(detail: ArticleDetail) -> Draft:
    """The article's words, as yet without our measures and colours."""
    made = Draft()
    fill(made, detail)
    return made


def ahead(detail: ArticleDetail) -> Draft | None:
    """On any thread, for the window's: that of a long article; None for one that takes no time."""
    app = QCoreApplication.instance()
    if len(detail.html) < LONG or app is None:
        return None
    made = drafted(detail)
    made.moveToThread(app.thread())
    return made
