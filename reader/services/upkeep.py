"""What the library remembers as still to be done, in slices: rescans, indexing, saved searches.

Each slice is short and complete, so that it can be stopped, shown as progress, and taken up again
after a kill. The order matters: the index first, for news come in while an archive is looked
through, then mentions, then the hits that rest on both.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from reader.search.index import Index
from reader.search.matcher import Article
from reader.services.find import Finder
from reader.services.lexicon import Lexicon
from reader.services.rescan import heed_rules
from reader.services.slices import INDEXED, SCANNING, Slice
from reader.services.watch import Question, Watch
from reader.store.parts import why_json
from reader.store.store import Store

logger = logging.getLogger(__name__)

SLICE = 200
CROWDED = 24
"""Segments of the index with which searches are still quick; more are merged before anything else
goes on, fewer when there is nothing better to do."""
EXPLAINED = 100
"""Newest hits of a saved search of which the places are known, for files and messages; of others
they are looked for when they are shown."""
TIDYING = "Tidying the search index"
ENTITY_FIELDS = frozenset({"entity", "type", "watchlist"})


def fill(store: Store, index: Index, ids: Sequence[int]) -> None:
    """Bring the index up to date for these articles, to be committed; those gone leave it."""
    documents = store.lists.documents(ids)
    present = {document.id for document in documents}
    index.delete([i for i in ids if i not in present])
    index.add(documents)


class Upkeep:
    """Owned by the thread that owns `store` and `index`."""

    def __init__(
        self,
        store: Store,
        index: Callable[[], Index],
        lexicon: Lexicon,
        watch: Watch,
        finder: Finder,
        sketch_some: Callable[[], Slice],
    ) -> None:
        """`sketch_some`: looks for copies among some articles that nobody has looked at."""
        self._store = store
        self._index = index
        self._lexicon = lexicon
        self._watch = watch
        self._finder = finder
        self._sketch_some = sketch_some
        self._heeded = False
        self._rests_at: int | None = None
        """The version of the watchlists with which nothing more is to be scanned for now."""

    def prepare(self) -> None:
        """Load what the first slice would load, and begin with names found by the present rules."""
        self._heed_rules()
        self._lexicon.reload()
        self._watch.reload()
        self._index()

    def rest_from_scanning(self) -> None:
        """What is left of the archive is scanned when a watchlist is changed, or by the next who
        opens the library."""
        self._rests_at = self._store.entities.version()

    def some(self) -> Slice | None:
        """One slice of what comes first; None when the library has nothing left to be done."""
        for work, label in (
            (self._thin_out, TIDYING),
            (self.index_some, "Indexing"),
            (self.scan_some, SCANNING),
            (self.derive_some, "Updating saved searches"),
            (self._sketch_some, "Looking for copies"),
        ):
            step = work()
            if step.done or step.left:
                return replace(step, label=label)
        return None

    # -- mentions

    def scan_some(self) -> Slice:
        """Find the mentions of one slice of articles with the current watchlists."""
        entities = self._store.entities
        self._heed_rules()
        if not entities.rescan_below() or entities.version() == self._rests_at:
            return Slice(0, 0)
        self._lexicon.reload()
        below = entities.rescan_below()  # after the version: whoever moves the mark raises that
        ids = self._store.articles.ids_below(below, SLICE)
        said = entities.reading.verdicts(ids)
        found = self._lexicon.scan(ids)
        with self._store.transaction():
            if entities.version() != self._lexicon.version:
                return Slice(0, 1)  # the watchlists changed meanwhile: again, from the top
            if entities.reading.verdicts(ids) != said:
                return Slice(0, 1)  # a mention was judged meanwhile: this slice again
            for article_id, mentions in found.items():
                entities.replace_mentions(article_id, mentions)
            entities.set_rescan_below(min(ids, default=None))
            if not ids:
                self._ask_again(ENTITY_FIELDS)
        return Slice(len(ids), min(ids, default=1) - 1)  # ids are dense: about what is left

    def _heed_rules(self) -> None:
        if not self._heeded:
            heed_rules(self._store, self._lexicon.rules)
            self._heeded = True

    def _ask_again(self, fields: frozenset[str]) -> None:
        self._watch.reload()
        self._store.saved.underive(self._watch.asking_about(fields))

    # -- index

    def index_some(self) -> Slice:
        """Commit one slice of the queue to the index."""
        batch = self._store.queue.batch(INDEXED)
        if batch.ids:
            fill(self._store, self._index(), batch.ids)
            self._index().commit()
            with self._store.transaction():
                self._store.queue.done(batch)
        return Slice(len(batch.ids), self._store.queue.size())

    def merge_some(self) -> Slice:
        """Merge segments of the index for some 50 ms; what is left is only of the present merge.

        Nothing done and nothing left: there is nothing to merge. To be called when there is
        nothing better to do; what was begun may wait, or never be finished.
        """
        merging = self._index().merging()
        if merging is None:
            return Slice(0, 0)
        before = merging.done
        done, total = merging.step()
        return Slice(done - before, total - done, TIDYING)

    def _thin_out(self) -> Slice:
        return self.merge_some() if self._index().segments > CROWDED else Slice(0, 0)

    # -- saved searches

    def derive_some(self) -> Slice:
        """Derive the hits of one changed saved search from the index."""
        self._watch.reload()
        waiting = {saved.id for saved in self._store.saved.underived()}
        for question in self._watch.questions:
            if question.saved.id in waiting:
                self._derive(question)
                return Slice(1, len(waiting) - 1)
        return Slice(0, 0)  # what is left is broken, and says so

    def derive_volatile(self) -> bool:
        """Ask again what changes without the articles changing: `is:unread`, `last:7d` …

        Returns whether any count is another now.
        """
        before = self._store.saved.lines()
        self._watch.reload()
        for question in self._watch.questions:
            if question.query.volatile:
                self._derive(question)
        return self._store.saved.lines() != before

    def _derive(self, question: Question) -> None:
        saved = question.saved
        ids = self._finder.matching(saved.query)
        with self._store.transaction():
            self._store.saved.replace_hits(saved.id, saved.version, ids)
        self._explain(question)

    def _explain(self, question: Question) -> None:
        """The index knows which articles match; say of the newest where."""
        saved, query = question.saved, self._finder.query(question.saved.query)
        unexplained = self._store.saved.unexplained(saved.id, EXPLAINED)
        documents = self._store.lists.documents(unexplained)
        spans = {one.id: why_json(Article(one).explain(query)) for one in documents}
        with self._store.transaction():
            self._store.saved.explain(saved.id, saved.version, spans)
