"""The composition root of the window: opens what it needs, runs it, closes it in reverse."""

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from reader.core import Core
from reader.gui import fonts
from reader.gui.analyst_link import AnalystsLink
from reader.gui.background import Background
from reader.gui.bus import SessionBus
from reader.gui.collector_link import CollectorsLink
from reader.gui.crash import CrashReporter
from reader.gui.first_paint import FirstPaint
from reader.gui.garbage import Garbage
from reader.gui.jobs import Jobs
from reader.gui.main_window import MainWindow
from reader.gui.picture import Picture
from reader.gui.presenters.pictures import PicturesPresenter
from reader.gui.searcher_link import SearcherLink
from reader.gui.single import Single
from reader.gui.state import WindowState
from reader.paths import LibraryPaths
from reader.services.channels import configured, usual
from reader.services.library import Library
from reader.services.setup import ChannelSetup
from reader.settings import Settings, Watched
from reader.store.store import Store


def open_window(
    paths: LibraryPaths,
    *,
    scheme: str | None = None,
    size: tuple[int, int] | None = None,
    picture: Path | None = None,
    topics: tuple[str, ...] = (),
) -> int:
    """Run the window on a library until it is closed; the exit code.

    With `picture`, render it to that PNG and leave. ReaderError when the library cannot be opened.
    """
    with Core(paths) as core:
        settings = core.settings
        core.store  # noqa: B018 - makes it, or brings it up to date, or says why it cannot
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - it was made here
    app.setApplicationName("media-reader")
    app.setApplicationDisplayName("Media Reader")
    app.setStyle("Fusion")
    fonts.load()
    with ExitStack() as stack:
        if picture is None:
            single = Single(paths.root)
            if single.raised_other():
                sys.stderr.write(
                    f"Media Reader is already open on {paths.root}; its window was raised.\n"
                )
                return 0
            stack.callback(single.close)
            CrashReporter(paths.root).install()
        window, search, collector = _compose(
            stack, paths, settings, topics, remember=picture is None
        )
        if scheme is not None:
            window.set_scheme(scheme)
        if size is not None:
            window.resize(*size)
        elif picture is None:
            window.resize(window.size().boundedTo(window.screen().availableSize()))
        window.show()
        window.start()
        if picture is None:
            background = _alert(stack, paths, window, collector)
            single.raise_wanted.connect(background.show_window)
            return app.exec()
        return Picture(window, picture, lambda: search.waiting).take(app)


def _compose(
    stack: ExitStack,
    paths: LibraryPaths,
    settings: Settings,
    topics: tuple[str, ...],
    *,
    remember: bool,
) -> tuple[MainWindow, SearcherLink, CollectorsLink]:
    """Jobs and links outlive the window, and are closed after it."""
    jobs = Jobs(partial(_open, paths, settings), partial(_open, paths, settings))
    stack.callback(jobs.close)
    analyst, collector = AnalystsLink(paths, topics), CollectorsLink(paths, topics)
    search = SearcherLink(paths, analyst, topics)
    for link in (search, collector, analyst):
        stack.callback(link.close)
    kept = QSettings(str(paths.root / "window.ini"), QSettings.Format.IniFormat)
    stack.callback(kept.sync)  # now: what it wrote at its end would bring a deleted folder back
    window = MainWindow(
        jobs, search, collector, analyst, WindowState(kept if remember else None), settings.window
    )
    stack.callback(window.deleteLater)
    pictures = PicturesPresenter(jobs, collector, window.view)
    window.article.shown.connect(pictures.show)
    if settings.window.mark_read == "by hand":
        window.article.viewed.disconnect(window.marking.viewed)
    collector.progress.connect(window.show_progress)
    collector.changed.connect(window.apply_changes)
    collector.finished.connect(window.show_finished)
    collector.problem.connect(window.show_problem)
    for link in (search, analyst):
        link.problem.connect(window.show_problem)
    window.changer.changed.connect(collector.catch_up)
    later = FirstPaint(window)
    for link in (search, collector):  # each process that starts would compete with the window
        later.over.connect(partial(QTimer.singleShot, 0, link.start))
    garbage = Garbage()
    stack.callback(garbage.close)
    later.over.connect(garbage.start)
    return window, search, collector


def _alert(
    stack: ExitStack, paths: LibraryPaths, window: MainWindow, collector: CollectorsLink
) -> Background:
    """Notifications and the tray: only for a window that a person sits before."""
    bus = SessionBus()
    stack.callback(bus.close)
    background = Background(window, bus)
    stack.callback(background.close)
    window.channels.setup = ChannelSetup(paths)
    collector.due.connect(window.notices.check)
    collector.delivered.connect(window.status.say)
    collector.delivered.connect(lambda _told: window.channels.reload())
    background.start()
    return background


def _open(paths: LibraryPaths, settings: Settings) -> Library:
    """For one thread; it follows what is set up while the window is open."""
    followed = Watched(paths.settings, settings)
    return Library(
        Store.open(paths),
        configured=lambda: configured(followed.get()),
        usual=lambda: usual(followed.get()),
    )
