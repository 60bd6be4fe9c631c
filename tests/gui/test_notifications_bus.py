"""What goes over the session bus: a real one where there is one, else bytes alone."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desktop_world import DAEMON, Daemon, Memory, Server
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from reader.gui.bus import BUS, NO_BUS, SessionBus, session_address, socket_of
from reader.gui.bus_wire import (
    CALL,
    SIGNAL,
    Incoming,
    Message,
    WireError,
    encoded,
    types_of,
)
from reader.gui.models.toasts import Toast
from reader.gui.notifications import NOWHERE, Desktop, Service, marked_up

real = pytest.mark.skipif(DAEMON is None, reason="there is no dbus-daemon here")
HELLO = bytes.fromhex(
    "6c01000100000000010000006d00000001016f00150000002f6f72672f667265656465736b746f702f44427573000000"
    "030173000500000048656c6c6f00000002017300140000006f72672e667265656465736b746f702e444275730000"
    "000006017300140000006f72672e667265656465736b746f702e4442757300000000"
)
"""A call of Hello as the specification has it: path, member, interface, destination."""

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "y": st.integers(0, 255), "b": st.booleans(), "n": st.integers(-(2**15), 2**15 - 1),
    "q": st.integers(0, 2**16 - 1), "i": st.integers(-(2**31), 2**31 - 1),
    "u": st.integers(0, 2**32 - 1), "x": st.integers(-(2**63), 2**63 - 1),
    "t": st.integers(0, 2**64 - 1), "d": st.floats(allow_nan=False), "s": TEXT,
}  # fmt: skip


def wrapped(below: st.SearchStrategy[tuple[str, Any]]) -> st.SearchStrategy[tuple[str, Any]]:
    def array(of: tuple[str, Any]) -> tuple[str, Any]:
        return f"a{of[0]}", [of[1]] * 2

    def structure(of: list[tuple[str, Any]]) -> tuple[str, Any]:
        return f"({''.join(kind for kind, _ in of)})", [value for _, value in of]

    def dictionary(of: tuple[str, Any]) -> tuple[str, Any]:
        return f"a{{s{of[0]}}}", {"a": of[1], "": of[1]}

    return st.one_of(
        below.map(array), st.lists(below, min_size=1, max_size=3).map(structure),
        below.map(dictionary),
    )  # fmt: skip


VALUES = st.recursive(
    st.sampled_from(sorted(LEAVES)).flatmap(lambda k: LEAVES[k].map(lambda v: (k, v))),
    wrapped,
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(VALUES, max_size=5), st.integers(1, 2**32 - 1), TEXT, st.integers(1, 40))
def test_any_message_comes_back_as_it_was_sent_however_it_is_cut(
    values: list[tuple[str, Any]], serial: int, member: str, step: int
) -> None:
    message = Message(
        SIGNAL, serial, path="/a", interface="b.c", member=member, destination="d.e",
        signature="".join(kind for kind, _ in values), body=tuple(v for _, v in values),
    )  # fmt: skip
    data, incoming = encoded(message) * 2, Incoming()
    got = [one for at in range(0, len(data), step) for one in incoming.feed(data[at : at + step])]
    assert got == [message, message]


def test_bytes_of_a_call_are_those_of_the_specification() -> None:
    where = "/org/freedesktop/DBus"
    call = Message(CALL, 1, path=where, member="Hello", interface=BUS, destination=BUS)
    ours = encoded(call)
    assert next(Incoming().feed(ours)) == next(Incoming().feed(HELLO)) == call
    assert len(ours) == len(HELLO)


def test_a_variant_is_read_as_its_value() -> None:
    message = Message(SIGNAL, 1, signature="a{sv}v", body=({"urgency": ("y", 2)}, ("as", ["x"])))
    assert next(Incoming().feed(encoded(message))).body == ({"urgency": 2}, ["x"])


def test_numbers_of_the_other_byte_order_are_read() -> None:
    fields = b"\x05\x01u\0" + struct.pack(">I", 7) + b"\x08\x01g\0\x01u\0"
    head = struct.pack(">BBBBIII", ord("B"), 2, 0, 1, 4, 9, len(fields))
    padding = bytes(-(len(head) + len(fields)) % 8)
    (got,) = Incoming().feed(head + fields + padding + struct.pack(">I", 300))
    assert (got.serial, got.answers, got.body) == (9, 7, (300,))


@pytest.mark.parametrize("junk", [b"HTTP/1.1 400 no such thing", b"l\x01\0\1" + b"\xff" * 12,
                                  b"l\x01\0\2" + bytes(12)])  # fmt: skip
def test_what_is_no_message_is_refused(junk: bytes) -> None:
    with pytest.raises(WireError):
        list(Incoming().feed(junk))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_do_more_than_be_refused(junk: bytes) -> None:
    try:
        got = list(Incoming().feed(b"l\x04\0\1" + junk))
    except WireError:
        return
    assert all(isinstance(one, Message) for one in got)


def test_signatures_fall_apart_into_whole_types() -> None:
    assert list(types_of("susssasa{sv}i")) == ["s", "u", "s", "s", "s", "as", "a{sv}", "i"]
    with pytest.raises(WireError):
        list(types_of("a(s"))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("unix:path=/run/user/1000/bus", ("/run/user/1000/bus", False)),
        ("tcp:host=a;unix:path=/a%20b,guid=12", ("/a b", False)),
        ("unix:abstract=/tmp/x,guid=1", ("/tmp/x", True)),
        ("autolaunch:", ("", False)),
        ("", ("", False)),
    ],
)
def test_the_first_local_socket_of_an_address_is_taken(
    address: str, name: tuple[str, bool]
) -> None:
    assert socket_of(address) == name


def test_the_usual_place_counts_when_nothing_names_a_bus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_address() == ""
    (tmp_path / "bus").touch()
    assert session_address() == f"unix:path={tmp_path}/bus"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/other")
    assert session_address() == "unix:path=/other"


def test_without_a_bus_every_call_fails_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    why: list[str] = []
    for count, address in enumerate(("", f"unix:path={tmp_path}/nothing"), 1):
        bus = SessionBus(address)
        bus.call(BUS, "/", BUS, "GetId", "", (), print, why.append)
        assert len(why) < count  # never within the call
        qtbot.waitUntil(lambda: len(why) == count)  # noqa: B023
        bus.close()
    assert why[0] == NO_BUS


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(tmp_path)
    yield made
    made.stop()


Pair = tuple[Service, Server | Memory]


@pytest.fixture(params=["in memory", pytest.param("on a real bus", marks=real)])
def service(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Ours, and the desktop's; the logic is proven also where there is no bus to be had."""
    if request.param == "in memory":
        memory = Memory()
        yield Service(memory), memory
        return
    daemon: Daemon = request.getfixturevalue("daemon")
    server, bus = Server(daemon), SessionBus(daemon.address)
    qtbot.waitUntil(lambda: server.ready)
    yield Service(bus), server
    bus.close()
    server.bus.close()


@real
def test_a_real_bus_answers_and_refuses(qtbot: QtBot, daemon: Daemon) -> None:
    bus = SessionBus(daemon.address)
    got: list[Any] = []
    where = "/org/freedesktop/DBus"
    bus.call(BUS, where, BUS, "NameHasOwner", "s", ("no.such.name",), got.append, print)
    bus.call("no.such.name", "/", "a.b", "C", "", (), print, got.append)
    qtbot.waitUntil(lambda: len(got) == 2)
    assert got[0] == (False,)
    assert "no.such.name" in got[1]
    bus.close()


def test_a_notification_arrives_with_the_types_that_services_expect(
    qtbot: QtBot, service: Pair
) -> None:
    ours, server = service
    taken: list[int] = []
    toast = Toast("7", "R&D <now>", "a < b & c", ((0, 1),), (("keep", "Keep"),), 2, sound=True)
    ours.show(toast, lambda: taken.append(len(server.shown)), print)
    qtbot.waitUntil(lambda: bool(taken))
    assert taken == [1]  # told only after the service had it
    name, replaces, _, title, body, actions, hints, stays = server.shown[0]
    assert server.signatures == ["susssasa{sv}i"]
    assert (name, replaces, title, stays) == ("Media Reader", 0, "R&D <now>", -1)
    assert body == "<b>a</b> &lt; b &amp; c"
    assert actions == ["default", "Open", "keep", "Keep"]
    assert (hints["urgency"], hints["sound-name"]) == (2, "message-new-instant")


def test_what_is_chosen_on_a_notification_comes_back_with_its_key(
    qtbot: QtBot, service: Pair
) -> None:
    ours, server = service
    for key in ("7", "8"):
        ours.show(Toast(key, "t"), lambda: None, print)
    qtbot.waitUntil(lambda: len(server.shown) == 2)
    with qtbot.waitSignal(ours.acted) as told:
        server.act(2, "noise")
    assert told.args == ["8", "noise"]
    qtbot.waitUntil(lambda: server.closed == [2])  # some services leave it on show
    server.close_one(1)
    server.act(1, "default")  # of what is closed: nobody knows any more what it was
    with qtbot.waitSignal(ours.acted) as told:
        server.act(2, "default")
    assert told.args == ["8", "default"]


@pytest.mark.parametrize("can", [("body",), ("body", "actions")])
def test_a_plain_service_gets_plain_text_and_no_actions_it_cannot_show(
    qtbot: QtBot, service: Pair, can: tuple[str, ...]
) -> None:
    ours, server = service
    server.can = can
    ours.show(Toast("7", "t", "a < b", ((0, 1),), (("keep", "Keep"),)), lambda: None, print)
    qtbot.waitUntil(lambda: bool(server.shown))
    assert server.shown[0][4] == "a < b"
    assert bool(server.shown[0][5]) == ("actions" in can)
    assert server.shown[0][6]["suppress-sound"] is True


def test_a_bus_that_goes_away_fails_what_waits(qtbot: QtBot, service: Pair) -> None:
    ours, server = service
    server.silent = True
    why: list[str] = []
    ours.show(Toast("7", "t"), print, why.append)
    qtbot.waitUntil(lambda: server.heard)
    server.stop()
    qtbot.waitUntil(lambda: bool(why))
    assert "lost" in why[0]


def test_markup_is_ours_alone() -> None:
    assert marked_up("<b>x</b> & y", ((9, 10), (0, 3))) == (
        "<b>&lt;b&gt;</b>x&lt;/b&gt; <b>&amp;</b> y"
    )
    assert marked_up("abc", ((1, 9), (2, 3), (0, 0))) == "a<b>bc</b>"


def test_where_nothing_can_be_shown_that_is_said(qtbot: QtBot) -> None:
    why: list[str] = []
    bus = SessionBus("")
    desktop, hidden = Desktop(bus), QSystemTrayIcon()
    with_tray = Desktop(bus, hidden)
    for one in (desktop, with_tray):
        one.show(Toast("7", "t"), print, why.append)
    qtbot.waitUntil(lambda: len(why) == 2)
    assert why == [NOWHERE, NOWHERE]


class Tray(QSystemTrayIcon):
    """One that is there."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []

    def isVisible(self) -> bool:
        return True

    @staticmethod
    def supportsMessages() -> bool:
        return True

    def showMessage(self, title: str, text: str, *_more: object) -> None:
        self.said.append((title, text))


def test_without_a_service_the_tray_shows_it_and_a_click_opens_it(qtbot: QtBot) -> None:
    tray, taken = Tray(), []
    desktop = Desktop(SessionBus(""), tray)
    desktop.show(Toast("7", "title", "text"), lambda: taken.append(1), print)
    qtbot.waitUntil(lambda: bool(taken))
    assert tray.said == [("title", "text")]
    with qtbot.waitSignal(desktop.acted) as told:
        tray.messageClicked.emit()
    assert told.args == ["7", "default"]
