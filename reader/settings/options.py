"""What the user may adjust: every setting with its type, default, range and one-line meaning.

The only module that knows which values are possible, and how that is put.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar

T = TypeVar("T", int, float, str, tuple[str, ...])

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Form:
    """How a text has to look, `said` as the file and the errors put it."""

    said: str
    _pattern: str

    def fits(self, text: str) -> bool:
        return re.fullmatch(self._pattern, text) is not None


_LINE = Form("a text", r"[^\x00-\x1f\x7f]*")
_WORD = Form("a text without spaces", r"[^\s\x00-\x1f\x7f]*")
_MAIL = r"[^\s@<>,;\x00-\x1f\x7f]+@[^\s@<>,;\x00-\x1f\x7f]+"
_ADDRESS = Form('"" or an address such as "ann@news.example"', f"(?:{_MAIL})?")
_ADDRESSES = Form('addresses such as ["ann@news.example"]', _MAIL)
_ARGUMENTS = Form('a program and its arguments, ["program", "argument"]', r"[^\x00]*")
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_HOURS = Form('"" or local hours such as "22:00-07:00"', rf"(?:(?!(.+)-\1$){_HOUR}-{_HOUR})?")
_WEB = Form(
    '"" or an address beginning with http:// or https://, without user and password',
    r"(?:https?://[^\s@/?#\x00-\x1f\x7f]+(?:[/?#][^\s\x00-\x1f\x7f]*)?)?",
)


def _setting(
    default: T,
    meaning: str,
    *,
    least: float | None = None,
    most: float | None = None,
    among: tuple[str, ...] = (),
    form: Form | None = None,
) -> T:
    told = {"meaning": meaning, "least": least, "most": most, "among": among, "form": form}
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True)
class Fetch:
    concurrency: int = _setting(24, "feeds fetched at the same time", least=1, most=200)
    per_host: int = _setting(2, "of these, from one host", least=1, most=20)
    spacing_s: float = _setting(
        1.0, "seconds between two requests to one host", least=0.0, most=60.0
    )
    deadline_s: float = _setting(30.0, "seconds one request may take", least=1.0, most=600.0)
    body_mb: int = _setting(10, "megabytes a feed may have", least=1, most=200)
    interval_minutes: int = _setting(
        30, "minutes between two fetches of a feed", least=1, most=10_080
    )


@dataclass(frozen=True, slots=True)
class AlertRules:
    max_age_hours: int = _setting(
        48, "articles published longer ago than this raise no alert", least=1, most=8_760
    )
    quiet: str = _setting("", "hours in which alerts are not delivered but wait", form=_HOURS)
    digest_hour: int = _setting(
        8, "the local hour at which daily and weekly digests are delivered", least=0, most=23
    )
    digest_weekday: str = _setting("monday", "the day of weekly digests", among=WEEKDAYS)


@dataclass(frozen=True, slots=True)
class Email:
    """Configured as soon as there is a server and somebody to write to."""

    host: str = _setting("", "the server that takes mail from you (SMTP)", form=_WORD)
    port: int = _setting(587, "its port: mostly 587, with tls 465", least=1, most=65_535)
    security: str = _setting(
        "starttls", "how the connection is encrypted", among=("starttls", "tls", "none")
    )
    user: str = _setting("", "the name to log in with; none without a login", form=_LINE)
    sender: str = _setting("", "whom alerts are from; else the first they go to", form=_ADDRESS)
    to: tuple[str, ...] = _setting((), "whom alerts go to", form=_ADDRESSES)
    deadline_s: float = _setting(30.0, "seconds one message may take", least=1.0, most=600.0)


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str = _setting("", "the address alerts are sent to as JSON", form=_WEB)
    deadline_s: float = _setting(30.0, "seconds one request may take", least=1.0, most=600.0)


@dataclass(frozen=True, slots=True)
class Command:
    argv: tuple[str, ...] = _setting(
        (), "the program that is given alerts as JSON on its standard input", form=_ARGUMENTS
    )
    deadline_s: float = _setting(30.0, "seconds it may run", least=1.0, most=600.0)


@dataclass(frozen=True, slots=True)
class Window:
    scheme: str = _setting("system", "colours", among=("system", "light", "dark"))
    density: str = _setting("comfortable", "height of rows", among=("comfortable", "compact"))
    text_size: int = _setting(17, "size of an article's text in pixels", least=10, most=40)
    mark_read: str = _setting(
        "on view", "when an article counts as read", among=("on view", "by hand")
    )
    on_close: str = _setting(
        "quit",
        "what closing the window does where the desktop has a tray",
        among=("quit", "keep running"),
    )


@dataclass(frozen=True, slots=True)
class Collect:
    parsers: int = _setting(2, "processes that read feeds", least=1, most=16)


@dataclass(frozen=True, slots=True)
class Settings:
    fetch: Fetch = field(default_factory=Fetch)
    alerts: AlertRules = field(default_factory=AlertRules)
    email: Email = field(default_factory=Email)
    webhook: Webhook = field(default_factory=Webhook)
    command: Command = field(default_factory=Command)
    window: Window = field(default_factory=Window)
    collect: Collect = field(default_factory=Collect)


SECTIONS: Mapping[str, type[Any]] = {
    "fetch": Fetch,
    "alerts": AlertRules,
    "email": Email,
    "webhook": Webhook,
    "command": Command,
    "window": Window,
    "collect": Collect,
}


@dataclass(frozen=True, slots=True)
class Described:
    """A setting as documents and dialogs show it. `name` is "section.name"."""

    name: str
    default: Any
    meaning: str
    allowed: str


def described() -> Iterator[Described]:
    """Every setting there is, in the order of the file."""
    for section, kind in SECTIONS.items():
        for each in fields(kind):
            meaning = each.metadata["meaning"]
            yield Described(f"{section}.{each.name}", each.default, meaning, allowed(each))


def fault(name: str, value: Any) -> str:
    """Why a setting, "section.name", cannot have a value, in a sentence; "" when it can."""
    section, _, key = name.partition(".")
    each = next(one for one in fields(SECTIONS[section]) if one.name == key)
    return "" if fits(as_kind(value, each), each) else f"Possible is {allowed(each)}."


def as_kind(value: Any, each: Field[Any]) -> Any:
    """What TOML writes in another way: whole seconds, lists."""
    kind = type(each.default)
    if kind is float and type(value) is int:
        return float(value)
    if kind is tuple and type(value) is list:
        return tuple(value)
    return value


def fits(value: Any, each: Field[Any]) -> bool:
    told = each.metadata
    if type(value) is not type(each.default):
        return False
    if told["among"]:
        return value in told["among"]
    if told["form"]:
        texts = value if isinstance(value, tuple) else (value,)
        return all(isinstance(text, str) and told["form"].fits(text) for text in texts)
    return bool(told["least"] <= value <= told["most"])


def allowed(each: Field[Any]) -> str:
    """What is possible, in a few words."""
    if each.metadata["among"]:
        return " | ".join(json.dumps(choice) for choice in each.metadata["among"])
    if each.metadata["form"]:
        return str(each.metadata["form"].said)
    return f"{each.metadata['least']} to {each.metadata['most']}"
