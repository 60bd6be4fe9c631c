"""The word by word comparison of an article's versions."""

import time

from hypothesis import given
from hypothesis import strategies as st

from reader.gui.views.article_changes import GONE, NEW, SAME, Passage, changes

PARAGRAPH = st.lists(st.sampled_from(["the", "port", "of", "Tobruk", "was", "closed", "電", "力"]),
                     min_size=1, max_size=12).map(" ".join)  # fmt: skip


def side(passages: list[Passage], kind: str) -> str:
    return " ".join(p.text for passage in passages for p in passage if p.kind in (kind, SAME))


@given(st.lists(PARAGRAPH, max_size=6), st.lists(PARAGRAPH, max_size=6))
def test_every_word_that_went_or_came_is_shown(old: list[str], new: list[str]) -> None:
    passages = changes("\n\n".join(old), "\n\n".join(new))
    gone, came = side(passages, GONE), side(passages, NEW)
    for word in {w for p in old for w in p.split()} - {w for p in new for w in p.split()}:
        assert word in gone
    for word in {w for p in new for w in p.split()} - {w for p in old for w in p.split()}:
        assert word in came


@given(st.lists(PARAGRAPH, max_size=6))
def test_equal_texts_have_no_changes(paragraphs: list[str]) -> None:
    assert changes("\n\n".join(paragraphs), "\n".join(paragraphs)) == []


def test_one_word_is_told_from_its_neighbours() -> None:
    [passage] = changes("Seen on Monday in port.", "Seen on Tuesday in port.")
    assert [(p.kind, p.text.strip()) for p in passage] == [
        (SAME, "Seen on"), (GONE, "Monday"), (NEW, "Tuesday"), (SAME, "in port."),
    ]  # fmt: skip


def test_long_unchanged_stretches_are_shortened() -> None:
    words = " ".join(f"w{k}" for k in range(80))
    [passage] = changes(f"one {words} end", f"two {words} end")
    assert "…" in passage[-1].text
    assert "w40" not in passage[-1].text
    assert "w0 " in passage[-1].text


def test_an_inserted_paragraph_does_not_disturb_its_neighbours() -> None:
    old = "The port of Tobruk was closed.\n\nNobody said why."
    new = "The port of Tobruk was open.\n\nA new paragraph.\n\nNobody said why."
    kinds = [[p.kind for p in passage] for passage in changes(old, new)]
    assert kinds == [[SAME, GONE, NEW], [NEW]]


def test_signs_without_spaces_are_compared_one_by_one() -> None:
    [passage] = changes("電力会社", "電気会社")
    assert [(p.kind, p.text) for p in passage] == [
        (SAME, "電"), (GONE, "力"), (NEW, "気"), (SAME, "会社"),
    ]  # fmt: skip


def test_twenty_thousand_words_are_compared_in_a_moment() -> None:
    old = "\n\n".join(f"p{k} " + "the port of Tobruk was closed again " * 11 for k in range(250))
    began = time.process_time()
    assert len(changes(old, old.replace("closed", "open"))) == 250
    assert time.process_time() - began < 8
