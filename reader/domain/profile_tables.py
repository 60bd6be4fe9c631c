"""The page of an entity as tables, each with a line of names on top, and as CSV.

One meaning for the window, its files and the command line. Dates are ISO 8601: days and hours are
local, the hours with their offset and up to when the next one begins; moments are UTC.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reader.domain.plain import iso
from reader.domain.profile import Companion, Comparison, Profile, Sentence, Strand
from reader.domain.profile_columns import Span

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def csv(self) -> bytes:
        """UTF-8 with a mark that spreadsheets know it by. What came from the web and would be taken
        for a formula there gets an apostrophe in front."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.head)
        writer.writerows([_harmless(cell) for cell in row] for row in self.rows)
        return out.getvalue().encode("utf-8-sig")

    def tabbed(self) -> str:
        """For the clipboard: cells of one line each, with tabs between."""
        rows = (self.head, *self.rows)
        return "\n".join("\t".join(" ".join(_text(cell).split()) for cell in row) for row in rows)


def time(profile: Profile, strands: Sequence[Strand] = ()) -> Table:
    """A row for each column; articles and mentions of all, and of each strand."""
    names = tuple(strand.name or "unknown" for strand in strands)
    return Table(
        ("from", "to", "articles", "mentions", *names, *(f"{name} (mentions)" for name in names)),
        tuple(
            (
                *column.span.written(), column.articles, column.mentions,
                *(strand.counts[at] for strand in strands),
                *(strand.mentions[at] for strand in strands),
            )
            for at, column in enumerate(profile.columns)
        ),
    )  # fmt: skip


def outlets(profile: Profile) -> Table:
    return Table(
        ("outlet", "articles", "mentions", "share", "first_report", "first_title", "country",
         "owner"),
        tuple(
            (
                line.name, line.articles, line.mentions, round(line.share, 4),
                iso(line.first.at), line.first.title, line.country, line.owner,
            )
            for line in profile.outlets
        ),
    )  # fmt: skip


def languages(profile: Profile) -> Table:
    return Table(
        ("language", "articles", "mentions", "share"),
        tuple(
            (line.language, line.articles, line.mentions, round(line.share, 4))
            for line in profile.languages
        ),
    )


def company(companions: Iterable[Companion]) -> Table:
    return Table(
        ("name", "type", "watchlist", "articles", "of", "sentences", "likelihood", "pmi"),
        tuple(
            (
                one.name, one.type, one.watchlist, one.articles, one.of, one.sentences,
                one.likelihood, one.pmi,
            )
            for one in companions
        ),
    )  # fmt: skip


def comparison(compared: Comparison) -> Table:
    """A row for each column: articles and mentions of each entity."""
    names = [one.entity.name for one in compared.entities]
    return Table(
        ("from", "to", *names, *(f"{name} (mentions)" for name in names)),
        tuple(
            (
                *span.written(),
                *(one.counts[at][0] for one in compared.entities),
                *(one.counts[at][1] for one in compared.entities),
            )
            for at, span in enumerate(compared.columns)
        ),
    )  # fmt: skip


def sentences(found: Iterable[Sentence]) -> Table:
    return Table(
        ("at", "source", "language", "article_id", "title", "field", "sentence"),
        tuple(
            (
                iso(one.at), one.source, one.language, one.article_id, one.title, one.field,
                " ".join(one.text.split()),
            )
            for one in found
        ),
    )  # fmt: skip


def told(span: Span) -> str:
    """ "2024-12-16", "2024-12-16T14:00+01:00", or both ends of several days."""
    first, last = span.written()
    return first if span.hour or first == last else f"{first}..{last}"


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
