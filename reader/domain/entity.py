"""Tracked entities: names, aliases, what must stand near them, and verdicts on mentions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

TYPES = ("person", "organisation", "place", "weapon", "event", "topic", "other")
"""The types every library knows; users may add their own words."""

Verdicts = Mapping[tuple[int, str], bool]
"""What a person said of one article's mentions: (entity id, alias) is confirmed, or rejected."""
NOTHING_SAID: Verdicts = {}


@dataclass(frozen=True, slots=True)
class ContextRule:
    """What must, or must not, stand in the article for an alias to be believed.

    "requires": at least one of `words` (or phrases); "not": none of them. Counted are those with at
    most `within` words between them and the alias, in the same text (title, lead or body); 0 means
    anywhere in the article. Words are compared as aliases are: any case, every form.
    """

    kind: Literal["requires", "not"]
    words: tuple[str, ...]
    within: int = 0


@dataclass(frozen=True, slots=True)
class Alias:
    """A spelling. `case` None: the default rule; True: only so; False: in any case."""

    text: str
    case: bool | None = None
    inflect: bool = True
    """Whether case endings of its language also match."""
    language: str = ""
    """ "tr": counts only in Turkish articles and those of unknown language, and is read by the
    rules of Turkish; "": counts in all."""
    plural: bool = False
    """Whether its plural also matches (Latin and Cyrillic script)."""
    rules: tuple[ContextRule, ...] = ()
    """All of them must hold, beside those of its entity."""


@dataclass(frozen=True, slots=True)
class Entity:
    """`id` is 0 before it is stored. The name is itself an alias and not repeated in `aliases`."""

    name: str
    type: str
    watchlist: str = "default"
    aliases: tuple[Alias, ...] = ()
    case: bool | None = None
    inflect: bool = True
    note: str = ""
    id: int = 0
    language: str = ""
    plural: bool = False
    """Like `case` and `inflect` before it: of the name alone."""
    rules: tuple[ContextRule, ...] = ()
    """For the name and every alias."""

    def spellings(self) -> tuple[Alias, ...]:
        """The name first. Their `rules` are their own; those of the entity come on top."""
        name = Alias(self.name, self.case, self.inflect, self.language, self.plural)
        return (name, *self.aliases)


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity with its counts: articles that mention it, and mentions in all.

    `enabled`: whether its watchlist is; when not, it is neither looked for nor counted.
    """

    entity: Entity
    articles: int
    mentions: int
    enabled: bool = True


def entity_values(entity: Entity) -> dict[str, Any]:
    """Everything about it as plain values that JSON can hold; `entity_from` reads them."""
    values = {**_unusual(entity, _PLAIN), "name": entity.name, "type": entity.type}
    if entity.aliases:
        values["aliases"] = [_alias_values(alias) for alias in entity.aliases]
    return values


def entity_from(values: Mapping[str, Any]) -> Entity:
    """The entity that `entity_values` told of, also one told before there were rules."""
    entity = Entity(**values)
    told = values.get("aliases", ())
    aliases = (Alias(alias) if isinstance(alias, str) else Alias(**alias) for alias in told)
    return replace(
        entity,
        aliases=tuple(replace(alias, rules=rules_from(alias.rules)) for alias in aliases),
        rules=rules_from(entity.rules),
    )


def _alias_values(alias: Alias) -> str | dict[str, Any]:
    values = _unusual(alias, _PLAIN_ALIAS)
    return {"text": alias.text, **values} if values else alias.text


def _unusual(one: Alias | Entity, plain: Alias | Entity) -> dict[str, Any]:
    """What is not as it is without being told: a journal holds thousands of them."""
    usual = asdict(plain)
    told = {name: value for name, value in asdict(one).items() if value != usual[name]}
    return {name: value for name, value in told.items() if name not in ("text", "name", "aliases")}


_PLAIN = Entity("", "")
_PLAIN_ALIAS = Alias("")


def rules_from(values: Any) -> tuple[ContextRule, ...]:
    return tuple(ContextRule(v["kind"], tuple(v["words"]), v["within"]) for v in values)
