"""The check: every step is run or named, and nothing that failed can be overlooked."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from reader.dev import check
from reader.errors import UsageError

NAMES = [step.name for step in check.STEPS]


class Runner:
    """Remembers what it was asked to run; the tools in `broken` fail."""

    def __init__(self, broken: Sequence[str] = ()) -> None:
        self.broken = broken
        self.ran: list[str] = []

    def __call__(self, command: Sequence[str], more: Mapping[str, str]) -> str:
        self.ran.append(" ".join(command[:3]))
        assert "COVERAGE_FILE" in more, "coverage must not be written into the checkout"
        assert "PYTHONPYCACHEPREFIX" in more, "nor must bytecode"
        return "exit code 1" if command[0] in self.broken else ""


def test_every_step_runs_in_order_although_one_fails() -> None:
    runner = Runner(broken=["mypy"])
    outcomes = check.run(NAMES, runner)
    assert len(runner.ran) == len(check.STEPS)
    assert [one.name for one in outcomes if one.state == check.FAILED] == ["types"]
    assert [one.name for one in outcomes] == NAMES


def test_a_step_that_was_not_asked_for_is_named_as_such() -> None:
    outcomes = check.run(["lint"], Runner())
    told = check.summary(outcomes)
    assert all(name in told for name in NAMES)
    states = [line.split(maxsplit=1)[1] for line in told.splitlines()[2:-1]]
    assert states.count(check.NOT_ASKED) == len(NAMES) - 1
    assert told.endswith(f"{len(NAMES) - 1} of {len(NAMES)} steps were not asked for.")


def test_the_summary_ends_with_what_failed() -> None:
    told = check.summary(check.run(NAMES, Runner(broken=["ruff", "vulture"])))
    assert told.splitlines()[-1] == "FAILED: format, lint, dead."
    assert check.summary(check.run(NAMES, Runner())).endswith("All checks passed.")


def test_an_unknown_step_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="use format, lint, types"):
        check.main(["lnit"])


def test_a_tool_that_is_not_installed_is_a_failure_that_says_what_to_do() -> None:
    assert "pip install -e '.[test]'" in check.execute(["no-such-tool"], {})


def test_the_exit_code_of_a_tool_is_told() -> None:
    assert check.execute(["python", "-c", "raise SystemExit(3)"], {}) == "exit code 3"
    assert check.execute(["python", "-c", ""], {}) == ""


def test_tools_are_those_beside_the_running_python_and_their_output_is_ours(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert check.execute(["python", "-c", "import sys; print(sys.prefix)"], {}) == ""
    assert Path(capfd.readouterr().out.strip()) == Path(sys.prefix)


def test_what_one_process_has_compiled_the_next_need_not() -> None:
    told: dict[str, str] = {}

    def runs(_: Sequence[str], more: Mapping[str, str]) -> str:
        told.update(more)
        return ""

    check.run(["lint"], runs)
    says = "import sys; sys.exit(sys.dont_write_bytecode or sys.pycache_prefix is None)"
    assert check.execute(["python", "-c", says], told) == ""


def test_the_command_line_runs_only_what_it_is_asked_to() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reader.dev", "check", "dead"],
        cwd=check.ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "=== dead: vulture" in done.stdout
    assert "=== types" not in done.stdout
    assert done.returncode == int("FAILED" in done.stdout)
