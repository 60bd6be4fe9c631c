"""The bundled watchlist: well made, and right about the names that are easily mistaken."""

from dataclasses import replace

import pytest

from reader.domain.entity import TYPES
from reader.entities import russian
from reader.entities.match import Matcher
from reader.services import starter

ENTITIES = [
    replace(entity, id=number)
    for number, entity in enumerate(starter.entities("libya-syria"), start=1)
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(ENTITIES, russian.RULES)


def shown(matcher: Matcher, text: str, language: str = "en") -> list[tuple[str, str]]:
    """(what is written, whose name it is), of what is highlighted."""
    found = (one for one in matcher.find(text, language) if one.shown)
    return [(text[one.start : one.end], one.entity.name) for one in found]


def test_it_is_of_every_known_type_and_of_no_other() -> None:
    assert {entity.type for entity in ENTITIES} == set(TYPES)
    assert 150 <= len(ENTITIES) <= 300


def test_most_entities_are_spelt_in_three_scripts() -> None:
    def scripts(texts: list[str]) -> int:
        joined = "".join(texts)
        return sum(
            any(first <= letter <= last for letter in joined)
            for first, last in (("A", "z"), ("А", "я"), ("ا", "ي"))
        )

    spelt = [scripts([one.text for one in entity.spellings()]) for entity in ENTITIES]
    assert sum(count == 3 for count in spelt) > 0.7 * len(ENTITIES)


def test_no_spelling_stands_twice_but_where_rules_tell_which_is_meant() -> None:
    bare: dict[str, str] = {}
    for entity in ENTITIES:
        for one in entity.spellings():
            if not (one.rules or entity.rules):
                assert bare.setdefault(one.text.casefold(), entity.name) == entity.name


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Haftar, Hifter and Hafter are one man.", ["Khalifa Haftar"] * 3),
        ("ru", "Встреча с Хафтаром в Тобруке.", ["Khalifa Haftar", "Tobruk"]),
        ("ar", "وصل حفتر إلى بنغازي وطبرق", ["Khalifa Haftar", "Benghazi", "Tobruk"]),
        ("tr", "Hafter'in güçleri Trablus'ta", ["Tripoli"]),
        ("en", "S-400s, S 300 and Су-35 arrived.", ["S-400", "S-300", "Su-35"]),
        ("en", "The Il-76 and an An-124 landed.", ["Il-76", "An-124"]),
        ("en", "Saddam Haftar and his father", ["Saddam Haftar"]),
    ],
)
def test_names_are_found_in_their_spellings(
    matcher: Matcher, language: str, text: str, expected: list[str]
) -> None:
    found = [name for _, name in shown(matcher, text, language)]
    assert [name for name in found if name in expected] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Third-degree burns; Ken Burns made a film; Burns Night is near."),
        ("en", "Richard Wagner wrote Parsifal, and Wagner died in Venice."),
        ("en", "Shell casings lay in the sand; a shell fell."),
        ("en", "Download the Tor browser; the Lancet wrote of it."),
        ("de", "Ein Tor in der Nachspielzeit."),
        ("tr", "Mali tablo açıklandı; mali yıl sona erdi."),
        ("ru", "Песков в пустыне много; баку машины не хватило; дёрна нет; хамы."),
        ("ar", "التقرير المالي والدول الخمس"),
        ("en", "GNU is not Unix, and Linux is."),
        ("en", "The university MIT and a hurdle in a hurry; us and who."),
        ("en", "Chad Smith played the drums."),
    ],
)
def test_what_only_looks_like_a_name_is_not_found(
    matcher: Matcher, language: str, text: str
) -> None:
    assert shown(matcher, text, language) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes broke out in Tripoli, the Libyan capital.", "Tripoli"),
        ("Clashes broke out in Tripoli in northern Lebanon.", "Tripoli, Lebanon"),
    ],
)
def test_the_two_tripolis_are_told_apart(matcher: Matcher, text: str, expected: str) -> None:
    assert ("Tripoli", expected) in shown(matcher, text)
    assert sum(written == "Tripoli" for written, _ in shown(matcher, text)) == 1


def test_homs_in_syria_is_not_khoms_in_libya(matcher: Matcher) -> None:
    text = "Homs fell; a ship unloaded at Khoms. Хомс и Эль-Хомс."
    assert [name for _, name in shown(matcher, text)] == ["Homs", "Khoms", "Homs", "Khoms"]
