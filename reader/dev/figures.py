"""Figures with what one needs to take them again: command, commit, machine, and how many tries."""

import json
import os
import platform
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """`of`: how many measurements `value` is taken from."""

    benchmark: str
    what: str
    value: float
    unit: str
    of: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    command: str
    commit: str
    at: str
    machine: str
    python: str

    @classmethod
    def now(cls, words: Sequence[str]) -> "Circumstances":
        return cls(
            f"python -m reader.dev bench {' '.join(words)}".strip(),
            commit(),
            datetime.now(UTC).isoformat(timespec="seconds"),
            f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, "
            f"load {os.getloadavg()[0]:.1f} at the start",
            platform.python_version(),
        )


def commit() -> str:
    """The short name of the commit, "+" when files differ from it, "unknown" outside a checkout."""
    try:
        name = _git("rev-parse", "--short", "HEAD")
        return name + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*words: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own words
        ["git", *words],  # noqa: S607 - the developer's git
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which that many percent of the others lie, by nearest rank."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(percent / 100 * len(ordered)) - 1))]


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))


def table(figures: Sequence[Figure], about: Circumstances) -> str:
    """As Markdown, so that it can be pasted into the documents."""
    rows = [("what", "figure", "unit", "of", "")]
    rows += [(f"{f.benchmark}: {f.what}", _short(f.value), f.unit, str(f.of), f.note)
             for f in figures]  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
             for row in rows]  # fmt: skip
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    told = f"{about.command}\ncommit {about.commit}, {about.at}, {about.machine}, "
    return "\n".join([f"{told}Python {about.python}", "", *lines])


def as_json(figures: Sequence[Figure], about: Circumstances) -> str:
    return json.dumps({**asdict(about), "figures": [asdict(f) for f in figures]}, indent=1) + "\n"


def _short(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"
