"""The index is kept in few segments without anybody waiting for it."""

import pytest

from reader.services import upkeep
from reader.services.slices import Slice
from reader.services.upkeep import TIDYING
from tests.helpers.world import World, item


@pytest.fixture
def archive(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Twelve articles in as many segments."""
    monkeypatch.setattr(upkeep, "INDEXED", 1)
    monkeypatch.setattr("reader.search.merging._STEP", 0.0)
    world.feed("a").publish(*(item(f"Weather {number}") for number in range(12)))
    world.refresh()
    assert world.desk.index.segments == 12
    return world


def test_a_refresh_does_not_wait_while_there_are_not_too_many(archive: World) -> None:
    archive.feed("a").publish(item("Storm"))
    archive.refresh(catch_up=False)
    assert TIDYING not in archive.steps()


def test_too_many_segments_are_merged_before_anything_goes_on(
    archive: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "CROWDED", 10)
    labels = list(archive.steps())
    assert labels
    assert set(labels) == {TIDYING}
    assert archive.desk.index.segments <= 10
    assert len(archive.found("weather")) == 12


def test_the_rest_is_merged_when_there_is_nothing_better_to_do(archive: World) -> None:
    done, left = 0, 1
    while step := archive.desk.upkeep.merge_some():
        if step == Slice(0, 0):
            break
        assert step.label == TIDYING
        done, left = done + step.done, step.left
    assert left == 0
    assert done > 0
    assert archive.desk.index.segments <= 8
    assert len(archive.found("weather")) == 12
    assert archive.finder.check_index() == []
