"""Opens the dialog of the channels, and has done what is asked there."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from shiboken6 import isValid

from reader.domain.alert import ChannelState
from reader.errors import ReaderError
from reader.gui.presenters.channels import said, set_aside
from reader.gui.views.dialogs.channels import ChannelsDialog
from reader.services.setup import Setup, faults

if TYPE_CHECKING:
    from reader.gui.main_window import MainWindow

_ARRIVED = {
    "desktop": "The desktop took it.",
    "email": "The server took it: see whether it arrives.",
    "webhook": "The address answered that it has it.",
    "command": "The program took it, and ended well.",
}


class ChannelDesk:
    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.open: ChannelsDialog | None = None
        """The dialog opened last; it may be over."""

    def ask(self) -> None:
        """Shows the channel that fails, if any does."""
        channels = self._window.channels
        dialog = self.open = ChannelsDialog(self._window)
        dialog.save_wanted.connect(lambda values, words: self._save(dialog, values, words))
        dialog.test_wanted.connect(lambda channel: self._test(dialog, channel))
        dialog.retry_wanted.connect(channels.retry_refused)
        dialog.drop_wanted.connect(self._drop)
        show = partial(self._show_states, dialog)
        show(channels.states)
        channels.states_changed.connect(show)
        dialog.finished.connect(lambda _result: channels.states_changed.disconnect(show))
        failing = [one.name for one in channels.states if one.error or one.refused]
        dialog.choose(failing[0] if failing else "desktop")
        channels.reload()
        channels.read(partial(self._read, dialog), partial(self._refused, dialog))
        dialog.open()

    def _read(self, dialog: ChannelsDialog, setup: Setup) -> None:
        if isValid(dialog):
            values = {name: _value(setup, name) for name in dialog.values()}
            dialog.show_values(values, setup.passwords)

    def _refused(self, dialog: ChannelsDialog, problem: ReaderError) -> None:
        if isValid(dialog):
            dialog.complain(str(problem))

    def _show_states(self, dialog: ChannelsDialog, states: tuple[ChannelState, ...]) -> None:
        now = datetime.now(UTC)
        for state in states:
            dialog.show_state(state.name, said(state, now), bad=bool(state.error))
            dialog.show_refused(state.name, set_aside(state))

    def _drop(self, channel: str) -> None:
        def dropped() -> None:
            self._window.channels.reload()
            self._window.status.say("Dropped; they stay in the inbox. Ctrl+Z brings them back.")

        self._window.changer.run(lambda library: library.drop_refused(channel), dropped)

    def _save(
        self, dialog: ChannelsDialog, values: Mapping[str, Any],
        passwords: Mapping[str, str | None], after: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        typed = {channel: word for channel, word in passwords.items() if word}
        if dialog.show_faults(faults(values, typed)):
            return

        def saved(setup: Setup) -> None:
            self._read(dialog, setup)
            if after is not None:
                after()
            elif isValid(dialog):
                dialog.accept()
                self._window.status.say("Saved how alerts are delivered.")

        self._window.channels.write(values, passwords, saved, partial(self._refused, dialog))

    def _test(self, dialog: ChannelsDialog, channel: str) -> None:
        """With what stands there: it is saved first."""
        if dialog.edited:
            send = partial(self._send, dialog, channel)
            self._save(dialog, dialog.values(), dialog.passwords(), send)
        else:
            self._send(dialog, channel)

    def _send(self, dialog: ChannelsDialog, channel: str) -> None:
        def over(sentence: str, *, bad: bool) -> None:
            if isValid(dialog):
                dialog.page(channel).testing.end(sentence, bad=bad)

        dialog.page(channel).testing.begin()
        self._window.channels.test(
            channel,
            partial(over, _ARRIVED[channel], bad=False),
            lambda problem: over(str(problem), bad=True),
        )


def _value(setup: Setup, name: str) -> Any:
    section, _, key = name.partition(".")
    return getattr(getattr(setup.settings, section), key)
