"""Random small libraries of which everything is known without reading a word of them.

Each written word comes from a hand-made list that says what it is made of, and each inflection from
a hand-made family.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reader.domain.article import Mention, SearchDocument, Texts

NOW = datetime(2024, 12, 18, 12, tzinfo=UTC)
TEXTS = ("title", "lead", "body")


@dataclass(frozen=True)
class Word:
    """`written`: ways to write it. `parts`: what it is made of; `also`: other forms of it.

    `initial`: a full stop behind it ends no sentence.
    """

    written: tuple[str, ...]
    parts: tuple[str, ...]
    whole: str = ""
    also: tuple[str, ...] = ()
    initial: bool = False

    def forms(self) -> set[str]:
        return {*self.parts, *self.also, *([self.whole] if self.whole else [])}


WORDS = [
    Word(("Haftar", "haftar", "HAFTAR", "Haf\u00adtar"), ("haftar",)),
    Word(("Hafter",), ("hafter",)),
    Word(("Tobruk", "tobruk"), ("tobruk",)),
    Word(("air", "Air"), ("air",)),
    Word(("defence", "DEFENCE"), ("defence",)),
    Word(("defences", "Defences"), ("defences",)),
    Word(("systems",), ("systems",)),
    Word(("system", "System"), ("system",)),
    Word(("air-defence", "Air\u2011Defence"), ("air", "defence"), "air-defence"),
    Word(("air-defences",), ("air", "defences"), "air-defences"),
    Word(("air-defence-systems",), ("air", "defence", "systems"), "air-defence-systems"),
    Word(("F-16", "f-16"), ("f", "16"), "f-16"),
    Word(("F-16s",), ("f", "16s"), "f-16s"),
    Word(("16",), ("16",)),
    Word(("f", "F"), ("f",), initial=True),
    Word(("Gen", "gen"), ("gen",), initial=True),
    Word(("C++",), ("c++",), "", ("c",)),
    Word(("AT&T",), ("at", "t"), "at&t"),
    Word(("don't", "don’t"), ("don", "t"), "don't"),
    Word(("Élysée", "elysee", "E\u0301lyse\u0301e"), ("elysee",)),
    Word(("straße", "STRASSE"), ("strasse",)),
    Word(("Raketen",), ("raketen",)),
    Word(("Rakete", "rakete"), ("rakete",)),
    Word(("Северсталь", "северсталь"), ("северсталь",)),
    Word(("Ракета", "ракета"), ("ракета",)),
    Word(("ракеты",), ("ракеты",)),
    Word(("حفتر", "حَفتَر"), ("حفتر",)),
    Word(("وحفتر",), ("وحفتر",), "", ("حفتر",)),
    Word(("للجيش",), ("للجيش",), "", ("الجيش", "جيش", "لجيش")),
    Word(("Libya's",), ("libya", "s"), "libya's"),
    Word(("Libya",), ("libya",)),
]
CHARACTERS = [Word((c,), (c,)) for c in "東京都"]
FAMILIES = {
    "en": [{"defence", "defences"}, {"system", "systems"}],
    "de": [{"rakete", "raketen"}, {"system", "systems"}, {"defence", "defences"}],
    "ru": [{"ракета", "ракеты"}],
}
"""The forms of one word that are among `WORDS`, by the languages in which they share a stem."""

PLAIN = {
    "Haf\u00adtar": "Haftar", "Air\u2011Defence": "Air-Defence", "don’t": "don't",
    "Élysée": "Elysee", "E\u0301lyse\u0301e": "Elysee", "straße": "strasse", "حَفتَر": "حفتر",
}  # fmt: skip
"""Written words without accents and signs that do not count, but with their capitals."""

LANGUAGES = ("en", "en-GB", "ru", "de", "ar", "")
ENTITIES = (("Khalifa Haftar", "person", "libya"), ("S-400", "weapon", "arms"))
LINKS = (" ", " ", " ", " ", ", ", ". ", ". ", "! ", " — ", "\n\n")


@dataclass(frozen=True)
class Field:
    """`starts`: the words that begin a sentence. `spans`: the characters of each word.

    `mentions`: first word, last word, and the number of the entity.
    """

    text: str
    words: tuple[Word, ...]
    written: tuple[str, ...] = ()
    starts: frozenset[int] = frozenset()
    spans: tuple[tuple[int, int], ...] = ()
    mentions: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True)
class Known:
    """An article together with what it is made of."""

    document: SearchDocument
    fields: dict[str, Field]

    def language(self, name: str) -> str:
        """The one in which words of a field are inflected."""
        return self.document.language.split("-")[0] if name in TEXTS else ""


def field(chance: random.Random, longest: int, mentions: int = 0) -> Field:
    words: list[Word] = []
    written: list[str] = []
    spans: list[tuple[int, int]] = []
    starts: set[int] = set()
    text = ""
    for _ in range(chance.randint(0, longest)):
        if chance.random() < 0.1:
            run = chance.choices(CHARACTERS, k=chance.randint(1, 3))
        else:
            run = [chance.choice(WORDS)]
        forms = [chance.choice(word.written) for word in run]
        link = chance.choice(LINKS) if text else ""
        if not words or _ends(words[-1], link, forms[0]):
            starts.add(len(words))
        text += link
        for form in forms:
            spans.append((len(text), len(text) + len(form)))
            text += form
        words += run
        written += forms
    named = tuple(_mention(chance, len(words)) for _ in range(mentions) if words)
    return Field(text, tuple(words), tuple(written), frozenset(starts), tuple(spans), named)


def _ends(before: Word, link: str, after: str) -> bool:
    if link == "\n\n":
        return True
    if link not in (". ", "! ") or after[0].islower():
        return False
    return link == "! " or not before.initial


def _mention(chance: random.Random, words: int) -> tuple[int, int, int]:
    first = chance.randrange(words)
    return first, min(words - 1, first + chance.randint(0, 2)), chance.randrange(len(ENTITIES))


def library(chance: random.Random, count: int) -> list[Known]:
    return [article(chance, number) for number in range(1, count + 1)]


def article(chance: random.Random, number: int) -> Known:
    fields = {"title": field(chance, 4, 1), "lead": field(chance, 4), "body": field(chance, 14, 2)}
    texts = Texts(**{name: one.text for name, one in fields.items()})
    fields["author"] = field(chance, 3)
    mentions = tuple(_named(chance, fields))
    named = sorted({mention.entity_id for mention in mentions})
    at = NOW - timedelta(days=chance.randint(0, 12), seconds=chance.randint(0, 80_000))
    document = SearchDocument(
        number,
        texts,
        author=fields["author"].text,
        language=chance.choice(LANGUAGES),
        sorted_at=chance.choice((at, at, at, None)),
        first_seen=at,
        feeds=((f"https://{chance.choice('ab')}.example/feed", "Wire"),),
        entities=tuple(ENTITIES[n] for n in named),
        entity_spans=mentions,
        tags=chance.choice(((), ("libya",), ("libya/east",))),
        read=chance.random() < 0.5,
    )
    return Known(document, fields)


def _named(chance: random.Random, fields: dict[str, Field]) -> Iterator[Mention]:
    """The mentions in characters; they may begin and end inside a word."""
    for name, text in fields.items():
        for first, last, number in text.mentions:
            start, end = text.spans[first][0], text.spans[last][1]
            if text.spans[first][1] - start > 2 and chance.random() < 0.2:
                start += 1
            entity, type_, _watchlist = ENTITIES[number]
            yield Mention(number, entity, type_, entity, name, start, end)
