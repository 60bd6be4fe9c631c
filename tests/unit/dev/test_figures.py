"""Figures tell what they are, and how to take them again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.dev.figures import Circumstances, Figure, as_json, percentile, table

ABOUT = Circumstances("python -m reader.dev bench demo", "abc1234", "2026-11-22", "Linux", "3.11")
FIGURES = [Figure("demo", "wall time", 5.5678, "s", 3), Figure("demo", "peak", 277.4, "MB PSS")]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0, 100))
def test_a_percentile_is_one_of_the_values_and_has_its_share_below(
    values: list[float], percent: float
) -> None:
    found = percentile(values, percent)
    assert found in values
    below = sum(value <= found for value in values)
    assert below >= round(percent / 100 * len(values))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_the_ends_of_the_percentiles_are_the_extremes(values: list[float]) -> None:
    assert percentile(values, 0) == min(values)
    assert percentile(values, 100) == max(values)


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_the_table_names_command_commit_and_every_figure() -> None:
    told = table(FIGURES, ABOUT)
    assert told.startswith("python -m reader.dev bench demo\ncommit abc1234")
    assert "| demo: wall time | 5.57   | s " in told
    assert "| demo: peak      | 277    | MB PSS" in told
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert len({len(row) for row in rows}) == 1


def test_json_holds_the_same() -> None:
    told = json.loads(as_json(FIGURES, ABOUT))
    assert told["commit"] == "abc1234"
    assert [figure["value"] for figure in told["figures"]] == [5.5678, 277.4]


def test_the_circumstances_are_those_of_now() -> None:
    about = Circumstances.now(["demo", "--tries", "2"])
    assert about.command == "python -m reader.dev bench demo --tries 2"
    assert "CPUs" in about.machine
    assert about.commit
