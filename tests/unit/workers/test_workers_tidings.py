"""Changes are told at once when they are rare, and together when they are many."""

import asyncio
from collections.abc import Callable

from reader.domain.library import Changes
from reader.workers.messages import News
from reader.workers.tidings import Tidings

NEVER = 600.0


async def breathe() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def told(what_happens: Callable[[Tidings], None], every: float = NEVER) -> list[News]:
    """What has been told of a first change, and then of what happens."""
    heard: list[News] = []

    async def live() -> None:
        tidings = Tidings(heard.append, every)
        tidings.add(Changes(feeds=True))
        await breathe()
        what_happens(tidings)
        await breathe()

    asyncio.run(live())
    return heard


def test_the_first_change_is_told_without_waiting() -> None:
    assert told(lambda _: None) == [News(Changes(feeds=True))]


def test_what_follows_soon_is_told_in_one_message_with_all_its_alerts() -> None:
    def many(tidings: Tidings) -> None:
        for number in range(50):
            tidings.add(Changes(counts=True, articles=frozenset({number % 3})), alerts=2)
        tidings.add(Changes(lists=True))
        tidings.flush()

    together = Changes(frozenset({0, 1, 2}), counts=True, lists=True)
    assert told(many)[1:] == [News(together, 100)]


def test_until_then_nothing_is_told() -> None:
    assert len(told(lambda tidings: tidings.add(Changes(lists=True)))) == 1


def test_what_comes_later_is_told_by_itself() -> None:
    heard = told(lambda tidings: tidings.add(Changes(lists=True), alerts=1), every=0.0)
    assert heard[1:] == [News(Changes(lists=True), 1)]


def test_nothing_is_told_when_nothing_happened() -> None:
    assert len(told(Tidings.flush)) == 1
