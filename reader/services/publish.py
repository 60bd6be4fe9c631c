"""Saved searches as feed files, kept current for other programs.

What a file should hold is worked out from the store, and the file is written elsewhere: a disk
that hangs, or a folder that is gone, keeps nobody else waiting. It is marked, and tried again.
"""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.delivery.feedfile import ATOM, GENERATOR, JSON, WRITERS, Entry, FeedFile
from reader.domain.article import ArticleLine
from reader.errors import FileError, NotFoundError, TakenError, UsageError
from reader.files import write_whole
from reader.services.clock import utc_now
from reader.store.publications import Hit, Publication
from reader.store.store import Store

NEWEST = 100
"""Articles in a file."""
FORMATS = {".atom": ATOM, ".xml": ATOM, ".json": JSON}
_LOOKED_AT = 4096
"""Bytes at the beginning of a file in which we have said that it is ours."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a file should hold, and the hash of it."""

    publication: Publication
    content: bytes
    state: str


def format_of(path: Path) -> str:
    """UsageError when the name does not tell."""
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise UsageError(f"{path} must end in .atom or .xml (Atom), or in .json (JSON Feed).")
    return kind


class Publisher:
    """Owned by the thread that opened `store`."""

    def __init__(self, store: Store, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._stamp: object = None
        self._pages: list[Page] = []

    def publish(self, name: str, path: Path) -> Publication:
        """Write the file, and keep it current from now on; twice changes nothing.

        FileError, and nothing is kept, when it cannot be written or is somebody else's file;
        TakenError when another saved search is published there.
        """
        format_of(path)
        saved = self._saved(name)
        there = self._at(path)
        if there is not None and there.saved_id != saved:
            raise TakenError(
                f"“{there.saved_search}” is published to {path} already: name another file."
            )
        if there is None:
            _refuse_foreign(path)
        with self._store.transaction():
            self._store.publications.add(saved, str(path), uuid.uuid4().urn, self._clock())
            made = self._at(path)
            assert made is not None  # noqa: S101 - it was there, or has just been added
            page = self._page(made)
            write(page)
            self._store.publications.written(made.id, page.state)
        return made

    def unpublish(self, name: str, path: Path | None = None) -> list[str]:
        """The files that are no longer kept current; they stay as they are. NotFoundError when
        there is none."""
        with self._store.transaction():
            gone = self._store.publications.remove(self._saved(name), str(path) if path else None)
        if not gone:
            raise NotFoundError(f"“{name}” is not published{f' to {path}' if path else ''}.")
        return gone

    def pages(self) -> list[Page]:
        """What every file should hold; costs nothing while the library stands still."""
        stamp = self._store.selection.stamp()
        if stamp != self._stamp:
            self._pages = list(map(self._page, self._store.publications.all()))
            self._stamp = stamp
        return self._pages

    def written(self, page: Page) -> None:
        self._store.publications.written(page.publication.id, page.state)

    def failed(self, page: Page, problem: FileError) -> bool:
        """True when it is news: it had been well, or failed for another reason."""
        self._store.publications.failed(page.publication.id, str(problem))
        return page.publication.error != str(problem)

    def _saved(self, name: str) -> int:
        saved = self._store.saved.by_name(name)
        if saved is None:
            raise NotFoundError(f"There is no saved search named “{name}”.")
        return saved.id

    def _at(self, path: Path) -> Publication | None:
        there = (one for one in self._store.publications.all() if one.path == str(path))
        return next(there, None)

    def _page(self, publication: Publication) -> Page:
        hits = self._store.publications.hits(publication.saved_id, NEWEST)
        lines = {line.id: line for line in self._store.lists.lines([h.article_id for h in hits])}
        feed = FeedFile(
            publication.urn,
            publication.saved_search,
            publication.query,
            publication.made,
            tuple(_entry(hit, lines[hit.article_id]) for hit in hits if hit.article_id in lines),
        )
        content = WRITERS[format_of(Path(publication.path))](feed)
        return Page(publication, content, hashlib.blake2b(content, digest_size=16).hexdigest())


def _entry(hit: Hit, line: ArticleLine) -> Entry:
    words = dict.fromkeys(" ".join(span.text.split()) for span in hit.spans)
    return Entry(
        article_id=hit.article_id,
        title=line.title,
        url=line.url,
        summary=line.snippet,
        outlet=hit.outlet or line.source,
        author=line.author,
        language=line.language,
        published=line.published,
        updated=hit.changed,
        words=tuple(words),
    )


def outdated(pages: Sequence[Page]) -> list[Page]:
    """Those whose files hold something else, or are gone. A disk may make us wait here."""
    return [
        page
        for page in pages
        if page.state != page.publication.state or not _is_there(Path(page.publication.path))
    ]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be looked into
        return False


def write(page: Page) -> None:
    """All or nothing: whoever reads the file sees the old one or the new one. FileError when it
    cannot be written."""
    path = Path(page.publication.path)
    try:
        write_whole(path, page.content)
    except OSError as problem:
        raise FileError(
            f"{path} cannot be written ({problem.strerror}): check that its folder is there and "
            "can be written, or unpublish it."
        ) from problem


def _refuse_foreign(path: Path) -> None:
    """A file that was there before and is not one of ours is not written over."""
    try:
        with path.open("rb") as file:
            ours = GENERATOR.encode() in file.read(_LOOKED_AT)
    except FileNotFoundError:
        return
    except OSError as problem:
        raise FileError(f"{path} cannot be written ({problem.strerror}).") from problem
    if not ours:
        raise FileError(f"{path} is there already, and is no file of ours: name another.")
