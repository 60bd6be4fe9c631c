"""What a name alone suggests."""

import pytest

from reader.domain.entity import Alias, Entity
from reader.entities import russian
from reader.entities.match import Matcher
from reader.entities.suggest import FORMS, found_in, proposals


def new(entity: Entity, kind: str) -> list[str]:
    told = proposals(entity, russian.RULES)
    return [one.text for one in told if one.kind == kind and not one.covered]


@pytest.mark.parametrize(
    ("name", "type_", "kind", "expected"),
    [
        ("William Burns", "person", "short", ["Burns"]),
        ("Robert Kennedy Jr.", "person", "short", ["Kennedy"]),
        ("Kim", "person", "short", []),
        ("Libyan National Army", "organisation", "short", ["LNA"]),
        ("Organization of the Petroleum Exporting Countries", "organisation", "short", ["OPEC"]),
        ("Wagner", "organisation", "short", []),
        ("NATO Response Force", "organisation", "short", []),
        ("S-400 Triumf", "weapon", "designator", ["S-400"]),
        ("S-400", "weapon", "designator", []),
    ],
)
def test_short_forms(name: str, type_: str, kind: str, expected: list[str]) -> None:
    assert new(Entity(name, type_), kind) == expected


def test_names_of_people_and_places_are_written_in_other_scripts() -> None:
    assert "Тобрук" in new(Entity("Tobruk", "place"), "transliteration")
    assert "Вагнер" in new(Entity("Wagner", "organisation"), "transliteration")
    assert new(Entity("Libyan National Army", "organisation"), "transliteration") == []
    assert new(Entity("WHO", "organisation"), "transliteration") == []


def test_what_is_an_alias_already_is_not_proposed() -> None:
    entity = Entity("William Burns", "person", aliases=(Alias("burns"), Alias("Уиллиам Бурнс")))
    assert new(entity, "short") == []


def test_forms_that_are_found_already_are_told_as_such() -> None:
    told = proposals(Entity("Хафтар", "person"), russian.RULES)
    covered = [one.text for one in told if one.covered]
    assert {"Хафтара", "Хафтаром"} <= set(covered)
    assert len([one for one in told if one.kind == "inflection"]) <= FORMS
    assert all(found_in(Matcher([Entity("Хафтар", "person")]), text) for text in covered)


def test_what_is_new_comes_first_and_nothing_comes_twice() -> None:
    entity = Entity("Khalifa Haftar", "person", aliases=(Alias("Хафтар"), Alias("حفتر")))
    told = proposals(entity, russian.RULES)
    assert [one.covered for one in told] == sorted(one.covered for one in told)
    assert len({one.text for one in told}) == len(told)
