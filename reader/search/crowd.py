"""Many saved searches, of which an article can match few."""

from collections.abc import Sequence

from reader.search.anchors import Anchor
from reader.search.language import Query
from reader.search.matcher import Article

Listed = dict[str, list[tuple[int, tuple[Anchor, ...]]]]
"""By a word: queries, by number, that need it or one of a few others, with what else they need."""


class Crowd:
    """Asks of an article which queries it may match, without asking each query.

    For every language seen, its queries are listed by the rarest words they need once.
    """

    def __init__(self, queries: Sequence[Query]) -> None:
        self._queries = queries
        self._listed: dict[str, Listed] = {}
        self._always: dict[str, list[int]] = {}

    def candidates(self, article: Article) -> list[int]:
        """The numbers of the queries of which it has all the words they need, ascending."""
        if article.language not in self._listed:
            self._list(article.language)
        listed, handles = self._listed[article.language], article.text.handles
        found = set(self._always[article.language])
        for handle in listed.keys() & handles:
            for number, others in listed[handle]:
                for words in others:
                    if words.isdisjoint(handles):
                        break
                else:
                    found.add(number)
        return sorted(found)

    def _list(self, language: str) -> None:
        listed: Listed = {}
        always: list[int] = []
        for number, query in enumerate(self._queries):
            needs = query.needs(language)
            for handle in needs[0] if needs else ():
                listed.setdefault(handle, []).append((number, needs[1:]))
            if not needs:
                always.append(number)
        self._listed[language], self._always[language] = listed, always
