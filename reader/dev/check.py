"""Everything a commit has to pass, in one go: the last part of the README's test command.

Every step runs even when an earlier one failed, and the summary names each step with what became
of it; a step that was not asked for is listed as such. Tools are those beside the running Python.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1200.0
"""Seconds after which a step counts as hanging and is ended."""
PASSED, FAILED, NOT_ASKED = "passed", "failed", "not asked for"

PARALLEL = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal")
"""A process for each processor and one more, since some tests wait for others; one that has nothing
left takes from the rest."""
_UNJUDGED = ("reader/dev/*", "reader/gui/*.py", "reader/gui/views/*", "reader/gui/views/dialogs/*")
"""Coverage is reported of everything below the window, and of its presenters and models."""


@dataclass(frozen=True, slots=True)
class Step:
    """`command`: the tool and its words; the tool lies beside the running Python."""

    name: str
    says: str
    command: tuple[str, ...]


STEPS = (
    Step("format", "the code is laid out as ruff lays it out", ("ruff", "format", "--check")),
    Step("lint", "ruff finds nothing", ("ruff", "check")),
    Step("types", "mypy --strict finds nothing", ("mypy",)),
    Step("layers", "no module imports what it may not", ("lint-imports",)),
    Step("dead", "vulture finds no dead code", ("vulture",)),
    Step(
        "tests", "all tests pass", ("python", "-m", "pytest", *PARALLEL, "--cov", "--cov-report=")
    ),
    Step(
        "coverage",
        "what of the parts below the window, its presenters and models the tests ran",
        ("coverage", "report", "--skip-covered", f"--omit={','.join(_UNJUDGED)}"),
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    state: str
    seconds: float = 0.0
    why: str = ""


Runs = Callable[[Sequence[str], Mapping[str, str]], str]
"""Runs a command with more environment; "" when it succeeded, else why it did not."""


def main(words: Sequence[str]) -> int:
    """Exit code 0 only when every step asked for has passed."""
    names = [step.name for step in STEPS]
    parser = argparse.ArgumentParser(
        prog="python -m reader.dev check",
        description=__doc__,
        epilog="steps: " + "; ".join(f"{step.name} ({step.says})" for step in STEPS),
    )
    parser.add_argument("steps", nargs="*", metavar="STEP", help="only these")
    asked = parser.parse_args(words).steps
    for name in asked:
        if name not in names:
            raise UsageError(f"There is no step “{name}”: use {', '.join(names)}.")
    if not (ROOT / "pyproject.toml").exists():
        raise UsageError("The checks run in a checkout: install with pip install -e '.[test]'.")
    outcomes = run(asked or names, execute)
    _print(summary(outcomes))
    return int(any(outcome.state == FAILED for outcome in outcomes))


def run(asked: Sequence[str], runs: Runs) -> list[Outcome]:
    """One outcome for each step there is, in their order."""
    with tempfile.TemporaryDirectory(prefix="media-reader-check-") as folder:
        more = {
            "COVERAGE_FILE": str(Path(folder) / "coverage"),
            # The tests start hundreds of processes, and each would compile the program anew.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
        }
        return [
            _one(step, runs, more) if step.name in asked else Outcome(step.name, NOT_ASKED)
            for step in STEPS
        ]


def _one(step: Step, runs: Runs, more: Mapping[str, str]) -> Outcome:
    _print(f"\n=== {step.name}: {' '.join(step.command)}")
    began = time.perf_counter()
    why = runs(step.command, more)
    return Outcome(step.name, FAILED if why else PASSED, time.perf_counter() - began, why)


def execute(command: Sequence[str], more: Mapping[str, str]) -> str:
    """Runs a tool of the running Python's environment in the checkout; its output is ours."""
    tool = Path(sys.executable).with_name(command[0])
    program = sys.executable if command[0] == "python" else str(tool)
    if command[0] != "python" and not tool.exists():
        return f"{command[0]} is not installed beside {sys.executable}: pip install -e '.[test]'"
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [program, *command[1:]], cwd=ROOT, env={**os.environ, **more}, timeout=LONGEST,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"it had not ended after {LONGEST:.0f} s"
    return f"exit code {done.returncode}" if done.returncode else ""


def summary(outcomes: Sequence[Outcome]) -> str:
    """A line for each step, and a last line that says whether all is well."""
    lines = ["", "=== summary"]
    for one in outcomes:
        took = f"{one.seconds:6.1f} s" if one.state != NOT_ASKED else " " * 8
        lines.append(f"{one.name:<9} {one.state:<13} {took}  {one.why}".rstrip())
    failed = [one.name for one in outcomes if one.state == FAILED]
    left_out = sum(one.state == NOT_ASKED for one in outcomes)
    verdict = f"FAILED: {', '.join(failed)}." if failed else "All checks passed."
    if left_out:
        verdict += f" {left_out} of {len(outcomes)} steps were not asked for."
    return "\n".join([*lines, verdict])


def _print(text: str) -> None:
    """In order with what the tools themselves write."""
    print(text, flush=True)
