"""tantivy among the rivals: English stems, positions, fast fields for date and feed."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from reader.dev.asks import TOP, Ask
from reader.dev.corpus import FEEDS, Corpus
from reader.dev.rivals import WEIGHTS, Answer, Run, feed_of, moment_of
from reader.domain.article import SearchDocument

_MEMORY = 256_000_000
_DAY = 86_400_000
_FACETS = {
    "feeds": {"terms": {"field": "feed", "size": FEEDS}},
    "days": {"histogram": {"field": "at", "interval": _DAY, "min_doc_count": 1}},
}
_PASSAGE = 180
"""Characters, as in ours."""


def _schema() -> tantivy.Schema:
    """Whole numbers are signed: one of the wrong type would kill the writer's thread."""
    builder = tantivy.SchemaBuilder()
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="en_stem", index_option="position")
    builder.add_integer_field("id", fast=True)
    builder.add_integer_field("at", fast=True)
    builder.add_integer_field("feed", fast=True, indexed=True)
    return builder.build()


class Tantivy:
    def __init__(self, folder: Path, *, write: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._writer = self._index.writer(_MEMORY, num_threads=1) if write else None
        self._searcher = self._index.searcher()
        stems = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        stems = stems.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english"))
        self._analyzer = stems.build()

    def add(self, articles: Sequence[SearchDocument]) -> None:
        for article in articles:
            document = tantivy.Document()
            for name in WEIGHTS:
                document.add_text(name, article.texts.get(name))
            document.add_integer("id", article.id)
            document.add_integer("at", moment_of(article))
            document.add_integer("feed", feed_of(article))
            self._writing.add_document(document)

    def commit(self) -> None:
        self._writing.commit()

    def tidy(self) -> None:
        """Nothing: it merges in its own threads."""

    def settle(self) -> None:
        """Waiting uses a writer up."""
        self._writing.wait_merging_threads()
        self._writer = self._index.writer(_MEMORY, num_threads=1)

    @property
    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise ValueError("it was opened for reading only")
        return self._writer

    def refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def prepare(self, ask: Ask) -> Run | None:
        query = self._query(ask)
        if query is None:
            return None
        match ask.want:
            case "facets":
                return partial(self._facets, query)
            case "count":
                return partial(self._count, query)
            case "newest":
                return partial(self._top, query, "at")
        return partial(self._top, query, None)

    def _top(self, query: Query, by: str | None) -> Answer:
        """With the exact total, which ours always tells."""
        found: Any = self._searcher.search(query, limit=TOP, count=True, order_by_field=by)
        ids = self._searcher.fast_field_values("id", [address for _score, address in found.hits])
        return Answer(found.count, tuple(int(i) for i in ids if i is not None))

    def _count(self, query: Query) -> Answer:
        found: Any = self._searcher.search(query, limit=1, count=True)
        return Answer(found.count)

    def _facets(self, query: Query) -> Answer:
        found = self._searcher.aggregate(query, _FACETS)
        feeds, days = found["feeds"]["buckets"], found["days"]["buckets"]
        return Answer(
            sum(int(bucket["doc_count"]) for bucket in feeds),
            tuple(int(bucket["key"]) // _DAY for bucket in days),
        )

    def passages(self, ask: Ask, articles: Sequence[SearchDocument]) -> Callable[[], int]:
        query = self._query(ask)
        if query is None:
            raise ValueError(f"tantivy cannot ask for {ask.typed}")
        maker = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "body")
        maker.set_max_num_chars(_PASSAGE)
        documents = [tantivy.Document(body=one.texts.body) for one in articles]

        def run() -> int:
            return sum(bool(maker.snippet_from_doc(one).highlighted()) for one in documents)

        return run

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    # -- queries

    def _query(self, ask: Ask) -> Query | None:
        words = [self._stem(word) for word in ask.words]
        match ask.shape:
            case "all" if ask.feeds:
                return _both(self._word(words[0]), self._within(ask))
            case "all":
                return _both(*map(self._word, words))
            case "any":
                return Query.boolean_query([(Occur.Should, self._word(word)) for word in words])
            case "without":
                return Query.boolean_query(
                    [(Occur.Must, self._word(words[0])), (Occur.MustNot, self._word(words[1]))]
                )
            case "phrase":
                return self._anywhere(lambda f: Query.phrase_query(self._schema, f, list(words)))
            case "near":
                return self._anywhere(partial(self._near, words))
            case "prefix":
                return self._matching(re.escape(ask.words[0]) + ".*")
            case "wildcard":
                return self._matching(".*".join(map(re.escape, ask.words)))
            case "fuzzy":
                return self._anywhere(
                    lambda f: Query.fuzzy_term_query(self._schema, f, ask.words[0], 1)
                )
        return None

    def _stem(self, word: str) -> str:
        stem: str = self._analyzer.analyze(word)[0]
        return stem

    def _anywhere(self, make: Callable[[str], Query]) -> Query:
        weighed = [Query.boost_query(make(field), by) for field, by in WEIGHTS.items()]
        return Query.boolean_query([(Occur.Should, one) for one in weighed])

    def _word(self, stem: str) -> Query:
        return self._anywhere(lambda field: Query.term_query(self._schema, field, stem))

    def _matching(self, pattern: str) -> Query:
        return self._anywhere(lambda field: Query.regex_query(self._schema, field, pattern))

    def _near(self, words: Sequence[str], field: str) -> Query:
        """It has no NEAR: a phrase with gaps, in either order."""
        orders = (list(words), list(reversed(words)))
        phrases = [Query.phrase_query(self._schema, field, [*order], slop=5) for order in orders]
        return Query.boolean_query([(Occur.Should, phrase) for phrase in phrases])

    def _within(self, ask: Ask) -> Query:
        feeds = Query.term_set_query(self._schema, "feed", list(ask.feeds))
        days = Query.range_query(
            self._schema, "at", FieldType.Integer, ask.start, ask.end, include_upper=False
        )
        return Query.const_score_query(_both(feeds, days), 0.0)


def _both(*queries: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def opened(folder: Path, _corpus: Corpus, *, write: bool) -> Tantivy:
    return Tantivy(folder, write=write)
