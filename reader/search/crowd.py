"""Many saved searches, of which an article can match few."""

from collections.abc import Sequence

from reader.domain.article import SearchDocument
from reader.search.anchors import Anchor
from reader.search.language import Query
from reader.search.matcher import Article
from reader.search.sieve import Sieve
from reader.search.spotting import Spotter
from reader.search.stems import has, primary
from reader.search.syntax import Slot


class Crowd:
    """Asks of an article which queries it may match, without asking each query.

    The queries are listed by the rarest words they need, and all their words are in one sieve for
    each language seen.
    """

    def __init__(self, queries: Sequence[Query], before: "Crowd | None" = None) -> None:
        """`before`: what it has learnt is kept, as long as no word is asked for that is new."""
        self._listed: dict[Slot, list[tuple[int, tuple[Anchor, ...]]]] = {}
        self._always: list[int] = []
        self.words = frozenset[Slot]().union(*(query.words for query in queries))
        """What is sifted out; all that is asked for, and perhaps more."""
        self.spotters: dict[str, Spotter] = {}
        """By language."""
        if before is not None and self.words <= before.words:
            self.words, self.spotters = before.words, before.spotters
        for number, query in enumerate(queries):
            needs = query.needs
            for slot in needs[0] if needs else ():
                self._listed.setdefault(slot, []).append((number, needs[1:]))
            if not needs:
                self._always.append(number)

    def article(self, document: SearchDocument) -> Article:
        """One for which the words of the queries are cheap to find."""
        language = primary(document.language)
        language = language if has(language) else ""
        if language not in self.spotters:
            self.spotters[language] = Spotter(Sieve(self.words, language))
        return Article(document, self.spotters[language])

    def candidates(self, article: Article) -> list[int]:
        """The numbers of the queries of which it has all the words they need, ascending.

        `article`: as the crowd gave it.
        """
        held = article.text.sifted
        found = {*self._always}
        for slot in self._listed.keys() & held:
            for number, others in self._listed[slot]:
                for words in others:
                    if words.isdisjoint(held):
                        break
                else:
                    found.add(number)
        return sorted(found)
