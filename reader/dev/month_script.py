"""A scripted month of news: what feeds say from one fetch to the next, and what must alert.

The script invents what feeds really do (new items, new ids, new links, small changes of titles,
edits, everything again under new ids, copies at other outlets, late and old items, feeds that are
new) and keeps its own books of what each saved search must tell of. It knows from its own words
which searches are true of an article, and shares no code with what it judges.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from reader.dev.month_feeds import Item, Source, mention, outlet, token, token_of
from reader.dev.month_searches import MARKS, Standing, searches
from reader.dev.newsroom import Newsroom
from reader.dev.sinks import Key
from reader.domain.alert import AlertRule

BEGIN = datetime(2026, 3, 2, 5, tzinfo=UTC)
OUTLETS = 9
LATER_OUTLETS = 4
"""Feeds that are subscribed in the course of the month."""
_SERVED, _SHOWN_FOR = 12, timedelta(days=10)
"""Items that a feed shows, and how long: after two weeks the library compares no more."""
_LONG_AGO = timedelta(days=15)
"""Since an item came: longer than the library compares it with what is new."""
_FIRST = 8
"""Items of a feed when it is first fetched."""


class Script:
    """`tick` brings the feeds to the next fetch and the books up to date."""

    def __init__(
        self,
        seed: str,
        ticks: int,
        site: str = "https://outlet{}.example.org/feed.xml",
        rules: Sequence[AlertRule] = (),
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """`site`: of the feeds, see `outlet`. `rules`: of the searches; () for every kind.
        `clock`: of a month that passes by itself; without one a tick moves on by its share."""
        self.seed = seed
        self._clock = clock
        self._chance = random.Random(f"{seed}/script")
        self._newsroom = Newsroom(self._chance.randrange(1 << 30), length=130)
        self.searches = searches(ticks, rules)
        self.sources = [outlet(number, 0, site) for number in range(OUTLETS)]
        self.sources += [
            outlet(OUTLETS + n, (n + 1) * ticks // (LATER_OUTLETS + 1), site)
            for n in range(LATER_OUTLETS)
        ]
        self.now = clock() if clock else BEGIN
        self.number = -1
        self.expected: Counter[Key] = Counter()
        self.fired_at: dict[Key, datetime] = {}
        self.did: Counter[str] = Counter()
        self._between = timedelta(days=30) / ticks
        self._stories = 0
        self._serial = 0
        self._told: dict[tuple[int, str], set[str]] = {}
        """By story and search: the outlets whose articles fired."""
        self._had: dict[int, set[str]] = {}
        """By story: the outlets that ever had it."""
        self._past: dict[str, list[Item]] = {}
        """By outlet: what its feed shows no more, as it was shown last."""
        self._dug_up: set[int] = set()

    # -- time goes on

    def tick(self) -> None:
        self.number += 1
        share = self._between * self._chance.uniform(0.7, 1.3)
        self.now = self._clock() if self._clock else self.now + share
        touched: set[int] = set()
        for source in self._there():
            source.away = not source.first and self._chance.random() < 0.05
            self._past.setdefault(source.title, []).extend(
                item for item in source.items if self.now - item.since >= _SHOWN_FOR
            )
            source.items = [i for i in source.items if self.now - i.since < _SHOWN_FOR]
            if source.first:
                for _ in range(_FIRST):
                    self.publish(source, touched)
            elif not source.away:
                self._something(source, touched)
        for source in self._there():
            source.first = False
            for item in source.items:  # searches that are new are asked about the archive
                item.hits |= {s.name for s in self._new_searches() if s.true(item.marks)}

    def rest(self, hours: float) -> None:
        """Time passes, and nothing new is said."""
        self.now += timedelta(hours=hours)

    def there(self) -> list[Standing]:
        """The saved searches that are there at this tick."""
        return [search for search in self.searches if search.since <= self.number]

    def _new_searches(self) -> list[Standing]:
        return [search for search in self.searches if search.since == self.number]

    def _there(self) -> list[Source]:
        return [source for source in self.sources if source.since <= self.number]

    def _something(self, source: Source, touched: set[int]) -> None:
        chance = self._chance
        for happens, share in _HAPPENS:
            if self.number and happens in _EDITS and self._new_searches():
                continue  # whether these fire would hang on which is done first
            if chance.random() < share:
                self.did[happens.__name__.replace("_", " ")] += 1
                happens(self, source, touched)
        self._past[source.title].extend(source.items[_SERVED:])
        source.items = source.items[:_SERVED]

    # -- what feeds do

    def publish(self, source: Source, touched: set[int]) -> None:
        """A new article: of today, or without a date, or found late, or old."""
        chance = self._chance
        self._stories += 1
        story = self._newsroom.story(self._stories)
        age = chance.choices((3, 40, 70, 200), (80, 6, 8, 6))[0] * chance.uniform(0.1, 1)
        published = None if chance.random() < 0.1 else self._second(timedelta(hours=age))
        marks = frozenset(chance.sample(MARKS, chance.choice((0, 0, 1, 2, 3))))
        paragraphs = [*story.paragraphs, *(mention(mark) for mark in sorted(marks))]
        chance.shuffle(paragraphs)
        title = f"{story.title} {token(self._stories)}"
        self._enter(source, self._item(self._stories, title, paragraphs, marks, published), touched)

    def copy(self, source: Source, touched: set[int]) -> None:
        """What another outlet has, with a line of its own before it or the last lines gone."""
        others = [
            item
            for other in self._there()
            if other is not source and not other.first
            for item in other.items
            if item.story not in touched | self._dug_up
            and source.title not in self._had[item.story]
        ]
        if not others:
            return
        old = self._chance.choice(others)
        paragraphs = [*old.paragraphs]
        if self._chance.random() < 0.5:
            paragraphs.insert(0, "This report came to us from a partner and is shown unchanged.")
        published = self._second(timedelta(hours=self._chance.uniform(0.1, 2)))
        item = self._item(old.story, old.title, paragraphs, old.marks, published)
        self._enter(source, item, touched)

    def edit(self, source: Source, touched: set[int]) -> None:
        """A line more, in which something new may be named."""
        item = self._free(source, touched)
        if item is None:
            return
        touched.add(item.story)
        if self._chance.random() < 0.6:
            mark = self._chance.choice([mark for mark in MARKS if mark not in item.worn])
            item.paragraphs = [*item.paragraphs, mention(mark)]
            item.marks |= {mark}
        else:
            item.paragraphs = [*item.paragraphs, f"Added later, as {token(self._next())}."]
        self._settle(source, item)

    def take_back(self, source: Source, touched: set[int]) -> None:
        """The line that named something is gone."""
        item = self._free(source, touched)
        if item is None or not item.marks:
            return
        touched.add(item.story)
        mark = self._chance.choice(sorted(item.marks))
        item.paragraphs = [one for one in item.paragraphs if one != mention(mark)]
        item.marks -= {mark}
        self._settle(source, item)

    def tweak_a_title(self, source: Source, touched: set[int]) -> None:
        item = self._free(source, touched)
        if item is not None:
            touched.add(item.story)
            words = item.title.split()
            item.title = " ".join([*words[:-1], "again", words[-1]])
            self._settle(source, item)

    def change_ids(self, source: Source, touched: set[int]) -> None:
        touched.update(item.story for item in source.items)
        for item in source.items:
            item.guid = self._new_id()

    def change_links(self, source: Source, touched: set[int]) -> None:
        touched.update(item.story for item in source.items)
        for item in source.items:
            item.url = self._new_url()

    def begin_anew(self, source: Source, touched: set[int]) -> None:
        """Everything once more, under new ids and links."""
        self.change_ids(source, touched)
        self.change_links(source, touched)

    def begin_anew_today(self, source: Source, touched: set[int]) -> None:
        """And with today's date: these are taken for new articles, with the text of the others."""
        self.begin_anew(source, touched)
        for item in source.items:
            item.published = self._second(timedelta(minutes=self._chance.randint(1, 90)))
            item.known |= item.hits
            item.worn |= item.marks

    def dig_up(self, source: Source, touched: set[int]) -> None:
        """What nobody has seen for weeks, under a new id and link and with today's date."""
        old = [
            item
            for item in self._past.get(source.title, ())
            if self.now - item.since > _LONG_AGO and item.story not in touched | self._dug_up
        ]
        if not old:
            self.did["dig up"] -= 1
            return
        item = self._chance.choice(old)
        touched.add(item.story)
        self._dug_up.add(item.story)
        again = self._item(item.story, item.title, item.paragraphs, item.marks, None)
        if self._chance.random() < 0.7:
            again.published = self._second(timedelta(minutes=self._chance.randint(1, 90)))
        again.known = item.known | {s.name for s in self.there() if s.true(item.marks)}
        self._enter(source, again, touched)

    # -- the books

    def _enter(self, source: Source, item: Item, touched: set[int]) -> None:
        source.items.insert(0, item)
        touched.add(item.story)
        self._had.setdefault(item.story, set()).add(source.title)
        self._settle(source, item)

    def _settle(self, source: Source, item: Item) -> None:
        """The article is stored, or changed: what is told of it?"""
        present = {search.name for search in self.there() if search.true(item.marks)}
        for search in self.there():
            new = search.name in present and search.name not in item.hits | item.known
            if new and not source.first and search.alert and self._young(search, item):
                self._fire(search, source, item)
        item.hits = present

    def _young(self, search: Standing, item: Item) -> bool:
        return item.published is None or self.now - item.published <= search.longest

    def _fire(self, search: Standing, source: Source, item: Item) -> None:
        told = self._told.setdefault((item.story, search.name), set())
        if source.title in told or (told and not search.rule.each_outlet):
            return
        told.add(source.title)
        item.known.add(search.name)
        key = search.name, token_of(item.title), source.title
        self.expected[key] += 1
        self.fired_at[key] = self.now

    # -- little things

    def _free(self, source: Source, touched: set[int]) -> Item | None:
        shown = source.items[:_SERVED]  # nobody would hear of a change to what leaves the feed now
        free = [i for i in shown if i.story not in touched | self._dug_up]
        return self._chance.choice(free) if free else None

    def _item(
        self,
        story: int,
        title: str,
        paragraphs: list[str],
        marks: frozenset[str],
        published: datetime | None,
    ) -> Item:
        guid, url = self._new_id(), self._new_url()
        return Item(story, guid, url, title, paragraphs, marks, published, self.now)

    def _second(self, ago: timedelta) -> datetime:
        return (self.now - ago).replace(microsecond=0)

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    def _new_id(self) -> str:
        return f"id-{self._next()}"

    def _new_url(self) -> str:
        return f"https://news.example.org/{self._next()}.html"


_HAPPENS: Sequence[tuple[Callable[[Script, Source, set[int]], None], float]] = (
    (Script.change_ids, 0.03),
    (Script.change_links, 0.03),
    (Script.begin_anew, 0.02),
    (Script.begin_anew_today, 0.02),
    (Script.dig_up, 0.03),
    (Script.publish, 0.45),
    (Script.copy, 0.2),
    (Script.edit, 0.12),
    (Script.tweak_a_title, 0.06),
    (Script.take_back, 0.04),
)
"""What may happen to a feed between two fetches, in this order, and how likely it is."""
_EDITS = (Script.edit, Script.tweak_a_title, Script.take_back)
