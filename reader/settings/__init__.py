"""What the user may adjust, and the file it is kept in."""

from reader.settings.file import RENAMED, Watched, as_toml, load, renamed, save
from reader.settings.options import (
    SECTIONS,
    WEEKDAYS,
    AlertRules,
    Collect,
    Command,
    Email,
    Fetch,
    Settings,
    Webhook,
    Window,
    described,
    fault,
)

__all__ = [
    "RENAMED",
    "SECTIONS",
    "WEEKDAYS",
    "AlertRules",
    "Collect",
    "Command",
    "Email",
    "Fetch",
    "Settings",
    "Watched",
    "Webhook",
    "Window",
    "as_toml",
    "described",
    "fault",
    "load",
    "renamed",
    "save",
]
