"""Where sentences stand: the same sentences that SENT knows."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.search.analysis import cut, tokens
from reader.search.sentence_spans import holding, parted, spans

PIECES = st.sampled_from(
    [
        "Haftar", "said", "U.S.", "Gen.", "Dec.", "16", "5.", "Mai", "…", "?", "!”", "...", "“No.”",
        "т. е.", "Хафтар.", "حفتر؟", "東京。", "です！」と", "\n", "\n\n", " ", "\t",
        "\u00a0", "\r\n",
        "***", "—", "e.g.", "www.example.org/a.b?c", "3.14", "S-400.", "(End.)", "|", "।", "a.",
        "\u2028", "\x1c",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=12).map("".join)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


def test_sentences_are_told_apart_as_a_reader_would() -> None:
    text = (
        "Gen. Haftar met U.S. officials on Dec. 16. “No comment.” He left…\nThen what? 東京。大阪。"
    )
    assert sentences(text) == [
        "Gen. Haftar met U.S. officials on Dec. 16.", "“No comment.”", "He left…", "Then what?",
        "東京。", "大阪。",
    ]  # fmt: skip


@settings(deadline=None)
@given(TEXTS, st.data())
@example("A.\nb c. D", None)
@example("Haftar said. \n\n\tU.S. forces", None)
def test_two_places_are_parted_where_they_stand_in_two_sentences(
    text: str, data: st.DataObject | None
) -> None:
    words = [at for at, character in enumerate(text) if character.isalnum()]
    if len(words) < 2:
        return
    chosen = sorted(data.draw(st.sampled_from(words)) for _ in "12") if data else (0, words[-1])
    first, second = chosen
    found = spans(text)
    assert parted(text, first, second) == (holding(found, first) != holding(found, second))


def test_nothing_is_no_sentence() -> None:
    assert spans("") == spans(" \n\n\t ") == []


@settings(deadline=None)
@given(TEXTS)
@example("A.\nb c. D")
@example("A. \n\n b")
def test_they_begin_where_the_index_begins_them(text: str) -> None:
    begun = {span[0] for span in spans(text)}
    found = cut(text)
    first = {}
    for token in tokens(text):
        first.setdefault(token.position, token.start)
    for start in found.sentences:
        number = holding(spans(text), first[start])
        before = text[spans(text)[number][0] : first[start]]
        assert not any(char.isalnum() for char in before)
    words = {holding(spans(text), place) for place in first.values()}
    assert len(words) == len(found.sentences)
    assert -1 not in words
    assert len(begun) == len(spans(text))


@given(st.text(max_size=200) | TEXTS)
def test_they_do_not_overlap_and_leave_out_white_space_only(text: str) -> None:
    done = 0
    for start, end in spans(text):
        assert not text[done:start].strip()
        assert start < end
        assert text[start:end] == text[start:end].strip()
        done = end
    assert not text[done:].strip()
