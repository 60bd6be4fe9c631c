"""What became of an address the user gave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SubscribeReport:
    """`url` as given. Exactly one of `subscribed`, `choices`, `error` says what happened."""

    url: str
    subscribed: str = ""
    """The feed's address: `url` itself, or the only feed announced by that page."""
    title: str = ""
    known: bool = False
    """It was subscribed already; nothing changed."""
    choices: tuple[tuple[str, str], ...] = ()
    """(address, title) of each feed the page announces, when there are several."""
    error: str = ""
