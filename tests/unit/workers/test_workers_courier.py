"""When things go out: what was missed first and together, then soon after it fired."""

import asyncio
from collections.abc import Awaitable, Callable

from reader.workers.courier import Courier

SOON, NEVER = 0.01, 600.0


class Day:
    """A courier whose deliveries are noted."""

    def __init__(self, first: float = NEVER, gather: float = NEVER, every: float = NEVER) -> None:
        self.log: list[str] = []
        self.moved = asyncio.Event()
        self.courier = Courier(self._deliver, first=first, gather=gather, every=every)

    async def _deliver(self) -> None:
        self.log.append("deliver")
        self.moved.set()

    async def _present(self) -> None:
        self.log.append("present")

    async def lives(self, what_happens: Callable[["Day"], Awaitable[None]]) -> list[str]:
        running = asyncio.create_task(self.courier.run(self._present))
        try:
            await what_happens(self)
        finally:
            self.courier.leave()
            await running
        return self.log

    async def next_delivery(self) -> None:
        await self.moved.wait()
        self.moved.clear()

    async def breathe(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)


def live(what_happens: Callable[[Day], Awaitable[None]], **seconds: float) -> list[str]:
    async def run() -> list[str]:
        return await Day(**seconds).lives(what_happens)

    return asyncio.run(asyncio.wait_for(run(), 20))


def test_nothing_goes_out_before_the_first_round_is_over() -> None:
    async def day(one: Day) -> None:
        one.courier.round_begins()
        one.courier.fired()
        await one.breathe()
        assert one.log == []
        one.courier.round_over()
        await one.next_delivery()

    assert live(day) == ["present", "deliver"]


def test_first_round_that_takes_too_long_is_not_waited_for() -> None:
    async def day(one: Day) -> None:
        one.courier.round_begins()
        await one.next_delivery()

    assert live(day, first=SOON) == ["present", "deliver"]


def test_what_fires_goes_out_when_its_round_is_over() -> None:
    async def day(one: Day) -> None:
        one.courier.round_over()
        await one.next_delivery()
        one.courier.round_begins()
        one.courier.fired()
        one.courier.fired()
        await one.breathe()
        assert one.log.count("deliver") == 1
        one.courier.round_over()
        await one.next_delivery()

    assert live(day).count("deliver") == 2


def test_look_that_finds_nothing_to_fetch_does_not_end_a_round_that_was_asked_for() -> None:
    async def day(one: Day) -> None:
        one.courier.nothing_due()
        await one.next_delivery()
        one.courier.round_begins()
        one.courier.fired()
        one.courier.nothing_due()
        await one.breathe()
        assert one.log.count("deliver") == 1
        one.courier.round_over()
        await one.next_delivery()

    assert live(day).count("deliver") == 2


def test_long_round_holds_what_fired_only_so_long() -> None:
    async def day(one: Day) -> None:
        one.courier.round_over()
        await one.next_delivery()
        one.courier.round_begins()
        one.courier.fired()
        await one.next_delivery()

    assert live(day, gather=SOON).count("deliver") == 2


def test_what_becomes_due_by_itself_is_noticed() -> None:
    async def day(one: Day) -> None:
        one.courier.round_over()
        for _ in range(3):
            await one.next_delivery()

    assert live(day, every=SOON).count("deliver") >= 3


def test_leaving_before_the_first_round_sends_nothing() -> None:
    async def day(one: Day) -> None:
        await one.breathe()

    assert live(day) == []


def test_leaving_finishes_what_is_being_sent() -> None:
    async def run() -> list[str]:
        log: list[str] = []
        begun, may_end = asyncio.Event(), asyncio.Event()

        async def deliver() -> None:
            begun.set()
            await may_end.wait()
            log.append("sent")

        async def present() -> None:
            log.append("present")

        courier = Courier(deliver)
        running = asyncio.create_task(courier.run(present))
        courier.round_over()
        await begun.wait()
        courier.leave()
        may_end.set()
        await running
        return log

    assert asyncio.run(asyncio.wait_for(run(), 20)) == ["present", "sent"]
