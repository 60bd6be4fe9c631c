"""How well names are found: precision and recall on passages that people have marked.

    python -m reader.dev evaluate entities [--set second|held]

A line of the passages is a language, a tab, and a text in which each mention is written as
`[text|key of the entity]`, also one inside another; " // " stands between title and body, and
`\\u00ad` is that character. A mention counts as found only with exactly its entity and its place.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader import paths
from reader.domain.article import FIELDS, Texts
from reader.domain.entity import Entity
from reader.domain.fold import fold_key
from reader.entities import interchange, morphology, russian
from reader.entities.match import Matcher
from reader.errors import FileError

FOLDER = Path(__file__).parents[2] / "tests" / "data" / "entities"
STARTER = "libya-syria"
SETS = {"first": "passages.tsv", "second": "second-open.tsv", "held": "second-held.tsv"}
"""The first was written with the matcher. The second by somebody who had not read it, over the
bundled watchlist and others; one half of it, "held", is never looked into when the matcher is
mended, so that it tells whether that helps with what nobody has seen."""
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_BETWEEN = " // "

Place = tuple[str, int, int, str]
"""Field, start, end, key of the entity."""


@dataclass(frozen=True, slots=True)
class Passage:
    line: int
    language: str
    texts: Texts
    places: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Result:
    """`failures`: one line of text each, in the order of the passages."""

    passages: int
    right: int
    wrong: int
    missed: int
    failures: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def passages(data: str) -> list[Passage]:
    """FileError names the line whose marks do not close."""
    lines = ((number, line) for number, line in enumerate(data.split("\n"), start=1))
    return [_passage(number, line) for number, line in lines if line and not line.startswith("#")]


def watchlist(name: str = "first") -> list[Entity]:
    """The entities that a set is about, numbered."""
    files = [FOLDER / "watchlist.json"]
    if name != "first":
        files = [paths.resource("watchlists", f"{STARTER}.json"), FOLDER / "second.json"]
    entities = [one for file in files for one in interchange.read(_read(file), file.name).entities]
    return [replace(entity, id=number) for number, entity in enumerate(entities, start=1)]


def keys(entities: Iterable[Entity], name: str = "first") -> dict[int, str]:
    """By id, how the passages of a set call the entities: by note, or by the name's letters."""
    if name == "first":
        return {entity.id: entity.note for entity in entities}
    return {one.id: re.sub("[^a-z0-9]", "", fold_key(one.name)) for one in entities}


def evaluate(matcher: Matcher, called: dict[int, str], cases: Iterable[Passage]) -> Result:
    """`called`: the keys by the ids of the entities the matcher knows."""
    right = wrong = missed = count = 0
    failures: list[str] = []
    for case in cases:
        found = {
            (one.field, one.start, one.end, called[one.entity_id])
            for one in matcher.mentions(case.texts, case.language)
        }
        count += 1
        right += len(found & case.places)
        wrong += len(found - case.places)
        missed += len(case.places - found)
        failures += [_told(case, place, "found") for place in sorted(found - case.places)]
        failures += [_told(case, place, "missed") for place in sorted(case.places - found)]
    return Result(count, right, wrong, missed, tuple(failures))


def entities(*, rules_only: bool = False, name: str = "first") -> Result:
    """Of the marked passages of a set, with the dictionary where there is one."""
    known = watchlist(name)
    matcher = Matcher(known, russian.RULES if rules_only else morphology.best())
    cases = passages(_read(FOLDER / SETS[name]).decode())
    return evaluate(matcher, keys(known, name), cases)


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m reader.dev evaluate", description=__doc__)
    parser.add_argument("what", choices=("entities",))
    parser.add_argument("--rules", action="store_true", help="without a dictionary of endings")
    parser.add_argument("--set", choices=SETS, default="first", help="which passages")
    arguments = parser.parse_args(words)
    result = entities(rules_only=arguments.rules, name=arguments.set)
    source = russian.RULES.name if arguments.rules else morphology.best().name
    print(f"{result.passages} passages, Russian and Ukrainian endings by {source}")
    print(f"precision {result.precision:.4f}  ({result.wrong} found that are not meant)")
    print(
        f"recall    {result.recall:.4f}  ({result.missed} of {result.right + result.missed} missed)"
    )
    for failure in result.failures:
        print(f"  {failure}")
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise FileError(f"{path} cannot be read: {problem.strerror}.") from problem


def _passage(number: int, line: str) -> Passage:
    language, _, marked = line.partition("\t")
    title, between, body = marked.partition(_BETWEEN)
    parts = {"title": title, "body": body} if between else {"body": marked}
    places: set[Place] = set()
    texts = {}
    for field, part in parts.items():
        texts[field], found = _unmarked(number, _ESCAPE.sub(_character, part))
        places |= {(field, start, end, note) for start, end, note in found}
    return Passage(number, language, Texts(**texts), frozenset(places))


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _unmarked(number: int, marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The bare text, and (start, end, note) of what was marked in it."""
    text, opened, found = "", list[int](), []
    rest = iter(re.split(r"(\[|\|[a-z0-9]+\])", marked))
    for part in rest:
        if part == "[":
            opened.append(len(text))
        elif part.startswith("|") and part.endswith("]"):
            if not opened:
                raise FileError(f"Line {number} of the passages closes a mark that is not open.")
            found.append((opened.pop(), len(text), part[1:-1]))
        else:
            text += part
    if opened:
        raise FileError(f"Line {number} of the passages opens a mark that is not closed.")
    return text, found


def _told(case: Passage, place: Place, what: str) -> str:
    field, start, end, note = place
    text = case.texts.get(field)
    around = f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 25]}"
    where = "" if field == FIELDS[-1] else f" {field}"
    return f"line {case.line} ({case.language or '?'}{where}): {what} {note}: …{around}…"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
