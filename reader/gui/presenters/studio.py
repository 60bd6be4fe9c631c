"""Tries a query out while it is written, and keeps what the user says of the samples."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reader.domain.alert import Backtest
from reader.domain.article import ArticleDetail, ArticleLine, Explained, Marked
from reader.errors import QueryError, ReaderError
from reader.gui.jobs import Jobs
from reader.gui.models.samples import SampleModel
from reader.gui.models.trial import Trial
from reader.gui.ports import Reading, SearchLink

REST = 350
"""Milliseconds after a key before the archive is gone through."""
PATIENCE = 4_000
"""Milliseconds after which is said why an answer may take so long."""
_SLOW = "Still trying it out. The search may be starting, or the query asks for very much."


class StudioPresenter(QObject):
    """One for the window; `begin` before each use. Answers to a query that was left are dropped."""

    trial_changed = Signal(object)
    """A `Trial`."""
    meant = Signal(object)
    """For a query without hits: a tuple of queries that would have some."""
    judged = Signal(int, int)
    """How many of the samples on show are worth keeping, and how many are noise."""
    opened = Signal(object)
    """The `ArticleDetail` of a sample that is to be read in full."""
    explained = Signal(int, object)
    """An article's id, and why the query is true of it."""
    problem = Signal(object)
    """A `ReaderError`."""

    def __init__(self, jobs: Jobs, link: SearchLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._link = jobs, link
        self._ticket = self._wanted = 0
        self.trial = Trial()
        self.model = SampleModel(self)
        self.model.page_wanted.connect(self._load)
        self._rest, self._patience = self._timer(REST, self._ask), self._timer(PATIENCE, self._slow)

    # what the user does

    def begin(self, query: str) -> None:
        """Another search: nothing is known of it, and nothing has been judged."""
        self.end()
        self.model.begin()
        self.trial = Trial()
        self.try_out(query)

    def end(self) -> None:
        """What is on its way is no longer wanted."""
        self._ticket += 1
        self._wanted = 0
        self._stop()

    def typed(self, text: str) -> None:
        """Tries it out once the keys rest."""
        query = text.strip()
        if query != self.trial.query:
            self._change(query)
            if query:
                self._rest.start()

    def try_out(self, text: str) -> None:
        """At once; also a query that has failed before."""
        query = text.strip()
        if query != self.trial.query or self._rest.isActive() or self.trial.state == "failed":
            self._change(query)
            if query:
                self._ask()

    def judge(self, article_id: int, kept: bool | None) -> None:
        self.model.judge(article_id, kept)
        self._count()

    def verdicts(self, query: str) -> dict[int, bool]:
        """What was said of articles that are known to match this query."""
        done = self.trial.state == "done" and self.trial.query == query.strip()
        return self.model.verdicts() if done else {}

    def open(self, article_id: int) -> None:
        self._wanted = article_id
        done = partial(self._read, article_id)
        self._jobs.run(partial(_detail, article_id), self, done, self.problem.emit, urgent=True)

    # inside

    def _timer(self, wait: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=wait)
        timer.timeout.connect(do)
        return timer

    def _stop(self) -> None:
        self._rest.stop()
        self._patience.stop()

    def _change(self, query: str) -> None:
        self._ticket += 1
        self._stop()
        if query:
            self._show(Trial(query, "trying", self.trial.tried))
        else:
            self._none(Trial())

    def _ask(self) -> None:
        self._stop()
        self._patience.start()
        ticket = self._ticket
        done, failed = partial(self._arrived, ticket), partial(self._failed, ticket)
        self._link.backtest(self.trial.query, done, failed)

    def _slow(self) -> None:
        self._show(replace(self.trial, sentence=_SLOW))

    def _arrived(self, ticket: int, tried: Backtest) -> None:
        if ticket != self._ticket:
            return  # the user has written on
        self._stop()
        self.model.clear_marks()
        self.model.show_samples(tried.samples)
        self._show(Trial(self.trial.query, "done", tried))
        self._count()
        if tried.samples:
            self._link.mark(self.trial.query, tried.samples, partial(self._marked, ticket))
        elif tried.measured:
            self._link.instead(self.trial.query, partial(self._suggest, ticket))

    def _failed(self, ticket: int, problem: ReaderError) -> None:
        if ticket != self._ticket:
            return
        self._stop()
        if isinstance(problem, QueryError):
            self._none(Trial(self.trial.query, "refused", None, str(problem), problem.position))
        else:
            self._none(Trial(self.trial.query, "failed", None, str(problem)))

    def _none(self, trial: Trial) -> None:
        self.model.show_samples(())
        self._show(trial)
        self._count()

    def _suggest(self, ticket: int, queries: tuple[str, ...]) -> None:
        if ticket == self._ticket and queries:
            self.meant.emit(queries)

    def _marked(self, ticket: int, marks: Sequence[Marked]) -> None:
        if ticket == self._ticket:
            self.model.set_marks(marks)

    def _show(self, trial: Trial) -> None:
        self.trial = trial
        self.trial_changed.emit(trial)

    def _count(self) -> None:
        said = self.model.verdicts().values()
        self.judged.emit(sum(said), len(said) - sum(said))

    def _load(self, generation: int, page: int, ids: Sequence[int]) -> None:
        def failed(problem: ReaderError) -> None:
            self.model.page_failed(generation, page)
            self.problem.emit(problem)

        done = partial(self.model.set_page, generation, page)
        self._jobs.run(partial(_lines, tuple(ids)), self, done, failed, urgent=True)

    def _read(self, article_id: int, detail: ArticleDetail | None) -> None:
        if article_id == self._wanted and detail is not None:
            self.opened.emit(detail)
            told = partial(self._told, article_id)
            self._link.spans(self.trial.query, article_id, told)

    def _told(self, article_id: int, explained: Explained) -> None:
        if article_id == self._wanted:
            self.explained.emit(article_id, explained)


def _lines(ids: Sequence[int], library: Reading) -> list[ArticleLine]:
    return library.lines(ids)


def _detail(article_id: int, library: Reading) -> ArticleDetail | None:
    return library.detail(article_id)
