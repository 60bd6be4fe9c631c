"""Regular expressions of a query: folded as words are, and checked before anything runs them.

RE2 never runs for ever and says no to what it cannot do. A pattern is asked of one whole folded
form, so it holds small letters without accents; escapes and the names of classes stay as written.
"""

import re
import unicodedata

import re2

from reader.domain.fold import fold
from reader.errors import QueryError
from reader.search.analysis import joiner
from reader.search.syntax import compiled

LONGEST = 500
"""Characters of a pattern."""

_KEEP = r"\\[pP](?:\{[^}]*\}|.)|\\x(?:\{[^}]*\}|..)|\\Q.*?(?:\\E|$)|\\.|\[:\^?\w+:\]"
_GROUP = r"\(\?(?:P?<\w*>|[A-Za-z-]*[:)])"
_CLASS = rf"\[(?P<not>\^?)(?P<members>\]?(?:{_KEEP}|[^\]\\])*)\]"
_BIT = re.compile(rf"(?P<keep>{_KEEP}|{_GROUP})|{_CLASS}|(?P<other>.)", re.DOTALL)
_MEMBER = re.compile(rf"(?P<keep>{_KEEP})|(?P<other>.)", re.DOTALL)
_BEYOND = re.compile(r"\\[AzC]|\(\?[a-zA-Z]*s")
_HALVES = re.compile("[\ud800-\udfff]")
"""Half characters, which no engine accepts."""
_WORD = r"\pL\pM\pN_"
"""RE2's own \\w knows only ASCII."""
_PROBES = ("q", "ы", "7", "ω", "東")
"""Characters that no sensible pattern all accepts in a row."""


def folded(pattern: str, position: int) -> str:
    """The pattern to run; QueryError at `position` when it can never, or always, be true."""
    if len(pattern) > LONGEST:
        raise QueryError(
            f"This regular expression has more than {LONGEST} characters: split it with OR.",
            position,
        )
    beyond = _BEYOND.search(pattern)
    if beyond:
        raise QueryError(
            f"{beyond.group()} does not belong into a regular expression here: it is compared with "
            "one whole word anyway.",
            position,
        )
    whole = unicodedata.normalize("NFC", _HALVES.sub("\ufffd", pattern))
    found = "".join(_bit(bit) for bit in _BIT.finditer(whole))
    _check(found, position)
    return found


def _bit(found: re.Match[str]) -> str:
    if found["keep"]:
        return {r"\w": f"[{_WORD}]", r"\W": f"[^{_WORD}]"}.get(found["keep"], found["keep"])
    if found["other"]:
        plain = _folded(found["other"])
        return plain if len(plain) == 1 else f"(?:{plain})"
    members = "".join(_member(member) for member in _MEMBER.finditer(found["members"]))
    return f"[{found['not']}{members}]"


def _member(found: re.Match[str]) -> str:
    if found["keep"]:
        return _WORD if found["keep"] == r"\w" else found["keep"]
    plain = _folded(found["other"])
    return plain if len(plain) == 1 else found["other"]


def _folded(character: str) -> str:
    return fold(character).text if character.isalnum() else joiner(character)


def _check(pattern: str, position: int) -> None:
    try:
        found = compiled(pattern)
        compiled(f"(?m)^(?:{pattern})$")  # as it is searched for in many words at once
    except re2.error as problem:
        raise QueryError(
            f"This regular expression cannot be used: {_reason(problem)}.", position
        ) from None
    for length in range(1, 13):
        if all(found.fullmatch(probe * length) for probe in _PROBES):
            raise QueryError(
                "This regular expression is true of any word: it needs some letters.", position
            )


def _reason(problem: Exception) -> str:
    told = problem.args[0] if problem.args else "not understood"
    return told.decode(errors="replace") if isinstance(told, bytes) else str(told)
