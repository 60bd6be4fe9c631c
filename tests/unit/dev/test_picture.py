"""Which article the picture of the window shows."""

from datetime import UTC, datetime

from reader.domain.article import ArticleLine, Chip
from reader.gui.picture import best

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def line(title: str, language: str, chips: int, count: int = 1) -> ArticleLine:
    shown = tuple(Chip(n, f"Name {n}", "person", count) for n in range(chips))
    return ArticleLine(
        1, title, "A", "http://a", "", "", language, NOW, NOW, False, False, "", shown
    )


def test_the_one_with_the_most_names_in_the_readers_language() -> None:
    lines = [line("One", "en", 2), line("Два", "ru", 6), line("Three", "en", 4)]
    assert best(lines, "en") == 2
    assert best(lines, "ru") == 1


def test_english_stands_in_for_a_language_nobody_writes() -> None:
    lines = [line("Eins", "de", 5), line("Two", "en", 1)]
    assert best(lines, "fi") == 1


def test_latin_letters_are_next_and_anything_is_better_than_nothing() -> None:
    assert best([line("Два", "ru", 6), line("Ağ", "az", 1)], "fi") == 1
    assert best([line("海", "ja", 1), line("Два", "ru", 2)], "fi") == 1


def test_of_equals_the_one_with_more_mentions_then_the_newest() -> None:
    assert best([line("A", "en", 2), line("B", "en", 2, 3)], "en") == 1
    assert best([line("A", "en", 2), line("B", "en", 2)], "en") == 0
