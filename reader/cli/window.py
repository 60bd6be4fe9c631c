"""How the command line gets a window opened without knowing Qt: `__main__` hands it in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reader.errors import ReaderError
from reader.paths import LibraryPaths


class Opens(Protocol):
    def __call__(
        self,
        paths: LibraryPaths,
        *,
        scheme: str | None,
        size: tuple[int, int] | None,
        picture: Path | None,
        topics: tuple[str, ...],
    ) -> int: ...


@dataclass(frozen=True, slots=True)
class Window:
    """The window as it is wanted; `picture`: render it to this PNG and leave."""

    opens: Opens
    lacking: Callable[[bool], str]
    """Which system libraries are missing and how to install them (True: no window is shown, only
    rendered), or ""."""
    hidden: Callable[[], str]
    """Why a window could not be seen, for want of a display, or ""; asked when nothing lacks."""
    scheme: str | None = None
    size: tuple[int, int] | None = None
    picture: Path | None = None
    topics: tuple[str, ...] = ()

    def check_libraries(self) -> None:
        """ReaderError when system libraries are missing; before any work is done for nothing."""
        lacking = self.lacking(self.picture is not None)
        if lacking:
            raise ReaderError(lacking)

    def check(self) -> None:
        """ReaderError when the window could not be opened."""
        self.check_libraries()
        if self.picture is None and (hidden := self.hidden()):
            raise ReaderError(hidden)

    def open(self, paths: LibraryPaths) -> int:
        return self.opens(
            paths, scheme=self.scheme, size=self.size, picture=self.picture, topics=self.topics
        )
