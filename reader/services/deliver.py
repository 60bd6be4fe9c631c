"""Sending what is due, each channel by itself: a slow or failing one keeps no other waiting."""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from reader.delivery.message import Item, Message
from reader.domain.alert import Alert, Context, Notice
from reader.domain.article import Span
from reader.errors import DeliveryError, FileError, UsageError
from reader.services.channels import SENT, TITLES, Sends
from reader.services.clock import utc_now
from reader.services.dispatch import Dispatch

logger = logging.getLogger(__name__)

T = TypeVar("T")
BUG = "A bug kept alerts from being delivered; the details are in the library's reader.log."


class OnWriter(Protocol):
    """Runs a function with the dispatch on the one thread that owns it."""

    def __call__(self, work: Callable[[Dispatch], T], /) -> Awaitable[T]: ...


class Opens(Protocol):
    def configured(self) -> Iterable[str]: ...
    def state(self, channel: str) -> object: ...
    def open(self, channel: str) -> Sends: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What a channel was told: messages and their articles. `error`: why it then stopped.

    `refused`: articles of messages that were set aside, for they are never taken; `refusal`: why.
    """

    channel: str
    messages: int = 0
    articles: int = 0
    error: str = ""
    first_failure: bool = False
    """It had been well until then."""
    recovered: bool = False
    """It had failed until then."""
    refused: int = 0
    refusal: str = ""

    def sentence(self) -> str:
        """What has changed for a person, or ""."""
        if self.refused:
            many = "1 article was" if self.refused == 1 else f"{self.refused} articles were"
            return f"{self.refusal} Alerts of {many} set aside: send them again, or drop them."
        if self.first_failure:
            return f"{self.error} Alerts for {TITLES[self.channel]} wait, and are sent again."
        if self.recovered:
            return f"{TITLES[self.channel].capitalize()} works again."
        return ""


class Deliverer:
    """Used on one event loop; only one delivery at a time goes on for each channel."""

    def __init__(self, on_writer: OnWriter, channels: Opens) -> None:
        self._on_writer = on_writer
        self._channels = channels
        self._states: dict[str, object] = {}
        self._turns = {channel: asyncio.Lock() for channel in SENT}

    async def deliver(self, *, at_once: bool = False) -> list[Sent]:
        """Everything that is due, on the channels that are set up.

        `at_once`: also where a failure is being waited out.
        """
        names = [name for name in self._channels.configured() if name in SENT]
        return list(await asyncio.gather(*(self._channel(name, at_once) for name in names)))

    async def test(self, channel: str) -> None:
        """Really sends one message. UsageError when the channel is not set up, DeliveryError when
        it did not arrive. Nothing that waits is touched."""
        await self._channels.open(channel).send(sample(channel))

    async def _channel(self, name: str, at_once: bool) -> Sent:
        async with self._turns[name]:
            await self._notice_change(name)
            sent = Sent(name)
            while told := await self._next(name, at_once):
                sent = await self._send(name, told, sent)
                if sent.error:
                    break
            return sent

    async def _notice_change(self, name: str) -> None:
        state = self._channels.state(name)
        if self._states.setdefault(name, state) != state:
            self._states[name] = state
            await self._on_writer(lambda dispatch: dispatch.changed(name))

    def _next(self, name: str, at_once: bool) -> Awaitable[Message | None]:
        return self._on_writer(lambda dispatch: dispatch.next(name, at_once=at_once))

    async def _send(self, name: str, told: Message, sent: Sent) -> Sent:
        try:
            await self._channels.open(name).send(told)
        except DeliveryError as problem:
            return await self._not_taken(name, told, problem, sent)
        except (FileError, UsageError) as problem:  # no passwords to be had, no longer set up
            return await self._failed(name, DeliveryError(str(problem)), sent)
        except Exception:
            logger.exception("A bug while delivering by %s.", name)
            return await self._failed(name, DeliveryError(BUG), sent)
        recovered = await self._on_writer(lambda dispatch: dispatch.done(name, told.notice.batch))
        return replace(
            sent,
            messages=sent.messages + 1,
            articles=sent.articles + len(told.items),
            recovered=sent.recovered or recovered,
        )

    async def _not_taken(
        self, name: str, told: Message, problem: DeliveryError, sent: Sent
    ) -> Sent:
        """Sent in parts, set aside, or kept until the channel works again."""
        batch = told.notice.batch
        if problem.too_large and await self._on_writer(lambda one: one.halved(name, batch)):
            return sent
        if await self._on_writer(lambda one: one.sets_aside(name, batch, problem)):
            logger.warning("What is sent by %s was refused: %s", name, problem)
            return replace(sent, refused=sent.refused + len(told.items), refusal=str(problem))
        return await self._failed(name, problem, sent)

    async def _failed(self, name: str, problem: DeliveryError, sent: Sent) -> Sent:
        logger.info("Delivering by %s failed: %s", name, problem)
        first = await self._on_writer(lambda dispatch: dispatch.failed(name, problem))
        return replace(sent, error=str(problem), first_failure=first)


def sample(channel: str) -> Message:
    """A message that says it is only a test."""
    title, word = "This is how an article will look that fires an alert", "alert"
    start = title.index(word)
    place = start, start + len(word)
    now = utc_now()
    alert = Alert(
        article_id=0,
        title=title,
        saved_search="A test",
        why=(Span("title", *place, word),),
        at=now,
        context=(Context("title", title, (place,)),),
    )
    item = Item(0, title, "", "Media Reader", now, "en", (alert,))
    notice = Notice(f"test-{uuid.uuid4().hex}", channel, (alert,))
    return Message(notice, (item,), test=True)
