"""What several tracked entities become when they are merged, and one when it is split (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reader.domain.entity import Alias, ContextRule, Entity
from reader.domain.fold import fold_key
from reader.errors import NotFoundError, UsageError


def merged(into: Entity, others: Iterable[Entity]) -> Entity:
    """`into` with every name and alias of the others.

    Type, watchlist and the options of spellings both have stay those of `into`. The rules of
    another one go with its spellings; those of `into` hold for all, as they did. Notes are joined.
    """
    spellings = {alias.text: alias for alias in into.spellings()}
    notes = [into.note]
    for other in others:
        for alias in other.spellings():
            own = tuple(rule for rule in (*alias.rules, *other.rules) if rule not in into.rules)
            rules = tuple(dict.fromkeys(own))
            spellings.setdefault(alias.text, replace(alias, rules=rules))
        notes.append(other.note)
    aliases = tuple(one for text, one in spellings.items() if text != into.name)
    note = "\n".join(dict.fromkeys(filter(None, notes)))
    return replace(into, aliases=aliases, note=note)


def split(entity: Entity, texts: Sequence[str], name: str) -> tuple[Entity, Entity]:
    """(what stays, the new one with these aliases). The new name may be an alias; then it goes
    along, whether it is one of them or not: a spelling that both had would count for both.

    The new one has type, watchlist and rules of the old; an alias that becomes its name brings its
    rules along for all of it. NotFoundError for an alias the entity does not have, UsageError for
    no alias.
    """
    known = {alias.text: alias for alias in entity.aliases}
    wrong = next((text for text in texts if text not in known), None)
    if wrong is not None:
        raise NotFoundError(_no_alias(wrong, entity))
    if not texts:
        raise UsageError(f"Say which aliases of “{entity.name}” are to be the new name's.")
    texts = [*texts, *(t for t in known if fold_key(t) == fold_key(name) and t not in texts)]
    named = known.get(name, Alias(name))
    rules = tuple(dict.fromkeys((*entity.rules, *named.rules)))
    aliases = tuple(_without(known[t], rules) for t in dict.fromkeys(texts) if t != name)
    new = Entity(
        name, entity.type, entity.watchlist, aliases, named.case, named.inflect,
        language=named.language, plural=named.plural, rules=rules,
    )  # fmt: skip
    return replace(entity, aliases=tuple(a for a in entity.aliases if a.text not in texts)), new


def _without(alias: Alias, rules: tuple[ContextRule, ...]) -> Alias:
    return replace(alias, rules=tuple(rule for rule in alias.rules if rule not in rules))


def _no_alias(text: str, entity: Entity) -> str:
    if text == entity.name:
        return f"“{text}” is the name itself and stays: choose aliases of it."
    aliases = ", ".join(alias.text for alias in entity.aliases[:9]) or "none"
    return f"“{text}” is no alias of “{entity.name}”; it has: {aliases}."
