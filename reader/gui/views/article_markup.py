"""Keeps an article's tables within what Qt can lay out in time.

Qt measures a table again for each table around it, so the time doubles with every level: twenty
levels, as some newsletters nest for looks alone, would take minutes. Deeper ones become plain
paragraphs, with the same words in the same order.
"""

import re

DEEPEST = 3
_WIDEST = 100
"""Columns or rows that one cell may span: each of them is laid out, used or not."""
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>table|tbody|thead|tfoot|tr|td|th|caption|colgroup|col)\b"
    r"(?P<rest>(?:[^>\"]|\"[^\"]*\")*)>",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b((?:col|row)span=\")(\d+)(\")", re.IGNORECASE)
_BLOCKS = frozenset({"table", "td", "th", "caption"})


def bounded(html: str) -> str:
    """Cleaned HTML, where tables lie at most `DEEPEST` deep and cells span at most 100."""
    return _Tables().over(html) if "<table" in html else html


class _Tables:
    def __init__(self) -> None:
        self._depth = 0

    def over(self, html: str) -> str:
        return _TAG.sub(self._tag, html)

    def _tag(self, found: re.Match[str]) -> str:
        name, closing = found["name"].lower(), bool(found["close"])
        if name == "table" and not closing:
            self._depth += 1
        deep = self._depth > DEEPEST
        if name == "table" and closing:
            self._depth = max(0, self._depth - 1)
        if not deep:
            return _SPAN.sub(_capped, found[0])
        return f"<{found['close']}div>" if name in _BLOCKS else ""


def _capped(found: re.Match[str]) -> str:
    span = found[2] if len(found[2]) < 4 else "9999"
    return f"{found[1]}{min(int(span), _WIDEST)}{found[3]}"
