"""The window starts without what only its workers need."""

import subprocess
import sys

HEAVY = (
    "whoosh",
    "numpy",
    "aiohttp",
    "feedparser",
    "nh3",
    "py3langid",
    "ahocorasick_rs",
    "keyring",
)


def test_what_only_the_workers_need_is_not_imported_to_open_a_window() -> None:
    code = (
        "import sys, reader.gui.application;"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_no_dialog_is_imported_to_open_a_window() -> None:
    code = (
        "import sys, reader.gui.application;"
        "print(*[name for name in sys.modules if name.startswith('reader.gui.views.dialogs.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
