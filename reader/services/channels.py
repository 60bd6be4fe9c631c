"""The channels that leave this machine or start a program: which are set up, and how to open one.

Passwords are kept for a server, not for a channel: one that was entered for a server is never
sent to another that the settings name later.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from reader.delivery.message import Message
from reader.domain.alert import CHANNELS
from reader.domain.due import Usual
from reader.errors import UsageError
from reader.services.clock import utc_now
from reader.services.inbox import WINDOW
from reader.settings import WEEKDAYS, Settings
from reader.store.secrets import Secrets

SENT = tuple(name for name in CHANNELS if name != WINDOW)
"""The channels that somebody has to be sent to; the window shows its own."""
TITLES = {"desktop": "the desktop", "email": "e-mail", "webhook": "the webhook",
          "command": "the command"}  # fmt: skip


class Sends(Protocol):
    async def send(self, told: Message) -> None:
        """DeliveryError when it was not taken, or nobody knows."""


def usual(settings: Settings) -> Usual:
    """What the settings say of alerts, for rules that leave it to them."""
    alerts = settings.alerts
    return Usual(
        timedelta(hours=alerts.max_age_hours),
        alerts.quiet,
        alerts.digest_hour,
        WEEKDAYS.index(alerts.digest_weekday),
    )


def configured(settings: Settings) -> tuple[str, ...]:
    """The channels that can deliver, as far as the settings can tell."""
    there = {
        WINDOW: True,
        "email": bool(settings.email.host and settings.email.to),
        "webhook": bool(settings.webhook.url),
        "command": bool(settings.command.argv),
    }
    return tuple(name for name in CHANNELS if there[name])


def secret_name(settings: Settings, channel: str) -> str:
    """Under which the channel's password is kept. UsageError when it has none to keep."""
    match channel:
        case "email" if settings.email.host and settings.email.user:
            email = settings.email
            return f"smtp://{email.user}@{email.host}:{email.port}"
        case "email":
            raise UsageError("Set email.host and email.user first: the password is kept for them.")
        case "webhook" if settings.webhook.url:
            address = urlsplit(settings.webhook.url)
            return f"webhook {address.scheme}://{address.netloc}"
        case "webhook":
            raise UsageError("Set webhook.url first: the secret is kept for its server.")
    raise UsageError(f"There is no password for {TITLES.get(channel, channel)}.")


class Channels:
    """Opened as the settings have them now. `open_secrets` is called when one is needed."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        open_secrets: Callable[[], Secrets],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings = settings
        self._open_secrets = open_secrets
        self._clock = clock

    def configured(self) -> tuple[str, ...]:
        return configured(self._settings())

    def state(self, channel: str) -> object:
        """Equal as long as the settings of the channel are."""
        return getattr(self._settings(), channel)

    def open(self, channel: str) -> Sends:
        """UsageError when it is not set up, or is the window's own."""
        settings = self._settings()
        if channel == WINDOW:
            raise UsageError("Alerts on the desktop are shown by the window itself.")
        if channel not in configured(settings):
            raise UsageError(
                f"{TITLES[channel].capitalize()} is not set up: see [{channel}] in settings.toml."
            )
        return self._opened(channel, settings)

    def _opened(self, channel: str, settings: Settings) -> Sends:
        def secret() -> str | None:
            return self._open_secrets().get(secret_name(settings, channel))

        # Each is imported when it is used: most libraries have none of them.
        if channel == "email":
            from reader.delivery.mail import Mail

            return Mail(settings.email, secret, clock=self._clock)
        if channel == "webhook":
            from reader.delivery.webhook import Webhook

            return Webhook(settings.webhook, secret)
        from reader.delivery.command import Command

        return Command(settings.command)
