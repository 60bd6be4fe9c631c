"""Regular expressions run over many forms at once, and what can be told of them beforehand.

The forms are lines of UTF-8, each with a line break behind it. Patterns are such as RE2 accepts.
"""

import re
from functools import lru_cache
from typing import Any

import numpy as np
import re2
from numpy.typing import NDArray

LAST = b"\xff"
"""Greater than every byte of UTF-8."""
_REGEX_MEMORY = 32 << 20
_SIMPLE = re.compile(r"[a-z]*(?:\[(?:[a-z]-[a-z]|[a-z])+\]|\.)[+*][a-z]*")
"""Patterns that cannot run long, mean the same to `re`, and there take a tenth for each match."""
_LETTERS_AT_END = re.compile(r"[^\W\d_]+$")


def _options() -> Any:
    options = re2.Options()
    options.never_nl = True  # [^a] would match the line break behind a form
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _REGEX_MEMORY
    return options


@lru_cache(maxsize=64)
def compiled(pattern: bytes) -> Any:
    return re2.compile(pattern, options=_options())


def _in_lines(pattern: str) -> Any:
    return compiled(b"(?m)^(?:" + pattern.encode() + b")$")


def begins(pattern: str, lines: Any) -> NDArray[np.int64]:
    """Where the lines begin that match."""
    simple = _SIMPLE.fullmatch(pattern) is not None
    whole = re.compile(b"(?m)^" + pattern.encode() + b"$") if simple else _in_lines(pattern)
    found = np.array([match.start() for match in whole.finditer(lines)], np.int64)
    return found[found < len(lines)]  # the nothing behind the last line is no form


def letters_at_end(pattern: str) -> str:
    """Letters with which everything ends that matches; "" when that is not plain to see."""
    plain = "|" not in pattern and "\\" not in pattern and "(?" not in pattern
    found = _LETTERS_AT_END.search(pattern) if plain else None
    return found[0] if found else ""


def bounds(pattern: str) -> tuple[bytes, bytes]:
    """No form that matches is before the first or behind the second; both cut short."""
    try:
        least, greatest = compiled(pattern.encode()).possiblematchrange(10)
    except re2.error:  # RE2 cannot tell
        return b"", LAST
    return least, greatest + LAST
