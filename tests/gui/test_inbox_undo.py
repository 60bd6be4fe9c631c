"""One Ctrl+Z takes back one press of a key, in a real library with its journal."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.errors import NotFoundError, ReaderError
from reader.gui.presenters.changer import Changer
from reader.services.library import Library
from reader.services.undo import NAMES
from tests.helpers.world import World, item

SEARCHES = ("port", "tobruk", "gas")


class Now:
    """Does at once, on this thread, what the window's jobs do later on theirs."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def run(
        self,
        work: Callable[[Any], Any],
        _owner: object,
        done: Callable[[Any], object],
        failed: Callable[[ReaderError], object],
        *,
        change: bool = False,
    ) -> None:
        assert change
        try:
            answer = work(self._library)
        except ReaderError as problem:
            failed(problem)
        else:
            done(answer)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    for name in SEARCHES:
        made.library.save_search(name, name, alert=True)
    made.feed("a").publish(*[item(f"Port of Tobruk, gas {n}") for n in range(8)])
    made.refresh()
    yield made
    made.close()


@pytest.fixture
def changer(world: World) -> Changer:
    return Changer(Now(world.library))  # type: ignore[arg-type]


def judgements(world: World) -> dict[tuple[str, int], bool]:
    found = {}
    for saved in world.store.saved.all():
        for one in world.store.judgements.of(saved.id):
            found[saved.name, one.article_id] = one.keep
    return found


def judge(changer: Changer, names: list[str], ids: list[int], kept: bool | None) -> None:
    changer.run(lambda library: library.judge_for(dict.fromkeys(names, ids), kept))


def look(changer: Changer, number: int) -> None:
    changer.run(lambda library: library.mark([number], read=True, passing=True))


def test_every_press_is_taken_back_by_one_undo_and_what_was_read_stays_read(
    world: World, changer: Changer
) -> None:
    ids = world.ids()
    for seed in range(30):
        chance = random.Random(seed)
        world.library.mark(ids, read=False)
        past: list[dict[tuple[str, int], bool]] = []
        read: set[int] = set()
        for _ in range(chance.randrange(1, 7)):
            names = chance.sample(SEARCHES, chance.randrange(1, 4))
            chosen = chance.sample(ids, chance.randrange(1, 4))
            before = judgements(world)
            judge(changer, names, chosen, chance.choice([True, False, None]))
            if judgements(world) != before:
                past.append(before)
            for number in chance.sample(ids, chance.randrange(3)):
                look(changer, number)
                read.add(number)
        while past:
            changer.undo()
            assert judgements(world) == past.pop()
        assert judgements(world) == {}
        kept = {line.id for line in world.library.lines(ids) if line.read}
        assert kept >= read


def test_changes_are_taken_back_from_under_what_was_looked_at(
    world: World, changer: Changer
) -> None:
    number = world.ids()[0]
    world.pass_time(minutes=10)
    said: list[str] = []
    changer.undone.connect(said.append)
    judge(changer, ["port"], [number], True)
    changer.run(lambda library: library.mark([number], starred=True))
    look(changer, number)
    changer.undo()
    assert said == [NAMES["star"]]
    assert not world.library.lines([number])[0].starred
    assert judgements(world) == {("port", number): True}
    changer.undo()
    assert judgements(world) == {}
    assert world.library.lines([number])[0].read
    changer.undo()
    assert said[2:] == [NAMES["read"]]


def test_marking_read_by_hand_is_not_taken_back_from_under_what_was_looked_at(
    world: World, changer: Changer
) -> None:
    number = world.ids()[0]
    world.pass_time(minutes=10)
    look(changer, number)
    changer.run(lambda library: library.mark([number], read=False))
    look(changer, number)
    for read in (False, True, False):
        changer.undo()
        assert world.library.lines([number])[0].read is read


def test_after_a_restart_judging_is_still_taken_back_from_under_what_was_looked_at(
    world: World, changer: Changer
) -> None:
    first, second = world.ids()[:2]
    world.pass_time(minutes=10)
    judge(changer, ["port", "gas"], [first], False)
    look(changer, second)
    world.reopen()
    assert world.library.undo()[0] == NAMES["judge"]
    assert judgements(world) == {}
    assert world.library.lines([second])[0].read
    assert world.library.undo()[0] == NAMES["read"]


def test_long_after_judging_what_came_on_show_last_is_meant(world: World, changer: Changer) -> None:
    first, second = world.ids()[:2]
    judge(changer, ["port"], [first], False)
    world.pass_time(hours=2)
    look(changer, second)
    assert world.library.undo()[0] == NAMES["read"]
    assert judgements(world) == {("port", first): False}


def test_when_one_search_is_gone_nothing_is_judged(world: World, changer: Changer) -> None:
    number = world.ids()[0]
    problems: list[ReaderError] = []
    changer.problem.connect(problems.append)
    judge(changer, ["port", "no such search", "gas"], [number], True)
    assert [type(problem) for problem in problems] == [NotFoundError]
    assert judgements(world) == {}


def test_without_anything_to_take_back_it_says_so(world: World, changer: Changer) -> None:
    number = world.ids()[0]
    judge(changer, ["port"], [number], None)  # was not judged anyway
    problems: list[ReaderError] = []
    changer.problem.connect(problems.append)
    for _ in range(len(SEARCHES)):
        changer.undo()  # the saved searches of this library
    changer.undo()
    assert isinstance(problems[-1], NotFoundError)
