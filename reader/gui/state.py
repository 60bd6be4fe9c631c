"""What the window remembers of itself from one day to the next: sizes, scheme, what is closed.

It is written to the `QSettings` it is given; without one it lasts as long as the window.
"""

from typing import Any

from PySide6.QtCore import QByteArray, QSettings


class WindowState:
    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings
        self._here: dict[str, Any] = {}

    def text(self, name: str, default: str = "") -> str:
        value = self._get(name)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A number within its range; what was stored wrong counts as `default`."""
        try:
            value = int(self._get(name))
        except (TypeError, ValueError):
            return default
        return value if low <= value <= high else default

    def flag(self, name: str, *, default: bool) -> bool:
        return self.text(name, "yes" if default else "no") == "yes"

    def words(self, name: str) -> list[str]:
        return [word for word in self.text(name).split("\n") if word]

    def bytes(self, name: str) -> QByteArray:
        value = self._get(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, name: str, value: "str | int | bool | list[str] | QByteArray") -> None:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        elif isinstance(value, list):
            value = "\n".join(value)
        if self._settings is None:
            self._here[name] = value
        else:
            self._settings.setValue(name, value)

    def _get(self, name: str) -> Any:
        return self._here.get(name) if self._settings is None else self._settings.value(name)


class RecentSearches:
    """The newest queries, without anything they found; kept in the window's state."""

    MOST = 10
    _NAME = "recent_searches"

    def __init__(self, state: WindowState) -> None:
        self._state = state

    def queries(self) -> list[str]:
        """The newest first."""
        return self._state.words(self._NAME)[: self.MOST]

    def add(self, query: str) -> None:
        """On top; one that is known already moves there."""
        line = " ".join(query.split())
        if line:
            self._put([line, *(known for known in self.queries() if known != line)])

    def remove(self, query: str) -> None:
        self._put([known for known in self.queries() if known != query])

    def clear(self) -> None:
        self._put([])

    def _put(self, queries: list[str]) -> None:
        self._state.put(self._NAME, queries[: self.MOST])
