"""Trying a query out while it is written: what is asked, what is dropped, what is kept."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

import pytest
from gui_world import Library, Search
from pytestqt.qtbot import QtBot

from reader.domain.alert import Backtest
from reader.domain.article import ArticleDetail
from reader.errors import BusyError, ReaderError, StoreError
from reader.gui.jobs import Jobs
from reader.gui.models.samples import VERDICT
from reader.gui.models.trial import Trial, name_of
from reader.gui.presenters.studio import StudioPresenter

DAY = date(2026, 11, 22)


class Slow(Search):
    """Answers back-tests when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Callable[[Backtest], None], Callable[[ReaderError], None]]] = []

    def backtest(
        self,
        query: str,
        done: Callable[[Backtest], None],
        failed: Callable[[ReaderError], None],
    ) -> None:
        self.tried.append(query)
        self.open.append((query, done, failed))

    def give(self, query: str, samples: Sequence[int] = (1000, 999, 998)) -> None:
        done = next(done for asked, done, _ in self.open if asked == query)
        done(Backtest(query, 40, ((DAY, 40),), 1.3, tuple(samples), measured=30))


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def presenter(jobs: Jobs, slow: Slow) -> Iterator[StudioPresenter]:
    made = StudioPresenter(jobs, slow)
    yield made
    made.end()


def states(presenter: StudioPresenter) -> list[str]:
    seen: list[str] = []
    presenter.trial_changed.connect(lambda shown: seen.append(shown.state))
    return seen


def test_a_query_is_tried_out_when_the_keys_rest(
    presenter: StudioPresenter, slow: Slow, qtbot: QtBot
) -> None:
    presenter.begin("")
    for text in ("h", "ha", "haf "):
        presenter.typed(text)
    assert slow.tried == []
    assert presenter.trial == Trial("haf", "trying")
    qtbot.waitUntil(lambda: slow.tried == ["haf"])


def test_blanks_at_the_ends_are_no_other_query(presenter: StudioPresenter, slow: Slow) -> None:
    presenter.begin("haftar")
    slow.give("haftar")
    presenter.typed(" haftar ")
    presenter.try_out("haftar")
    assert (slow.tried, presenter.trial.state) == (["haftar"], "done")


def test_an_answer_to_what_was_overtaken_is_dropped(presenter: StudioPresenter, slow: Slow) -> None:
    presenter.begin("haf")
    presenter.try_out("haftar")
    slow.give("haf")
    assert presenter.trial == Trial("haftar", "trying")
    slow.give("haftar")
    assert (presenter.trial.query, presenter.trial.state) == ("haftar", "done")


def test_the_former_figures_stay_until_there_are_newer_ones(
    presenter: StudioPresenter, slow: Slow
) -> None:
    presenter.begin("haf")
    slow.give("haf")
    presenter.typed("haftar")
    assert presenter.trial.tried is not None
    assert presenter.model.rowCount() == 3


def test_samples_are_read_and_marked(presenter: StudioPresenter, slow: Slow, qtbot: QtBot) -> None:
    presenter.begin("haftar")
    slow.give("haftar")
    model = presenter.model
    assert model.line(0) is None, "it is being read"
    qtbot.waitUntil(lambda: model.at_hand(2) is not None)
    assert slow.marked == [("haftar", [1000, 999, 998])]
    assert model.has_marks(999)


def test_judgements_count_only_for_samples_of_the_query_on_show(
    presenter: StudioPresenter, slow: Slow
) -> None:
    counts: list[tuple[int, int]] = []
    presenter.judged.connect(lambda kept, noise: counts.append((kept, noise)))
    presenter.begin("haf")
    slow.give("haf")
    presenter.judge(1000, True)
    presenter.judge(999, False)
    assert counts[-1] == (1, 1)
    presenter.try_out("haftar")
    assert presenter.verdicts("haftar") == {}, "nobody knows yet whether it finds them"
    slow.give("haftar", (999, 990))
    assert counts[-1] == (0, 1)
    assert presenter.verdicts(" haftar") == {999: False}
    slow.open.clear()
    presenter.try_out("haf")
    slow.give("haf")
    assert presenter.verdicts("haf") == {1000: True, 999: False}
    presenter.judge(999, None)
    assert presenter.verdicts("haf") == {1000: True}
    assert presenter.model.index(0, 0).data(VERDICT) is True


def test_the_next_search_begins_without_judgements(presenter: StudioPresenter, slow: Slow) -> None:
    presenter.begin("haf")
    slow.give("haf")
    presenter.judge(1000, True)
    presenter.begin("haf")
    slow.open[-1][1](Backtest("haf", 1, samples=(1000,), measured=1))
    assert presenter.verdicts("haf") == {}
    assert presenter.trial.tried == Backtest("haf", 1, samples=(1000,), measured=1)


def test_a_query_that_cannot_be_run_tells_where(jobs: Jobs, searcher: Search) -> None:
    presenter = StudioPresenter(jobs, searcher)
    presenter.begin('title:"x')
    shown = presenter.trial
    assert (shown.state, shown.position, shown.tried) == ("refused", 6, None)
    assert "quotation mark" in shown.sentence
    assert presenter.model.rowCount() == 0


def test_what_failed_can_be_tried_again(presenter: StudioPresenter, slow: Slow) -> None:
    presenter.begin("haftar")
    slow.open[0][2](BusyError("The search stopped and is being started again; try once more."))
    assert presenter.trial.state == "failed"
    presenter.typed("haftar")
    assert len(slow.tried) == 1
    presenter.try_out("haftar")
    assert (len(slow.tried), presenter.trial.state) == (2, "trying")


def test_a_late_answer_is_explained(
    presenter: StudioPresenter, slow: Slow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter._patience.setInterval(1)
    presenter.begin("haftar")
    qtbot.waitUntil(lambda: "may be starting" in presenter.trial.sentence)
    assert presenter.trial.state == "trying"
    slow.give("haftar")
    assert presenter.trial.sentence == ""


def test_an_emptied_field_asks_nothing(presenter: StudioPresenter, slow: Slow) -> None:
    presenter.begin("haftar")
    slow.give("haftar")
    seen = states(presenter)
    presenter.typed("  ")
    assert (seen, presenter.model.rowCount(), len(slow.tried)) == (["empty"], 0, 1)


def test_for_a_query_without_hits_others_are_suggested_while_it_stands(
    presenter: StudioPresenter, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Callable[[tuple[str, ...]], None]] = []
    monkeypatch.setattr(slow, "instead", lambda _query, done: asked.append(done))
    meant: list[tuple[str, ...]] = []
    presenter.meant.connect(meant.append)
    presenter.begin("haftr")
    slow.open[-1][1](Backtest("haftr", 0, measured=30))
    presenter.typed("x")
    asked[0](("haftar",))
    assert meant == []
    presenter.try_out("tobrukk")
    slow.open[-1][1](Backtest("tobrukk", 0, measured=30))
    asked[1](("tobruk",))
    assert meant == [("tobruk",)]
    presenter.try_out("nothing at all")
    slow.open[-1][1](Backtest("nothing at all", 0))
    assert len(asked) == 2, "an empty library has nothing better"


def test_after_its_end_nothing_arrives(presenter: StudioPresenter, slow: Slow) -> None:
    presenter.begin("haftar")
    presenter.end()
    seen = states(presenter)
    slow.give("haftar")
    assert seen == []


def test_a_sample_is_opened_with_its_hits_and_late_ones_are_dropped(
    presenter: StudioPresenter, slow: Slow, qtbot: QtBot
) -> None:
    presenter.begin("haftar")
    slow.give("haftar")
    read: list[ArticleDetail] = []
    explained: list[int] = []
    presenter.opened.connect(read.append)
    presenter.explained.connect(lambda number, _: explained.append(number))
    presenter.open(1000)
    presenter.open(999)
    qtbot.waitUntil(lambda: bool(explained))
    assert [detail.line.id for detail in read] == [999]
    assert explained == [999]


def test_trouble_with_the_library_is_told(
    presenter: StudioPresenter, slow: Slow, library: Library, qtbot: QtBot
) -> None:
    def refuse(trouble: StoreError, _ids: object) -> None:
        raise trouble

    presenter.begin("haftar")
    library.lines = partial(refuse, StoreError("The disk is full."))  # type: ignore[method-assign]
    slow.give("haftar")
    with qtbot.waitSignal(presenter.problem) as told:
        presenter.model.line(0)
    assert str(told.args[0]) == "The disk is full."
    del library.lines
    presenter.model.line(0)
    qtbot.waitUntil(lambda: presenter.model.at_hand(0) is not None)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ('("air defence" OR radar~)', "air defence OR radar"),
        ("missile AND (strike OR attack)", "missile AND (strike OR attack)"),
        ("drone* (strike OR attack)", "drone (strike OR attack)"),
        ("(port) (closed)", "port closed"),
        ('"port of Tobruk"', "port of Tobruk"),
        ("  =strikes  ", "strikes"),
    ],
)
def test_a_search_is_called_by_its_words_as_they_are_to_be_read(query: str, name: str) -> None:
    assert name_of(query) == name
