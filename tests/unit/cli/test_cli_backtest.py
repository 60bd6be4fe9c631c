"""The commands that try a search out and use how its hits were judged, in tables and in JSON."""

import pytest

from reader.errors import NotFoundError, QueryError
from reader.store.store import Store
from tests.helpers.world import START
from tests.unit.cli.command_line import Line


def judge(line: Line, name: str, *judged: tuple[int, bool]) -> None:
    with Store.open(line.paths) as store:
        saved = store.saved.by_name(name)
        assert saved
        for article, keep in judged:
            store.judgements.put(saved.id, [article], keep, START)


def test_a_query_is_tried_out_on_the_library(line: Line) -> None:
    found = line("saved backtest", "haddar OR хаддар").json
    assert list(found) == [
        "query", "total", "copies", "expected", "expected_alerts", "measured", "days", "overlaps",
        "slow", "seconds", "saved_search", "samples",
    ]  # fmt: skip
    assert found["saved_search"] is None
    assert found["total"] == len(found["samples"]) == sum(day["hits"] for day in found["days"])
    assert found["total"] > 2
    assert {"id", "title", "snippet"} <= set(found["samples"][0])
    assert {one["saved_search"] for one in found["overlaps"]} >= {"radars"}
    shared = next(one for one in found["overlaps"] if one["saved_search"] == "radars")
    assert shared["share"] == round(shared["shared"] / found["total"], 3)
    assert shared["share_of_saved"] == round(shared["shared"] / shared["total"], 3)


def test_a_saved_search_is_tried_out_by_name_and_is_no_overlap_of_itself(line: Line) -> None:
    found = line("saved backtest", "radars").json
    assert (found["query"], found["saved_search"]) == ("radar* AND (derna OR haddar)", "radars")
    assert "radars" not in [one["saved_search"] for one in found["overlaps"]]


def test_a_person_is_told_in_lines(line: Line) -> None:
    said = line("saved backtest", "derna OR ab*", as_json=False)
    first, slow, *rest = said.out.splitlines()
    assert "so far. Expect " in first
    assert "“ab*” has fewer than 3 letters" in slow
    assert any("also in “radars”" in one for one in rest)
    assert any("▇" in one for one in rest)
    assert said.err == ""


def test_a_person_sees_the_ten_likest_searches_and_how_many_more_there_are(line: Line) -> None:
    with Store.open(line.paths) as store:
        for number in range(12):
            store.saved.add(f"derna {number}", f"derna -word{number}", False)
    line("saved backtest", "derna")  # derives the hits of the new ones
    told = line("saved backtest", "derna", as_json=False).out.splitlines()
    assert sum(one.startswith("The same articles as “derna ") for one in told) == 10
    assert any("more have some of them" in one for one in told)


def test_a_query_that_cannot_be_run_is_refused(line: Line) -> None:
    with pytest.raises(QueryError, match="never closed"):
        line("saved backtest", '"derna')


def test_precision_lists_all_searches_or_one(line: Line) -> None:
    nothing = line("saved precision")
    assert [(one["precision"], one["weeks"]) for one in nothing.json] == [(None, [])] * 2
    assert "No hit was judged yet." in nothing.err
    judge(line, "radars", (1, True), (2, True), (3, False))
    (found,) = line("saved precision", "radars").json
    assert found == {
        "saved_search": "radars", "kept": 2, "noise": 1, "precision": 0.667,
        "weeks": [{"week": "2026-03-02", "kept": 2, "noise": 1}],
    }  # fmt: skip
    assert "67%" in line("saved precision", as_json=False).out
    with pytest.raises(NotFoundError):
        line("saved precision", "gone")


def test_who_judged_too_little_is_told_how_much_is_needed(line: Line) -> None:
    judge(line, "radars", (1, True), (2, False))
    said = line("saved suggest", "radars")
    assert said.json == []
    assert "at least 5 hits first, 2 of them as noise: so far 1 are worth keeping and 1" in said.err
    with pytest.raises(NotFoundError):
        line("saved suggest", "gone")


def test_suggestions_are_listed_with_the_whole_query(line: Line) -> None:
    with Store.open(line.paths) as store:
        store.saved.add("all", "haddar OR derna OR wheat OR хаддар OR レーダー OR حدار", False)
        ids = store.articles.ids_below(None, 100)
        foreign = [one.id for one in store.lists.documents(ids) if not one.texts.title.isascii()]
    judge(line, "all", *((one, one not in foreign) for one in ids))
    found = line("saved suggest", "all").json
    assert found
    assert list(found[0]) == ["saved_search", "sentence", "query", "noise", "kept"]
    assert found[0]["kept"] == 0
    assert found[0]["noise"] >= 2
    told = line("saved suggest", "all", as_json=False).out.splitlines()
    assert told[:2] == [found[0]["sentence"], "    " + found[0]["query"]]
