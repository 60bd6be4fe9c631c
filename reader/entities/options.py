"""The options of names and aliases in our JSON: only those that are not the default are written.

{"text": "Burns", "case": true, "inflect": false, "language": "en", "plural": true,
 "rules": [{"requires": ["CIA", "director"], "within": 30}, {"not": ["Robert Burns"]}]}
"""

import re
from collections.abc import Sequence
from typing import Any, Literal

from reader.domain.entity import Alias, ContextRule, Entity
from reader.domain.looks import EntityType
from reader.domain.watchlist import Watchlist

FIELDS = ("case", "inflect", "language", "plural", "rules")
_LANGUAGE = re.compile("[a-z]{2,3}|")
_SWITCH = "true or false"
_RULES = (
    'a list of {"requires": [words]} or {"not": [words]}, each with "within" (words) or without'
)


class WrongOptionError(ValueError):
    def __init__(self, field: str, allowed: str) -> None:
        super().__init__(field)
        self.field, self.allowed = field, allowed


def read(fields: dict[str, Any]) -> dict[str, Any]:
    """As keyword arguments of `Alias` and `Entity`. WrongOptionError names the first wrong one."""
    return {
        "case": _switch(fields, "case"),
        "inflect": _switch(fields, "inflect") is not False,
        "language": _language(fields.get("language", "")),
        "plural": bool(_switch(fields, "plural")),
        "rules": tuple(_rule(one) for one in _list(fields.get("rules", []))),
    }


def write(one: Alias | Entity) -> dict[str, Any]:
    out: dict[str, Any] = {} if one.case is None else {"case": one.case}
    out |= {} if one.inflect else {"inflect": False}
    out |= {"language": one.language} if one.language else {}
    out |= {"plural": True} if one.plural else {}
    return out | ({"rules": [_rule_out(rule) for rule in one.rules]} if one.rules else {})


def losses(entities: Sequence[Entity], *, csv: bool) -> tuple[str, ...]:
    """Sentences on what CSV, or the TSV, has no place for."""
    names = [one for one in entities if _lost(one, case=not csv)]
    aliases = [one for entity in entities for one in entity.aliases if _lost(one, case=True)]
    counted = [
        (len(names), "name", "options (case, inflect, language, plural, rules)"),
        (len(aliases), "alias", "options (case, inflect, language, plural, rules)"),
    ]
    if not csv:
        counted.append((sum(bool(one.note) for one in entities), "entity", "note"))
        counted.append((len({one.watchlist for one in entities}), "watchlist", "name"))
    return tuple(
        f"The {lost} of {count} {_many(what) if count > 1 else what} cannot be kept."
        for count, what, lost in counted
        if count
    )


def list_losses(lists: Sequence[Watchlist], types: Sequence[EntityType]) -> tuple[str, ...]:
    """Sentences on what neither CSV nor TSV keeps; `types`: what a person told of them."""
    counted = (
        (sum(bool(one.note) for one in lists), "The note of {n}", "watchlist"),
        (sum(not one.enabled for one in lists), "Being switched off, of {n}", "watchlist"),
        (len(types), "The colour and icon of {n}", "type"),
    )
    return tuple(
        f"{lost.format(n=n)} {what}{'s' * (n > 1)} cannot be kept."
        for n, lost, what in counted
        if n
    )


def _many(what: str) -> str:
    return {"alias": "aliases", "entity": "entities"}.get(what, f"{what}s")


def _lost(one: Alias | Entity, *, case: bool) -> bool:
    """Whether an option is set that is not kept."""
    return bool(set(write(one)) - (set() if case else {"case"}))


def _switch(fields: dict[str, Any], field: str) -> bool | None:
    value = fields.get(field)
    if value is not None and not isinstance(value, bool):
        raise WrongOptionError(field, _SWITCH)
    return value


def _language(value: Any) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise WrongOptionError("language", 'the code of a language, like "tr"')
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WrongOptionError("rules", _RULES)
    return value


def _rule(value: Any) -> ContextRule:
    if not isinstance(value, dict) or len(set(value) & {"requires", "not"}) != 1:
        raise WrongOptionError("rules", _RULES)
    kind: Literal["requires", "not"] = "requires" if "requires" in value else "not"
    words, within = value[kind], value.get("within", 0)
    if set(value) - {kind, "within"} or not isinstance(words, list):
        raise WrongOptionError("rules", _RULES)
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise WrongOptionError("rules", _RULES)
    if not isinstance(within, int) or isinstance(within, bool) or within < 0:
        raise WrongOptionError("rules", _RULES)
    return ContextRule(kind, tuple(word.strip() for word in words), within)


def _rule_out(rule: ContextRule) -> dict[str, Any]:
    out: dict[str, Any] = {rule.kind: list(rule.words)}
    return out | ({"within": rule.within} if rule.within else {})
