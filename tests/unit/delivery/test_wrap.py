"""Lines of 72 columns: nothing is lost, no word is cut, directions stay on their line."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.delivery.wrap import COLUMNS, END, ISOLATE, width, wrapped

LETTERS = st.sampled_from("abc.,*(  -é\u0301дж港ト、。（「حفترא🛰")
TEXT = st.text(LETTERS, max_size=400)


@given(TEXT, st.integers(10, 80))
def test_lines_put_together_are_the_text(text: str, columns: int) -> None:
    lines = list(wrapped(text, "1. ", "   ", columns))
    assert lines[0].startswith("1. ")
    assert all(line.startswith("   ") for line in lines[1:])
    whole = "".join(line[3:].strip() for line in lines)
    assert whole.replace(" ", "") == "".join(text.split())


@given(st.lists(st.text(st.sampled_from("abcдж."), min_size=1, max_size=12)))
def test_words_are_not_cut_and_lines_are_as_full_as_they_can_be(words: list[str]) -> None:
    lines = list(wrapped(" ".join(words), columns=20))
    assert " ".join(lines).split() == words
    assert all(width(line) <= 20 for line in lines)
    for line, after in pairwise(lines):
        assert width(line) + 1 + width(after.split()[0]) > 20


@given(TEXT)
def test_what_keeps_its_direction_to_itself_does_so_on_each_line(text: str) -> None:
    for line in wrapped(f"Text: {ISOLATE}{text}{END} and {ISOLATE}{text}{END}", "  ", "    ", 24):
        assert line.count(ISOLATE) == line.count(END)
        assert line.find(ISOLATE) <= line.find(END)


def test_chinese_and_japanese_fill_the_line_and_no_sign_begins_one() -> None:
    lines = list(wrapped("トブルク港は日曜日、嵐のため閉鎖された。" * 12))
    assert max(map(width, lines)) in (COLUMNS - 1, COLUMNS)
    assert not any(line[0] in "、。" for line in lines)


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("港", 2), ("e\u0301", 1), (f"{ISOLATE}حفتر{END}", 4)]
)
def test_columns_are_counted_as_a_terminal_has_them(text: str, columns: int) -> None:
    assert width(text) == columns


def test_an_address_is_never_cut() -> None:
    address = "https://news.example/" + "a-" * 80
    assert address in list(wrapped(f"See {address} now"))
