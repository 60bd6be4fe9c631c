"""What each filter means."""

import pytest

from reader.domain import filters
from reader.domain.article import SearchDocument, Texts
from reader.domain.filters import holds

DOCUMENT = SearchDocument(
    1,
    Texts(),
    language="en-GB",
    feeds=(("https://www.wire.example/rss?x=1", "The Desert Wire"),),
    folders=("Mediterranean/Libya/East",),
    outlets=("Desert Wire",),
    entities=(("Khalifa Haftar", "person", "Libya"), ("S-400", "weapon", "arms")),
    aliases=(("Хафтар", "حفتر"),),
    tags=("story/port",),
    note="Call back: ask about the port",
    starred=True,
)


@pytest.mark.parametrize(
    "asked",
    [
        "feed https://www.wire.example/rss?x=1", "feed wire.example", "feed desert",
        "feed WIRE the",
        "folder mediterranean", "folder Mediterranean/libya", "folder East", "folder libya",
        "outlet desert wire", "lang en", "lang EN-gb", "tag story", "tag Story/Port",
        "note call", "note about the port", "entity khalifa  haftar", "entity ХАФТАР",
        "entity s-400", "type Person", "type weapon", "watchlist libya", "is unread", "is starred",
        "has note",
    ],
)  # fmt: skip
def test_holds(asked: str) -> None:
    assert holds(*asked.split(" ", 1), DOCUMENT)


@pytest.mark.parametrize(
    "asked",
    [
        "feed https://www.wire.example/rss", "feed sahara wire", "feed .", "folder Libya/East",
        "folder Mediterranean/East", "folder /", "outlet the", "lang e", "lang fr", "tag port",
        "tag stor", "note the back", "note por", "entity haftar", "entity weapon", "type arms",
        "watchlist lib", "is read", "has revision", "is new", "entity -",
    ],
)  # fmt: skip
def test_does_not_hold(asked: str) -> None:
    assert not holds(*asked.split(" ", 1), DOCUMENT)


def test_every_filter_of_the_language_has_a_meaning() -> None:
    from reader.search.lexer import NAMES, STATES

    for field in (*NAMES, *STATES):
        assert holds(field, "nothing like it", DOCUMENT) is False
    assert {value for values in STATES.values() for value in values} == set(filters.STATES)


def test_an_unreadable_address_has_no_host() -> None:
    assert filters.host_of("http://[bad") == ""
