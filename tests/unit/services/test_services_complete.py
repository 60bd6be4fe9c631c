"""What could stand at the cursor of the search box."""

from collections.abc import Iterator

import pytest

from reader.domain.entity import Alias, Entity
from reader.domain.search import Completion
from reader.search.language import parse
from reader.search.typed import parts
from reader.services.complete import FIELDS, MOST
from tests.helpers.world import World, item


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("world"))
    for entity in (
        Entity("Khalifa Haftar", "person", "libya", (Alias("Haftar"), Alias("Хафтар"))),
        Entity("Haftar Brigade", "organisation", "libya"),
        Entity('"The Wolf" Omar', "person", "sahel", (Alias("Omar the Wolf"),)),
        Entity("S-400", "weapon", "arms"),
    ):
        made.library.track(entity)
    made.feed("a", folder="Africa/Libya & co").publish(
        item("Haftar in Tobruk"), item("Haftar again", language="ar"), item("Élysée", language="fr")
    )
    made.feed("b").publish(item("S-400 seen by Khalifa Haftar"))
    made.refresh()
    made.library.tag([made.id("Élysée")], "press review/Élysée")
    yield made
    made.close()


def offered(world: World, text: str, cursor: int | None = None) -> tuple[Completion, ...]:
    return world.finder.complete(text, len(text) if cursor is None else cursor)


def result(text: str, chosen: Completion) -> str:
    return text[: chosen.start] + chosen.text + text[chosen.end :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fe", "feed:"),
        ("a -fo", "a -folder:"),
        ("Haf", 'entity:"Khalifa Haftar"'),
        ("хаф", 'entity:"Khalifa Haftar"'),
        ("derna Khalifa Haf", 'derna entity:"Khalifa Haftar"'),
        ("(derna OR haftar bri", '(derna OR entity:"Haftar Brigade"'),
        ("entity:tar", None),
        ("entity:bri", 'entity:"Haftar Brigade"'),
        ('entity:"Khalifa H', 'entity:"Khalifa Haftar"'),
        ("-entity:s4", None),
        ("-entity:s-4", "-entity:S-400"),
        ("entity:wolf", 'entity:"""The Wolf"" Omar"'),
        ('entity:"""the w', 'entity:"""The Wolf"" Omar"'),
        ("entity:(s-400 OR bri", 'entity:(s-400 OR "Haftar Brigade"'),
        ("feed:wire", 'feed:"The A Wire"'),
        ("feed:b.ex", 'feed:"The B Wire"'),
        ("outlet:b", 'outlet:"The B Wire"'),
        ("folder:lib", 'folder:"Africa/Libya & co"'),
        ("tag:ely", 'tag:"press review/Élysée"'),
        ("lang:fre", "lang:fr"),
        ("lang:fr", "lang:fr"),
        ("watchlist:sa", "watchlist:sahel"),
        ("type:weap", "type:weapon"),
        ("is:st", "is:starred"),
        ("has:", "has:note"),
        ("last:7", "last:7d"),
        ("last:hours", "last:24h"),
        ("seen:", "seen:24h"),
        ("date:tod", "date:2026-03-04"),
        ("yester", "date:2026-03-03"),
        ("date:last m", None),
        ('date:"last m', "date:2026-02"),
    ],
)
def test_likeliest_comes_first(world: World, text: str, expected: str | None) -> None:
    found = offered(world, text)
    assert (result(text, found[0]) if found else None) == expected


@pytest.mark.parametrize("text", [f"{field}:" for field in FIELDS if field != "note"])
def test_everything_offered_can_be_searched_for(world: World, text: str) -> None:
    found = offered(world, text)
    for one in found:
        parse(result(text, one))
        assert one.label
    assert found or text in ("title:", "lead:", "body:", "author:", "url:")


def test_empty_place_offers_the_fields_with_what_they_are_for(world: World) -> None:
    for text in ("", "derna "):
        found = offered(world, text)
        assert {one.text for one in found} == {f"{name}:" for name in FIELDS}
        assert {one.kind for one in found} == {"field"}
        assert all(one.note and (one.start, one.end) == (len(text), len(text)) for one in found)


def test_types_and_watchlists_say_what_they_are(world: World) -> None:
    kinds = {
        typed: {one.kind for one in offered(world, typed)} for typed in ("type:", "watchlist:")
    }
    assert kinds == {"type:": {"type"}, "watchlist:": {"watchlist"}}


def test_entity_tells_its_type_and_how_many_articles_it_has(world: World) -> None:
    first, second = offered(world, "entity:haf")
    assert (first.label, first.note, first.kind) == (
        "Khalifa Haftar", "person · 3 articles", "entity",
    )  # fmt: skip
    assert second.note == "organisation · 0 articles"


def test_language_is_called_by_its_name(world: World) -> None:
    assert [(one.label, one.note) for one in offered(world, "lang:")] == [
        ("Arabic", "ar"), ("English", "en"), ("French", "fr"),
    ]  # fmt: skip


def test_feeds_that_share_a_title_are_told_apart(world: World) -> None:
    url = "https://b.example/feed"
    world.library.rename_feed(url, "The A Wire")
    try:
        assert {result("feed:wire", one) for one in offered(world, "feed:wire")} == {
            "feed:https://a.example/feed", "feed:https://b.example/feed",
        }  # fmt: skip
    finally:
        world.library.rename_feed(url, "")


def test_word_under_the_cursor_is_replaced_as_a_whole(world: World) -> None:
    text = "entity:Haft OR derna"
    found = offered(world, text, text.index("ft"))
    assert result(text, found[0]) == 'entity:"Khalifa Haftar" OR derna'
    assert result("fexx:wire", offered(world, "fexx:wire", 2)[0]) == "feed:"
    assert result("fold:lib", offered(world, "folder:lib", 2)[0]).startswith("folder:")


def test_field_is_completed_in_front_of_its_value(world: World) -> None:
    text = "feed:wire"
    assert result(text, offered(world, text, 3)[0]) == text


def test_nothing_is_offered_behind_what_is_finished(world: World) -> None:
    for text in ('entity:"Khalifa Haftar"', '"a phrase', '"a phrase" "b"'):
        assert offered(world, text) == ()


def test_new_names_are_offered_at_once(world: World) -> None:
    assert offered(world, "entity:Zuwara") == ()
    world.library.track(Entity("Zuwara", "place", "libya"))
    assert [one.text for one in offered(world, "entity:Zuwara")] == ["Zuwara"]
    world.library.untrack("Zuwara")
    assert offered(world, "entity:Zuwara") == ()


def test_whatever_the_cursor_something_sound_is_offered(world: World) -> None:
    for text in (
        'a -entity:"Khalifa H" (feed:b OR folder:\'x) “lang:',
        "NOT -is:un) date:",
        "ت é:",
    ):
        for cursor in range(-2, len(text) + 3):
            found = offered(world, text, cursor)
            assert len(found) <= MOST
            for one in found:
                assert 0 <= one.start <= min(max(cursor, 0), len(text)) <= one.end <= len(text)
                assert parts(result(text, one))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("haf", [("haftar", "3 articles")]),
        ("ELY", [("elysee", "1 article")]),
        ("tobruk", []),
        ("h", []),
    ],
)
def test_words_of_the_articles_are_offered(
    world: World, typed: str, words: list[tuple[str, str]]
) -> None:
    assert [(c.text, c.note) for c in offered(world, typed) if c.kind == "word"] == words
