"""What an item of a feed is told apart by, small enough to be kept of all that a feed says."""

from collections.abc import Iterable
from dataclasses import dataclass

_BYTES = 8


@dataclass(frozen=True, slots=True)
class Imprint:
    """Hashes, signed, of 64 bits. `keys`: one for each of `decide.MODES`; `url_key`: None for a
    link that identifies nothing; `written`: of how the feed wrote it, 0 when that is not known."""

    keys: tuple[int, int, int, int]
    url_key: int | None
    content: int
    written: int = 0


class UnknownItemError(Exception):
    """An item was left out as known, and is not: the feed has to be read whole."""


def packed(numbers: Iterable[int]) -> bytes:
    return b"".join(number.to_bytes(_BYTES, "little", signed=True) for number in numbers)


def unpacked(data: bytes) -> list[int]:
    """What `packed` was given."""
    return [
        int.from_bytes(data[start : start + _BYTES], "little", signed=True)
        for start in range(0, len(data), _BYTES)
    ]
