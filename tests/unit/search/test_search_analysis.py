"""Nothing an analyst types is lost, in any script, and every offset leads to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.analysis import JOIN, LONGEST, WordAnalyzer, pieces, tokens


def forms(text: str) -> list[set[str]]:
    """The forms at each position, without those that only phrases look for."""
    found: list[set[str]] = []
    for token in tokens(text):
        if token.position == len(found):
            found.append(set())
        if JOIN not in token.text:
            found[token.position].add(token.text)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F-16", {"f-16", "f", "16"}),
        ("S‑400", {"s-400", "s", "400"}),
        ("C++", {"c++", "c"}),
        ("C#", {"c#", "c"}),
        ("AT&T", {"at&t", "at", "t"}),
        ("COVID-19", {"covid-19", "covid", "19"}),
        ("don’t", {"don't", "don", "t"}),
        ("U.S.", {"u.s", "u", "s"}),
        ("Caliber.Az", {"caliber.az", "caliber", "az"}),
        ("1,000", {"1,000", "1", "000"}),
        ("foo_bar", {"foo_bar", "foo", "bar"}),
        ("ＦＢ－１", {"fb-1", "fb", "1"}),
    ],
)
def test_a_compound_is_one_word_and_found_by_its_parts(text: str, expected: set[str]) -> None:
    assert forms(text) == [expected]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("WHO", "who"),
        ("Élysée", "elysee"),
        ("E\u0301lyse\u0301e", "elysee"),
        ("straße", "STRASSE"),
        ("Северсталь", "северсталь"),
        ("İstanbul", "ıstanbul"),
        ("Haf\u00adtar", "haftar"),
        ("حَفتَر", "حفتر"),
        ("п’ять", "пʼять"),
        ("S–400", "s-400"),
        ("Ｎews", "news"),
    ],
)
def test_two_ways_to_write_a_word_are_one_word(left: str, right: str) -> None:
    assert forms(left) == forms(right)


def test_short_and_common_words_are_kept_in_order() -> None:
    assert [min(word) for word in forms("The Who, a 5 to 1 win")] == [
        "the", "who", "a", "5", "to", "1", "win",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["東京都", "ภาษาไทย", "북한은", "ລາວ", "ខ្មែរ"])
def test_scripts_without_spaces_give_a_word_for_each_character(text: str) -> None:
    found = list(tokens(text))
    assert len(found) > 2
    assert [token.position for token in found] == list(range(len(found)))
    assert "".join(text[token.start : token.end] for token in found) == text


def test_a_weapon_is_found_inside_japanese() -> None:
    assert forms("S-400を")[0] == {"s-400", "s", "400"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("وحفتر", "حفتر"), ("لحفتر", "حفتر"), ("والجيش", "جيش"), ("للجيش", "جيش"), ("للجيش", "الجيش")],
)
def test_arabic_words_are_found_without_their_clitics(text: str, found: str) -> None:
    assert found in forms(text)[0]
    assert text in forms(text)[0]


def test_the_offsets_of_a_bare_arabic_word_leave_the_clitic_out() -> None:
    text = "قال وَحَفتر"
    bare = next(token for token in tokens(text) if token.text == "حفتر")
    assert text[bare.start : bare.end] == "حَفتر"


def test_a_part_is_marked_without_its_compound() -> None:
    text = "the Air-Defence Systems"
    places = {t.text: text[t.start : t.end] for t in tokens(text)}
    assert places["air"] == "Air"
    assert places["air defence"] == places["air-defence"] == "Air-Defence"


def test_the_words_of_a_query_are_the_parts_of_compounds() -> None:
    assert pieces("Air-Defence C++ at 12:30 東京") == [
        "air", "defence", "c++", "at", "12", "30", "東", "京",
    ]  # fmt: skip


def test_no_word_is_longer_than_the_limit() -> None:
    assert max(len(token.text) for token in tokens("x" * 500)) == LONGEST


@given(st.text(max_size=80))
def test_offsets_lie_in_the_text_and_positions_count_up(text: str) -> None:
    last = -1
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.position in (last, last + 1)
        assert token.text
        last = token.position


@given(st.text(max_size=80))
def test_the_words_of_a_query_stand_in_the_text_it_was_copied_from(text: str) -> None:
    assert set(pieces(text)) <= {token.text for token in tokens(text)}


@given(st.text(max_size=60))
def test_whoosh_sees_the_same_words(text: str) -> None:
    seen = [(t.text, t.pos, t.startchar, t.endchar) for t in WordAnalyzer()(text, positions=True)]
    assert seen == [(t.text, t.position, t.start, t.end) for t in tokens(text)]
