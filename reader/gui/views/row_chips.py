"""The chips of a row, laid out from the left: saved searches that fired, entities, tags.

Every saved search is named, shortened where many fired; the others take the room that is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from reader.domain.alert import PRIORITIES, Alert
from reader.domain.article import ArticleLine
from reader.gui.models.inbox import Fired
from reader.gui.views.paint import chip_font

CHIP = 19
"""Height of a chip."""
BELL = 15
"""What the sign of a saved search adds to its chip."""
_BETWEEN, _PADDING, _MORE = 5, 14, 34
_NARROWEST = 58
"""A saved search's chip is not shortened further."""


@dataclass(slots=True)
class ChipBox:
    box: QRectF
    label: str
    type: str
    """The entity's type; "" for a tag."""
    alert: Alert | None = None
    """Of a saved search that fired."""


def chips(line: ArticleLine, room: float, fired: Fired | None) -> tuple[list[ChipBox], str]:
    """At the height 0, in so many pixels; and what did not fit ("+3"), of saved searches only
    where some fired."""
    if fired is None:
        return _entities(line, 0.0, room)
    named, left = _searches(fired, room)
    if left:
        return named, f"+{left}"
    x = named[-1].box.right() + _BETWEEN if named else 0.0
    return [*named, *_entities(line, x, room)[0]], ""


def _entities(line: ArticleLine, x: float, room: float) -> tuple[list[ChipBox], str]:
    wanted = list(dict.fromkeys((chip.name, chip.type) for chip in line.chips))  # of all lists
    wanted += [(tag, "") for tag in line.tags]
    boxes: list[ChipBox] = []
    for number, (label, kind) in enumerate(wanted):
        left = len(wanted) - number - 1
        free = room - x - (_MORE if left else 0)
        wide = _wide(label)
        if wide > free and (boxes or free < 60):
            return boxes, f"+{left + 1}"
        boxes.append(_box(x, min(wide, free), label, kind))
        x += boxes[-1].box.width() + _BETWEEN
    return boxes, ""


def _searches(fired: Fired, room: float) -> tuple[list[ChipBox], int]:
    """What is judged alone first, then by priority; how many could not be named."""
    order = sorted(
        fired.alerts,
        key=lambda alert: (alert.id != fired.chosen, -PRIORITIES.index(alert.priority)),
    )
    natural = [_wide(alert.saved_search) + BELL for alert in order]
    count = len(order)
    while count > 1 and _needed(natural[:count], _NARROWEST) > _free(room, count, len(order)):
        count -= 1
    most = _cap(natural[:count], _free(room, count, len(order)))
    boxes: list[ChipBox] = []
    x = 0.0
    for alert, wide in zip(order, natural[:count], strict=False):
        boxes.append(_box(x, min(wide, most), alert.saved_search, "", alert))
        x += boxes[-1].box.width() + _BETWEEN
    return boxes, len(order) - count


def _free(room: float, count: int, of: int) -> float:
    """For the chips themselves, when so many of all are named."""
    return room - _BETWEEN * (count - 1) - (_MORE if count < of else 0)


def _needed(natural: Sequence[float], most: float) -> float:
    return sum(min(wide, most) for wide in natural)


def _cap(natural: Sequence[float], room: float) -> float:
    """The widest a chip may be so that all fit: short names are not shortened for long ones."""
    left, share = room, room
    for number, wide in enumerate(sorted(natural)):
        share = left / (len(natural) - number)
        if wide > share:
            return share
        left -= wide
    return max(natural, default=share)


def _box(x: float, wide: float, label: str, kind: str, alert: Alert | None = None) -> ChipBox:
    fits = wide - _PADDING + 1 - (BELL if alert else 0)
    short = _metrics().elidedText(label, Qt.TextElideMode.ElideRight, fits)
    return ChipBox(QRectF(x, 0, wide, CHIP), short, kind, alert)


def _wide(label: str) -> float:
    return _metrics().horizontalAdvance(label) + _PADDING


@cache
def _metrics() -> QFontMetricsF:
    return QFontMetricsF(chip_font())
