"""What the workshop says of an entity while it is edited, in sentences. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from reader.domain.entity import Alias, ContextRule, Entity
from reader.domain.languages import language_name
from reader.domain.workshop import AliasCount, AliasSuggestion, Preview, Sample
from reader.gui.words import counted, number

KINDS = {
    "inflection": "grammatical form",
    "transliteration": "other script",
    "designator": "designator",
    "short": "short form",
    "seen": "seen in the archive",
}
"""Where a suggestion comes from."""
_CASES = {None: "", True: "exact case", False: "any case"}


@dataclass(frozen=True, slots=True)
class Tried:
    """Where looking an entity up in the archive stands.

    `state`: "empty" (it has no name), "trying", "done", "stopped", "refused" (it could not be
    saved so; `sentence` says why) or "failed" (something else: trying again may help). `preview`:
    the latest answer, also while a newer one is waited for; `done` of `total` is how far that is.
    """

    state: str = "empty"
    preview: Preview | None = None
    sentence: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    """`state` is "none", "looking", "done" or "failed"."""

    state: str = "none"
    suggestions: tuple[AliasSuggestion, ...] = ()
    sentence: str = ""


def headline(preview: Preview) -> str:
    if not preview.articles:
        return "Not in the archive"
    return f"In {counted(preview.articles, 'article')}"


def basis(preview: Preview, *, known: bool) -> str:
    """What changes by saving, and what was looked into. `known`: it is tracked already."""
    parts = [counted(preview.mentions, "mention")] if preview.articles else []
    if known:
        parts.append(_change(preview))
    told = ", ".join(parts)
    if preview.partial:
        told += ("; " if told else "") + (
            f"so far from the newest {number(preview.read)} of "
            f"{counted(preview.candidates, 'article')} that may mention it"
        )
    return f"{told[:1].upper()}{told[1:]}." if told else "New articles will be looked through."


def _change(preview: Preview) -> str:
    if not preview.gained and not preview.lost:
        return "the same articles as now"
    gained = f"{number(preview.gained)} more than now" if preview.gained else ""
    lost = f"{number(preview.lost)} no longer" if preview.lost else ""
    return ", ".join(filter(None, (gained, lost)))


def progress(tried: Tried) -> str:
    if not tried.total:
        return "Looking into the archive…"
    return f"Looking into {number(tried.done)} of {counted(tried.total, 'article')}…"


def problems(preview: Preview) -> Iterator[str]:
    """What a person should know before saving: warnings with numbers, then who else is meant."""
    for warning in preview.warnings:
        yield " ".join([warning, *_figures(warning, preview)])
    yield from (one.sentence for one in preview.collisions if one.articles)
    for one in preview.aliases:
        if preview.articles and not preview.partial and not one.standing:
            yield f"“{one.text}” stands nowhere in the archive."


def _figures(warning: str, preview: Preview) -> Iterator[str]:
    """How much the spelling that is warned of finds."""
    for one in preview.aliases:
        if one.articles and f"“{one.text}”" in warning:
            yield f"It counts in {counted(one.articles, 'article')}, alone in {number(one.alone)}."


def samples(preview: Preview) -> tuple[Sample, ...]:
    """What changes first, then what is spread over everything, then what was rejected."""
    told = {one.article_id for one in preview.changes}
    rest = (one for one in preview.samples if one.article_id not in told)
    return (*preview.changes, *rest, *preview.rejected)


def counts(preview: Preview) -> dict[str, AliasCount]:
    return {one.text: one for one in preview.aliases}


def told(alias: Alias) -> str:
    """Its options that are not the usual ones: "exact case · Turkish · 2 conditions"."""
    language = language_name(alias.language) if alias.language else ""
    rules = counted(len(alias.rules), "condition") if alias.rules else ""
    endings = "" if alias.inflect else "no endings"
    plural = "plural" if alias.plural else ""
    return " · ".join(filter(None, (_CASES[alias.case], language, endings, plural, rules)))


def rule_told(rule: ContextRule) -> str:
    """ "only near “Libya” (20 words)", "not with “beer”"."""
    words = ", ".join(f"“{word}”" for word in rule.words)
    near = f" ({counted(rule.within, 'word')})" if rule.within else ""
    if rule.kind == "requires":
        return f"only {'near' if rule.within else 'with'} {words}{near}"
    return f"not {'near' if rule.within else 'with'} {words}{near}"


def reason(one: AliasSuggestion) -> str:
    """Why it is offered, and what speaks against it."""
    owners = ", ".join(one.owners)
    owned = f"alias of {owners}" if owners else ""
    covered = "found already" if one.covered else ""
    return " · ".join(filter(None, (KINDS[one.kind], covered, owned)))


def worth(entity: Entity) -> bool:
    """Whether there is anything to look for."""
    return any(letter.isalnum() for letter in entity.name)
