"""What nobody foresaw: written down, shown with its details, and then the program ends.

Going on in an unknown state could cost data. Everything the user did is already in the database.
"""

import logging
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QApplication, QMessageBox

from reader import __version__, log

logger = logging.getLogger(__name__)


class CrashReporter:
    """Install once; `folder` takes the reports."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._over = False

    def install(self) -> None:
        sys.excepthook = self.report

    def report(
        self,
        kind: type[BaseException],
        problem: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Only the first: what follows is mostly a consequence of it."""
        if self._over:
            return
        self._over = True
        text = "".join(traceback.format_exception(kind, problem, trace))
        logger.critical("The window stops because of a bug.\n%s", text)
        sys.stderr.write(f"Media Reader stops because of a bug: {problem!r}\n")
        self._tell(problem, self._write(text), text)
        QApplication.exit(1)

    def _write(self, text: str) -> Path | None:
        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S}.txt"
        about = (
            f"Media Reader {__version__}, PySide6 {qt_version}, Python {platform.python_version()}"
        )
        lines = "\n".join(log.last_lines())
        try:
            path.write_text(f"{about}, {platform.platform()}\n{now}\n\n{text}\n{lines}\n")
        except OSError:
            logger.exception("The report could not be written.")
            return None
        return path

    def _tell(self, problem: BaseException, path: Path | None, text: str) -> None:
        if QApplication.platformName() == "offscreen":
            return  # nobody could close it
        box = QMessageBox()
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle("Media Reader")
        box.setText("Media Reader met a bug and has to close. Nothing you did is lost.")
        where = f"\n\nThe report is in {path}." if path else ""
        box.setInformativeText(f"{type(problem).__name__}: {problem}{where}")
        box.setDetailedText(text)
        box.exec()
