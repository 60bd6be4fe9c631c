"""The saved searches of a scripted month, with every kind of rule, and what makes them true.

What they are true of is told without the program's own search: by the marks that a text has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from reader.domain.alert import AlertRule

MARKS = [f"qz{a}{b}x" for a in "abdefg" for b in "klmnrt"]
"""Words that saved searches look for, and that no article has by chance."""

_TO_BOTH = AlertRule(channels=("webhook", "email"))

Truth = Callable[[frozenset[str]], bool]
"""Whether a search is true of an article with these marks."""


@dataclass(frozen=True)
class Standing:
    """A saved search of the script. `since`: the tick before which it is not yet there."""

    name: str
    query: str
    true: Truth
    rule: AlertRule = _TO_BOTH
    alert: bool = True
    since: int = 0

    @property
    def longest(self) -> timedelta:
        return timedelta(hours=self.rule.max_age_hours or 48)


BOTH = ("webhook", "email")
AT_ONCE = (
    AlertRule(channels=BOTH),
    AlertRule(channels=BOTH, each_outlet=True),
    AlertRule(channels=BOTH, priority="high", quiet="00:00-23:59"),
    AlertRule(channels=BOTH, max_age_hours=120),
    AlertRule(channels=("command", "webhook")),
    AlertRule(channels=("desktop",)),
    AlertRule(channels=()),
)
"""Rules that make nobody wait for an hour of the day."""


def searches(ticks: int, rules: Sequence[AlertRule] = ()) -> list[Standing]:
    """Words and what stands between them, with every kind of rule, or with these."""
    rules = rules or _every_kind()
    found = [
        Standing(f"Word {number}", mark, _has_any(mark), rules[number % len(rules)])
        for number, mark in enumerate(MARKS[:22])
    ]
    for number in range(5):
        one, other, third = MARKS[number], MARKS[30 + number], MARKS[20 + number]
        found += [
            Standing(f"Both {number}", f"{one} {other}", _has_all(one, other), rules[number]),
            Standing(f"Either {number}", f"{one} OR {third}", _has_any(one, third), rules[number]),
            Standing(f"Without {number}", f"{third} -{one}", _lacks(third, one), rules[number]),
            Standing(f"Sleeping {number}", third, _has_any(third), alert=False),
        ]
    for number in range(6):
        mark = MARKS[12 + number]
        since = (number + 1) * ticks // 7
        found.append(Standing(f"Later {number}", mark, _has_any(mark), rules[number], since=since))
    return found


def _every_kind() -> Sequence[AlertRule]:
    both = BOTH
    return [
        AlertRule(channels=both),
        AlertRule(channels=both, each_outlet=True),
        AlertRule(when="hourly", channels=both),
        AlertRule(when="daily", channels=("email",)),
        AlertRule(when="weekly", channels=("webhook",)),
        AlertRule(channels=both, quiet="22:00-07:00"),
        AlertRule(channels=both, quiet="22:00-07:00", priority="high"),
        AlertRule(channels=("webhook",), cooldown_minutes=720),
        AlertRule(channels=both, max_age_hours=120),
        AlertRule(channels=("command", "webhook")),
        AlertRule(when="hourly", channels=("command",)),
        AlertRule(channels=("desktop",)),
        AlertRule(channels=()),
    ]


def _has_any(*wanted: str) -> Truth:
    return lambda marks: bool(marks & {*wanted})


def _has_all(*wanted: str) -> Truth:
    return lambda marks: marks >= {*wanted}


def _lacks(wanted: str, unwanted: str) -> Truth:
    return lambda marks: wanted in marks and unwanted not in marks
