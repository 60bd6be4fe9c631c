"""How a query would find less noise and keep what was kept, tried on the articles judged.

A remedy is one change: a word, outlet, feed or language excluded, or a clause made stricter. What
it does is never estimated: the changed query is asked of every article that was judged. One is
worth telling only when it takes away enough, loses hardly anything that was kept, and when that
it hits noise more than the rest can be no chance (`telltale.sure`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple, Protocol

from reader.domain.article import SearchDocument
from reader.errors import QueryError
from reader.search.language import Query, parse
from reader.search.matcher import Article
from reader.search.narrow import written
from reader.search.rewrite import Stricter, excluding, stricter
from reader.services.telltale import Term, sure, terms

MOST = 5
LEAST_JUDGED, LEAST_NOISE = 5, 2
LOST = 0.1
"""The share of what was kept that a remedy may lose."""
_SHARE = 0.2
"""The share of the noise that a remedy has to take away."""
_CHANGES, _TERMS = 150, 40
"""Changes of the query, and words, that are tried."""
_PRICE = 3
"""An article that was kept weighs as much as so many of noise."""
_FAMILIES = {
    "without": 0, "near": 1, "sentence": 1, "case": 2, "outlet": 3, "phrase": 4, "word": 4,
    "title": 2, "form": 2, "feed": 3, "lang": 5,
}  # fmt: skip
"""In the order in which they are told when they do the same: what says most comes first. Of one
family none is told that takes away nothing else than one before it."""
_SENTENCES = {
    "without": "“{0}” alone brought in {noise} and {kept}.",
    "near": "With at most {between} words between “{0}” and “{1}”, {noise} go, and {kept}.",
    "sentence": "With “{0}” and “{1}” in one sentence, {noise} go, and {kept}.",
    "case": "With “{0}” written so, capitals and all, {noise} go, and {kept}.",
    "title": "With “{0}” in the title only, {noise} go, and {kept}.",
    "form": "With “{0}” in this very form only, {noise} go, and {kept}.",
    "outlet": "“{0}” published {noise} and {kept}.",
    "feed": "The feed “{0}” carried {noise} and {kept}.",
    "lang": "The language of {noise} is “{0}”, and of {kept}.",
    "phrase": "“{0}” stands in {noise} and in {kept}.",
    "word": "“{0}” stands in {noise} and in {kept}.",
}


class Case(NamedTuple):
    """An article that a saved search found, and whether it was worth keeping."""

    document: SearchDocument
    keep: bool


@dataclass(frozen=True, slots=True)
class Remedy:
    """`noise` and `kept`: which of the articles judged so would go, as numbers."""

    kind: str
    sentence: str
    query: str
    noise: frozenset[int]
    kept: frozenset[int]

    @property
    def gain(self) -> int:
        return len(self.noise) - _PRICE * len(self.kept)


class Archive(Protocol):
    """What can be asked of all articles there are."""

    def telling(self, query: str, clause: str) -> bool:
        """Whether the clause is rare among what the query does not find."""

    def left(self, query: str, changed: str) -> float:
        """The share of all hits of a query that a stricter one still finds."""


def remedies(query: Query, cases: Sequence[Case], archive: Archive) -> list[Remedy]:
    """The best first, `MOST` at most; none when too few were judged, or nothing helps."""
    trial = Trial(query, cases)
    if len(trial.noise) < LEAST_NOISE or len(trial.noise) + len(trial.kept) < LEAST_JUDGED:
        return []
    tried = [*_changed(trial), *_sources(trial), *_worded(trial, archive)]
    kinds = list(_FAMILIES)
    ranked = sorted(
        filter(trial.helped_by, tried),
        key=lambda one: (-one.gain, len(one.kept), kinds.index(one.kind)),
    )
    return list(islice(_different(ranked, trial, archive), MOST))


def _different(ranked: Sequence[Remedy], trial: "Trial", archive: Archive) -> Iterator[Remedy]:
    told: list[Remedy] = []
    for one in ranked:
        if any(_FAMILIES[one.kind] == _FAMILIES[o.kind] and one.noise <= o.noise for o in told):
            continue
        # Where nothing was kept nothing says what is wanted: most of it must stay.
        if trial.kept or archive.left(str(trial.query), one.query) >= 0.5:
            told.append(one)
            yield one


class Trial:
    """A query, and the judged articles that it finds, as they were when they arrived."""

    def __init__(self, query: Query, cases: Sequence[Case]) -> None:
        self.query = query
        self._known: dict[str, int] = {}
        found = [(_Arrived(case.document), case.keep) for case in cases]
        found = [(article, keep) for article, keep in found if article.matches(query)]
        self.noise = [article for article, keep in found if not keep]
        self.kept = [article for article, keep in found if keep]

    @property
    def least(self) -> float:
        """So much of the noise a remedy has to take away."""
        return max(LEAST_NOISE, _SHARE * len(self.noise))

    def of(self, one: Stricter) -> Remedy | None:
        """What a stricter query would do; None when too little of the noise has its clauses."""
        if any(self._having(part) < self.least for part in one.parts):
            return None
        query = parse(one.query)
        noise, kept = (_numbers(each, query, False) for each in (self.noise, self.kept))
        return self._remedy(one.how, one.query, noise, kept, one.parts, one.between)

    def without(self, kind: str, name: str, clause: str) -> Remedy:
        """What excluding the clause would do: what it is true of goes."""
        query = parse(clause)
        noise, kept = (_numbers(each, query, True) for each in (self.noise, self.kept))
        return self._remedy(kind, excluding(self.query, clause), noise, kept, (name,))

    def _remedy(
        self,
        kind: str,
        query: str,
        noise: frozenset[int],
        kept: frozenset[int],
        parts: Sequence[str],
        between: int = 0,
    ) -> Remedy:
        sentence = _SENTENCES[kind].format(
            *map(_shown, parts), between=between,
            noise=f"{len(noise)} of {len(self.noise)} noise articles",
            kept=_lost(len(kept), len(self.kept)),
        )  # fmt: skip
        return Remedy(kind, sentence, query, noise, kept)

    def _having(self, clause: str) -> int:
        """Noise articles of which a clause of the query is true."""
        if clause not in self._known:
            self._known[clause] = len(_numbers(self.noise, parse(clause), True))
        return self._known[clause]

    def helped_by(self, one: Remedy) -> bool:
        noise, kept = len(self.noise), len(self.kept)
        return (
            len(one.noise) >= self.least
            and len(one.kept) <= LOST * kept
            and (not kept or sure(len(one.noise), noise, len(one.kept), kept))
        )


class _Arrived:
    """An article that nobody had read yet, on the day it came."""

    def __init__(self, document: SearchDocument) -> None:
        self.document = replace(document, read=False)
        self._article = Article(self.document)

    def matches(self, query: Query) -> bool:
        at = self.document.first_seen
        return self._article.matches(query.at(at) if at else query)


def _numbers(articles: Sequence[_Arrived], query: Query, true: bool) -> frozenset[int]:
    """The places of those of which the query is true, or is not."""
    return frozenset(n for n, article in enumerate(articles) if article.matches(query) == true)


def _shown(part: str) -> str:
    """A phrase without its quotation marks, for it stands between some."""
    plain = part[1:-1]
    return plain if part == f'"{plain}"' and '"' not in plain else part


def _lost(lost: int, kept: int) -> str:
    if not kept:
        return "none that you kept, for you have kept none yet"
    return f"{lost or 'none'} of the {kept} you kept"


def _changed(trial: Trial) -> Iterator[Remedy]:
    for one in islice(stricter(trial.query), _CHANGES):
        remedy = trial.of(one)
        if remedy:
            yield remedy


def _sources(trial: Trial) -> Iterator[Remedy]:
    """Outlets, feeds and languages of the noise, one by one."""
    documents = [article.document for article in trial.noise]
    names = {
        "outlet": [name for document in documents for name in document.outlets],
        "feed": [url for document in documents for url, _title in document.feeds],
        "lang": [document.language for document in documents if document.language],
    }
    for field, values in names.items():
        for value, count in Counter(values).items():
            clause = _clause(field, value) if count >= trial.least else ""
            if clause:
                yield trial.without(field, value, clause)


def _worded(trial: Trial, archive: Archive) -> Iterator[Remedy]:
    """Words and phrases of the noise that are no part of what is looked for."""
    noise, kept = [a.document.texts for a in trial.noise], [a.document.texts for a in trial.kept]
    found = [
        term for term in terms(noise, kept, trial.least) if len(term.outside) <= LOST * len(kept)
    ]
    for term in islice(sorted(found, key=_promise), _TERMS):
        clause = _clause("", term.written)
        if clause and archive.telling(str(trial.query), clause):
            yield trial.without(
                "phrase" if clause.startswith('"') else "word", term.written, clause
            )


def _promise(term: Term) -> int:
    return _PRICE * len(term.outside) - len(term.inside)


def _clause(field: str, value: str) -> str:
    """As a query has it, in quotation marks where it would mean something else; "" if it cannot
    be written."""
    plain = written(field, value)
    for clause in (plain, f'{plain.removesuffix(value)}"{value}"'):
        try:
            parse(clause)
        except QueryError:
            continue
        return clause
    return ""
