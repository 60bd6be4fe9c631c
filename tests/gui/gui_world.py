"""A newsroom in memory for the tests of the window: a library, a searcher, a collector."""

import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from query_words import clauses_of

from reader.domain.alert import (
    AS_USUAL,
    Alert,
    AlertRule,
    Backtest,
    ChannelState,
    Context,
    InboxList,
    InboxQuery,
    Notice,
    Precision,
    Suggestion,
)
from reader.domain.article import (
    ArticleDetail,
    ArticleLine,
    Chip,
    Explained,
    Marked,
    Mention,
    Span,
    Texts,
)
from reader.domain.entity import Entity, EntityLine
from reader.domain.feed import Feed, FeedLine
from reader.domain.library import Changes, FolderLine, Overview, Totals
from reader.domain.looks import EntityType, every_type
from reader.domain.profile import (
    Companion,
    Comparison,
    Profile,
    Question,
    SentenceKey,
    SentencePage,
)
from reader.domain.reports import ImportReport
from reader.domain.row_mentions import Named, RowMentions
from reader.domain.scope import Scope
from reader.domain.search import Clause, Completion, Facet, Hits, SavedLine, SavedSearch
from reader.domain.subscribe import SubscribeReport
from reader.domain.watchlist import Merged, StarterLine, Watchlist, WatchlistLine
from reader.domain.workshop import AliasSuggestion, Discovered, Preview
from reader.errors import QueryError, ReaderError, StoreError
from reader.gui.ports import Failed, Progressing
from reader.services.mention_verdicts import NOTHING_JUDGED as NO_VERDICTS


class Asked(NamedTuple):
    """A question for the analyst."""

    number: int
    kind: str
    said: tuple[Any, ...]
    done: Callable[[Any], object]
    failed: Failed
    progress: Progressing


NOW = datetime.now(UTC)
FEEDS = (
    ("http://one.test/feed", "Harbour Review", "Mediterranean/Libya"),
    ("http://two.test/rss", "Defence Weekly Bulletin", "Mediterranean"),
    ("http://three.test/ru", "Вестник обороны", ""),
    ("http://four.test/ar", "أخبار المتوسط", "Mediterranean/Libya"),
    ("http://five.test/ja", "海洋安全ジャーナル", ""),
)
TITLES = (
    ("Transport planes land at the eastern base as air defences change hands", 0),
    ("Officials confirm talks on moving S-400 batteries by sea, three people say in Tobruk", 1),
    ("Хафтар обсудил в Тобруке переброску систем ПВО и будущее порта", 2),
    ("طائرات نقل تهبط في القاعدة الشرقية بعد تغيير في منظومات الدفاع الجوي", 3),
    ("東部基地に輸送機が着陸、防空システムの移転をめぐる協議続く", 4),
    ("Short one", 0),
)  # fmt: skip
SNIPPETS = (
    "Radar images show eleven flights in four days; the port declined to comment on the cargo.",
    "The deal would be the first of its kind since the embargo, and both governments deny it.",
    "Источники в порту говорят о трёх судах, ожидающих разгрузки с прошлой недели.",
    "قال مصدر في الميناء إن ثلاث سفن تنتظر التفريغ منذ الأسبوع الماضي دون توضيح.",
    "港湾当局は積み荷についてコメントを避けた。専門家は数週間以内の展開を見込む。",
    "",
)
ENTITIES = (
    Entity("Khalifa Haftar", "person", id=1),
    Entity("Libyan National Army", "organisation", id=2),
    Entity("Tobruk", "place", id=3),
    Entity("S-400", "weapon", id=4),
    Entity("Arms embargo", "topic", id=5),
    Entity("Berlin conference", "event", id=6),
)


def line(number: int, **changes: Any) -> ArticleLine:
    """An article of one of the feeds, younger with a higher number (1 to 1000)."""
    title, feed = TITLES[number % len(TITLES)]
    url, source, _ = FEEDS[feed]
    published = NOW - timedelta(minutes=38) - timedelta(hours=3) * (1000 - number)
    chips = tuple(Chip(e.id, e.name, e.type) for e in ENTITIES[: (number * 3) % 7])
    made = ArticleLine(
        id=number, title=title, source=source, feed=url, url=f"http://one.test/{number}",
        author="A. Writer", language="en", published=published, sorted_at=published,
        read=number % 3 == 0, starred=number % 7 == 0,
        snippet=SNIPPETS[number % len(SNIPPETS)], chips=chips,
    )  # fmt: skip
    return replace(made, **changes)


NOTHING_JUDGED: Mapping[int, bool] = {}


class Library:
    """Reading and changing, as the window's threads use it; counts what was asked of it."""

    def __init__(self, count: int = 40) -> None:
        self.lock = threading.RLock()
        first = max(1, 1001 - count)
        self.articles = {n: line(n) for n in range(first, first + count)}
        self.feeds = [
            Feed(n + 1, url, title, title, folder) for n, (url, title, folder) in enumerate(FEEDS)
        ]
        self.saved = [
            SavedSearch(1, "Air defence to Libya", '"air defence" AND libya', alert=True),
            SavedSearch(2, "Haftar", "haftar OR hifter"),
        ]
        self.entities = list(ENTITIES)
        self.lists = [Watchlist(name) for name in dict.fromkeys(e.watchlist for e in ENTITIES)]
        self.looks: list[EntityType] = []
        self.tags: dict[str, set[int]] = {"review": {first}}
        self.unseen = 2
        self.confirmed: set[tuple[int, int, str]] = set()
        """The article, the entity and the spelling."""
        self.judged: dict[tuple[str, int], bool] = {}
        """By the saved search and the article."""
        self.past: list[dict[tuple[str, int], bool | None]] = []
        self.due: list[Notice] = []
        """What is to be shown on the desktop."""
        self.calls: list[tuple[object, ...]] = []
        self.refuse: ReaderError | None = None
        self.states = [
            ChannelState("desktop", configured=True),
            ChannelState("email", configured=True, failures=2, error="The server said no."),
            ChannelState("webhook", configured=False),
            ChannelState("command", configured=False),
        ]
        self.to_index = self.count = 0
        """Articles not indexed yet, of so many in all, where a test says so."""

    def close(self) -> None:
        self.calls.append(("close",))

    # reading

    def overview(self) -> Overview:
        lines = list(self.articles.values())
        unread = sum(not a.read for a in lines)
        feeds = tuple(
            FeedLine(
                feed,
                sum(a.feed == feed.url for a in lines),
                sum(a.feed == feed.url and not a.read for a in lines),
            )
            for feed in self.feeds
        )
        totals = Totals(
            self.count or len(lines), unread, sum(a.starred for a in lines), len(self.feeds),
            sum(bool(f.error) for f in self.feeds), self.unseen, self.to_index, 1_900_000_000,
            datetime.now(UTC),
        )  # fmt: skip
        paths = ("Mediterranean", "Mediterranean/Libya")
        return Overview(
            totals,
            tuple(self._saved_line(s, len(lines), unread) for s in self.saved),
            (),
            tuple(FolderLine(path, len(lines), unread) for path in paths),
            feeds,
            tuple(EntityLine(e, 60 - e.id, 90 - e.id) for e in self.entities),
            tuple((name, len(ids)) for name, ids in self.tags.items()),
            tuple(self.lists),
            tuple(every_type(self.looks, (e.type for e in self.entities))),
        )

    def watchlists(self) -> list[WatchlistLine]:
        return [
            WatchlistLine(one, sum(e.watchlist == one.name for e in self.entities), 12, 34)
            for one in self.lists
        ]

    def starters(self) -> list[StarterLine]:
        if self.refuse:
            raise self.refuse
        return [StarterLine("libya", "people and places", 5, 2), StarterLine("sea", "ships", 4, 4)]

    def _saved_line(self, saved: SavedSearch, total: int, unread: int) -> SavedLine:
        found = self.precision(saved.name)
        return SavedLine(saved, total, unread, kept=found.kept, noise=found.noise)

    def article_ids(self, scope: Scope) -> "array[int]":
        self.calls.append(("ids", scope))
        if self.refuse:
            raise self.refuse
        rows = sorted(self.articles.values(), key=lambda a: (a.sorted_at, a.id), reverse=True)
        return array("q", (a.id for a in rows if self._inside(a, scope)))

    def lines(self, ids: Sequence[int]) -> list[ArticleLine]:
        self.calls.append(("lines", tuple(ids)))
        return [self.articles[n] for n in ids if n in self.articles]

    def newest(self, scope: Scope, limit: int) -> list[ArticleLine]:
        self.calls.append(("newest", scope))
        return [self.articles[n] for n in self.article_ids(scope)[:limit]]

    def row_mentions(self, rows: Sequence[tuple[int, str]]) -> list[RowMentions]:
        """The names of entities, wherever they stand."""
        self.calls.append(("row_mentions", tuple(number for number, _ in rows)))
        return [
            RowMentions(n, text, self._named(self.articles[n].title), self._named(text))
            for n, text in rows
            if n in self.articles
        ]

    def _named(self, text: str) -> tuple[Named, ...]:
        return tuple(
            Named(at, at + len(entity.name), entity.type, entity.id)
            for entity in self.entities
            if (at := text.find(entity.name)) >= 0
        )

    def detail(self, article_id: int) -> ArticleDetail | None:
        found = self.articles.get(article_id)
        if found is None:
            return None
        body = "\n\n".join([f"{found.snippet} Khalifa Haftar met officers in Tobruk."] * 8)
        at = body.index("Khalifa")
        mentions = (
            Mention(1, "Khalifa Haftar", "person", "Khalifa Haftar", "body", at, at + 14),
            Mention(3, "Tobruk", "place", "Tobruk", "body", at + 31, at + 37),
        )
        html = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
        texts = Texts(found.title, "", body)
        return ArticleDetail(
            found, texts, html, found.source, found.sorted_at, (found.feed,), mentions,
            confirmed=frozenset((one, text) for n, one, text in self.confirmed if n == article_id),
        )  # fmt: skip

    def alerts(self) -> list[Alert]:
        """For every tenth article one of the first saved search, for every twentieth another of
        the second; as many as `unseen` of the newest are."""
        fired = [alert for n in self.articles if n % 10 == 0 for alert in self._fired(n)]
        newest = sorted(fired, key=lambda alert: (alert.at, alert.id), reverse=True)
        return [replace(a, seen=k >= self.unseen) for k, a in enumerate(newest)]

    def inbox(self, wanted: InboxQuery) -> InboxList:
        self.calls.append(("inbox", wanted))
        states = {None: "open", True: "kept", False: "noise"}
        alerts = self.alerts()
        there = [
            alert for alert in alerts
            if wanted.saved in (0, alert.saved_id)
            and (not wanted.unseen or not alert.seen or alert.id in wanted.among)
            and not (wanted.unread and self.articles[alert.article_id].read)
        ]  # fmt: skip
        by_state = {
            verdict: {a.article_id for a in there if verdict in ("all", states[a.kept])}
            for verdict in ("all", "open", "kept", "noise")
        }
        order = dict.fromkeys(alert.article_id for alert in alerts)
        return InboxList(
            array("q", (number for number in order if number in by_state[wanted.verdict])),
            {verdict: len(found) for verdict, found in by_state.items()},
            {alert.id: alert.article_id for alert in alerts if not alert.seen},
            frozenset(alert.saved_id or 0 for alert in alerts),
        )

    def alerts_of(
        self, ids: Sequence[int], *, context: bool = True
    ) -> dict[int, tuple[Alert, ...]]:
        self.calls.append(("alerts_of", tuple(ids), context))
        found: dict[int, tuple[Alert, ...]] = {}
        for alert in self.alerts():
            if alert.article_id in ids:
                found[alert.article_id] = (*found.get(alert.article_id, ()), alert)
        return found

    def precision(self, name: str) -> Precision:
        said = [kept for (saved, _), kept in self.judged.items() if saved == name]
        kept, noise = said.count(True), said.count(False)
        weeks = ((date(2026, 11, 16), kept, noise),) if said else ()
        return Precision(name, kept, noise, weeks)

    def _fired(self, number: int) -> list[Alert]:
        article, alerts = self.articles[number], []
        for saved in self.saved[: 2 if number % 20 == 0 else 1]:
            end = len(article.title.split()[0])
            word = article.title[:end]
            context = (
                Context("title", article.title, ((0, end),)),
                Context("body", f"…what {saved.name} is about…", ((6, 6 + len(saved.name)),)),
            )
            alerts.append(
                Alert(
                    number, article.title, saved.name, (Span("title", 0, end, word),),
                    article.sorted_at + timedelta(minutes=saved.id), source=article.source,
                    id=number * 10 + saved.id, saved_id=saved.id, context=context,
                    priority="high" if saved.id == 2 else "normal",
                    kept=self.judged.get((saved.name, number)),
                )
            )  # fmt: skip
        return alerts

    def channels(self) -> list[ChannelState]:
        return self.states

    def mentions_per_day(
        self, entities: Sequence[int], days: int
    ) -> list[tuple[date, tuple[int, ...]]]:
        today = NOW.date()
        return [
            (today - timedelta(days=days - n - 1), tuple((n * e) % 7 for e in entities))
            for n in range(days)
        ]

    # changing

    def mark(
        self, ids: Sequence[int], *, read: bool | None = None, starred: bool | None = None,
        passing: bool = False,
    ) -> Changes:  # fmt: skip
        self._note("mark", tuple(ids), read, starred)
        if read is not None and self.past and not passing:
            flipped = {n: not read for n in ids if self.articles[n].read is not read}
            self.past += [{("read", n): value for n, value in flipped.items()}] if flipped else []
        for n in ids:
            old = self.articles[n]
            self.articles[n] = replace(
                old,
                read=old.read if read is None else read,
                starred=old.starred if starred is None else starred,
            )
        return Changes(articles=frozenset(ids), counts=True)

    def mark_all_read(self, scope: Scope) -> Changes:
        self._note("mark_all_read", scope)
        ids = [n for n, a in self.articles.items() if self._inside(a, scope) and not a.read]
        return self.mark(ids, read=True)

    def tag(self, ids: Sequence[int], name: str, *, remove: bool = False) -> Changes:
        self._note("tag", tuple(ids), name, remove)
        return Changes(articles=frozenset(ids), counts=True)

    def note(self, article_id: int, text: str) -> Changes:
        self._note("note", article_id, text)
        return Changes(articles=frozenset({article_id}))

    def undo(self) -> tuple[str, Changes]:
        self._note("undo")
        if not self.past:
            return "marking read", Changes(counts=True)
        former = self.past.pop()
        for (what, number), value in former.items():
            if what == "read":
                self.articles[number] = replace(self.articles[number], read=bool(value))
            else:
                self._judge(what, number, value)
        said = "marking read" if any(what == "read" for what, _ in former) else "judging hits"
        return said, Changes(frozenset(n for _, n in former), counts=True)

    def judge_for(self, hits: Mapping[str, Sequence[int]], kept: bool | None) -> Changes:
        for name, ids in hits.items():
            self._note("judge", name, tuple(ids), kept)
        former = {(name, n): self.judged.get((name, n)) for name, ids in hits.items() for n in ids}
        changed = {pair: old for pair, old in former.items() if old is not kept}
        if changed:
            self.past.append(changed)
        for name, n in changed:
            self._judge(name, n, kept)
        return Changes(frozenset(n for _, n in changed), counts=bool(changed))

    def retry_refused(self, channel: str) -> Changes:
        self._note("retry_refused", channel)
        return Changes(counts=True)

    def drop_refused(self, channel: str) -> Changes:
        self._note("drop_refused", channel)
        return Changes(counts=True)

    def _judge(self, name: str, number: int, kept: bool | None) -> None:
        if kept is None:
            self.judged.pop((name, number), None)
        else:
            self.judged[name, number] = kept

    def save_search(
        self, name: str, query: str, *, alert: bool, folder: str = "", rule: AlertRule = AS_USUAL,
        judged: Mapping[int, bool] = NOTHING_JUDGED,
    ) -> Changes:  # fmt: skip
        self._note("save_search", name, query, alert)
        self.judged |= {(name, number): kept for number, kept in judged.items()}
        number = len(self.saved) + 1
        self.saved.append(SavedSearch(number, name, query, alert, folder=folder, rule=rule))
        return Changes(saved=True)

    def edit_search(
        self, name: str, *, query: str | None = None, alert: bool | None = None,
        new_name: str | None = None, folder: str | None = None, rule: AlertRule | None = None,
        judged: Mapping[int, bool] = NOTHING_JUDGED,
    ) -> Changes:  # fmt: skip
        self._note("edit_search", name, query, alert, new_name)
        self.judged |= {(name, number): kept for number, kept in judged.items()}
        said = {"query": query, "alert": alert, "name": new_name, "folder": folder, "rule": rule}
        given = {part: value for part, value in said.items() if value is not None}
        self.saved = [replace(s, **given) if s.name == name else s for s in self.saved]
        return Changes(saved=True)

    def remove_search(self, name: str) -> Changes:
        self._note("remove_search", name)
        self.saved = [s for s in self.saved if s.name != name]
        return Changes(saved=True)

    def track(
        self, entity: Entity, judged: Mapping[tuple[int, str], bool | None] = NO_VERDICTS
    ) -> Changes:
        self._note("track", entity, *([dict(judged)] if judged else []))
        self.entities.append(replace(entity, id=len(self.entities) + 1))
        return Changes(entities=True)

    def confirm_mention(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        self._note("confirm_mention", article_id, entity_id, spelling)
        self.confirmed.add((article_id, entity_id, spelling))
        return Changes(frozenset({article_id}), entities=True)

    def reject_mention(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        self._note("reject_mention", article_id, entity_id, spelling)
        return Changes(frozenset({article_id}), entities=True)

    def forget_verdict(self, article_id: int, entity_id: int, spelling: str) -> Changes:
        self._note("forget_verdict", article_id, entity_id, spelling)
        return Changes(frozenset({article_id}), entities=True)

    def dismiss_name(self, name: str) -> Changes:
        self._note("dismiss_name", name)
        return Changes(entities=True)

    def switch_watchlist(self, name: str, *, enabled: bool) -> Changes:
        self._note("switch_watchlist", name, enabled)
        self.lists = [replace(w, enabled=enabled) if w.name == name else w for w in self.lists]
        return Changes(entities=True)

    def add_watchlist(self, name: str) -> Changes:
        self._note("add_watchlist", name)
        self.lists.append(Watchlist(name, kept=True))
        return Changes(entities=True)

    def note_watchlist(self, name: str, note: str) -> Changes:
        return self._asked("note_watchlist", name, note)

    def rename_watchlist(self, name: str, new_name: str) -> Changes:
        return self._asked("rename_watchlist", name, new_name)

    def remove_watchlist(self, name: str) -> Changes:
        return self._asked("remove_watchlist", name)

    def move_entities(self, ids: Sequence[int], watchlist: str) -> Changes:
        return self._asked("move_entities", tuple(ids), watchlist)

    def untrack_all(self, ids: Sequence[int]) -> Changes:
        return self._asked("untrack_all", tuple(ids))

    def merge_entities(self, ids: Sequence[int], into: int) -> Merged:
        self._asked("merge_entities", tuple(ids), into)
        return Merged("Merged", "libya", ("ports",), ("It had another type.",))

    def split_entity(self, entity_id: int, aliases: Sequence[str], name: str) -> Merged:
        self._asked("split_entity", entity_id, tuple(aliases), name)
        return Merged(name, "libya")

    def add_type(self, name: str) -> Changes:
        return self._asked("add_type", name)

    def edit_type(
        self, name: str, *, colour: str | None = None, icon: str | None = None
    ) -> Changes:
        self.looks = [EntityType(name, colour or "", icon or "")]
        return self._asked("edit_type", name, colour, icon)

    def rename_type(self, name: str, new_name: str) -> Changes:
        return self._asked("rename_type", name, new_name)

    def remove_type(self, name: str) -> Changes:
        return self._asked("remove_type", name)

    def _asked(self, *what: object) -> Changes:
        self._note(*what)
        return Changes(entities=True)

    def track_starter(self, name: str) -> Changes:
        return self._asked("track_starter", name)

    def untrack(self, name: str) -> Changes:
        self._note("untrack", name)
        self.entities = [e for e in self.entities if e.name != name]
        return Changes(entities=True)

    def rename_feed(self, url: str, title: str) -> Changes:
        self._note("rename_feed", url, title)
        self.feeds = [replace(f, title=title) if f.url == url else f for f in self.feeds]
        return Changes(feeds=True)

    def move_feed(self, url: str, folder: str) -> Changes:
        self._note("move_feed", url, folder)
        self.feeds = [replace(f, folder=folder) if f.url == url else f for f in self.feeds]
        return Changes(feeds=True)

    def remove_feed(self, url: str) -> Changes:
        self._note("remove_feed", url)
        self.feeds = [f for f in self.feeds if f.url != url]
        return Changes(feeds=True, lists=True)

    def allow_images(self, url: str, *, allow: bool) -> Changes:
        self._note("allow_images", url, allow)
        return Changes(feeds=True)

    def alerts_seen(self) -> Changes:
        self._note("alerts_seen")
        self.unseen = 0
        return Changes(counts=True)

    def rename_search_folder(self, old: str, new: str) -> Changes:
        self._note("rename_search_folder", old, new)
        self.saved = [replace(s, folder=new) if s.folder == old else s for s in self.saved]
        return Changes(saved=True)

    def publish_search(self, name: str, path: str) -> Changes:
        self._note("publish_search", name, path)
        return Changes(saved=True)

    def unpublish_search(self, name: str) -> Changes:
        self._note("unpublish_search", name)
        return Changes(saved=True)

    def notices(self) -> list[Notice]:
        return self.due[:1]

    def delivered(self, batch: str) -> Changes:
        self._note("delivered", batch)
        self.due = [notice for notice in self.due if notice.batch != batch]
        return Changes(counts=True)

    def publish(self, count: int = 1) -> list[int]:
        """New articles at the top of the list."""
        first = max(self.articles, default=0) + 1
        fresh = range(first, first + count)
        self.articles.update((n, line(n, published=NOW, sorted_at=NOW, read=False)) for n in fresh)
        return list(fresh)

    def names(self) -> list[object]:
        """The changes that were asked for."""
        reading = ("ids", "lines", "newest", "row_mentions", "close")
        return [call[0] for call in self.calls if call[0] not in reading]

    def _note(self, *call: object) -> None:
        if self.refuse:
            raise self.refuse
        self.calls.append(call)

    def _inside(self, article: ArticleLine, scope: Scope) -> bool:
        feeds = {f.id: f.url for f in self.feeds}
        tests = (
            scope.feed is None or article.feed == feeds.get(scope.feed),
            scope.tag is None or article.id in self.tags.get(scope.tag, ()),
            scope.entity is None or scope.entity in {c.entity_id for c in article.chips},
            not scope.starred or article.starred,
            not scope.alerts or article.id % 10 == 0,
            not scope.unread or not article.read,
            scope.before is None or article.sorted_at < scope.before,
            scope.ids is None or article.id in scope.ids,
        )
        return all(tests)


class Search:
    """Answers when told to, so that a test decides what comes late."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.marked: list[tuple[str, list[int]]] = []
        self._waiting: list[tuple[str, Callable[[Hits], None], Callable[[ReaderError], None]]] = []
        self.auto: array[int] | None = None
        self.counted: list[str] = []
        self.common: tuple[Facet, ...] = ()
        """What every query's results have in common."""
        self.tried: list[str] = []
        self.tested = Backtest("", 0)
        """What every back-test gives."""
        self.suggested: dict[str, tuple[Suggestion, ...]] = {}
        """By the saved search."""
        self.held: list[Callable[[], None]] | None = None
        """Answers about facets and clauses wait here, once it is a list."""

    def search(
        self,
        query: str,
        sort: str,
        done: Callable[[Hits], None],
        failed: Callable[[ReaderError], None],
    ) -> None:
        self.asked.append((query, sort))
        if query.count('"') % 2:
            failed(QueryError("Close the quotation mark that is opened here.", query.rindex('"')))
        elif self.auto is not None:
            done(Hits(len(self.auto), self.auto, array("d"), 0.038))
        else:
            self._waiting.append((query, done, failed))

    def answer(self, query: str, ids: Sequence[int], seconds: float = 0.038) -> None:
        done = next(done for asked, done, _ in reversed(self._waiting) if asked == query)
        done(Hits(len(ids), array("q", ids), array("d"), seconds))

    def fail(self, query: str, problem: ReaderError) -> None:
        next(failed for asked, _, failed in reversed(self._waiting) if asked == query)(problem)

    def mark(self, query: str, ids: Sequence[int], done: Callable[[list[Marked]], None]) -> None:
        self.marked.append((query, list(ids)))
        done([Marked(n, ((0, 5),), "a snippet with a hit in it", ((17, 20),)) for n in ids])

    def spans(self, query: str, article_id: int, done: Callable[[Explained], None]) -> None:
        done(Explained((Span("title", 0, 5, "hit"),), ("a clause",)))

    def facets(self, query: str, done: Callable[[tuple[Facet, ...]], None]) -> None:
        self.counted.append(query)
        self._later(partial(done, self.common))

    def clauses(self, query: str, done: Callable[[tuple[Clause, ...]], None]) -> None:
        self._later(partial(done, clauses_of(query)))

    def narrowed(
        self, query: str, field: str, value: str, done: Callable[[str], None], *, without: bool
    ) -> None:
        quoted = f'"{value}"' if " " in value else value
        self._later(partial(done, f"{query} {'-' if without else ''}{field}:{quoted}"))

    def complete(
        self, query: str, cursor: int, done: Callable[[tuple[Completion, ...]], None]
    ) -> None:
        self._later(partial(done, ()))

    def instead(self, query: str, done: Callable[[tuple[str, ...]], None]) -> None:
        self._later(partial(done, ()))

    def backtest(
        self,
        query: str,
        done: Callable[[Backtest], None],
        failed: Callable[[ReaderError], None],
    ) -> None:
        self.tried.append(query)
        if query.count('"') % 2:
            failed(QueryError("Close the quotation mark that is opened here.", query.rindex('"')))
        else:
            self._later(partial(done, replace(self.tested, query=query)))

    def suggestions(self, name: str, done: Callable[[tuple[Suggestion, ...]], None]) -> None:
        self._later(partial(done, self.suggested.get(name, ())))

    def _later(self, answer: Callable[[], None]) -> None:
        if self.held is None:
            answer()
        else:
            self.held.append(answer)


class Analyst:
    """Answers when told to: `asked[-1].done(…)`."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.stopped: list[int] = []

    def preview(
        self, entity: Entity, patience: float | None, done: Callable[[Preview], object],
        failed: Failed, progress: Progressing,
    ) -> int:  # fmt: skip
        return self._ask("preview", (entity, patience), done, failed, progress)

    def suggest_aliases(
        self, entity: Entity, done: Callable[[tuple[AliasSuggestion, ...]], object], failed: Failed
    ) -> int:
        return self._ask("suggest_aliases", (entity,), done, failed)

    def discover(
        self, days: int, most: int, done: Callable[[tuple[Discovered, ...]], object],
        failed: Failed, progress: Progressing,
    ) -> int:  # fmt: skip
        return self._ask("discover", (days, most), done, failed, progress)

    def profile(
        self, entity: Entity, question: Question, done: Callable[[Profile], object], failed: Failed
    ) -> int:
        return self._ask("profile", (entity, question), done, failed)

    def compare(
        self, entities: Sequence[Entity], question: Question,
        done: Callable[[Comparison], object], failed: Failed,
    ) -> int:  # fmt: skip
        return self._ask("compare", (tuple(entities), question), done, failed)

    def quote(
        self, entity: Entity, question: Question, after: SentenceKey | None, other: Entity | None,
        done: Callable[[SentencePage], object], failed: Failed,
    ) -> int:  # fmt: skip
        return self._ask("quote", (entity, question, after, other), done, failed)

    def company(
        self, entity: Entity, question: Question, done: Callable[[tuple[Companion, ...]], object],
        failed: Failed, progress: Progressing | None = None,
    ) -> int:  # fmt: skip
        if progress is None:
            return self._ask("company", (entity, question), done, failed)
        return self._ask("reading", (entity, question), done, failed, progress)

    def stop(self, number: int) -> None:
        if number:
            self.stopped.append(number)

    def newest(self, kind: str) -> Asked:
        return next(one for one in reversed(self.asked) if one.kind == kind)

    def of_kind(self, kind: str) -> list[Asked]:
        return [one for one in self.asked if one.kind == kind]

    def _ask(
        self, kind: str, said: tuple[Any, ...], done: Callable[[Any], object], failed: Failed,
        progress: Progressing = lambda _done, _total: None,
    ) -> int:  # fmt: skip
        self.asked.append(Asked(len(self.asked) + 1, kind, said, done, failed, progress))
        return len(self.asked)


class Collector:
    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []
        self.refusal: ReaderError | None = None
        """Why a test message does not arrive."""

    def refresh(self, urls: Sequence[str] | None = None) -> None:
        self.calls.append(("refresh", urls))

    def stop(self) -> None:
        self.calls.append(("stop",))

    def subscribe(
        self,
        url: str,
        folder: str,
        done: Callable[[SubscribeReport], None],
        failed: Callable[[ReaderError], None],
    ) -> None:
        self.calls.append(("subscribe", url, folder))
        if "bad" in url:
            failed(StoreError("This address cannot be reached. Check it and try again."))
        else:
            done(SubscribeReport(url, subscribed=url, title="New feed"))

    def try_channel(
        self, channel: str, done: Callable[[], object], failed: Callable[[ReaderError], object]
    ) -> None:
        self.calls.append(("try", channel))
        if self.refusal:
            failed(self.refusal)
        else:
            done()

    def deliver_now(self, done: Callable[[], object]) -> None:
        self.calls.append(("deliver",))
        done()

    def import_file(
        self, path: str, done: Callable[[ImportReport], None], failed: Callable[[ReaderError], None]
    ) -> None:
        self.calls.append(("import", path))
        done(ImportReport("opml", 3))
