"""What feeds said last is kept as it was told, and replaced as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.imprint import Imprint, packed, unpacked
from reader.store.imprints import Imprints
from tests.store.store_world import World

hashes = st.integers(-(2**63), 2**63 - 1)


@pytest.fixture
def imprints(world: World) -> Imprints:
    return world.store.imprints


def test_imprints_come_back_as_they_were(world: World, imprints: Imprints) -> None:
    edge = Imprint((2**63 - 1, -(2**63), 0, -1), None, 2**63 - 1, -(2**63))
    said = [edge, Imprint((1, 2, 3, 4), 5, 6, 7)]
    feed, other = world.feed(), world.feed()
    imprints.put(feed, said)
    assert imprints.of(feed) == {one.written: one for one in said}
    assert imprints.of(other) == {}
    assert unpacked(imprints.written([feed, other])[feed]) == [-(2**63), 7]


def test_what_was_said_before_is_forgotten(world: World, imprints: Imprints) -> None:
    feed = world.feed()
    imprints.put(feed, [Imprint((1, 2, 3, 4), 5, 6, 7)])
    imprints.put(feed, [Imprint((1, 2, 3, 4), 5, 6, 8)])
    assert [*imprints.of(feed)] == [8]
    imprints.put(feed, [])
    assert imprints.of(feed) == {}


@given(st.lists(hashes))
def test_numbers_are_packed_and_unpacked(numbers: list[int]) -> None:
    assert unpacked(packed(numbers)) == numbers
