"""How German names decline that begin with an adjective: der Europäischen Union, im Weißen Haus.

All others keep their form, but for a genitive that `suffixes` knows. How the table is used is told
in `declension`.
"""

import re
from collections.abc import Sequence

from reader.entities.slavic import Rules

_GERMAN: Rules = (
    ("e", 1, "e|er|es|en|em"),
    ("er", 2, "e|er|es|en|em|ers|eres"),
    ("es", 2, "e|er|es|en|em"),
    ("en", 2, "e|er|es|en|em|ens"),
    ("[sxz]", 0, "|es|e"),
    ("", 0, "|s|es"),
)
RULES: dict[str, Rules] = {"de": _GERMAN}
_ADJECTIVE = re.compile("[a-z]{3,}(?:e|er|es|en)")


def declines(words: Sequence[str]) -> bool:
    """Whether the first of several words may be an adjective."""
    return len(words) > 1 and bool(_ADJECTIVE.fullmatch(words[0]))
