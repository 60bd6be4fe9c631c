"""The window of the last articles: whom a text resembles, and what is forgotten."""

import random
from datetime import timedelta

import pytest
from stories_told import STORIES

from reader.domain.article import Texts
from reader.stories import postings
from reader.stories.copies import Copies, Entry
from reader.stories.sketch import Sketch, sketch

HARBOUR, STRIKE, BRIDGE = (STORIES[name][1] for name in ("en harbour", "en strike", "de"))
DAY = 86_400_000


def drawn(body: str, title: str = "") -> Sketch:
    return sketch(Texts(title, "", body))


def entry(number: int, body: str, outlet: int = 0, day: float = 0) -> Entry:
    return Entry(number, outlet or number, int(day * DAY), drawn(body))


def found(window: Copies, body: str) -> list[int]:
    return [match.article_id for match in window.resembling(drawn(body))]


def told(seed: int, words: int = 80) -> str:
    rnd = random.Random(seed)
    return " ".join(f"w{rnd.randrange(10**6)}" for _ in range(words))


def test_likest_comes_first_and_of_equals_the_first_entered() -> None:
    window = Copies()
    window.add(entry(1, told(1) + " " + HARBOUR))
    window.add(entry(2, HARBOUR), like=1)
    window.add(entry(3, HARBOUR), like=1)
    window.add(entry(4, STRIKE))
    assert found(window, HARBOUR) == [2, 3, 1]
    assert found(window, STRIKE) == [4]
    assert found(window, BRIDGE) == []


def test_scores_say_how_much_is_shared() -> None:
    window = Copies()
    words = HARBOUR.split()
    window.add(entry(1, HARBOUR))
    (half,) = window.resembling(drawn(" ".join(words[: len(words) // 2])))
    assert half.score == 1
    assert 0.3 < half.mutual < 0.7
    (same,) = window.resembling(drawn(HARBOUR))
    assert (same.score, same.mutual) == (1, 1)


def test_one_that_asks_for_itself_is_left_out() -> None:
    window = Copies()
    window.add(entry(1, HARBOUR))
    assert window.resembling(drawn(HARBOUR), but=1) == []


def test_article_entered_again_has_its_new_text() -> None:
    window = Copies()
    window.add(entry(1, HARBOUR))
    window.add(entry(1, STRIKE))
    assert (found(window, HARBOUR), found(window, STRIKE), len(window)) == ([], [1], 1)


def test_article_forgotten_is_found_no_more_but_its_copies_are() -> None:
    window = Copies()
    window.add(entry(1, HARBOUR))
    window.add(entry(2, HARBOUR), like=1)
    window.forget(1)
    window.forget(99)
    assert found(window, HARBOUR) == [2]
    assert len(window) == 1


def test_story_of_a_hundred_outlets_is_found_to_the_last() -> None:
    """Copies must not be taken for boilerplate because there are so many."""
    window = Copies()
    for number in range(1, 101):
        like = found(window, HARBOUR)
        assert bool(like) == (number > 1)
        window.add(entry(number, HARBOUR + f" Told by outlet number {number}."), *like[:1])
    assert len(found(window, HARBOUR)) == 64


SIGNATURE = (
    "You read the free edition of our paper, which is printed every day but Sunday. If you like "
    "what we do, become a member and get the weekend edition, puzzles and our letters by mail. "
)


def test_signature_of_an_outlet_does_not_count() -> None:
    window = Copies()
    for number in range(1, 4):
        window.add(entry(number, told(number, 20) + " " + SIGNATURE, outlet=7))
    window.add(entry(9, told(9, 30) + " " + SIGNATURE, outlet=7))
    assert found(window, told(10, 20) + " " + SIGNATURE) == []
    assert found(window, told(9, 30)) == [9]


@pytest.mark.parametrize("words", range(5, 40))
def test_boilerplate_of_any_length_does_not_count(words: int) -> None:
    phrase = " ".join(SIGNATURE.split()[:words])
    window = Copies()
    for number in range(1, 5):
        window.add(entry(number, f"{told(number, 3)} {phrase}", outlet=7))
    assert found(window, f"{told(5, 3)} {phrase}") == []


def test_article_revised_again_and_again_makes_no_boilerplate() -> None:
    window = Copies()
    for _ in range(5):
        window.add(entry(1, HARBOUR))
    assert found(window, HARBOUR + " And more.") == [1]


def test_what_everybody_writes_does_not_count() -> None:
    window = Copies()
    for number in range(1, 23):
        window.add(entry(number, told(number, 20) + " " + SIGNATURE))
    assert found(window, told(99, 20) + " " + SIGNATURE) == []


def test_articles_older_than_the_span_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_FRESH", 0)
    window = Copies(timedelta(days=14))
    window.add(entry(1, HARBOUR, day=0))
    window.add(entry(2, STRIKE, day=13))
    window.add(entry(3, BRIDGE, day=14.5))
    assert (found(window, HARBOUR), found(window, STRIKE), len(window)) == ([], [2], 2)


def test_going_back_in_time_newer_ones_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_FRESH", 0)
    window = Copies(timedelta(days=14))
    for number, (body, day) in enumerate(((HARBOUR, 30), (STRIKE, 20), (BRIDGE, 15)), 1):
        window.add(entry(number, body, day=day))
    assert (found(window, HARBOUR), found(window, STRIKE)) == ([], [2])


def test_window_is_bounded_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_FRESH", 0)
    window = Copies(limit=5)
    for number in range(1, 20):
        window.add(entry(number, told(number)))
    assert len(window) == 5
    assert found(window, told(19)) == [19]
    assert found(window, told(3)) == []


def test_group_outlives_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_FRESH", 0)
    window = Copies(timedelta(days=14))
    window.add(entry(1, HARBOUR, day=0))
    window.add(entry(2, HARBOUR, day=10), like=1)
    window.add(entry(3, STRIKE, day=15))
    assert found(window, HARBOUR) == [2]
    window.add(entry(4, HARBOUR + " And more.", day=20), like=2)
    window.add(entry(5, BRIDGE, day=26))
    assert found(window, HARBOUR) == [4]


def test_filling_is_adding_many() -> None:
    one, other = Copies(), Copies()
    likes = [
        (entry(number, told(number // 3)), number - 1 if number % 3 else None)
        for number in range(3, 63)
    ]
    for made, like in likes:
        one.add(made, like)
    other.fill((Entry(e.article_id, e.outlet, e.seen, e.sketch), like) for e, like in likes)
    for number in range(1, 21):
        assert found(one, told(number)) == found(other, told(number))
        assert len(found(one, told(number))) == 3


def test_very_short_texts_are_copies_only_word_by_word() -> None:
    window = Copies()
    window.add(Entry(1, 1, 0, drawn("Rain in the north of the island.", "Weather")))
    assert window.resembling(drawn("rain in the north of the island", "WEATHER"))
    assert not window.resembling(drawn("Rain in the north of the island.", "Rain"))
    window.add(Entry(2, 2, 0, drawn("", "Weather")))
    assert not window.resembling(drawn("", "Weather"))
