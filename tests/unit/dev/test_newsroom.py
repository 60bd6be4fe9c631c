"""Invented news is the same for the same seed, and like real news where it matters."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.dev.newsroom import Newsroom

ROOM = Newsroom(7, length=200)


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 10_000_000))
def test_a_story_depends_only_on_the_seed_and_its_number(number: int) -> None:
    assert Newsroom(7, length=200).story(number) == ROOM.story(number)


def test_another_seed_tells_other_stories() -> None:
    assert Newsroom(8, length=200).story(1) != ROOM.story(1)


def test_stories_have_the_length_asked_for_and_differ() -> None:
    stories = [ROOM.story(number) for number in range(50)]
    assert {len(story.body.split()) for story in stories} == {200}
    assert len({story.title for story in stories}) == 50
    assert sorted((s.published for s in stories), reverse=True) == [s.published for s in stories]


def test_a_few_words_make_most_of_the_text_and_most_words_are_rare() -> None:
    words = Counter(w.strip(".").lower() for n in range(100) for w in ROOM.story(n).body.split())
    often = sum(count for _, count in words.most_common(100))
    assert often > 0.4 * words.total()
    assert sum(count == 1 for count in words.values()) > 0.4 * len(words)


def test_names_are_as_many_as_asked_for_and_some_stand_in_the_text() -> None:
    entities = ROOM.entities(300)
    assert len(entities) == 100
    assert len({entity.name for entity in entities}) == 100
    assert sum(len(entity.spellings()) for entity in entities) == 300


def test_a_document_is_the_story_with_an_id() -> None:
    document = ROOM.document(4)
    assert document.id == 5
    assert document.texts.body == ROOM.story(4).body


def test_text_is_at_least_as_long_as_asked_for() -> None:
    assert 50_000 <= len(ROOM.text(0.05)) < 55_000
