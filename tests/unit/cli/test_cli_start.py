"""Small commands start quickly: they do not load what they do not need."""

import json
import subprocess
import sys

from tests.unit.cli.command_line import News

HEAVY = {
    "PySide6", "aiohttp", "ahocorasick_rs", "asyncio", "feedparser", "keyring", "multiprocessing",
    "numpy", "nh3", "platformdirs", "py3langid", "whoosh",
}  # fmt: skip
SMALL = ("feeds", "articles", "show 1", "alerts --help", "library info", "--version", "nonsense")
SCRIPT = """
import json, sys
from reader.__main__ import main
library, *commands = sys.argv[1:]
told = {}
for command in commands:
    sys.argv = ["media-reader", "--library", library, *command.split()]
    told[command] = main(), sorted(sys.modules)
sys.stderr.write("\\n" + json.dumps(told))
"""


def test_small_commands_load_only_what_they_need(news: News) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(news.folder), *SMALL],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stderr.splitlines()[-1])
    assert [code for code, _ in told.values()] == [0, 0, 0, 0, 0, 0, 2]
    needless = {command: HEAVY & set(loaded) for command, (_, loaded) in told.items()}
    assert not any(needless.values()), needless
