"""Endings, plurals and letters that only count in some languages."""

import pytest

from reader.domain.entity import Alias, Entity
from reader.entities import suffixes
from reader.entities.match import Matcher


def found(text: str, alias: Alias, language: str = "") -> list[str]:
    entity = Entity("Nobody Else", "other", aliases=(alias,))
    return [text[m.start : m.end] for m in Matcher([entity]).find(text, language)]


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("Libya", "Libyaya Libyada Libyadan Libyanın Libyalı", ["Libyaya", "Libyada", "Libyadan",
                                                                 "Libyanın", "Libyalı"]),
        ("Libya", "Libyalılar Libyalıların Libyadaki Libyayla", ["Libyalılar", "Libyalıların",
                                                                  "Libyadaki", "Libyayla"]),
        ("Libya", "Libyeye Libyade Libyalim Libyagil", []),
        ("Hafter", "Hafterin Haftere Hafterde Hafterle Hafterler", ["Hafterin", "Haftere",
                                                         "Hafterde", "Hafterle", "Hafterler"]),
        ("Hafter", "Hafterın Haftera Hafterda Hafterteki", []),
        ("Tobruk", "Tobrukta Tobruktan Tobruku Tobruka", ["Tobrukta", "Tobruktan", "Tobruku",
                                                           "Tobruka"]),
        ("Tobruk", "Tobrukda Tobrukin Tobrukı", []),
        ("Erdoğan", "ERDOĞANIN Erdoğan’ın Erdog\u0306anı", ["ERDOĞANIN", "Erdoğan",
                                                             "Erdog\u0306anı"]),
        ("Dışişleri Bakanlığı", "Dışişleri Bakanlığına", ["Dışişleri Bakanlığına"]),
        ("Mali", "Maliye Malide Mali", ["Mali"]),
        ("UNHCR", "UNHCRin UNHCR", ["UNHCR"]),
        ("Hafter", "hafterin2 Hafterinsonraki", []),
    ],
)  # fmt: skip
def test_turkish_endings_follow_the_last_vowel(alias: str, text: str, expected: list[str]) -> None:
    assert found(text, Alias(alias), "tr") == expected


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        (Alias("Bakı", language="az"), "Bakıda, Bakının; Bakırköy", ["Bakıda", "Bakının"]),
        (Alias("Bakı"), "Bakıda", []),
        (Alias("NATO"), "NATOnun, NATOya, NATO; Natonun, NATOlog", ["NATOnun", "NATOya", "NATO"]),
    ],
)
def test_azerbaijani_endings_follow_acronyms_and_short_names_of_the_language(
    alias: Alias, text: str, expected: list[str]
) -> None:
    assert found(text, alias, "az") == expected


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("Əliyev", "Əliyevə Əliyevin Əliyevdən Əliyevlə", ["Əliyevə", "Əliyevin", "Əliyevdən",
                                                            "Əliyevlə"]),
        ("Rusiya", "Rusiyanı Rusiyaya Rusiyadakı Rusiyalılar", ["Rusiyanı", "Rusiyaya",
                                                                 "Rusiyadakı", "Rusiyalılar"]),
        ("Rusiya", "Rusiyanə Rusiyade", []),
    ],
)  # fmt: skip
def test_azerbaijani_endings_follow_the_last_vowel(
    alias: str, text: str, expected: list[str]
) -> None:
    assert found(text, Alias(alias), "az") == expected


def test_endings_count_only_in_their_language() -> None:
    assert found("Libyada", Alias("Libya"), "en") == []
    assert found("Libyada", Alias("Libya"), "") == []
    assert found("Libyada", Alias("Libya", inflect=False), "tr") == []
    assert found("Libyada", Alias("Libya"), "tr-TR") == ["Libyada"]
    assert found("Libyada", Alias("Libya", language="tr"), "") == ["Libyada"]
    assert found("Libyada", Alias("Libya", language="tr"), "en") == []
    assert found("Libyada", Alias("Libya", language="az"), "tr") == []


def test_the_germanic_genitive_is_a_bare_s() -> None:
    assert found("Haftars Haftars’ Haftarse", Alias("Haftar"), "de") == ["Haftars", "Haftars"]
    assert found("Haftars", Alias("Haftar"), "en") == []
    assert found("Tartuss", Alias("Tartus"), "de") == []
    assert found("Putins tal", Alias("Putin"), "sv") == ["Putins"]


def test_an_ending_is_inside_the_mention_where_no_sign_stands_before_it() -> None:
    text = "Haf\u00adter\u00adin"
    (match,) = Matcher([Entity("Hafter", "person")]).find(text, "tr")
    assert (match.start, match.end) == (0, len(text))


def test_capitals_are_asked_for_also_before_an_ending() -> None:
    assert found("güneşte Güneşte", Alias("Güneş"), "tr") == ["Güneşte"]


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        (Alias("Isparta", language="tr"), "ısparta ISPARTA Isparta isparta İsparta",
         ["ısparta", "ISPARTA", "Isparta", "isparta"]),
        (Alias("İstanbul", language="tr"), "istanbul ISTANBUL İSTANBUL ıstanbul",
         ["istanbul", "ISTANBUL", "İSTANBUL"]),
        (Alias("Isparta"), "ısparta İsparta", ["ısparta", "İsparta"]),
    ],
)  # fmt: skip
def test_dotted_and_dotless_i_differ_only_for_names_that_are_turkish(
    alias: Alias, text: str, expected: list[str]
) -> None:
    assert found(text, alias, "tr") == expected


@pytest.mark.parametrize(
    ("language", "alias", "expected"),
    [
        ("de", "Müller", ["Müller", "Mueller", "MUELLER", "Muller"]),
        ("de", "Mueller", ["Müller", "Mueller", "MUELLER", "Muller"]),
        ("", "Müller", ["Müller", "Mueller", "MUELLER", "Muller"]),
    ],
)
def test_umlauts_may_be_written_as_two_letters_in_german(
    language: str, alias: str, expected: list[str]
) -> None:
    text = "Müller Mueller MUELLER Muller"
    assert found(text, Alias(alias, language=language), "de") == expected


def test_aarhus_is_also_arhus() -> None:
    assert found("Aarhus Århus", Alias("Århus", language="da"), "da") == ["Aarhus", "Århus"]


@pytest.mark.parametrize(
    ("language", "alias", "text", "expected"),
    [
        ("", "drone", "drone drones Drones’ drones' DRONES", ["drone", "drones", "Drones", "drones",
                                                            "DRONES"]),
        ("", "embassy", "embassies embassy", ["embassies", "embassy"]),
        ("", "Kennedy", "Kennedys Kennedies", ["Kennedys", "Kennedies"]),
        ("", "army", "armies army's", ["armies", "army"]),
        ("", "convoy", "convoys convoies", ["convoys"]),
        ("", "missile launcher", "missile launchers, missiles launcher", ["missile launchers"]),
        ("", "Abrams", "Abrams Abramses", ["Abrams", "Abramses"]),
        ("", "Assad", "Assads Assad", ["Assads", "Assad"]),
        ("", "NGO", "NGO NGOs NGOS ngos", ["NGO", "NGOs"]),
        ("de", "Drohne", "Drohnen Drohnes Drohner", ["Drohnen", "Drohnes"]),
        ("de", "Rakete", "Raketen Raketenwerfer", ["Raketen"]),
        ("fr", "char", "chars charx", ["chars"]),
        ("fr", "général", "généraux générals", ["généraux", "générals"]),
        ("fr", "drapeau", "drapeaux", ["drapeaux"]),
        ("it", "carro armato", "carro armati", ["carro armati"]),
        ("es", "misil", "misiles misils", ["misiles"]),
        ("pt", "míssil", "mísseis avião", []),
        ("pt", "avião", "aviões", ["aviões"]),
        ("", "ракета", "ракетаs", []),
    ],
)  # fmt: skip
def test_plurals_match_where_they_are_asked_for(
    language: str, alias: str, text: str, expected: list[str]
) -> None:
    assert found(text, Alias(alias, plural=True, language=language), language) == expected


def test_plurals_do_not_match_unless_asked_for() -> None:
    assert found("drones", Alias("drone")) == []
    assert found("embassies", Alias("embassy")) == []


def test_a_plural_in_a_line_of_capitals_has_a_capital_s() -> None:
    assert found("S-400S ARRIVE TODAY", Alias("S-400")) == ["S-400S"]
    assert found("The S-400S", Alias("S-400")) == []


def test_an_alias_of_a_language_counts_only_there_and_where_nobody_knows() -> None:
    alias = Alias("Bild", language="de")
    assert found("Bild", alias, "de") == found("Bild", alias, "de-AT") == ["Bild"]
    assert found("Bild", alias, "") == ["Bild"]
    assert found("Bild", alias, "sv") == []


def test_the_name_of_an_entity_has_a_language_and_a_plural_of_its_own() -> None:
    matcher = Matcher([Entity("drone", "topic", language="en", plural=True)])
    assert len(matcher.find("drones drone", "en")) == 2
    assert matcher.find("drones drone", "fr") == []


def test_only_the_endings_of_its_language_are_made_for_a_cyrillic_alias() -> None:
    assert found("Хафтарові", Alias("Хафтар")) == ["Хафтарові"]
    assert found("Хафтарові Хафтару", Alias("Хафтар", language="ru")) == ["Хафтару"]
    assert found("Хафтару", Alias("Хафтар", language="bg")) == []


def test_an_apostrophe_between_cyrillic_letters_is_a_letter() -> None:
    assert found("Харків'яни, Харків’яни", Alias("Харків")) == []
    assert found("'Харків' ’Харків’", Alias("Харків")) == ["Харків", "Харків"]
    assert found("Куп’янська Купянська", Alias("Куп'янськ")) == ["Куп’янська"]


@pytest.mark.parametrize("language", sorted(suffixes.LANGUAGES))
@pytest.mark.parametrize("name", ["Q", "", "42", "Хафтар", "حفتر", "东京", "brrrr", "Ñandú", "ß"])
def test_no_name_is_too_odd_for_endings(language: str, name: str) -> None:
    matcher = Matcher([Entity(name, "other", language=language)])
    assert all(m.alias == name for m in matcher.find(f"{name}in {name}s {name}", language))
