"""A newsroom that brings out the articles of a corpus, of which standing searches find some."""

from reader.dev.corpus import BLOCK, Corpus
from reader.dev.newsroom import NEWEST, OFTEN, Newsroom, Story
from reader.domain.article import SearchDocument


class Press(Newsroom):
    """So many `feeds` have its articles in turn, each its own."""

    def __init__(self, corpus: Corpus, feeds: int) -> None:
        self._corpus, self._feeds = corpus, feeds
        self._articles: list[SearchDocument] = []

    def story(self, number: int) -> Story:
        feed, item = divmod(number, OFTEN)
        one = self._article(item * self._feeds + feed)
        texts = one.texts
        return Story(number, texts.title, one.author, (texts.lead, texts.body), NEWEST)

    def _article(self, number: int) -> SearchDocument:
        while len(self._articles) <= number:
            known = len(self._articles)
            self._articles += self._corpus.documents(known, known + BLOCK)
        return self._articles[number]
