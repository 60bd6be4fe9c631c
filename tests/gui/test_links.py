"""The window's end of its workers: what shows progress is over when its answer is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from led import Led
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.domain.reports import RefreshSummary
from reader.domain.subscribe import SubscribeReport
from reader.errors import BusyError, FeedError, ReaderError
from reader.gui.collector_link import CollectorsLink
from reader.workers.messages import Answer, ImportFile, Progress, Refresh, Refusal, Subscribe
from tests.helpers.process import Process


class LedCollector(Led, CollectorsLink):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.over: list[str] = []
        self.problems: list[ReaderError] = []
        self.finished.connect(self.over.append)
        self.problem.connect(self.problems.append)


@pytest.fixture
def link(qapp: QApplication, tmp_path: Path) -> Iterator[LedCollector]:
    made = LedCollector(tmp_path)
    made.start()
    yield made
    made.close()


def test_progress_ends_with_an_address_that_cannot_be_added(
    link: LedCollector, qtbot: QtBot
) -> None:
    refused: list[ReaderError] = []
    link.subscribe("http://no.test", "", lambda _: None, refused.append)
    asked = link.asked()
    assert asked.request == Subscribe(("http://no.test",), "")
    with qtbot.waitSignal(link.progress):
        link.theirs.send(Progress(asked.number, 0, 1, 0, "http://no.test"))
    link.theirs.send(Refusal(asked.number, FeedError("No such host.", "host")))
    qtbot.waitUntil(lambda: link.over == [""])
    assert [str(problem) for problem in refused] == ["No such host."]


def test_a_feed_that_was_added_is_not_fetched_behind_the_windows_back(
    link: LedCollector, qtbot: QtBot
) -> None:
    reports: list[SubscribeReport] = []
    link.subscribe("http://a.test", "", reports.append, link.problems.append)
    asked = link.asked()
    link.theirs.send(Answer(asked.number, [SubscribeReport("http://a.test", "http://a.test")]))
    qtbot.waitUntil(lambda: bool(reports))
    assert not link.theirs.poll(0.05)


def test_progress_goes_on_while_anything_does(link: LedCollector, qtbot: QtBot) -> None:
    link.refresh(["http://a.test"])
    refresh = link.asked()
    assert refresh.request == Refresh(("http://a.test",), everything=False)
    link.import_file("feeds.opml", lambda _: None, link.problems.append)
    importing = link.asked()
    assert importing.request == ImportFile(Path("feeds.opml"))
    link.theirs.send(Progress(importing.number, 1, 3, 0, "feeds.opml"))
    link.theirs.send(Refusal(importing.number, ReaderError("Not a list of feeds.")))
    qtbot.waitUntil(lambda: bool(link.problems))
    assert link.over == []
    link.theirs.send(Answer(refresh.number, RefreshSummary(new=2)))
    qtbot.waitUntil(lambda: link.over == ["2 new, 0 updated, 0 unchanged."])


def test_what_the_collector_does_of_itself_is_over_with_its_answer(
    link: LedCollector, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(link.progress):
        link.theirs.send(Progress(0, 1, 9, 0, "Indexing"))
    link.theirs.send(Answer(0, None))
    qtbot.waitUntil(lambda: link.over == [""])


def test_a_collector_that_dies_ends_the_progress_and_says_what_to_do(
    link: LedCollector, qtbot: QtBot
) -> None:
    link.refresh()
    link.asked()
    link.theirs.close()
    qtbot.waitUntil(lambda: link.over == [""])
    assert isinstance(link.problems[0], BusyError)
    assert "try once more" in str(link.problems[0])
    qtbot.waitUntil(lambda: len(link.processes) == 2)
    assert link.pid == Process.pid


def test_only_a_worker_that_keeps_dying_is_spoken_of(link: LedCollector, qtbot: QtBot) -> None:
    link.theirs.close()
    qtbot.waitUntil(lambda: len(link.processes) == 2)
    assert link.problems == []
    link.theirs.close()
    qtbot.waitUntil(lambda: bool(link.problems))
    assert "keeps stopping" in str(link.problems[0])
