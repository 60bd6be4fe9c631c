"""The library's watchlists, ready to be looked for in texts."""

from typing import Any

from reader.domain.article import Mention, Texts
from reader.domain.entity import Entity
from reader.entities.match import Matcher
from reader.store.store import Store


class Lexicon:
    """Call `reload` before asking; it costs one read when no watchlist changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.version: int | None = None
        self._matcher = Matcher(())
        self._by_id: dict[int, Entity] = {}

    def reload(self) -> None:
        version = self._store.entities.version()
        if version != self.version:
            entities = self._store.entities.all()
            self._matcher = Matcher(entities)
            self._by_id = {entity.id: entity for entity in entities}
            self.version = version

    def mentions(self, texts: Texts) -> tuple[Mention, ...]:
        return tuple(self._matcher.mentions(texts))

    def described(self, mentions: tuple[Mention, ...]) -> dict[str, Any]:
        """The part of a SearchDocument that tells of the entities mentioned."""
        ids = dict.fromkeys(mention.entity_id for mention in mentions)
        entities = [self._by_id[entity_id] for entity_id in ids]
        return {
            "entities": tuple((e.name, e.type, e.watchlist) for e in entities),
            "aliases": tuple(tuple(alias.text for alias in e.aliases) for e in entities),
            "entity_spans": mentions,
        }
