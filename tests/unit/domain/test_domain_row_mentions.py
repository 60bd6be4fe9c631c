"""Names in the passage a row shows stand where they stand in the article, or nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import Mention, Texts
from reader.domain.row_mentions import letters, row_mentions
from reader.services.items import snippet as beginning

BODY = (
    "Radars were flown to Derna.\n\nGeneral Haftar did not answer.\n"
    "On Friday\u00a0Haftar spoke in Tobruk; an hour later, in Derna, he was silent."
)


def named(snippet: str, texts: Texts, *names: str) -> list[str]:
    """The parts of the snippet that are marked when these names are mentioned wherever found."""
    mentions = [
        Mention(1, name, "person", name, field, at, at + len(name))
        for field in ("title", "lead", "body")
        for name in names
        for at in range(len(texts.get(field)))
        if texts.get(field).startswith(name, at)
    ]
    found = row_mentions(7, snippet, texts, mentions)
    assert (found.article_id, found.of) == (7, snippet)
    return [snippet[one.start : one.end] for one in found.snippet]


def test_white_space_that_was_folded_shifts_nothing() -> None:
    texts = Texts("", "", BODY)
    assert named(beginning(texts), texts, "Haftar", "Tobruk", "Derna") == [
        "Haftar", "Haftar", "Tobruk", "Derna", "Derna",
    ]  # fmt: skip


def test_a_passage_from_the_middle_is_found_again() -> None:
    shown = "…On Friday Haftar spoke in Tobruk; an hour later, in…"
    assert named(shown, Texts("", "", BODY), "Haftar", "Tobruk", "Derna") == ["Haftar", "Tobruk"]


def test_a_name_that_is_cut_is_not_marked() -> None:
    shown = "Radars were flown to Derna. General Haf…"
    assert named(shown, Texts("", "", BODY), "Haftar", "Derna") == ["Derna"]


def test_a_name_over_a_line_break_is_one() -> None:
    texts = Texts("", "", "He met Khalifa\nHaftar there.")
    assert named("He met Khalifa Haftar there.", texts, "Khalifa\nHaftar") == ["Khalifa Haftar"]


def test_words_that_begin_alike_are_told_apart() -> None:
    again = "The port said on Friday that it was closed."
    texts = Texts("", "", f"{again} Later.\n\n{again} Haftar came.")
    shown = f"…{again} Haftar came."
    assert named(shown, texts, "Haftar") == ["Haftar"]


def test_the_lead_is_looked_at_first() -> None:
    texts = Texts("", "Haftar in short.", BODY)
    assert named("Haftar in short.", texts, "Haftar") == ["Haftar"]


def test_a_passage_of_another_text_marks_nothing() -> None:
    assert named("Haftar was never here.", Texts("", "", BODY), "Haftar") == []
    assert named("", Texts("", "", BODY), "Haftar") == []
    assert named("…", Texts("", "", BODY), "Haftar") == []


def test_names_in_the_title_stand_as_they_are() -> None:
    found = row_mentions(
        1, "", Texts("Haftar\tspeaks", "", ""),
        [Mention(3, "Khalifa Haftar", "person", "Haftar", "title", 0, 6)],
    )  # fmt: skip
    assert [(one.start, one.end, one.type, one.entity_id) for one in found.title] == [
        (0, 6, "person", 3)
    ]


TEXTS = st.text(alphabet=st.sampled_from("ab é漢😀ح. \n\t\u00a0\u2028…"), max_size=500)


@given(TEXTS)
def test_every_letter_of_a_snippet_is_led_to_its_own(text: str) -> None:
    shown = beginning(Texts("", "", text))
    pairs = letters(shown, text)
    assert all(shown[here] == text[there] for here, there in pairs)
    places = [there for _, there in pairs]
    assert places == sorted(set(places))
    if shown and "…" not in text:
        solid = [n for n, letter in enumerate(shown) if not letter.isspace() and letter != "…"]
        assert [here for here, _ in pairs] == solid
