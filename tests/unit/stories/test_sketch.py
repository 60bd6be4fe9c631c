"""What is kept of a text stays the same, and tells what two texts share."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import Texts
from reader.stories.sketch import DENSE, Sketch, sampled, sketch, sketches

WORDS = st.lists(
    st.sampled_from(["alpha", "beta", "gamma", "delta", "один", "два", "三", "四", "five"]),
    max_size=50,
)


def numbered(count: int, prefix: str = "word") -> str:
    return " ".join(f"{prefix}{number}" for number in range(count))


def test_sketch_is_the_same_on_every_machine_and_day() -> None:
    """Sketches are stored: another way to draw them would make strangers of all texts."""
    drawn = sketch(Texts("A title", "A lead of some words", "A body of some other words here"))
    assert drawn.hashes.tolist() == [
        268767126,
        576941549,
        590179579,
        1255856187,
        1507359318,
        3109939453,
        3215347790,
        3248992202,
        4058862521,
    ]
    assert drawn.whole == -1875718262091785854


def test_sketch_comes_back_from_bytes() -> None:
    drawn = sketch(Texts("T", "", numbered(300)))
    again = Sketch.of(drawn.to_bytes(), drawn.words, drawn.complete, drawn.whole)
    assert again.hashes.tolist() == drawn.hashes.tolist()
    assert (again.words, again.complete, again.whole) == (300, False, drawn.whole)


@given(WORDS, WORDS)
def test_shared_shingles_are_those_of_shared_rows_of_words(
    one: list[str], other: list[str]
) -> None:
    """An oracle of plain sets. Short texts, of which everything is kept."""

    def rows(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}

    left, right = (sketch(Texts("", "", " ".join(words))) for words in (one, other))
    if left.words == len(one) and right.words == len(other):  # not mostly Chinese
        shared = np.intersect1d(left.hashes, right.hashes)
        assert len(left.hashes) == len(rows(one))
        assert len(shared) == len(rows(one) & rows(other))


def test_hashes_are_sorted_and_each_is_there_once() -> None:
    hashes = sketch(Texts("", "", "to be or not " * 40 + numbered(200))).hashes
    assert hashes.tolist() == sorted(set(hashes.tolist()))


def test_all_of_the_beginning_and_a_quarter_of_the_rest_is_kept() -> None:
    short, long = sketch(Texts("", "", numbered(DENSE))), sketch(Texts("", "", numbered(1_000)))
    assert short.complete
    assert not long.complete
    assert set(short.hashes.tolist()) <= set(long.hashes.tolist())
    kept = (len(long.hashes) - DENSE) / (1_000 - DENSE)
    assert 0.2 < kept < 0.3


def test_beginning_of_lead_and_of_body_is_kept() -> None:
    body = sketch(Texts("", "", numbered(40, "body")))
    both = sketch(Texts("", numbered(200, "lead"), numbered(200, "body")))
    assert set(body.hashes.tolist()) <= set(both.hashes.tolist())


def test_sample_is_the_same_wherever_in_a_text_it_stands() -> None:
    passage = numbered(120, "passage")
    alone = sampled(sketch(Texts("", "", passage)).hashes)
    inside = sketch(Texts("", "", f"{numbered(300)} {passage} {numbered(300, 'end')}")).hashes
    assert len(alone) > 15
    assert set(alone.tolist()) <= set(inside.tolist())


@given(st.lists(st.builds(Texts, st.text(max_size=9), st.text(max_size=90), st.text())))
def test_many_at_once_are_drawn_as_each_alone(many: list[Texts]) -> None:
    many += [Texts("T", "", numbered(100)), Texts("", "", "地" * 70), Texts("", numbered(9), "x")]
    for one, together in zip(many, sketches(many), strict=True):
        alone = sketch(one)
        assert together.hashes.tolist() == alone.hashes.tolist()
        assert (together.words, together.complete, together.whole) == (
            alone.words,
            alone.complete,
            alone.whole,
        )


def test_texts_beyond_what_is_reckoned_at_once_are_all_drawn() -> None:
    many = [Texts("", "", numbered(1_500, f"w{number}x")) for number in range(9)]
    assert [one.words for one in sketches(many)] == [1_500] * 9
    assert sketches([]) == []


def test_title_counts_only_where_there_is_no_text() -> None:
    assert sketch(Texts(numbered(12), "", "")).words == 12
    with_title, without = (
        sketch(Texts(numbered(12), "", "One two")),
        sketch(Texts("", "", "One two")),
    )
    assert with_title.hashes.tolist() == without.hashes.tolist()
    assert with_title.whole != without.whole


def test_signs_are_counted_as_fewer_words() -> None:
    assert sketch(Texts("", "", "地" * 60)).words == 40


def test_whole_is_equal_for_equal_words_only() -> None:
    wholes = {sketch(Texts("T", "", text)).whole for text in ("One two.", "one  TWO", "one—two!")}
    assert len(wholes) == 1
    assert sketch(Texts("T", "One", "two")).whole not in wholes
    assert sketch(Texts("T one", "", "two")).whole not in wholes


def test_very_long_text_is_cut() -> None:
    rnd = random.Random(3)
    text = " ".join(f"w{rnd.randrange(10**9)}" for _ in range(50_000))
    assert len(sketch(Texts("", "", text)).hashes) < 1_000


def test_no_text_has_an_empty_sketch() -> None:
    empty = sketch(Texts())
    assert (len(empty.hashes), empty.words, empty.complete) == (0, 0, True)
