"""What the spellings of an entity find, counted article by article: for its preview. Pure.

The entity is looked for as it is proposed, as it is now, and as it would be without conditions,
each under an id of its own; so are its rivals, the entities likely to stand at the same places.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.domain.article import Mention
from reader.domain.entity import Entity, Verdicts
from reader.domain.fold import fold_key
from reader.domain.workshop import AliasCount, Collision
from reader.entities import lexicon

NEW = 1
"""The id of the entity as it is proposed."""
_OLD, _LOOSE = 2, 3
_RIVALS = 10
"""The id of the first rival; the others follow."""
_STEM = 4
"""Letters by which words are compared that may have endings."""


@dataclass
class Tally:
    """What was found, article by article."""

    found: dict[int, Mention] = field(default_factory=dict)
    """The first mention in each article."""
    read: int = 0
    mentions: int = 0
    former: dict[int, Mention] = field(default_factory=dict)
    """The same for the present version."""
    per_alias: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    standing: Counter[str] = field(default_factory=Counter)
    together: Counter[int] = field(default_factory=Counter)

    def count(self, article: int, mentions: Sequence[Mention]) -> None:
        new = [mention for mention in mentions if mention.entity_id == NEW]
        if (old := next((one for one in mentions if one.entity_id == _OLD), None)) is not None:
            self.former[article] = old
        self.standing.update({m.alias for m in mentions if m.entity_id in (NEW, _LOOSE)})
        if not new:
            return
        self.found[article] = new[0]
        self.mentions += len(new)
        aliases = {mention.alias for mention in new}
        self.per_alias.update(aliases)
        if len(aliases) == 1:
            self.alone.update(aliases)
        rivals = [mention for mention in mentions if mention.entity_id >= _RIVALS]
        self.together.update({rival.entity_id for rival in rivals if _meets(rival, new)})

    def aliases(self, entity: Entity) -> tuple[AliasCount, ...]:
        texts = dict.fromkeys(alias.text for alias in entity.spellings())
        return tuple(
            AliasCount(text, self.per_alias[text], self.alone[text], self.standing[text])
            for text in texts
        )

    def collisions(self, entity: Entity, rivals: Sequence[Entity]) -> tuple[Collision, ...]:
        """Those with places in common, or aliases, the most frequent first."""
        mine = {fold_key(alias.text): alias.text for alias in entity.spellings()}
        found = []
        for number, rival in enumerate(rivals):
            theirs = dict.fromkeys(fold_key(alias.text) for alias in rival.spellings())
            shared = tuple(mine[key] for key in theirs if key in mine)
            articles = self.together[_RIVALS + number]
            if shared or articles:
                found.append(Collision(rival.id, rival.name, rival.watchlist, shared, articles))
        return tuple(sorted(found, key=lambda one: (-one.articles, one.name)))


def versions(
    proposed: Entity, present: Entity | None, rivals: Sequence[Entity]
) -> Iterator[Entity]:
    """As entities of their own; none is taken for a surname in the name of another version."""
    yield replace(proposed, id=NEW)
    if present:
        yield replace(present, id=_OLD, type="other")
    if _conditional(proposed):
        aliases = tuple(replace(alias, case=False, rules=()) for alias in proposed.aliases)
        yield replace(proposed, id=_LOOSE, type="other", case=False, rules=(), aliases=aliases)
    for number, rival in enumerate(rivals):
        yield replace(rival, id=_RIVALS + number)


def _conditional(entity: Entity) -> bool:
    """Whether one of its spellings is not believed wherever it stands."""
    free = lexicon.Capitals()
    unruly = entity.rules or any(alias.rules for alias in entity.aliases)
    return bool(unruly) or any(
        replace(lexicon.capitals(alias), apart=False) != free for alias in entity.spellings()
    )


def own_verdicts(said: Verdicts, present: Entity | None) -> Verdicts:
    """The verdicts on the entity, for both of its versions."""
    return {
        (version, alias): verdict
        for (entity, alias), verdict in said.items()
        if present and entity == present.id
        for version in (NEW, _OLD)
    }


def _meets(one: Mention, others: Iterable[Mention]) -> bool:
    return any(
        one.field == other.field and one.start < other.end and other.start < one.end
        for other in others
    )


def rivals_of(proposed: Entity, others: Iterable[Entity]) -> list[Entity]:
    """Those of the other entities that are likely to be mentioned at the same places.

    A word of one of their names is one of ours, but for its ending: forms that have no word in
    common with the name itself, such as a designator in another script, are passed over.
    """
    mine = {word[:_STEM] for word in _words(proposed)}
    return [other for other in others if any(word[:_STEM] in mine for word in _words(other))]


def _words(entity: Entity) -> set[str]:
    return {word for alias in entity.spellings() for word in fold_key(alias.text).split()}
