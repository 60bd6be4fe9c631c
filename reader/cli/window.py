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
    problem: Callable[[bool], str]
    """Why no window can be opened (True: none is shown, only rendered), or ""."""
    scheme: str | None = None
    size: tuple[int, int] | None = None
    picture: Path | None = None
    topics: tuple[str, ...] = ()

    def check(self) -> None:
        """ReaderError when the window could not be opened; before any work is done for it."""
        told = self.problem(self.picture is not None)
        if told:
            raise ReaderError(told)

    def open(self, paths: LibraryPaths) -> int:
        return self.opens(
            paths, scheme=self.scheme, size=self.size, picture=self.picture, topics=self.topics
        )
