"""Names of widgets are there for style sheets: each is dressed by one, and none dresses nobody."""

import re
from pathlib import Path

import reader.gui

SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(*reader.gui.__path__).rglob("*.py")
)
GIVEN = set(re.findall(r'setObjectName\(\s*"(\w+)"', SOURCE))
DRESSED = set(re.findall(r"#([a-z]\w+)(?=[ .,:{])", SOURCE))


def test_every_name_is_dressed_by_a_style_sheet() -> None:
    assert sorted(GIVEN - DRESSED) == []


def test_every_style_is_for_a_name_that_a_widget_has() -> None:
    selectors = set(re.findall(r"#([a-z]\w+)[^\n;\"']*\{", SOURCE))
    assert sorted(selectors - GIVEN) == []
