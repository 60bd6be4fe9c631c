"""Foreign HTML made safe to show, and the plain text a person would read in it.

Everything goes through one allow-list (ammonia, by way of nh3). `plain` reads the cleaned HTML the
way a browser lays it out, so the two always hold the same characters, white space apart, in the
same order: positions found in the text can be painted in the HTML.
"""

import html as entities
import re
from collections.abc import Callable
from urllib.parse import urljoin

import nh3

from reader.feeds.links import MAYBE_TRACKED, absolute, is_web, without_tracking


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAGS = _names(
    "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col "
    "colgroup dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong "
    "sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr"
)
_WITH_CONTENT = _names(
    "script style title template iframe object embed applet noframes noembed textarea select "
    "button datalist svg math audio video canvas head frameset xmp"
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height", "data-src", "data-lazy-src"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
    "*": {"dir", "lang"},
}
_SCHEMES = {"http", "https", "mailto"}
_DEEPEST = 500
"""Nested elements. Building the tree costs their square, and no article comes near."""

_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# These close themselves or each other, so that many in a row are not nested.
_FLAT = _names(
    "p li dd dt tr td th tbody thead tfoot option optgroup colgroup col br hr img wbr input meta "
    "link area base source track param"
)

_ATTRIBUTE = r"""(?:[^<>"]|"[^"]*")*"""
_TAG = re.compile(rf"</?[a-z]{_ATTRIBUTE}>")
_IMAGE = re.compile(rf"<img\b({_ATTRIBUTE})>")
_PAIR = re.compile(r'([a-z-]+)="([^"]*)"')
_PRE = re.compile(rf"<pre\b{_ATTRIBUTE}>(.*?)</pre>", re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|caption|center|details|div|dl|figcaption|figure|"
    rf"footer|h[1-6]|header|hr|main|nav|ol|p|pre|section|summary|table|ul)\b{_ATTRIBUTE}>"
)
_LINE = re.compile(rf"<(?:br|li|dd|dt|tr)\b{_ATTRIBUTE}>")
_CELL = re.compile(rf"<t[dh]\b{_ATTRIBUTE}>")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(" {2,}")
_BREAK = re.compile(r" ?\n[ \n]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ROUGH_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_RAW = re.compile(r"</?(?:noscript|plaintext)\b[^<>]*>", re.IGNORECASE)  # would hide its markup
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(html: str, base: str = "") -> str:
    """`html` fit to be shown: known elements, web links made absolute by `base`, no trackers.

    Links that cannot be made absolute lose their address, images then go altogether, as do images
    of one pixel. Absurdly nested documents come back as their text.
    """
    html = readable(html)
    if "<" not in html and "&" not in html:
        return entities.escape(html, quote=False).strip()
    if _depth(html) > _DEEPEST:
        return paragraphs(_rough(html))
    base = base if is_web(base) else ""
    cleaner = nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter(base) if MAYBE_TRACKED.search(html) else None,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", base) if base else "deny",
        link_rel=None,
    )
    safe = readable(cleaner.clean(_RAW.sub("", html)))  # references may name control characters
    return _IMAGE.sub(lambda found: _image(found, base), safe).strip() if "<img" in safe else safe


def plain(html: str) -> str:
    """The text of `html`: paragraphs apart by an empty line, items and lines by a line break.

    Entities are resolved, other white space is collapsed, but no-break spaces and soft hyphens
    stay. Raw HTML is cleaned first, cleaned HTML is taken as it is: both give the same text.
    """
    return text_of(clean(html))


def text_of(safe: str) -> str:
    """`plain` for what `clean` gave back: the same text in half the time."""
    parts = _PRE.split(safe) if "<pre" in safe else [safe]
    texts = [_preformatted(p) if i % 2 else _flowing(p) for i, p in enumerate(parts)]
    return "\n\n".join(text for text in texts if text)


def line(html: str) -> str:
    """The text of `html` on one line, for titles and names."""
    return fold(plain(html)) if "<" in html or "&" in html else fold(readable(html))


def fold(text: str) -> str:
    """White space, no-break spaces apart, as single spaces."""
    return _WHITE.sub(" ", text).strip(" ")


def readable(text: str) -> str:
    """Without control characters and halves of surrogate pairs, which no text has a use for."""
    return _UNREADABLE.sub("", text)


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line begins a paragraph, a line break is kept."""
    blocks = re.split(r"\n[ \t\r]*\n\s*", readable(text).replace("\r\n", "\n").strip())
    lines = (entities.escape(b.strip(), quote=False).replace("\n", "<br>") for b in blocks)
    return "".join(f"<p>{one}</p>" for one in lines if one)


def _flowing(html: str) -> str:
    text = _WHITE.sub(" ", html)
    text = _CELL.sub(" ", _LINE.sub("\n", _BLOCK.sub("\n\n", text)))
    text = _SPACES.sub(" ", _TAG.sub("", text))
    text = _BREAK.sub(_one_break, text)
    return entities.unescape(text).strip(" \n")


def _one_break(found: re.Match[str]) -> str:
    return "\n\n" if found[0].count("\n") > 1 else "\n"


def _preformatted(html: str) -> str:
    text = _TAG.sub("", re.sub(rf"<br\b{_ATTRIBUTE}>", "\n", html))
    return entities.unescape(text).strip("\n\r")


def _depth(html: str) -> int:
    """How deep elements nest at most, judged without building the tree."""
    deepest = depth = 0
    for closing, name in _OPEN_OR_CLOSE.findall(html):
        if name.lower() in _FLAT:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(depth, deepest)
    return deepest


def _rough(html: str) -> str:
    """The text of what is too deep to be parsed; every bracket that may begin a tag goes."""
    text = _HIDDEN.sub(" ", _COMMENT.sub(" ", html))
    return fold(entities.unescape(_ROUGH_TAG.sub(" ", text)))


def _filter(base: str) -> Callable[[str, str, str], str | None]:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) != ("a", "href"):
            return value
        address = urljoin(base, value) if base else value
        return without_tracking(address)

    return attribute


def _image(found: re.Match[str], base: str) -> str:
    """The image with what may be shown of it; "" when there is nothing to see."""
    pairs = {name: entities.unescape(value) for name, value in _PAIR.findall(found[1])}
    later = pairs.pop("data-src", "") or pairs.pop("data-lazy-src", "")
    pairs.pop("data-lazy-src", None)
    source = absolute(pairs.get("src", "")) or absolute(later, base)
    if source in {"", base} or {pairs.get("width", ""), pairs.get("height", "")} & {
        "0",
        "1",
        "0px",
        "1px",
    }:
        return ""
    pairs = {**pairs, "src": source}
    return f"<img{''.join(f' {n}={_quoted(v)}' for n, v in sorted(pairs.items()))}>"


def _quoted(value: str) -> str:
    return f'"{entities.escape(value)}"'
