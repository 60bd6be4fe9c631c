"""Where things lie: the user's library, and the files the program brings along.

Bundled files are in the package as `_resources` when installed from a wheel, and in the checkout's
`resources` folder otherwise.
"""

import os
from dataclasses import dataclass
from pathlib import Path

LIBRARY_VARIABLE = "MEDIA_READER_LIBRARY"


@dataclass(frozen=True, slots=True)
class LibraryPaths:
    """The layout of a library folder."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "library.db"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def collector_lock(self) -> Path:
        return self.root / "collector.lock"

    @property
    def log(self) -> Path:
        return self.root / "reader.log"


def library(choice: str | None = None) -> LibraryPaths:
    """The library to use: `choice`, else the environment's, else the platform's data folder."""
    named = choice or os.environ.get(LIBRARY_VARIABLE)
    if named:
        return LibraryPaths(Path(named).expanduser().absolute())
    import platformdirs  # only here: most commands name a library

    return LibraryPaths(Path(platformdirs.user_data_dir("media-reader", appauthor=False)))


def resource(*parts: str) -> Path:
    """A file or folder the program brings along, such as `resource("icons", "star.svg")`."""
    here = Path(__file__).resolve().parent
    packed = here / "_resources"
    return (packed if packed.is_dir() else here.parent / "resources").joinpath(*parts)
