"""The feeds of tests/data/feeds, and what each must give: tests/data/feeds/expected.json.

After a change that is meant to change them: `python tests/unit/feeds/test_parse_corpus.py`, and
read the difference before committing it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from reader.errors import FeedError
from reader.feeds.parse import parse

FOLDER = Path(__file__).parents[2] / "data" / "feeds"
EXPECTED = FOLDER / "expected.json"
URL = "https://feeds.example/dir/feed"


def seen(path: Path) -> dict[str, Any]:
    try:
        feed = parse(path.read_bytes(), "text/plain", URL)
    except FeedError as error:
        found = getattr(error, "found", ())
        return {"error": error.kind, "sentence": str(error), "found": [list(one) for one in found]}
    head = {name: getattr(feed, name) for name in ("kind", "title", "site_url", "language")}
    items = [
        {
            "guid": item.guid,
            "url": item.url,
            "title": item.texts.title,
            "lead": item.texts.lead,
            "body": item.texts.body,
            "html": item.html,
            "author": item.author,
            "published": item.published.isoformat() if item.published else None,
            "published_raw": item.published_raw,
            "language": item.language,
            "categories": list(item.categories),
        }
        for item in feed.items
    ]
    return {**head, "problem": bool(feed.problem), "items": items}


def feeds() -> list[Path]:
    return sorted(p for p in FOLDER.iterdir() if p != EXPECTED)


@pytest.mark.parametrize("path", feeds(), ids=lambda path: path.name)
def test_every_feed_of_the_corpus_gives_what_is_written_down(path: Path) -> None:
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert seen(path) == expected[path.name]


def test_nothing_is_expected_of_feeds_that_are_not_there() -> None:
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    assert sorted(expected) == [path.name for path in feeds()]


if __name__ == "__main__":
    everything = {path.name: seen(path) for path in feeds()}
    text = json.dumps(everything, ensure_ascii=False, indent=1)
    EXPECTED.write_text(text + "\n", encoding="utf-8")
