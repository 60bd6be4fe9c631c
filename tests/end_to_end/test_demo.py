"""The demo as a newcomer runs it: by its command, in a process of its own."""

import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """With `folder` for temporary files, and a library that it must leave alone."""
    environment = {name: value for name, value in os.environ.items() if "DISPLAY" not in name}
    environment |= {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(folder / "mine"), *words],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def done(folder: Path) -> "subprocess.CompletedProcess[str]":
    return run(folder, "demo", "--no-window", "--json")


@pytest.fixture(scope="module")
def summary(done: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_it_tells_what_came_in_as_one_document(summary: dict[str, Any]) -> None:
    expected = {
        "feeds", "articles", "failed", "mentions", "saved_searches", "hits", "alerts", "seconds",
    }  # fmt: skip
    assert set(summary) == expected


def test_every_feed_is_fetched_and_the_numbers_are_those_of_a_real_library(
    summary: dict[str, Any],
) -> None:
    assert summary["failed"] == 0
    assert summary["feeds"] >= 12
    assert summary["articles"] >= 150
    assert summary["mentions"] > summary["articles"]
    assert summary["saved_searches"] == 3
    assert summary["hits"] >= summary["alerts"]


def test_alerts_fire_only_in_the_second_round(summary: dict[str, Any]) -> None:
    assert 0 < summary["alerts"] < summary["hits"]


def test_progress_goes_to_standard_error_alone(done: "subprocess.CompletedProcess[str]") -> None:
    assert len(done.stdout.splitlines()) == 1
    assert "Fetching" in done.stderr


def test_it_leaves_the_chosen_library_and_the_disk_as_they_were(
    folder: Path, summary: dict[str, Any]
) -> None:
    assert not (folder / "mine").exists()
    assert not list(folder.glob("media-reader-*"))


def test_a_screenshot_is_a_picture_of_the_size_and_colours_asked_for(tmp_path: Path) -> None:
    words = ("demo", "--screenshot", "window.png", "--scheme", "dark", "--size", "1280x800")
    done = run(tmp_path, *words)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    from PySide6.QtGui import QImage

    data = (tmp_path / "window.png").read_bytes()
    assert struct.unpack(">II", data[16:24]) == (1280, 800)
    picture = QImage(str(tmp_path / "window.png"))
    around = [picture.pixelColor(x, y) for x in range(0, 1280, 40) for y in range(0, 800, 40)]
    dark = sum(colour.lightness() < 70 for colour in around)
    assert dark > len(around) / 2
    assert len({colour.rgb() for colour in around}) > 5, "nothing is painted"
    assert not list(tmp_path.glob("media-reader-demo-*"))
