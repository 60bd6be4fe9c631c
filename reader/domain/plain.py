"""Values as other programs read them: on the command line, in messages and in published feeds."""

from datetime import UTC, datetime
from typing import Any

from reader.domain.article import Span


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC, whole seconds: "2024-12-18T05:12:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span_values(span: Span) -> dict[str, Any]:
    return {"field": span.field, "start": span.start, "end": span.end, "text": span.text}


def more_places(count: int) -> str:
    """What is said of places beyond those that are told: "37 more places"; "" for none."""
    return f"{count:,} more place{'s' * (count > 1)}" if count else ""
