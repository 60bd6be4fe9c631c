"""What time it is, for use cases that are not told otherwise."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)
