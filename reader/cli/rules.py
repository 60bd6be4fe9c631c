"""The words of the command line that say how the alert of a saved search behaves."""

import argparse
from dataclasses import replace
from typing import Any

from reader.cli.arguments import limit
from reader.domain.alert import CHANNELS, PRIORITIES, WHEN, AlertRule
from reader.domain.due import NO_QUIET
from reader.domain.rules import checked

USUAL = "usual"
"""What the settings say."""

_OPTIONS = {
    "when": "when",
    "channel": "channels",
    "quiet": "quiet",
    "cooldown": "cooldown_minutes",
    "priority": "priority",
    "sound": "sound",
    "max_age": "max_age_hours",
    "each_outlet": "each_outlet",
}
"""The options with the part of the rule each is about."""


def rule_arguments(parser: argparse.ArgumentParser, *, no: bool) -> None:
    """`no`: with the options that take back what was set before."""
    switch: Any = argparse.BooleanOptionalAction if no else "store_true"
    say = parser.add_argument
    say("--when", choices=[each.replace(" ", "-") for each in WHEN],
        help="at once, or gathered in a digest")  # fmt: skip
    channels = parser.add_mutually_exclusive_group()
    channels.add_argument("--channel", action="append", choices=CHANNELS,
                          help="where to tell of it beside the inbox; may be repeated")  # fmt: skip
    channels.add_argument("--no-channel", dest="channel", action="store_const", const=[],
                          help="only in the inbox")  # fmt: skip
    say("--quiet", metavar="HOURS",
        help=f"local hours without delivery, 22:00-07:00; {NO_QUIET}, or as {USUAL}")  # fmt: skip
    say("--cooldown", type=limit, metavar="MINUTES", help="the least time between two deliveries")
    say("--priority", choices=PRIORITIES, help="high also comes in quiet hours")
    say("--sound", action=switch, default=None, help="with a sound")
    say("--max-age", type=limit, metavar="HOURS",
        help="nothing of articles published earlier; 0 as usual")  # fmt: skip
    say("--each-outlet", action=switch, default=None, help="also of copies, once for each outlet")


def rule_given(arguments: argparse.Namespace, before: AlertRule) -> AlertRule | None:
    """`before` with what was given changed; None when nothing was. UsageError when that is not
    possible."""
    given = {
        part: getattr(arguments, option)
        for option, part in _OPTIONS.items()
        if getattr(arguments, option) is not None
    }
    if not given:
        return None
    if "when" in given:
        given["when"] = given["when"].replace("-", " ")
    if "channels" in given:
        given["channels"] = tuple(given["channels"])
    if given.get("quiet") == USUAL:
        given["quiet"] = ""
    return checked(replace(before, **given))
