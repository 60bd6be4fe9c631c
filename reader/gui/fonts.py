"""The two type faces: Reader Sans for the window, Reader Serif for reading.

Both are built from open fonts (`resources/fonts/README.md`) and cover Latin, Cyrillic, Greek and
Vietnamese; other scripts come from the fonts of the system, named here so that the choice does
not depend on its settings. Sizes are in pixels.
"""

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from reader.paths import resource

SANS = "Reader Sans"
SERIF = "Reader Serif"

_SANS_BEYOND = [
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK JP", "Noto Sans CJK SC",
    "Noto Sans Thai", "Noto Sans Devanagari", "Segoe UI", "Helvetica Neue", "DejaVu Sans",
    "sans-serif",
]  # fmt: skip
_SERIF_BEYOND = [
    "Noto Serif", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif CJK JP",
    "Noto Serif CJK SC", "Noto Serif Thai", "Noto Serif Devanagari", "Georgia", "DejaVu Serif",
    "Noto Sans Arabic", "Noto Sans CJK JP", "serif",
]  # fmt: skip


@lru_cache(maxsize=1)
def load() -> tuple[str, ...]:
    """Makes the bundled fonts known, once; gives the families that can be used."""
    families: set[str] = set()
    for file in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families))


def ui(px: float, weight: int = 400) -> QFont:
    return _font((SANS, *_installed(tuple(_SANS_BEYOND))), px, weight, italic=False)


def serif(px: float, weight: int = 400, italic: bool = False) -> QFont:
    return _font((SERIF, *_installed(tuple(_SERIF_BEYOND))), px, weight, italic=italic)


@lru_cache(maxsize=4)
def _installed(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Unknown families would each cost a search at every fallback."""
    load()
    here = set(QFontDatabase.families())
    return tuple(name for name in wanted if name in here)


def _font(families: tuple[str, ...], px: float, weight: int, *, italic: bool) -> QFont:
    """A copy, free to be changed: making one anew costs as much as painting a row."""
    return QFont(_made(families, px, weight, italic))


@lru_cache(maxsize=256)
def _made(families: tuple[str, ...], px: float, weight: int, italic: bool) -> QFont:
    made = QFont(list(families))
    made.setPixelSize(max(1, round(px)))
    made.setWeight(QFont.Weight(weight) if weight in _NAMED else _nearest(weight))
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


_NAMED = {weight.value for weight in QFont.Weight}


def _nearest(weight: int) -> QFont.Weight:
    return QFont.Weight(min(_NAMED, key=lambda known: abs(known - weight)))
