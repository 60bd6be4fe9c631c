"""The rule of an alert as text: one form for the database, for files and for the journal.

What a later version wrote and this one does not know is left out of the rule, and kept in the text
when the rule is written again. What comes from a person or a file is checked.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any

from reader.domain.alert import CHANNELS, PRIORITIES, WHEN, AlertRule
from reader.domain.due import quiet_hours
from reader.errors import UsageError

_MOST = {"cooldown_minutes": 525_600, "max_age_hours": 87_600}
"""A year, ten years."""
_AMONG = {"when": WHEN, "priority": PRIORITIES}
RULE_PARTS = tuple(field.name for field in fields(AlertRule))


def rule_values(rule: AlertRule) -> dict[str, Any]:
    """Every part by name, as JSON has it."""
    return {**asdict(rule), "channels": list(rule.channels)}


def rule_from(values: Mapping[str, Any]) -> AlertRule:
    """What is left out is as usual. UsageError says which part is wrong and what is possible."""
    for name, value in values.items():
        problem = _problem(name, value)
        if problem:
            raise UsageError(problem)
    return _made(values)


def checked(rule: AlertRule) -> AlertRule:
    """The same. UsageError says which part is wrong and what is possible."""
    return rule_from(rule_values(rule))


@lru_cache(maxsize=1024)
def rule_of(text: str) -> AlertRule:
    """Of a stored text; what is missing, unknown or no longer possible is as usual."""
    values = _values(text)
    return _made({name: values[name] for name in RULE_PARTS if _fits(name, values)})


def rule_text(rule: AlertRule, before: str = "{}") -> str:
    """To be stored in place of `before`, of which everything stays that `rule` does not change."""
    former, now = rule_values(rule_of(before)), rule_values(rule)
    changed = {name: now[name] for name in RULE_PARTS if now[name] != former[name]}
    kept = _values(before)
    return json.dumps({**now, **kept, **changed}, ensure_ascii=False, separators=(",", ":"))


def _values(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def _fits(name: str, values: Mapping[str, Any]) -> bool:
    return name in values and not _problem(name, values[name])


def _made(values: Mapping[str, Any]) -> AlertRule:
    if "channels" in values:
        chosen = [name for name in CHANNELS if name in values["channels"]]
        values = {**values, "channels": tuple(chosen)}
    return AlertRule(**values)


def _problem(name: str, value: Any) -> str:
    """One sentence, or "" when all is well."""
    if name not in RULE_PARTS:
        return f"“{name}” is no part of an alert's rule; possible are {', '.join(RULE_PARTS)}."
    if name in _AMONG:
        ok = isinstance(value, str) and value in _AMONG[name]
        return "" if ok else f"“{name}” must be one of {', '.join(_AMONG[name])}."
    if name == "channels":
        ok = isinstance(value, list | tuple) and all(
            isinstance(one, str) and one in CHANNELS for one in value
        )
        return "" if ok else f"“channels” must be a list of {', '.join(CHANNELS)}."
    if name == "quiet":
        return _quiet_problem(value)
    if name in _MOST:
        ok = type(value) is int and 0 <= value <= _MOST[name]
        return "" if ok else f"“{name}” must be a whole number from 0 to {_MOST[name]}."
    return "" if isinstance(value, bool) else f"“{name}” must be true or false."


def _quiet_problem(value: Any) -> str:
    if not isinstance(value, str):
        return "“quiet” must be a text such as 22:00-07:00."
    try:
        quiet_hours(value)
    except UsageError as problem:
        return str(problem)
    return ""
