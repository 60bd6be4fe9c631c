"""Names in every script stand on one line in a field."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from reader.gui import fonts
from reader.gui.views.level import keep_level

LETTERS = range(8, 20)


def rows(field: QLineEdit) -> tuple[int, int]:
    """Where the first letter begins and ends."""
    image = field.grab().toImage()
    dark = [
        y
        for y in range(4, image.height() - 4)
        if any(image.pixelColor(x, y).lightness() < 128 for x in LETTERS)
    ]
    return dark[0], dark[-1]


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    made.setStyleSheet("color: black; background: white; min-height: 30px; padding: 0 7px")
    made.setFont(fonts.ui(13))
    qtbot.addWidget(made)
    made.resize(300, 40)
    made.show()
    return made


@pytest.mark.parametrize("name", ["H درنة", "H 海峡", "H ไทย", "H Хафтар", "H"])
def test_a_name_is_as_high_as_any_other(field: QLineEdit, name: str) -> None:
    field.setText("H")
    top, bottom = rows(field)
    height = field.sizeHint().height()
    keep_level(field)
    field.setText(name)
    assert abs(rows(field)[0] - top) <= 1
    assert abs(rows(field)[1] - bottom) <= 1
    assert field.sizeHint().height() == height


def test_a_name_that_stands_there_already_is_levelled(field: QLineEdit) -> None:
    field.setText("H")
    plain = rows(field)
    field.setText("H درنة")
    assert plain[0] - rows(field)[0] > 1, "or nothing needs to be done any more"
    keep_level(field)
    assert abs(rows(field)[0] - plain[0]) <= 1
    field.setText("H")
    assert rows(field) == plain
