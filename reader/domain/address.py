"""Addresses of feeds: as they are typed, and as they are stored and shown."""

from urllib.parse import unquote, urlsplit, urlunsplit


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
    """The address as it is stored and shown; anything that is no address stays as it is."""
    return parted(url)[0]


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
    bare = urlunsplit(parts._replace(netloc=f"{user}@{host}" if user else host))
    return bare, unquote(password)
