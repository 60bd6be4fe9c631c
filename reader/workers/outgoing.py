"""What leaves a library by itself: alerts by their channels, and the files of saved searches.

Both follow the settings while the collector runs. The library is asked and told on the writer's
thread alone; sending, and writing files, keep nobody waiting there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Protocol, TypeVar

from reader.domain.due import Usual
from reader.domain.library import Changes
from reader.errors import FileError
from reader.paths import LibraryPaths
from reader.services.channels import Channels, usual
from reader.services.deliver import Deliverer, Sent
from reader.services.dispatch import Dispatch
from reader.services.publish import Publisher, outdated, write
from reader.settings import Settings, Watched
from reader.store.secrets import Secrets
from reader.workers.desk import Desk
from reader.workers.messages import News

T = TypeVar("T")
Tell = Callable[[News], None]


class OnWriter(Protocol):
    """Runs a function on the writer's thread."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]: ...


class Outgoing:
    """Made on the writer's thread; used on the event loop."""

    def __init__(
        self,
        paths: LibraryPaths,
        settings: Settings,
        watched: Watched,
        desk: Desk,
        run: OnWriter,
        tell: Tell,
    ) -> None:
        """`settings` hold until `watched` has others."""
        self._settings, self._watched = settings, watched
        self._desk, self._run, self._tell = desk, run, tell
        self._shown: frozenset[int] = frozenset()
        """What is due on the desktop and has been told of."""
        self._dispatch = Dispatch(desk.store, usual(settings))
        self._hold(usual(settings))
        self._publisher = Publisher(desk.store)
        channels = Channels(lambda: self._settings, lambda: Secrets.open(paths.root))
        self._deliverer = Deliverer(lambda work: run(lambda: work(self._dispatch)), channels)

    async def present(self) -> None:
        """From now on somebody is there to be told; what was due before was missed."""
        await self._run(self._dispatch.present)

    async def deliver(self) -> None:
        """Tell what is due on the desktop, which no slow server keeps waiting, then send the rest.

        FileError, once, when the settings were changed to something impossible; those before go
        on to hold.
        """
        await self._tell_due()
        await self.send(at_once=False)

    async def _tell_due(self) -> None:
        due = await self._run(lambda: self._dispatch.to_show(self._shown))
        if new := len(due - self._shown):
            self._tell(News(Changes(counts=True), due=new))
        self._shown = due

    async def send(self, *, at_once: bool) -> tuple[Sent, ...]:
        """What is due; `at_once`: also where a failure is being waited out."""
        await self._publish()
        return await self._send_due(at_once)

    async def try_out(self, channel: str) -> None:
        """Really sends one message. UsageError when the channel is not set up, DeliveryError when
        it did not arrive. Nothing that waits is touched."""
        await self._follow_settings()
        await self._deliverer.test(channel)

    async def _publish(self) -> None:
        """Bring the files of saved searches up to date; one that cannot be written waits."""
        pages = await self._run(self._publisher.pages)
        for page in await asyncio.to_thread(outdated, pages) if pages else ():
            try:
                await asyncio.to_thread(write, page)
            except FileError as problem:
                if await self._run(partial(self._publisher.failed, page, problem)):
                    self._tell(News(Changes(saved=True), told=str(problem)))
            else:
                await self._run(partial(self._publisher.written, page))

    async def _send_due(self, at_once: bool) -> tuple[Sent, ...]:
        await self._follow_settings()
        results = await self._deliverer.deliver(at_once=at_once)
        for sent in results:
            if sent.messages or sent.first_failure or sent.refused:
                self._tell(News(Changes(counts=True), told=sent.sentence()))
        return tuple(results)

    async def _follow_settings(self) -> None:
        """Of alerts and their channels; the rest holds from the start."""
        now = self._watched.get()
        self._settings = replace(
            self._settings,
            alerts=now.alerts,
            email=now.email,
            webhook=now.webhook,
            command=now.command,
        )
        wanted = usual(self._settings)
        if wanted != self._dispatch.usual:
            await self._run(lambda: self._hold(wanted))

    def _hold(self, wanted: Usual) -> None:
        self._dispatch.usual = wanted
        self._desk.hold(wanted)
