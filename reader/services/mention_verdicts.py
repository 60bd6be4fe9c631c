"""What a person says of single mentions: this is meant, or it is not. It sticks.

A verdict is on an alias of an entity in one article, wherever it stands there. A rejected one is no
mention any more, however often the article is scanned again; a confirmed one stays, also where a
context rule would drop it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from reader.domain.article import Rejection
from reader.domain.entity import Entity
from reader.domain.library import Changes
from reader.errors import NotFoundError
from reader.services.journalled import Journalled
from reader.store.store import Store

KINDS = {
    "confirm mention": "confirming a mention",
    "reject mention": "rejecting a mention",
    "forget verdict": "taking back what was said of a mention",
}
"""The journal entries written here, and their names in a sentence."""
_ASK_AGAIN = 1
"""Below every article's id: nothing is scanned, but searches for entities are asked again."""

Spot = tuple[int, str]
"""An article, and a name or alias as the entity has it."""
NOTHING_JUDGED: Mapping[Spot, bool | None] = {}


class MentionVerdicts(Journalled):
    def confirm_mention(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        """`spelling`: the name or alias, as the entity has it. NotFoundError when there is no such
        article, entity or alias."""
        return self._judge_mention("confirm mention", article_id, entity_id, spelling, True)

    def reject_mention(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        """The same, to say that it is not meant: all its places in the article go."""
        return self._judge_mention("reject mention", article_id, entity_id, spelling, False)

    def forget_verdict(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        """The same, to say neither: whether it is a mention is for the rules again."""
        return self._judge_mention("forget verdict", article_id, entity_id, spelling, None)

    def rejections(self, article_id: int) -> tuple[Rejection, ...]:
        """What is not meant in an article, by name; nothing of entities that are gone."""
        said = self._store.entities.reading.verdicts([article_id]).get(article_id, {})
        spots = [spot for spot, meant in said.items() if not meant]
        names = {one.id: one.name for one in self._store.entities.some(e for e, _ in spots)}
        found = (Rejection(e, names[e], spelling) for e, spelling in spots if e in names)
        return tuple(sorted(found, key=lambda one: (one.entity.casefold(), one.spelling)))

    def _judge_mention(
        self, what: str, article_id: int, entity_id: int, spelling: str, confirmed: bool | None
    ) -> Changes:
        with self._store.transaction():
            self._check_mention(article_id, entity_id, spelling)
            put = self._store.entities.reading.put_verdict
            former = put(article_id, entity_id, spelling, confirmed)
            if former == confirmed:
                return Changes()
            told = {"article": article_id, "entity": entity_id, "spelling": spelling}
            self._record(what, {**told, "confirmed": former}, {})
            return _applied(self._store, article_id, entity_id)

    def _check_mention(self, article_id: int, entity_id: int, spelling: str) -> None:
        from reader.services.lexicon import tracked  # here, for the window starts without it

        entity = tracked(self._store, entity_id)
        if entity is None:
            raise NotFoundError("This name is no longer tracked: look at the article again.")
        if all(alias.text != spelling for alias in entity.spellings()):
            raise NotFoundError(
                f"“{spelling}” is no name or alias of “{entity.name}”: look at the article again."
            )
        if not self._store.articles.texts([article_id]):
            raise NotFoundError("This article is no longer in the library.")


def judge_mentions(
    store: Store, entity_id: int, entity: Entity, judged: Mapping[Spot, bool | None]
) -> frozenset[int]:
    """Keep verdicts on a stored entity's spellings; those on others, or on articles that are gone,
    are left out. Returns the articles in which something was said anew."""
    spellings = {alias.text for alias in entity.spellings()}
    there = set(store.articles.texts({article for article, _ in judged}))
    changed = set()
    for (article, spelling), meant in judged.items():
        if spelling in spellings and article in there:
            former = store.entities.reading.put_verdict(article, entity_id, spelling, meant)
            if former is not meant:
                changed.add(article)
    return frozenset(changed)


def apply_verdicts(store: Store, entity_id: int, articles: Iterable[int]) -> None:
    """Mentions follow the verdicts there are now. In the caller's transaction."""
    for article in articles:
        _applied(store, article, entity_id)


def take_back_verdict(store: Store, before: dict[str, Any]) -> Changes:
    """What the journal kept of a verdict holds again. In the caller's transaction."""
    article, entity = before["article"], before["entity"]
    store.entities.reading.put_verdict(article, entity, before["spelling"], before["confirmed"])
    return _applied(store, article, entity)


def _applied(store: Store, article_id: int, entity_id: int) -> Changes:
    """Mentions, and through them the hits of searches that ask for entities, follow the verdict."""
    from reader.services.lexicon import judged_anew

    if judged_anew(store, article_id, entity_id) and not store.entities.rescan_below():
        store.entities.set_rescan_below(_ASK_AGAIN)
    return Changes(frozenset({article_id}), entities=True, counts=True)
