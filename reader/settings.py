"""What the user may adjust: every setting with its type, default, range and one-line meaning.

Kept as commented TOML in the library. A missing file, or a missing line, is the default; a line
that makes no sense is an error that names it, never silently another value.
"""

import json
import logging
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from reader.errors import FileError
from reader.files import write_whole

logger = logging.getLogger(__name__)

T = TypeVar("T", int, float, str, tuple[str, ...])

RENAMED: Mapping[str, str] = {}
"""Former names of settings, "section.name", with the present ones."""

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
            yield Described(f"{section}.{each.name}", each.default, meaning, _allowed(each))


def load(path: Path) -> Settings:
    """FileError names the setting, its value and what is allowed; unknown ones only warn."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise FileError(
            f"{path} cannot be read ({problem}); mend it, or delete it to get the defaults."
        ) from problem
    return _settings(renamed(_flat(table), RENAMED), path)


class Watched:
    """Settings that follow their file; used by one thread at a time.

    `first`: what holds until the file changes.
    """

    def __init__(self, path: Path, first: Settings) -> None:
        self._path = path
        self._seen = _state(path)
        self._now = first

    def get(self) -> Settings:
        """The settings as the file has them now.

        FileError, once, when it was changed to something impossible: what held before then goes
        on to hold.
        """
        state = _state(self._path)
        if state != self._seen:
            self._seen = state
            self._now = load(self._path)
        return self._now


def _state(path: Path) -> tuple[int, ...]:
    """Another one whenever the file was written; empty when there is none."""
    try:
        told = path.stat()
    except OSError:
        return ()
    return told.st_mtime_ns, told.st_size, told.st_ino


def save(path: Path, settings: Settings) -> None:
    """Writes every setting with its meaning; all or nothing. FileError when it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, as_toml(settings).encode())
    except OSError as problem:
        raise FileError(
            f"{path} cannot be written ({problem.strerror}); check the disk and its permissions."
        ) from problem


def as_toml(settings: Settings) -> str:
    lines = [
        "# Settings of Media Reader. A line that is missing, or starts with #, is the default."
    ]
    for section, kind in SECTIONS.items():
        lines += ["", f"[{section}]"]
        for each in fields(kind):
            value = getattr(getattr(settings, section), each.name)
            lines.append(f"# {each.metadata['meaning']}: {_allowed(each)}")
            lines.append(f"{each.name} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def renamed(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Former names become present ones; where both are set, the present one counts."""
    moved = {names[name]: value for name, value in values.items() if name in names}
    kept = {name: value for name, value in values.items() if name not in names}
    return {**moved, **kept}


def fault(name: str, value: Any) -> str:
    """Why a setting, "section.name", cannot have a value, in a sentence; "" when it can."""
    section, _, key = name.partition(".")
    each = next(one for one in fields(SECTIONS[section]) if one.name == key)
    value = _as_kind(value, type(each.default))
    fits = type(value) is type(each.default) and _within(value, each)
    return "" if fits else f"Possible is {_allowed(each)}."


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for section, values in table.items():
        if isinstance(values, dict):
            flat.update({f"{section}.{name}": value for name, value in values.items()})
        else:
            flat[section] = values
    return flat


def _settings(values: dict[str, Any], path: Path) -> Settings:
    known = {one.name for one in described()}
    for name in sorted(values.keys() - known):
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        logger.warning("%s: there is no setting %s%s", path, name, hint)
    sections = {
        section: kind(
            **{
                each.name: _checked(f"{section}.{each.name}", each, values, path)
                for each in fields(kind)
                if f"{section}.{each.name}" in values
            }
        )
        for section, kind in SECTIONS.items()
    }
    return Settings(**sections)


def _checked(name: str, each: Field[Any], values: dict[str, Any], path: Path) -> Any:
    value = _as_kind(values[name], type(each.default))
    if type(value) is not type(each.default) or not _within(value, each):
        raise FileError(
            f"{path}: {name} = {_quoted(name, value)} is not possible; allowed is {_allowed(each)}."
        )
    return value


def _as_kind(value: Any, kind: type[Any]) -> Any:
    """What TOML writes in another way: whole seconds, lists."""
    if kind is float and type(value) is int:
        return float(value)
    if kind is tuple and type(value) is list:
        return tuple(value)
    return value


def _quoted(name: str, value: Any) -> str:
    """As it stands in the file, but for what may be a password within an address."""
    told = json.dumps(value, ensure_ascii=False, default=str)
    return f'"…@{told.rpartition("@")[2]}' if name == "webhook.url" and "@" in told else told


def _within(value: Any, each: Field[Any]) -> bool:
    told = each.metadata
    if told["among"]:
        return value in told["among"]
    if told["form"]:
        texts = value if isinstance(value, tuple) else (value,)
        return all(isinstance(text, str) and told["form"].fits(text) for text in texts)
    return bool(told["least"] <= value <= told["most"])


def _allowed(each: Field[Any]) -> str:
    if each.metadata["among"]:
        return " | ".join(json.dumps(choice) for choice in each.metadata["among"])
    if each.metadata["form"]:
        return str(each.metadata["form"].said)
    return f"{each.metadata['least']} to {each.metadata['most']}"
