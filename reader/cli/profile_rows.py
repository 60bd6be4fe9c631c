"""What the commands about a name print with --json, as values of that contract."""

from collections.abc import Mapping, Sequence
from typing import Any

from reader.cli.command import iso
from reader.domain.entity import Entity
from reader.domain.profile import (
    Companion,
    Compared,
    Comparison,
    Profile,
    Question,
    Report,
    Sentence,
    Strand,
)
from reader.domain.profile_columns import Span


def profiled(found: Profile, companions: Sequence[Companion]) -> dict[str, Any]:
    return {
        **_who(found.entity),
        "period": _period(found.question, [c.span for c in found.columns]),
        "by": found.unit,
        "articles": found.articles,
        "mentions": found.mentions,
        "first_seen": _report(found.first),
        "last_seen": _report(found.last),
        "timeline": [
            {
                **_ends(c.span),
                "articles": c.articles,
                "mentions": c.mentions,
            }
            for c in found.columns
        ],
        "outlets": [
            {
                "outlet": one.name,
                "articles": one.articles,
                "mentions": one.mentions,
                "share": round(one.share, 4),
                "first_report": _report(one.first),
                "country": one.country,
                "owner": one.owner,
            }
            for one in found.outlets
        ],
        "languages": [
            {
                "language": one.language,
                "articles": one.articles,
                "mentions": one.mentions,
                "share": round(one.share, 4),
            }
            for one in found.languages
        ],
        "timeline_by_outlet": _strands(found.by_outlet),
        "timeline_by_language": _strands(found.by_language),
        "appears_with": [
            {
                "name": one.name,
                "type": one.type,
                "watchlist": one.watchlist,
                "articles": one.articles,
                "of": one.of,
                "sentences": one.sentences,
                "likelihood": one.likelihood,
                "pmi": one.pmi,
            }
            for one in companions
        ],
        "seconds": round(found.seconds, 3),
    }


def compared(found: Comparison) -> dict[str, Any]:
    return {
        "period": _period(found.question, found.columns),
        "by": found.unit,
        "columns": [_ends(span) for span in found.columns],
        "entities": [_of_many(one) for one in found.entities],
        "seconds": round(found.seconds, 3),
    }


def quoted(one: Sentence, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "article_id": one.article_id,
        "title": one.title,
        "source": one.source,
        "at": iso(one.at),
        "language": one.language,
        "field": one.field,
        "start": one.start,
        "text": one.text,
        "mentions": [
            {"entity": names[entity], "start": start, "end": end}
            for start, end, entity in one.marks
        ],
    }


def _who(entity: Entity) -> dict[str, Any]:
    return {"name": entity.name, "type": entity.type, "watchlist": entity.watchlist}


def _period(question: Question, columns: Sequence[Span]) -> dict[str, Any]:
    return {
        "from": str(columns[0].first) if columns else None,
        "to": str(columns[-1].last) if columns else None,
        "copies": "collapsed" if question.collapse else "counted",
    }


def _ends(span: Span) -> dict[str, str]:
    return dict(zip(("from", "to"), span.written(), strict=True))


def _report(report: Report | None) -> dict[str, Any] | None:
    if report is None:
        return None
    return {
        "article_id": report.article_id,
        "title": report.title,
        "outlet": report.outlet,
        "at": iso(report.at),
    }


def _strands(strands: tuple[Strand, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": strand.name,
            "articles": list(strand.counts),
            "mentions": list(strand.mentions),
        }
        for strand in strands
    ]


def _of_many(one: Compared) -> dict[str, Any]:
    return {
        **_who(one.entity),
        "articles": one.articles,
        "mentions": one.mentions,
        "first_seen": _report(one.first),
        "last_seen": _report(one.last),
        "timeline": [{"articles": count, "mentions": places} for count, places in one.counts],
    }
