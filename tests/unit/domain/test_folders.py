"""Folder paths: every name survives, whatever signs it holds."""

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.folders import join, split

names = st.lists(st.text("a/\\ б", min_size=1).map(str.strip).filter(bool)).map(tuple)


@given(names)
def test_names_survive(names: tuple[str, ...]) -> None:
    assert split(join(names)) == names


@given(st.text("a/\\ "))
def test_any_text_is_a_path_and_writes_back_the_same(path: str) -> None:
    assert split(join(split(path))) == split(path)


def test_empty_names_and_white_space_do_not_count() -> None:
    assert split("/ A //B/ ") == ("A", "B")
    assert split("") == split(" / ") == ()
    assert join(()) == ""
    assert split("A\\/B/C") == ("A/B", "C")
