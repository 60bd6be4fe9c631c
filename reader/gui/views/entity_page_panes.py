"""How the panes of the page of an entity are put together: a heading, and one of several bodies."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from reader.gui.views.parts import ground


def stack(*parts: QWidget) -> QStackedWidget:
    made = QStackedWidget()
    for part in parts:
        made.addWidget(part)
    return made


def column(heading: QWidget, body: QWidget, inset: int = 0) -> QWidget:
    """One below the other; `inset`: pixels left of the body."""
    made = QWidget()
    fill_column(made, heading, body, inset)
    return made


def fill_column(made: QWidget, heading: QWidget, body: QWidget, inset: int = 0) -> None:
    ground(made, "page")
    rows = QVBoxLayout(made)
    rows.setContentsMargins(0, 4, 0, 0)
    rows.setSpacing(2)
    rows.addWidget(heading)
    body.setContentsMargins(inset, 0, 0, 0)
    rows.addWidget(body, 1)
