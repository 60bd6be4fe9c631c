"""Exact offsets, in whatever Unicode there is: 30,000 random strings, always the same ones."""

import random
import unicodedata

import pytest

from reader.domain.article import Texts
from reader.domain.entity import Alias, Entity
from reader.domain.fold import fold_key
from reader.entities import lexicon
from reader.entities.match import Matcher

NAMES = ("Haftar", "al-Assad", "S-400", "Хафтар", "حفتر", "Straße", "東京", "Erdoğan", "ქართული")
ENTITIES = [Entity(name, "other", id=number) for number, name in enumerate(NAMES, start=1)]
MATCHER = Matcher(ENTITIES)
INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff\u061c"
MARKS = "\u0301\u0308\u0327\u064e\u0640"
PIECES = (
    *"aßæﬁﷲİıй가ー𐐷",
    "e\u0301",
    "\u00ad",
    "\u200f",
    "\n",
    "\r\n",
    "  ",
    "\t",
    "’",
    "‑",
    "\ud800",
)
CODES = 0x110000


def noise(chance: random.Random) -> str:
    """Of every plane, with what folds to more or fewer characters more often than it is met."""
    length = chance.randrange(6)
    return "".join(
        chance.choice(PIECES) if chance.random() < 0.5 else chr(chance.randrange(CODES))
        for _ in range(length)
    )


def disguised(name: str, chance: random.Random) -> str:
    """The name with marks on and between its letters, in any case where that does not count."""
    written = ""
    for place, letter in enumerate(name):
        if not any(map(str.isdigit, name)) and chance.random() < 0.3:
            letter = letter.upper() if len(letter.upper()) == 1 else letter
        if place and chance.random() < 0.2:
            written += chance.choice(INVISIBLE)
        written += letter + (chance.choice(MARKS) if chance.random() < 0.1 else "")
    return written


@pytest.mark.parametrize("seed", range(10))
def test_a_disguised_name_is_found_exactly_where_it_stands(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3_000):
        entity = chance.choice(ENTITIES)
        before, name, after = noise(chance), disguised(entity.name, chance), noise(chance)
        text = f"{before}|{name}|{after}"
        start = len(before) + 1
        found = [(m.entity.name, m.start, m.end) for m in MATCHER.find(text)]
        assert (entity.name, start, start + len(name)) in found, ascii(text)
        for called, first, last in found:
            assert fold_key(text[first:last]) in FORMS[called], ascii(text)


FORMS = {
    entity.name: {form.text[form.skip :] for form in lexicon.forms(Alias(entity.name))}
    for entity in ENTITIES
}


@pytest.mark.parametrize("language", ["", "tr", "de", "az", "pl", "cs"])
def test_noise_alone_breaks_nothing_and_gives_only_places_inside_it(language: str) -> None:
    chance = random.Random(language)
    for _ in range(1_000):
        texts = Texts(noise(chance) * 2, noise(chance), noise(chance) + "Erdoğanın" + noise(chance))
        for one in MATCHER.mentions(texts, language):
            written = texts.get(one.field)[one.start : one.end]
            assert written
            assert not written[0].isspace()
            assert unicodedata.category(written[-1]) != "Cf"


def test_offsets_after_every_kind_of_drift_are_code_points() -> None:
    text = "ßßß ﬁ ﷲ \U00010437 e\u0301e\u0301 \r\n\r\n  \u00ad\u00ad Haftar 𝐇𝐚𝐟𝐭𝐚𝐫 Ｈａｆｔａｒ"
    found = [text[m.start : m.end] for m in MATCHER.find(text)]
    assert found == ["Haftar", "𝐇𝐚𝐟𝐭𝐚𝐫", "Ｈａｆｔａｒ"]
