"""Files in and out: feeds as OPML, watchlists as JSON, CSV or TSV, saved searches as JSON.

What a file holds is told by its content, never by its name. Taking a file over twice changes
nothing. Of watchlists, rows that are wrong are left out and named; all else is taken over whole or
not at all.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reader.domain.address import typed_address, without_password
from reader.domain.reports import ImportReport, Rejected
from reader.entities import interchange
from reader.errors import FileError, UsageError
from reader.feeds import opml
from reader.feeds.links import is_web
from reader.files import write_whole
from reader.services import saved_json
from reader.services.clock import utc_now
from reader.services.library import Library
from reader.services.tracking import Told
from reader.store.store import Store

LARGEST_FILE = 64_000_000
_OTHER_SCHEME = re.compile(r"\s*(?!feed:)[a-z][a-z0-9+.-]*:(?!\d|//)", re.IGNORECASE)
"""`mailto:`, `javascript:` …; what stands before a port is a host."""
KINDS = ("feeds", "watchlists", "saved")


def read_file(path: Path) -> bytes:
    """FileError when it cannot be read or is too large to be what it should be."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FileError(f"{path} is larger than 64 MB: that is no list this program can read.")
        return path.read_bytes()
    except OSError as problem:
        raise FileError(
            f"{path} cannot be read ({problem.strerror}): check the name and its permissions."
        ) from problem


def import_file(
    store: Store,
    path: Path,
    keep_password: Callable[[str], None] | None = None,
    told: Told | None = None,
) -> ImportReport:
    """`keep_password` is given each address that may hold one; without it they are dropped.

    `told`: hears how far the names of a watchlist are; what it raises stops them.
    """
    data = read_file(path)
    if interchange.looks_like(data):
        return Library(store).import_names(interchange.read(data, path.name), told)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in {b"[", b"{"}:
        return saved_json.take_over(store, path, data)
    if (
        start[:1] == b"<"
        or b"<opml" in data[:4096].lower()
        or data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    ):
        return _import_opml(store, data, keep_password)
    raise _unknown(path, data)


def _unknown(path: Path, data: bytes) -> FileError:
    if not data.strip():
        return FileError(f"{path} is empty; nothing was imported.")
    kinds = "OPML, a watchlist (JSON, CSV, TSV) or saved searches (JSON)"
    advice = " If it is one of these, save it as UTF-8." if _is_odd_text(data) else ""
    return FileError(f"{path} is none of the files that can be imported: {kinds}.{advice}")


def _is_odd_text(data: bytes) -> bool:
    """Whether it may be text, but in an encoding that is not known."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"\x00" not in data
    return False


def _import_opml(
    store: Store, data: bytes, keep_password: Callable[[str], None] | None
) -> ImportReport:
    """Addresses from a file do not count as typed: private networks stay closed to them."""
    read = opml.read(data)
    outlines = [replace(o, url=typed_address(o.url)) for o in read if _may_be_fetched(o.url)]
    rejected = tuple(
        Rejected(o.line, f"{without_password(o.url)} is no web address.")
        for o in read
        if not _may_be_fetched(o.url)
    )
    if keep_password is not None:  # a keyring may ask the user: not while the library is locked
        for outline in outlines:
            keep_password(outline.url)
    added = 0
    with store.transaction():
        for outline in outlines:
            url = without_password(outline.url)
            if store.feeds.by_url(url) is None:
                added += 1
                store.feeds.add(
                    url,
                    now=utc_now(),
                    title=outline.title,
                    folder=outline.folder,
                    site_url=outline.site_url,
                )
    return ImportReport("opml", added, len(outlines) - added, (), rejected)


def _may_be_fetched(url: str) -> bool:
    """Old lists hold scripts, mail and other things nobody can subscribe to."""
    return not _OTHER_SCHEME.match(url) and is_web(typed_address(url))


def export_file(store: Store, path: Path, kind: str | None = None) -> tuple[str, int]:
    """Write feeds, watchlists or saved searches; returns what and how many.

    Without `kind` the name decides: `.opml` and `.xml` feeds; `.csv` and `.tsv` watchlists;
    `.json` saved searches when "saved" or "search" stands in the name, else watchlists.
    """
    kind = kind or _kind_of(path)
    data, count = _exported(store, path, kind)
    write_file(path, data)
    return kind, count


def _kind_of(path: Path) -> str:
    name, ending = path.name.lower(), path.suffix.lower()
    if ending in {".opml", ".xml"}:
        return "feeds"
    if ending in {".csv", ".tsv"}:
        return "watchlists"
    if ending == ".json":
        return "saved" if "saved" in name or "search" in name else "watchlists"
    raise UsageError(
        f"{path.name} does not say what to write: end it in .opml, .csv, .tsv or .json, or use "
        f"--what {'|'.join(KINDS)}."
    )


def watchlist_format(path: Path) -> str:
    """What a watchlist is written as, by the ending of the file's name."""
    formats = {".csv": interchange.CSV, ".tsv": interchange.TSV}
    return formats.get(path.suffix.lower(), interchange.JSON)


def watchlist_losses(store: Store, path: Path) -> tuple[str, ...]:
    """Sentences on what a file of that name would not keep of the library's watchlists."""
    kind = watchlist_format(path)
    entities, lists = store.entities.all(), store.watchlists.all()
    return interchange.losses(entities, kind, lists, store.types.all())


def _exported_names(store: Store, kind: str) -> tuple[bytes, int]:
    entities = store.entities.all()
    if kind == interchange.JSON:
        lists, types = store.watchlists.all(), store.types.all()
        return interchange.write_json(entities, lists, types), len(entities)
    write = interchange.write_csv if kind == interchange.CSV else interchange.write_tsv
    return write(entities), len(entities)


def _exported(store: Store, path: Path, kind: str) -> tuple[bytes, int]:
    if kind == "feeds":
        outlines = [
            opml.Outline(feed.url, feed.title, feed.site_url, feed.folder)
            for feed in store.feeds.all()
        ]
        return opml.write(outlines, "Media Reader"), len(outlines)
    if kind == "watchlists":
        return _exported_names(store, watchlist_format(path))
    saved = store.saved.all()
    return saved_json.write(saved), len(saved)


def write_file(path: Path, data: bytes) -> None:
    """All of it or nothing: written beside and then put in place. FileError when it cannot be."""
    try:
        write_whole(path, data)
    except OSError as problem:
        raise FileError(
            f"{path} cannot be written ({problem.strerror}): check the folder and the free space."
        ) from problem
