"""Addresses on the web: which are fit to be opened, and what in them only serves to track readers.

Pure text work; nothing here asks the network.
"""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_NAMES = (
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|ttclid|twclid|igshid|li_fat_id|"
    r"gclsrc|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|oly_(?:anon|enc)_id|vero_(?:id|conv)|wickedid|xtor|"
    r"at_(?:campaign|medium|custom\d|link_\w+|format|ptr_name)|ns_(?:campaign|mchannel|source|"
    r"linkname|fee)|ml_subscriber(?:_hash)?|ocid|cmpid|smid|srsltid|guccounter|s_cid|"
    r"guce_referrer(?:_sig)?|pk_\w+|mtm_\w+|piwik_\w+|hsctatracking)"
)
_TRACKING = re.compile(_NAMES + r"\Z", re.IGNORECASE)
_TRACKED = re.compile(rf"[?&;]{_NAMES}=")

_SPACES = re.compile(r"[\x00-\x20\x7f\u200b\ufeff]+")
_WEB = ("http://", "https://")


def may_track(html: str) -> bool:
    """Whether a tracking parameter occurs anywhere in `html`; cheaper than looking at links."""
    return "?" in html and _TRACKED.search(html) is not None


def is_tracking(name: str) -> bool:
    """Whether a query parameter of that name only says where a reader came from."""
    return _TRACKING.match(name) is not None


def without_tracking(url: str) -> str:
    """`url` without tracking parameters; what remains is kept byte for byte."""
    head, mark, rest = url.partition("?")
    if not mark:
        return url
    query, hash_mark, fragment = rest.partition("#")
    kept = "&".join(p for p in query.split("&") if p and not is_tracking(p.partition("=")[0]))
    return head + (f"?{kept}" if kept else "") + hash_mark + fragment


def is_web(url: str) -> bool:
    """Whether `url` is an absolute http or https address with a host."""
    if not url.lower().startswith(_WEB):
        return False
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def absolute(url: str, base: str = "") -> str:
    """`url` seen from `base`, white space removed; "" unless that gives a web address."""
    url = _SPACES.sub("", url) if url[:5].lower() != "data:" else ""
    if not url:
        return ""
    try:
        joined = urljoin(base, url)
    except ValueError:
        return ""
    return joined if is_web(joined) else ""


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what two addresses share when they belong to one server."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or (443 if scheme == "https" else 80)


def host(url: str) -> str:
    """The host as a person reads it, with its port when that is unusual; never a password."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or url, parts.port
    except ValueError:
        return "this address"
    return name if port in (None, 80, 443) else f"{name}:{port}"


def without_password(url: str) -> str:
    """The address without "user:password@", fit for messages and logs."""
    try:
        parts = urlsplit(url)
        if "@" not in parts.netloc:
            return url
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return re.sub(r"//[^/]*@", "//", url)


def ascii_only(text: str) -> str:
    """Percent-encodes what an address may not hold as it is; existing escapes are left alone."""
    return quote(text, safe="%/:=&?~#+!$,;'@()*[]-._|^`{}\"<>\\ ") if not text.isascii() else text
