"""The window starts without what only its workers need."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = (
    "whoosh",
    "numpy",
    "aiohttp",
    "feedparser",
    "nh3",
    "py3langid",
    "ahocorasick_rs",
    "keyring",
    "multiprocessing",
    "uuid",
)


def test_what_only_the_workers_need_is_not_imported_to_open_a_window() -> None:
    code = (
        "import sys, reader.gui.application;"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


OPEN = """
import sys
from pathlib import Path
from reader.dev.driver import drive
from reader.gui.application import open_window
from reader.paths import LibraryPaths

def script(window):
    yield lambda: window.list.is_empty()
    seen.extend(sys.modules)

seen = []
drive(lambda: open_window(LibraryPaths(Path(sys.argv[1]))), script)
print(*seen)
"""


def test_no_question_is_imported_before_it_is_asked(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path)], capture_output=True, text=True, check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    seen = done.stdout.split()
    assert "reader.gui.main_window" in seen
    assert [name for name in seen if "reader.gui.views.dialogs" in name] == []
    assert {"reader.gui.desk", "reader.gui.studio_desk", "reader.cli.commands"}.isdisjoint(seen)
