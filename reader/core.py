"""The composition root of the window and the command line: opens and wires, without any logic.

Everything is opened when it is first asked for, so that a small command starts quickly, and
closed in reverse. The heavier modules are imported there too: listing feeds needs no Whoosh.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from reader import settings
from reader.errors import FileError
from reader.paths import LibraryPaths

if TYPE_CHECKING:
    from reader.services.find import Finder
    from reader.services.library import Library
    from reader.store.store import Store
    from reader.workers.collector import Report


class Core:
    def __init__(self, paths: LibraryPaths) -> None:
        self.paths = paths
        self._stack = ExitStack()

    @cached_property
    def settings(self) -> settings.Settings:
        return settings.load(self.paths.settings)

    @cached_property
    def store(self) -> Store:
        from reader.store.store import Store

        store = self._stack.enter_context(Store.open(self.paths))
        if not self.paths.settings.exists():  # there to be edited, every setting explained in it
            with suppress(FileError):  # a library that cannot be written works with the defaults
                settings.save(self.paths.settings, settings.Settings())
        return store

    @cached_property
    def library(self) -> Library:
        from reader.services.channels import configured, usual
        from reader.services.library import Library

        followed = settings.Watched(self.paths.settings, self.settings)
        return Library(
            self.store,
            configured=lambda: configured(followed.get()),
            usual=lambda: usual(followed.get()),
        )

    @cached_property
    def finder(self) -> Finder:
        from reader.search.index import Index
        from reader.services.find import Finder

        finder = Finder(self.store, lambda: Index.open(self.paths.index))
        self._stack.callback(finder.close)
        return finder

    def ask_collector(self, request: object, report: Report, *, patience: float) -> Any:
        """Have the one collector of the library do it, here or wherever it runs.

        BusyError when a program that works on the library does not answer for `patience` seconds.
        """
        from reader.workers.ask import ask

        return ask(self.paths, self.settings, request, report, patience=patience)

    def close(self) -> None:
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
