"""The text of a JSON of watchlists, list by list and entity by entity, past what is broken.

What an entity says is left to the decoder of the standard library; only the brackets around the
entities are read here, so that one that is no JSON costs no other.
"""

import re
from collections.abc import Iterator
from json.decoder import JSONDecodeError, JSONDecoder
from typing import Any

_DECODER = JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_NEXT = re.compile(r"\n[ \t]*(?=\{)")
_TRIES = 1_000
"""Beginnings of objects that are tried after one that is no JSON."""

Element = tuple[int, Any]
"""Where an entity stands in the text, and what it says; an error where it is no JSON."""


def lists(text: str) -> Iterator[tuple[Any, list[Element] | None]]:
    """Each list: its fields but the entities (or what stands there instead of an object), and
    these; None without an array of them. JSONDecodeError for what is broken around them."""
    start = _space(text, 0)
    if text[start : start + 1] != "[":
        fields, elements, end = _list(text, start)
        _nothing_after(text, end)
        yield fields, elements
        return
    end = _space(text, start + 1)
    while text[end : end + 1] != "]":
        fields, elements, end = _list(text, end)
        yield fields, elements
        end = _separated(text, end, "]")
    _nothing_after(text, end + 1)


def _list(text: str, start: int) -> tuple[Any, list[Element] | None, int]:
    """And where the text goes on after it."""
    if text[start : start + 1] != "{":
        content, end = _DECODER.raw_decode(text, start)
        return content, None, end
    fields: dict[str, Any] = {}
    elements: list[Element] | None = None
    end = _space(text, start + 1)
    while text[end : end + 1] != "}":
        key, end = _DECODER.raw_decode(text, end)
        end = _space(text, end)
        if not isinstance(key, str) or text[end : end + 1] != ":":
            raise JSONDecodeError("Expecting a field and ':'", text, end)
        end = _space(text, end + 1)
        if key == "entities" and text[end : end + 1] == "[":
            elements, end = _elements(text, end + 1)
        else:
            fields[key], end = _DECODER.raw_decode(text, end)
        if end >= len(text) and elements:
            break  # the end is missing; what stands before it is whole
        end = _separated(text, end, "}")
    return fields, elements, end + 1


def _elements(text: str, start: int) -> tuple[list[Element], int]:
    """The entities, and where the text goes on after the array."""
    found: list[Element] = []
    end = _space(text, start)
    while end < len(text) and text[end] != "]":
        try:
            content, after = _element(text, end)
            found.append((end, content))
        except JSONDecodeError as problem:
            found.append((end, problem))
            after = _resumed(text, end + 1)
        end = _space(text, after + 1) if text[after : after + 1] == "," else after
    return found, end + 1


def _element(text: str, start: int) -> tuple[Any, int]:
    """A comma that is missing before the next one is forgiven."""
    content, end = _DECODER.raw_decode(text, start)
    end = _space(text, end)
    if end < len(text) and text[end] not in ",]{":
        raise JSONDecodeError("Expecting ',' delimiter", text, end)
    return content, end


def _resumed(text: str, start: int) -> int:
    """Where the next entity begins that can be read; the end of the text when there is none."""
    for _, found in zip(range(_TRIES), _NEXT.finditer(text, start), strict=False):
        try:
            content, end = _DECODER.raw_decode(text, found.end())
        except JSONDecodeError:
            continue
        after = _space(text, end)
        if isinstance(content, dict) and "name" in content and text[after : after + 1] in ",]":
            return found.end()
    return len(text)


def _separated(text: str, end: int, closing: str) -> int:
    """Past a comma, or at the closing bracket."""
    end = _space(text, end)
    if text[end : end + 1] == ",":
        end = _space(text, end + 1)
        if text[end : end + 1] == closing:
            raise JSONDecodeError("Illegal trailing comma", text, end)
        return end
    if text[end : end + 1] != closing:
        raise JSONDecodeError("Expecting ',' delimiter", text, end)
    return end


def _nothing_after(text: str, end: int) -> None:
    if _space(text, end) < len(text):
        raise JSONDecodeError("Extra data", text, _space(text, end))


def _space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start
