"""Work in slices: each is short and complete, can be shown as progress, and be the last."""

from dataclasses import dataclass

SCANNING = "Looking for tracked names"
INDEXED = 500
"""Articles that go to the index at once: about a third of a second."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What one step did, and what it leaves: articles, or saved searches, as `label` says."""

    done: int
    left: int
    label: str = ""
