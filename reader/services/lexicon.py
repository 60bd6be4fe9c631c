"""The library's watchlists, ready to be looked for in texts."""

from collections.abc import Sequence
from typing import Any

from reader.domain.article import Mention, Texts
from reader.domain.entity import NOTHING_SAID, Entity, Verdicts
from reader.entities import morphology
from reader.entities.match import RULES, Matcher
from reader.entities.overlap import shown_anew
from reader.entities.russian import Endings
from reader.store.store import Store


class Lexicon:
    """Call `reload` before asking; it costs one read when no watchlist changed.

    `endings`: who declines Russian and Ukrainian names; None: the best there is.
    """

    def __init__(self, store: Store, endings: Endings | None = None) -> None:
        self._store = store
        self._endings = endings or morphology.best()
        self.version: int | None = None
        self._matcher: Matcher | None = None
        self._by_id: dict[int, Entity] = {}

    @property
    def rules(self) -> str:
        """By which rules names are found; another word when a text may have other mentions now."""
        return f"{RULES} {self._endings.name}"

    def reload(self) -> None:
        version = self._store.entities.version()
        if version != self.version:
            self._by_id = {entity.id: entity for entity in self._store.entities.watched()}
            self._matcher = None  # made for the first text: of 100,000 names it takes a minute
            self.version = version

    def mentions(
        self, texts: Texts, language: str = "", verdicts: Verdicts = NOTHING_SAID
    ) -> tuple[Mention, ...]:
        """`language`: of the article, "" when unknown; `verdicts`: a person's, on this article."""
        if self._matcher is None:
            self._matcher = Matcher(self._by_id.values(), self._endings)
        return tuple(self._matcher.mentions(texts, language, verdicts))

    def scan(self, ids: Sequence[int]) -> dict[int, tuple[Mention, ...]]:
        """The mentions in stored articles, by their languages and the verdicts on them.

        Ids that are gone are left out.
        """
        said = self._store.entities.reading.verdicts(ids)
        languages = self._store.entities.reading.languages(ids)
        return {
            article: self.mentions(texts, languages.get(article, ""), said.get(article, {}))
            for article, texts in self._store.articles.texts(ids).items()
        }

    def described(self, mentions: tuple[Mention, ...]) -> dict[str, Any]:
        """The part of a SearchDocument that tells of the entities mentioned."""
        ids = dict.fromkeys(mention.entity_id for mention in mentions)
        entities = [self._by_id[entity_id] for entity_id in ids]
        return {
            "entities": tuple((e.name, e.type, e.watchlist) for e in entities),
            "aliases": tuple(tuple(alias.text for alias in e.aliases) for e in entities),
            "entity_spans": mentions,
        }


def judged_anew(store: Store, article_id: int, entity_id: int) -> bool:
    """Find one entity's mentions in one article again, by the verdicts as they are now.

    Whether that changed anything; False also when the article or the entity is gone.
    """
    entity = tracked(store, entity_id)
    texts = store.articles.texts([article_id]).get(article_id)
    if entity is None or texts is None:
        return False
    language = store.entities.reading.languages([article_id]).get(article_id, "")
    verdicts = store.entities.reading.verdicts([article_id]).get(article_id, {})
    mine = Matcher([entity], morphology.best()).mentions(texts, language, verdicts)
    others = (one for one in store.entities.mentions(article_id) if one.entity_id != entity_id)
    return store.entities.replace_mentions(article_id, shown_anew([*others, *mine]))


def tracked(store: Store, entity_id: int) -> Entity | None:
    """None also while its watchlist is switched off."""
    return next((entity for entity in store.entities.watched() if entity.id == entity_id), None)
