"""Matching articles from elsewhere by the library's watchlists and searches; stores nothing."""

from reader.domain.article import Explained, ParsedItem
from reader.services.clock import utc_now
from reader.services.documents import unseen
from reader.services.items import published
from reader.services.lexicon import Lexicon
from reader.services.watch import Watch
from reader.store.store import Store


class Percolator:
    def __init__(self, store: Store) -> None:
        self._lexicon, self._watch = Lexicon(store), Watch(store)
        self._lexicon.reload()
        self._watch.reload()

    def hits(self, item: ParsedItem) -> list[tuple[str, Explained]]:
        """(saved search, why) for each that is true; the article counts as new, and as published
        now when it does not say when. It comes from no feed.

        Offsets of `why` are into the item's texts as given.
        """
        now = utc_now()
        date = published(item, now) or now
        mentions = self._lexicon.mentions(item.texts, item.language)
        document = unseen(item, date, now, **self._lexicon.described(mentions))
        return [(saved.name, why) for saved, why in self._watch.hits(document, now).items()]
