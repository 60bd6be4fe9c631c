"""What to ask instead of a query that finds nothing."""

from collections.abc import Iterator

import pytest

from reader.domain.entity import Alias, Entity
from reader.services.find import NO_HITS
from tests.helpers.world import World, item


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("world"))
    aliases = (Alias("Hifter"), Alias("Haftar"))
    made.library.track(Entity("Khalifa Haftar", "person", "libya", aliases))
    made.library.track(Entity("Hafter Foods", "organisation", "food"))
    made.feed("a").publish(
        item("Haftar in Tobruk", "The port was closed after the air raid by night."),
        item("Port of Derna", "Haftar said so.", language="ar"),
        item("Hifter in Sirte", "Nothing else."),
    )
    made.refresh()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("haftra", ["Haftar"]),
        ('"haftra in" tobruk', ['"Haftar in" tobruk', "tobruk"]),
        ("title:haftxr tobruk", ["title:Haftar tobruk", "tobruk"]),
        ('entity:"Kalifa Haftar" port', ['entity:"Khalifa Haftar" port', "port"]),
        ("tobruk lang:ar", ["tobruk"]),
        ("port -lang:ar -lang:en", ["port", "port -lang:en", "port -lang:ar"]),
        ("tobruk lang:ar tag:x", ["tobruk"]),
        ("title:raid", ["raid"]),
        ("-title:derna title:night", ["-title:derna night"]),
        ('"raid air"', ["(raid air)"]),
        ("tobruk zebra", ["tobruk"]),
        ("zebra", []),
        ("zebra entity:hiftar", ['entity:"Khalifa Haftar"']),
        ("haft", ["haft*"]),
        ("=Ports", ["Ports"]),
        ("case:TOBRUK port", ["port", "TOBRUK port"]),
        ("haftar NEAR/1 night", ["haftar AND night"]),
        ("haftar ONEAR/2 (night OR raid) lang:en", ["haftar AND (night OR raid) lang:en"]),
        ("is:starred", []),
    ],
)
def test_only_what_finds_something_is_offered(
    world: World, query: str, expected: list[str]
) -> None:
    found = world.finder.instead(query)
    assert [one.query for one in found][: len(expected)] == expected
    assert bool(found) == bool(expected)
    for one in found:
        assert one.count == world.finder.count(one.query) > 0


@pytest.mark.parametrize("query", ["port", "(", "", "-port"])
def test_nothing_is_offered_for_what_has_hits_or_cannot_be_run(world: World, query: str) -> None:
    assert world.finder.instead(query) == ()


def test_hint_names_what_would_find_something(world: World) -> None:
    assert world.finder.hint("tobruk lang:ar") == (
        "No article matches. Try instead: tobruk (1 article)"
    )
    assert world.finder.hint("zebra") == NO_HITS


def test_very_long_query_is_not_offered_in_other_words(world: World) -> None:
    text = " ".join(["tobruk zebra"] * 60)
    assert world.finder.instead(text) == ()
    assert world.finder.hint(text) == NO_HITS


def test_long_query_is_not_taken_to_pieces_for_ever(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join(f"wrong{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(60))
    asked: list[str] = []
    count = world.finder.count

    def counting(query: str) -> int:
        asked.append(query)
        return count(query)

    monkeypatch.setattr(world.finder, "count", counting)
    world.finder.instead(text)
    assert len(asked) < 40
