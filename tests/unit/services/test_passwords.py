"""Passwords in addresses are kept apart from them, and used when the feed is fetched."""

import asyncio
from pathlib import Path

import pytest

from reader.domain.address import typed_address, without_password
from reader.domain.feed import Fetched
from reader.services.passwords import LoggedIn, Passwords
from reader.store.secrets import Secrets


@pytest.fixture
def passwords(tmp_path: Path) -> Passwords:
    return Passwords(lambda: Secrets(tmp_path, None))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" example.org/feed ", "https://example.org/feed"),
        ("feed://example.org/a", "https://example.org/a"),
        ("feed:http://example.org/a", "http://example.org/a"),
        ("HTTP://example.org/a", "HTTP://example.org/a"),
    ],
)
def test_what_is_typed_becomes_an_address(typed: str, address: str) -> None:
    assert typed_address(typed) == address


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://ann:se%40cret@host:81/feed?a=b", "https://ann@host:81/feed?a=b"),
        ("https://:token@host/feed", "https://@host/feed"),
        ("https://ann@host/feed", "https://ann@host/feed"),
        ("https://host/feed", "https://host/feed"),
        ("http://[broken", "http://[broken"),
        ("http://ann:secret@[broken", "http://[broken"),
        ("ann:secret@host/feed", "ann@host/feed"),
        ("feed:https://ann:secret@host/feed", "feed:https://ann@host/feed"),
        ("https://host/feed?q=a:b@c", "https://host/feed?q=a:b@c"),
        ("host/feed?q=a:b@c", "host/feed?q=a:b@c"),
    ],
)
def test_an_address_is_stored_without_its_password(url: str, bare: str) -> None:
    assert without_password(url) == bare


def test_a_kept_password_is_put_back_for_every_page_of_its_site(passwords: Passwords) -> None:
    passwords.keep("https://ann:p@ss/wörd@host/feed".replace("p@ss/wörd", "p%40ss%2Fw%C3%B6rd"))
    whole = passwords.whole("https://ann@host/other")
    assert whole == "https://ann:p%40ss%2Fw%C3%B6rd@host/other"
    assert passwords.whole("https://bob@host/feed") == "https://bob@host/feed"
    assert passwords.whole("https://ann@elsewhere/feed") == "https://ann@elsewhere/feed"


def test_a_login_without_a_user_is_kept_as_well(passwords: Passwords) -> None:
    typed = "https://:token@host/feed"
    passwords.keep(typed)
    assert passwords.whole(without_password(typed)) == typed


def test_only_the_owner_can_read_the_file_of_passwords(tmp_path: Path) -> None:
    Passwords(lambda: Secrets(tmp_path, None)).keep("https://ann:secret@host/feed")
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_no_secrets_are_opened_for_addresses_without_a_login() -> None:
    def never() -> Secrets:
        pytest.fail("the keyring was asked")

    silent = Passwords(never)
    silent.keep("https://host/feed")
    assert silent.whole("https://host/feed") == "https://host/feed"


def test_the_password_is_sent_but_never_comes_back_in_an_address(passwords: Passwords) -> None:
    asked: list[str] = []

    class Site:
        async def get(
            self, url: str, *, etag: str = "", last_modified: str = "", allow_private: bool = False
        ) -> Fetched:
            asked.append(url)
            return Fetched(200, "https://host/feed", b"x", moved_to="https://ann:secret@host/new")

    passwords.keep("https://ann:secret@host/feed")
    fetched = asyncio.run(LoggedIn(Site(), passwords).get("https://ann@host/feed"))
    assert asked == ["https://ann:secret@host/feed"]
    assert fetched.moved_to == "https://ann@host/new"
