"""Nothing an analyst types is lost, in any script, and every offset leads to the original."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.search import analysis
from reader.search.analysis import CASE, LONGEST, WordAnalyzer, cut, pieces, small, tokens, wholes
from reader.search.reading import Reading


def forms(text: str) -> list[set[str]]:
    """The forms of words at each position, without pairs and capitals."""
    found: list[set[str]] = []
    for token in tokens(text):
        if token.position == len(found):
            found.append(set())
        if token.kind == "word":
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


@pytest.mark.parametrize("text", ["و", "وب", "وبل", "ال"])
def test_a_word_of_nothing_but_clitics_stays_itself(text: str) -> None:
    assert forms(text)[0] == {text}


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


def cased(text: str) -> set[str]:
    return {token.text.split(CASE)[1] for token in tokens(text) if token.kind == "cased"}


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("WHO", {"WHO"}),
        ("who", set()),
        ("Élysée", {"Elysee"}),
        ("E\u0301lyse\u0301e", {"Elysee"}),
        ("STRASSE", {"STRASSE"}),
        ("straße", set()),
        ("Ærø", {"AEro"}),
        ("İstanbul", {"Istanbul"}),
        ("ΣΑΣ", {"ΣΑΣ"}),
        ("МИД", {"МИД"}),
        ("Air-defence", {"Air-defence", "Air"}),
        ("F-16", {"F-16", "F"}),
        ("C++", {"C++", "C"}),
        ("Haf\u00adTar", {"HafTar"}),
        ("حفتر 東京 16", set()),
    ],
)
def test_capitals_are_kept_beside_the_word(text: str, capitals: set[str]) -> None:
    assert cased(text) == capitals
    for token in tokens(text):
        if token.kind == "cased":
            plain, written = token.text.split(CASE)
            assert small(written) == plain


def test_whole_words_of_a_query_keep_their_compounds_and_capitals() -> None:
    assert wholes("Air‑Defence C++, ÉLYSÉE") == [
        ("air-defence", "Air-Defence"), ("c++", "C++"), ("elysee", "ELYSEE"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bitcoin在中国", [{"bitcoin"}, {"在"}, {"中"}, {"国"}]),
        ("С-400 и S-400", [{"с-400", "с", "400"}, {"и"}, {"s-400", "s", "400"}]),
        ("на F-16s.", [{"на"}, {"f-16s", "f", "16s"}]),
        ("ИГ (ISIS) и ИГИЛ", [{"иг"}, {"isis"}, {"и"}, {"игил"}]),
        ("حفتر/Haftar", [{"حفتر"}, {"haftar"}]),
        ("ــ كتـــاب", [{"كتاب", "تاب"}]),
    ],
)
def test_texts_of_mixed_scripts_fall_into_words(text: str, expected: list[set[str]]) -> None:
    assert forms(text) == expected


def test_pairs_are_told_apart_from_words() -> None:
    pairs = [token for token in tokens("air-defence-systems now") if token.kind == "pair"]
    assert [pair.text for pair in pairs] == ["air defence", "defence systems"]


def beginnings(text: str) -> list[str]:
    words, starts = cut(text)
    return [words[start] for start in starts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Haftar left. Burns stayed! Why? Nobody… Then it ended.", "Haftar Burns Why Nobody Then"),
        ("He left.” Burns stayed. «Да!» Он ушёл.", "He Burns Да Он"),
        ("The U.S. officials met Gen. Haftar and J. Smith. They left.", "The They"),
        ("The U.S. Army is in St. Louis on Dec. 16. Later more.", "The Later"),
        ("It was no. No. 5 was there, vol. 3 too. No! Yes.", "It No No Yes"),
        ("Am 5. Mai kam Dr. Weber bzw. Herr Braun. Dann nicht.", "Am Dann"),
        ("Это т. е. в г. Москва. Потом нет.", "Это Потом"),
        ("M. Macron est venu. Mme. Le Pen aussi.", "M Mme"),
        ("etc. and so on; 3.5 per cent. at all", "etc"),
        ("“What?” he said. “No.” Then he left.", "What No Then"),
        ("Oui ! Non ? « Si » .", "Oui Non Si"),
        ("One line\nAnother line\nand its rest\n\nand a paragraph", "One Another and"),
        ("他说。我们走了！好", "他 我 好"),
        ("قال حفتر. ثم غادر؟ نعم۔ لا", "قال ثم نعم لا"),
        ("वह गया। फिर आया।", "वह फिर"),
        ("... — (a) b.", "a"),
        ("", ""),
    ],
)  # fmt: skip
def test_sentences_begin_where_a_reader_says(text: str, expected: str) -> None:
    assert " ".join(beginnings(text)) == expected


_TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["Haftar", "F-16", "U.S.", "東京。", "в", "«Да»", ".", "\n", "\u2028", "\xa0", "C++.",
             "C#",
             "ـ", "a\u0301", "1,000", "don’t", "حفتر", "!", "\u200b", "ﬁ", "no. 5"]
        ),
        max_size=12,
    ).map(lambda bits: " ".join(bits)),
    st.lists(st.sampled_from("aA1-'.,+#\u0301\u00ad \n東ـ。&"), max_size=20).map("".join),
)  # fmt: skip


@given(_TEXTS)
@settings(deadline=None)
def test_the_quick_way_and_the_exact_way_cut_the_same_words(text: str) -> None:
    found = [
        (form.text, position, form.kind)
        for position, word in enumerate(cut(text).words)
        for form in analysis.forms(word)
    ]
    assert found == [(t.text, t.position, t.kind) for t in tokens(text)]
    reading = Reading([("body", text)])
    assert [text[start:end] for start, end in reading.offsets("body")] == cut(text).words


@given(_TEXTS)
@settings(deadline=None)
def test_the_first_word_begins_a_sentence_and_every_beginning_is_a_word(text: str) -> None:
    words, starts = cut(text)
    assert starts == sorted(set(starts))
    assert starts[:1] == [0][: len(words)]
    assert all(start < len(words) for start in starts)


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
    assert seen == [(t.text, t.position, t.start, t.end) for t in tokens(text) if t.kind == "word"]
