"""What an archive may say of an entity, for tests of the workshop and of discovery."""

from datetime import UTC, date, datetime
from typing import Any

from reader.domain.workshop import (
    AliasCount,
    AliasSuggestion,
    Collision,
    Discovered,
    Preview,
    Sample,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def sample(number: int, text: str = "Haftar", alias: str = "Haftar") -> Sample:
    passage = f"Then {text} spoke."
    return Sample(number, f"Report {number}", "One", NOON, "body", passage, 5, 5 + len(text), alias)


def preview(**changes: Any) -> Preview:
    values: dict[str, Any] = {
        "articles": 12, "mentions": 30, "days": ((date(2026, 11, 20), 12),),
        "samples": (sample(1), sample(2)),
        "aliases": (AliasCount("Khalifa Haftar", 4, 2, 4), AliasCount("Hifter", 10, 8, 11)),
        "collisions": (Collision(9, "Saddam Haftar", "libya", ("Haftar",), 3),),
        "warnings": ("“LNA” is short.",), "gained": 3, "lost": 1, "gained_samples": (1,),
        "lost_samples": (), "seconds": 0.1, "read": 20, "candidates": 20,
    }  # fmt: skip
    return Preview(**(values | changes))


SUGGESTIONS = (
    AliasSuggestion("Hafter", "seen", articles=7, sample=sample(3, "Hafter")),
    AliasSuggestion("Гафтар", "transliteration", owners=("Saddam Haftar",)),
    AliasSuggestion("Haftar’s", "inflection", covered=True),
)


def discovered(name: str, **changes: Any) -> Discovered:
    values: dict[str, Any] = {
        "type": "", "spellings": (), "articles": 7, "outlets": 3, "former": 1, "burst": 4.2,
        "score": 9.0, "first_seen": NOON, "last_seen": NOON, "samples": (sample(1, name, ""),),
    }  # fmt: skip
    return Discovered(name=name, **(values | changes))
