"""All tests: what is told of one that fails, and one more try where the machine has a say in it."""

import os
import shlex
import threading
from collections import deque
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

AGAIN = (
    "tests/end_to_end/",
    "tests/gui/",
    "tests/store/test_store_kill.py",
    "tests/unit/cli/",
    "tests/unit/delivery/test_command.py",
    "tests/unit/dev/test_processes.py",
    "tests/unit/feeds/test_parser_pool.py",
    "tests/unit/search/test_search_index.py",
    "tests/unit/search/test_search_merging.py",
    "tests/unit/workers/",
)
"""Tests of the window, and tests that start processes."""
_BEFORE = pytest.StashKey[deque[str]]()


# How long an example takes, or making one up, is the machine's affair.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("any machine")
    if config.pluginmanager.hasplugin("rerunfailures"):
        config.option.rerun_show_tracebacks = True


def pytest_itemcollected(item: pytest.Item) -> None:
    """The first failure is told all the same, the second one counts: see docs/testing.md."""
    able = item.config.pluginmanager.hasplugin("rerunfailures")
    if able and item.nodeid.startswith(AGAIN):
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds what the machine was doing, and how to have the same order again."""
    report: pytest.TestReport = yield
    before = item.config.stash.setdefault(_BEFORE, deque(maxlen=6))
    if report.failed:
        report.sections.append(("The machine", _machine(item, [*before])))
    if report.when == "teardown":
        before.append(item.nodeid)
    return report


def _machine(item: pytest.Item, before: list[str]) -> str:
    """Load, threads, and a command that runs the last tests of this process in their order."""
    seed = item.config.getoption("randomly_seed", None)
    names = " ".join(shlex.quote(name) for name in [*before, item.nodeid])
    threads = ", ".join(thread.name for thread in threading.enumerate())
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"load {load} on {os.cpu_count()} processors; threads: {threads}\n"
        f"pytest --randomly-seed={seed} --randomly-dont-reorganize {names}"
    )
