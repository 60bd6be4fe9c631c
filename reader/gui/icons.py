"""Icons drawn in any colour and size from the line drawings in `resources/icons`.

The drawings are Lucide's (ISC licence, beside them). Pixmaps are kept: asking for one twice costs
a dictionary look-up.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from reader.paths import resource

STROKE = 1.75
"""Line width on a 24 unit grid; small icons are drawn bolder, so that they keep their weight."""

ENTITIES = {
    "person": "user-round",
    "organisation": "building-2",
    "place": "map-pin",
    "weapon": "crosshair",
    "event": "calendar",
    "topic": "hash",
    "other": "tag",
}


def entity_icon(type: str) -> str:  # noqa: A002 - it is the word of the domain
    """The icon's name for an entity's type; that of "other" for a type the user made up."""
    return ENTITIES.get(type, ENTITIES["other"])


def pixmap(name: str, colour: QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """`size` logical pixels square, drawn for a screen with `ratio` pixels to each of them."""
    return _drawn(name, colour.name(QColor.NameFormat.HexArgb), size, ratio, False)


def filled(name: str, colour: QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The same with its inside filled: a star that is set."""
    return _drawn(name, colour.name(QColor.NameFormat.HexArgb), size, ratio, True)


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, size: int) -> QIcon:
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(_drawn(name, colour, size, ratio, False))
    return made


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    return _icon(name, colour.name(QColor.NameFormat.HexArgb), size)


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _renderer(name: str, ink: str, stroke: float, fill: bool) -> QSvgRenderer:
    """Kept for the next sizes of the same drawing: reading it takes longer than painting it."""
    svg = _source(name).replace("currentColor", ink)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    if fill:
        svg = svg.replace('fill="none"', f'fill="{ink}"')
    return QSvgRenderer(QByteArray(svg.encode()))


@lru_cache(maxsize=2048)
def _drawn(name: str, colour: str, size: int, ratio: float, fill: bool) -> QPixmap:
    ink = QColor(colour)
    stroke = STROKE if size >= 14 else 2.1
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(ink.alphaF())
    _renderer(name, ink.name(), stroke, fill).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
