"""Where dots may be left out of a name, or put into it: St. Petersburg, J. D. Vance, U.S. Navy."""

import re
from collections.abc import Iterator

_SHORTENED = re.compile(r"(?<=[^\W\d_]{2})\.(?=[\s\-]|$)")
"""St., Inc., Jr."""
_MIDDLE = re.compile(r"(?<=\w[\s.])([^\W\d_])\.(?=\s[^\W\d_]{2})")
"""George W. Bush: the last of the initials that do not begin the name."""
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?)+[^\W\d_]\.(?=\s[^\W\d_]{2})")
_TOGETHER = re.compile(r"(?<![\w.])[^\W\d_]{2,3}(?=\s[^\W\d_]{2})")


def respelled(name: str) -> Iterator[str]:
    """Every other way to set the dots of abbreviated words and initials, each once.

    A name of one word that is an abbreviation stays as it is: U.S. and US are two aliases.
    """
    seen = {name}
    for one in _spellings(name):
        if one not in seen:
            seen.add(one)
            yield one


def _spellings(name: str) -> Iterator[str]:
    if " " not in name.strip():
        return
    yield _SHORTENED.sub("", name)
    yield _MIDDLE.sub(r"\1", name)
    for found in (*_INITIALS.finditer(name), *_TOGETHER.finditer(name)):
        letters = [c for c in found.group() if c.isalpha()]
        if all(map(str.isupper, letters)):
            for between in (".", ". ", ""):
                short = between.join(letters) + between.strip()
                yield name[: found.start()] + short + name[found.end() :]
