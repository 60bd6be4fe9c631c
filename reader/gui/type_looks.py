"""How the types of entities look in this library: the colours of the themes and the icons.

`show` is the one place that changes them; everything that is painted asks `Theme.entity` and
`icons.entity_icon`. A colour of one's own, and the further hues, are made lighter or darker until
they can be read in both schemes.
"""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtGui import QColor

from reader.domain.looks import COLOURS, EntityType
from reader.gui import icons
from reader.gui.theme import DARK, LIGHT, EntityColours, Theme

_READABLE = 4.5
_SEEN = 3.0
"""Contrast of words, and of marks beside them (WCAG AA)."""
_HUES = {
    "red": "#d03a3a", "orange": "#d9681d", "lime": "#6b9a1f", "cyan": "#1c8fc0",
    "indigo": "#4a55d0", "magenta": "#c23aa8", "brown": "#8a5a3b",
}  # fmt: skip
_BUILT_IN = dict(zip(COLOURS, LIGHT.entities, strict=False))
"""The type that has a hue of its own, by the hue."""
_USUAL = {theme.name: dict(theme.entities) for theme in (LIGHT, DARK)}
_USUAL_ICONS = dict(icons.ENTITIES)


def show(types: Iterable[EntityType]) -> bool:
    """From now on types look so; whether any looks otherwise than before."""
    known = list(types)
    before = {name: dict(theme.entities) for name, theme in (("l", LIGHT), ("d", DARK))}
    drawn = dict(icons.ENTITIES)
    for theme in (LIGHT, DARK):
        theme.entities.clear()
        theme.entities.update(_USUAL[theme.name])
        theme.entities.update((one.name, colours(theme, one.colour)) for one in known)
    icons.ENTITIES.clear()
    icons.ENTITIES.update(_USUAL_ICONS)
    icons.ENTITIES.update((one.name, one.icon) for one in known)
    same = before == {"l": LIGHT.entities, "d": DARK.entities}
    return not (same and drawn == icons.ENTITIES)


@lru_cache(maxsize=512)
def colours(theme: Theme, colour: str) -> EntityColours:
    """`colour`: one of `COLOURS`, or "#rrggbb"."""
    usual = _USUAL[theme.name].get(_BUILT_IN.get(colour, ""))
    return usual or _made(theme, QColor(_HUES.get(colour, colour)))


def _made(theme: Theme, colour: QColor) -> EntityColours:
    hue = max(0.0, colour.hslHueF())
    strength = colour.hslSaturationF()
    tint = QColor.fromHslF(hue, strength * (0.4 if theme.dark else 0.75), _TINT[theme.dark])
    ink = _against(theme, hue, strength, (tint, theme.page, theme.list, theme.side), _READABLE)
    rule = _against(theme, hue, strength * 0.75, (theme.page, theme.list), _SEEN)
    return EntityColours(ink, tint, rule)


_TINT = {False: 0.93, True: 0.19}


def _against(
    theme: Theme, hue: float, strength: float, grounds: Iterable[QColor], wanted: float
) -> QColor:
    """The most colourful lightness that stands out from every ground."""
    lights = range(30, 96) if theme.dark else range(60, 4, -1)
    surfaces = list(grounds)
    for light in lights:
        made = QColor.fromHslF(hue, strength, light / 100)
        if all(contrast(made, ground) >= wanted for ground in surfaces):
            return made
    return theme.text


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG has it: 1 for the same, 21 for black on white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
