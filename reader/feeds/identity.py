"""What makes two items the same: canonical addresses, identity keys and stable hashes.

Pure functions over values. Which kind of key a feed deserves is decided elsewhere; here all of
them are computed, and the same input gives the same key in every process and on every day.
"""

import re
from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from reader.domain.article import ParsedItem
from reader.domain.decide import MODES
from reader.domain.imprint import Imprint
from reader.feeds.links import ascii_only, without_tracking

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SEPARATOR = "\x1f"  # cannot occur in a text of ours


def canonical_url(url: str) -> str:
    """One spelling for every way to write the same address; for comparing, not for opening.

    Scheme and host in lower case, http as https, no default port, no password, no fragment (but
    for `#!` and `#/`, which are pages), no tracking parameter, no slash at the end, one way to
    escape. `www.`, `m.` and `amp.` stay: they may serve other texts, and merging two articles is
    worse than keeping one twice. What is no web address comes back as it is.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not name:
        return url
    place = _host(name) + (f":{port}" if port and port != _DEFAULT_PORTS[scheme] else "")
    path = _escaped(parts.path).rstrip("/")
    query = _escaped(without_tracking(f"?{parts.query}")[1:])
    fragment = _escaped(parts.fragment) if parts.fragment[:1] in {"!", "/"} else ""
    return urlunsplit(("https", place, path, query, fragment))


def item_keys(item: ParsedItem, content: int) -> dict[str, str]:
    """The item's key in each mode it can be told apart by, best mode first.

    "guid", "link_date" and "link_title" are left out when the item lacks what they need;
    "content" is always there, made of `content`: its `content_hash`. Keys of different modes
    never collide.
    """
    keys = {}
    link = canonical_url(item.url) if item.url else ""
    if item.guid:
        keys["guid"] = _key("guid", _guid(item.guid))
    if link and item.published:
        keys["link_date"] = _key("link_date", link, str(int(item.published.timestamp())))
    if link and item.texts.title:
        keys["link_title"] = _key("link_title", link, _spaced(item.texts.title))
    keys["content"] = _key("content", str(content))
    return keys


def imprint(item: ParsedItem) -> Imprint:
    """What the item is told apart by, in every mode."""
    content = content_hash(item)
    offered = item_keys(item, content)
    guid, date, title, text = (hash64(_best_key(offered, name)) for name in MODES)
    url_key = hash64(canonical_url(item.url)) if names_a_page(item.url) else None
    return Imprint((guid, date, title, text), url_key, content, item.written)


def _best_key(offered: dict[str, str], mode: str) -> str:
    """The key for `mode`; an item that lacks what it needs gets the next kind it has."""
    return next(offered[name] for name in MODES[MODES.index(mode) :] if name in offered)


def names_a_page(url: str) -> bool:
    """Whether a link can identify an article: one to a site's front page cannot."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def hash64(text: str) -> int:
    """A signed 64-bit hash of `text`, the same in every process; lone surrogates are allowed."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def content_hash(item: ParsedItem) -> int:
    """Changes when title, lead or body change in more than white space."""
    texts = item.texts
    return hash64(_SEPARATOR.join(map(_spaced, (texts.title, texts.lead, texts.body))))


def _key(*parts: str) -> str:
    return _SEPARATOR.join(parts)


def _guid(guid: str) -> str:
    """As written, but a site that moves to https does not publish everything anew."""
    return f"https:{guid[5:]}" if guid[:7].lower() == "http://" else guid


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _host(name: str) -> str:
    name = name.rstrip(".")
    if ":" in name:
        return f"[{name}]"
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _escaped(text: str) -> str:
    """Escapes in capitals and only where needed, so that ä, %c3%a4 and %C3%A4 are one."""
    return _ESCAPE.sub(_unescape_plain, ascii_only(text))


def _unescape_plain(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()
