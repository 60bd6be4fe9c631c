"""The binding to Qt that is installed does not eat references to None, as PySide6 6.12.0 does."""

import subprocess
import sys

# With a binding that takes a reference at each call, this aborts after some thousand of them.
CALLS = """
import sys
from PySide6.QtGui import QImage, QPainter
image = QImage(9, 9, QImage.Format.Format_RGB32)
painter = QPainter(image)
before = sys.getrefcount(None)
for _ in range(20_000):
    painter.translate(0, 0)
painter.end()
print(before - sys.getrefcount(None))
"""


def test_calls_that_return_nothing_leave_none_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALLS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1_000
