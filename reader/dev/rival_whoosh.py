"""Whoosh as it comes among the rivals: its own codec and searcher, English stems by Snowball."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import Stemmer
from whoosh import fields, highlight, query, sorting
from whoosh import index as whoosh_index
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter

from reader.dev.asks import TOP, Ask
from reader.dev.corpus import Corpus
from reader.dev.rivals import WEIGHTS, Answer, Run, feed_of, moment_of
from reader.domain.article import SearchDocument

_MEMORY_MB = 512
_DAY = 86_400_000
_PASSAGE = 180


_STEMMER = Stemmer.Stemmer("english")


def stem(word: str) -> str:
    """By its name: Whoosh pickles the schema, analyzers and all."""
    return str(_STEMMER.stemWord(word))


def _analyzer() -> Any:
    """No stop words are left out, as in ours; the stemmer is the one written in C."""
    return RegexTokenizer() | LowercaseFilter() | StemFilter(stemfn=stem, cachesize=-1)


def _schema() -> Any:
    analyzer = _analyzer()
    return fields.Schema(
        **{name: fields.TEXT(analyzer=analyzer, phrase=True) for name in WEIGHTS},
        id=fields.STORED(),
        at=fields.NUMERIC(int, bits=64, sortable=True),
        day=fields.NUMERIC(int, bits=32, sortable=True),
        feed=fields.NUMERIC(int, bits=32, sortable=True),
    )


class StockWhoosh:
    def __init__(self, folder: Path, *, write: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        made = whoosh_index.exists_in(str(folder)) or not write
        make = whoosh_index.open_dir if made else partial(whoosh_index.create_in, schema=_schema())
        self._index: Any = make(str(folder))
        self._analyzer: Any = self._index.schema["body"].analyzer
        self._writer: Any = None
        self._searcher: Any = self._index.searcher()

    def add(self, articles: Sequence[SearchDocument]) -> None:
        if self._writer is None:  # a segment of many files: it is opened without copying it
            self._writer = self._index.writer(limitmb=_MEMORY_MB, compound=False)
        for article in articles:
            at = moment_of(article)
            texts = {name: article.texts.get(name) for name in WEIGHTS}
            numbers = {"id": article.id, "at": at, "day": at // _DAY, "feed": feed_of(article)}
            self._writer.add_document(**texts, **numbers)

    def commit(self) -> None:
        self._writer.commit()
        self._writer = None

    def tidy(self) -> None:
        """Nothing: a whole bulk is one commit, which is when it merges."""

    def settle(self) -> None:
        """Nothing is left to be done."""

    def refresh(self) -> None:
        """(What was opened empty cannot be refreshed.)"""
        known = self._searcher
        self._searcher = known.refresh() if known.doc_count_all() else self._index.searcher()

    def prepare(self, ask: Ask) -> Run | None:
        tree = self._tree(ask)
        match ask.want:
            case _ if tree is None:
                return None
            case "count":
                return lambda: Answer(len(self._searcher.search(tree, limit=1)))
            case "facets":
                return partial(self._facets, tree)
            case "newest":
                return partial(self._top, tree, sortedby="at", reverse=True)
        if ask.feeds:  # (an empty filter lets everything through, which a large library never has)
            return partial(self._top, tree, filter=_within(ask))
        return partial(self._top, tree)

    def _top(self, tree: Any, **how: Any) -> Answer:
        found = self._searcher.search(tree, limit=TOP, **how)
        return Answer(len(found), tuple(hit["id"] for hit in found))

    def _facets(self, tree: Any) -> Answer:
        groups = sorting.Facets().add_field("feed", maptype=sorting.Count)
        groups = groups.add_field("day", maptype=sorting.Count)
        found = self._searcher.search(tree, limit=None, groupedby=groups)
        return Answer(sum(found.groups("feed").values()), tuple(found.groups("day")))

    def passages(self, ask: Ask, articles: Sequence[SearchDocument]) -> Callable[[], int]:
        stems = frozenset(map(self._stem, ask.words))

        def run() -> int:
            made = (
                highlight.highlight(
                    one.texts.body,
                    stems,
                    self._analyzer,
                    highlight.ContextFragmenter(maxchars=_PASSAGE),
                    highlight.UppercaseFormatter(),
                    top=1,
                )
                for one in articles
            )
            return sum(map(bool, made))

        return run

    def close(self) -> None:
        if self._writer is not None:
            self._writer.cancel()
        self._searcher.close()
        self._index.close()

    # -- queries

    def _stem(self, word: str) -> str:
        return next(str(token.text) for token in self._analyzer(word, mode="query"))

    def _tree(self, ask: Ask) -> Any:
        stems = [self._stem(word) for word in ask.words]
        word = partial(_anywhere, query.Term)
        match ask.shape:
            case "all":
                return query.And([word(stem) for stem in stems])
            case "any":
                return query.Or([word(stem) for stem in stems])
            case "without":
                return query.And([word(stems[0]), query.Not(word(stems[1]))])
            case "phrase":
                return _anywhere(query.Phrase, stems)
            case "near":
                return _anywhere(_near, stems)
            case "prefix":
                return _anywhere(query.Prefix, ask.words[0])
            case "wildcard":
                return _anywhere(query.Wildcard, "*".join(ask.words))
            case "fuzzy":
                return _anywhere(partial(query.FuzzyTerm, maxdist=1), ask.words[0])
        return None


def _anywhere(make: Any, what: Any) -> Any:
    """The tree of a parser for several fields."""
    return query.Or([make(field, what, boost=by) for field, by in WEIGHTS.items()])


def _near(field: str, stems: Sequence[str], boost: float) -> Any:
    terms = [query.Term(field, stem, boost=boost) for stem in stems]
    return query.SpanNear2(terms, slop=6, ordered=False)


def _within(ask: Ask) -> Any:
    feeds = query.Or(
        [query.Term("feed", fields.NUMERIC(int, bits=32).to_bytes(f)) for f in ask.feeds]
    )
    return query.And([query.NumericRange("at", ask.start, ask.end - 1), feeds])


def opened(folder: Path, _corpus: Corpus, *, write: bool) -> StockWhoosh:
    return StockWhoosh(folder, write=write)
