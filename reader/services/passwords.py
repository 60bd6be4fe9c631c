"""Passwords in addresses: taken out before an address is stored, put back when it is fetched.

`https://ann:secret@host/feed` is subscribed as `https://ann@host/feed`; the password goes to the
system's keyring. So it is in no list, export, backup or log.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from urllib.parse import quote, urlsplit, urlunsplit

from reader.domain.address import parted, without_password
from reader.domain.feed import Fetched
from reader.services.refresh import Fetches
from reader.store.secrets import Secrets


class Passwords:
    """`open_secrets` is called at the first address with a login: most have none."""

    def __init__(self, open_secrets: Callable[[], Secrets]) -> None:
        self._open = open_secrets

    @cached_property
    def _secrets(self) -> Secrets:
        return self._open()

    def keep(self, url: str) -> None:
        """Remember the password of an address that has one. FileError when that cannot be."""
        bare, password = parted(url)
        if password:
            self._secrets.set(_name(bare), password)

    def whole(self, url: str) -> str:
        """The address to ask: with its password, when one is kept for its user and site."""
        parts = urlsplit(url)
        if "@" not in parts.netloc or parts.password:
            return url
        password = self._secrets.get(_name(url))
        if not password:
            return url
        user, _, host = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))


class LoggedIn:
    """A fetcher that knows the passwords kept for the sites it asks."""

    def __init__(self, fetcher: Fetches, passwords: Passwords) -> None:
        self._fetcher = fetcher
        self._passwords = passwords

    async def get(
        self, url: str, *, etag: str = "", last_modified: str = "", allow_private: bool = False
    ) -> Fetched:
        if "@" in url:  # a keyring may make us wait, so it is asked off the loop
            url = await asyncio.to_thread(self._passwords.whole, url)
        fetched = await self._fetcher.get(
            url, etag=etag, last_modified=last_modified, allow_private=allow_private
        )
        return replace(fetched, moved_to=without_password(fetched.moved_to))


def _name(bare: str) -> str:
    """One password per user and site, whatever the page."""
    parts = urlsplit(bare)
    return f"{parts.scheme.lower()}://{parts.netloc}"
