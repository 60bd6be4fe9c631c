"""Addresses of feeds: as they are typed, and as they are stored and shown."""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

_LOGIN = re.compile(r"//[^/]*@")


def typed_address(text: str) -> str:
    """What was typed as an address: `feed:` dropped, `https://` added where no scheme stands."""
    url = text.strip()
    lower = url.lower()
    if lower.startswith("feed://"):
        return "https://" + url[7:]
    if lower.startswith("feed:"):
        url = url[5:]
    return url if "://" in url else f"https://{url}"


def without_password(url: str) -> str:
    """The address as it is stored and shown, also one typed without its scheme or mistyped.

    What holds no login stays as it is; of one that is only a password, the @ stays.
    """
    try:
        login, at, _ = urlsplit(typed_address(url)).netloc.rpartition("@")
    except ValueError:
        return _LOGIN.sub("//", url)
    user, colon, _ = login.partition(":")
    if not (at and colon):
        return url
    return url.replace(f"{login}@", f"{user}@", 1)


def parted(url: str) -> tuple[str, str]:
    """(the address with its user but no password, the password or "")."""
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        return url, ""
    if not password:
        return url, ""
    login, _, host = parts.netloc.rpartition("@")
    user = login.partition(":")[0]
    bare = urlunsplit(parts._replace(netloc=f"{user}@{host}"))
    return bare, unquote(password)
