"""Small commands start quickly: they do not load what they do not need."""

import json
import subprocess
import sys

import pytest

from tests.unit.cli.command_line import News

HEAVY = (
    "PySide6", "aiohttp", "ahocorasick_rs", "asyncio", "feedparser", "keyring", "multiprocessing",
    "numpy", "nh3", "platformdirs", "py3langid", "whoosh",
)  # fmt: skip
SCRIPT = """
import json, sys
from reader.__main__ import main
sys.argv = ["media-reader", *sys.argv[1:]]
code = main()
sys.stderr.write("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


@pytest.mark.parametrize(
    "words", ["feeds", "articles", "show 1", "alerts --help", "library info", "--version"]
)
def test_a_small_command_loads_only_what_it_needs(words: str, news: News) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "--library", str(news.folder), *words.split()],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, loaded = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    assert sorted(set(HEAVY) & set(loaded)) == []
