"""The command line inside the test, for tests that look at codes and documents alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.cli.program import run
from reader.cli.window import Window

Command = Callable[..., tuple[int, Any, str]]
"""(exit code, the JSON on standard output, standard error) of a command."""


def commands_on(library: Path, capture: pytest.CaptureFixture[str]) -> Command:
    def call(*words: str) -> tuple[int, Any, str]:
        capture.readouterr()
        window = Window(lambda *_, **__: 0, lambda _: "", lambda: "")
        code = run([*words, "--json", "--library", str(library)], window)
        said = capture.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    return call
