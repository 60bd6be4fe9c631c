"""Colours that can be read, icons that are there, fonts that cover what we promise."""

import pytest
from PySide6.QtGui import QColor, QFont, QPixmap, QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication

from reader.domain.entity import TYPES
from reader.gui import fonts, icons, words
from reader.gui.actions import SPECS
from reader.gui.theme import DARK, LIGHT, Theme, palette, style_sheet
from reader.paths import resource

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@BOTH
def test_texts_can_be_read_on_every_surface(theme: Theme) -> None:
    for name in ("text", "text2", "text3", "accent"):
        for ground in ("page", "list", "side", "field"):
            ratio = contrast(getattr(theme, name), getattr(theme, ground))
            assert ratio >= 4.5, (name, ground, ratio)


@BOTH
def test_texts_can_be_read_where_something_is_selected_or_hovered(theme: Theme) -> None:
    for ground in (theme.selection, theme.hover, theme.match):
        assert contrast(theme.text, ground) >= 4.5
    assert contrast(theme.text2, theme.selection) >= 4.5
    assert contrast(theme.text3, theme.hover) >= 4.5
    assert contrast(theme.accent, theme.selection) >= 4.5


@BOTH
@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_entity_can_be_read_in_its_colours(theme: Theme, kind: str) -> None:
    colours = theme.entity(kind)
    assert contrast(colours.ink, colours.tint) >= 4.5
    assert contrast(theme.text, colours.tint) >= 4.5
    assert contrast(colours.rule, theme.page) >= 3
    assert contrast(colours.ink, theme.page) >= 4.5


@BOTH
def test_words_of_warning_and_white_on_buttons_can_be_read(theme: Theme) -> None:
    white = QColor("#FFFFFF")
    assert contrast(theme.bad, theme.side) >= 4.5
    assert contrast(white, theme.button) >= 4.5
    assert all(contrast(white, colour) >= 4.5 for colour in words.BADGES)


@BOTH
def test_types_differ_from_each_other(theme: Theme) -> None:
    assert len({theme.entity(kind).tint.name() for kind in TYPES}) == len(TYPES)


def test_a_type_of_the_users_own_looks_like_other() -> None:
    assert LIGHT.entity("ship") is LIGHT.entity("other")
    assert icons.entity_icon("ship") == icons.entity_icon("other")


@BOTH
def test_style_sheet_is_filled_in_and_understood(
    theme: Theme, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    sheet = style_sheet(theme)
    qapp.setStyleSheet(sheet)  # a mistake in it is a Qt warning, and those fail
    assert "$" not in sheet
    assert palette(theme).window().color() == theme.side


def test_every_icon_that_is_named_is_there(qapp: QApplication) -> None:
    names = {spec.icon for spec in SPECS if spec.icon} | set(icons.ENTITIES.values())
    for name in names:
        assert resource("icons", f"{name}.svg").is_file(), name


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    drawn = icons.pixmap("star", QColor("#FF0000"), 16, 2.0)
    image = drawn.toImage()
    colours = {image.pixelColor(x, y).name() for x in range(32) for y in range(32)
               if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    assert colours == {"#ff0000"}


def test_a_filled_icon_covers_more_than_its_outline(qapp: QApplication) -> None:
    def covered(drawn: QPixmap) -> int:
        made = drawn.toImage()
        return sum(made.pixelColor(x, y).alpha() > 99 for x in range(32) for y in range(32))

    red = QColor("red")
    assert covered(icons.filled("star", red, 32)) > 1.6 * covered(icons.pixmap("star", red, 32))


def test_icons_are_kept(qapp: QApplication) -> None:
    red = QColor("red")
    assert icons.pixmap("star", red).cacheKey() == icons.pixmap("star", red).cacheKey()


def families(text: str, font: QFont) -> set[str]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return {run.rawFont().familyName() for run in layout.glyphRuns()}


@pytest.mark.parametrize(
    "text", ["Élysée İstanbul Łódź", "Хафтар Київ ўзбек", "Ελλάδα", "Đường Việt", "1,284 “x” — …"]
)
def test_bundled_fonts_write_it_without_help(text: str, qapp: QApplication) -> None:
    assert {"Reader Sans", "Reader Serif"} <= set(fonts.load())
    assert families(text, fonts.ui(13)) == {"Reader Sans"}
    assert families(text, fonts.serif(17)) == {"Reader Serif"}


def test_weights_are_real_ones_and_not_made_up(qapp: QApplication) -> None:
    widths = [
        QRawFont.fromFont(fonts.ui(40, weight)).advancesForGlyphIndexes([40])[0].x()
        for weight in (400, 500, 600, 700)
    ]
    assert len(set(widths)) == 4


def test_italic_is_a_face_of_its_own(qapp: QApplication) -> None:
    upright, italic = (QRawFont.fromFont(fonts.serif(40, italic=i)) for i in (False, True))
    assert italic.style() == QFont.Style.StyleItalic
    assert upright.pathForGlyph(40) != italic.pathForGlyph(40)


@pytest.mark.parametrize("folder", ["fonts", "icons"])
def test_what_is_not_ours_has_its_licence_beside_it(folder: str) -> None:
    files = [f.name for f in resource(folder).iterdir()]
    assert any(name.startswith("LICENSE") for name in files)
