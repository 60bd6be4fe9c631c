"""Matching articles from elsewhere by the library's watchlists and searches; stores nothing."""

from reader.domain.article import SearchDocument, Span, Texts
from reader.services.items import utc_now
from reader.services.lexicon import Lexicon
from reader.services.watch import Watch
from reader.store.store import Store


class Percolator:
    def __init__(self, store: Store) -> None:
        self._lexicon, self._watch = Lexicon(store), Watch(store)
        self._lexicon.reload()
        self._watch.reload()

    def hits(self, title: str, text: str, language: str) -> list[tuple[str, tuple[Span, ...]]]:
        """(saved search, why) for each that is true; the article counts as new, and published now.

        Offsets of `why` are into `title` and `text` (field "body") as given.
        """
        now = utc_now()
        texts = Texts(title=title, body=text)
        mentions = self._lexicon.mentions(texts)
        document = SearchDocument(
            id=0,
            texts=texts,
            language=language,
            published=now,
            sorted_at=now,
            first_seen=now,
            **self._lexicon.described(mentions),
        )
        return [(saved.name, spans) for saved, spans in self._watch.hits(document, now).items()]
