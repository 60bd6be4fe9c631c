"""What may be names in the articles of the library, kept from one discovery to the next.

An article is read once: asked again, only what has come or was revised meanwhile is looked into.
Kept are the names of one article, each with where it stands first, not its text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from sys import intern
from typing import NamedTuple

from reader.domain.article import FIELDS, Texts
from reader.entities.names import Name, key, names
from reader.services.passage import Place
from reader.store.store import Store
from reader.store.untracked import RecentArticle

MOST_KEPT = 40_000
"""Articles whose names are kept: about 3 kB each."""
_AT_ONCE = 250
_WEAPONS = re.compile(
    r"\b(?:tanks?|missiles?|rockets?|launchers?|howitzers?|fighters?|jets?|bombers?|drones?|uavs?"
    r"|helicopters?|gunships?|artillery|air defen[cs]e|warplanes?|torpedo(?:es)?|mortars?|rifles?"
    r"|panzer|raketen?|chars?|obusiers?)\b|танк|ракет|гаубиц|истребител|бомбардировщик|дрон"
    r"|беспилотн|вертолет|вертолёт|миномет|миномёт|зенитн|гелікоптер|винищувач|بابات|صاروخ|صواريخ"
    r"|طائرة|مسيرة",
    re.IGNORECASE,
)
_AROUND = 60

Step = Callable[[int, int], None]


class Seen(NamedTuple):
    """A name in one article. `written`: (form, how often), the first met first.

    `sign`, `armed`: of the first place: whether its capitals say something, and whether a word for
    a weapon stands near.
    """

    key: str
    place: Place
    sign: bool
    armed: bool
    written: tuple[tuple[str, int], ...]


class NamesSeen:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[int, tuple[int, tuple[Seen, ...]]] = {}
        """By article: the number of its text, and its names."""

    def of(self, articles: Mapping[int, RecentArticle], step: Step) -> dict[int, tuple[Seen, ...]]:
        """The names of each, in the order given. `step` tells how many of those that are to be
        read are done; what it raises stops the work, and what was read is kept."""
        todo = [one for one in articles.values() if not self._has(one)]
        step(0, len(todo))
        for start in range(0, len(todo), _AT_ONCE):
            some = todo[start : start + _AT_ONCE]
            self._read(some)
            step(start + len(some), len(todo))
        found = {n: self._kept[n][1] for n in articles if n in self._kept}
        self._forget(articles)
        return found

    def _has(self, article: RecentArticle) -> bool:
        kept = self._kept.get(article.id)
        return kept is not None and kept[0] == article.revision

    def _read(self, articles: Sequence[RecentArticle]) -> None:
        texts = self._store.articles.texts([one.id for one in articles])
        for one in articles:
            if one.id in texts:
                self._kept[one.id] = one.revision, names_in(texts[one.id], one.language)

    def _forget(self, wanted: Mapping[int, RecentArticle]) -> None:
        """Where too many are kept: first those that were not asked for, then the oldest ids."""
        over = len(self._kept) - MOST_KEPT
        if over > 0:
            for article in sorted(self._kept, key=lambda n: (n in wanted, n))[:over]:
                del self._kept[article]


def names_in(texts: Texts, language: str) -> tuple[Seen, ...]:
    first: dict[str, tuple[Place, bool, bool]] = {}
    written: dict[str, dict[str, int]] = {}
    for where in FIELDS:
        text = texts.get(where)
        for name in names(text, language):
            name_key = intern(key(name.text))
            if name_key not in first:
                place = (where, name.start, name.end)
                first[name_key] = place, name.sign, _is_armed(name, text)
                written[name_key] = {}
            form = intern(name.text)
            written[name_key][form] = written[name_key].get(form, 0) + 1
    return tuple(Seen(k, *first[k], tuple(forms.items())) for k, forms in written.items())


def _is_armed(name: Name, text: str) -> bool:
    around = text[max(0, name.start - _AROUND) : name.end + _AROUND] if name.designator else ""
    return bool(_WEAPONS.search(around))
