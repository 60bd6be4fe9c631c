"""The commands that help to choose whom to track, in tables and in JSON."""

import pytest

from reader.errors import UsageError
from reader.store.store import Store
from tests.unit.cli.command_line import Line


def stored_aliases(line: Line) -> dict[str, int]:
    with Store.open(line.paths) as store:
        return {one.name: len(one.aliases) for one in store.entities.all()}


def test_suggestions_have_their_use_and_their_owners(line: Line) -> None:
    found = {one["text"]: one for one in line("entities suggest", "Haddar").json}
    assert list(found["Хаддар"]) == ["text", "kind", "covered", "articles", "owners", "sample"]
    assert found["Хаддар"]["articles"] > 0
    sample = found["Хаддар"]["sample"]
    assert sample["text"][sample["start"] : sample["end"]].startswith("Хаддар")
    told = line("entities suggest", "Haddar", as_json=False).out
    assert "Хаддар" in told
    assert "alias of" in told


def test_a_preview_counts_what_a_name_would_find_and_saves_nothing(line: Line) -> None:
    before = stored_aliases(line)
    plain = line("entities preview", "convoy", "--type", "topic").json
    more = line("entities preview", "convoy", "--alias", "Derne", "Haddar").json
    assert list(plain) == [
        "name", "articles", "mentions", "gained", "lost", "gained_samples", "lost_samples", "days",
        "aliases", "collisions", "warnings", "samples", "seconds",
    ]  # fmt: skip
    assert 0 < plain["articles"] < more["articles"]
    assert sum(day["articles"] for day in plain["days"]) == plain["articles"] == plain["gained"]
    assert [one["text"] for one in more["aliases"]] == ["convoy", "Derne", "Haddar"]
    assert stored_aliases(line) == before


def test_a_preview_of_a_tracked_name_says_what_changes(line: Line) -> None:
    name, count = max(stored_aliases(line).items(), key=lambda one: one[1])
    assert count > 0
    same = line("entities preview", name).json
    assert (same["gained"], same["lost"]) == (0, 0)
    fewer = line("entities preview", name, "--alias", "Xyzzy").json
    assert fewer["lost"] == same["articles"] - fewer["articles"] > 0
    told = line("entities preview", name, "--alias", "Xyzzy", as_json=False).out
    assert f"0 new, {fewer['lost']} no longer" in told


def test_what_could_not_be_saved_is_refused(line: Line) -> None:
    with pytest.raises(UsageError):
        line("entities preview", "convoy", "--type", "1")


def test_discovery_lists_nothing_tracked_and_remembers_what_is_dismissed(line: Line) -> None:
    found = line("entities discover", "--days", "9999").json
    assert {"Haddar", "S-400"}.isdisjoint(one["name"] for one in found)
    assert line("entities discover", "--dismiss", "Derna").json == {"dismissed": "Derna"}
    again = line("entities discover", "--dismiss", "derna", as_json=False)
    assert again.out == "“derna” was dismissed before.\n"
    after = [one["name"] for one in line("entities discover", "--days", "9999").json]
    assert "Derna" not in after
