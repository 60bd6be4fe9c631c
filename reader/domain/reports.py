"""What became of a longer piece of work, as the command line and the window report it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefreshSummary:
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    """(subscribed URL, sentence) of every feed that could not be read."""
    alerts: int = 0
    stopped: bool = False

    def sentence(self) -> str:
        text = f"{self.new} new, {self.updated} updated, {self.unchanged} unchanged"
        if self.failed:
            text += f", {len(self.failed)} feed{'s' if len(self.failed) > 1 else ''} failed"
        return text + (" (stopped)." if self.stopped else ".")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row of a file that could not be taken: its line, from 1, and why.

    `what`: "line", or what is counted in a file whose lines say nothing.
    """

    line: int
    reason: str
    what: str = "line"

    def sentence(self) -> str:
        return f"{self.what.capitalize()} {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came in from a file.

    `dropped`: sentences about what could not be taken over, or may well be a mistake. `rejected`:
    rows that are wrong; all others came in.
    """

    kind: str
    added: int = 0
    known: int = 0
    dropped: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    def sentence(self) -> str:
        what = {"opml": "feeds", "watchlist": "entities", "saved": "saved searches"}[self.kind]
        text = f"{self.added} {what} added or changed, {self.known} already there."
        if self.rejected:
            many = f"{len(self.rejected)} rows are" if len(self.rejected) > 1 else "One row is"
            text += f" {many} wrong and did not come in."
        return text + "".join(f" {line}" for line in self.dropped)
