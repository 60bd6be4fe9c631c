"""docs/benchmarks.md tells of every benchmark, and runs none that is not there."""

import re
from pathlib import Path

from reader.dev.bench import BENCHMARKS
from reader.dev.soak import SOAKS

PAGE = (Path(__file__).parents[3] / "docs" / "benchmarks.md").read_text(encoding="utf-8")


def test_every_benchmark_has_a_row_and_every_row_a_benchmark() -> None:
    table = PAGE.partition("| name | what it measures |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [*BENCHMARKS]


def test_every_command_that_is_shown_can_be_run() -> None:
    ran = re.findall(r"reader\.dev (bench|soak) ([a-z][a-z -]*[a-z])", PAGE)
    assert len(ran) > 5
    for tool, words in ran:
        there = BENCHMARKS if tool == "bench" else SOAKS
        names = [word for word in words.partition(" --")[0].split() if not word.startswith("-")]
        assert [name for name in names if name not in there] == []
