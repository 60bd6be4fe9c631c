"""What tests are given: one more try, where the machine has a say in it, and all the time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import conftest

ROOT = Path(__file__).parents[2]
ONCE = """
from pathlib import Path

def test_once():
    flag = Path(__file__).with_suffix(".tried")
    if not flag.exists():
        flag.touch()
        raise AssertionError("the first time")

def test_never():
    raise AssertionError("every time")
"""


@pytest.fixture
def tried(tmp_path: Path) -> str:
    """What pytest says of a test that fails once and one that always does, in two places."""
    for place in ("tests/gui", "tests/unit"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / f"test_{place[6:]}.py").write_text(ONCE)
    (tmp_path / "tests" / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = ['-ra']\n")
    command = ["-m", "pytest", "-n", "2", "--dist", "worksteal", "--cov", "-p", "no:cacheprovider"]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, check=False,
        timeout=240, env=ours | {"COVERAGE_FILE": str(tmp_path / "coverage")},
    )  # fmt: skip
    return done.stdout


def test_a_test_of_the_window_is_tried_again_and_that_is_told(tried: str) -> None:
    assert "RERUN tests/gui/test_gui.py::test_once" in tried
    assert "AssertionError: the first time" in tried
    assert "FAILED tests/gui/test_gui.py::test_once" not in tried
    assert "pytest --randomly-seed=" in tried
    assert "FAILED tests/gui/test_gui.py::test_never - AssertionError: every time" in tried
    assert "RERUN tests/unit" not in tried
    assert "FAILED tests/unit/test_unit.py::test_once - AssertionError: the first time" in tried
    assert "3 failed, 1 passed, 2 rerun" in tried


@pytest.mark.parametrize("place", conftest.AGAIN)
def test_what_is_tried_again_is_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_no_example_is_too_slow() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
