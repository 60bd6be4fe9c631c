"""Foreign HTML made safe to show, and the plain text a person would read in it.

Everything goes through one allow-list (ammonia, by way of nh3). `plain` reads the cleaned HTML the
way a browser lays it out, so the two always hold the same characters, white space apart, in the
same order: positions found in the text can be painted in the HTML.
"""

import html as entities
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urljoin

import nh3

from reader.feeds.links import absolute, is_web, may_track, without_tracking


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
_WHITE = str.maketrans("\t\r\n\f", "    ")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_ROUGH_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")
_RAW = re.compile(r"</?(?:noscript|plaintext)\b[^<>]*>", re.IGNORECASE)  # would hide its markup
# Most have none, and making a cleaner for an address takes longer than cleaning an article.
_RELATIVE = re.compile(r"(?:href|src)\s*+=\s*+[\"']?+\s*+(?!https?://|mailto:)")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(html: str, base: str = "") -> str:
    """`html` fit to be shown: known elements, web links made absolute by `base`, no trackers.

    Links that cannot be made absolute lose their address, images then go altogether, as do images
    of one pixel. Absurdly nested documents come back as their text.
    """
    html = readable(html)
    if "<" not in html and "&" not in html:
        return entities.escape(html, quote=False).strip()
    if html.count("<") > _DEEPEST and _depth(html) > _DEEPEST:
        return paragraphs(_rough(html))
    base = base if is_web(base) else ""
    joined = base if _may_be_relative(html.lower()) else ""
    safe = _cleaner(joined, tracked=may_track(html)).clean(_RAW.sub("", html))
    if "&#" in html:  # references may name control characters
        safe = readable(safe)
    return _IMAGE.sub(lambda found: _image(found, base), safe) if "<img" in safe else safe


def _may_be_relative(lowered: str) -> bool:
    linked = "href" in lowered or "src" in lowered  # far faster than the pattern
    return linked and _RELATIVE.search(lowered) is not None


@lru_cache(maxsize=8)
def _cleaner(base: str, *, tracked: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=_filter(base) if tracked else None,
        url_schemes=_SCHEMES,
        url_relative=("rewrite_with_base", base) if base else "deny",
        link_rel=None,
    )


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
    return _single_spaced(text.translate(_WHITE)).strip(" ")


def readable(text: str) -> str:
    """Without control characters and halves of surrogate pairs, which no text has a use for."""
    if text.replace("\n", " ").isprintable():  # nearly always, and far faster
        return text
    return _UNREADABLE.sub("", text)


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line begins a paragraph, a line break is kept."""
    blocks = re.split(r"\n[ \t\r]*\n\s*", readable(text).replace("\r\n", "\n").strip())
    lines = (entities.escape(b.strip(), quote=False).replace("\n", "<br>") for b in blocks)
    return "".join(f"<p>{one}</p>" for one in lines if one)


def _flowing(html: str) -> str:
    text = html.translate(_WHITE)
    text = _CELL.sub(" ", _LINE.sub("\n", _BLOCK.sub("\n\n", text)))
    text = _single_spaced(_TAG.sub("", text))
    text = "\n".join([one.strip(" ") for one in text.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return entities.unescape(text).strip(" \n")


def _single_spaced(text: str) -> str:
    while "  " in text:  # a run is halved each time; far faster than a pattern
        text = text.replace("  ", " ")
    return text


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
    pairs = dict(_PAIR.findall(found[1]))
    if {pairs.get("width", ""), pairs.get("height", "")} & {"0", "1", "0px", "1px"}:
        return ""
    later = pairs.pop("data-src", "") or pairs.pop("data-lazy-src", "")
    source = pairs.get("src", "")
    if source.startswith("http") and entities.unescape(source) != base:
        return found[0] if not later else f"<img{_written(pairs)}>"
    source = absolute(entities.unescape(later), base)
    return f"<img{_written({**pairs, 'src': entities.escape(source)})}>" if source else ""


def _written(pairs: dict[str, str]) -> str:
    """Attributes whose values are escaped already."""
    return "".join(f' {name}="{v}"' for name, v in sorted(pairs.items()) if "data-" not in name)
