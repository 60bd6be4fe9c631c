"""Index, matcher and brute force agree on what a query finds."""

from pathlib import Path

import pytest

from tests.helpers import search_oracle


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_index_matcher_and_brute_force_agree(seed: int, tmp_path: Path) -> None:
    assert search_oracle.compare(tmp_path / "index", seed=seed, count=40) > 200


@pytest.mark.parametrize(
    ("a", "b", "count"), [("ab", "ba", 1), ("abc", "abd", 1), ("abc", "", 3), ("abcd", "badc", 2)]
)
def test_the_judge_counts_typing_errors(a: str, b: str, count: int) -> None:
    assert search_oracle.edits(a, b) == count


def test_the_judge_lays_phrases_over_compounds() -> None:
    air, defence, compound = (
        next(w for w in search_oracle.WORDS if w.written[0] == text)
        for text in ("air", "defence", "air-defence")
    )
    asked = ("phrase", "title", 0, (air, defence), '"air defence"')
    for words, answer in [((air, defence), True), ((compound,), True), ((defence, air), False)]:
        known = search_oracle.article(search_oracle.random.Random(1), 1)
        known.fields["title"] = search_oracle.Field("", words)
        assert search_oracle.true(asked, known) is answer
