"""How alerts leave the program, as a person sets it up: settings, and passwords beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reader.errors import UsageError
from reader.paths import LibraryPaths
from reader.services.channels import secret_name
from reader.settings import Settings, fault, load, save
from reader.store.secrets import Secrets

WITH_PASSWORD = ("email", "webhook")
"""The channels that may have a password."""


@dataclass(frozen=True, slots=True)
class Setup:
    """`passwords`: the channels for which one is kept; which one, nobody is told."""

    settings: Settings
    passwords: frozenset[str] = frozenset()


def faults(values: Mapping[str, Any], passwords: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is wrong with settings by their names, each in a sentence; empty when all is well.

    `passwords`: those typed, by channel, and told of as "email.password".
    """
    found = {name: why for name, value in values.items() if (why := fault(name, value))}
    host, to = values.get("email.host", ""), values.get("email.to", ())
    if to and not host:
        found.setdefault("email.host", "Name the server that is to send it.")
    if host and not to:
        found.setdefault("email.to", "Say whom alerts go to.")
    typed = passwords or {}
    if typed.get("email") and not (host and values.get("email.user")):
        found["email.password"] = "Name the server and the user it belongs to."
    if typed.get("webhook") and not values.get("webhook.url"):
        found["webhook.password"] = "Name the address it belongs to."
    return found


def with_values(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """The same with these by their names, "section.name"."""
    changed: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        section, _, key = name.partition(".")
        changed.setdefault(section, {})[key] = value
    sections = {name: replace(getattr(settings, name), **parts) for name, parts in changed.items()}
    return replace(settings, **sections)


class ChannelSetup:
    """Reads and writes files, and maybe waits for a keyring: never on the window's own thread."""

    def __init__(
        self, paths: LibraryPaths, open_secrets: Callable[[], Secrets] | None = None
    ) -> None:
        self._paths = paths
        self._open_secrets = open_secrets or (lambda: Secrets.open(paths.root))

    def read(self) -> Setup:
        """FileError when the settings make no sense."""
        settings = load(self._paths.settings)
        return Setup(settings, frozenset(c for c in WITH_PASSWORD if self._kept(settings, c)))

    def write(self, values: Mapping[str, Any], passwords: Mapping[str, str | None]) -> Setup:
        """All other settings stay. `passwords` by channel; None: forget it. UsageError, and
        nothing is changed, for what `faults` finds."""
        typed = {channel: word for channel, word in passwords.items() if word}
        for why in faults(values, typed).values():
            raise UsageError(why)
        settings = with_values(load(self._paths.settings), values)
        save(self._paths.settings, settings)
        for channel, password in passwords.items():
            self._keep(settings, channel, password)
        return self.read()

    def _kept(self, settings: Settings, channel: str) -> bool:
        try:
            name = secret_name(settings, channel)
        except UsageError:
            return False
        return self._open_secrets().get(name) is not None

    def _keep(self, settings: Settings, channel: str, password: str | None) -> None:
        if password:
            self._open_secrets().set(secret_name(settings, channel), password)
        elif password is None and self._kept(settings, channel):
            self._open_secrets().delete(secret_name(settings, channel))
