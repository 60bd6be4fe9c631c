"""Names in recent articles that nobody tracks yet, those first that are new or on the rise.

A text counts once, whoever copied it, for the outlet that had it first. What may be a name is told
by `reader.entities.names`; in scripts without capitals it finds designators only, so names written
in Arabic, Hebrew, Chinese or Japanese are not discovered here (spellings in them of names that are
tracked are: see `aliases`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import log2

from reader.domain.entity import Entity
from reader.domain.fold import fold_key
from reader.domain.workshop import Discovered
from reader.entities import morphology, russian
from reader.entities.match import Matcher
from reader.entities.names import is_designator
from reader.entities.russian import Endings
from reader.search.index import Index
from reader.search.language import parse
from reader.services.candidates import NoFilters, phrase
from reader.services.clock import utc_now
from reader.services.names_seen import NamesSeen, Seen, Step
from reader.services.passage import Place, samples_at
from reader.store.store import Store
from reader.store.untracked import RecentArticle, Untracked

DAYS = 14
BEFORE = 90
"""Days before the recent ones, with which they are compared."""
LEAST_ARTICLES, LEAST_OUTLETS = 3, 2
MOST = 50
_COMPARED = 6
"""So many times the number asked for are compared with the months before."""
_SAMPLES = 3
_SIGNS = 0.3
"""The share of its articles in which the capitals of a name must say something."""
_FEW_FORMER = 50
"""Former articles below which there is nothing to compare with."""
_SHARED = 0.3
_CYRILLIC = re.compile("[а-яіїєґ]")
_STEM = 4


@dataclass
class _Found:
    """One name. `articles`: ids of first copies, with the place in each; oldest stored first."""

    articles: dict[int, Place] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)
    signs: int = 0
    armed: int = 0
    """Articles in which a word for a weapon stands near."""

    def put(self, article: int, seen: Seen) -> None:
        self.articles[article] = seen.place
        self.signs += seen.sign
        self.armed += seen.armed
        for text, times in seen.written:
            self.written[text] += times

    def take(self, other: "_Found") -> None:
        for article, place in other.articles.items():
            if article not in self.articles:
                self.articles[article] = place
        self.written.update(other.written)

    @property
    def name(self) -> str:
        """As it is written most, rather not in capitals only."""
        return max(self.written, key=lambda text: (not text.isupper(), self.written[text], text))


class Discovery:
    """`open_index` opens the index for one answer; it is closed at the end."""

    def __init__(
        self,
        store: Store,
        open_index: Callable[[], Index],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._store, self._open_index, self._clock = store, open_index, clock
        self._endings = morphology.best()
        self._untracked = Untracked(store.connection)
        self._seen = NamesSeen(store)
        self._former: tuple[str, str, int] = ("", "", -1)
        """The days that were compared with last, and how many articles they have."""
        self._counted: dict[str, int] = {}
        """In how many of those articles a name stands."""

    def run(
        self, days: int = DAYS, most: int = MOST, step: Step = lambda _done, _total: None
    ) -> tuple[Discovered, ...]:
        """At most `most`, the most striking first. Nothing that is tracked or was dismissed.

        Asked again, only articles that are new or revised are read. `step` is called between slices
        of them; whatever it raises stops the work.
        """
        now = self._clock()
        recent = self._untracked.recent(now - timedelta(days=days), now + timedelta(days=1))
        first = _first_copies(recent)
        found = _gathered(self._seen.of(first, step))
        _fold_inflections(found, self._endings)
        _fold_into_full_names(found)
        wanted = {k: one for k, one in found.items() if _is_frequent(one, first)}
        for gone in list(self._known(wanted)):
            del wanted[gone]
        likely = sorted(wanted.values(), key=lambda one: -len(one.articles))[: _COMPARED * most]
        ranked = self._compared(likely, first, now - timedelta(days=days))
        return tuple(self._told(*one, first) for one in ranked[:most])

    def _known(self, found: Mapping[str, _Found]) -> Iterator[str]:
        """Keys of those that are tracked, are part of a tracked name, or were dismissed."""
        tracked = self._store.entities.all()
        matcher, parts = Matcher(tracked, self._endings), _parts(tracked)
        dismissed = self._untracked.dismissed()
        for name_key, one in found.items():
            name = one.name
            if name_key in dismissed or name_key in parts or _is_tracked(matcher, name):
                yield name_key

    def _compared(
        self, found: Sequence[_Found], first: Mapping[int, RecentArticle], began: datetime
    ) -> list[tuple[float, float, int, _Found]]:
        """(score, burst, former articles, name), the highest score first."""
        since, until = (
            (began - timedelta(days=n)).astimezone().date().isoformat() for n in (BEFORE, 1)
        )
        ranked = []
        with self._open_index() as index:
            total = index.count(parse(f"date:{since}..{until}"), NoFilters())
            if (since, until, total) != self._former:
                self._former, self._counted = (since, until, total), {}
            for one in found:
                former = self._counted.get(one.name)
                if former is None:
                    query = parse(f"{phrase(one.name)} date:{since}..{until}")
                    former = index.count(query, NoFilters()) if total else 0
                    self._counted[one.name] = former
                burst = _burst(len(one.articles), len(first), former, total)
                ranked.append((len(one.articles) * log2(1 + burst), burst, former, one))
        return sorted(ranked, key=lambda row: (-row[0], row[3].name))

    def _told(
        self,
        score: float,
        burst: float,
        former: int,
        one: _Found,
        first: Mapping[int, RecentArticle],
    ) -> Discovered:
        by_date = sorted(one.articles, key=lambda article: first[article].moment, reverse=True)
        middle = by_date[len(by_date) // 2]
        chosen = dict.fromkeys((by_date[0], middle, by_date[-1]))
        name = one.name
        others = (text for text, _ in one.written.most_common() if text != name)
        return Discovered(
            name=name,
            type="weapon" if is_designator(name) and 2 * one.armed >= len(by_date) else "",
            spellings=tuple(others)[:_SAMPLES],
            articles=len(by_date),
            outlets=len({first[article].outlet for article in by_date}),
            former=former,
            burst=burst,
            score=score,
            first_seen=first[by_date[-1]].moment,
            last_seen=first[by_date[0]].moment,
            samples=samples_at(self._store, {article: one.articles[article] for article in chosen}),
        )


def _first_copies(recent: Iterable[RecentArticle]) -> dict[int, RecentArticle]:
    """One article of each text, the one that was stored first."""
    by_root: dict[int, RecentArticle] = {}
    for article in recent:
        by_root.setdefault(article.root, article)
    return {article.id: article for article in by_root.values()}


def _gathered(names: Mapping[int, tuple[Seen, ...]]) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    for article, seen in names.items():
        for name in seen:
            one = found.get(name.key)
            if one is None:
                one = found[name.key] = _Found()
            one.put(article, name)
    return found


def _is_frequent(one: _Found, first: Mapping[int, RecentArticle]) -> bool:
    return (
        len(one.articles) >= LEAST_ARTICLES
        and one.signs >= max(1, _SIGNS * len(one.articles))
        and len({first[article].outlet for article in one.articles}) >= LEAST_OUTLETS
    )


def _fold_inflections(found: dict[str, _Found], endings: Endings) -> None:
    """Cases of one Russian or Ukrainian name count for it, where the name itself was met too."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for name_key in found:
        if _CYRILLIC.search(name_key):
            alike.setdefault(tuple(w[:_STEM] for w in name_key.split()), []).append(name_key)
    for keys in alike.values():
        for name_key in sorted(keys, key=len) if len(keys) > 1 else ():
            if name_key in found:
                forms = russian.forms(name_key, "", endings)
                for other in keys:
                    if other != name_key and other in forms and other in found:
                        _join(found, other, name_key)


def _fold_into_full_names(found: dict[str, _Found]) -> None:
    """ "Burns" counts for "William Burns" where enough articles have both."""
    longest: dict[str, str] = {}
    for name_key, one in found.items():
        last = name_key.rpartition(" ")[2]
        if last != name_key and last in found:
            best = longest.setdefault(last, name_key)
            if one.signs > found[best].signs:
                longest[last] = name_key
    for short, full in sorted(longest.items(), key=lambda one: (len(one[1]), one)):
        if short in found and full in found:
            both = found[short].articles.keys() & found[full].articles.keys()
            if len(both) >= _SHARED * len(found[short].articles):
                _join(found, short, full)


def _join(found: dict[str, _Found], part: str, whole: str) -> None:
    taken, kept = found.pop(part), found[whole]
    name = kept.name
    kept.signs += sum(1 for article in taken.articles if article not in kept.articles)
    kept.take(taken)
    kept.written[name] = max(kept.written.values()) + 1  # it stays the name


def _parts(tracked: Iterable[Entity]) -> set[str]:
    """Every run of words of every name and alias."""
    runs: set[str] = set()
    for entity in tracked:
        for alias in entity.spellings():
            words = fold_key(alias.text).split()
            runs.update(
                " ".join(words[a:b])
                for a in range(len(words))
                for b in range(a + 1, len(words) + 1)
            )
    return runs


def _is_tracked(matcher: Matcher, name: str) -> bool:
    """Whether it is a tracked name, or a person's with more words around it."""
    return any(
        (match.start == 0 and match.end == len(name))
        or (match.entity.type == "person" and (match.start == 0 or match.end == len(name)))
        for match in matcher.find(name)
    )


def _burst(recent: int, recent_total: int, former: int, former_total: int) -> float:
    """How many times as large its share of the articles is; 1 where there is nothing to compare."""
    if former_total < _FEW_FORMER:
        return 1.0
    return (recent / max(1, recent_total)) / ((former + 1) / (former_total + 1))
