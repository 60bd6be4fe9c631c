"""Types look as a person chose: readable in both schemes, and drawn with an icon that is there."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.entity import TYPES
from reader.domain.looks import COLOURS, ICONS, EntityType, every_type
from reader.gui import icons
from reader.gui.theme import DARK, LIGHT, Theme
from reader.gui.type_looks import colours, contrast, show
from reader.paths import resource

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    show(())


def check(theme: Theme, colour: str) -> None:
    made = colours(theme, colour)
    for ground in (made.tint, theme.page, theme.list, theme.side):
        assert contrast(made.ink, ground) >= 4.5, (colour, theme.name)
    assert contrast(theme.text, made.tint) >= 4.5, (colour, theme.name)
    assert contrast(made.rule, theme.page) >= 3, (colour, theme.name)


@BOTH
@pytest.mark.parametrize("colour", [*COLOURS, "#ffffff", "#000000", "#ffff00", "#0000ff"])
def test_every_colour_can_be_read(theme: Theme, colour: str) -> None:
    check(theme, colour)


@given(st.integers(0, 0xFFFFFF))
def test_a_colour_of_ones_own_is_made_readable(number: int) -> None:
    for theme in (LIGHT, DARK):
        check(theme, f"#{number:06x}")


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_bundled(name: str) -> None:
    assert "<svg" in resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def test_usual_looks_are_those_of_the_themes() -> None:
    before = {one: (LIGHT.entity(one), icons.entity_icon(one)) for one in TYPES}
    assert not show(every_type(()))
    assert {one: (LIGHT.entity(one), icons.entity_icon(one)) for one in TYPES} == before


def test_a_chosen_look_is_shown_everywhere_and_taken_back() -> None:
    assert show([EntityType("ship", "cyan", "star"), EntityType("person", "rose", "eye")])
    assert DARK.entity("ship") == colours(DARK, "cyan")
    assert LIGHT.entity("person") == LIGHT.entity("weapon")
    assert (icons.entity_icon("ship"), icons.entity_icon("person")) == ("star", "eye")
    assert not show([EntityType("ship", "cyan", "star"), EntityType("person", "rose", "eye")])
    assert show(())
    assert DARK.entity("ship") == DARK.entity("other")
