"""How alerts leave the program: what state each channel is in, and setting them up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from reader.domain.alert import ChannelState
from reader.domain.library import Changes
from reader.errors import DeliveryError
from reader.gui import words
from reader.gui.jobs import Jobs
from reader.gui.models.toasts import WINDOW, Toast
from reader.gui.ports import Changing, CollectorLink, Failed, Reading
from reader.gui.presenters.notices import NoticesPresenter
from reader.services.setup import Setup

NAMES = {
    "desktop": "Desktop notifications", "email": "E-mail", "webhook": "Webhook",
    "command": "Command",
}  # fmt: skip
TEST = Toast(WINDOW, "This is a test", "Alerts of Media Reader will look like this.")
_NO_DESKTOP = "Notifications are shown by a window on a desktop; here there is none."


class SetsUp(Protocol):
    """`reader.services.setup.ChannelSetup`."""

    def read(self) -> Setup: ...
    def write(self, values: Mapping[str, Any], passwords: Mapping[str, str | None]) -> Setup: ...


class ChannelsPresenter(QObject):
    """Nothing can be set up until it has a `setup`."""

    states_changed = Signal(object)
    """A tuple of `ChannelState`."""
    trouble_changed = Signal(str)
    """What fails and why, in a sentence or two; "" when nothing does."""
    problem = Signal(object)

    def __init__(
        self, jobs: Jobs, collector: CollectorLink, notices: NoticesPresenter,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._collector, self._notices = jobs, collector, notices
        self.setup: SetsUp | None = None
        self.states: tuple[ChannelState, ...] = ()
        self.trouble = ""
        notices.state_changed.connect(self.reload)

    def reload(self) -> None:
        self._jobs.run(_states, self, self._arrived, self.problem.emit)

    def read(self, done: Callable[[Setup], object], failed: Failed) -> None:
        setup = self.setup
        if setup is not None:
            self._jobs.run(lambda _library: setup.read(), self, done, failed)

    def write(
        self, values: Mapping[str, Any], passwords: Mapping[str, str | None],
        done: Callable[[Setup], object], failed: Failed,
    ) -> None:  # fmt: skip
        """What was failing is tried again at once."""
        setup = self.setup
        if setup is None:
            return

        def written(told: Setup) -> None:
            self.retry()
            done(told)

        def work(_library: object) -> Setup:
            return setup.write(values, passwords)

        self._jobs.run(work, self, written, failed, change=True)

    def test(self, channel: str, done: Callable[[], object], failed: Failed) -> None:
        """Really sends one message, with the settings as they were written last."""
        if channel != "desktop":
            self._collector.try_channel(channel, done, failed)
        elif self._notices.desktop is None:
            failed(DeliveryError(_NO_DESKTOP))
        else:
            self._notices.desktop.show(TEST, done, lambda why: failed(DeliveryError(why)))

    def retry(self) -> None:
        """What waits for a next try is tried now."""
        self._notices.retry()
        self._collector.deliver_now(self.reload)

    def retry_refused(self, channel: str) -> None:
        """Once more, now."""
        work = partial(_retry_refused, channel)
        self._jobs.run(work, self, lambda _changes: self.retry(), self.problem.emit, change=True)

    def _arrived(self, states: Sequence[ChannelState]) -> None:
        why = self._notices.trouble
        found = tuple(
            replace(one, error=one.error or why, failures=max(1, one.failures))
            if one.name == "desktop" and why else one
            for one in states
        )  # fmt: skip
        if found != self.states:
            self.states = found
            self.states_changed.emit(found)
        trouble = " ".join(said for said in map(_failing, found) if said)
        if trouble != self.trouble:
            self.trouble = trouble
            self.trouble_changed.emit(trouble)


def said(state: ChannelState, now: datetime) -> str:
    """How a channel is doing, in a sentence or two."""
    waiting = f"{words.counted(state.waiting, 'alert')} wait{'s' * (state.waiting == 1)}"
    sent = f"Last sent {words.moment(state.last_sent, now)}." if state.last_sent else ""
    parts = [sent]
    if state.error:
        again = f" Next try {words.moment(state.next_try, now)}." if state.next_try else ""
        parts = [state.error, f"{waiting}.{again}" if state.waiting else again.strip()]
    elif not state.configured:
        parts = ["Not set up yet.", f"{waiting} for it." if state.waiting else ""]
    elif state.waiting:
        parts.append(f"{waiting} for {'its' if state.waiting == 1 else 'their'} time.")
    elif not sent and not state.refused:
        parts = ["Ready. Nothing has been sent yet."]
    return " ".join(part for part in parts if part)


def set_aside(state: ChannelState) -> str:
    """What was refused there and why, "" when nothing was."""
    if not state.refused:
        return ""
    many = f"{words.counted(state.refused, 'alert')} {'was' if state.refused == 1 else 'were'}"
    return f"{many} refused and set aside: {state.refusal}"


def _failing(state: ChannelState) -> str:
    """For the whole window: only what somebody waits for elsewhere is trouble. Where a desktop
    shows nothing, its alerts stand in the inbox of this very window."""
    if state.name == "desktop":
        return ""
    error = state.error if state.configured or state.waiting else ""
    told = " ".join(sentence for sentence in (error, set_aside(state)) if sentence)
    return f"{NAMES[state.name]}: {told}" if told else ""


def _retry_refused(channel: str, library: Changing) -> Changes:
    return library.retry_refused(channel)


def _states(library: Reading) -> list[ChannelState]:
    return library.channels()
