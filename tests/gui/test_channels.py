"""Setting up how alerts leave the program, and seeing what fails."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desktop_world import Screen
from gui_world import Collector, Library
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.domain.alert import CHANNELS, ChannelState
from reader.errors import DeliveryError
from reader.gui.main_window import MainWindow
from reader.gui.presenters.channels import said
from reader.gui.views.dialogs.channels import ChannelsDialog
from reader.gui.views.dialogs.channels_fields import arguments, listed, whole
from reader.paths import LibraryPaths
from reader.services.setup import ChannelSetup
from reader.settings import Settings, load, save
from reader.store.secrets import Secrets

NOW = datetime.now(UTC)
REFUSED = "The server refused the login: 535 bad password."


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


@pytest.fixture
def ring() -> Ring:
    return Ring()


@pytest.fixture
def paths(tmp_path: Path) -> LibraryPaths:
    return LibraryPaths(tmp_path)


@pytest.fixture
def channels(window: MainWindow, paths: LibraryPaths, ring: Ring, library: Library) -> MainWindow:
    window.channels.setup = ChannelSetup(paths, lambda: Secrets(paths.root, ring))
    library.states = [ChannelState(name, configured=name == "desktop") for name in CHANNELS]
    return window


@pytest.fixture
def asked(channels: MainWindow, qtbot: QtBot) -> Iterator[ChannelsDialog]:
    dialog = opened_dialog(channels, qtbot)
    yield dialog
    dialog.reject()


def opened_dialog(window: MainWindow, qtbot: QtBot) -> ChannelsDialog:
    window.actions_["channels"].trigger()
    dialog = window.commands._channels.open
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.values()["email.port"] == load(paths_of(window)).email.port)
    return dialog


def paths_of(window: MainWindow) -> Path:
    setup = window.channels.setup
    assert isinstance(setup, ChannelSetup)
    return setup._paths.settings


def fill(dialog: ChannelsDialog, **texts: str) -> None:
    """Types into fields: `email_host="a"`."""
    for page in dialog.pages.values():
        for field in [*page.fields, *([page.password] if page.password else [])]:
            if field.name.replace(".", "_", 1) in texts:
                field.line.clear()
                QTest.keyClicks(field.line, texts[field.name.replace(".", "_", 1)])


def faults_shown(dialog: ChannelsDialog) -> dict[str, str]:
    fields = [f for page in dialog.pages.values() for f in page.fields]
    fields += [page.password for page in dialog.pages.values() if page.password]
    return {field.name: field.fault() for field in fields if field.fault()}


# what is set up


def test_what_is_saved_is_shown_and_what_is_typed_is_saved(
    channels: MainWindow, paths: LibraryPaths, ring: Ring, qtbot: QtBot, collector: Collector
) -> None:
    save(paths.settings, replace(Settings(), fetch=replace(Settings().fetch, concurrency=7)))
    dialog = opened_dialog(channels, qtbot)
    fill(
        dialog, email_host="smtp.news.example", email_port="2525", email_user="ann",
        email_password="secret", email_to="a@b.example, c@d.example",
        command_argv="notify 'two words'", alerts_max_age_hours="24",
    )  # fmt: skip
    dialog.page("").fields[0].on.click()
    dialog.confirm()
    qtbot.waitUntil(lambda: channels.status.message.text().startswith("Saved"))
    now = load(paths.settings)
    assert (now.email.host, now.email.port, now.email.user) == ("smtp.news.example", 2525, "ann")
    assert now.email.to == ("a@b.example", "c@d.example")
    assert now.command.argv == ("notify", "two words")
    assert (now.alerts.quiet, now.alerts.max_age_hours) == ("22:00-07:00", 24)
    assert now.fetch.concurrency == 7  # all else stays
    assert ring.kept == {"smtp://ann@smtp.news.example:2525": "secret"}
    assert "secret" not in paths.settings.read_text()
    assert ("deliver",) in collector.calls  # what failed before is tried at once


def test_a_password_that_is_kept_is_never_shown_but_can_be_replaced_or_forgotten(
    channels: MainWindow, paths: LibraryPaths, ring: Ring, qtbot: QtBot
) -> None:
    save(paths.settings, replace(Settings(), webhook=replace(
        Settings().webhook, url="https://news.example/a")))  # fmt: skip
    ring.kept["webhook https://news.example"] = "secret"
    dialog = opened_dialog(channels, qtbot)
    password = dialog.page("webhook").password
    assert password is not None
    qtbot.waitUntil(lambda: not password.forget.isHidden())
    assert password.line.text() == ""
    assert "Kept" in password.line.placeholderText()
    assert dialog.passwords() == {}  # nothing typed: it stays as it is
    password.forget.click()
    assert dialog.passwords() == {"webhook": None}
    dialog.confirm()
    qtbot.waitUntil(lambda: ring.kept == {})


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"email_port": "many"}, {"email.port"}),
        ({"email_port": "70000"}, {"email.port"}),
        ({"email_host": "a.example"}, {"email.to"}),
        ({"email_to": "a@b.example"}, {"email.host"}),
        ({"email_to": "nobody", "email_host": "a"}, {"email.to"}),
        ({"email_password": "x"}, {"email.password"}),
        ({"webhook_url": "ftp://x"}, {"webhook.url"}),
        ({"webhook_password": "x"}, {"webhook.password"}),
        ({"command_argv": "a 'b"}, {"command.argv"}),
        ({"alerts_max_age_hours": "0"}, {"alerts.max_age_hours"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(
    asked: ChannelsDialog, paths: LibraryPaths, typed: dict[str, str], wrong: set[str]
) -> None:
    fill(asked, **typed)
    asked.confirm()
    assert set(faults_shown(asked)) == wrong
    assert not paths.settings.exists()
    section = next(iter(wrong)).partition(".")[0]
    assert asked.stack.currentWidget() is asked.page("" if section == "alerts" else section)


def test_typing_takes_the_complaint_away(asked: ChannelsDialog) -> None:
    fill(asked, webhook_url="ftp://x")
    asked.confirm()
    assert "webhook.url" in faults_shown(asked)
    fill(asked, webhook_url="https://x.example/")
    assert faults_shown(asked) == {}


def test_saving_is_offered_once_something_was_changed(asked: ChannelsDialog) -> None:
    assert not asked.main.isEnabled()
    fill(asked, webhook_url="https://x.example/")
    assert asked.main.isEnabled()


def test_settings_that_make_no_sense_are_told_in_the_dialog(
    channels: MainWindow, paths: LibraryPaths, qtbot: QtBot
) -> None:
    paths.settings.write_text("[email]\nport = 0\n")
    channels.actions_["channels"].trigger()
    dialog = channels.commands._channels.open
    assert dialog is not None
    qtbot.waitUntil(lambda: "email.port" in dialog.problem.text())
    dialog.reject()


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (whole, "587", 587), (whole, "5,8", "5,8"), (whole, "", ""), (whole, "²", "²"),
        (listed, " a@b.c; d@e.f ,", ("a@b.c", "d@e.f")), (listed, "", ()),
        (arguments, 'run "a b" c', ("run", "a b", "c")), (arguments, "'", "'"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_its_setting(
    read: Callable[[str], Any], text: str, value: object
) -> None:
    assert read(text) == value


# a test message


def test_a_test_saves_first_and_shows_the_real_answer(
    channels: MainWindow, collector: Collector, paths: LibraryPaths, qtbot: QtBot
) -> None:
    dialog = opened_dialog(channels, qtbot)
    fill(dialog, webhook_url="https://news.example/a")
    test = dialog.page("webhook").testing
    collector.refusal = DeliveryError(REFUSED)
    test.button.click()
    qtbot.waitUntil(lambda: test.answer.text() == REFUSED)
    assert load(paths.settings).webhook.url == "https://news.example/a"
    assert ("try", "webhook") in collector.calls
    assert test.answer.objectName() == "problem"
    collector.refusal = None
    test.button.click()
    qtbot.waitUntil(lambda: "has it" in test.answer.text())
    assert test.button.isEnabled()
    dialog.reject()


def test_a_test_of_what_is_wrong_is_not_sent(asked: ChannelsDialog, collector: Collector) -> None:
    fill(asked, webhook_url="nowhere")
    asked.page("webhook").testing.button.click()
    assert faults_shown(asked)
    assert not any(call[0] == "try" for call in collector.calls)


def test_the_desktop_shows_a_test_itself(channels: MainWindow, qtbot: QtBot) -> None:
    dialog = opened_dialog(channels, qtbot)
    test = dialog.page("desktop").testing
    test.button.click()
    assert "here there is none" in test.answer.text()
    screen = channels.notices.desktop = Screen()
    screen.held = []
    test.button.click()
    assert (test.answer.text(), test.button.isEnabled()) == ("Sending…", False)
    screen.held[0]()
    assert "took it" in test.answer.text()
    assert screen.shown[0].title == "This is a test"
    channels.notices.desktop = None
    dialog.reject()


def test_an_answer_for_a_dialog_that_was_closed_is_dropped(
    channels: MainWindow, qtbot: QtBot
) -> None:
    dialog = opened_dialog(channels, qtbot)
    screen = channels.notices.desktop = Screen()
    screen.held = []
    dialog.page("desktop").testing.button.click()
    dialog.reject()
    qtbot.waitUntil(lambda: bool(screen.held))
    screen.held[0]()
    channels.notices.desktop = None


# what fails


FAILING = ChannelState("email", configured=True, waiting=3, failures=2, error=REFUSED,
                       next_try=NOW + timedelta(minutes=5))  # fmt: skip


def fails(window: MainWindow, library: Library, qtbot: QtBot, *states: ChannelState) -> None:
    library.states = list(states)
    window.channels.reload()
    qtbot.waitUntil(lambda: window.channels.states == states)  # also when an earlier one comes late


def test_a_channel_that_fails_is_marked_wherever_one_looks(
    channels: MainWindow, library: Library, qtbot: QtBot
) -> None:
    fails(channels, library, qtbot, FAILING)
    assert not channels.status.trouble.isHidden()
    assert REFUSED in channels.status.trouble.toolTip()
    model = channels.places.model
    assert model.place(model.find("alerts")).problem == f"E-mail: {REFUSED}"
    channels.status.trouble.click()
    dialog = channels.commands._channels.open
    assert dialog.stack.currentWidget() is dialog.page("email")
    assert dialog.page("email").state.text().startswith(REFUSED)
    assert "3 alerts wait" in dialog.page("email").state.text()
    fails(channels, library, qtbot, replace(FAILING, error="", failures=0, waiting=0))
    assert channels.status.trouble.isHidden()
    assert model.place(model.find("alerts")).problem == ""
    assert dialog.page("email").state.objectName() == "state"
    dialog.reject()


ASIDE = replace(FAILING, error="", failures=0, next_try=None, waiting=0, refused=2, refusal=REFUSED)


def test_what_was_refused_is_marked_and_can_be_sent_again_or_dropped(
    channels: MainWindow, library: Library, collector: Collector, qtbot: QtBot
) -> None:
    fails(channels, library, qtbot, ASIDE)
    sentence = f"2 alerts were refused and set aside: {REFUSED}"
    assert sentence in channels.status.trouble.toolTip()
    channels.status.trouble.click()
    dialog = channels.commands._channels.open
    page = dialog.page("email")
    assert dialog.stack.currentWidget() is page
    assert page.refused.isVisible()
    assert page.refused.sentence.text() == sentence
    assert "⚠" in dialog.list.currentItem().text()
    page.refused.retry.click()
    qtbot.waitUntil(lambda: ("deliver",) in collector.calls)
    page.refused.drop.click()
    qtbot.waitUntil(lambda: channels.status.message.text().startswith("Dropped"))
    assert [call for call in library.calls if call[0].endswith("_refused")] == [
        ("retry_refused", "email"), ("drop_refused", "email"),
    ]  # fmt: skip
    fails(channels, library, qtbot, replace(ASIDE, refused=0, refusal=""))
    assert not page.refused.isVisible()
    assert "⚠" not in dialog.list.currentItem().text()
    dialog.reject()


def test_what_nobody_waits_for_is_no_trouble(
    channels: MainWindow, library: Library, qtbot: QtBot
) -> None:
    fails(channels, library, qtbot, replace(FAILING, configured=False, waiting=0))
    assert channels.status.trouble.isHidden()


def test_a_desktop_without_notifications_says_so_in_its_state(
    channels: MainWindow, library: Library, qtbot: QtBot
) -> None:
    library.states = [ChannelState("desktop", configured=True, waiting=2)]
    channels.notices._failed("This desktop shows no notifications.")
    qtbot.waitUntil(lambda: len(channels.channels.states) == 1)
    (state,) = channels.channels.states
    assert state.error == "This desktop shows no notifications."
    assert channels.channels.trouble == ""  # what waits stands in the inbox of this window
    channels.notices._later.stop()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ChannelState("email", configured=False), "Not set up yet."),
        (
            ChannelState("email", configured=False, waiting=1),
            "Not set up yet. 1 alert waits for it.",
        ),
        (ChannelState("email", configured=True), "Ready. Nothing has been sent yet."),
        (ChannelState("email", configured=True, waiting=2), "2 alerts wait for their time."),
        (ChannelState("email", configured=True, failures=1, error="No."), "No."),
    ],
)
def test_every_state_is_said_in_words(state: ChannelState, sentence: str) -> None:
    assert said(state, NOW) == sentence


def test_when_it_last_worked_and_is_tried_next_is_said() -> None:
    sent = ChannelState("email", configured=True, last_sent=NOW)
    assert said(sent, NOW) == f"Last sent {NOW.astimezone():%H:%M}."
    again = said(FAILING, NOW)
    assert again.startswith(f"{REFUSED} 3 alerts wait. Next try ")
