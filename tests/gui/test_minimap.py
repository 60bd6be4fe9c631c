"""The strip beside the article: every mention has its tick, and hits a lane of their own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reading_world import article, explained

from reader.gui.theme import LIGHT
from reader.gui.views.article_view import ArticleView
from reader.gui.views.minimap import Minimap, Tick

RED, BLUE = QColor("#C01030"), QColor("#1030C0")


@pytest.fixture
def strip(shown: Callable[..., QWidget]) -> Minimap:
    made = Minimap()
    shown(made, 12, 400)
    return made


def colours(strip: Minimap, x: int) -> set[str]:
    image = strip.grab().toImage()
    return {image.pixelColor(x, y).name() for y in range(image.height())}


def test_mentions_and_hits_have_lanes_of_their_own(strip: Minimap) -> None:
    strip.show_ticks([Tick(0.5, RED, "Haftar"), Tick(0.5, BLUE, "Search hit", hit=True)])
    assert RED.name() in colours(strip, 3)
    assert BLUE.name() not in colours(strip, 3)
    assert BLUE.name() in colours(strip, 10)
    assert strip.accessibleDescription() == "1 mention, 1 hit"


def test_the_pointer_is_told_whose_ticks_are_near(strip: Minimap) -> None:
    near, far = Tick(0.004, BLUE, "Tobruk"), Tick(1.0, BLUE, "Derna")
    strip.show_ticks([Tick(0.0, RED, "Haftar"), Tick(0.0, RED, "Haftar"), near, far])
    assert strip.tip_at(9) == "Haftar × 2\nTobruk"
    assert strip.tip_at(200) == ""
    assert strip.tip_at(strip.height() - 9) == "Derna"


def test_many_names_at_one_place_are_counted(strip: Minimap) -> None:
    strip.show_ticks([Tick(0.0, RED, f"Unit {n}") for n in range(9)])
    assert strip.tip_at(9).endswith("Unit 5\nand 3 more")


def test_thousands_of_ticks_are_drawn_as_few(
    strip: Minimap, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []
    strip.show_ticks([Tick(n / 5000, RED if n % 2 else BLUE, "X") for n in range(5000)])
    monkeypatch.setattr(
        "PySide6.QtGui.QPainter.drawRoundedRect", lambda *args: drawn.append(args)
    )  # fmt: skip
    strip.grab()
    assert 300 < len(drawn) < 900


def test_the_current_mention_stands_out(strip: Minimap) -> None:
    strip.show_ticks([Tick(0.5, RED, "Haftar")])
    strip.show_current(0.5)
    assert LIGHT.text.name() in colours(strip, 6)
    strip.show_current(None)
    assert LIGHT.text.name() not in colours(strip, 6)


def test_the_strip_follows_the_article(shown: Callable[..., QWidget], qtbot: QtBot) -> None:
    view = ArticleView()
    shown(view, 700, 640)
    detail = article()
    view.show_article(detail, explained(detail, "officials"))
    qtbot.waitUntil(lambda: view.minimap.accessibleDescription() == "8 mentions, 1 hit")
    view.next_mention()
    assert "Search hit" in view.minimap.tip_at(_row(view))
    qtbot.mouseClick(view.minimap, Qt.MouseButton.LeftButton, pos=QPoint(6, 8))
    assert view.page.verticalScrollBar().value() == 0


def _row(view: ArticleView) -> float:
    [hit] = [mark for mark in view.page.layer.marks.all if mark.kind == "hit"]
    return 8 + view.page.fractions([hit])[0] * (view.minimap.height() - 19) + 1.5
