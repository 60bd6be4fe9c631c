"""Passages in many languages, marked by people: how well the names in them are found."""

import pytest

from reader.dev import evaluate
from reader.dev.evaluate import Result
from reader.domain.article import Texts
from reader.domain.entity import Entity
from reader.entities.match import Matcher
from reader.errors import FileError


@pytest.fixture(scope="module")
def result() -> Result:
    return evaluate.entities(rules_only=True)


def test_what_is_found_is_meant(result: Result) -> None:
    assert result.precision >= 0.98, "\n".join(result.failures)


def test_what_is_meant_is_found(result: Result) -> None:
    assert result.recall >= 0.95, "\n".join(result.failures)


@pytest.mark.parametrize("name", ["second", "held"])
def test_what_was_marked_without_the_matcher_in_view_is_found_as_well(name: str) -> None:
    result = evaluate.entities(rules_only=True, name=name)
    assert result.precision >= 0.98, "\n".join(result.failures)
    assert result.recall >= 0.95, "\n".join(result.failures)


def test_the_second_set_is_large_of_many_languages_and_apart_from_the_first() -> None:
    first, second, held = (
        evaluate.passages((evaluate.FOLDER / file).read_text(encoding="utf-8"))
        for file in evaluate.SETS.values()
    )
    both = second + held
    assert len(both) >= 200
    assert len({case.language for case in both} - {""}) >= 16
    assert len({case.texts for case in first + both}) == len(first) + len(both)


def test_the_passages_are_many_and_of_many_languages() -> None:
    cases = evaluate.passages((evaluate.FOLDER / "passages.tsv").read_text(encoding="utf-8"))
    languages = [case.language for case in cases]
    assert len(cases) >= 200
    assert len(set(languages) - {""}) >= 6
    assert all(languages.count(one) >= 10 for one in ("en", "ru", "uk", "ar", "tr", "de", "fr"))
    assert len({(case.language, case.texts) for case in cases}) == len(cases)


def test_every_entity_of_the_list_is_meant_somewhere() -> None:
    cases = evaluate.passages((evaluate.FOLDER / "passages.tsv").read_text(encoding="utf-8"))
    meant = {note for case in cases for *_, note in case.places}
    assert meant == {entity.note for entity in evaluate.watchlist()}


def test_marks_become_places() -> None:
    (case,) = evaluate.passages("en\tA [[B|b] C|c] // \\u00ad[D|d].")
    assert case.texts == Texts("A B C", "", "\u00adD.")
    assert case.places == {("title", 2, 3, "b"), ("title", 2, 5, "c"), ("body", 1, 2, "d")}


@pytest.mark.parametrize("line", ["en\t[A|a", "en\tA|a]"])
def test_a_mark_that_does_not_close_is_refused(line: str) -> None:
    with pytest.raises(FileError, match="Line 2"):
        evaluate.passages(f"# head\n{line}")


def test_failures_are_counted_and_told() -> None:
    entities = [Entity("Haftar", "person", id=1), Entity("Tobruk", "place", id=2)]
    cases = evaluate.passages("en\tHaftar met [nobody|tobruk] in [Tobruk|tobruk]")
    result = evaluate.evaluate(Matcher(entities), {1: "haftar", 2: "tobruk"}, cases)
    assert (result.right, result.wrong, result.missed) == (1, 1, 1)
    assert (result.precision, result.recall) == (0.5, 0.5)
    assert result.failures == (
        "line 1 (en): found haftar: …[Haftar] met nobody in Tobruk…",
        "line 1 (en): missed tobruk: …Haftar met [nobody] in Tobruk…",
    )


def test_the_tool_prints_both_figures_and_the_failures(
    capsys: pytest.CaptureFixture[str], result: Result
) -> None:
    assert evaluate.main(["entities", "--rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("endings by rules")
    assert lines[1].startswith(f"precision {result.precision:.4f}")
    assert lines[2].startswith(f"recall    {result.recall:.4f}")
    assert [line.strip() for line in lines[3:]] == list(result.failures)
