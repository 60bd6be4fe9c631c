"""Many saved searches, of which an article can match few."""

from collections.abc import Sequence

from reader.search.language import Query
from reader.search.matcher import Article


class Crowd:
    """Asks of an article which queries it may match, without asking each query.

    For every language seen, its queries are listed by the words of their anchors once.
    """

    def __init__(self, queries: Sequence[Query]) -> None:
        self._queries = queries
        self._listed: dict[str, dict[str, list[int]]] = {}
        self._always: dict[str, list[int]] = {}

    def candidates(self, article: Article) -> list[int]:
        """The numbers of the queries that may be true, ascending: most are not among them."""
        if article.language not in self._listed:
            self._list(article.language)
        listed = self._listed[article.language]
        found = set(self._always[article.language])
        for handle in listed.keys() & article.text.handles:
            found.update(listed[handle])
        return sorted(found)

    def _list(self, language: str) -> None:
        listed: dict[str, list[int]] = {}
        always: list[int] = []
        for number, query in enumerate(self._queries):
            anchor = query.anchor(language)
            for handle in anchor or ():
                listed.setdefault(handle, []).append(number)
            if anchor is None:
                always.append(number)
        self._listed[language], self._always[language] = listed, always
