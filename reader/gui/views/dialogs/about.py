"""What this program is, its version, and whose work it stands on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from reader.gui.views.dialogs.question import Question

_PROMISE = (
    "Follow hundreds of feeds, search them at once, and see the people, places and weapons you "
    "track in every article. Everything stays on this computer: no account, no telemetry, no "
    "requests but those for your own feeds."
)
_THANKS = (
    "Made with Qt and PySide6 (LGPL), feedparser (BSD), Whoosh (BSD), aiohttp (Apache 2.0), "
    "nh3 (MIT), ahocorasick_rs (Apache 2.0), NumPy (BSD). Icons: Lucide (ISC). Type: Inter and "
    "Source Serif (SIL Open Font License)."
)


class AboutDialog(Question):
    """`facts`: (name, value) lines such as where the library lies; they can be selected."""

    def __init__(
        self, parent: QWidget | None, version: str, facts: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(parent, "About Media Reader", "Close")
        self.buttons.removeButton(self.cancel)
        name = QLabel(f"Media Reader {version}", self)
        name.setObjectName("fieldName")
        promise = QLabel(_PROMISE, self)
        promise.setWordWrap(True)
        self.fields.addWidget(name)
        self.fields.addWidget(promise)
        if facts:
            self.fields.addSpacing(8)
            told = self.hint("\n".join(f"{label}: {value}" for label, value in facts))
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.fields.addWidget(told)
        self.fields.addSpacing(8)
        self.fields.addWidget(self.hint(_THANKS))
