"""The rule of an alert as text: nothing is lost, nothing impossible gets in."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.alert import AS_USUAL, CHANNELS, PRIORITIES, WHEN, AlertRule
from reader.domain.rules import RULE_PARTS, checked, rule_from, rule_of, rule_text, rule_values
from reader.errors import UsageError

rules = st.builds(
    AlertRule,
    when=st.sampled_from(WHEN),
    channels=st.sets(st.sampled_from(CHANNELS)).map(
        lambda chosen: tuple(name for name in CHANNELS if name in chosen)
    ),
    quiet=st.sampled_from(("", "none", "22:00-07:00")),
    cooldown_minutes=st.integers(0, 10_000),
    priority=st.sampled_from(PRIORITIES),
    sound=st.booleans(),
    max_age_hours=st.integers(0, 10_000),
    each_outlet=st.booleans(),
)
LATER = {"snooze": [1, {"x": "é"}], "when": "monthly"}
"""What a later version may have written."""


@given(rules, rules)
def test_rule_survives_text_values_and_being_written_over(one: AlertRule, other: AlertRule) -> None:
    assert rule_of(rule_text(one)) == one
    assert rule_from(json.loads(json.dumps(rule_values(one)))) == one
    assert checked(one) == one
    assert rule_of(rule_text(other, rule_text(one))) == other


def test_every_part_of_a_rule_is_written() -> None:
    assert set(json.loads(rule_text(AS_USUAL))) == {f.name for f in fields(AlertRule)}
    assert set(RULE_PARTS) == set(rule_values(AS_USUAL))


@given(rules)
def test_what_a_later_version_wrote_is_kept_until_it_is_changed(rule: AlertRule) -> None:
    stored = json.dumps({**rule_values(rule), **LATER})
    read = rule_of(stored)
    assert read == replace(rule, when="at once"), "what is not known is as usual"
    again = json.loads(rule_text(replace(read, sound=not rule.sound), stored))
    assert (again["snooze"], again["when"]) == (LATER["snooze"], "monthly")
    assert json.loads(rule_text(replace(read, when="daily"), stored))["when"] == "daily"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"channels": 5, "quiet": 7, "sound": 1}'])
def test_text_that_is_no_rule_is_as_usual(text: str) -> None:
    assert rule_of(text) == AS_USUAL


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"when": "monthly"}, "“when” must be one of at once, hourly, daily, weekly"),
    ({"when": 1}, "“when”"),
    ({"priority": "urgent"}, "“priority” must be one of low, normal, high"),
    ({"channels": "email"}, "“channels” must be a list of desktop, email, webhook, command"),
    ({"channels": ["email", 1]}, "“channels”"),
    ({"quiet": "22-7"}, "22:00-07:00"),
    ({"quiet": None}, "“quiet”"),
    ({"cooldown_minutes": -1}, "“cooldown_minutes” must be a whole number"),
    ({"cooldown_minutes": True}, "“cooldown_minutes”"),
    ({"max_age_hours": 1.5}, "“max_age_hours”"),
    ({"sound": 1}, "“sound” must be true or false"),
    ({"colour": "red"}, "“colour” is no part of an alert's rule"),
]


@pytest.mark.parametrize(("values", "sentence"), WRONG)
def test_wrong_part_is_named_with_what_is_possible(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        rule_from(values)
    assert sentence in str(caught.value)


def test_impossible_rule_made_by_the_program_is_refused_too() -> None:
    with pytest.raises(UsageError, match="priority"):
        checked(AlertRule(priority="urgent"))


def test_channels_are_in_one_order_and_once() -> None:
    assert rule_from({"channels": ["email", "desktop", "email"]}).channels == ("desktop", "email")
