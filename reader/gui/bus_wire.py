"""Messages of D-Bus as bytes, and back: its types, alignment and headers. Pure.

Qt's own binding cannot say that a number is unsigned, or one byte, and notifications need both.
Values are Python's own: numbers, texts, lists for arrays and structures, dictionaries for
dictionaries. A variant is written as `(signature, value)`, and read as its value alone.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4
LARGEST = 1 << 27
"""Bytes of a message, as D-Bus has it."""
_NUMBERS = {"y": "B", "b": "I", "n": "h", "q": "H", "i": "i", "u": "I", "x": "q", "t": "Q",
            "d": "d"}  # fmt: skip
_FIELDS = (("path", 1, "o"), ("interface", 2, "s"), ("member", 3, "s"), ("error", 4, "s"),
           ("answers", 5, "u"), ("destination", 6, "s"), ("sender", 7, "s"),
           ("signature", 8, "g"))  # fmt: skip
_HEAD = 12


class WireError(ValueError):
    """What came in is no message of D-Bus."""


@dataclass(frozen=True, slots=True)
class Message:
    """`serial` is the sender's number for it; `answers` is that of the call it answers."""

    kind: int
    serial: int = 0
    path: str = ""
    interface: str = ""
    member: str = ""
    error: str = ""
    answers: int = 0
    destination: str = ""
    sender: str = ""
    signature: str = ""
    body: tuple[Any, ...] = ()


def types_of(signature: str) -> Iterator[str]:
    """ "sa{sv}i" → "s", "a{sv}", "i"."""
    at = 0
    while at < len(signature):
        end = _end(signature, at)
        yield signature[at:end]
        at = end


def _end(signature: str, at: int) -> int:
    """Where the complete type that begins at `at` ends."""
    if signature[at : at + 1] == "a":
        return _end(signature, at + 1)
    closing = {"(": ")", "{": "}"}.get(signature[at : at + 1])
    if closing is None:
        return at + 1
    at += 1
    while signature[at : at + 1] != closing:
        if at >= len(signature):
            raise WireError(f"“{signature}” is not closed.")
        at = _end(signature, at)
    return at + 1


# -- writing


def encoded(message: Message) -> bytes:
    """Ready to be sent."""
    writer = _Writer()
    for one, value in zip(types_of(message.signature), message.body, strict=True):
        writer.put(one, value)
    body = bytes(writer.data)
    told = [
        [number, (kind, getattr(message, name))]
        for name, number, kind in _FIELDS
        if getattr(message, name)
    ]
    head = _Writer()
    for one, value in zip("yyyyuu", (ord("l"), message.kind, 0, 1, len(body), message.serial),
                          strict=True):  # fmt: skip
        head.put(one, value)
    head.put("a(yv)", told)
    head.align(8)
    return bytes(head.data) + body


class _Writer:
    def __init__(self) -> None:
        self.data = bytearray()

    def align(self, to: int) -> None:
        self.data += bytes(-len(self.data) % to)

    def put(self, kind: str, value: Any) -> None:
        first = kind[0]
        if first in _NUMBERS:
            self.align(_alignment(first))
            self.data += struct.pack("<" + _NUMBERS[first], value)
        elif first in "so":
            raw = value.encode()
            self.put("u", len(raw))
            self.data += raw + b"\0"
        elif first == "g":
            raw = value.encode()
            self.data += bytes((len(raw),)) + raw + b"\0"
        elif first == "v":
            self.put("g", value[0])
            self.put(value[0], value[1])
        elif first == "a":
            self._array(kind[1:], value.items() if kind[1] == "{" else value)
        else:
            self.align(8)
            for one, part in zip(types_of(kind[1:-1]), value, strict=True):
                self.put(one, part)

    def _array(self, kind: str, values: Any) -> None:
        self.put("u", 0)
        place = len(self.data) - 4
        self.align(_alignment(kind[0]))
        start = len(self.data)
        for value in values:
            self.put(kind, value)
        struct.pack_into("<I", self.data, place, len(self.data) - start)


def _alignment(first: str) -> int:
    if first in "({":
        return 8
    if first in _NUMBERS:
        return struct.calcsize("<" + _NUMBERS[first])
    return {"s": 4, "o": 4, "a": 4}.get(first, 1)


# -- reading


class Incoming:
    """Takes bytes as they come, and gives the messages that are whole."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """WireError for what cannot be a message; nothing after it can be understood."""
        self._data += data
        while len(self._data) >= _HEAD + 4:
            size = _size(self._data)
            if len(self._data) < size:
                return
            whole = bytes(self._data[:size])
            del self._data[:size]
            try:
                yield _decoded(whole)
            except (IndexError, struct.error, UnicodeDecodeError) as problem:
                raise WireError(f"A message could not be read: {problem}.") from problem


def _order(data: bytes | bytearray) -> str:
    order = {ord("l"): "<", ord("B"): ">"}.get(data[0])
    if order is None or data[3] != 1:
        raise WireError("This is no message of D-Bus, version 1.")
    return order


def _size(data: bytes | bytearray) -> int:
    """Of the message that begins here, in bytes."""
    order = _order(data)
    body: int = struct.unpack_from(order + "I", data, 4)[0]
    fields: int = struct.unpack_from(order + "I", data, _HEAD)[0]
    size = _HEAD + 4 + fields + (-fields % 8) + body
    if size > LARGEST:
        raise WireError(f"A message of {size} bytes is too large.")
    return size


def _decoded(data: bytes) -> Message:
    reader = _Reader(data, _order(data))
    kind, serial = data[1], struct.unpack_from(reader.order + "I", data, 8)[0]
    reader.at = _HEAD
    told = dict(reader.get("a(yv)"))
    reader.align(8)
    named = {name: told[number] for name, number, _ in _FIELDS if number in told}
    body = tuple(reader.get(one) for one in types_of(named.get("signature", "")))
    return Message(kind, serial, body=body, **named)


class _Reader:
    def __init__(self, data: bytes, order: str) -> None:
        self.data, self.order, self.at = data, order, 0

    def align(self, to: int) -> None:
        self.at += -self.at % to

    def get(self, kind: str) -> Any:
        first = kind[0]
        if first in _NUMBERS:
            self.align(_alignment(first))
            value = struct.unpack_from(self.order + _NUMBERS[first], self.data, self.at)[0]
            self.at += _alignment(first)
            return bool(value) if first == "b" else value
        if first in "sog":
            return self._text(self.get("y" if first == "g" else "u"))
        if first == "v":
            return self.get(self.get("g"))
        if first == "a":
            return self._array(kind[1:])
        if first not in "({":
            raise WireError(f"There is no type “{first}”.")
        self.align(8)
        return [self.get(one) for one in types_of(kind[1:-1])]

    def _text(self, length: int) -> str:
        raw = self.data[self.at : self.at + length]
        self.at += length + 1
        return raw.decode()

    def _array(self, kind: str) -> Any:
        length = self.get("u")
        self.align(_alignment(kind[0]))
        end, values = self.at + length, []
        if end > len(self.data):
            raise WireError("A list is longer than its message.")
        while self.at < end:
            values.append(self.get(kind))
        return dict(values) if kind[0] == "{" else values
