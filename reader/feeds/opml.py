"""Lists of feeds as other readers exchange them (OPML), in and out.

The file is foreign. Entity declarations are refused, because a few lines of them can demand
gigabytes or name local files, and no list of feeds needs any. It is read as a stream of events, so
that no depth of nesting can exhaust the stack. Nothing in it is ever run, fetched or trusted: only
addresses, names and folders are taken.
"""

import html.entities
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from xml.parsers import expat
from xml.sax.saxutils import escape

from reader.domain import folders
from reader.errors import FileError
from reader.feeds.decode import to_text

_PROLOG = re.compile(r"\A\s*<\?xml\b.*?\?>", re.DOTALL)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w{2,32};)?")
_DEEPEST = 100  # folders; what lies deeper is put there, or paths alone would fill the memory
_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list. `folder`: a path of `reader.domain.folders`, "" at the top.

    `line`: where in a file it stands; 0 for one that was not read.
    """

    url: str
    title: str = ""
    site_url: str = ""
    folder: str = ""
    line: int = field(default=0, compare=False)


def read(data: bytes) -> list[Outline]:
    """The feeds of an OPML file in its order, each address once (the first counts).

    Raises FileError with one sentence when it is no OPML or cannot be read.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(_mended(data), True)
    except expat.ExpatError as problem:
        if not reader.outlines and not reader.is_opml:
            raise FileError(
                "This is not an OPML file; export the list of feeds again."
            ) from problem
        place = f"line {problem.lineno}"
        raise FileError(f"This OPML file is damaged at {place}; export it again.") from problem
    if not reader.is_opml:
        raise FileError("This is not an OPML file; export the list of feeds again.")
    return list(reader.outlines.values())


def write(feeds: Iterable[Outline], title: str) -> bytes:
    """An OPML 2.0 file with nested folders, in the order of `feeds`; `read` gives them back."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{escape(_legal(title))}</title></head>", "<body>"]
    opened: tuple[str, ...] = ()
    for feed in feeds:
        names = folders.split(feed.folder)
        shared = _shared(opened, names)
        lines += ["</outline>"] * (len(opened) - shared)
        lines += [f"<outline{_attributes(text=n, title=n)}>" for n in names[shared:]]
        lines.append(_feed_line(feed))
        opened = names
    lines += ["</outline>"] * len(opened) + ["</body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8")


def _feed_line(feed: Outline) -> str:
    name = feed.title or feed.url
    known = {"htmlUrl": feed.site_url} if feed.site_url else {}
    titled = {"title": feed.title} if feed.title else {}
    return f"<outline{_attributes(type='rss', text=name, **titled, xmlUrl=feed.url, **known)}/>"


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{escape(_legal(v), _ATTRIBUTE)}"' for name, v in values.items())


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _mended(data: bytes) -> bytes:
    """UTF-8 without prolog, with bare ampersands and HTML's named characters made XML; its lines
    are the file's."""
    text = _PROLOG.sub(_lines_of, to_text(data)[0].lstrip("\ufeff"), count=1)
    return _AMPERSAND.sub(_named, _legal(text)).rstrip().encode("utf-8")


def _lines_of(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def _named(found: re.Match[str]) -> str:
    name = found[1] or ""
    character = html.entities.html5.get(name, "")
    return escape(character) if character else f"&amp;{name}"


class _Reader:
    """Collects outlines while expat reads."""

    def __init__(self) -> None:
        self.outlines: dict[str, Outline] = {}
        self.is_opml = False
        self._folders: list[str] = []
        self._is_folder: list[bool] = []  # for each open outline
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = _refuse

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.lower() == "opml":
            self.is_opml = True
        if tag.lower() != "outline":
            return
        known = {name.lower(): value.strip() for name, value in attributes.items()}
        url = _address(known)
        name = known.get("title") or known.get("text", "")
        folder = not url and bool(name)
        self._is_folder.append(folder)
        if folder:
            self._folders.append(name)
        elif url:
            title = "" if "title" not in known and name == url else name
            path = folders.join(self._folders[:_DEEPEST])
            site, line = known.get("htmlurl", ""), self.parser.CurrentLineNumber
            self.outlines.setdefault(url, Outline(url, title, site, path, line))

    def _end(self, tag: str) -> None:
        if tag.lower() == "outline" and self._is_folder.pop():
            self._folders.pop()


def _address(known: dict[str, str]) -> str:
    """Most programs write xmlUrl; some call it url, and say that it is a feed."""
    if known.get("xmlurl"):
        return known["xmlurl"]
    return known.get("url", "") if known.get("type", "").lower() in {"rss", "atom"} else ""


def _refuse(*_: object) -> None:
    raise FileError("This OPML file declares entities, as attacks do; it was not read.")
