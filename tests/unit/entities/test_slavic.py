"""Polish, Czech and Slovak case endings, in articles of these languages only."""

import pytest

from reader.domain.entity import Alias, Entity
from reader.entities.match import Matcher
from reader.entities.slavic import stem

FORMS = {
    ("pl", "Putin"): "Putina Putinowi Putinem Putinie",
    ("pl", "Tusk"): "Tuska Tuskowi Tuskiem",
    ("pl", "Duda"): "Dudy Dudzie Dudę Dudą",
    ("pl", "Polska"): "Polski Polsce Polskę Polską",
    ("pl", "Rosja"): "Rosji Rosję Rosją",
    ("pl", "Libia"): "Libii Libię Libią",
    ("pl", "Warszawa"): "Warszawy Warszawie Warszawę",
    ("pl", "Kaczyński"): "Kaczyńskiego Kaczyńskiemu Kaczyńskim",
    ("pl", "Trybunał"): "Trybunału Trybunałowi Trybunałem",
    ("pl", "Assad"): "Assada Assadem Assadzie",
    ("pl", "Andrzej Duda"): "Andrzeja Dudy|Andrzejowi Dudzie|Andrzejem Dudą",
    ("pl", "Joe Biden"): "Joe Bidena|Joe Bidenem",
    ("pl", "al-Assad"): "al-Assada|al Assadem",
    ("cs", "Putin"): "Putina Putinovi Putinem Putinův Putinova",
    ("cs", "Pavel"): "Pavla Pavlovi Pavlem",
    ("cs", "Fiala"): "Fialy Fialovi Fialu Fialou",
    ("cs", "Praha"): "Prahy Praze Prahu Prahou",
    ("cs", "Rusko"): "Ruska Rusku Ruskem",
    ("cs", "Sýrie"): "Sýrii",
    ("cs", "Zelenskyj"): "Zelenského Zelenskému Zelenským",
    ("cs", "Petr Pavel"): "Petra Pavla|Petrem Pavlem",
    ("sk", "Fico"): "Fica Ficovi Ficom",
    ("sk", "Sýria"): "Sýrie Sýrii Sýriu Sýriou",
}


def found(alias: Alias, text: str, language: str) -> list[str]:
    matcher = Matcher([Entity("Nobody Else", "other", aliases=(alias,))])
    return [text[match.start : match.end] for match in matcher.find(text, language)]


@pytest.mark.parametrize(("language", "name"), FORMS)
def test_a_name_is_found_in_its_cases_and_whole(language: str, name: str) -> None:
    written = FORMS[language, name]
    for form in written.split("|" if "|" in written else " "):
        assert found(Alias(name), f"„{form}”, {name}.", language) == [form, name]


@pytest.mark.parametrize("language", ["", "en", "de", "ru"])
def test_other_languages_know_nothing_of_these_endings(language: str) -> None:
    assert found(Alias("Tusk"), "Tuska Tuskiem", language) == []


@pytest.mark.parametrize(
    ("alias", "text"),
    [
        (Alias("Duda"), "Grały dudy i kobza, nie ma dudziarza."),
        (Alias("Fiala"), "Fialový květ, Fialka"),
        (Alias("Tusk", inflect=False), "Tuska Tuskiem"),
        (Alias("Tusk", language="cs"), "Tuska Tuskiem"),
        (Alias("LOT"), "LOTem LOTu"),
        (Alias("Xi"), "Xia Xiem"),
        (Alias("S-400"), "S-400a"),
        (Alias("Andrzej Duda"), "Andrzeja Tuska i Dudy"),
    ],
)
def test_what_only_looks_like_a_case_is_not_found(alias: Alias, text: str) -> None:
    assert found(alias, text, "pl") == []


def test_an_alias_that_says_its_language_is_declined_where_the_article_says_nothing() -> None:
    assert found(Alias("Tusk", language="pl"), "Z Tuskiem.", "") == ["Tuskiem"]


def test_a_name_without_a_stem_of_its_own_keeps_its_form() -> None:
    for name in ("Xi", "Лавров", "حفتر", "42", "a b c d e"):
        assert stem(Alias(name), "pl") == ""
